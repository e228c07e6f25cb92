"""The search leaves out no report that comparing would find to be about the event."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.match import Told, candidates, count_words
from secondsource.match.asked import Asked
from secondsource.match.event import (
    EventOptions,
    about,
    days_of,
    given_for,
    held_share,
    misdated,
    misprinted,
    misprints,
    possible_days,
    speaks_of,
)
from secondsource.model import Claim, Mention, Report, Section, SectionRole, Slots

DAY = date(2031, 5, 3)
WORDS = ("ferry", "harbour", "pier", "Ilva", "Ostrel", "divers", "sank", "storm", "twelve", "people")
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
DAYS = st.one_of(st.none(), st.integers(-30, 30).map(lambda gap: DAY + timedelta(days=gap)))
AFAR = st.one_of(DAYS, st.sampled_from([date(2030, 5, 4), date(2031, 9, 3), date(2031, 3, 5)]))
TIMES = st.one_of(st.none(), st.sampled_from([(DAY, DAY), (date(2031, 1, 1), date(2031, 12, 31))]))
REPORTS = st.lists(st.tuples(TEXTS, AFAR, TIMES), min_size=1, max_size=12)


def told(number: int, body: str, published: date | None, time: tuple[date, date] | None = None) -> Told:
    ident, span = f"r{number:02}", (0, len(body))
    mention = Mention(f"{ident}#0", ident, (span,), span, body, slots=Slots(time=time))
    sections = (Section(SectionRole.BODY, span),)
    return Told(Report(ident, "d", body, sections, outlet="o", published=published), (mention,))


def claim(statement: str, time: tuple[date, date] | None) -> Claim:
    span = (0, len(statement))
    return Claim("c", statement, Mention("", "", (span,), span, statement, slots=Slots(time=time)))


class Brute:
    """Postings by going through all."""

    def __init__(self, pile: list[Told]) -> None:
        self._pile = pile

    def holders(self, term):
        return [one.report.id for one in self._pile if term in one.terms]

    def holding(self, term, reports):
        return [one for one in self.holders(term) if one in reports]

    def near(self, first, last):
        days = {one.report.id: possible_days(one) for one in self._pile}
        return [one for one in days if not days[one] or any(first <= day <= last for day in days[one])]

    def telling(self, first, last):
        times = ((one.report.id, one.mentions[0].slots.time) for one in self._pile)
        return [one for one, time in times if time and time[0] <= last and first <= time[1]]

    def years(self):
        return {day.year for one in self._pile for day in possible_days(one)}


@given(TEXTS, st.sampled_from(["", " on 3 May 2031"]), TIMES, REPORTS)
@settings(max_examples=300, deadline=None)
def test_no_report_that_may_bear_on_the_claim_is_left_out(statement, date_line, time, reports) -> None:
    pile = [told(number, *one) for number, one in enumerate(reports)]
    statistics, options = count_words(pile), EventOptions()
    asked = Asked(claim(statement + date_line, time), None)
    found = candidates(asked, statistics, Brute(pile), options)
    for one in pile:
        share = held_share(asked, one, statistics)
        nearness = about(asked, one, share, options)
        bears = nearness.timely or speaks_of(asked, one.passages) or misprinted(asked, one)
        if share and nearness.same(options) and bears:
            assert found[one.report.id] == pytest.approx(share)


def test_a_short_claim_is_not_sought_in_another_season() -> None:
    pile = [told(0, "twelve people sank", DAY), told(1, "twelve people sank", DAY + timedelta(days=90))]
    asked = Asked(claim("twelve people sank", (DAY, DAY)), None)
    assert list(candidates(asked, count_words(pile), Brute(pile))) == ["r00"]


HEAD = "Shells fall on Aleppo market"


@pytest.mark.parametrize(("statement", "met"), [("twelve people died", 1), ("twelve died in Homs", 2)])
def test_a_claim_that_names_nothing_is_of_its_reports_event(statement, met) -> None:
    pile = [
        told(0, "twelve people died in Homs when a bus burned", DAY),
        told(1, "twelve people died in Homs, far from Aleppo", DAY),
    ]
    asked = Asked(claim(statement, (DAY, DAY)), DAY, HEAD)
    statistics, options = count_words(pile), EventOptions()
    found = candidates(asked, statistics, Brute(pile), options)
    assert len(found) == met
    for one in pile:
        share = held_share(asked, one, statistics)
        assert about(asked, one, share, options).same(options) is (one.report.id in found)


SOME_DAYS = st.dates(date(2029, 1, 1), date(2033, 12, 31))


@given(SOME_DAYS, st.integers(0, 900), SOME_DAYS)
def test_a_swapped_day_is_found_from_the_day_that_it_stands_for(first, length, given_day) -> None:
    last = first + timedelta(days=length)
    may_be = any(first <= day <= last for day in days_of(given_day, None))
    assert may_be == (first <= given_day <= last or given_day in given_for(first, last))


@given(SOME_DAYS, st.integers(0, 6), st.lists(SOME_DAYS, min_size=1, max_size=3))
def test_every_misprinted_day_lies_in_a_span(first, length, days) -> None:
    claimed = first, first + timedelta(days=length)
    spans = list(misprints(claimed, {day.year for day in days}))
    if misdated(claimed, days):
        assert any(begin <= day <= end for begin, end in spans for day in days)


def test_a_report_of_another_time_is_sought_where_it_looks_back() -> None:
    statement, late = "twelve people sank with the ferry Ilva", DAY + timedelta(days=90)
    pile = [told(0, statement, late), told(1, statement, late, (DAY, DAY))]
    asked = Asked(claim(statement, (DAY, DAY)), None)
    assert list(candidates(asked, count_words(pile), Brute(pile))) == ["r01"]
