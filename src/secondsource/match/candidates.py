"""Which reports may be about a claim's event: by the terms that they hold, before any is read.

The share of the claim's weighted words that a report holds is read off postings. A report that
holds enough of them holds one of the rarest (those that together weigh more than may be
missing), so that only the holders of rare words are gone through: prefix filtering, as in
set-similarity joins (Chaudhuri, Ganti, Kaushik 2006). More is asked of a report of another time,
so that of common words only the holders near in time are gone through.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from datetime import date
from typing import Protocol

from secondsource.match.align import grades
from secondsource.match.asked import Asked
from secondsource.match.event import EventOptions, window
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


def candidates(
    asked: Asked, statistics: Statistics, postings: Postings, options: EventOptions | None = None
) -> dict[str, float]:
    """Return the reports that may be about the claim's event, by id, each with the share it holds.

    Shares are of the claim's weighted content words, in [0, 1], as `event.about` counts them; no
    report is left out that it would find to be about the event.
    """
    options = options or EventOptions()
    near = None if asked.time is None else frozenset(postings.near(*window(asked.time, options)))
    weighed = sorted(
        ((statistics.weight(word), word) for word in asked.content), key=lambda w: (-w[0], w[1].start)
    )
    total = sum(weight for weight, _ in weighed)
    least = options.share * total - _ROUNDING
    certain = options.certain * total - _ROUNDING if len(weighed) >= options.telling else math.inf
    afar = least if near is None else max(least, certain)
    placed = {r for word in asked.anchors for r in _holders(word, postings, None)} if asked.anchors else None
    if near is not None and placed is not None:
        near &= placed
    held: dict[str, float] = {}
    passed = 0.0
    for weight, word in weighed:
        among: Collection[str] | None = held
        if passed <= total - afar:
            among = None
        elif near is not None and passed <= total - least:
            among = near | held.keys()
        passed += weight
        for report, grade in _holders(word, postings, among).items():
            held[report] = held.get(report, 0.0) + weight * grade
    return {
        report: share / total
        for report, share in sorted(held.items())
        if share >= (least if near is None or report in near else afar)
        and (placed is None or report in placed)
    }


_ROUNDING = 1e-9


def _holders(word: Word, postings: Postings, among: Collection[str] | None) -> dict[str, float]:
    """Return how well reports hold `word`, of all or of those `among` which it is asked."""
    best: dict[str, float] = {}
    for term, grade in grades(word):
        for report in postings.holders(term) if among is None else postings.holding(term, among):
            best.setdefault(report, grade)
    return best
