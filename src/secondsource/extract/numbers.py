"""Quantities of a sentence: how many of what, and what happened to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from secondsource.extract.happenings import Target, happened, state_at, taken
from secondsource.extract.lemmas import lemma_of
from secondsource.extract.numerals import Numeral, glued, measured, numerals
from secondsource.extract.parse import Tree
from secondsource.lexicon.quantities import counting
from secondsource.model import Quantity, Span

_NOUNS = ("NN", "NNS", "NNP", "NNPS")
_FILLERS = frozenset({"of", "the", "these", "those", "other", "its", "his", "her", "their"})
_MORE = frozenset({"more", "further", "additional", "other", "another"})
_DETERMINING = frozenset({"nummod", "quantmod", "compound", "amod", "det", "poss", "nmod"})
_ADJECTIVAL = frozenset({"VBN", "VBG", "HYPH", "CD", "POS", "AFX"})
_REACH = 8  # tokens after a number in which its noun is looked for


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity with its place: tokens [start, end) of the phrase, `token` its noun or the number."""

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
    found = [*numerals(tree, *sentence), *_single_persons(tree, sentence)]
    drafts = []
    for numeral in sorted(found, key=lambda n: (n.first, n.end)):
        if any(s <= tree.start[numeral.first] < e for s, e in dates):
            continue
        draft = _draft(tree, numeral, sentence)
        if draft is not None:
            drafts.append(draft)
    return tuple(_counted(draft) for draft in _completed(tree, drafts) if draft.unit)


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
        if noun is None or "CD" in tree.tag[index:noun] or not _single(tree, noun):
            continue
        numeral = Numeral(1, 1, index, index, index + 1)
        if happened(Target(tree, numeral, noun, sentence)):
            found.append(numeral)
    return found


def _single(tree: Tree, noun: int) -> bool:
    if tree.tag[noun] not in {"NN", "NNP"} or tree.tag[min(noun + 1, len(tree.tag) - 1)] == "HYPH":
        return False
    return tree.lower[noun] in counting().persons and tree.lower[noun] not in {"people", "family", "crew"}


# ---- what is counted --------------------------------------------------------------------


def _draft(tree: Tree, numeral: Numeral, sentence: Span) -> _Draft | None:
    """Return number, noun and happening, or None for a number that counts nothing of interest."""
    measure = measured(tree, numeral)
    if measure:
        of = happened(Target(tree, numeral, measure[1], sentence))
        spread = measure[0] in counting().follow["areas"] and of not in counting().follow["personal"]
        return _Draft(numeral, measure[1], measure[0], of if spread else "")
    if numeral.end < sentence[1] and tree.lower[numeral.end] == "-" and glued(tree, numeral.end):
        return None
    noun = _counted_noun(tree, numeral, sentence[1])
    return _bare(tree, numeral, sentence) if noun is None else _with_noun(tree, numeral, noun, sentence)


def _with_noun(tree: Tree, numeral: Numeral, noun: int, sentence: Span) -> _Draft | None:
    lists = counting()
    unit = _unit(tree, noun)
    if tree.tag[noun] == "NNP" and not tree.lower[noun].endswith("s") and unit not in lists.persons:
        return None  # a name follows, which nobody counts
    if unit in lists.skip["durations"] or unit in lists.skip["nouns"]:
        return None
    if unit in lists.nouns or unit in lists.remains:
        return _Draft(numeral, noun, lists.default_person, lists.nouns.get(unit) or lists.remains[unit])
    if unit == "life" and taken(tree, numeral.start, sentence):
        return _Draft(numeral, noun, lists.default_person, "killed")
    of = happened(Target(tree, numeral, noun, sentence))
    return _Draft(numeral, noun, "" if unit == "other" else unit, of)


def _bare(tree: Tree, numeral: Numeral, sentence: Span) -> _Draft | None:
    """Read a number without a noun: "killing 13", "6 were wounded", "six of the injured"."""
    of = happened(Target(tree, numeral, None, sentence))
    at = numeral.end
    while at < sentence[1] and tree.lower[at] in {"of", "the", "those"}:
        at += 1
    if numeral.end < at < sentence[1]:
        of = counting().states.get(tree.lower[at], "") or of
    if numeral.vague and not of and tree.lower[numeral.first] == "several":
        return None
    return _Draft(numeral, None, "", of)


def _unit(tree: Tree, noun: int) -> str:
    tag, word, lists = tree.tag[noun], tree.lower[noun], counting()
    if (tag in {"NNPS", "NNP"} and word.endswith("s")) or tag not in _NOUNS:
        tag = "NNS"
    base = word[:-3] if word.endswith("children") else lemma_of(word, tag)
    return lists.default_person if base in {"person", "persons", "people"} else base


