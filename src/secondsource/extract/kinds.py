"""What sort of proposition a clause is, and how its source commits itself (FactBank, coarse).

Certainty is read by rules. Kind is chosen by a small linear model over named signs that
the clause shows (`signs`); its weights are data (`lexicon/kind_weights.toml`, made by
`training/kinds.py`), so that every choice can be explained by the signs that made it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from secondsource.extract.parse import Clause, spans_of
from secondsource.extract.slots import SlotContext, clause_quantities
from secondsource.lexicon import table, view
from secondsource.model import Certainty, Kind, Spans

_CLAUSE_DEPS = frozenset({"relcl", "acl", "advcl", "ccomp", "conj", "xcomp", "ROOT"})
_KINDS = ("intention", "forecast", "assessment", "background")
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
    doc, root = clause.doc, clause.root
    lists = _kind_signs()
    lower = [doc[t].lower_ for t in clause.tokens]
    found = {f"phrase:{sign}" for sign, _, __ in _phrases_in(lower, lists.phrases)}
    for token, word in zip(clause.tokens, lower, strict=True):
        role = _role(doc[token], root)
        for form in {word, doc[token].lemma_}:
            found.update(f"{role}:{sign}" for sign in lists.words.get(form, ()))
    for token in cue:
        found.add("cue")
        found.update(f"cue:{sign}" for sign in lists.words.get(doc[token].lemma_, ()))
    found.update(_grammar(clause))
    found.update(_setting(clause))
    if context is not None:
        found.update(_ages(clause, context))
    return tuple(sorted(found))


def _role(token: Any, root: int) -> str:
    if token.i == root:
        return "root"
    return "aux" if token.dep_ == "aux" and token.head.i == root else "any"


def _grammar(clause: Clause) -> Iterator[str]:
    doc, root = clause.doc, clause.doc[clause.root]
    yield f"tag:{root.tag_}"
    yield f"verb:{root.lemma_}"
    if root.dep_ in _CLAUSE_DEPS:
        yield f"dep:{root.dep_}"
    deps = {child.dep_ for child in root.children}
    auxiliaries = {child.lemma_ for child in root.children if child.dep_ in {"aux", "auxpass"}}
    if "auxpass" in deps or "nsubjpass" in deps:
        yield "passive"
    if "neg" in deps:
        yield "negated"
    if "have" in auxiliaries:
        yield "perfect"
        if any(child.lower_ == "had" for child in root.children):
            yield "past-perfect"
    if "to" in {child.lower_ for child in root.children if child.dep_ == "aux"}:
        yield "infinitive"
    if root.lemma_ == "be" and "attr" in deps:
        yield "copula"
    if root.tag_ in {"VBZ", "VBP"} and not auxiliaries:
        yield "present"
        yield f"present:{root.dep_}"
    subject = next((child for child in root.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None:
        yield "no-subject"
    elif subject.tag_ in {"PRP", "EX", "DT", "WDT", "WP"}:
        yield f"subject:{subject.tag_}"
    if not any(doc[t].tag_ in {"VBD", "VBN", "VBZ", "VBP", "VB", "VBG"} for t in clause.tokens):
        yield "verbless"


def _setting(clause: Clause) -> Iterator[str]:
    """Yield what the clause's place in the report and its figures and years say."""
    doc = clause.doc
    share = clause.tokens[0] / max(1, len(doc))
    yield f"part:{min(4, int(share * 5))}"
    if clause.sentence[0] == 0:
        yield "first"
    if len(clause.tokens) < 8:
        yield "short"
    elif len(clause.tokens) > 30:
        yield "long"
    for token in clause.tokens:
        word = doc[token].text
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
def _weights() -> dict[str, dict[str, float]]:
    return {kind: dict(weights) for kind, weights in table("kind_weights")["weights"].items()}


def kind_of(clause: Clause, cue: tuple[int, ...] = (), context: SlotContext | None = None) -> Kind:
    """Return the kind of the clause: the one whose weights over the signs it shows sum highest.

    Nothing is a forecast without a sign of what is to come.
    """
    if not clause.tokens:
        return Kind.EVENT
    shown = ("bias", *signs(clause, cue, context))
    scores = {kind: sum(weights.get(sign, 0.0) for sign in shown) for kind, weights in _weights().items()}
    if not any(sign in _TO_COME or ":forecast-" in sign for sign in shown):
        scores.pop(Kind.FORECAST.value, None)
    return Kind(max(sorted(scores), key=lambda kind: scores[kind]))


