"""What sort of proposition a clause is, and how its source commits itself (FactBank, coarse).

Certainty is read by rules. Kind is chosen by a small linear model over named signs that
the clause shows (`signs`); its weights are data (`lexicon/kind_weights.toml`, made by
`training/kinds.py`), so that every choice can be explained by the signs that made it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from secondsource.extract.parse import Clause, Tree
from secondsource.extract.slots import SlotContext, clause_quantities
from secondsource.lexicon import table, view
from secondsource.model import Certainty, Kind, Spans

_CLAUSE_DEPS = frozenset({"relcl", "acl", "advcl", "ccomp", "conj", "xcomp", "ROOT"})
_KINDS = ("intention", "forecast", "assessment", "background")
_VERBS = frozenset({"VBD", "VBN", "VBZ", "VBP", "VB", "VBG"})
_TO_COME = frozenset({"day:ahead", "infinitive", "phrase:forecast"})
_LISTS = ("verbs", "nouns", "adjectives", "adverbs", "modals", "cues", "first-person", "since")


@dataclass(frozen=True, slots=True)
class _Signs:
    """Word lists by kind and part, and phrases by their first word."""

    words: dict[str, tuple[str, ...]]
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]


def _phrase_index(named: Iterator[tuple[str, str]]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, sign in named:
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append((words, sign))
    return {first: tuple(entries) for first, entries in found.items()}


@view
def _kind_signs() -> _Signs:
    t = table("kinds")
    words: dict[str, list[str]] = {}
    for kind in _KINDS:
        for part in _LISTS:
            for word in t[kind].get(part, ()):
                words.setdefault(word, []).append(f"{kind}-{part}")
    phrases = _phrase_index(
        (phrase, f"{kind}-phrase") for kind in _KINDS for phrase in t[kind].get("phrases", ())
    )
    return _Signs({word: tuple(signs) for word, signs in words.items()}, phrases)


@dataclass(frozen=True, slots=True)
class _Hedges:
    adverbs: frozenset[str]
    adjectives: frozenset[str]
    modals: frozenset[str]
    verbs: frozenset[str]
    passives: frozenset[str]
    openers: frozenset[str]
    wondering: frozenset[str]
    deny_verbs: frozenset[str]
    deny_nouns: frozenset[str]
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]


@view
def _hedges() -> _Hedges:
    t = table("hedges")
    hedged, conditional, denied = t["hedged"], t["conditional"], t["denied"]
    return _Hedges(
        frozenset(hedged["adverbs"]),
        frozenset(hedged["adjectives"]),
        frozenset(hedged["modals"]),
        frozenset(hedged["verbs"]),
        frozenset(hedged["passives"]),
        frozenset(conditional["openers"]),
        frozenset(conditional["wondering"]),
        frozenset(denied["verbs"]),
        frozenset(denied["nouns"]),
        _phrase_index(
            (phrase, name) for name in ("hedged", "conditional", "denied") for phrase in t[name]["phrases"]
        ),
    )


def _phrases_in(
    words: Sequence[str], index: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
) -> Iterator[tuple[str, int, int]]:
    """Yield (sign, start, end) of each listed phrase in `words`."""
    for at, word in enumerate(words):
        for phrase, sign in index.get(word, ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                yield sign, at, at + len(phrase)


# ---- kind -------------------------------------------------------------------------------


def signs(clause: Clause, cue: tuple[int, ...] = (), context: SlotContext | None = None) -> tuple[str, ...]:
    """Return the sorted names of the signs that the clause shows: listed words by role, tense, place.

    `cue` holds the token indices of the innermost cue, none for the outlet's own voice;
    `context` tells how old the days are that the clause names.
    """
    tree, root = clause.tree, clause.root
    lists = _kind_signs()
    lower = [tree.lower[t] for t in clause.tokens]
    found = {f"phrase:{sign}" for sign, _, __ in _phrases_in(lower, lists.phrases)}
    for token, word in zip(clause.tokens, lower, strict=True):
        for form in {word, tree.lemma[token]}:
            for sign in lists.words.get(form, ()):
                found.add(f"{_role(tree, token, root)}:{sign}")
    for token in cue:
        found.add("cue")
        found.update(f"cue:{sign}" for sign in lists.words.get(tree.lemma[token], ()))
    found.update(_grammar(clause))
    found.update(_setting(clause))
    if context is not None:
        found.update(_ages(clause, context))
    return tuple(sorted(found))


def _role(tree: Tree, token: int, root: int) -> str:
    if token == root:
        return "root"
    return "aux" if tree.dep[token] == "aux" and tree.head[token] == root else "any"


def _grammar(clause: Clause) -> Iterator[str]:
    tree, root = clause.tree, clause.root
    tag, dep, lemma, kids = tree.tag[root], tree.dep[root], tree.lemma[root], tree.kids[root]
    yield f"tag:{tag}"
    yield f"verb:{lemma}"
    if dep in _CLAUSE_DEPS:
        yield f"dep:{dep}"
    deps = {tree.dep[kid] for kid in kids}
    auxiliaries = {tree.lemma[kid] for kid in kids if tree.dep[kid] in {"aux", "auxpass"}}
    if "auxpass" in deps or "nsubjpass" in deps:
        yield "passive"
    if "neg" in deps:
        yield "negated"
    if "have" in auxiliaries:
        yield "perfect"
        if any(tree.lower[kid] == "had" for kid in kids):
            yield "past-perfect"
    if any(tree.lower[kid] == "to" and tree.dep[kid] == "aux" for kid in kids):
        yield "infinitive"
    if lemma == "be" and "attr" in deps:
        yield "copula"
    if tag in {"VBZ", "VBP"} and not auxiliaries:
        yield "present"
        yield f"present:{dep}"
    subject = tree.child(root, "nsubj", "nsubjpass")
    if subject is None:
        yield "no-subject"
    elif tree.tag[subject] in {"PRP", "EX", "DT", "WDT", "WP"}:
        yield f"subject:{tree.tag[subject]}"
    if not any(tree.tag[t] in _VERBS for t in clause.tokens):
        yield "verbless"


def _setting(clause: Clause) -> Iterator[str]:
    """Yield what the clause's place in the report and its figures and years say."""
    words = clause.tree.words
    share = clause.tokens[0] / max(1, len(words))
    yield f"part:{min(4, int(share * 5))}"
    if clause.sentence[0] == 0:
        yield "first"
    if len(clause.tokens) < 8:
        yield "short"
    elif len(clause.tokens) > 30:
        yield "long"
    for token in clause.tokens:
        word = words[token]
        if len(word) == 4 and word.isdigit() and word[:2] in {"19", "20"}:
            yield "year"
        elif len(word) >= 5 and word.replace(",", "").isdigit():
            yield "large"
        elif word[:1].isdigit():
            yield "figure"
        elif word in {'"', "\u201c", "\u201d", "''", "``"}:
            yield "quoted"


