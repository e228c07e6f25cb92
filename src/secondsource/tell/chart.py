"""A map of a dossier's places as SVG: outlines of coasts and borders, no tiles, no network.

Outlines: Natural Earth 1:50m (public domain), kept as `land.json` by `tools/land.py`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from markupsafe import Markup, escape

from secondsource.tell.clean import line
from secondsource.tell.records import PlaceRecord

WIDTH, HEIGHT = 720, 440  # user units of the picture
_LEAST = 3.0  # degrees of latitude shown at least
_ROW = 17  # units between two names


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world shown: its western and northern edge, units per degree east and north."""

    west: float
    north: float
    east_units: float
    north_units: float

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a place lies in the picture."""
        return (longitude - self.west) * self.east_units, (self.north - latitude) * self.north_units


def draw(places: Sequence[PlaceRecord], number: Mapping[str, int]) -> Markup:
    """Return the map as one SVG element, "" for no places; `number` gives the claims' places in the list."""
    if not places:
        return Markup("")
    frame = _frame(places)
    names = ", ".join(line(place.name) for place in places)
    dots = Markup("").join(_labels(places, frame, number))
    return Markup(
        '<svg class="map" viewBox="0 0 {} {}" role="img" aria-label="Map of {}">'
        '<path class="land" d="{}"/>{}</svg>'
    ).format(WIDTH, HEIGHT, names, " ".join(_outlines(frame)), dots)


def _frame(places: Sequence[PlaceRecord]) -> Frame:
    """Return a frame with room around all places, true to shape at its middle latitude."""
    south, north = (f(place.latitude for place in places) for f in (min, max))
    west, east = (f(place.longitude for place in places) for f in (min, max))
    middle = math.cos(math.radians(min(80.0, abs(north + south) / 2)))
    height = max(_LEAST, (north - south) * 1.5, (east - west) * 1.5 * middle * HEIGHT / WIDTH)
    unit = HEIGHT / height
    wide = WIDTH / (unit * middle)
    return Frame((west + east - wide) / 2, (north + south + height) / 2, unit * middle, unit)


def _outlines(frame: Frame) -> Iterator[str]:
    """Yield the outlines that cross the picture as path data, cut to what lies near it."""
    for steps in _land():
        drawn: list[str] = []
        last = ""
        for x, y in _points(steps):
            px, py = frame.point(x / 100, y / 100)
            if -WIDTH <= px <= 2 * WIDTH and -HEIGHT <= py <= 2 * HEIGHT:
                at = f"{px:.0f} {py:.0f}"
                if at != last:
                    drawn.append(at)
                last = at
            elif drawn:
                yield _path(drawn)
                drawn = []
        if drawn:
            yield _path(drawn)


def _points(steps: Sequence[int]) -> Iterator[tuple[int, int]]:
    x = y = 0
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        yield x, y


def _path(points: Sequence[str]) -> str:
    return f"M{'L'.join(points)}"


@cache
def _land() -> tuple[tuple[int, ...], ...]:
    text = (files(__package__) / "land.json").read_text(encoding="utf-8")
    return tuple(tuple(steps) for steps in json.loads(text))


def _overlap(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _labels(places: Sequence[PlaceRecord], frame: Frame, number: Mapping[str, int]) -> Iterator[Markup]:
    """Yield a dot and a name for each place; names move down until none covers another."""
    taken: list[tuple[tuple[float, float], float]] = []
    placed = sorted((frame.point(place.longitude, place.latitude), place) for place in places)
    for (x, y), place in sorted(placed, key=lambda item: (item[0][1], item[0][0], item[1].name)):
        claims = ", ".join(str(number[claim]) for claim in place.claims if claim in number)
        name = f"{line(place.name)} ({claims})" if claims else line(place.name)
        length = 8.5 * len(name)
        left = x > WIDTH * 0.66
        start = x - 10 - length if left else x + 10
        row = y + 5
        span = start, start + length
        while any(abs(row - other) < _ROW and _overlap(span, held) for held, other in taken):
            row += _ROW
        taken.append((span, row))
        yield Markup(
            '<circle cx="{:.0f}" cy="{:.0f}" r="5"/><text x="{:.0f}" y="{:.0f}" text-anchor="{}">{}</text>'
        ).format(x, y, x - 10 if left else x + 10, row, "end" if left else "start", escape(name))
