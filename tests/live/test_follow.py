"""Folders, feeds whose items have no page, pages of short absence: what one round of following does."""

from datetime import UTC, datetime, timedelta

import pytest

from secondsource.model import Document
from secondsource.pipeline import Library
from secondsource.pipeline.follow import Follower
from secondsource.pipeline.forget import forget
from secondsource.reach import Answer

NOON = datetime(2031, 5, 5, 12, tzinfo=UTC)
STORY = "A ferry capsized off Port Velm on Monday, killing at least 20 people, the coast guard said. "
MORE = "Divers searched the harbour all night for the missing, and the port was closed until Tuesday."
FEED = "http://velm.example/feed"
PAGE = "http://velm.example/ferry"


class Guest:
    """Answers from a table that tests alter."""

    def __init__(self):
        self.answers: dict[str, tuple[int, str]] = {}

    def get(self, url, known=None):
        status, text = self.answers[url]
        kind = "application/rss+xml" if url == FEED else "text/html"
        document = Document.of(text.encode(), url, kind, NOON) if status == 200 else None
        return Answer(url, status, document)


def feed(*items: str) -> tuple[int, str]:
    return 200, f"<rss version='2.0'><channel><title>Velm Herald</title>{''.join(items)}</channel></rss>"


def page(text: str) -> tuple[int, str]:
    head = "<title>Ferry capsizes</title>"
    return 200, f"<html lang='en'><head>{head}</head><body><article><p>{text}</p></article></body></html>"


LISTED = f"<item><title>Ferry capsizes</title><link>{PAGE}</link></item>"
CARRIED = f"<item><title>Ferry capsizes</title><description>{STORY}</description></item>"


@pytest.fixture
def round_of(tmp_path):
    """Return a library's store, a guest, and a function that follows once, so many hours after noon."""
    library, guest = Library(tmp_path / "library.db"), Guest()

    def follow(hours=0, folder=None):
        follower = Follower(library.store, guest, lambda: NOON + timedelta(hours=hours))
        if folder is not None:
            follower.folder(folder)
        else:
            follower.feed(FEED)
            follower.known_pages()
        return follower.done

    yield library.store, guest, follow
    library.close()


def test_an_item_without_a_page_is_taken_as_the_feed_carries_it_once(round_of):
    store, guest, follow = round_of
    guest.answers[FEED] = feed(CARRIED)
    assert len(follow().read) == 1
    assert follow(1).read == []
    (report,) = store.reports()
    assert (report.body, report.outlet) == (STORY.strip(), "Velm Herald")


def test_a_page_that_is_missing_once_stays_and_missing_twice_goes(round_of):
    store, guest, follow = round_of
    guest.answers = {FEED: feed(LISTED), PAGE: page(STORY + MORE)}
    (report,) = follow().read
    guest.answers[PAGE] = (404, "")
    assert follow(7).withdrawn == []
    assert store.ids() == [report]
    assert follow(14).withdrawn == [report]
    assert store.ids() == []
    assert [report.id for report in store.reports()] == [report]
    guest.answers[PAGE] = page(STORY + MORE)
    assert follow(21).versions == [f"{report}-v2"]
    assert store.ids() == [f"{report}-v2"]


def test_markup_alone_makes_no_version(round_of):
    store, guest, follow = round_of
    guest.answers = {FEED: feed(LISTED), PAGE: page(STORY + MORE)}
    follow()
    status, text = guest.answers[PAGE]
    guest.answers[PAGE] = (status, text.replace("<body>", "<body class='night'>"))
    done = follow(7)
    assert (done.versions, done.read) == ([], [])
    assert store.count() == 1


def test_a_forgotten_report_stays_out_when_its_page_is_edited(round_of):
    store, guest, follow = round_of
    guest.answers = {FEED: feed(LISTED), PAGE: page(STORY + MORE)}
    (report,) = follow().read
    forget(store, report, NOON.date(), "a witness asked for it")
    del guest.answers[PAGE]  # it is not even asked for
    done = follow(7)
    assert (done.read, done.versions, done.rejected, store.count()) == ([], [], [], 0)


def test_a_page_that_fell_off_its_feed_is_asked_for_again_for_thirty_days(round_of):
    _, guest, follow = round_of
    guest.answers = {FEED: feed(LISTED), PAGE: page(STORY + MORE)}
    (report,) = follow().read
    guest.answers[FEED] = feed()
    guest.answers[PAGE] = page(STORY.replace("20", "22") + MORE)
    assert follow(5).versions == []  # not yet due
    assert follow(7).versions == [f"{report}-v2"]
    guest.answers[PAGE] = page(STORY.replace("20", "23") + MORE)
    assert follow(31 * 24).versions == []


def test_a_feed_that_answers_ill_is_named_and_the_round_goes_on(round_of):
    _, guest, follow = round_of
    guest.answers = {FEED: (500, "")}
    (reject,) = follow().rejected
    assert (reject.where, reject.reason) == (FEED, "the server answered 500")


def test_a_folder_is_read_once_and_a_changed_file_is_a_version(round_of, tmp_path):
    store, _, follow = round_of
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "ferry.txt").write_text(STORY, encoding="utf-8")
    (folder / ".part").write_text(MORE, encoding="utf-8")
    (folder / "pile.jsonl").write_text(
        '{"id": "a", "body": "One."}\n{"id": "b", "body": "Two."}', encoding="utf-8"
    )
    assert sorted(follow(folder=folder).read)[1:] == ["a", "b"]
    assert follow(folder=folder).read == []
    (folder / "ferry.txt").write_text(STORY.replace("20", "200"), encoding="utf-8")
    (version,) = follow(folder=folder).versions
    assert "200 people" in store.report(version).body
    assert len(store.ids()) == 3
