"""What happened to the things counted: killed, wounded, displaced, ... (keys of `lexicon/quantities.toml`).

Tests by the order of words come before those by the parse, which is often wrong where a
text has lost its punctuation.
"""

from __future__ import annotations

from dataclasses import dataclass

from secondsource.extract.lemmas import lemma_of
from secondsource.extract.numerals import Numeral
from secondsource.extract.parse import Tree
from secondsource.lexicon.quantities import counting
from secondsource.model import Span

_NOUNS = ("NN", "NNS", "NNP", "NNPS")
_UPWARD = frozenset({"conj", "appos", "nmod", "compound", "nummod"})
_PATIENT = frozenset({"nsubjpass", "dobj", "obj", "oprd", "attr"})
_OPENS_OBJECT = frozenset({"DT", "CD", "PRP", "PRP$", "NNP", "NNPS", "JJ"})
_HARM = frozenset({"killed", "wounded"})
_TOLL_REACH = 14  # tokens before a number in which its toll is named


@dataclass(frozen=True, slots=True)
class Target:
    """What is counted: its number, its noun (None for a bare figure), the tokens of its sentence."""

    tree: Tree
    numeral: Numeral
    noun: int | None
    sentence: Span

    @property
    def after(self) -> int:
        """The token after number and noun."""
        return self.numeral.end if self.noun is None else self.noun + 1


def happened(target: Target) -> str:
    """Return what happened to the counted things (a key of `lexicon/quantities.toml`), or ""."""
    tests = (_premodified, _inverted, _stated_at_once, _after_verb, _followed_by_state, _in_tree, _under_toll)
    for test in tests:
        of = test(target)
        if of:
            return of
    return ""


def state_at(tree: Tree, index: int) -> str:
    """Return what happened by the state or participle at `index` ("dead", "wounded", "captured"), or ""."""
    lists = counting()
    word = tree.lower[index]
    if word in lists.states:
        return lists.states[word]
    return lists.verbs.get(lemma_of(word, "VBD"), "") if tree.tag[index] == "VBN" else ""


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


# ---- by the order of words --------------------------------------------------------------


def _premodified(target: Target) -> str:
    """Read "13 dead civilians", "20 displaced families"."""
    inner = range(target.numeral.end, target.noun or target.numeral.end)
    return next((of for of in (state_at(target.tree, index) for index in inner) if of), "")


def _inverted(target: Target) -> str:
    """Read "Killed in the attack were two guards"."""
    tree, first, before = target.tree, target.sentence[0], target.numeral.start - 1
    if before <= first or tree.lower[before] not in {"were", "was", "are"}:
        return ""
    if tree.lower[first] == "among":
        return counting().states.get(tree.lower[before - 1], "")  # "Among those killed were two guards"
    return state_at(tree, first) if tree.tag[first] in {"VBN", "VBD", "JJ"} else ""


def _stated_at_once(target: Target) -> str:
    """Read "112 wounded", "3 dead", "blast kills two 5 others hurt": a bare figure right before its state."""
    bare = target.noun is None or target.tree.lower[target.noun] == "others"
    if not bare or target.after >= target.sentence[1]:
        return ""
    return counting().states.get(target.tree.lower[target.after], "")


def _after_verb(target: Target) -> str:
    """Read "killed at least 40 people", "wounding 20 others", "the lives of 40", "killing of 3 men"."""
    tree, lists = target.tree, counting()
    index = target.numeral.start - 1
    while index >= target.sentence[0] and tree.lower[index] in {"the", "of", "another", "also", "a", "an"}:
        index -= 1
    if index < target.sentence[0]:
        return ""
    word, tag = tree.lower[index], tree.tag[index]
    if "of" in tree.lower[index + 1 : target.numeral.start]:
        base = lemma_of(word, "NNS")
        if base == "life":
            return "killed" if taken(tree, index, target.sentence) else ""
        return lists.nouns.get(base) or lists.remains.get(base, "")
    if tag == "RP" and index > target.sentence[0]:
        return lists.particle_verbs.get((lemma_of(tree.lower[index - 1], "VBD"), word), "")
    of = _verb_of(tree, index) if tag.startswith("V") or tree.words[index][:1].isupper() else ""
    return _with_partner(tree, index, of) if of and not _is_passive(tree, index) else ""


def taken(tree: Tree, life: int, sentence: Span) -> bool:
    """Tell whether the lives at token `life` are claimed, cost or taken."""
    takers = counting().takers
    return any(lemma_of(word, "VBD") in takers for word in tree.lower[max(sentence[0], life - 3) : life])


def _with_partner(tree: Tree, verb: int, of: str) -> str:
    """Return "casualty" for "killed or wounded 20": two harms share one number."""
    if verb >= 2 and tree.lower[verb - 1] in {"and", "or", "/"}:
        other = state_at(tree, verb - 2) or _verb_of(tree, verb - 2)
        if other != of and {other, of} == _HARM:
            return "casualty"
    return of


def _is_passive(tree: Tree, verb: int) -> bool:
    return any(tree.dep[child] in {"auxpass", "nsubjpass"} for child in tree.kids[verb])


