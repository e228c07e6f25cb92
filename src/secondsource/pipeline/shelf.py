"""A library as one question reads it: each report on first need, terms and reuse by lookup.

What a question costs depends on the reports that may bear on it, not on how many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import msgspec

from secondsource import match, trace
from secondsource.extract import METHOD
from secondsource.match import Told
from secondsource.model import Mention, Report, Reuse
from secondsource.store.port import Store
from secondsource.text import PARSED, stable_hash

BATCH = 64  # reports in memory together where all are gone through
READING = (
    f"{METHOD} {match.KEYS} {trace.KEYS}"  # what a report was read by; reports read otherwise are read anew
)
_WINDOWS = 64  # spans of days whose reports are kept at hand
_COMMON = 100  # holders of a term that is counted for all questions at once
# What a store keeps of the whole of it, by name: that all is read, what its reports say of their sources,
# and `counted`.
READ, SOURCES, COUNTS = "read", "sources", "counted"


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted over a whole library.

    `languages` tells how many reports are in each. `twins` reports print the text of another; `again` tells
    how many of those hold a term, `common` how many of all reports hold one of the commoner terms, both by
    the term's hash.
    """

    languages: dict[str, int]
    twins: int
    again: dict[int, int]
    common: dict[int, int]


class Shelf:
    """The reports of a library up to a day, with the report under check (`match.Postings`, `trace` pile).

    Of a report that was edited or withdrawn only the text that stands on that day is here.
    `subject`, if the library does not hold it, stands `beside` them with its own terms and with
    what it shares with them, as `traced` finds it. `counts` is what `counted` found of the whole
    library, if it is kept; else it is counted now.
    """

    def __init__(
        self,
        store: Store,
        until: date | None,
        subject: Told | None = None,
        traced: Callable[[Report], Sequence[Reuse]] = lambda _: (),
        counts: bytes = b"",
    ) -> None:
        self._store = store
        self._until = until
        self._allowed = None if until is None else frozenset(store.ids(until))
        self._fallen = store.versions.fallen() if until is None else frozenset()
        self._counted = msgspec.msgpack.decode(counts, type=Counts) if counts else _counts(store, until)
        self._told: dict[str, Told | None] = {}
        self._holders: dict[str, frozenset[str]] = {}
        self._counts: dict[str, int] = {}
        self._looked: dict[str, tuple[set[str], set[str]]] = {}  # by term: reports asked for it, its holders
        self._near: _Windows = {}
        self._telling: _Windows = {}
        self._shared: dict[str, list[Reuse]] = {}
        self._elsewhere: dict[str, frozenset[str]] = {}
        self.beside = subject if subject is not None and not self._holds(subject.report.id) else None
        self._reuse = traced(self.beside.report) if self.beside else ()
        if subject is not None:
            self._told[subject.report.id] = subject
        days = [store.newest(until), subject.report.published if subject is not None else None]
        self.as_of = max((day for day in days if day is not None), default=None)
        self.statistics = match.Statistics(self.size - self._counted.twins, self._texts)

    @property
    def size(self) -> int:
        """Return how many reports there are, the one under check counted."""
        return sum(self._counted.languages.values()) + (self.beside is not None)

    def languages(self, aside: Report) -> dict[str, int]:
        """Return how many reports there are in each language, one left aside."""
        counts = dict(self._counted.languages)
        if self.beside is None:
            counts[aside.language] -= 1
        return counts

    def in_other_words(self, language: str) -> frozenset[str]:
        """Return the ids of reports that cannot be compared word by word with one in `language`.

        Those are the reports in other languages, and all where no parser reads `language`.
        """
        if language not in self._elsewhere:
            if language == PARSED and not any(one != PARSED for one in self._counted.languages):
                found: list[str] = []
            else:
                store, until = self._store, self._until
                found = store.not_in(language, until) if language == PARSED else store.ids(until)
            self._elsewhere[language] = frozenset(found) - self._fallen
        return self._elsewhere[language]

    def read(self, reports: Iterable[str]) -> list[Told]:
        """Return those of `reports` that stand here, with their mentions, in order of id."""
        wanted = sorted(set(reports))
        unread = [one for one in wanted if one not in self._told]
        self._told |= dict.fromkeys(unread)
        self._told |= {t.report.id: t for t in each(self._store, unread) if self._stands(t.report.id)}
        return [told for one in wanted if (told := self._told[one]) is not None]

    def trim(self, most: int) -> None:
        """Forget the reports read first, but for the last `most`; they are read anew when they are needed."""
        for report in list(self._told)[:-most]:
            del self._told[report]

    def every(self) -> list[Told]:
        """Return the reports read so far, in order of id."""
        return [told for _, told in sorted(self._told.items()) if told is not None]

    def report(self, report: str) -> Report | None:
        """Return a report, None if none of that id stands here."""
        found = self.read([report])
        return found[0].report if found else None

    def mentions(self, report: str) -> tuple[Mention, ...]:
        """Return the mentions of a report, in reading order."""
        found = self.read([report])
        return found[0].mentions if found else ()

    def reuse(self, report: str) -> list[Reuse]:
        """Return the reuse that a report is part of, both reports standing here, by (a, b)."""
        if report not in self._shared:
            traced = [] if self.beside and report == self.beside.report.id else self._store.reuse(report)
            found = [r for r in traced if self._stands(r.a) and self._stands(r.b)]
            found += [r for r in self._reuse if report in (r.a, r.b)]
            self._shared[report] = sorted(found, key=lambda r: (r.a, r.b))
        return self._shared[report]

    def holders(self, term: str) -> frozenset[str]:
        """Return the ids of all reports that hold `term`."""
        if term not in self._holders:
            held = {report for _, report in self._store.holders(match.KEYS, [stable_hash(term)])}
            self._holders[term] = self._standing(held)
            if self.beside is not None and term in self.beside.terms:
                self._holders[term] |= {self.beside.report.id}
        return self._holders[term]

    def holding(self, term: str, reports: Collection[str]) -> Collection[str]:
        """Return those of `reports` that hold `term`; a report is looked up once."""
        wanted = frozenset(reports)
        if term in self._holders:
            return self._holders[term] & wanted
        asked, held = self._looked.setdefault(term, (set(), set()))
        unasked = wanted - asked
        # Looking up report by report is cheaper until it has cost what all holders cost.
        if 2 * (len(asked) + len(unasked)) > self._seen(term):
            return self.holders(term) & wanted
        asked |= unasked
        held.update(self._store.holding(match.KEYS, stable_hash(term), unasked - self._fallen))
        if self.beside is not None and self.beside.report.id in unasked and term in self.beside.terms:
            held.add(self.beside.report.id)
        return wanted & held

    def near(self, first: date, last: date) -> frozenset[str]:
        """Return the ids of the reports that may be of days between two, and of those without a day."""
        return _at_hand(self._near, (first, last), self._find_near)

    def telling(self, first: date, last: date) -> frozenset[str]:
        """Return the ids of the reports with a mention told of a day between two."""
        return _at_hand(self._telling, (first, last), self._find_telling)

    def _find_near(self, first: date, last: date) -> frozenset[str]:
        days = self._store.calendar
        given = (days.within(day, day) for day in match.given_for(first, last))
        found = self._standing(days.within(first, last).union(*given)) | self._dayless
        if self.beside is not None and self._is_of(self.beside.report, first, last):
            found |= {self.beside.report.id}
        return found

    def _find_telling(self, first: date, last: date) -> frozenset[str]:
        found = self._standing(self._store.calendar.telling(first, last))
        own = self.beside.mentions if self.beside is not None else ()
        times = (mention.slots.time for mention in own if mention.slots.time)
        if self.beside is not None and any(time[0] <= last and first <= time[1] for time in times):
            found |= {self.beside.report.id}
        return found

    def years(self) -> list[int]:
        """Return the years that reports may be of, in order."""
        own = (self.beside.report.published, self.beside.report.stated) if self.beside is not None else ()
        return sorted({*self._years, *(day.year for day in own if day is not None)})

    @cached_property
    def _years(self) -> list[int]:
        return self._store.calendar.years()

    @cached_property
    def _dayless(self) -> frozenset[str]:
        return self._standing(self._store.calendar.without())

    @staticmethod
    def _is_of(report: Report, first: date, last: date) -> bool:
        """Tell whether a report may be of days between two, or is without a day."""
        days = match.days_of(report.published, report.stated)
        return not days or any(first <= day <= last for day in days)

    def _standing(self, reports: Collection[str]) -> frozenset[str]:
        """Return those of `reports`, all of the library, that stand here."""
        found = frozenset(reports)
        return found - self._fallen if self._allowed is None else found & self._allowed

    def _texts(self, term: str) -> int:
        """Return how many texts hold `term`: a word is no less rare for being printed again."""
        return self._seen(term) - self._counted.again.get(stable_hash(term), 0)

    def _seen(self, term: str) -> int:
        """Return how many reports hold `term`."""
        if self._allowed is not None or term in self._holders:
            return len(self.holders(term))
        if term not in self._counts:
            own = self.beside is not None and term in self.beside.terms
            key = stable_hash(term)
            fallen = len(self._store.holding(match.KEYS, key, self._fallen)) if self._fallen else 0
            held = self._counted.common.get(key) or self._store.frequency(match.KEYS, key)
            self._counts[term] = held - fallen + own
        return self._counts[term]

    def _holds(self, report: str) -> bool:
        """Tell whether the library, up to the day, holds a report of that id."""
        if self._allowed is not None:
            return report in self._allowed
        return report not in self._fallen and bool(self._store.reports([report]))

    def _stands(self, report: str) -> bool:
        return report not in self._fallen if self._allowed is None else report in self._allowed


