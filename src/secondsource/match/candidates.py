"""Which reports may be about a claim's event: by the terms that they hold, before any is read."""

from __future__ import annotations

from collections.abc import Callable, Collection

from secondsource.match.align import grades
from secondsource.match.compare import Asked
from secondsource.match.event import EventOptions
from secondsource.match.told import Statistics

KEYS = "match-terms/1"  # names the kind of terms that `Told.terms` gives, for a store of postings

# The ids of the reports that hold a term.
Holders = Callable[[str], Collection[str]]


def candidates(
    asked: Asked, statistics: Statistics, holders: Holders, options: EventOptions | None = None
) -> list[str]:
    """Return, in order, the reports that hold enough of the claim's weighted words to be about its event.

    None is left out that `judge` would find to be about it: the share is the same, read off
    postings instead of texts.
    """
    least = (options or EventOptions()).share
    held: dict[str, float] = {}
    total = 0.0
    for word in asked.content:
        weight = statistics.weight(word)
        total += weight
        best: dict[str, float] = {}
        for term, grade in grades(word):
            for report in holders(term):
                best.setdefault(report, grade)
        for report, grade in best.items():
            held[report] = held.get(report, 0.0) + weight * grade
    return sorted(report for report, told in held.items() if told >= least * total)
