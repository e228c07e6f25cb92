"""Actors and places of a text, whatever each side calls them, and whether two lists of them meet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from secondsource.lexicon import actors, remembered
from secondsource.match.words import read_words, relations, stem
from secondsource.model import Span
from secondsource.places import Gazetteer
from secondsource.text import fold, overlaps

_WORDS = re.compile(r"\w+(?:['\u2019]\w+)*|-")
_LARGEST = 3  # places of one name taken into account
_COUNTRY = "country"
_ENDS = "\n.!?;"  # marks that no name is led to across
_WRITTEN_OUT = 5  # letters from which a name in capitals is a name, not an abbreviation


@dataclass(frozen=True, slots=True)
class Named:
    """An actor or place as named in a text: its span and every id that the name may mean."""

    span: Span
    ids: tuple[str, ...]


@remembered(20_000)
def actors_in(text: str) -> tuple[Named, ...]:
    """Return the actors named in `text`, in order."""
    return tuple(Named(span, ids) for span, ids in actors.find(text))


@remembered(20_000)
def places_in(text: str) -> tuple[Named, ...]:
    """Return the settlements named in `text`, in order; countries, and words of actors' names, are none."""
    found = list(_WORDS.finditer(text))
    actors_ = actors_in(text)
    named = []
    for hit in Gazetteer().find([m[0] for m in found]):
        span = found[hit.start].start(), found[hit.end - 1].end()
        if any(place.kind == _COUNTRY for place in hit.places) or _no_place(text[slice(*span)]):
            continue
        if any(overlaps(span, one.span) for one in actors_):
            continue
        ids = [f"{p.country}:{p.admin}:{p.name}" for p in hit.places[:_LARGEST]]
        named.append(Named(span, (hit.key, *ids)))
    return tuple(named)


def _no_place(name: str) -> bool:
    """Tell whether a name that some village bears is an everyday word or an abbreviation here."""
    word = fold(name)
    lists = relations()
    plain = (
        word in lists.stop or word in lists.calendar or word in lists.numbers or stem(word) in lists.concepts
    )
    return plain or (name.isupper() and len(name) < _WRITTEN_OUT)


def same_place(one: Named, other: Named) -> bool:
    """Tell whether two place names may mean one place."""
    return bool(set(one.ids) & set(other.ids))


def listed(text: str, named: Iterable[Named]) -> str:
    """Return names as `text` writes them, each once."""
    return ", ".join(dict.fromkeys(text[slice(*one.span)] for one in named))


def akin(one: Named, other: Named) -> str:
    """Return how two actors relate: "same", "part", "maybe" or "other"."""
    return _kinship(one.ids, other.ids)


@remembered(50_000)
def _kinship(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    return actors.kinship(one, other)


@dataclass(frozen=True, slots=True)
class Meeting:
    """How the claim's actors (or places) are met in a text."""

    met: tuple[Named, ...]
    open: tuple[Named, ...]  # only perhaps met
    unmet: tuple[Named, ...]
    strangers: tuple[Named, ...]  # named in the text, not in the claim


def meet_actors(claimed: Sequence[Named], told: Sequence[Named]) -> Meeting:
    """Return which claimed actors the told ones are, may be, or are not."""
    if not claimed:
        return Meeting((), (), (), tuple(told))
    met: list[Named] = []
    half: list[Named] = []
    unmet: list[Named] = []
    for one in claimed:
        kin = {akin(one, other) for other in told}
        (met if kin & {"same", "part"} else half if "maybe" in kin else unmet).append(one)
    strangers = tuple(o for o in told if all(akin(one, o) == "other" for one in claimed))
    return Meeting(tuple(met), tuple(half), tuple(unmet), strangers)


def meet_places(claimed: Sequence[Named], told: Sequence[Named]) -> Meeting:
    """Return which claimed places are told, and which told ones are not claimed."""
    if not claimed:
        return Meeting((), (), (), tuple(told))
    met = tuple(one for one in claimed if any(same_place(one, other) for other in told))
    unmet = tuple(one for one in claimed if one not in met)
    strangers = tuple(o for o in told if not any(same_place(one, o) for one in claimed))
    return Meeting(met, (), unmet, strangers)


def within(word: Span, names: Iterable[Named]) -> bool:
    """Tell whether the word at `word` is part of one of `names`."""
    return any(n.span[0] <= word[0] and word[1] <= n.span[1] for n in names)


@remembered(20_000)
def located(text: str, start: int) -> bool:
    """Tell whether the name at `start` stands where a place does ("in X", "the town of X"), not as a name."""
    lists = relations().locative
    for word in reversed(read_words(text, max(map(text[:start].rfind, _ENDS)) + 1, start)):
        if word.form in lists["leads"]:
            return True
        if word.form not in lists["between"]:
            return False
    return False


def is_area(text: str, named: Named) -> bool:
    """Tell whether a name is that of an area ("X province", "the province of X"), which holds towns."""
    before = [w.form for w in read_words(text, 0, named.span[0])[-2:]]
    after = [w.form for w in read_words(text, named.span[1])[:1]]
    beside = (before[:1] if before[1:] == ["of"] else []) + after
    return not relations().areas.isdisjoint(beside)


def settled(text: str, places: Iterable[Named]) -> tuple[Named, ...]:
    """Return those of `places` that stand where a place does ("in X", "the town of X"), not as a name."""
    return tuple(one for one in places if located(text, one.span[0]))
