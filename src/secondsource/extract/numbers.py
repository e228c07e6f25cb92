"""Quantities of a sentence: how many of what, and what happened to them.

Rules over the parse with positional ones first, since the parse of text that has lost its
punctuation is often wrong where the order of words is still plain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from secondsource.extract.lemmas import lemma_of
from secondsource.extract.numerals import Numeral, glued, measured, numerals
from secondsource.extract.parse import Tree
from secondsource.lexicon.quantities import counting
from secondsource.model import Quantity, Span

_NOUNS = ("NN", "NNS", "NNP", "NNPS")
_FILLERS = frozenset({"of", "the", "these", "those", "other", "its", "his", "her", "their"})
_LINKS = frozenset({"and", ",", "&", "as", "well", "plus", "another", "a", "an", "the", "others", "or"})


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity with its place: tokens [start, end) of the phrase, `token` the noun counted (or the number)."""

    quantity: Quantity
    start: int
    end: int
    token: int


@dataclass(frozen=True, slots=True)
class _Draft:
    numeral: Numeral
    noun: int | None
    unit: str
    of: str = ""


def quantities(tree: Tree, sentence: Span, dates: Sequence[Span] = ()) -> tuple[Counted, ...]:
    """Return the quantities of the token range `sentence`, in reading order.

    `dates` are body spans already read as dates: a number inside one counts nothing.
    Durations, ages, ordinals, labels and model names yield nothing either.
    """
    drafts = []
    for numeral in sorted([*numerals(tree, *sentence), *_single_persons(tree, sentence)], key=_place):
        if any(s <= tree.start[numeral.first] < e for s, e in dates):
            continue
        draft = _draft(tree, numeral, sentence)
        if draft is not None:
            drafts.append(draft)
    return tuple(_counted(draft) for draft in _completed(tree, drafts) if draft.unit)


def _place(numeral: Numeral) -> tuple[int, int]:
    return numeral.first, numeral.end


def _counted(draft: _Draft) -> Counted:
    numeral = draft.numeral
    token = numeral.first if draft.noun is None else draft.noun
    quantity = Quantity(numeral.low, numeral.high, draft.unit, draft.of)
    return Counted(quantity, numeral.start, max(numeral.end, token + 1), token)


def _single_persons(tree: Tree, sentence: Span) -> list[Numeral]:
    """Return "a child", "another soldier" as one, when something countable happened to the person."""
    found = []
    for index in range(sentence[0], sentence[1] - 1):
        if tree.lower[index] not in {"a", "an", "another"}:
            continue
        noun = _noun_after(tree, index + 1, sentence[1])
        if noun is None or tree.tag[noun] not in {"NN", "NNP"} or noun - index > 4:
            continue
        if tree.lower[noun] in counting().persons and tree.lower[noun] not in {"troops", "people", "group"}:
            numeral = Numeral(1, 1, index, index, index + 1)
            if happened(tree, numeral, noun, sentence):
                found.append(numeral)
    return found


def _draft(tree: Tree, numeral: Numeral, sentence: Span) -> _Draft | None:
    lists = counting()
    measure = measured(tree, numeral)
    if measure:
        return _Draft(numeral, measure[1], measure[0], happened(tree, numeral, measure[1], sentence))
    if numeral.end < sentence[1] and tree.lower[numeral.end] == "-" and glued(tree, numeral.end):
        return None
    noun = _counted_noun(tree, numeral, sentence[1])
    if noun is not None:
        unit = _unit(tree, noun)
        if unit in lists.skip["durations"] or unit in lists.skip["nouns"]:
            return None
        if unit in lists.nouns or unit in lists.remains:
            of = lists.nouns.get(unit) or lists.remains[unit]
            return _Draft(numeral, noun, lists.default_person, of)
        return _Draft(
            numeral, noun, "" if unit in {"other", "more"} else unit, happened(tree, numeral, noun, sentence)
        )
    of = happened(tree, numeral, None, sentence)
    if (
        numeral.vague
        and not of
        and numeral.end - numeral.first == 1
        and tree.lower[numeral.first] == "several"
    ):
        return None
    return _Draft(numeral, None, "", of)


def _unit(tree: Tree, noun: int) -> str:
    tag = tree.tag[noun]
    word = tree.lower[noun]
    if (tag in {"NNPS", "NNP"} and word.endswith("s")) or tag not in _NOUNS:
        tag = "NNS"
    base = lemma_of(word, tag)
    lists = counting()
    return lists.default_person if base in {"person", "persons", "people"} else base