_Windows = dict[tuple[date, date], frozenset[str]]


def _at_hand(
    windows: _Windows, span: tuple[date, date], find: Callable[[date, date], frozenset[str]]
) -> frozenset[str]:
    """Return what `find` finds for a span of days, kept with that of the spans asked last."""
    if span not in windows:
        if len(windows) >= _WINDOWS:
            windows.pop(next(iter(windows)))
        windows[span] = find(*span)
    return windows[span]


@dataclass(frozen=True, slots=True)
class Part:
    """Some reports of a shelf (`match.Postings`): what the others hold is not looked up."""

    shelf: Shelf
    only: frozenset[str]

    def holders(self, term: str) -> Collection[str]:
        """Return the ids of all reports of this part that hold `term`."""
        return self.shelf.holding(term, self.only)

    def holding(self, term: str, reports: Collection[str]) -> Collection[str]:
        """Return those of `reports` that hold `term`; all are of this part."""
        return self.shelf.holding(term, reports)

    def near(self, first: date, last: date) -> Collection[str]:
        """Return the ids of the reports of this part that may be of days between two, or of any."""
        return self.only & self.shelf.near(first, last)

    def telling(self, first: date, last: date) -> Collection[str]:
        """Return the ids of the reports of this part with a mention told of a day between two."""
        return self.only & self.shelf.telling(first, last)

    def years(self) -> Collection[int]:
        """Return the years that reports may be of."""
        return self.shelf.years()


