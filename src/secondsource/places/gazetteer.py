"""A gazetteer of settlements and countries: which place a name may be, and how two places lie.

Data: GeoNames (CC BY 4.0), packed by `training/gazetteer.py` into `lexicon/gazetteer.npz`;
countries with their aliases and demonyms from `lexicon/places.toml`.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from secondsource.lexicon import arrays, remembered, table, view
from secondsource.places.names import key_of

_SAME_TOWN = 12.0  # km within which two entries of one name are one place
_LONGEST = 4  # words of a name looked for in a text


@dataclass(frozen=True, slots=True)
class Place:
    """A settlement or country: display name, ISO country, first-order division, degrees, rough population."""

    name: str
    country: str
    admin: str = ""
    latitude: float = 0.0
    longitude: float = 0.0
    population: int = 0
    kind: str = "settlement"


@dataclass(frozen=True, slots=True)
class Hit:
    """A place name found among words [start, end): its key and the places of that name, largest first."""

    start: int
    end: int
    key: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Packed:
    keys: list[str]
    names: list[str]
    starts: Any
    rows: Any
    countries: list[str]
    admins: list[str]
    country: Any
    admin: Any
    latitude: Any
    longitude: Any
    size: Any


@cache
def _packed() -> _Packed:
    held = arrays("gazetteer")
    return _Packed(
        held["keys"].tobytes().decode().split("\n"),
        held["names"].tobytes().decode().split("\n"),
        held["starts"],
        held["rows"],
        held["countries"].tolist(),
        held["admins"].tolist(),
        held["country"],
        held["admin"],
        held["latitude"],
        held["longitude"],
        held["size"],
    )


@view
def country_names() -> dict[str, str]:
    """Return keys of country names and aliases with their ISO codes."""
    found = {key_of(name): iso for iso, name in table("country_names")["names"].items()}
    for iso, entry in table("places")["countries"].items():
        found.update({key_of(name): iso for name in entry.get("names", ())})
    return found


@view
def demonyms() -> dict[str, tuple[str, ...]]:
    """Return lower-case demonyms (adjectives and peoples, plurals too) with the ISO codes they may mean."""
    found: dict[str, tuple[str, ...]] = {}
    for iso, entry in sorted(table("places")["countries"].items()):
        for word in (*entry.get("demonyms", ()), *entry.get("people", ())):
            for form in {word, f"{word}s"}:
                key = key_of(form)
                found[key] = tuple(dict.fromkeys((*found.get(key, ()), iso)))
    return found


@view
def capitals() -> dict[str, str]:
    """Return keys of capitals and seats of power with the ISO code of the state they stand for."""
    found = {}
    for iso, entry in sorted(table("places")["countries"].items()):
        for name in (entry.get("capital", ""), *entry.get("seat", ())):
            if name:
                found[key_of(name)] = iso
    return found


class Gazetteer:
    """Looks names up; the packed names are read at the first look-up and shared by all instances."""

    def lookup(self, name: str) -> tuple[Place, ...]:
        """Return the places of that name in any known spelling, a country first, then the largest."""
        return self._by_key(key_of(name))

    def _by_key(self, key: str) -> tuple[Place, ...]:
        country = country_names().get(key)
        found = [Place(key.title(), country, kind="country")] if country else []
        packed = _packed()
        at = bisect_left(packed.keys, key)
        if at < len(packed.keys) and packed.keys[at] == key:
            rows = packed.rows[packed.starts[at] : packed.starts[at + 1]]
            found.extend(_place(int(row)) for row in rows)
        return tuple(found)

    def holds(self, key: str) -> bool:
        """Tell whether `key` (see `key_of`) names a country or a settlement."""
        return _holds(key)

    def find(self, words: Sequence[str]) -> list[Hit]:
        """Return the place names among `words` as printed, longest first at each, none overlapping.

        A name begins with a capital letter; a hyphen may be a word of its own.
        """
        found = []
        keys = [key_of(word) for word in words]
        at = 0
        while at < len(words):
            hit = self._hit_at(words, keys, at) if words[at][:1].isupper() else None
            if hit is not None:
                found.append(hit)
            at = hit.end if hit is not None else at + 1
        return found

    def _hit_at(self, words: Sequence[str], keys: list[str], at: int) -> Hit | None:
        ends, count = [], 0
        for end in range(at, min(len(words), at + 2 * _LONGEST)):
            if keys[end]:
                count += 1
                if count > _LONGEST:
                    break
                ends.append(end + 1)
            elif words[end] not in {"-", "\u2013", "'", "\u2019"}:
                break
        for end in reversed(ends):
            key = " ".join(k for k in keys[at:end] if k)
            if words[end - 1][:1].islower() and end - at > 1 and not keys[end - 1].startswith(("al", "el")):
                continue
            if self.holds(key):
                return Hit(at, end, key, self._by_key(key))
        return None

    def distance(self, one: Place, other: Place) -> float:
        """Return the kilometres between two settlements on the great circle."""
        a, b = math.radians(one.latitude), math.radians(other.latitude)
        across = math.radians(other.longitude - one.longitude)
        cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(across)
        return 6371.0 * math.acos(max(-1.0, min(1.0, cosine)))

    def same(self, one: Place, other: Place) -> bool:
        """Tell whether two entries are one place: a country by its code, settlements by name and nearness."""
        if "country" in (one.kind, other.kind):
            return one.kind == other.kind and one.country == other.country
        return one == other or (
            one.country == other.country
            and key_of(one.name) == key_of(other.name)
            and self.distance(one, other) < _SAME_TOWN
        )


@remembered(100_000)
def _holds(key: str) -> bool:
    keys = _packed().keys
    at = bisect_left(keys, key)
    return (at < len(keys) and keys[at] == key) or key in country_names()


@lru_cache(maxsize=20_000)
def _place(row: int) -> Place:
    packed = _packed()
    return Place(
        packed.names[row],
        packed.countries[packed.country[row]],
        packed.admins[packed.admin[row]],
        float(packed.latitude[row]) / 100,
        float(packed.longitude[row]) / 100,
        round(2 ** (int(packed.size[row]) / 8)) - 1,
    )
