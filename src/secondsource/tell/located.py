"""Where the claims of a dossier happen: place names of their slots, looked up in the gazetteer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from secondsource.places import Gazetteer, Place
from secondsource.tell.records import ClaimRecord, PlaceRecord

_WELL_KNOWN = 500_000  # people: a town of this size is meant also when all else lies in another country


def located(claims: Sequence[ClaimRecord]) -> tuple[PlaceRecord, ...]:
    """Return the settlements that claims name, by name, with the claims that name them.

    A name of several places is taken for one in the country that the names favour, then for the
    largest. Left out are countries, names that the gazetteer lacks, and names that fit only a
    smaller town of another country than the one favoured: more often than not, that is a road
    or a village that the gazetteer lacks.
    """
    named: dict[str, list[str]] = {}
    for claim in claims:
        if claim.slots and claim.slots.place:
            named.setdefault(claim.slots.place, []).append(claim.id)
    gazetteer = Gazetteer()
    known = {name: _settlements(gazetteer, name) for name in sorted(named)}
    votes = _votes(known)
    favoured = {country for country, count in votes.items() if count == max(votes.values())}
    best = {
        name: max(places, key=lambda place: _rank(place, favoured))
        for name, places in known.items()
        if places
    }
    return tuple(
        _record(name, place, named[name])
        for name, place in best.items()
        if place.country in favoured or place.population >= _WELL_KNOWN
    )


def _settlements(gazetteer: Gazetteer, name: str) -> list[Place]:
    return [place for place in gazetteer.lookup(name) if place.kind != "country"]


def _votes(known: dict[str, list[Place]]) -> Counter[str]:
    """Return how many names may lie in each country, a name of many countries counting little for each."""
    votes: Counter[str] = Counter()
    for places in known.values():
        countries = sorted({place.country for place in places})
        for country in countries:
            votes[country] += 1000 // len(countries)
    return votes


def _rank(place: Place, favoured: set[str]) -> tuple[bool, int, str, float, float]:
    return place.country in favoured, place.population, place.name, place.latitude, place.longitude


def _record(name: str, place: Place, claims: list[str]) -> PlaceRecord:
    return PlaceRecord(
        name=name,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        claims=tuple(claims),
    )
