"""Tellings of one claim united into origins: the unit that is counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from secondsource.model import Evidence, Origin, OriginKind, Span

# Whether a span of one report and a span of another are the same copied text.
Copied = Callable[[str, Span, str, Span], bool]
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
    spots = [(e.report, e.span, origin) for e, origin in tellings]
    if own is not None and place[1] is not None:
        spots.append((place[0], place[1], own))
    elif own is not None:
        spots.append((place[0], (0, 0), own))
    parent = list(range(len(spots)))

    def find(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    for i, (report, span, origin) in enumerate(spots):
        for j in range(i):
            other, its_span, its_origin = spots[j]
            same = _one(origin, its_origin) or (
                copied is not None and report != other and _filled(span) and _filled(its_span)
                and copied(report, span, other, its_span)
            )  # fmt: skip
            if same and find(i) != find(j):
                parent[find(i)] = find(j)
    groups: dict[int, list[int]] = {}
    for i in range(len(spots)):
        groups.setdefault(find(i), []).append(i)
    chosen: dict[int, Origin] = {}
    last = len(spots) - 1 if own is not None else -1
    for members in groups.values():
        kept = own if own is not None and last in members else min((spots[i][2] for i in members), key=_order)
        for i in members:
            chosen[i] = kept
    named = _distinct([chosen[i] for i in range(len(spots))])
    return tuple(named[: len(tellings)]), named[-1] if own is not None else None


def _one(a: Origin, b: Origin) -> bool:
    """Tell whether two origins are one, or cannot be told apart."""
    return a.key == b.key or a.key in b.also or b.key in a.also


def _filled(span: Span) -> bool:
    return span[1] > span[0]


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