def _counted_noun(tree: Tree, numeral: Numeral, end: int) -> int | None:
    """Return the token of the noun that the number counts, if one follows."""
    index = numeral.end
    while index < end and tree.lower[index] in {
        "more",
        "further",
        "additional",
        "others",
        "other",
        "another",
    }:
        if tree.lower[index] == "others":
            return index
        index += 1
    if index < end and tree.lower[index] == "of":
        index += 1
        while index < end and tree.lower[index] in _FILLERS:
            index += 1
    elif index < end and tree.tag[index] == "DT":
        return None
    head = tree.head[numeral.end - 1]
    if (
        index < end
        and index <= head < min(end, numeral.end + 7)
        and tree.dep[numeral.end - 1] in {"nummod", "quantmod", "compound", "amod", "det", "poss", "nmod"}
        and tree.tag[head] in _NOUNS
    ):
        person = _person_within(tree, index, head)
        return head if person is None else person
    return _noun_after(tree, index, end)


def _person_within(tree: Tree, index: int, head: int) -> int | None:
    """Return a plural person noun before `head`: in "13 people state television" the parse glued a new clause on."""
    for at in range(index, head):
        if tree.tag[at] == "NNS" and _unit(tree, at) in counting().persons:
            follows = tree.lower[at + 1]
            if follows not in {"'", "'s", "-"} and tree.tag[at + 1] != "POS":
                return at
    return None


def _noun_after(tree: Tree, index: int, end: int) -> int | None:
    """Return the last noun of the noun run at `index`, adjectives before it passed over."""
    last = None
    for at in range(index, min(end, index + 8)):
        tag = tree.tag[at]
        if tag in _NOUNS:
            last = at
            if tag == "NNS" and (_unit(tree, at) in counting().persons):
                follows = tree.tag[at + 1] if at + 1 < end else ""
                return at if follows not in {"POS", "HYPH"} else last
        elif last is not None or not (
            tag.startswith("JJ") or tag in {"VBN", "VBG", "HYPH", "CD", "POS", "AFX"}
        ):
            if last is None and tag == "HYPH":
                continue
            break
        elif tag == "VBN" and _state(tree, at) and last is None and not _noun_next(tree, at, end):
            return None
    return last


def _noun_next(tree: Tree, at: int, end: int) -> bool:
    return at + 1 < end and (tree.tag[at + 1] in _NOUNS or tree.tag[at + 1].startswith("JJ"))


def _completed(tree: Tree, drafts: list[_Draft]) -> list[_Draft]:
    """Fill what a quantity leaves to its neighbours: "13 people, including 5 children", "7 others wounded"."""
    lists = counting()
    done: list[_Draft] = []
    for draft in drafts:
        before = done[-1] if done else None
        if before is not None and not draft.of and before.of and _continues(tree, before, draft):
            draft = replace(draft, of=before.of)
        done.append(draft)
    for index in range(len(done) - 2, -1, -1):
        draft, after = done[index], done[index + 1]
        if not draft.of and after.of and _listed_with(tree, draft, after):
            done[index] = replace(draft, of=after.of)
    personal = {
        "killed",
        "wounded",
        "casualty",
        "missing",
        "arrested",
        "kidnapped",
        "displaced",
        "evacuated",
        "trapped",
        "surrendered",
    }
    filled: list[_Draft] = []
    for draft in done:
        if not draft.unit and draft.of in personal:
            draft = replace(draft, unit=lists.default_person)
        filled.append(draft)
    return filled


def _gap(tree: Tree, before: _Draft, after: _Draft) -> tuple[str, ...]:
    start = max(before.numeral.end, before.numeral.first + 1 if before.noun is None else before.noun + 1)
    return tuple(tree.lower[start : after.numeral.start])


def _continues(tree: Tree, before: _Draft, after: _Draft) -> bool:
    gap = _gap(tree, before, after)
    if any(word in counting().including for word in gap) and len(gap) <= 8:
        return True
    return _listed_with(tree, before, after)


def _listed_with(tree: Tree, before: _Draft, after: _Draft) -> bool:
    gap = _gap(tree, before, after)
    return bool(gap) and all(word in _LINKS for word in gap) and "and" in (*gap, "and") and len(gap) <= 4
