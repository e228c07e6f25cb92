"""Words of a claim in whose place a passage has another: of the same group, or between the same neighbours.

A false telling is mostly a true one with one word put for another. What is put for what is known for
many slots (`lexicon/alternatives.toml`); elsewhere it shows in that all around it is told as claimed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from secondsource.lexicon import remembered, table, view
from secondsource.match.align import quality
from secondsource.match.who import Named
from secondsource.match.words import Word, happenings, stem, terms
from secondsource.text import fold

_ONLY_BESIDE = ("order", "amount", "measure", "time")  # words that every text holds: only right beside
_REACH = 2  # words between a swapped word and the neighbour that both tell


@dataclass(frozen=True, slots=True)
class Swap:
    """A claimed word and the one told in its stead; `held` where a neighbour of both is told alike."""

    slot: str
    claimed: Word
    told: Word
    held: bool


# What one group says of a word: its number, slot and row.
_Row = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class _Groups:
    """The rows that each stem stands in, and those that a telling of the claim must name."""

    rows: Mapping[str, tuple[_Row, ...]]
    needed: frozenset[_Row]


@view
def _groups() -> _Groups:
    found: dict[str, list[_Row]] = {}
    needed: set[_Row] = set()
    for number, group in enumerate(table("alternatives")["group"]):
        for at, row in enumerate(group["rows"]):
            key = number, group["slot"], at
            needed |= {key} if group.get("needed") else set()
            for word in sorted({stem(fold(w)) for w in row.split()}):
                found.setdefault(word, []).append(key)
    return _Groups({word: tuple(rows) for word, rows in found.items()}, frozenset(needed))


# The words of a text, and which of them are only part of a name.
_Text = tuple[tuple[Word, ...], frozenset[Word]]


def alternatives(claim: _Text, told: _Text, near: frozenset[str]) -> tuple[Swap, ...]:
    """Return the words of a claim for which a passage has another of their group, each once.

    Another stands for it, `held`, where it stands beside the same words and the claimed one does not;
    one that does not is named only if nothing of the claimed row is among `near`, the terms around the
    passage. No word that the claim holds too stands for another.
    """
    mine, theirs = _in_groups(*claim), _in_groups(*told)
    found = []
    for key, words in mine.items():
        others = [o for o in theirs if o[0] == key[0] and o != key and o not in mine]
        strangers = [word for other in others for word in theirs[other]]
        pair = _instead(words, strangers, theirs.get(key, ()), (claim[0], told[0], key[1] in _ONLY_BESIDE))
        if pair:
            found.append(Swap(key[1], *pair, True))
        elif strangers and key not in theirs and key[1] not in _ONLY_BESIDE and not _told(key, near):
            found.append(Swap(key[1], words[0], strangers[0], False))
    return tuple(found)


def parts_of_names(words: Sequence[Word], actors: Sequence[Named], start: int) -> frozenset[Word]:
    """Return the words that are part of an actor's name ("air force"), unless it is a deed's ("air strikes").

    The spans of the names count from `start`.
    """
    found: set[Word] = set()
    for one in actors:
        begin, end = start + one.span[0], start + one.span[1]
        inside = [word for word in words if begin <= word.start and word.end <= end]
        if not any(word.form in happenings() for word in inside):
            found.update(inside)
    return frozenset(found)


def unnamed(claim: tuple[Word, ...], near: frozenset[str]) -> tuple[Word, ...]:
    """Return the words of a claim without which it is not told, where `near` has nothing of their row.

    A kind of building, of vehicle, of people, of disaster: what tells one happening from the next.
    """
    groups = _groups()
    found = []
    for key, words in _in_groups(claim).items():
        if key in groups.needed and not _told(key, near):
            found += [w for w in words if w.stem not in near and not any("#" + c in near for c in w.concepts)]
    return tuple(dict.fromkeys(found))


def _told(row: _Row, near: frozenset[str]) -> bool:
    return any(row in _groups().rows.get(term, ()) for term in near)


@remembered(5_000)
def _in_groups(words: tuple[Word, ...], names: frozenset[Word] = frozenset()) -> dict[_Row, list[Word]]:
    """Return the words that stand in each row; a name is none of them, nor what a name holds a means."""
    found: dict[_Row, list[Word]] = {}
    for word in words:
        for row in _groups().rows.get(word.stem, ()) if word.kind != "name" else ():
            if row[1] != "means" or word not in names:
                found.setdefault(row, []).append(word)
    return found


def _instead(
    words: Sequence[Word],
    strangers: Sequence[Word],
    same: Sequence[Word],
    texts: tuple[Sequence[Word], Sequence[Word], bool],
) -> tuple[Word, Word] | None:
    """Return a claimed word and the stranger beside what it is beside, nearer than any of the same row."""
    claim, told, close = texts
    for reach in (1,) if close else (1, _REACH):
        beside = [(a, b) for a in words for b in strangers if _beside((a, b), claim, told, reach)]
        alike = any(_beside((a, b), claim, told, reach) for a in words for b in same)
        if beside or alike:
            return beside[0] if beside and not alike else None
    return None


def _beside(pair: tuple[Word, Word], claim: Sequence[Word], told: Sequence[Word], reach: int) -> bool:
    """Tell whether a word near the first of `pair` in the claim stands near the second in the passage too."""
    theirs = terms(_around(pair[1], told, reach))
    return any(
        quality(word, theirs) if word.kind != "number" else f"{word.value:g}" in theirs
        for word in _around(pair[0], claim, reach)
    )


def _around(word: Word, words: Sequence[Word], reach: int) -> list[Word]:
    """Return the content words and figures nearest to a word of `words`, `reach` on both sides."""
    plain = [w for w in words if w.kind in ("word", "name", "number") or w == word]
    at = next(i for i, w in enumerate(plain) if w == word)
    return [w for w in plain[max(0, at - reach) : at + reach + 1] if w != word]