def each(store: Store, ids: Sequence[str]) -> Iterator[Told]:
    """Yield the reports of `ids` that a store holds, with their mentions, a batch in memory at a time."""
    for first in range(0, len(ids), BATCH):
        batch = ids[first : first + BATCH]
        mentions: dict[str, list[Mention]] = {report: [] for report in batch}
        for mention in store.mentions(batch):
            mentions[mention.report].append(mention)
        for report in store.reports(batch):
            yield Told(report, tuple(mentions[report.id]))


def counted(store: Store) -> bytes:
    """Return what is counted over a whole library, for a `Shelf`."""
    return msgspec.msgpack.encode(_counts(store, None))


def _counts(store: Store, until: date | None) -> Counts:
    """Return what is counted over the reports up to a day; common terms only where it is all of them."""
    twins = store.twins(until)
    common = {} if until else store.commonest(match.KEYS, _COMMON)
    again = store.frequencies(match.KEYS, twins)
    return Counts(store.languages(until), len(twins), again, common)


def keys(told: Told) -> dict[str, list[int]]:
    """Return what the library keeps of a report, by kind of key: its terms and its traces of text."""
    return {
        match.KEYS: sorted(stable_hash(term) for term in told.terms),
        trace.KEYS: trace.keys_of(told.report),
    }
