"""Sources that the lexicon of actors knows: a state's bodies, a capital that stands for its government.

A name without a country ("the interior ministry") is read as of the country that a report is
about; where that does not settle it, the name stays as general as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from functools import lru_cache

from secondsource.lexicon import actors, outlets, table, view
from secondsource.lexicon.outlets import Outlet
from secondsource.model import Link, SourceKind, Span
from secondsource.text import words as words_of
from secondsource.trace import names
from secondsource.trace.names import Words

_GOVERNED = (SourceKind.ORGANISATION, SourceKind.OFFICIAL)
_CUE = 40  # characters after a name in which its verb stands
_MOST = 2  # times that a report must name a country more often than the next to be about it


def actor_of(name: str) -> str | None:
    """Return the id of the one actor that a name means; a generic one is none."""
    ids = {ids for _, ids in actors.find(name)}
    if len(ids) != 1:
        return None
    only = next(iter(ids))
    return answering(only[0]) if len(only) == 1 and not is_generic(only[0]) else None


def answering(actor: str) -> str:
    """Return who speaks for an actor: a state's government speaks for the state."""
    known = actors.actors().actors
    government = f"{actor}:government"
    return government if government in known else actor


def body_named(link: Link, body: str) -> str | None:
    """Return the actor that a link of a body or an office names with all of its words, else None.

    `body` is the report's text, for a name without a country. A spokesman's own name is no
    word of the body's.
    """
    speaks = bool(set(names.folded(words_of(link.name))) & names.word_list("speaks_for"))
    if link.kind not in _GOVERNED and not speaks:
        return None
    capital = _capitals().get(" ".join(names.folded(words_of(link.name))))
    if capital:
        return f"{capital}:government"
    name = _by_demonym(link.name)
    found = actors.find(name)
    if not found:
        return _grounded(" ".join(names.bare(names.folded(words_of(name)))), body)
    if len(found) != 1 or len(found[0][1]) != 1:
        return None
    (start, end), (actor,) = found[0]
    rest = set(names.folded(words_of(f"{name[:start]} {name[end:]}")))
    if not speaks and rest - _beside():
        return None
    return _grounded(name[start:end], body) if is_generic(actor) else answering(actor)


def _by_demonym(name: str) -> str:
    """Return a body's name with its country as an adjective: "Norway's army" as "Norwegian army"."""
    first, _, rest = name.removeprefix("the ").removeprefix("The ").partition(" ")
    bare = first.removesuffix("s").removesuffix("'").removesuffix("\u2019")
    code = _named().get(bare) if rest and first != bare else None
    demonyms = table("places")["countries"][code].get("demonyms", ()) if code else ()
    return f"{demonyms[0]} {rest}" if demonyms else name


def _grounded(noun: str, body: str) -> str | None:
    """Return the state body that a common noun means.

    "The army" is that of the only country whose army a report names, else of the country it is about.
    """
    country = _owner(noun, body) or country_of(body)
    demonyms = table("places")["countries"].get(country, {}).get("demonyms", ()) if country else ()
    for demonym in demonyms:
        found = actors.find(f"{demonym} {noun}")
        if len(found) == 1 and len(found[0][1]) == 1 and found[0][0][1] == len(demonym) + 1 + len(noun):
            actor = found[0][1][0]
            return answering(actor) if actor.startswith(f"{country}:") else None
    return None


@lru_cache(maxsize=4096)
def _owner(noun: str, body: str) -> str:
    """Return the ISO code of the one country whose `noun` a text names, else ""."""
    owned = re.finditer(rf"\b([A-Z]\w+)(?:['\u2019]s)? (?i:{re.escape(noun)})\b", body) if noun else ()
    codes = {_code(match[1]) for match in owned} - {""}
    return codes.pop() if len(codes) == 1 else ""


def _code(word: str) -> str:
    """Return the ISO code of the country that a word names, its possessive perhaps without apostrophe."""
    return _named().get(word) or _named().get(word.removesuffix("s")) or ""


