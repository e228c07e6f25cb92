"""The library: identity, idempotence, refusals, two processes at once."""

import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from secondsource.errors import LibraryError, UnknownReport
from secondsource.model import (
    Document,
    Mention,
    Quantity,
    Rejected,
    Report,
    Reuse,
    ReuseKind,
    Section,
    SectionRole,
    Slots,
)
from secondsource.store.port import Arrival
from secondsource.store.sqlite import SqliteStore


def make(report_id="r1", body="A bridge fell in Velm.", **more):
    document = Document.of(f"{report_id}{body}{more}".encode(), f"mem:{report_id}", "text/plain")
    section = Section(SectionRole.BODY, (0, len(body)))
    return document, Report(report_id, document.id, body, (section,), reader="test/1", **more)


@pytest.fixture
def store(tmp_path):
    library = SqliteStore(tmp_path / "library.db")
    yield library
    library.close()


def test_put_gives_back_the_report_unchanged(store):
    document, report = make(published=date(2031, 5, 2), stated=date(2031, 2, 5), notes=("swapped?",))
    assert store.put(document, report).arrival is Arrival.NEW
    assert store.report("r1") == report


def test_put_twice_changes_nothing(store):
    store.put(*make())
    state = store.state()
    assert store.put(*make()).arrival is Arrival.KNOWN
    assert store.state() == state


def test_the_state_is_that_of_the_reports_whoever_put_or_removed_them(store):
    store.put(*make())
    one = store.state()
    store.put(*make("r2"))
    both = store.state()
    assert one != both == store.state()
    with sqlite3.connect(store.path) as connection:
        connection.execute("delete from reports where id = 'r2'")
    connection.close()
    assert store.state() == one


def test_same_id_with_other_bytes_gets_a_suffix_once(store):
    store.put(*make())
    other = make(body="Another text.")
    added = store.put(*other)
    assert (added.arrival, added.report.id) == (Arrival.RENAMED, "r1-2")
    assert store.put(*other).arrival is Arrival.KNOWN
    assert store.put(*make(body="A third text.")).report.id == "r1-3"


def test_same_text_under_another_id_is_a_duplicate_that_stays(store):
    store.put(*make())
    added = store.put(*make("r2", outlet="elsewhere"))
    assert (added.arrival, added.same_text_as) == (Arrival.DUPLICATE, "r1")
    assert [r.id for r in store.reports()] == ["r1", "r2"]


def test_a_text_printed_again_is_a_twin_of_the_first(store):
    for report_id, body in (
        ("r2", "It rained."),
        ("r1", "It  rained."),
        ("r3", "It rained."),
        ("r4", "Snow."),
    ):
        document, report = make(report_id, body, published=date(2031, 5, 2 if report_id < "r3" else 9))
        store.put(document, report)
        store.put_mentions([(report_id, [], {"terms": [1, 2] if report_id == "r2" else [2]})], "rules-1")
    assert store.twins() == ["r2", "r3"]
    assert store.twins(date(2031, 5, 3)) == ["r2"]
    assert store.frequencies("terms", store.twins()) == {1: 1, 2: 2}


def test_mentions_are_replaced_and_unread_follows_the_method(store):
    store.put(*make())
    assert store.unread("rules/1") == ["r1"]
    slots = Slots(
        place="Velm", time=(date(2031, 5, 1), date(2031, 5, 2)), quantity=(Quantity(2, None, "arch"),)
    )
    mention = Mention("r1#0", "r1", ((0, 22),), (0, 22), "A bridge fell in Velm.", slots=slots)
    store.put_mentions([("r1", [mention, replace(mention, id="r1#1")], {})], "rules/1")
    store.put_mentions([("r1", [mention], {})], "rules/1")
    assert store.mentions(["r1"]) == [mention]
    assert store.unread("rules/1") == []
    assert store.unread("rules/2") == ["r1"]


def test_reuse_is_kept_with_the_state_it_was_traced_for(store):
    assert (store.reuse_state(), store.reuse()) == ("", [])
    reuse = Reuse("r1", "r2", ReuseKind.ABRIDGED, 0.5, spans=(((0, 5), (3, 8)),))
    store.put_reuse("state", [reuse])
    assert (store.reuse_state(), store.reuse()) == ("state", [reuse])


def test_postings_are_found_by_key_and_replaced(store):
    store.put(*make())
    store.put(*make("r2"))
    store.put_mentions([("r1", [], {"shingle": [7, 8]})], "rules/1")
    store.put_mentions([("r2", [], {"shingle": [7, 9, 9], "term": [7]})], "rules/1")
    assert store.holders("shingle", [9, 7]) == [(7, "r1"), (7, "r2"), (9, "r2")]
    assert store.holders("other", [7]) == []
    store.put_mentions([("r1", [], {"shingle": [9]})], "rules/2")
    assert store.holders("shingle", [7, 8, 9]) == [(7, "r2"), (9, "r1"), (9, "r2")]


def test_the_same_reject_is_kept_once(store):
    for _ in range(2):
        store.put_reject(Rejected("pile.jsonl:3", "read", "broken JSON"))
    assert store.rejects() == [Rejected("pile.jsonl:3", "read", "broken JSON")]


def test_an_unknown_report_is_named(store):
    with pytest.raises(UnknownReport, match="nowhere"):
        store.report("nowhere")


def test_a_missing_library_is_not_created_when_only_read(tmp_path):
    with pytest.raises(LibraryError, match="secondsource add"):
        SqliteStore(tmp_path / "none.db", create=False)
    assert not (tmp_path / "none.db").exists()


def test_a_library_of_a_newer_version_is_refused_in_words(tmp_path):
    path = tmp_path / "library.db"
    SqliteStore(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("pragma user_version = 99")
    connection.close()
    with pytest.raises(LibraryError, match="newer secondsource"):
        SqliteStore(path)


@pytest.mark.parametrize("content", [b"not a database at all, only text" * 50, b"SQLite format 3\0broken"])
def test_another_file_is_refused(tmp_path, content):
    path = tmp_path / "library.db"
    path.write_bytes(content)
    with pytest.raises(LibraryError, match="cannot be used as a library"):
        SqliteStore(path)


def test_another_programs_database_is_refused(tmp_path):
    path = tmp_path / "library.db"
    with sqlite3.connect(path) as connection:
        connection.execute("create table theirs (x)")
    connection.close()
    with pytest.raises(LibraryError, match="no secondsource library"):
        SqliteStore(path)


FILL = """
import sys
from pathlib import Path
from secondsource.model import Document, Report
from secondsource.store.sqlite import SqliteStore

store = SqliteStore(Path(sys.argv[1]))
for n in range(int(sys.argv[2]), int(sys.argv[2]) + 60):
    document = Document.of(f"text {n}".encode(), "mem:", "text/plain")
    store.put(document, Report(f"r{n}", document.id, f"Text {n}.", ()))
store.close()
"""


def test_two_processes_fill_one_library(tmp_path):
    path = tmp_path / "library.db"
    workers = [subprocess.Popen([sys.executable, "-c", FILL, str(path), start]) for start in ("0", "30")]
    assert [worker.wait(timeout=60) for worker in workers] == [0, 0]
    store = SqliteStore(path)
    assert store.count() == 90
    store.close()
