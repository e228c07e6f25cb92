"""Tellings of one claim united into origins: the unit that is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from secondsource.model import Evidence, Origin, OriginKind, Span

Place = tuple[str, Span]  # a report's id and a stretch of its body
# Which of some places are the same copied text: pairs of their numbers. An empty place is no text.
Copied = Callable[[Sequence[Place]], Iterable[tuple[int, int]]]
_RANKED = (OriginKind.AGENCY, OriginKind.SOURCE, OriginKind.OUTLET, OriginKind.UNNAMED, OriginKind.UNKNOWN)


def unite(
    tellings: Sequence[tuple[Evidence, Origin]],
    own: Origin | None,
    place: tuple[str, Span | None],
    copied: Copied | None,
) -> tuple[tuple[Origin, ...], Origin | None]:
    """Return the origin of each telling after uniting, and the claim's own.

    Two tellings are one where they share an origin key, where they cannot be told apart
    (`Origin.also`), or where their spans are the same copied text. `place` is the report and
    span that the claim was taken from. A united origin keeps the claim's own name where that is
    in it, else the best known of its names.
    """
    origins = [origin for _, origin in tellings]
    places = [(e.report, e.span) for e, _ in tellings]
    if own is not None:
        origins.append(own)
        places.append((place[0], place[1] or (0, 0)))
    last = len(origins) - 1 if own is not None else -1
    chosen = list(origins)
    for members in _groups(len(origins), [*_one(origins), *(copied(places) if copied else ())]):
        kept = own if own is not None and last in members else min((origins[i] for i in members), key=_order)
        for i in members:
            chosen[i] = kept
    named = _distinct(chosen)
    return tuple(named[: len(tellings)]), named[-1] if own is not None else None


def _one(origins: Sequence[Origin]) -> Iterator[tuple[int, int]]:
    """Yield pairs enough to join all origins that are one, or cannot be told apart."""
    holders: dict[str, int] = {}
    for i, origin in enumerate(origins):
        yield i, holders.setdefault(origin.key, i)
    for i, origin in enumerate(origins):
        yield from ((i, holders[key]) for key in origin.also if key in holders)


def _groups(size: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the numbers below `size` in groups that pairs of them join, each in order."""
    parent = list(range(size))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for one, two in pairs:
        parent[find(one)] = find(two)
    groups: dict[int, list[int]] = {}
    for i in range(size):
        groups.setdefault(find(i), []).append(i)
    return list(groups.values())


def _order(origin: Origin) -> tuple[int, str]:
    return _RANKED.index(origin.kind), origin.key


def _distinct(origins: list[Origin]) -> list[Origin]:
    """Return `origins` with names made distinct wherever keys are."""
    keys: dict[str, list[str]] = {}
    for origin in origins:
        held = keys.setdefault(origin.name, [])
        if origin.key not in held:
            held.append(origin.key)
    clash = {name: sorted(held) for name, held in keys.items() if len(held) > 1}
    if not clash:
        return origins
    return [
        replace(o, name=f"{o.name} ({clash[o.name].index(o.key) + 1})") if o.name in clash else o
        for o in origins
    ]
