"""What kind of source a phrase names, told by its nouns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from secondsource.extract.parse import Tree
from secondsource.lexicon.outlets import find as find_outlet
from secondsource.lexicon.sources import source_words
from secondsource.model import SourceKind

_PLURAL = frozenset({"NNS", "NNPS"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A source phrase: its tokens, head token, name as resolved, and kind."""

    tokens: tuple[int, ...]
    head: int
    name: str
    kind: SourceKind


def head_of(tree: Tree, tokens: Sequence[int]) -> int:
    """Return the token of a phrase that governs the others."""
    inside = set(tokens)
    for token in tokens:
        if tree.head[token] not in inside or tree.head[token] == token:
            return token
    return tokens[0]


def core(tree: Tree, tokens: Sequence[int], head: int) -> list[int]:
    """Return a phrase up to its first relative clause, comma or bracket after the head."""
    kept: list[int] = []
    for token in tokens:
        if token > head and (
            tree.words[token] in (",", "(", "[", "-", "\u2013", "\u2014") or tree.tag[token] in _RELATIVE
        ):
            if not (
                tree.words[token] == "-"
                and tree.end[token] == tree.start[min(token + 1, len(tree.words) - 1)]
            ):
                break
        kept.append(token)
    return kept


_RELATIVE = frozenset({"WP", "WDT", "WP$", "WRB"})


def kind_of(tree: Tree, tokens: Sequence[int], *, anonymous: bool = False) -> SourceKind:
    """Return the kind of the source that `tokens` name.

    `anonymous` tells that the text says the source does not want to be named.
    """
    words = source_words()
    head = head_of(tree, tokens)
    inner = core(tree, tokens, head)
    noun = tree.lemma[head] if tree.tag[head] not in ("NNP", "NNPS") else _singular(tree.lower[head])
    name = [t for t in inner if tree.tag[t] in ("NNP", "NNPS")]
    lemmas = [_singular(tree.lower[t]) for t in inner if tree.tag[t][:2] in ("NN", "JJ")]
    if noun in words.anonymous:
        return _anonymous(lemmas[:-1] or lemmas, anonymous)
    if noun in words.media or _outlet(tree, inner):
        return SourceKind.MEDIA
    if noun in words.eyewitness and not _personal(tree, inner):
        return SourceKind.EYEWITNESS
    if noun in words.document:
        return SourceKind.DOCUMENT
    person = _personal(tree, inner)
    if person:
        titled = any(w in words.office for w in lemmas) or any(
            _singular(tree.lower[t]) in words.office for t in tokens if tree.tag[t][:2] == "NN"
        )
        return SourceKind.OFFICIAL if titled else SourceKind.NAMED_PERSON
    if anonymous:
        return SourceKind.UNNAMED
    if noun in words.official or any(w in words.official for w in lemmas if w not in words.person):
        if noun in words.organisation and noun not in words.official:
            return SourceKind.ORGANISATION
        return (
            SourceKind.UNNAMED if noun in words.person and noun not in words.office else SourceKind.OFFICIAL
        )
    if noun in words.organisation or any(w in words.organisation for w in lemmas):
        return SourceKind.UNNAMED if noun in words.person else SourceKind.ORGANISATION
    if name:
        if tree.words[head].isupper() and len(tree.words[head]) > 1:
            return SourceKind.ORGANISATION
        return SourceKind.NAMED_PERSON if len(name) > 1 else SourceKind.ORGANISATION
    return SourceKind.UNNAMED


def _anonymous(lemmas: Sequence[str], unnamed: bool) -> SourceKind:
    """Return official for a source inside a public body that the text names, else unnamed."""
    words = source_words()
    bodies = {
        "command",
        "ministry",
        "directorate",
        "governorate",
        "police",
        "department",
        "government",
        "pentagon",
    }
    inside = any(w in bodies and w in words.official for w in lemmas)
    return SourceKind.OFFICIAL if inside and not unnamed else SourceKind.UNNAMED


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return (
        word[:-1]
        if word.endswith("s") and not word.endswith(("ss", "us", "is", "ics")) and len(word) > 3
        else word
    )


def _outlet(tree: Tree, tokens: Sequence[int]) -> bool:
    """Tell whether the phrase, or its proper name, is an outlet that the table knows."""
    kept = [t for t in tokens if tree.tag[t] != "DT"]
    return bool(kept) and find_outlet(tree.text(kept)) is not None


def _personal(tree: Tree, tokens: Sequence[int]) -> bool:
    """Tell whether the phrase holds the name of a person: two or more names and no body's noun at the end."""
    words = source_words()
    run: list[int] = []
    best: list[int] = []
    for token in tokens:
        if (
            tree.tag[token] in ("NNP", "NNPS")
            or tree.words[token] in ("-",)
            or tree.lower[token] in ("al", "el", "bin", "ben", "abu", "de", "van", "von")
        ):
            run.append(token)
        else:
            run = []
        if len(run) >= len(best):
            best = list(run)
    names = [t for t in best if tree.words[t][:1].isupper()]
    if len(names) < 2:
        return False
    last = _singular(tree.lower[names[-1]])
    bodies = words.organisation | words.official | words.media | words.document
    if last in bodies or any(tree.words[t].isupper() and len(tree.words[t]) > 2 for t in names[-2:]):
        return False
    plain = [t for t in names if _singular(tree.lower[t]) not in bodies | words.person]
    return len(plain) >= 2 and tree.tag[names[-1]] == "NNP"