def _ages(clause: Clause, context: SlotContext) -> Iterator[str]:
    """Yield how far from publication the named days lie, and what happened to what is counted."""
    inside = context.dated(clause)
    for one in inside:
        if context.anchor is None:
            break
        first, last = (context.anchor - one.days[0]).days, (context.anchor - one.days[1]).days
        if first - last > 100:
            yield "day:stretch"
        elif last > 40:
            yield "day:old"
        elif last > 9:
            yield "day:past"
        elif last >= 0:
            yield "day:recent"
        else:
            yield "day:ahead"
    if not inside:
        yield "day:none"
    for quantity in clause_quantities(clause, context):
        yield f"counted:{quantity.of or 'bare'}"
        if (quantity.low or quantity.high or 0) >= 2000:
            yield "counted:thousands"


@view
def _weights() -> tuple[tuple[str, ...], dict[str, list[tuple[str, float]]]]:
    """Return the kinds in order, and what each sign weighs for which of them."""
    kinds = table("kind_weights")["weights"]
    by_sign: dict[str, list[tuple[str, float]]] = {}
    for kind, weights in kinds.items():
        for sign, weight in weights.items():
            by_sign.setdefault(sign, []).append((kind, weight))
    return tuple(sorted(kinds)), by_sign


def kind_of(clause: Clause, cue: tuple[int, ...] = (), context: SlotContext | None = None) -> Kind:
    """Return the kind of the clause: the one whose weights over the signs it shows sum highest.

    Nothing is a forecast without a sign of what is to come.
    """
    if not clause.tokens:
        return Kind.EVENT
    shown = ("bias", *signs(clause, cue, context))
    kinds, by_sign = _weights()
    scores = dict.fromkeys(kinds, 0.0)
    for sign in shown:
        for kind, weight in by_sign.get(sign, ()):
            scores[kind] += weight
    if not any(sign in _TO_COME or ":forecast-" in sign for sign in shown):
        scores.pop(Kind.FORECAST.value, None)
    return Kind(max(scores, key=lambda kind: scores[kind]))


# ---- certainty --------------------------------------------------------------------------


