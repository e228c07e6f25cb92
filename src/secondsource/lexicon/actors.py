"""Who acts, under all names: the typed view of `actors.toml`, with names made for every country.

A name may stand for several actors and then stays ambiguous; a name without a country
("the army") has an id of its own, `generic:army`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from secondsource.errors import LexiconError
from secondsource.lexicon import remembered, table, view
from secondsource.model import Span
from secondsource.text import WORD, fold, tokens

Kinship = Literal["same", "part", "maybe", "other"]
_EXACT = 5  # letters up to which a name in capitals must be printed in capitals
_BEGINNING = 2  # words of a name by which it is looked up
_ARTICLES = frozenset({"the"})
_GAP = re.compile(r"(\{[a-z]\})")


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: neutral id, kind, whom it answers to, ISO country or ""."""

    id: str
    kind: str
    part_of: tuple[str, ...] = ()
    country: str = ""


@dataclass(frozen=True, slots=True)
class ActorName:
    """A name as printed for one actor; `side` says whose word it is ("" when neutral)."""

    name: str
    actor: str
    side: str = ""

    @property
    def loaded(self) -> bool:
        """Tell whether the name takes a side."""
        return self.side not in {"", "neutral"}


_Named = tuple[tuple[str, ...], ActorName]  # a name with its words as compared


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[str, ...]
    exact: str
    names: tuple[ActorName, ...]


@dataclass(frozen=True, slots=True)
class Actors:
    """All actors by id, and their names by their first word or first two, longest first."""

    actors: dict[str, Actor]
    index: dict[tuple[str, ...], tuple[_Entry, ...]]


@view
def actors() -> Actors:
    """Return every actor and name, those made by pattern included.

    Raises:
        LexiconError: an actor's kind is not one of `kinds.values`.
    """
    found: dict[str, Actor] = {}
    names: list[_Named] = []
    for actor, lists, fill in _definitions(table("actors")):
        found.setdefault(actor.id, actor)
        names.extend(_names(actor.id, lists, fill))
    allowed = set(table("actors")["kinds"]["values"])
    for actor in found.values():
        if actor.kind not in allowed:
            raise LexiconError(f"lexicon/actors.toml: {actor.id} has the unknown kind {actor.kind!r}")
    return Actors(found, _index(names))


def _definitions(t: dict[str, Any]) -> Iterator[tuple[Actor, dict[str, Any], tuple[dict[str, str], ...]]]:
    """Yield each actor with its name lists and what fills the gaps in them."""
    for key, entry in t["actors"].items():
        yield (
            Actor(key, entry["kind"], tuple(entry.get("part_of", ())), entry.get("country", "")),
            entry,
            ({},),
        )
    for key, entry in t["generic"].items():
        yield Actor(f"generic:{key}", entry["kind"]), entry, ({},)
    for iso, country in sorted(table("places")["countries"].items()):
        fills = tuple(_fills(iso, country))
        for pattern in t["patterns"]:
            part_of = tuple(whole.format(iso=iso) for whole in pattern.get("part_of", ()))
            yield Actor(pattern["id"].format(iso=iso), pattern["kind"], part_of, iso), pattern, fills
        for rank, entry in t["ruled"].items():
            rulers = tuple({"p": name} for name in t["rulers"].get(iso, ()))
            if rulers:
                yield (
                    Actor(f"{iso}:{rank}", "government" if rank == "government" else "army", (), iso),
                    entry,
                    rulers,
                )


def _fills(iso: str, country: dict[str, Any]) -> Iterator[dict[str, str]]:
    demonyms = country.get("demonyms", ()) or [""]
    named = [_country_name(iso), *country.get("names", ())]
    for demonym in demonyms:
        yield {"d": demonym, "c": named[0], "a": country.get("capital", "")}
    for name in named[1:]:
        yield {"d": name if len(name) <= 4 else "", "c": name, "a": ""}


def _country_name(iso: str) -> str:
    return str(table("country_names")["names"].get(iso, iso))


def _names(actor: str, lists: dict[str, Any], fills: Iterable[dict[str, str]]) -> Iterator[_Named]:
    named = [*((name, "") for name in lists.get("names", ())), *lists.get("loaded", {}).items()]
    for fill in fills:
        filled = {f"{{{gap}}}": (text, name_words(text)) for gap, text in fill.items()}
        for name, side in named:
            printed, words = name, _template(name)
            for gap, (text, inner) in filled.items():
                if gap in printed:
                    printed = printed.replace(gap, text) if text else ""
                    words = tuple(w for word in words for w in (inner if word == gap else (word,)))
            if printed:
                yield words, ActorName(printed, actor, side)


@cache
def _template(name: str) -> tuple[str, ...]:
    """Return the words of a name, gaps such as "{d}" kept as words of their own."""
    parts = _GAP.split(name)
    return tuple(word for part in parts for word in ((part,) if part.startswith("{") else name_words(part)))


