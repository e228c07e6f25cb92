"""Days as inputs and datelines print them: parsed, and compared with what a text says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from secondsource import lexicon
from secondsource.model import Section, SectionRole

_HEAD = 800  # code points in which a text dates itself
_NEAR = 3  # days by which a dateline without a year may lag behind publication


@dataclass(frozen=True, slots=True)
class Day:
    """What a printed day may mean, likeliest first: two candidates where day and month may be swapped."""

    candidates: tuple[date, ...] = ()

    def settled(self, other: date | None = None) -> date | None:
        """Return the candidate that agrees with `other`, else the likeliest, else None."""
        if other in self.candidates:
            return other
        return self.candidates[0] if self.candidates else None


@lexicon.view
def pattern() -> re.Pattern[str]:
    """Return what matches a printed day with its year: by numbers, or with the month's name."""
    named = "|".join(sorted(lexicon.table("datelines")["months"], key=lambda m: (-len(m), m)))
    return re.compile(
        rf"""(?<![\w.,/-])(?:
          (?P<y1>(?:19|20)\d\d)(?P<s1>[-/.])(?P<m1>\d{{1,2}})(?P=s1)(?P<d1>\d{{1,2}})(?!\d)
        | (?P<y2>(?:19|20)\d\d)(?P<m2>[01]\d)(?P<d2>[0-3]\d)(?!\d)
        | (?P<a3>\d{{1,2}})(?P<s3>[-/.])(?P<b3>\d{{1,2}})(?P=s3)(?P<y3>(?:19|20)\d\d)(?!\d)
        | (?P<d4>\d{{1,2}})(?:st|nd|rd|th)?[\s./-]*(?:of\s+)?(?P<m4>{named})\b[\s.,/-]*
          (?P<y4>(?:19|20)\d\d)(?!\d)
        | (?P<m5>{named})\.?\s*(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?[\s,]*(?P<y5>(?:19|20)\d\d)(?!\d)
        )""",
        re.VERBOSE | re.IGNORECASE,
    )


@lexicon.view
def _yearless() -> re.Pattern[str]:
    named = "|".join(sorted(lexicon.table("datelines")["months"], key=lambda m: (-len(m), m)))
    first = rf"(?P<d1>\d{{1,2}})\s+(?P<m1>{named})"
    second = rf"(?P<m2>{named})\.?\s+(?P<d2>\d{{1,2}})"
    return re.compile(rf"\b(?:{first}|{second})\b", re.IGNORECASE)


def read_day(told: str | date | None) -> Day:
    """Return what `told` means: ISO and common English forms, else any language that dateparser reads.

    A numeric date with day and month both under 13 is taken day first and keeps the other
    reading; relative words ("yesterday") mean nothing.
    """
    if told is None or told == "":
        return Day()
    if isinstance(told, datetime):
        return Day((told.date(),))
    if isinstance(told, date):
        return Day((told,))
    found = pattern().search(told)
    return days_of(found) if found else _foreign(told)


def days_of(found: re.Match[str]) -> Day:
    """Return the days that a match of `pattern()` may mean, none where there is no such day."""
    g = found.groupdict()
    if g["y1"]:
        return _real([(g["y1"], g["m1"], g["d1"])])
    if g["y2"]:
        return _real([(g["y2"], g["m2"], g["d2"])])
    if g["y3"]:
        return _real([(g["y3"], g["b3"], g["a3"]), (g["y3"], g["a3"], g["b3"])])
    if g["y4"]:
        return _real([(g["y4"], _month(g["m4"]), g["d4"])])
    return _real([(g["y5"], _month(g["m5"]), g["d5"])])


def stated_day(body: str, sections: Iterable[Section], given: Day) -> tuple[date | None, str]:
    """Return the day of publication that `body` prints for itself, and a note where it differs from `given`.

    Only datelines speak for the text. One without a year is read into the year that brings it
    nearest to the given day, and says nothing unless more than three days away.
    """
    lines = [s.span for s in sections if s.role is SectionRole.DATELINE and s.span[0] < _HEAD]
    for start, end in lines:
        for found in pattern().finditer(body, start, end):
            stated = days_of(found)
            if stated.candidates:
                return _compared(stated, given)
    for start, end in lines:
        yearless = _yearless().search(body, start, end)
        if yearless and given.candidates:
            return _compared_yearless(yearless, given)
    return None, ""


def _compared(stated: Day, given: Day) -> tuple[date | None, str]:
    agreed = [day for day in stated.candidates if day in given.candidates]
    if agreed:
        return agreed[0], ""
    day, told = stated.candidates[0], given.settled()
    if told is None:
        return day, f"the text dates itself {day.isoformat()}"
    swapped = any(_swapped(day) == other for other in given.candidates)
    why = ": day and month may be swapped" if swapped else ""
    return day, f"given as published {told.isoformat()}, but the text dates itself {day.isoformat()}{why}"


def _compared_yearless(found: re.Match[str], given: Day) -> tuple[date | None, str]:
    told = given.candidates[0]
    month, number = _month(found["m1"] or found["m2"]), found["d1"] or found["d2"]
    real = _real([(str(told.year + shift), month, number) for shift in (-1, 0, 1)]).candidates
    if not real:
        return None, ""
    day = min(real, key=lambda d: abs((d - told).days))
    return _compared(Day((day,)), given) if abs((day - told).days) > _NEAR else (None, "")


def _swapped(day: date) -> date | None:
    try:
        return date(day.year, day.day, day.month)
    except ValueError:
        return None


def _month(name: str) -> str:
    return str(lexicon.table("datelines")["months"][name.casefold()])


def _real(readings: list[tuple[str, str, str]]) -> Day:
    found: list[date] = []
    for year, month, number in readings:
        try:
            day = date(int(year), int(month), int(number))
        except ValueError:
            continue
        if day not in found:
            found.append(day)
    return Day(tuple(found))


def _foreign(told: str) -> Day:
    if len(told) > 60 or not re.search(r"(?:19|20)\d\d", told):
        return Day()
    import dateparser

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    found = dateparser.parse(told, settings=settings)
    return Day((found.date(),)) if found else Day()
