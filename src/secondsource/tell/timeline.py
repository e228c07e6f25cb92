"""Who told which claim when, and which tolls were given on which day, as SVG without scripts."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from secondsource.tell import words
from secondsource.tell.clean import line
from secondsource.tell.records import ClaimRecord, DossierRecord, TellingRecord

WIDTH = 720  # user units
_LEFT, _RIGHT, _TOP = 56, 40, 34
_ROW = 27
_LABEL = 92  # units that a day's name takes
_TALL = 180  # height of a picture of tolls
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Axis:
    """The days of a picture from left to right, true to their distances; undated ones stand last."""

    days: tuple[str, ...]

    def place(self, day: str) -> float:
        """Return where a day stands; "" is an undated one."""
        known = [one for one in self.days if one]
        right = WIDTH - _RIGHT - (_LABEL if "" in self.days and known else 0)
        if not day:
            return WIDTH - _RIGHT - _LABEL / 3
        first, last = (date.fromisoformat(one).toordinal() for one in (known[0], known[-1]))
        start = _LEFT + _LABEL / 2
        if first == last:
            return start
        at = date.fromisoformat(day).toordinal()
        return start + (right - _LABEL / 2 - start) * (at - first) / (last - first)

    def labels(self, height: float) -> Iterator[Markup]:
        """Yield a line for each day, and its name where there is room."""
        free = float("-inf")
        for day in self.days:
            x = self.place(day)
            yield Markup('<path class="day" d="M{:.0f} {}V{:.0f}"/>').format(x, _TOP - 8, height)
            if x - _LABEL / 2 >= free:
                free = x + _LABEL / 2
                name = _short(day) if day else "undated"
                yield Markup('<text x="{:.0f}" y="14" text-anchor="middle">{}</text>').format(x, name)


def draw(dossier: DossierRecord) -> Markup:
    """Return the timeline: a row a claim, a dot a day on which it was told, a square on which contradicted.

    The ring is the checked report itself; a larger mark is more tellings. "" where nothing was told.
    """
    rows = [(number, claim) for number, claim in enumerate(dossier.claims, 1) if claim.tellings]
    if not rows:
        return Markup("")
    own = dossier.report.published or ""
    axis = Axis(_days([t for _, claim in rows for t in claim.tellings], own))
    height = _TOP + _ROW * len(rows) + 8
    marks = list(axis.labels(height))
    for place, (number, claim) in enumerate(rows):
        y = _TOP + _ROW * place + _ROW / 2
        marks += _row(number, claim, axis, (y, own))
    told = words.counted(len(rows), "claim", "claims")
    spoken = f"Timeline: {told} over {len(axis.days)} days, as in the table below"
    return _svg("timeline", height, spoken, marks)


def _row(number: int, claim: ClaimRecord, axis: Axis, at: tuple[float, str]) -> Iterator[Markup]:
    y, own = at
    yield Markup('<text x="8" y="{:.0f}">{}</text><path class="row" d="M{} {:.0f}H{}"/>').format(
        y + 5, number, _LEFT - 16, y, WIDTH - 8
    )
    for day in axis.days:
        told = [t for t in claim.tellings if (t.published or "") == day]
        x = axis.place(day)
        supports = [t for t in told if t.relation == "supports"]
        refutes = [t for t in told if t.relation == "refutes"]
        if supports:
            yield Markup('<circle class="tells" cx="{:.0f}" cy="{:.0f}" r="{:.1f}">{}</circle>').format(
                x - (9 if refutes else 0), y, _size(supports), _title(supports, "tells it")
            )
        if refutes:
            side = 2 * _size(refutes)
            left = x + (9 if supports else 0) - side / 2
            yield Markup(
                '<rect class="against" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}">{}</rect>'
            ).format(left, y - side / 2, side, side, _title(refutes, "contradicts"))
    both = len({t.relation for t in claim.tellings if (t.published or "") == own}) > 1
    yield Markup('<rect class="own" x="{:.1f}" y="{:.1f}" width="{}" height="23" rx="11.5"/>').format(
        round(axis.place(own)) - (21 if both else 11.5), y - 11.5, 42 if both else 23
    )


def tolls(dossier: DossierRecord) -> tuple[Markup, ...]:
    """Return a picture for each claim whose number others contradict: every figure given, by day."""
    given = [(number, _points(claim, dossier)) for number, claim in enumerate(dossier.claims, 1)]
    return tuple(_toll(number, points) for number, points in given if len({p.value for p in points}) > 1)


@dataclass(frozen=True, slots=True)
class _Point:
    day: str
    value: float
    relation: str
    outlet: str


def _points(claim: ClaimRecord, dossier: DossierRecord) -> list[_Point]:
    """Return the figures given for a claim's number: its own, those that agree, those that clash."""
    slots = claim.slots.quantity if claim.slots else ()
    numbers = [q.low for q in slots if q.low is not None and q.low == q.high]
    if len(numbers) != 1:
        return []
    points = [_Point(dossier.report.published or "", numbers[0], "own", dossier.report.outlet)]
    for telling in claim.tellings:
        clashes = [c.told for c in telling.conflicts if c.slot == "quantity"]
        found = _FIGURE.search(clashes[0]) if clashes else None
        if telling.relation == "supports":
            points.append(_Point(telling.published or "", numbers[0], "tells", telling.outlet))
        elif found:
            value = float(found[0].replace(",", ""))
            points.append(_Point(telling.published or "", value, "against", telling.outlet))
    return points


