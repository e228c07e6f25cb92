from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.read import read_bytes
from secondsource.read.days import Day, read_day

MAY_2 = date(2031, 5, 2)


@pytest.mark.parametrize(
    "told",
    [
        "2031-05-02",
        "2031-05-02T10:00:00Z",
        "2031/05/02",
        "20310502",
        "2 May 2031",
        "2nd of May, 2031",
        "May 2, 2031",
        "May 02 2031",
        "May 022031",
        "Fri, 02 May 2031 10:00:00 GMT",
        "2 mai 2031",
        datetime(2031, 5, 2, 23, 59),
        MAY_2,
    ],
)
def test_printed_days_are_read(told):
    assert read_day(told) == Day((MAY_2,))


def test_numeric_day_keeps_both_readings():
    assert read_day("02/05/2031") == Day((MAY_2, date(2031, 2, 5)))
    assert read_day("25/05/2031") == Day((date(2031, 5, 25),))


@pytest.mark.parametrize("told", ["", None, "yesterday", "last week", "2031-13-45", "31 February 2031"])
def test_what_is_no_day_is_none(told):
    assert read_day(told).settled() is None


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)))
def test_iso_days_round_trip(day):
    assert read_day(day.isoformat()).settled() == day


def _report(body, published):
    import json

    ((_, report),) = read_bytes(json.dumps({"body": body, "published": published}).encode(), "a.jsonl")
    return report


def test_day_that_the_text_prints_is_stated():
    report = _report("Fri May 2 2031 Dam holds. The dam held, the guard said.", "2031-06-09")
    assert (report.published, report.stated) == (date(2031, 6, 9), MAY_2)
    assert any("the text dates itself 2031-05-02" in note for note in report.notes)


def test_swapped_day_and_month_are_noted():
    report = _report("Published May 2 2031 The dam held, the guard said.", "2031-02-05")
    assert report.stated == MAY_2
    assert any("swapped" in note for note in report.notes)


def test_text_settles_an_ambiguous_day():
    report = _report("Published February 5 2031 The dam held, the guard said.", "02/05/2031")
    assert (report.published, report.stated) == (date(2031, 2, 5), None)


def test_agreeing_day_is_not_stated():
    report = _report("NORDBY, May 2 (Reuters) - The dam held, the guard said.", "2031-05-02")
    assert (report.published, report.stated, report.notes) == (MAY_2, None, ())


def test_dateline_without_year_is_read_near_publication():
    assert _report("NORDBY, Dec 31 (Reuters) - The dam held.", "2031-01-01").stated is None
    assert _report("NORDBY, March 3 (Reuters) - The dam held.", "2031-05-02").stated == date(2031, 3, 3)


def test_day_inside_the_story_is_not_stated():
    report = _report("The dam held. The law was passed on May 1, 2030, the guard said.", "2031-05-02")
    assert report.stated is None


def test_missing_day_is_noted():
    report = _report("The dam held, the guard said.", None)
    assert report.published is None
    assert report.notes == ("no day of publication given",)


def test_day_that_is_not_understood_is_noted():
    assert "not understood" in _report("The dam held.", "soon").notes[0]