def certainty_of(clause: Clause, cue: tuple[int, ...] = ()) -> tuple[Certainty, Spans]:
    """Return how the source commits itself to the clause, and the body spans of its condition, if any.

    A condition outranks a denial, a denial a hedge. `cue` as in `signs`.
    """
    if not clause.tokens:
        return Certainty.ASSERTED, ()
    condition = _condition(clause)
    if condition:
        return Certainty.CONDITIONAL, clause.tree.spans(condition)
    if _denied(clause, cue):
        return Certainty.DENIED, ()
    if _hedged(clause, cue):
        return Certainty.HEDGED, ()
    return Certainty.ASSERTED, ()


def _condition(clause: Clause) -> tuple[int, ...]:
    """Return the tokens of an "if" clause that governs the clause: inside it, or hanging on its head."""
    tree, openers = clause.tree, _hedges().openers
    for token in range(*clause.sentence):
        if tree.lower[token] not in openers or tree.dep[token] not in {"mark", "advmod", "prep", "cc"}:
            continue
        verb = tree.head[token]
        above = tree.head[verb]
        if tree.dep[verb] != "advcl" or above == verb:
            continue
        if above == clause.root or above in clause.tokens or _over(tree, clause.root, above):
            if tree.lower[token] == "if" and tree.lemma[above] in _hedges().wondering:
                continue
            return tuple(tree.subtree(verb))
    return ()


def _over(tree: Tree, root: int, above: int) -> bool:
    return tree.dep[root] in {"conj", "xcomp"} and tree.head[root] == above


def _denied(clause: Clause, cue: tuple[int, ...]) -> bool:
    tree, lists = clause.tree, _hedges()
    if any(tree.lemma[t] in lists.deny_verbs or tree.lemma[t] in lists.deny_nouns for t in cue):
        return True
    if tree.lemma[clause.root] in lists.deny_verbs:
        return True
    lower = [tree.lower[t] for t in clause.tokens]
    if any(sign == "denied" for sign, _, __ in _phrases_in(lower, lists.phrases)):
        return True
    kids = tree.kids[clause.root]
    negated = any(tree.dep[kid] == "neg" or _of_none(tree, kid) for kid in kids)
    open_question = any(tree.lower[kid] in {"clear", "known", "sure", "certain"} for kid in kids)
    return negated and bool(cue) and not open_question


def _of_none(tree: Tree, subject: int) -> bool:
    """Tell whether a subject is none of its kind: "No unit fired", "Nobody fired"."""
    if tree.dep[subject] not in ("nsubj", "nsubjpass"):
        return False
    return {tree.lower[subject], *(tree.lower[k] for k in tree.kids[subject])} & _NONE != set()


def _hedged(clause: Clause, cue: tuple[int, ...]) -> bool:
    tree, lists = clause.tree, _hedges()
    if any(tree.lemma[t] in lists.verbs for t in cue):
        return True
    lower = [tree.lower[t] for t in clause.tokens]
    if any(sign == "hedged" for sign, _, __ in _phrases_in(lower, lists.phrases)):
        return True
    return any(_hedges_word(t, clause) for t in clause.tokens)


def _hedges_word(token: int, clause: Clause) -> bool:
    """Tell whether one word weakens the clause: "reportedly", "alleged", "may", "is believed to"."""
    tree, lists = clause.tree, _hedges()
    word, tag = tree.lower[token], tree.tag[token]
    if word in lists.adverbs:
        return _close(token, clause)
    if word in lists.adjectives and tree.dep[token] in {"amod", "acomp", "attr"}:
        return _close(token, clause) and tree.dep[tree.head[token]] not in {"dobj", "obj"}
    if tag == "MD":
        return word in lists.modals and _close(token, clause)
    if tag == "VBN" and tree.lemma[token] in lists.passives:
        return _to_follows(tree, token)
    return tree.lemma[token] in {"appear", "seem"} and tag.startswith("V") and _close(token, clause)


_NONE = frozenset({"no", "none", "nobody", "neither"})
_FAR = frozenset({"relcl", "acl", "advcl", "pobj", "pcomp", "appos"})


def _close(token: int, clause: Clause) -> bool:
    """Tell whether a word belongs to the clause's own head, not to a clause or phrase within it."""
    tree = clause.tree
    for _ in range(6):
        if token == clause.root:
            return True
        if tree.dep[token] in _FAR or tree.head[token] == token:
            return False
        token = tree.head[token]
    return False


def _to_follows(tree: Tree, token: int) -> bool:
    return tree.child(token, "xcomp", "oprd") is not None
