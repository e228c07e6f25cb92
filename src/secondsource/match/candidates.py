"""Which reports may be about a claim's event: by the terms that they hold, before any is read.

The share of the claim's weighted words that a report holds is read off postings. A report that
holds enough of them holds one of the rarest (those that together weigh more than may be
missing), so that only the holders of rare words are gone through: prefix filtering, as in
set-similarity joins (Chaudhuri, Ganti, Kaushik 2006).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from secondsource.match.align import grades
from secondsource.match.asked import Asked
from secondsource.match.event import EventOptions
from secondsource.match.told import Statistics
from secondsource.match.words import Word

KEYS = "match-terms/1"  # names the kind of terms that `Told.terms` gives, for a store of postings


class Postings(Protocol):
    """Which reports hold a term."""

    def holders(self, term: str) -> Collection[str]:
        """Return the ids of all reports that hold `term`."""
        ...

    def holding(self, term: str, reports: Collection[str]) -> Collection[str]:
        """Return those of `reports` that hold `term`."""
        ...


def candidates(
    asked: Asked, statistics: Statistics, postings: Postings, options: EventOptions | None = None
) -> dict[str, float]:
    """Return the reports that may be about the claim's event, by id, each with the share it holds.

    Shares are of the claim's weighted content words, in [0, 1], as `event.about` counts them; no
    report is left out that it would find to be about the event.
    """
    least = (options or EventOptions()).share
    weighed = sorted(
        ((statistics.weight(word), word) for word in asked.content), key=lambda w: (-w[0], w[1].start)
    )
    total = sum(weight for weight, _ in weighed)
    missing = (1.0 - least) * total
    held: dict[str, float] = {}
    passed = 0.0
    for weight, word in weighed:
        rare = passed <= missing
        passed += weight
        for report, grade in _holders(word, postings, None if rare else held).items():
            held[report] = held.get(report, 0.0) + weight * grade
    return {
        report: share / total for report, share in sorted(held.items()) if share >= least * total - _ROUNDING
    }


_ROUNDING = 1e-9


def _holders(word: Word, postings: Postings, among: Collection[str] | None) -> dict[str, float]:
    """Return how well reports hold `word`, of all or of those `among` which it is asked."""
    best: dict[str, float] = {}
    for term, grade in grades(word):
        for report in postings.holders(term) if among is None else postings.holding(term, among):
            best.setdefault(report, grade)
    return best
