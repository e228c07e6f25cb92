"""A library as one question reads it: each report on first need, terms and reuse by lookup.

What a question costs depends on the reports that may bear on it, not on how many there are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
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
# What a store keeps of the whole of it, by name: what its reports say of their sources, and `printed_again`.
SOURCES, AGAIN = "sources", "again"


class Shelf:
    """The reports of a library up to a day, with the report under check (`match.Postings`, `trace` pile).

    Of a report that was edited or withdrawn only the text that stands on that day is here.
    `subject`, if the library does not hold it, stands `beside` them with its own terms and with
    what it shares with them, as `traced` finds it. `again` is what `printed_again` found of the whole
    library, if it is kept; else it is worked out when it is needed.
    """

    def __init__(
        self,
        store: Store,
        until: date | None,
        subject: Told | None = None,
        traced: Callable[[Report], Sequence[Reuse]] = lambda _: (),
        again: bytes = b"",
    ) -> None:
        self._store = store
        self._until = until
        self._allowed = None if until is None else frozenset(store.ids(until))
        self._fallen = store.versions.fallen() if until is None else frozenset()
        self._languages = store.languages(until)
        self._told: dict[str, Told | None] = {}
        self._holders: dict[str, frozenset[str]] = {}
        self._counts: dict[str, int] = {}
        self._looked: Counter[str] = Counter()
        self._near: dict[tuple[date, date], frozenset[str]] = {}
        self._shared: dict[str, list[Reuse]] = {}
        self._elsewhere: dict[str, frozenset[str]] = {}
        self.beside = subject if subject is not None and not self._holds(subject.report.id) else None
        self._reuse = traced(self.beside.report) if self.beside else ()
        if subject is not None:
            self._told[subject.report.id] = subject
        days = [store.newest(until), subject.report.published if subject is not None else None]
        self.as_of = max((day for day in days if day is not None), default=None)
        self._twins = store.twins(until)
        self._kept = again
        self.statistics = match.Statistics(self.size - len(self._twins), self._texts)

    @property
    def size(self) -> int:
        """Return how many reports there are, the one under check counted."""
        return sum(self._languages.values()) + (self.beside is not None)

    def languages(self, aside: Report) -> dict[str, int]:
        """Return how many reports there are in each language, one left aside."""
        counts = dict(self._languages)
        if self.beside is None:
            counts[aside.language] -= 1
        return counts

    def in_other_words(self, language: str) -> frozenset[str]:
        """Return the ids of reports that cannot be compared word by word with one in `language`.

        Those are the reports in other languages, and all where no parser reads `language`.
        """
        if language not in self._elsewhere:
            if language == PARSED and not any(one != PARSED for one in self._languages):
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
            self._holders[term] = frozenset(
                held - self._fallen if self._allowed is None else held & self._allowed
            )
            if self.beside is not None and term in self.beside.terms:
                self._holders[term] |= {self.beside.report.id}
        return self._holders[term]

    def holding(self, term: str, reports: Collection[str]) -> Collection[str]:
        """Return those of `reports` that hold `term`."""
        # Looking up report by report is cheaper until it has cost what all holders cost.
        self._looked[term] += len(reports)
        if term in self._holders or 2 * self._looked[term] > self._seen(term):
            return self.holders(term) & frozenset(reports)
        standing = set(reports) - self._fallen
        held = self._store.holding(match.KEYS, stable_hash(term), standing)
        own = self.beside is not None and term in self.beside.terms
        return [*held, self.beside.report.id] if self.beside and own else held

    def near(self, first: date, last: date) -> frozenset[str]:
        """Return the ids of the reports that may be of days between two, and of those without a day."""
        if (first, last) not in self._near:
            if len(self._near) >= _WINDOWS:
                self._near.pop(next(iter(self._near)))
            days, reports = self._calendar
            within = reports[bisect_left(days, first) : bisect_right(days, last)]
            self._near[first, last] = frozenset(within).union(self._dayless)
        return self._near[first, last]

    @cached_property
    def _days(self) -> list[tuple[str, tuple[date, ...]]]:
        beside = [self.beside.report] if self.beside else []
        told = [*self._store.dated(self._until), *((r.id, r.published, r.stated) for r in beside)]
        return [(report, match.days_of(published, stated)) for report, published, stated in told]

    @cached_property
    def _calendar(self) -> tuple[list[date], list[str]]:
        """Return the days that reports may be of, in order, and beside each its report."""
        dated = sorted((day, report) for report, days in self._days for day in days)
        return [day for day, _ in dated], [report for _, report in dated]

    @cached_property
    def _dayless(self) -> list[str]:
        return [report for report, days in self._days if not days]

    def _texts(self, term: str) -> int:
        """Return how many texts hold `term`: a word is no less rare for being printed again."""
        return self._seen(term) - self._again.get(stable_hash(term), 0)

    @cached_property
    def _again(self) -> dict[int, int]:
        if self._kept:
            return msgspec.msgpack.decode(self._kept, type=dict[int, int])
        return self._store.frequencies(match.KEYS, self._twins)

    def _seen(self, term: str) -> int:
        """Return how many reports hold `term`."""
        if self._allowed is not None or term in self._holders:
            return len(self.holders(term))
        if term not in self._counts:
            own = self.beside is not None and term in self.beside.terms
            key = stable_hash(term)
            fallen = len(self._store.holding(match.KEYS, key, self._fallen)) if self._fallen else 0
            self._counts[term] = self._store.frequency(match.KEYS, key) - fallen + own
        return self._counts[term]

    def _holds(self, report: str) -> bool:
        """Tell whether the library, up to the day, holds a report of that id."""
        if self._allowed is not None:
            return report in self._allowed
        return report not in self._fallen and bool(self._store.reports([report]))

    def _stands(self, report: str) -> bool:
        return report not in self._fallen if self._allowed is None else report in self._allowed


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


def each(store: Store, ids: Sequence[str]) -> Iterator[Told]:
    """Yield the reports of `ids` that a store holds, with their mentions, a batch in memory at a time."""
    for first in range(0, len(ids), BATCH):
        batch = ids[first : first + BATCH]
        mentions: dict[str, list[Mention]] = {report: [] for report in batch}
        for mention in store.mentions(batch):
            mentions[mention.report].append(mention)
        for report in store.reports(batch):
            yield Told(report, tuple(mentions[report.id]))


def printed_again(store: Store) -> bytes:
    """Return how many reports that print the text of another hold each of their terms, for a `Shelf`."""
    return msgspec.msgpack.encode(store.frequencies(match.KEYS, store.twins()))


def keys(told: Told) -> dict[str, list[int]]:
    """Return what the library keeps of a report, by kind of key: its terms and its traces of text."""
    return {
        match.KEYS: sorted(stable_hash(term) for term in told.terms),
        trace.KEYS: trace.keys_of(told.report),
    }
