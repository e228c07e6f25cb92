"""Where copied text comes from, and who took it from whom.

An agency answers for all prints of its copy, also for those that cut its name: what one
print shows holds for the whole group of reports that share the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from secondsource.lexicon import outlets
from secondsource.model import Direction, Report, Reuse, ReuseKind, Span
from secondsource.trace.credit import TOLD, Credit, signs_of, tally

COPIED = (ReuseKind.VERBATIM, ReuseKind.ABRIDGED, ReuseKind.PARTIAL)
_OWN_AGENCY = TOLD  # an agency prints others' copy too: a credit line outweighs its own service
_LEAST = 2  # weight below which nothing is named: an agency merely quoted once


@dataclass(frozen=True, slots=True)
class Piece:
    """One report as lineage needs it: its outlet, its day, the signs of credit in it."""

    report: str
    outlet: str
    voice: str
    day: int | None
    signs: tuple[Credit, ...]

    @classmethod
    def of(cls, report: Report) -> Piece:
        """Return the piece of a report."""
        day = report.published.toordinal() if report.published else None
        return cls(report.id, report.outlet, outlets.voice_of(report.outlet), day, signs_of(report))


def name_origins(reports: Iterable[Report], found: Iterable[Reuse]) -> list[Reuse]:
    """Return the reuse with origin and direction, in the given order.

    Copied text (verbatim, abridged, partial) has an origin, and a quotation where one report names
    the other's outlet.
    """
    reuse = list(found)
    traced = (*COPIED, ReuseKind.QUOTATION)
    involved = {one for r in reuse if r.kind in traced for one in (r.a, r.b)}
    pieces = {report.id: Piece.of(report) for report in reports if report.id in involved}
    plain = {report: _weights(pieces[report], ()) for report in sorted(involved)}
    beside: dict[str, dict[str, int]] = {}
    for r in reuse:
        if r.kind in COPIED and r.kind is not ReuseKind.PARTIAL:
            for one, other in ((r.a, r.b), (r.b, r.a)):
                _add(beside.setdefault(one, {}), plain[other])
    return [
        _named(r, pieces, beside) if r.kind in COPIED else _quoted(r, pieces) if r.kind in traced else r
        for r in reuse
    ]


def _quoted(reuse: Reuse, pieces: Mapping[str, Piece]) -> Reuse:
    """Return a shared quotation with its origin where one report names the other's outlet."""
    a, b = pieces[reuse.a], pieces[reuse.b]
    for told, direction in ((a, Direction.A_TO_B), (b, Direction.B_TO_A)):
        outlet, other = outlets.find(told.outlet), b if told is a else a
        if outlet is not None and any(sign.outlet == outlet.id for sign in other.signs):
            return replace(reuse, origin=_short(outlet.id, a, b), direction=direction)
    return reuse


def _named(reuse: Reuse, pieces: Mapping[str, Piece], beside: Mapping[str, Mapping[str, int]]) -> Reuse:
    """Return the reuse with what its two reports show, or else what other prints of the copy show."""
    a, b = pieces[reuse.a], pieces[reuse.b]
    weights = _weights(a, (span for span, _ in reuse.spans))
    _add(weights, _weights(b, (span for _, span in reuse.spans)))
    best = _best(weights)
    if best is None:
        _add(weights, beside.get(reuse.a, {}))
        _add(weights, beside.get(reuse.b, {}))
        best = _best(weights)
    if best is None:
        return replace(reuse, origin=_first_printer(a, b), direction=_by_day(a, b))
    return replace(reuse, origin=_short(best, a, b), direction=_direction(best, a, b))


def _add(weights: dict[str, int], more: Mapping[str, int]) -> None:
    for outlet, weight in more.items():
        weights[outlet] = weights.get(outlet, 0) + weight


def _weights(one: Piece, spans: Iterable[Span]) -> dict[str, int]:
    weights = tally(one.signs, spans) if one.signs else {}
    own = outlets.find(one.outlet)
    if own is not None and own.agency:
        weights[own.id] = weights.get(own.id, 0) + _OWN_AGENCY
    return weights


def _best(weights: Mapping[str, int]) -> str | None:
    """Return the outlet of most weight, an agency before others; None below `_LEAST`."""
    if not weights:
        return None
    named = {outlet: weight for outlet, weight in weights.items() if weight >= _LEAST}
    agencies = {outlet: weight for outlet, weight in named.items() if _is_agency(outlet)}
    pool = agencies or named
    return min(pool, key=lambda outlet: (-pool[outlet], outlet)) if pool else None


def _is_agency(outlet_id: str) -> bool:
    outlet = outlets.find(outlet_id)
    return outlet is not None and outlet.agency


def _short(outlet_id: str, a: Piece, b: Piece) -> str:
    """Return the agency's short name, or the outlet as the input names it where it is a side."""
    outlet = outlets.find(outlet_id)
    if outlet is None or not outlet.agency:
        for side in (a, b):
            if (found := outlets.find(side.outlet)) is not None and found.id == outlet_id:
                return side.outlet
    return outlet.short if outlet else outlet_id


def _first_printer(a: Piece, b: Piece) -> str:
    """Return whose text it is where nothing is credited: the one outlet's, else unknown."""
    return a.outlet if a.voice == b.voice else ""


def _direction(origin: str, a: Piece, b: Piece) -> Direction:
    from_a, from_b = (_is_of(side, origin) for side in (a, b))
    if from_a == from_b:
        return Direction.COMMON
    return Direction.A_TO_B if from_a else Direction.B_TO_A


def _is_of(side: Piece, origin: str) -> bool:
    outlet = outlets.find(side.outlet)
    return outlet is not None and outlet.id == origin


def _by_day(a: Piece, b: Piece) -> Direction:
    """Return who printed first; the same day, an unknown one or the same outlet tell nothing."""
    if a.day is None or b.day is None or a.day == b.day or a.voice == b.voice:
        return Direction.COMMON
    return Direction.A_TO_B if a.day < b.day else Direction.B_TO_A
