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
_PATIENT_UP = frozenset({"nsubjpass", "dobj", "obj", "oprd", "attr"})


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


def _state(tree: Tree, index: int) -> str:
    """Return what happened by the state or participle at `index` ("dead", "wounded", "captured"), or ""."""
    lists = counting()
    word = tree.lower[index]
    return lists.states.get(word, "") or (
        lists.verbs.get(lemma_of(word, "VBD"), "") if tree.tag[index] == "VBN" else ""
    )


def _verb_of(tree: Tree, index: int) -> str:
    """Return what the verb at `index`, with its particle, does to its patient, or ""."""
    lists = counting()
    base = lemma_of(tree.lower[index], "VBD")
    for child in (*tree.kids[index], index + 1):
        if child < len(tree.lower):
            known = lists.particle_verbs.get((base, tree.lower[child]))
            if known:
                return known
    return lists.verbs.get(base, "")


def happened(tree: Tree, numeral: Numeral, noun: int | None, sentence: Span) -> str:
    """Return what happened to the counted things (a key of `lexicon/quantities.toml`), or ""."""
    tests = (_premodified, _after_verb, _followed_by_state, _in_tree, _under_toll)
    for test in tests:
        of = test(tree, numeral, noun, sentence)
        if of:
            return of
    return ""


def _premodified(tree: Tree, numeral: Numeral, noun: int | None, _: Span) -> str:
    """Read "13 dead civilians", "20 displaced families"."""
    if noun is None:
        return ""
    for index in range(numeral.end, noun):
        of = _state(tree, index)
        if of:
            return of
    return ""


def _after_verb(tree: Tree, numeral: Numeral, noun: int | None, sentence: Span) -> str:
    """Read "killed at least 40 people", "wounding 20 others", "claimed the lives of 40", "killing of 3 men"."""
    lists = counting()
    index = numeral.start - 1
    while index >= sentence[0] and (
        tree.lower[index] in {"the", "of", "another", "also", "a", "an"}
        and tree.tag[index] in {"DT", "IN", "RB"}
    ):
        index -= 1
    if index < sentence[0]:
        return ""
    word, tag = tree.lower[index], tree.tag[index]
    through = index + 1 < numeral.start and "of" in tree.lower[index + 1 : numeral.start]
    if through:
        base = lemma_of(word, "NNS")
        if base == "life":
            return "killed" if _taken(tree, index, sentence) else ""
        return lists.nouns.get(base, "") or (lists.nouns.get(word, "") if tag in _NOUNS else "")
    if tag.startswith("V") or word in lists.verbs:
        of = _verb_of(tree, index)
        if of and not _is_passive(tree, index):
            return _with_partner(tree, index, of, sentence)
    if tag == "RP" and index > sentence[0]:
        return lists.particle_verbs.get((lemma_of(tree.lower[index - 1], "VBD"), word), "")
    return ""


def _taken(tree: Tree, life: int, sentence: Span) -> bool:
    takers = counting().takers
    return any(lemma_of(w, "VBD") in takers for w in tree.lower[max(sentence[0], life - 3) : life])


def _with_partner(tree: Tree, verb: int, of: str, sentence: Span) -> str:
    """Return "casualty" for "killed or wounded 20": two happenings share one number."""
    if verb - 2 >= sentence[0] and tree.lower[verb - 1] in {"and", "or", "/"}:
        other = _state(tree, verb - 2) or _verb_of(tree, verb - 2)
        if other and other != of and {other, of} <= {"killed", "wounded"}:
            return "casualty"
    return of


def _is_passive(tree: Tree, verb: int) -> bool:
    return any(tree.dep[child] in {"auxpass", "nsubjpass"} for child in tree.kids[verb])


def _followed_by_state(tree: Tree, numeral: Numeral, noun: int | None, sentence: Span) -> str:
    """Read "left 3 dead", "40 people were killed", "8 injured", "two children among the wounded"."""
    index = numeral.end if noun is None else noun + 1
    while index < sentence[1] and tree.lower[index] in {
        "people",
        "others",
        "more",
        "also",
        "reported",
        "reportedly",
        "confirmed",
        "feared",
        "left",
    }:
        index += 1
    auxiliary = False
    while index < sentence[1] and (
        tree.lower[index]
        in {
            "were",
            "was",
            "are",
            "have",
            "has",
            "had",
            "been",
            "be",
            "being",
            "is",
            "reported",
            "who",
            "confirmed",
            "believed",
            "said",
            "to",
            "now",
            "already",
            "also",
            "reportedly",
            "feared",
            "still",
        }
        or (auxiliary and tree.tag[index] == "RB")
    ):
        auxiliary = auxiliary or tree.lower[index] not in {"who", "also", "to"}
        index += 1
    if index >= sentence[1]:
        return ""
    lists = counting()
    word, tag = tree.lower[index], tree.tag[index]
    base = lemma_of(word, "VBD")
    if base in lists.dies and (tag.startswith("V") or auxiliary):
        return lists.dies[base]
    participle = word in lists.states or (tag in {"VBN", "VBD"} and bool(_verb_of(tree, index)))
    if not participle or (not auxiliary and _has_object(tree, index, sentence[1])):
        return ""
    of = lists.states.get(word) or _verb_of(tree, index)
    following = tree.lower[index + 1 : index + 3]
    if len(following) == 2 and following[0] in {"and", "or"}:
        other = lists.states.get(following[1], "")
        if (
            other
            and other != of
            and {other, of} <= {"killed", "wounded"}
            and not _number_before(tree, index, noun, numeral)
        ):
            return "casualty"
    return of


