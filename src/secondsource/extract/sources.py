"""What kind of source a phrase names, told by its nouns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from secondsource.extract.parse import Tree
from secondsource.lexicon import actors
from secondsource.lexicon.outlets import find as find_outlet
from secondsource.lexicon.sources import SourceWords, source_words, states
from secondsource.model import SourceKind

_RELATIVE = frozenset({"WP", "WDT", "WP$", "WRB"})
_NAME = frozenset({"NNP", "NNPS"})
_BINDING = frozenset(
    {"-", "al", "el", "bin", "ben", "abu", "ibn", "de", "da", "di", "van", "von", "bint", "ould"}
)
_PLACED = frozenset({"in", "at", "from", "near", "on", "inside", "for", "with"})
_LIVING = frozenset({"living", "lives", "lived", "sheltering", "trapped"})
_LONG = 7  # tokens: no outlet's name is longer


@dataclass(frozen=True, slots=True)
class Phrase:
    """A source phrase: its tokens, head token, name as resolved, kind, and whether it names a person.

    `words` are all words by which it was brought in, those in commas behind a name too.
    """

    tokens: tuple[int, ...]
    head: int
    name: str
    kind: SourceKind
    person: bool = False
    words: frozenset[str] = frozenset()


def head_of(tree: Tree, tokens: Sequence[int]) -> int:
    """Return the token of a phrase that governs the others."""
    inside = set(tokens)
    for token in tokens:
        if tree.head[token] not in inside or tree.head[token] == token:
            bound = token + 2 in inside and tree.words[token + 1] == "-" and _glued(tree, token)
            return token + 2 if bound and tree.tag[token + 2][:2] == "NN" else token
    return tokens[0]


def core(tree: Tree, tokens: Sequence[int], head: int) -> list[int]:
    """Return a phrase up to its first relative clause, comma, bracket or description after the head."""
    kept: list[int] = []
    for token in tokens:
        dash = tree.words[token] in ("-", "\u2013", "\u2014") and not _glued(tree, token)
        ends = dash or tree.words[token] in (",", "(", "[") or tree.tag[token] in _RELATIVE
        if kept and token > head and (ends or _describes(tree, token, kept[-1])):
            break
        kept.append(token)
    return kept


def _describes(tree: Tree, token: int, before: int) -> bool:
    """Tell whether a description of a name begins whose comma is lost: "Torn | a member of", "| based in"."""
    if tree.tag[before] not in _NAME:
        return False
    based = tree.lower[token] == "based" and tree.tag[token] in ("VBN", "VBD")
    return based or (tree.tag[token] == "DT" and tree.words[token].islower())


def _glued(tree: Tree, token: int) -> bool:
    return token + 1 < len(tree.words) and tree.end[token] == tree.start[token + 1]


def kind_of(tree: Tree, tokens: Sequence[int], *, anonymous: bool = False) -> SourceKind:
    """Return the kind of the source that `tokens` name.

    `anonymous` tells that the text says the source does not want to be named.
    """
    words = source_words()
    head = head_of(tree, tokens)
    inner = core(tree, tokens, head)
    tail = _first_preposition(tree, inner, head)
    front = [t for t in inner if t < tail]
    nouns = [_noun(tree, t) for t in front if tree.tag[t][:2] in ("NN", "JJ", "VB")]
    behind = [_noun(tree, t) for t in inner if t >= tail and tree.tag[t][:2] == "NN"]
    noun = _noun(tree, head)
    person = personal_name(tree, tokens)
    if noun in words.anonymous:
        return _source_of(nouns + behind, words, anonymous)
    reported = noun in words.reports and any(n in words.media or find_outlet(n) is not None for n in nouns)
    if reported or noun in words.media or any(n in words.media for n in nouns[-2:]) or is_outlet(tree, front):
        return SourceKind.MEDIA
    human = bool(person) or any(_noun(tree, t) in words.person for t in tokens)
    if human and any(tree.lower[t] in _LIVING for t in tokens):
        return SourceKind.EYEWITNESS
    if person:
        others = (t for t in tokens if t not in person and tree.tag[t][:2] == "NN")
        witness = any(_noun(tree, t) in words.eyewitness for t in others)
        return SourceKind.EYEWITNESS if witness else _named(tree, tokens, words, person)
    if anonymous and noun not in words.eyewitness:
        return SourceKind.UNNAMED
    if any(_named_here(tree, t) for t in inner):
        known = _of_actor(tree.text(inner), words)
        if known is not None:
            return known
    return _by_noun(noun, nouns, behind, words) or _by_name(tree, front, nouns, words)


def _by_noun(noun: str, nouns: Sequence[str], behind: Sequence[str], words: SourceWords) -> SourceKind | None:
    """Return the kind that the head noun of an unnamed phrase tells, None when it tells nothing."""
    if noun in words.ranks:
        return SourceKind.OFFICIAL
    private = words.organisation - words.public
    if noun in words.office and any(n in private for n in (*nouns[:-1], *behind)):
        return SourceKind.UNNAMED
    for kind, held in (
        (SourceKind.EYEWITNESS, words.eyewitness),
        (SourceKind.DOCUMENT, words.document),
        (SourceKind.OFFICIAL, words.official),
        (SourceKind.UNNAMED, words.person),
    ):
        if noun in held:
            return kind
    if noun in words.organisation:
        return SourceKind.OFFICIAL if any(n in words.bodies for n in nouns) else SourceKind.ORGANISATION
    return None


def _by_name(tree: Tree, front: Sequence[int], nouns: Sequence[str], words: SourceWords) -> SourceKind:
    """Return the kind of a proper name without a telling noun at its end."""
    names = [t for t in front if _named_here(tree, t)]
    if not names:
        return SourceKind.UNNAMED
    text = tree.text(t for t in front if tree.tag[t] != "DT").lower()
    if text in states() or any(n in words.official for n in nouns):
        return SourceKind.OFFICIAL
    return SourceKind.ORGANISATION


def _named_here(tree: Tree, token: int) -> bool:
    """Tell whether a word is a proper name, or an abbreviation in capitals that the tagger took for none."""
    word = tree.words[token]
    return tree.tag[token] in _NAME or (len(word) > 1 and word.isalpha() and word.isupper())


def _of_actor(text: str, words: SourceWords) -> SourceKind | None:
    """Return the kind of a source whose whole name the table of actors knows under one kind."""
    bare = text.removeprefix("the ").removeprefix("The ")
    found = [names for span, names in actors.find_names(bare) if span == (0, len(bare))]
    ids = [name.actor for names in found for name in names]
    kinds = {words.actors.get(actors.actors().actors[one].kind) for one in ids if ":" not in one}
    kind = kinds.pop() if len(kinds) == 1 else None
    return SourceKind(kind) if kind else None


def _named(tree: Tree, tokens: Sequence[int], words: SourceWords, person: Sequence[int]) -> SourceKind:
    """Return official for a person with an office of state, else named person."""
    nouns = [_noun(tree, t) for t in tokens if tree.tag[t][:2] in ("NN", "JJ")]
    if any(noun in words.ranks for noun in nouns):
        return SourceKind.OFFICIAL
    if not any(noun in words.office for noun in nouns):
        return SourceKind.NAMED_PERSON
    if any(noun in words.bodies for noun in nouns):
        return SourceKind.OFFICIAL
    others = [t for t in tokens if tree.tag[t] in _NAME and t not in person]
    private = [t for t in others if _noun(tree, t) not in words.office and tree.lower[t] not in states()]
    return (
        SourceKind.NAMED_PERSON
        if private or any(n in words.organisation for n in nouns)
        else SourceKind.OFFICIAL
    )


def _source_of(nouns: Sequence[str], words: SourceWords, anonymous: bool) -> SourceKind:
    """Return official for "a source at" a public body that the text names, else unnamed."""
    if anonymous:
        return SourceKind.UNNAMED
    return SourceKind.OFFICIAL if any(n in words.bodies for n in nouns) else SourceKind.UNNAMED


def _first_preposition(tree: Tree, inner: Sequence[int], head: int) -> int:
    """Return where the phrases behind the head begin: "activists | in the city"."""
    for token in inner:
        if token > head and (tree.tag[token] in ("IN", "TO") or tree.tag[token][:2] == "VB"):
            return token
    return inner[-1] + 1 if inner else 0


def _noun(tree: Tree, token: int) -> str:
    return singular(tree.lower[token])


def mute(tree: Tree, head: int) -> bool:
    """Tell whether a common noun names what cannot say anything: "the attack", "last week"."""
    return tree.tag[head] in ("NN", "NNS") and singular(tree.lower[head]) in source_words().mute


def bearer(tree: Tree, noun: int) -> int:
    """Return whom "who" stands for that the parse hangs on `noun`: "the mother in the capital who ..."."""
    at = noun
    for _ in range(3):
        if _human(tree, at):
            return at
        above = tree.head[at]
        if tree.dep[at] != "pobj" or tree.dep[above] != "prep" or tree.tag[tree.head[above]][:2] != "NN":
            return noun
        at = tree.head[above]
    return at if _human(tree, at) else noun


def _human(tree: Tree, noun: int) -> bool:
    return _noun(tree, noun) in source_words().human or (
        tree.tag[noun] == "NNP" and bool(personal_name(tree, range(tree.left[noun], noun + 1)))
    )


def singular(word: str) -> str:
    """Return a plural noun without its ending, by spelling alone."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    plural = word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is", "ics", "as"))
    return word[:-1] if plural else word


