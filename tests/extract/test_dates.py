"""Dates in a text, anchored at the day of publication (here Wednesday 5 October 2016)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.extract.dates import find_dates, resolve

WEDNESDAY = date(2016, 10, 5)


def days(phrase, anchor=WEDNESDAY, **how):
    found = resolve(phrase, anchor, **how)
    return found and (found[0].isoformat(), found[1].isoformat())


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("on Monday", "2016-10-03", "2016-10-03"),
        ("early on Wednesday", "2016-10-05", "2016-10-05"),
        ("last Monday", "2016-10-03", "2016-10-03"),
        ("next Friday", "2016-10-07", "2016-10-07"),
        ("yesterday", "2016-10-04", "2016-10-04"),
        ("last week", "2016-09-26", "2016-10-02"),
        ("this week", "2016-10-03", "2016-10-05"),
        ("over the weekend", "2016-10-01", "2016-10-02"),
        ("two days ago", "2016-10-03", "2016-10-03"),
        ("in the past 24 hours", "2016-10-04", "2016-10-05"),
        ("the past two years", "2014-10-06", "2016-10-05"),
        ("Oct 3", "2016-10-03", "2016-10-03"),
        ("Aug. 24", "2016-08-24", "2016-08-24"),
        ("on October 13th 2015", "2015-10-13", "2015-10-13"),
        ("3 October 2016", "2016-10-03", "2016-10-03"),
        ("May 3-5", "2016-05-03", "2016-05-05"),
        ("2016-10-03", "2016-10-03", "2016-10-03"),
        ("15-02-2016", "2016-02-15", "2016-02-15"),
        ("in March 2012", "2012-03-01", "2012-03-31"),
        ("in late September", "2016-09-20", "2016-09-30"),
        ("last November", "2015-11-01", "2015-11-30"),
        ("in 2011", "2011-01-01", "2011-12-31"),
        ("since March 2014", "2014-03-01", "2016-10-05"),
        ("last year", "2015-01-01", "2015-12-31"),
        ("in the summer of 2012", "2012-06-01", "2012-08-31"),
    ],
)
def test_a_phrase_names_its_days(phrase, first, last):
    assert days(phrase) == (first, last)


@pytest.mark.parametrize(
    "phrase", ["it may rise", "they march on", "he sat down", "a second attempt", "Resolution 2254"]
)
def test_words_that_name_no_day(phrase):
    assert resolve(phrase, WEDNESDAY) is None


def test_a_weekday_ahead_is_the_next_one():
    assert days("on Saturday", ahead=True) == ("2016-10-08", "2016-10-08")


def test_a_weekday_beside_a_date_decides_the_year():
    # 1 August was a Thursday in 2013, a Monday in 2016
    assert days("Thursday 1 August", date(2014, 3, 1)) == ("2013-08-01", "2013-08-01")


def test_without_an_anchor_only_full_dates_are_found():
    assert [one.days for one in find_dates("on Monday and on 3 October 2016", None)] == [
        (date(2016, 10, 3),) * 2
    ]


def test_spans_point_at_the_phrase():
    text = "The town fell on Monday, not on 3 October 2012."
    assert [text[slice(*one.span)] for one in find_dates(text, WEDNESDAY)] == ["Monday", "3 October 2012"]


@given(day=st.dates(min_value=date(1990, 1, 1), max_value=date(2049, 12, 31)))
def test_a_full_date_is_itself_whatever_the_anchor(day):
    assert resolve(f"on {day.day} {day:%B} {day.year}", WEDNESDAY) == (day, day)


@given(anchor=st.dates(min_value=date(2000, 1, 1), max_value=date(2040, 1, 1)), back=st.integers(0, 6))
def test_a_bare_weekday_is_within_the_week_before(anchor, back):
    day = anchor - timedelta(days=back)
    assert resolve(f"on {day:%A}", anchor) == (day, day)
