"""Forgetting takes a report and what was derived from it, out of the very bytes of the file."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from secondsource.errors import UnknownReport
from secondsource.model import (
    Decision,
    Document,
    JudgedKind,
    Judgement,
    Mention,
    Report,
    Reuse,
    ReuseKind,
    Section,
    SectionRole,
    Subject,
    Tombstone,
)
from secondsource.store.port import Arrival
from secondsource.store.sqlite import SqliteStore

SECRET = "The witness lives at Quince Lane"
STONE = Tombstone("r1", "", date(2031, 5, 9), "the writer withdrew it")


def made(report_id, body):
    document = Document.of(f"{report_id}{body}".encode(), f"mem:{report_id}", "text/plain")
    return document, Report(report_id, document.id, body, (Section(SectionRole.BODY, (0, len(body))),))


@pytest.fixture
def library(tmp_path):
    """Return the path of a library in which report r1 has left its traces everywhere."""
    path = tmp_path / "library.db"
    store = SqliteStore(path)
    for report_id in ("r1", "r2", "xr1"):
        document, report = made(report_id, f"{SECRET if report_id == 'r1' else 'It rained'} in Velm.")
        store.put(document, report)
        span = (0, len(report.body))
        mention = Mention(f"{report_id}#0", report_id, (span,), span, report.body)
        store.put_mentions([(report_id, [mention], {"terms": [1, 2]})], "rules-1")
        subject = Subject(JudgedKind.GRADE, "", f"{report_id}@0-5", "", report.body)
        at = datetime(2031, 5, 4, tzinfo=UTC)
        judged = Judgement.of(subject, Decision.CHANGE, "A. Judge", at, reason="read it", value="B")
        store.judgements.put(judged)
    store.put_reuse(
        "state", [Reuse("r1", "r2", ReuseKind.PARTIAL, 0.5), Reuse("r2", "xr1", ReuseKind.PARTIAL, 0.5)]
    )
    store.keep("sources", "state", SECRET.encode())
    store.close()
    return path


def test_nothing_of_the_text_is_left_in_any_file(library):
    store = SqliteStore(library)
    assert any(SECRET.encode() in path.read_bytes() for path in library.parent.iterdir())
    store.tombstones.bury(STONE)
    store.close()
    assert not any(SECRET.encode() in path.read_bytes() for path in library.parent.iterdir())


def test_no_row_names_it_but_the_tombstone_and_the_others_stay(library):
    store = SqliteStore(library)
    store.tombstones.bury(STONE)
    assert store.ids() == ["r2", "xr1"]
    assert [mention.report for mention in store.mentions()] == ["r2", "xr1"]
    assert [(r.a, r.b) for r in store.reuse()] == [("r2", "xr1")]
    assert {j.subject.place for j in store.judgements.all()} == {"r2@0-5", "xr1@0-5"}
    assert store.holding("terms", 1, ["r1", "r2", "xr1"]) == ["r2", "xr1"]
    assert (store.reuse_state(), store.recall("sources")) == ("", ("", b""))
    assert [(s.report, s.reason) for s in store.tombstones.all()] == [("r1", STONE.reason)]
    store.close()
    with closing(sqlite3.connect(library)) as connection:
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        assert connection.execute("select count(*) from documents").fetchone() == (2,)


def test_the_same_bytes_are_refused_until_lifted(library):
    document, report = made("r1", f"{SECRET} in Velm.")
    store = SqliteStore(library)
    store.tombstones.bury(STONE)
    assert store.put(document, report).arrival is Arrival.FORGOTTEN
    assert store.put(document, replace(report, id="other")).arrival is Arrival.FORGOTTEN
    assert store.ids() == ["r2", "xr1"]
    store.tombstones.lift(store.tombstones.against(document.id, ""))
    assert store.put(document, report).arrival is Arrival.NEW
    store.close()


def test_an_edited_page_at_the_same_address_is_refused_until_lifted(tmp_path):
    store = SqliteStore(tmp_path / "library.db")
    document, report = made("r1", f"{SECRET} in Velm.")
    store.put(document, replace(report, uri="https://velm.example/a"))
    store.tombstones.bury(STONE)
    edited, again = made("r1", f"{SECRET} in Velm, police said.")
    for address in ("https://velm.example/a", "http://www.Velm.example/a/#top"):
        assert store.put(edited, replace(again, uri=address)).arrival is Arrival.FORGOTTEN
    assert store.put(edited, replace(again, uri="https://velm.example/b")).arrival is Arrival.NEW
    store.tombstones.lift(store.tombstones.against("", "https://velm.example/a"))
    assert store.tombstones.all() == []
    store.close()


def test_another_report_of_the_address_that_is_held_stays_known(tmp_path):
    store = SqliteStore(tmp_path / "library.db")
    document, report = made("r1", f"{SECRET} in Velm.")
    other, later = made("r2", "It rained in Velm.")
    store.put(document, replace(report, uri="https://velm.example/a"))
    store.put(other, replace(later, uri="https://velm.example/a"))
    store.tombstones.bury(STONE)
    assert store.put(other, replace(later, uri="https://velm.example/a")).arrival is Arrival.KNOWN
    store.close()


def test_what_was_forgotten_is_passed_over_among_reports_put_with_their_mentions(tmp_path):
    store = SqliteStore(tmp_path / "library.db")
    document, report = made("r1", f"{SECRET} in Velm.")
    store.put(document, report)
    store.tombstones.bury(STONE)
    mention = Mention("r1#0", "r1", ((0, 4),), (0, 4), "It fell")
    (added,) = store.put_read([(document, report, [mention], {})], "rules-1")
    assert (added.arrival, store.mentions()) == (Arrival.FORGOTTEN, [])
    store.close()


def test_a_file_that_held_it_is_no_address(tmp_path):
    store = SqliteStore(tmp_path / "library.db")
    document, report = made("r1", f"{SECRET} in Velm.")
    store.put(document, replace(report, uri="pile/reports.jsonl"))
    store.tombstones.bury(STONE)
    other, another = made("r4", "It rained in Velm again.")
    assert store.put(other, replace(another, uri="pile/reports.jsonl")).arrival is Arrival.NEW
    store.close()


def test_a_document_that_another_report_was_read_from_stays(library):
    document, report = made("r2", "It rained in Velm.")
    store = SqliteStore(library)
    store.put(document, replace(report, id="r9"))
    store.tombstones.bury(replace(STONE, report="r9"))
    assert store.report("r2").document == document.id
    store.close()


def test_a_report_that_is_not_there_changes_nothing(library):
    store = SqliteStore(library)
    state = store.state()
    with pytest.raises(UnknownReport, match="nothing to forget"):
        store.tombstones.bury(replace(STONE, report="nowhere"))
    assert (store.state(), store.tombstones.all()) == (state, [])
    store.close()
