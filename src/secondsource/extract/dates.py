"""Days named in a text as intervals, anchored at the day of publication (TIMEX3, coarse).

A weekday is the last one on or before publication, unless the clause looks ahead. A day
without a year takes the year that puts it nearest to publication, and a weekday beside
it decides between years.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from secondsource.lexicon import table, view
from secondsource.model import Span

Days = tuple[date, date]
_REACH = 40  # code points around a trigger word that its phrase may take
_WORD = re.compile(r"[^\W_]+")
_AHEAD = 31  # a date without a year may lie this many days after publication


@dataclass(frozen=True, slots=True)
class Dated:
    """A date phrase: body span, days [first, last], and whether it names the days itself ("3 October")."""

    span: Span
    days: Days
    absolute: bool = False


@dataclass(frozen=True, slots=True)
class _Rules:
    pattern: re.Pattern[str]
    months: dict[str, int]
    weekdays: dict[str, int]
    relative: dict[str, list[int]]
    units: dict[str, int]
    numbers: dict[str, int]
    seasons: dict[str, list[int]]
    ambiguous: frozenset[str]
    triggers: frozenset[str]


def _any(words: Any) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


@view
def _rules() -> _Rules:
    t = table("calendar")
    month, weekday = _any(t["months"]), _any(t["weekdays"])
    count = rf"\d{{1,3}}|{_any(t['numbers'])}"
    day = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
    year = r"(?:19|20)\d\d"
    part = r"early|mid|late|start|beginning|end|middle"
    forms = [
        rf"(?P<iso>(?P<iy>{year})-(?P<im>\d\d)-(?P<id>\d\d))",
        rf"(?P<slash>(?P<s1>\d{{1,2}})[/.-](?P<s2>\d{{1,2}})[/.-](?P<sy>{year}))",
        rf"(?:(?P<dw>{weekday})\.?,?\s+(?:the\s+)?)?(?P<d>{day})\s+(?:of\s+)?(?P<m>{month})\b\.?(?:,?\s+(?P<y>{year})\b)?",
        rf"(?:(?P<dw2>{weekday})\.?,?\s+)?(?P<m2>{month})\.?\s+(?P<d2>{day})\b(?!\s*(?:{month})\b)"
        rf"(?:\s*(?:-|\u2013|to)\s*(?P<d2b>{day})\b)?(?:,?\s+(?P<y2>{year})\b)?",
        rf"(?P<m3>{month})\.?,?\s+(?:of\s+)?(?P<y3>{year})\b",
        rf"(?P<rel>{_any(t['relative'])})",
        rf"(?:the\s+)?(?P<pq>past|last|previous|next|coming|following)\s+(?P<pn>{count})\s+(?P<pu>{_any(t['units'])})s?",
        rf"(?P<an>{count})\s+(?P<au>{_any(t['units'])})s?\s+(?:ago|earlier)",
        rf"(?P<wq>(?:earlier|later)\s+(?:this|last|next)|this|last|past|next|coming)\s+"
        rf"(?P<wu>week|weekend|month|year|decade|{month}|{weekday}|{_any(t['seasons'])})",
        rf"(?:(?P<since>since|in|during|of|until|by|from|for|through|throughout|over)\s+(?:the\s+)?"
        rf"(?:(?P<yq>{part})(?:\s+of)?[\s-]+)?|(?P<yq2>{part})(?:\s+of)?[\s-]+)"
        rf"(?:(?P<m4>{month})(?:\.?\s+(?P<y5>{year})|(?!\s*[-,]?\s?\d))|(?P<y4>{year})|(?P<se>{_any(t['seasons'])})\s+(?:of\s+)?"
        rf"(?P<sey>{year}))\b",
        r"(?P<wkd>the\s+weekend)",
        rf"(?P<w>{weekday})",
    ]
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(forms) + r")(?![\w])", re.IGNORECASE)
    return _Rules(
        pattern,
        t["months"],
        t["weekdays"],
        t["relative"],
        t["units"],
        t["numbers"],
        t["seasons"],
        frozenset(t["ambiguous"]["words"]),
        frozenset(
            [
                *t["months"],
                *t["weekdays"],
                *t["units"],
                *(f"{unit}s" for unit in t["units"]),
                *t["seasons"],
                *(phrase.split()[-1] for phrase in t["relative"]),
                "weekend",
            ]
        ),
    )


def find_dates(
    text: str, anchor: date | None, *, ahead: bool = False, within: Span | None = None
) -> list[Dated]:
    """Return the dates that `text` names, in order, with spans into it.

    `anchor` is the day of publication; without it only dates with a year are found.
    `ahead` reads a bare weekday as the next one on or after `anchor`. `within` limits the
    search to a stretch of the text.
    """
    found = []
    for start, end in _windows(text, within or (0, len(text))):
        for match in _rules().pattern.finditer(text, start, end):
            for reader in _READERS:
                days = reader(match, anchor, ahead)
                if days is not None:
                    found.append(Dated(_span(match), days, reader in _ABSOLUTE))
                    break
    return found


def _windows(text: str, within: Span) -> Iterator[Span]:
    """Yield the stretches around words that a date may hold: the full pattern is slow."""
    triggers = _rules().triggers
    start = end = -1
    for word in _WORD.finditer(text, *within):
        if word[0].lower() in triggers or (word[0][0].isdigit() and len(word[0]) == 4):
            if word.start() - _REACH > end:
                if end > start:
                    yield start, end
                start = max(within[0], word.start() - _REACH)
            end = min(within[1], word.end() + _REACH)
    if end > start:
        yield start, end


def resolve(phrase: str, anchor: date | None, *, ahead: bool = False) -> Days | None:
    """Return the days [first, last] of a date phrase ("on Monday", "Oct 3"), or None when it names none."""
    found = find_dates(phrase, anchor, ahead=ahead)
    return found[0].days if found else None


def _span(match: re.Match[str]) -> Span:
    start = match.start()
    if match["since"]:
        start = match.end("since")
        while match.string[start].isspace():
            start += 1
    return start, match.end()


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _same(day: date | None) -> Days | None:
    return None if day is None else (day, day)


def _iso(m: re.Match[str], _: date | None, __: bool) -> Days | None:
    return _same(_day(int(m["iy"]), int(m["im"]), int(m["id"]))) if m["iso"] else None


def _slash(m: re.Match[str], anchor: date | None, _: bool) -> Days | None:
    """Read 3/10/2016 either way round: the reading nearest to publication, day first on a tie."""
    if not m["slash"]:
        return None
    year, one, two = int(m["sy"]), int(m["s1"]), int(m["s2"])
    days = [d for d in (_day(year, two, one), _day(year, one, two)) if d]
    if not days:
        return None
    return _same(min(days, key=lambda d: abs((d - anchor).days)) if anchor else days[0])


def _named_day(m: re.Match[str], anchor: date | None, _: bool) -> Days | None:
    """Read "Thursday 1 August 2013", "Oct 3", "May 3-5"."""
    second = "" if m["m"] else "2"
    if not m["m" + second]:
        return None
    rules = _rules()
    number = int(re.sub(r"\D", "", m["d" + second]))
    month = rules.months[m["m" + second].lower()]
    weekday = rules.weekdays.get((m["dw" + second] or "").lower())
    if m["y" + second]:
        first = _day(int(m["y" + second]), month, number)
    else:
        first = _nearest(anchor, weekday, lambda year: _day(year, month, number))
    if first is None:
        return None
    last = _day(first.year, first.month, int(re.sub(r"\D", "", m["d2b"]))) if second and m["d2b"] else first
    return (first, last) if last and last >= first else (first, first)


def _nearest(anchor: date | None, weekday: int | None, at: Callable[[int], date | None]) -> date | None:
    """Return the day of the year that fits publication best: the weekday decides, then nearness."""
    if anchor is None:
        return None
    days = [d for year in (anchor.year + 1, anchor.year, anchor.year - 1) if (d := at(year))]
    fitting = [d for d in days if (d - anchor).days <= _AHEAD] or days
    if weekday is not None:
        fitting = [d for d in fitting if d.weekday() == weekday] or fitting
    return min(fitting, key=lambda d: abs((d - anchor).days), default=None)


def _month_year(m: re.Match[str], _: date | None, __: bool) -> Days | None:
    if not m["m3"]:
        return None
    return _month_days(int(m["y3"]), _rules().months[m["m3"].lower()])


def _month_days(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _part(days: Days, which: str | None) -> Days:
    """Return the early, middle or late third of an interval."""
    first, last = days
    third = timedelta(days=((last - first).days + 1) // 3)
    word = (which or "").lower().rstrip("-").split(" ")[0].strip()
    if word in {"early", "start", "beginning"}:
        return first, first + third
    if word in {"mid", "middle"}:
        return first + third, last - third
    if word in {"late", "end"}:
        return last - third, last
    return days


def _relative(m: re.Match[str], anchor: date | None, _: bool) -> Days | None:
    if not m["rel"] or anchor is None:
        return None
    first, last = _rules().relative[m["rel"].lower()]
    return anchor + timedelta(days=first), anchor + timedelta(days=last)


def _past_count(m: re.Match[str], anchor: date | None, _: bool) -> Days | None:
    """Read "the past two years", "the next 48 hours" as the stretch up to or from publication."""
    if not m["pq"] or anchor is None:
        return None
    length = timedelta(days=_length(m["pn"], m["pu"]))
    if m["pq"].lower() in {"next", "coming", "following"}:
        return anchor, anchor + length
    return anchor - length, anchor


def _length(count: str, unit: str) -> int:
    rules = _rules()
    number = int(count) if count.isdigit() else rules.numbers[count.lower()]
    if unit.lower() == "hour":
        return max(1, -(-number // 24))
    return number * rules.units[unit.lower()]


def _ago(m: re.Match[str], anchor: date | None, _: bool) -> Days | None:
    """Read "two days ago", "a month ago": the longer the unit, the wider the interval."""
    if not m["an"] or anchor is None or not m.group().lower().endswith("ago"):
        return None
    unit = _rules().units[m["au"].lower()]
    day = anchor - timedelta(days=_length(m["an"], m["au"]))
    slack = timedelta(days=0 if unit <= 1 else unit // 4 + 1)
    return day - slack, day + slack


def _this_last(m: re.Match[str], anchor: date | None, _: bool) -> Days | None:
    """Read "last week", "this month", "last November", "last Monday", "next year"."""
    if not m["wq"] or anchor is None:
        return None
    rules = _rules()
    which, unit = m["wq"].lower().split()[-1], m["wu"].lower()
    step = -1 if which in {"last", "past"} else 1 if which in {"next", "coming"} else 0
    if unit in rules.weekdays:
        return _weekday(anchor, rules.weekdays[unit], ahead=step > 0, strict=step != 0)
    if unit in rules.months:
        return _month_near(anchor, rules.months[unit], step)
    if unit in rules.seasons:
        first, last = rules.seasons[unit]
        year = anchor.year + (step if step and not (step < 0 and anchor.month > last) else 0)
        return date(year, first, 1), _month_days(year, last)[1]
    return _unit_near(anchor, unit, step)


def _unit_near(anchor: date, unit: str, step: int) -> Days:
    monday = anchor - timedelta(days=anchor.weekday())
    if unit == "week":
        start = monday + timedelta(days=7 * step)
        return start, start + timedelta(days=6) if step else anchor
    if unit == "weekend":
        start = monday + timedelta(days=5 if step > 0 or (step == 0 and anchor.weekday() >= 5) else -2)
        return start, start + timedelta(days=1)
    if unit == "month":
        index = anchor.year * 12 + anchor.month - 1 + step
        return _month_days(index // 12, index % 12 + 1)
    if unit == "decade":
        return anchor - timedelta(days=3652), anchor
    return date(anchor.year + step, 1, 1), date(anchor.year + step, 12, 31)


def _month_near(anchor: date, month: int, step: int) -> Days:
    """Return the days of a month named without a year: the last one begun by publication, or the next."""
    year = anchor.year - (month > anchor.month)
    if step > 0:
        year = anchor.year + (month <= anchor.month)
    elif step < 0 and month == anchor.month:
        year -= 1
    return _month_days(year, month)


def _in_year(m: re.Match[str], anchor: date | None, _: bool) -> Days | None:
    """Read "in 2011", "since March", "in late October", "since 2013" (up to publication)."""
    if not (m["since"] or m["yq2"]):
        return None
    rules = _rules()
    if m["y4"]:
        days = date(int(m["y4"]), 1, 1), date(int(m["y4"]), 12, 31)
    elif m["se"]:
        first, last = rules.seasons[m["se"].lower()]
        days = date(int(m["sey"]), first, 1), _month_days(int(m["sey"]), last)[1]
    elif m["y5"]:
        days = _month_days(int(m["y5"]), rules.months[m["m4"].lower()])
    elif anchor is None or (m["m4"].lower() in rules.ambiguous and not m["m4"][0].isupper()):
        return None
    else:
        days = _month_near(anchor, rules.months[m["m4"].lower()], 0)
    days = _part(days, m["yq"] or m["yq2"])
    if (m["since"] or "").lower() == "since" and anchor is not None and anchor > days[0]:
        return days[0], anchor
    return days


def _weekend(m: re.Match[str], anchor: date | None, ahead: bool) -> Days | None:
    return _unit_near(anchor, "weekend", int(ahead)) if m["wkd"] and anchor else None


def _bare_weekday(m: re.Match[str], anchor: date | None, ahead: bool) -> Days | None:
    if not m["w"] or anchor is None:
        return None
    rules = _rules()
    if not m["w"][0].isupper() or (
        m["w"].lower() in rules.ambiguous and not m.string[m.end() :].startswith(".")
    ):
        return None
    return _weekday(anchor, rules.weekdays[m["w"].lower()], ahead=ahead, strict=False)


def _weekday(anchor: date, weekday: int, *, ahead: bool, strict: bool) -> Days:
    """Return the nearest such weekday up to `anchor`, or from it on; never `anchor` itself when strict."""
    if ahead:
        gap = (weekday - anchor.weekday()) % 7 or (7 if strict else 0)
    else:
        gap = -((anchor.weekday() - weekday) % 7 or (7 if strict else 0))
    day = anchor + timedelta(days=gap)
    return day, day


_Reader = Callable[[re.Match[str], date | None, bool], Days | None]
_ABSOLUTE: tuple[_Reader, ...] = (_iso, _slash, _named_day, _month_year)
_READERS: tuple[_Reader, ...] = (
    *_ABSOLUTE,
    _relative,
    _past_count,
    _ago,
    _this_last,
    _in_year,
    _weekend,
    _bare_weekday,
)
