"""Who printed whom and who cites whom among the tellings of one claim: edges to draw, not to count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from secondsource.model import Direction, Mention, Reuse, Span
from secondsource.text import hull, overlaps
from secondsource.trace.lineage import COPIED
from secondsource.trace.origin import Context, cast_in
from secondsource.trace.same import same_texts
from secondsource.trace.sources import resolve, speaking

PRINTS, CITES = "prints", "cites"


@dataclass(frozen=True, slots=True)
class Edge:
    """One step back towards the beginning: `by` prints or cites `of`.

    Reports are ids, sources and agencies are names; `report` tells whether `of` is a report.
    """

    by: str
    kind: str
    of: str
    report: bool = False


def edges(tellings: Iterable[Mention], context: Context) -> tuple[Edge, ...]:
    """Return how the tellings of one claim lead to each other and to their sources, in order.

    A report cites the outermost link of its chain, each link the next one in; of two reports
    with the same text the later prints the earlier, or both print the agency's.
    """
    told = sorted(tellings, key=lambda m: (m.report, m.content, m.id))
    chains = [_keyed(mention, context) for mention in told]
    names: dict[str, list[str]] = {}
    for key, name in (step for steps in chains for step in steps):
        names.setdefault(key, []).append(name)
    best = {key: min(held, key=lambda name: (len(name), name)) for key, held in names.items()}
    found: set[Edge] = set()
    for mention, steps in zip(told, chains, strict=True):
        line = [mention.report, *(best[key] for key, _ in reversed(steps))]
        found |= {Edge(by, CITES, of) for by, of in pairwise(line) if by != of}
    places = [(mention.report, hull(mention.content)) for mention in told]
    for later, earlier in same_texts(places, context):
        found |= _prints(places[earlier], places[later], context)
    return tuple(sorted(found, key=lambda edge: (edge.by, edge.kind, edge.of)))


def _keyed(mention: Mention, context: Context) -> list[tuple[str, str]]:
    """Return the links that speak, nearest the fact first: what makes two of them one, and the name."""
    report = context.pile.report(mention.report)
    if report is None:
        return []
    cast = cast_in(report, context)
    found = []
    for link in speaking(mention.links):
        who = resolve(link, cast)
        bare = " ".join(word for word in link.name.split() if word.lower() not in ("a", "an", "the"))
        found.append((who.key, who.name) if who else (bare.lower(), bare))
    return found


def _prints(one: tuple[str, Span], two: tuple[str, Span], context: Context) -> set[Edge]:
    for reuse in _shared(context.pile.reuse(one[0]), (one[0], two[0]), one[1]):
        if reuse.direction is Direction.A_TO_B:
            return {Edge(reuse.b, PRINTS, reuse.a, report=True)}
        if reuse.direction is Direction.B_TO_A:
            return {Edge(reuse.a, PRINTS, reuse.b, report=True)}
        if reuse.origin:
            return {Edge(reuse.a, PRINTS, reuse.origin), Edge(reuse.b, PRINTS, reuse.origin)}
        return {Edge(reuse.b, PRINTS, reuse.a, report=True)}
    return set()


def _shared(reuse: Iterable[Reuse], pair: Sequence[str], place: Span) -> list[Reuse]:
    """Return the copying between two reports that covers a place of the first."""
    return [
        r
        for r in reuse
        if r.kind in COPIED
        and {r.a, r.b} == set(pair)
        and any(overlaps(place, a if r.a == pair[0] else b) for a, b in r.spans)
    ]