# ---- certainty --------------------------------------------------------------------------


def certainty_of(clause: Clause, cue: tuple[int, ...] = ()) -> tuple[Certainty, Spans]:
    """Return how the source commits itself to the clause, and the body spans of its condition, if any.

    A condition outranks a denial, a denial a hedge. `cue` as in `signs`.
    """
    if not clause.tokens:
        return Certainty.ASSERTED, ()
    condition = _condition(clause)
    if condition:
        return Certainty.CONDITIONAL, spans_of(clause.doc, condition)
    if _denied(clause, cue):
        return Certainty.DENIED, ()
    if _hedged(clause, cue):
        return Certainty.HEDGED, ()
    return Certainty.ASSERTED, ()


def _condition(clause: Clause) -> tuple[int, ...]:
    """Return the tokens of an "if" clause that governs the clause: inside it, or hanging on its head."""
    doc, openers = clause.doc, _hedges().openers
    for index in range(*clause.sentence):
        token = doc[index]
        if token.lower_ not in openers or token.dep_ not in {"mark", "advmod", "prep", "cc"}:
            continue
        verb = token.head
        if verb.dep_ != "advcl" or verb.head.i == verb.i:
            continue
        above = verb.head.i
        if above == clause.root or above in clause.tokens or _over(doc, clause.root, above):
            if token.lower_ == "if" and verb.head.lemma_ in {
                "ask",
                "wonder",
                "see",
                "know",
                "determine",
                "say",
            }:
                continue
            return tuple(sorted(t.i for t in verb.subtree))
    return ()


def _over(doc: Any, root: int, above: int) -> bool:
    token = doc[root]
    return bool(token.dep_ in {"conj", "xcomp"} and token.head.i == above)


def _denied(clause: Clause, cue: tuple[int, ...]) -> bool:
    doc, lists = clause.doc, _hedges()
    if any(doc[t].lemma_ in lists.deny_verbs or doc[t].lemma_ in lists.deny_nouns for t in cue):
        return True
    if doc[clause.root].lemma_ in lists.deny_verbs:
        return True
    lower = [doc[t].lower_ for t in clause.tokens]
    if any(sign == "denied" for sign, _, __ in _phrases_in(lower, lists.phrases)):
        return True
    negated = any(child.dep_ == "neg" for child in doc[clause.root].children)
    open_question = any(
        child.lower_ in {"clear", "known", "sure", "certain"} for child in doc[clause.root].children
    )
    return negated and bool(cue) and not open_question


def _hedged(clause: Clause, cue: tuple[int, ...]) -> bool:
    doc, lists = clause.doc, _hedges()
    if any(doc[t].lemma_ in lists.verbs for t in cue):
        return True
    lower = [doc[t].lower_ for t in clause.tokens]
    if any(sign == "hedged" for sign, _, __ in _phrases_in(lower, lists.phrases)):
        return True
    return any(_hedges_word(doc[t], clause) for t in clause.tokens)


def _hedges_word(word: Any, clause: Clause) -> bool:
    """Tell whether one word weakens the clause: "reportedly", "alleged", "may", "is believed to"."""
    lists = _hedges()
    if word.lower_ in lists.adverbs:
        return _close(word, clause)
    if word.lower_ in lists.adjectives and word.dep_ in {"amod", "acomp", "attr"}:
        return _close(word, clause) and word.head.dep_ not in {"dobj", "obj"}
    if word.tag_ == "MD":
        return word.lower_ in lists.modals and _close(word, clause)
    if word.tag_ == "VBN" and word.lemma_ in lists.passives:
        return _to_follows(word)
    return word.lemma_ in {"appear", "seem"} and word.tag_.startswith("V") and _close(word, clause)


_FAR = frozenset({"relcl", "acl", "advcl", "pobj", "pcomp", "appos"})


def _close(word: Any, clause: Clause) -> bool:
    """Tell whether a word belongs to the clause's own head, not to a clause or phrase within it."""
    for _ in range(6):
        if word.i == clause.root:
            return True
        if word.dep_ in _FAR or word.head.i == word.i:
            return False
        word = word.head
    return False


def _to_follows(word: Any) -> bool:
    return any(child.dep_ in {"xcomp", "oprd"} for child in word.children)
