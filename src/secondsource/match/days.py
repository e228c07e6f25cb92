"""Calendar dates as a text writes them out: years, months and days read from its words."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from secondsource.match.words import Word

_MONTHS = {name.casefold(): i for i, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
FAR = 400  # days: farther apart is all the same
_REACH = 4  # words between the parts of one date


def years(words: Sequence[Word]) -> dict[str, frozenset[int]]:
    """Return the years that `words` name by the word that leads to their date ("in", "since", "by")."""
    found: dict[str, frozenset[int]] = {}
    for at, word in enumerate(words):
        if not _is_year(word):
            continue
        lead = next((w.form for w in reversed(words[:at]) if w.kind in ("stop", "word")), "")
        found[lead] = found.get(lead, frozenset()) | {int(word.form)}
    return found


def written(words: Sequence[Word]) -> tuple[date, date] | None:
    """Return the first and last day of the first date with month and year, None if there is none.

    "4-5 July 2015", "July 4, 2015" and "in July 2015" are such dates; weekdays add nothing to them.
    """
    for at, word in enumerate(words):
        month = _MONTHS.get(word.form) if word.kind == "time" else None
        if month is None:
            continue
        after = words[at + 1 : at + 1 + _REACH]
        ends = next((i for i, w in enumerate(after) if _is_year(w)), None)
        if ends is None:
            continue
        days = sorted({*_days_before(words, at), *(_day(w) for w in after[:ends] if _day(w))})
        return _interval(int(after[ends].form), month, days)
    return None


def day_gap(claimed: tuple[date, date] | None, told: tuple[date, date] | None) -> int | None:
    """Return the days from the claimed interval to the told one: 0 if they meet, negative if told first."""
    if claimed is None or told is None:
        return None
    if told[0] > claimed[1]:
        return min(FAR, (told[0] - claimed[1]).days)
    if told[1] < claimed[0]:
        return max(-FAR, (told[1] - claimed[0]).days)
    return 0


def _days_before(words: Sequence[Word], at: int) -> Iterator[int]:
    """Yield the days of the month that stand right before the month's name."""
    for word in reversed(words[max(0, at - _REACH) : at]):
        if _day(word):
            yield _day(word)
        elif word.kind != "stop" and word.form not in ("to", "and", "of", "the"):
            return


def _interval(year: int, month: int, days: Sequence[int]) -> tuple[date, date] | None:
    last = _length(year, month)
    if not days:
        return date(year, month, 1), date(year, month, last)
    return (date(year, month, days[0]), date(year, month, days[-1])) if days[-1] <= last else None


@cache
def _length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _is_year(word: Word) -> bool:
    return word.kind == "time" and word.form.isdecimal() and len(word.form) == 4


def _day(word: Word) -> int:
    """Return the day of the month that a word is, 0 if it is none."""
    form = word.form.removesuffix("st").removesuffix("nd").removesuffix("rd").removesuffix("th")
    plain = word.kind in ("time", "number") and form.isdecimal() and len(form) < 3
    return int(form) if plain and 1 <= int(form) <= 31 else 0
