"""The search leaves out no report that comparing would find to be about the event."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.match import Told, candidates, count_words
from secondsource.match.asked import Asked
from secondsource.match.event import EventOptions, about, held_share, possible_days
from secondsource.model import Claim, Mention, Report, Section, SectionRole, Slots

DAY = date(2031, 5, 3)
WORDS = ("ferry", "harbour", "pier", "Ilva", "Ostrel", "divers", "sank", "storm", "twelve", "people")
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
DAYS = st.one_of(st.none(), st.integers(-30, 30).map(lambda gap: DAY + timedelta(days=gap)))
REPORTS = st.lists(st.tuples(TEXTS, DAYS), min_size=1, max_size=12)


def told(number: int, body: str, published: date | None) -> Told:
    ident, span = f"r{number:02}", (0, len(body))
    mention = Mention(f"{ident}#0", ident, (span,), span, body)
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


@given(TEXTS, st.sampled_from([(DAY, DAY), (DAY, DAY + timedelta(days=6)), None]), REPORTS)
@settings(max_examples=200, deadline=None)
def test_no_report_about_the_event_is_left_out(statement, time, reports) -> None:
    pile = [told(number, *one) for number, one in enumerate(reports)]
    statistics, options = count_words(pile), EventOptions()
    asked = Asked(claim(statement, time), None)
    found = candidates(asked, statistics, Brute(pile), options)
    for one in pile:
        share = held_share(asked, one, statistics)
        if share and about(asked, one, share, options).same(options):
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