def is_outlet(tree: Tree, tokens: Sequence[int]) -> bool:
    """Tell whether the phrase is, or ends in, the name of an outlet that the table knows."""
    kept = [t for t in tokens if tree.tag[t] not in ("DT", "POS")]
    if not kept or tree.tag[kept[-1]] not in (*_NAME, "NN", "NNS"):
        return False
    for first in range(max(0, len(kept) - _LONG), len(kept)):
        if _named_here(tree, kept[first]) and find_outlet(tree.text(kept[first:])) is not None:
            return True
    return False


def personal_name(tree: Tree, tokens: Sequence[int]) -> tuple[int, ...]:
    """Return the tokens of the personal name in a source phrase; empty when it names no person.

    A run of two or more capitalised names at, beside or in apposition to the head, not
    ending in a body's noun and without "the"; one name is enough after a person's noun.
    """
    if not any(tree.tag[t] in _NAME for t in tokens):
        return ()
    words = source_words()
    head = head_of(tree, tokens)
    inner = set(tokens)
    heads = [head, *(k for k in tree.kids[head] if tree.dep[k] == "appos" and k in inner)]
    role = singular(tree.lower[head]) in words.roles
    if role:
        whole = core(tree, tokens, head)
        ends = (
            [tokens[0]]
            if any(tree.lower[t] in _PLACED and tree.head[t] == head for t in whole)
            else [tokens[0], whole[-1]]
        )
        heads += [t for t in ends if t != head]
    last = core(tree, tokens, head)[-1]
    run = _run(tree, last, inner)
    if run and run[0] - 1 in inner and singular(tree.lower[run[0] - 1]) in words.roles:
        heads.append(last)  # "Seamen's Union chief Ada Torn": the parse may take the union for the head
    bodies = words.nameless
    for anchor in heads:
        run = _run(tree, anchor, inner)
        plain = [t for t in run if tree.tag[t] in _NAME and singular(tree.lower[t]) not in bodies]
        if role and anchor != head:
            plain = _after_body(tree, run, plain, bodies)
        titles = [t for t in run if singular(tree.lower[t]) in words.roles]
        title = bool(titles) or (
            bool(run) and run[0] - 1 in inner and singular(tree.lower[run[0] - 1]) in words.roles
        )
        if not plain or (tree.tag[run[-1]] == "NNPS" and not title):
            continue
        if singular(tree.lower[run[-1]]) in bodies - words.person or tree.text(run).lower() in states():
            continue
        if any(tree.words[t].isupper() and len(tree.words[t]) > 2 for t in plain) and not title:
            continue
        owned = run[0] != plain[0] and len(plain) >= 2 and plain[0] > run[0]  # "the Observatory's Vela Torn"
        article = not owned and run[0] - 1 in inner and tree.tag[run[0] - 1] == "DT" and not title
        if (
            not article
            and (len(plain) >= 2 or title)
            and not any(singular(tree.lower[t]) in words.names for t in plain)
        ):
            return tuple(plain)
    return ()


def _after_body(tree: Tree, run: Sequence[int], plain: Sequence[int], bodies: frozenset[str]) -> list[int]:
    """Return the names behind the last body's noun of a run: "Coalition | Vela Torn"; two at least."""
    last = max((t for t in run if singular(tree.lower[t]) in bodies), default=-1)
    names = [t for t in plain if t > last]
    return names if len(names) >= 2 else []


def _run(tree: Tree, anchor: int, inside: set[int]) -> list[int]:
    """Return the run of capitalised names around a token."""
    if tree.tag[anchor] not in _NAME:
        return []
    low = high = anchor
    while low - 1 in inside and (tree.tag[low - 1] in _NAME or tree.lower[low - 1] in _BINDING):
        low -= 1
    while high + 1 in inside and (
        tree.tag[high + 1] in _NAME or (tree.lower[high + 1] in _BINDING and high + 2 in inside)
    ):
        high += 1
    run = list(range(low, high + 1))
    return [t for t in run if tree.words[t] != "-" or t not in (low, high)]