def _counted_noun(tree: Tree, numeral: Numeral, end: int) -> int | None:
    """Return the token of the noun that the number counts, if one follows."""
    index = numeral.end
    while index < end and tree.lower[index] in _MORE:
        index += 1
    if index < end and tree.lower[index] == "others":
        return index
    if index < end and tree.lower[index] == "of":
        while index < end and tree.lower[index] in _FILLERS:
            index += 1
        if index < end and tree.lower[index] in counting().states and not _noun_next(tree, index, end):
            return None
    elif index < end and tree.tag[index] == "DT":
        return None
    last = numeral.end - 1
    head = tree.head[last]
    if (
        index <= head < min(end, index + _REACH)
        and tree.dep[last] in _DETERMINING
        and tree.tag[head] in _NOUNS
    ):
        person = _person_within(tree, index, head)
        return head if person is None else person
    return _noun_after(tree, index, end)


def _person_within(tree: Tree, index: int, head: int) -> int | None:
    """Return a plural person before `head`: in "13 people state television" the parse glued a clause on."""
    for at in range(index, head):
        possessive = tree.tag[at + 1] in {"POS", "HYPH"} or tree.lower[at + 1] in {"'", "'s", "-"}
        if tree.tag[at] == "NNS" and not possessive and _unit(tree, at) in counting().persons:
            return at
    return None


def _noun_after(tree: Tree, index: int, end: int) -> int | None:
    """Return the last noun of the noun run at `index`, adjectives before it passed over."""
    last = None
    for at in range(index, min(end, index + _REACH)):
        tag = tree.tag[at]
        if tag in _NOUNS:
            last = at
            if tag == "NNS" and _unit(tree, at) in counting().persons:
                break
        elif (
            last is not None
            or not (tag.startswith("JJ") or tag in _ADJECTIVAL)
            or (tag in {"VBN", "JJ"} and state_at(tree, at) and not _noun_next(tree, at, end))
        ):
            break
    return last


def _noun_next(tree: Tree, at: int, end: int) -> bool:
    return at + 1 < end and (tree.tag[at + 1] in _NOUNS or tree.tag[at + 1].startswith("JJ"))


# ---- what a quantity leaves to its neighbours -------------------------------------------


def _completed(tree: Tree, drafts: list[_Draft]) -> list[_Draft]:
    """Fill gaps from neighbours: "13 people, including 5 children", "7 others", "400 more"."""
    done: list[_Draft] = []
    for draft in drafts:
        before = next((one for one in reversed(done) if one.of), done[-1] if done else None)
        inherits = before is not None and not draft.of and _continues(tree, before, draft)
        done.append(replace(draft, of=before.of) if before is not None and inherits else draft)
    for index in range(len(done) - 2, -1, -1):
        if not done[index].of and _listed_with(tree, done[index], done[index + 1]):
            done[index] = replace(done[index], of=done[index + 1].of)
    return [_with_unit(tree, done, index) for index in range(len(done))]


def _with_unit(tree: Tree, drafts: list[_Draft], index: int) -> _Draft:
    lists, draft = counting(), drafts[index]
    if draft.unit:
        return draft
    if draft.of in lists.follow["personal"]:
        return replace(draft, unit=lists.default_person)
    more = draft.numeral.end < len(tree.lower) and tree.lower[draft.numeral.end] in {"more", "others"}
    return replace(draft, unit=drafts[index - 1].unit) if index and (more or draft.of) else draft


def _gap(tree: Tree, before: _Draft, after: _Draft) -> list[str]:
    start = before.numeral.end if before.noun is None else max(before.numeral.end, before.noun + 1)
    return tree.lower[start : after.numeral.start]


def _continues(tree: Tree, before: _Draft, after: _Draft) -> bool:
    gap = _gap(tree, before, after)
    if len(gap) <= 8 and any(word in counting().including for word in gap):
        return True
    return _listed_with(tree, before, after)


def _listed_with(tree: Tree, before: _Draft, after: _Draft) -> bool:
    """Tell whether two quantities share what happened: "12 soldiers and 30 rebels", "3 were among the 19"."""
    gap, follow = _gap(tree, before, after), counting().follow
    if not gap:
        return before.noun is not None and after.noun is not None
    linked = len(gap) <= 4 and all(word in follow["links"] for word in gap)
    return linked or ("among" in gap and all(word in follow["among"] for word in gap))
