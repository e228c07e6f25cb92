"""Accounts: how far a source answers for sentences that do not name it.

A lead tells in the outlet's voice what its next sentences attribute ("Nine people died.
The ministry said nine bodies ..."), and a source's account may go on without "he said".
Counting such sentences as the outlet's own would make one origin into two, so what
clearly tells the same facts, or clearly goes on telling them, is carried over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from secondsource.extract.parse import Tree
from secondsource.lexicon import table, view

_CONTENT = frozenset({"NN", "NNS", "NNP", "NNPS", "CD", "VBD", "VBN", "VBG", "VB", "VBZ", "VBP", "JJ"})


@dataclass(frozen=True, slots=True)
class Told:
    """One narrative sentence: its tokens, whether a source is named in it for all it tells, what it is about.

    `place` counts narrative sentences from the start; `standing` tells that it is
    background, `section` where it stands (only neighbours in one section share accounts).
    """

    number: int
    place: int
    section: int
    attributed: bool
    own: bool
    standing: bool
    words: frozenset[str]
    opening: tuple[str, ...]
    first_person: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    onward: frozenset[str]
    happening: frozenset[str]
    ends: frozenset[str]
    light: frozenset[str]
    context: frozenset[str]
    lead: int
    reach: int
    lead_overlap: float
    next_overlap: float
    onward_overlap: float


@view
def _words() -> _Words:
    data = dict(table("cues")["account"])
    for name in ("onward", "happening", "ends", "light", "context"):
        data[name] = frozenset(data[name])
    return _Words(**data)


def content_words(tree: Tree, sentence: tuple[int, int]) -> frozenset[str]:
    """Return the lemmas of a sentence that say what it is about."""
    light = _words().light
    return frozenset(
        tree.lemma[t].lower()
        for t in range(*sentence)
        if tree.tag[t] in _CONTENT and tree.lemma[t] not in light and tree.dep[t] not in ("aux", "auxpass")
    )


def sets_context(tree: Tree, sentence: tuple[int, int]) -> bool:
    """Tell whether a sentence sets the event beside others: "It comes a day after ...", "It was the 3rd"."""
    words = _words()
    root = next((t for t in range(*sentence) if tree.dep[t] == "ROOT"), sentence[0])
    if tree.lemma[root] in words.context:
        return True
    first = next((t for t in range(*sentence) if tree.words[t][:1].isalnum()), sentence[0])
    return tree.lower[first] == "it" and tree.lemma[root] == "be" and tree.child(root, "attr") is not None


def donors(told: Sequence[Told]) -> dict[int, int]:
    """Return for each unattributed sentence the sentence whose source answers for it, where one does.

    Keys and values are sentence numbers; `told` is in reading order.
    """
    found: dict[int, int] = {}
    for place, one in enumerate(told):
        if not one.own or one.attributed:
            continue
        donor = _spoken(told, place) if one.first_person else None
        donor = donor if donor is not None else _lead(told, place)
        donor = donor if donor is not None else _onward(told, place, found)
        if donor is not None:
            found[one.number] = donor
    return found


def _spoken(told: Sequence[Told], place: int) -> int | None:
    """Return the attributed sentence beside one in the first person: its quotation marks are lost."""
    for other in (*told[place + 1 : place + 3], *reversed(told[max(0, place - 2) : place])):
        if other.attributed and other.section == told[place].section:
            return other.number
    return None


def _lead(told: Sequence[Told], place: int) -> int | None:
    """Return the attributed sentence that repeats, within reach, what this one tells first."""
    words, one = _words(), told[place]
    first = one.place < words.lead
    needed = words.lead_overlap if first else words.next_overlap
    for other in told[place + 1 : place + 1 + (words.reach if first else 1)]:
        if other.attributed and _overlap(one, other) >= needed:
            return other.number
    return None


def _onward(told: Sequence[Told], place: int, found: dict[int, int]) -> int | None:
    """Return the sentence before, or its donor, when this one goes on with its account."""
    if not place:
        return None
    words, one, before = _words(), told[place], told[place - 1]
    if one.standing or one.section != before.section or one.place != before.place + 1:
        return None
    source = before.number if before.attributed else found.get(before.number)
    if source is None or not one.opening or one.opening[0] in words.ends:
        return None
    pointing = one.opening[0] in ("the", "this", "these", "those", "that")
    taken_up = pointing and any(word in words.happening for word in one.opening[1:3])
    anaphoric = one.opening[0] in words.onward or taken_up or "such" in one.opening
    return source if anaphoric or _overlap(one, before) >= words.onward_overlap else None


def _overlap(one: Told, other: Told) -> float:
    smaller = min(len(one.words), len(other.words))
    return len(one.words & other.words) / smaller if smaller else 0.0