def name_words(name: str) -> tuple[str, ...]:
    """Return the folded words of a name without "the" and possessive endings."""
    bare = (token.word.removesuffix("'s") for token in tokens(name))
    return tuple(word for word in bare if word not in _ARTICLES)


def _index(names: Iterable[_Named]) -> dict[tuple[str, ...], tuple[_Entry, ...]]:
    grouped: dict[tuple[tuple[str, ...], str], dict[str, ActorName]] = {}
    for words, name in names:
        bare = name.name.replace(".", "").replace("-", "")
        exact = name.name if len(bare) <= _EXACT and bare.isupper() else ""
        if words:
            grouped.setdefault((words, exact), {}).setdefault(name.actor, name)
    index: dict[tuple[str, ...], list[_Entry]] = {}
    for (words, exact), by_actor in sorted(grouped.items()):
        entry = _Entry(words, exact, tuple(by_actor[key] for key in sorted(by_actor)))
        index.setdefault(words[:_BEGINNING], []).append(entry)
    return {
        words: tuple(sorted(es, key=lambda e: (-len(e.words), e.exact == ""))) for words, es in index.items()
    }


def find_names(text: str) -> list[tuple[Span, tuple[ActorName, ...]]]:
    """Return the actor names in `text` in order, longest at each word, with their span."""
    tokenised = list(WORD.finditer(text))
    words = tuple(fold(token[0]).removesuffix("'s") for token in tokenised)
    found: list[tuple[Span, tuple[ActorName, ...]]] = []
    end = 0
    for at in range(len(words)):
        for entry in _beginning(words[at : at + _BEGINNING]) if at >= end else ():
            size = len(entry.words)
            if words[at : at + size] != entry.words:
                continue
            span = tokenised[at].start(), tokenised[at + size - 1].end()
            printed = text[span[0] : span[1] + entry.exact.endswith(".")]
            if entry.exact and printed.rstrip(".") != entry.exact.rstrip("."):
                continue
            found.append((span, entry.names))
            end = at + size
            break
    return found


@remembered(100_000)
def _beginning(words: tuple[str, ...]) -> tuple[_Entry, ...]:
    """Return the names that begin with `words`, or are the first of them, longest first."""
    index = actors().index
    alone = index.get(words[:1], ())
    return index.get(words, ()) + alone if len(words) > 1 else alone


def find(text: str) -> list[tuple[Span, tuple[str, ...]]]:
    """Return (span, ids) of the actors named in `text`, in order; several ids are an ambiguous name."""
    return [(span, tuple(name.actor for name in names)) for span, names in find_names(text)]


def wholes(actor: str) -> tuple[str, ...]:
    """Return the actors that `actor` answers to, nearest first, itself not among them."""
    known = actors().actors
    seen: list[str] = []
    queue = list(known[actor].part_of) if actor in known else []
    while queue:
        one = queue.pop(0)
        if one not in seen:
            seen.append(one)
            queue.extend(known[one].part_of if one in known else ())
    return tuple(seen)


def kinship(a: Iterable[str], b: Iterable[str]) -> Kinship:
    """Return how two names, each with all it may mean, relate.

    "same": one actor in common and no ambiguity. "part": one answers to the other (an army and
    its government). "maybe": an ambiguous or generic name leaves it open. "other": never the same.
    """
    ones, others = tuple(a), tuple(b)
    if not ones or not others:
        return "maybe"
    relations = {_pair(one, other) for one in ones for other in others}
    if relations == {"other"}:
        return "other"
    if len(ones) == len(others) == 1:
        return relations.pop()
    return "same" if set(ones) == set(others) else "maybe"


def _pair(a: str, b: str) -> Kinship:
    if a == b:
        return "same"
    known = actors().actors
    if a in wholes(b) or b in wholes(a):
        return "part"
    one, other = known.get(a), known.get(b)
    generic = [x for x in (a, b) if x.startswith("generic:")]
    if generic and one and other and (one.kind == other.kind or _akin(one.kind, other.kind)):
        return "maybe"
    return "other"


_AKIN = (
    {"army", "air-force", "navy", "militia", "government", "security"},
    {"rebels", "jihadists", "militia"},
    {"police", "security", "government"},
    {"ngo", "agency", "people"},
    {"alliance", "army"},
)


def _akin(a: str, b: str) -> bool:
    """Tell whether two kinds may be one actor when one is named only in general."""
    return any({a, b} <= group for group in _AKIN)


def same(a: Iterable[str], b: Iterable[str]) -> bool | None:
    """Tell whether two names mean one actor: True, False, or None when it stays open."""
    relation = kinship(a, b)
    return True if relation == "same" else False if relation == "other" else None