def _followed_by_state(target: Target) -> str:
    """Read "left 3 soldiers dead", "40 people were killed", "8 policemen injured"."""
    tree, lists, end = target.tree, counting(), target.sentence[1]
    index, auxiliary = _past_auxiliaries(target)
    if index >= end:
        return ""
    word, tag = tree.lower[index], tree.tag[index]
    base = lemma_of(word, "VBD")
    if base in lists.dies and (tag.startswith("V") or auxiliary):
        return lists.dies[base]
    participle = word in lists.states or (tag in {"VBN", "VBD"} and bool(_verb_of(tree, index)))
    if not participle or (not auxiliary and _has_object(tree, index, end)):
        return ""
    of = lists.states.get(word) or _verb_of(tree, index)
    following = tree.lower[index + 1 : min(index + 3, end)]
    if len(following) == 2 and following[0] in {"and", "or"}:
        other = lists.states.get(following[1], "")
        if other != of and {other, of} == _HARM:
            return "casualty"
    return of


def _past_auxiliaries(target: Target) -> tuple[int, bool]:
    """Return the token after "were reported", "have been", ..., and whether any auxiliary stood there."""
    tree, follow, end = target.tree, counting().follow, target.sentence[1]
    index, auxiliary = target.after, False
    while index < end and tree.lower[index] in follow["between"]:
        index += 1
    while index < end and (
        tree.lower[index] in follow["auxiliaries"] or (auxiliary and tree.tag[index] == "RB")
    ):
        auxiliary = auxiliary or tree.lower[index] not in {"who", "also", "to"}
        index += 1
    return index, auxiliary


def _has_object(tree: Tree, verb: int, end: int) -> bool:
    """Tell whether the verb acts on something that follows, so that what precedes it is its agent."""
    if verb + 1 < end and tree.tag[verb + 1] == "CD":
        after = next((word for word in tree.lower[verb + 2 : end] if word != "others"), "")
        return after not in counting().states  # "43 killed 112 (others) wounded": the figure starts anew
    if any(tree.dep[child] in {"dobj", "obj"} and child > verb for child in tree.kids[verb]):
        return True
    if verb + 1 >= end:
        return False
    return tree.tag[verb + 1] in _OPENS_OBJECT and tree.lower[verb + 1] not in counting().states


# ---- by the parse -----------------------------------------------------------------------


def _in_tree(target: Target) -> str:
    """Climb the parse from what is counted to the verb or noun that governs it."""
    tree = target.tree
    node = target.numeral.end - 1 if target.noun is None else target.noun
    of = _by_participle(target, node)
    if of:
        return of
    for _ in range(4):
        dep, head = tree.dep[node], tree.head[node]
        if head == node or not target.sentence[0] <= head < target.sentence[1]:
            return ""
        if dep in _UPWARD:
            node = head
        elif dep == "pobj" and tree.lower[head] == "of" and tree.dep[head] == "prep":
            node = tree.head[head]
            base = lemma_of(tree.lower[node], "NNS")
            if base in counting().nouns:
                return counting().nouns[base]
            if any(tree.dep[child] == "nummod" for child in tree.kids[node]):
                return ""  # "seven members of one family": the family is not what is counted
        else:
            return _by_role(tree, dep, head, target.sentence)
    return ""


def _by_participle(target: Target, node: int) -> str:
    """Read "40 people killed in the raid", "12 who were wounded" by the clause that hangs on the noun."""
    tree = target.tree
    for child in tree.kids[node]:
        if tree.dep[child] in {"acl", "relcl"} and child > node and tree.tag[child] in {"VBN", "VBD"}:
            of = _verb_of(tree, child)
            if of and (_is_passive(tree, child) or not _has_object(tree, child, target.sentence[1])):
                return of
    return ""


def _by_role(tree: Tree, dep: str, verb: int, sentence: Span) -> str:
    lists = counting()
    base = lemma_of(tree.lower[verb], "VBD")
    if dep in {"nsubj", "nsubjpass"} and base in lists.dies:
        return lists.dies[base]
    if dep in _PATIENT and (dep == "nsubjpass" or not _is_passive(tree, verb)):
        of = _verb_of(tree, verb)
        if of:
            return of
    if dep == "nsubjpass":
        inner = (c for c in tree.kids[verb] if tree.dep[c] in {"oprd", "xcomp", "ccomp", "acomp", "conj"})
        return next((of for of in (state_at(tree, c) or _verb_of(tree, c) for c in inner) if of), "")
    if dep == "nsubj" and tree.tag[verb] == "VBN" and not _has_object(tree, verb, sentence[1]):
        return _verb_of(tree, verb)
    return ""


# ---- tolls ------------------------------------------------------------------------------


def _under_toll(target: Target) -> str:
    """Read "the death toll rose to 43", "number of wounded stands at 112", "put the toll at 17"."""
    tree, lists, start = target.tree, counting(), target.numeral.start
    if target.noun is not None and lemma_of(tree.lower[target.noun], "NNS") not in lists.persons:
        return ""
    low = max(target.sentence[0], start - _TOLL_REACH)
    for at in range(start - 1, low - 1, -1):
        word = tree.lower[at]
        if word.isdigit() or word in {"including", ";"}:
            return ""
        if word in lists.toll_nouns:
            return _toll_named(tree, (max(low, at - 2), at, start))
    return ""


def _toll_named(tree: Tree, around: tuple[int, int, int]) -> str:
    """Return what the toll at the middle token counts, if a verb or "of", "at", "to" links the number."""
    lists = counting()
    low, at, start = around
    between = tree.lower[at + 1 : start]
    named = [lists.toll[word] for word in (*tree.lower[low:at], *between) if word in lists.toll]
    if not named and tree.lower[at] == "toll":
        named = ["killed"]
    linked = any(lemma_of(word, "VBD") in lists.toll_verbs for word in between)
    return named[0] if named and (linked or between[-1:] in (["of"], ["at"], ["to"])) else ""
