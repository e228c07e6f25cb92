"""Is a report about the event of a claim? Day, place and names must be compatible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from secondsource.match.align import quality
from secondsource.match.asked import Asked
from secondsource.match.days import day_gap
from secondsource.match.told import Passage, Statistics, Told

_FEW = 4  # days that one happening may take to be told


@dataclass(frozen=True, slots=True)
class EventOptions:
    """When two reports may speak of one event."""

    days_before: int = 2  # a report misdated by a day or two
    days_after: int = 10  # news is retold for a while
    share: float = 0.45  # of the claim's weighted words, told anywhere in the report
    plain: float = 0.55  # and so much that a report is about the event without more
    certain: float = 0.8  # so much that the day no longer decides
    telling: int = 4  # content words that a claim needs for that: a short one is told of many events


@dataclass(frozen=True, slots=True)
class Aboutness:
    """How far a report is about the claim's event."""

    share: float  # of the claim's weighted content words told anywhere in the report, [0, 1]
    dated: bool  # a publication day is compatible
    undated: bool  # claim or report has no day
    words: int = 0  # content words of the claim
    placed: bool = True  # the report names a place of the claim's event, or the claim says which event it is

    @property
    def timely(self) -> bool:
        """Tell whether no day speaks against it."""
        return self.dated or self.undated

    def loose(self, options: EventOptions) -> bool:
        """Tell whether so little of the claim is told that only sure evidence shows it to be of the event."""
        return self.share < options.plain

    def same(self, options: EventOptions) -> bool:
        """Tell whether report and claim can concern one event."""
        if not self.placed or self.share < options.share * (1.0 if self.dated else 1.1):
            return False
        certain = self.share >= options.certain and self.words >= options.telling
        return self.timely or certain


def about(
    asked: Asked, told: Told, share: float, options: EventOptions, *, placed: bool = False
) -> Aboutness:
    """Return how far `told` is about the event of the claim; `share` is as in `held_share`.

    A report known to be `placed` names a place of the event, if the claim itself names nothing.
    """
    days = possible_days(told)
    claimed = asked.time
    first, last = window(claimed, options) if claimed else (date.max, date.min)
    dated = any(first <= day <= last for day in days)
    undated = claimed is None or not days
    found = Aboutness(share, dated, undated, len(asked.content))
    if not placed and found.same(options) and not asked.anchored(told):  # which reads the whole report
        return replace(found, placed=False)
    return found


def held_share(asked: Asked, told: Told, statistics: Statistics) -> float:
    """Return the share of the claim's weighted content words that a report tells anywhere, in [0, 1]."""
    weighed = [(statistics.weight(word), word) for word in asked.content]
    total = sum(weight for weight, _ in weighed)
    return sum(weight * quality(word, told.terms) for weight, word in weighed) / total if total else 0.0


def window(claimed: tuple[date, date], options: EventOptions) -> tuple[date, date]:
    """Return the first and the last day on which a report about an event of such days is published."""
    first, last = claimed
    early = max(date.min.toordinal(), first.toordinal() - options.days_before)
    late = min(date.max.toordinal(), last.toordinal() + options.days_after)
    return date.fromordinal(early), date.fromordinal(late)


def possible_days(told: Told) -> tuple[date, ...]:
    """Return the days a report may have been published on: given, stated, and with day and month swapped."""
    return days_of(told.report.published, told.report.stated)


def days_of(published: date | None, stated: date | None) -> tuple[date, ...]:
    """Return the days that two dates of a report may stand for, each once, swapped ones last."""
    days: list[date] = []
    for day in (published, stated):
        if day is not None and day not in days:
            days.append(day)
    return (*days, *filter(None, map(_swapped, days)))


def given_for(first: date, last: date) -> tuple[date, ...]:
    """Return the days whose swapped ones lie between two: `days_of` the other way round.

    Days of the years wholly between are left out, since theirs are of the same year.
    """
    begun = range(first.toordinal(), min(last, date(first.year, 12, 31)).toordinal() + 1)
    ended = range(max(first, date(last.year, 1, 1)).toordinal(), last.toordinal() + 1)
    days = (date.fromordinal(day) for day in sorted({*begun, *ended}))
    return tuple(filter(None, map(_swapped, days)))


def _swapped(day: date) -> date | None:
    """Return a day with day and month exchanged, None if that is none or the same."""
    return date(day.year, day.day, day.month) if day.day <= 12 and day.day != day.month else None


def misdated(claimed: tuple[date, date], days: Sequence[date]) -> bool:
    """Tell whether a claimed day stands one part of its date away from `days`: another year, or month.

    A day that differs otherwise is that of another event.
    """
    day = claimed[0]
    if (claimed[1] - day).days > _FEW:
        return False
    moved = [_moved(day, year=other.year) for other in days if other.year != day.year]
    moved += [_moved(day, month=other.month) for other in days if other.year == day.year]
    return any(one != day and -1 <= (other - one).days <= _FEW for one in moved if one for other in days)


def misprints(claimed: tuple[date, date], years: Iterable[int]) -> Iterator[tuple[date, date]]:
    """Yield the spans of days, in some years, that hold every day of which `misdated` may be true."""
    day = claimed[0]
    if (claimed[1] - day).days > _FEW:
        return
    moved = [_moved(day, year=year) for year in years] + [_moved(day, month=n) for n in range(1, 13)]
    for one in moved:
        if one is not None and one != day:
            yield window((one, one), EventOptions(days_before=1, days_after=_FEW))


def speaks_of(asked: Asked, passages: Iterable[Passage]) -> bool:
    """Tell whether one of `passages` tells of the claim's days."""
    return any(day_gap(asked.time, time) == 0 for passage in passages for time in passage.times)


def misprinted(asked: Asked, told: Told) -> bool:
    """Tell whether the day that a claim writes out may be that of a report with a part of it changed."""
    if not asked.dated or asked.time is None or told.report.published is None:
        return False
    return misdated(asked.time, possible_days(told))


def _moved(day: date, **part: int) -> date | None:
    try:
        return day.replace(**part)
    except ValueError:  # there is no 30 February
        return None