def _number_before(tree: Tree, index: int, noun: int | None, numeral: Numeral) -> bool:
    return noun is None and index > numeral.end + 3


def _has_object(tree: Tree, verb: int, end: int) -> bool:
    """Tell whether the verb acts on something that follows, so that what precedes it is its agent."""
    if any(tree.dep[child] in {"dobj", "obj"} and child > verb for child in tree.kids[verb]):
        return True
    if verb + 1 >= end:
        return False
    tag, word = tree.tag[verb + 1], tree.lower[verb + 1]
    return tag in {"DT", "CD", "PRP", "PRP$", "NNP", "NNPS", "JJ"} and word not in {"dead", "wounded"}


def _in_tree(tree: Tree, numeral: Numeral, noun: int | None, sentence: Span) -> str:
    """Climb the parse from what is counted to the verb or noun that governs it."""
    node = numeral.end - 1 if noun is None else noun
    lists = counting()
    for child in tree.kids[node]:
        if tree.dep[child] in {"acl", "relcl"} and child > node and tree.tag[child] in {"VBN", "VBD"}:
            of = _verb_of(tree, child)
            if of and (_is_passive(tree, child) or not _has_object(tree, child, sentence[1])):
                return of
    for _ in range(4):
        dep, head = tree.dep[node], tree.head[node]
        if head == node or not sentence[0] <= head < sentence[1]:
            return ""
        if dep in {"conj", "appos", "nmod", "compound", "nummod"}:
            node = head
        elif dep == "prep" or (dep == "pobj" and tree.lower[head] == "of"):
            if dep == "pobj" and tree.head[head] != head and tree.dep[head] == "prep":
                noun_head = tree.head[head]
                base = lemma_of(tree.lower[noun_head], "NNS")
                if base in lists.nouns:
                    return lists.nouns[base]
                node = noun_head
            else:
                return ""
        else:
            return _by_role(tree, dep, head, sentence)
    return ""


def _by_role(tree: Tree, dep: str, verb: int, sentence: Span) -> str:
    lists = counting()
    base = lemma_of(tree.lower[verb], "VBD")
    if dep in {"nsubj", "nsubjpass"} and base in lists.dies:
        return lists.dies[base]
    if dep in _PATIENT_UP:
        of = _verb_of(tree, verb)
        if of and (dep == "nsubjpass" or not _is_passive(tree, verb)):
            return of
    if dep == "nsubjpass":
        for child in tree.kids[verb]:
            if tree.dep[child] in {"oprd", "xcomp", "ccomp", "acomp", "conj"}:
                of = _state(tree, child) or _verb_of(tree, child)
                if of:
                    return of
    if dep == "nsubj" and tree.tag[verb] == "VBN" and not _has_object(tree, verb, sentence[1]):
        return _verb_of(tree, verb)
    return ""


def _under_toll(tree: Tree, numeral: Numeral, noun: int | None, sentence: Span) -> str:
    """Read "the death toll rose to 43", "number of wounded stands at 112", "put the toll at 17 killed"."""
    lists = counting()
    if noun is not None and _unit(tree, noun) not in lists.persons:
        return ""
    low = max(sentence[0], numeral.start - 14)
    window = tree.lower[low : numeral.start]
    for back, word in enumerate(reversed(window)):
        if word.isdigit() or word in {"including", ";"}:
            return ""
        if word in lists.toll_nouns:
            at = numeral.start - 1 - back
            between = tree.lower[at + 1 : numeral.start]
            named = [lists.toll[w] for w in (*tree.lower[max(low, at - 2) : at], *between) if w in lists.toll]
            if not named and word == "toll":
                named = ["killed"]
            linked = any(lemma_of(w, "VBD") in lists.toll_verbs for w in between) or between[-1:] in (
                ["of"],
                ["at"],
                ["to"],
            )
            return named[0] if named and linked else ""
    return ""


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