def _toll(number: int, points: Sequence[_Point]) -> Markup:
    axis = Axis(_days(points))
    highest = max(point.value for point in points)
    floor = _TALL - 12
    marks = list(axis.labels(_TALL - 4))
    groups: dict[tuple[str, float], list[_Point]] = {}
    for point in points:
        groups.setdefault((point.day, point.value), []).append(point)
    for (day, value), held in sorted(groups.items()):
        x = axis.place(day)
        y = floor - (floor - _TOP - 6) * value / highest
        kind = "against" if held[0].relation == "against" else "tells"
        outlets = ", ".join(dict.fromkeys(line(point.outlet) for point in held))
        told = f"{value:,.0f}" + (f" ×{len(held)}" if len(held) > 1 else "")
        marks.append(
            Markup('<circle class="{}" cx="{:.0f}" cy="{:.0f}" r="5"><title>{}: {}</title></circle>').format(
                kind, x, y, told, outlets
            )
        )
        marks.append(Markup('<text x="{:.0f}" y="{:.0f}">{}</text>').format(x + 9, y + 5, told))
    marks.append(Markup('<text x="8" y="{}">{}</text>').format(_TALL / 2, number))
    said = sorted({point.value for point in points})
    spoken = f"Claim {number}: figures given, {', '.join(f'{value:,.0f}' for value in said)}"
    return _svg("tolls", _TALL, spoken, marks)


def _days(told: Sequence[TellingRecord | _Point], own: str | None = None) -> tuple[str, ...]:
    """Return the distinct days, in order, "" last."""
    days = {(one.day if isinstance(one, _Point) else one.published) or "" for one in told}
    days |= set() if own is None else {own}
    return (*sorted(days - {""}), *([""] if "" in days else []))


def _short(day: str) -> str:
    return words.day(day).rsplit(" ", 1)[0]


def _size(told: Sequence[TellingRecord]) -> float:
    return min(9.0, 4.0 + math.sqrt(len(told)))


def _title(told: Sequence[TellingRecord], what: str) -> Markup:
    outlets = ", ".join(dict.fromkeys(line(telling.outlet) for telling in told))
    return Markup("<title>{}: {}</title>").format(what, outlets)


def _svg(name: str, height: float, spoken: str, marks: Sequence[Markup]) -> Markup:
    return Markup('<svg class="{}" viewBox="0 0 {} {:.0f}" role="img" aria-label="{}">{}</svg>').format(
        name, WIDTH, height, spoken, Markup("").join(marks)
    )