@lru_cache(maxsize=4096)
def country_of(body: str) -> str:
    """Return the ISO code of the country that a text names far more often than any other, else ""."""
    ranked = sorted(_countries(body).items(), key=lambda item: (-item[1], item[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] < _MOST * ranked[1][1]):
        return ""
    return ranked[0][0]


def _countries(text: str) -> Counter[str]:
    """Return how often a text names each country, by its name, capital or people."""
    codes = (_code(word) for word in re.findall(r"\b[A-Z]\w+", text))
    return Counter(code for code in codes if code)


def state_voice(text: str) -> str | None:
    """Return the voice of the state that a text names most, if the table of outlets has one."""
    counts: Counter[str] = Counter()
    for code, number in _countries(text).items():
        if code in _voices():
            counts[_voices()[code]] += number
    return min(counts, key=lambda voice: (-counts[voice], voice)) if counts else None


def speaking_through(outlet: Outlet) -> tuple[str, ...]:
    """Return the keys of sources that speak through an outlet: its state's government, its party."""
    if outlet.voice.startswith("state-"):
        return (f"source:{outlet.country}:government",)
    party = actor_of(outlet.short) or actor_of(outlet.owner)
    return (f"source:{party}",) if party else ()


def says_so(text: str, body: str) -> tuple[Span, str] | None:
    """Return the actor that a text says it has from ("the X announced"), with its place."""
    says = names.word_list("says")
    for (start, end), ids in actors_in(text):
        if len(ids) == 1 and says & set(names.folded(words_of(text[end : end + _CUE]))[:3]):
            actor = _grounded(text[start:end], body) if is_generic(ids[0]) else answering(ids[0])
            if actor is not None:
                return (start, end), actor
    return None


def named_after(place: int, reach: int, kinds: Collection[str], body: str) -> tuple[str, str] | None:
    """Return the first actor of some kinds that a text names within `reach` of a place, with its name."""
    for (start, end), ids in actors_in(body):
        plain_name = len(ids) == 1 and not is_generic(ids[0])
        if plain_name and place <= start <= place + reach and actors.actors().actors[ids[0]].kind in kinds:
            return ids[0], body[start:end]
    return None


def plain(actor: str) -> str:
    """Return the noun in the id of a generic actor."""
    return actor.partition(":")[2]


def meant(noun: Words, body: str) -> str | None:
    """Return the actor whose printed name in a text most often ends in a common noun."""
    name = name_ending(noun[0], body) if len(noun) == 1 else ""
    return actor_of(name) if name else None


def name_ending(noun: str, body: str, before: int | None = None) -> str:
    """Return the name that a text prints for an actor of its own and that ends in a noun.

    The last one `before` a place of the text, else the one that it prints most often.
    """
    counts: Counter[tuple[str, str]] = Counter()
    last = ""
    for (start, end), ids in actors_in(body):
        name = body[start:end]
        if len(ids) == 1 and ":" not in ids[0] and names.folded(words_of(name))[-1:] == (noun,):
            counts[ids[0], name] += 1
            last = name if before is not None and end <= before else last
    if last:
        return last
    return min(counts, key=lambda pair: (-counts[pair], pair))[1] if counts else ""


@lru_cache(maxsize=256)
def actors_in(body: str) -> tuple[tuple[Span, tuple[str, ...]], ...]:
    """Return the actors that a text names, with their places."""
    return tuple(actors.find(body))


def is_place(words: Words) -> bool:
    """Tell whether all of some words are names, demonyms or capitals of countries."""
    return bool(words) and all(word in _folded() or word.removesuffix("s") in _folded() for word in words)


def is_generic(actor: str) -> bool:
    """Tell whether an actor's id stands for a name without a country."""
    return actor.startswith("generic:")


@view
def _beside() -> frozenset[str]:
    """Return the words beside a body's name that make it no other body."""
    groups = names.word_list("groups")
    plural = frozenset(f"{word}s" for word in groups)
    lists = ("beside_names", "small", "any_role", "says")
    return frozenset.union(groups, plural, *(names.word_list(key) for key in lists))


@view
def _voices() -> dict[str, str]:
    return {o.country: o.voice for o in outlets.outlets() if o.voice.startswith("state-")}


@view
def _named() -> dict[str, str]:
    """Return the country of each demonym, capital and country name, as printed."""
    found = {}
    for code, entry in sorted(table("places")["countries"].items()):
        for word in (*entry.get("names", ()), table("country_names")["names"].get(code, "")):
            found[word] = code
        found[entry.get("capital", "")] = code
        for word in entry.get("demonyms", ()):
            found[word] = code
            if word.endswith("n"):
                found[word[:-1]] = found[word[:-2]] = code
    del found[""]
    return found


@view
def _folded() -> frozenset[str]:
    return frozenset(word for name in _named() for word in names.folded(name.split()))


@view
def _capitals() -> dict[str, str]:
    return {
        " ".join(names.folded(entry["capital"].split())): code
        for code, entry in sorted(table("places")["countries"].items())
        if entry.get("capital")
    }
