"""A shelf looks up what a library holds: the same whatever was asked before."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondsource.match import Told
from secondsource.model import Document, Mention, Report
from secondsource.pipeline.shelf import READING, Shelf, keys
from secondsource.store.sqlite import SqliteStore

BODIES = (
    "The ferry sank.",
    "A ferry burned.",
    "The bridge fell.",
    "The bridge and the ferry.",
    "Snow fell.",
    "A ferry fell.",
)
TERMS = ("ferry", "bridge", "fell", "snow", "absent")
IDS = [f"r{number}" for number in range(len(BODIES))]


def told(number: int) -> Told:
    body, day = BODIES[number], date(2031, 5, 1 + number)
    document = Document.of(f"{number}".encode(), f"mem:{number}", "text/plain")
    span = (0, len(body))
    report = Report(f"r{number}", document.id, body, (), published=day)
    return Told(report, (Mention(f"r{number}#0", f"r{number}", (span,), span, body),))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A library of all the reports but the last."""
    store = SqliteStore(tmp_path_factory.mktemp("shelf") / "library.db")
    for number in range(len(BODIES) - 1):
        one = told(number)
        store.put(Document.of(f"{number}".encode(), f"mem:{number}", "text/plain"), one.report)
        store.put_mentions([(one.report.id, one.mentions, keys(one))], READING)
    yield store
    store.close()


@given(
    st.lists(st.tuples(st.sampled_from(TERMS), st.sets(st.sampled_from(IDS))), max_size=12),
    st.sampled_from([None, date(2031, 5, 3)]),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_who_of_some_reports_holds_a_term_is_the_same_whatever_was_asked_before(store, asked, until):
    shelf = Shelf(store, until, told(len(BODIES) - 1))
    standing = {one for one in IDS if until is None or one == IDS[-1] or one <= "r2"}
    for term, reports in asked:
        among = reports & standing
        held = {one for one in among if term in told(IDS.index(one)).terms}
        assert set(shelf.holding(term, among)) == held
