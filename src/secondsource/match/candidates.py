"""Which reports may be about a claim's event: by the terms that they hold, before any is read.

The share of the claim's weighted words that a report holds is read off postings. A report that
holds enough of them holds one of the rarest (those that together weigh more than may be
missing), so that only the holders of rare words are gone through: prefix filtering, as in
set-similarity joins (Chaudhuri, Ganti, Kaushik 2006). Of a claim with a day only those reports are
asked that are near in time or look back at it, so that a longer archive costs no more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Protocol

from secondsource.match.align import grades
from secondsource.match.asked import Asked
from secondsource.match.event import EventOptions, misprints, window
from secondsource.match.told import Statistics
from secondsource.match.words import Word

KEYS = "match-terms/3"  # names the kind of terms that `Told.terms` gives, for a store of postings


class Postings(Protocol):
    """Which reports hold a term."""

    def holders(self, term: str) -> Collection[str]:
        """Return the ids of all reports that hold `term`."""
        ...

    def holding(self, term: str, reports: Collection[str]) -> Collection[str]:
        """Return those of `reports` that hold `term`."""
        ...

    def near(self, first: date, last: date) -> Collection[str]:
        """Return the ids of the reports that may be of days between two, and of those without a day."""
        ...

    def telling(self, first: date, last: date) -> Collection[str]:
        """Return the ids of the reports with a mention told of a day between two."""
        ...

    def years(self) -> Collection[int]:
        """Return the years that reports may be of."""
        ...


def candidates(
    asked: Asked, statistics: Statistics, postings: Postings, options: EventOptions | None = None
) -> dict[str, float]:
    """Return the reports that may be about the claim's event, by id, each with the share it holds.

    Shares are of the claim's weighted content words, in [0, 1], as `event.about` counts them; no
    report is left out that it would find to be about the event and that could bear on the claim.
    """
    options = options or EventOptions()
    near = None if asked.time is None else frozenset(postings.near(*window(asked.time, options)))
    weighed = sorted(
        ((statistics.weight(word), word) for word in asked.content), key=lambda w: (-w[0], w[1].start)
    )
    total = sum(weight for weight, _ in weighed)
    least = options.share * total - _ROUNDING
    certain = max(least, options.certain * total - _ROUNDING)
    among: Collection[str] | None = near
    if near is not None and len(weighed) >= options.telling:
        among = near.union(*_looking_back(asked, postings))
    if asked.anchors:
        among = {report for word in asked.anchors for report in _holders(word, postings, among)}
    held: dict[str, float] = {}
    passed = 0.0
    for weight, word in weighed:
        asks = among if passed <= total - least else held
        passed += weight
        for report, grade in _holders(word, postings, asks).items():
            held[report] = held.get(report, 0.0) + weight * grade
    return {
        report: share / total
        for report, share in sorted(held.items())
        if share >= (least if near is None or report in near else certain)
    }


def _looking_back(asked: Asked, postings: Postings) -> Iterator[Collection[str]]:
    """Yield the reports that may bear on a claim with a day though they are of another time.

    They tell of its days, or are of a day for which one that it writes out may be misprinted.
    """
    assert asked.time is not None
    yield postings.telling(*asked.time)
    if asked.dated:
        yield from (postings.near(*span) for span in misprints(asked.time, postings.years()))


_ROUNDING = 1e-9


def _holders(word: Word, postings: Postings, among: Collection[str] | None) -> dict[str, float]:
    """Return how well reports hold `word`, of those `among` which it is asked, or of all."""
    best: dict[str, float] = {}
    for term, grade in grades(word):
        for report in postings.holders(term) if among is None else postings.holding(term, among):
            best.setdefault(report, grade)
    return best
