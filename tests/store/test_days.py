"""Days are looked up as going through all reports would find them."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondsource.model import Document, Mention, Report, Slots
from secondsource.store import file
from secondsource.store.sqlite import SqliteStore

DAYS = st.integers(0, 6_000).map(lambda gap: date(2020, 1, 1) + timedelta(days=gap))
LENGTHS = st.sampled_from([0, 1, 3, 4, 15, 16, 63, 64, 400, 5_000])
SPANS = st.tuples(DAYS, LENGTHS).map(lambda span: (span[0], span[0] + timedelta(days=span[1])))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    library = SqliteStore(tmp_path_factory.mktemp("days") / "library.db")
    yield library
    library.close()


def put(store, report, time=None, **days):
    document = Document.of(report.encode(), f"mem:{report}", "text/plain")
    store.put(document, Report(report, document.id, "Text.", (), **days))
    mention = Mention(f"{report}#0", report, ((0, 4),), (0, 4), "Text", slots=Slots(time=time))
    store.put_mentions([(report, [mention], {})], "test/1")


@given(st.lists(SPANS, max_size=8), SPANS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_reports_that_tell_of_a_day_are_those_whose_days_meet(store, told, asked):
    for number in range(8):
        put(store, f"r{number}", told[number] if number < len(told) else None)
    met = {f"r{n}" for n, time in enumerate(told) if time[0] <= asked[1] and asked[0] <= time[1]}
    assert store.calendar.telling(*asked) == met


def test_reports_are_of_the_day_published_and_of_the_day_stated(tmp_path):
    store = SqliteStore(tmp_path / "library.db")
    put(store, "a", published=date(2031, 5, 3), stated=date(2030, 5, 3))
    put(store, "b", stated=date(2031, 5, 4))
    put(store, "c")
    put(store, "d", published=date.max)
    put(store, "e", published=date.min)
    assert store.calendar.within(date(2031, 5, 1), date(2031, 5, 3)) == {"a"}
    assert store.calendar.within(date(2030, 1, 1), date(2031, 12, 31)) == {"a", "b"}
    assert store.calendar.without() == {"c"}
    assert store.calendar.years() == [1, 2030, 2031, 9999]
    store.close()


@given(st.lists(SPANS, min_size=1, max_size=5))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_older_library_has_its_days_read_out_of_its_mentions(store, told):
    for number, time in enumerate(told):
        put(store, f"r{number}", time)
    every = "select * from told_days order by report, reach, first, last"
    (reading,) = [part for part in ";\n".join(file._steps()).split(";\n") if "into told_days" in part]
    with closing(sqlite3.connect(store.path)) as connection:
        held = connection.execute(every).fetchall()
        connection.execute("delete from told_days")
        connection.execute(reading)
        assert connection.execute(every).fetchall() == held
