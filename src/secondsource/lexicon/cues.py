"""Typed view of `lexicon/cues.toml`: the words that open attributions, by the frame they take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from secondsource.lexicon import table, view


@dataclass(frozen=True, slots=True)
class Cues:
    """Word sets by frame; the maps give the prepositions (or "oprd") that bring the content."""

    speech: frozenset[str]
    belief: frozenset[str]
    evidence: frozenset[str]
    intention: frozenset[str]
    object: frozenset[str]
    final: frozenset[str]
    gerund: frozenset[str]
    answers: frozenset[str]
    empty: frozenset[str]
    questions: frozenset[str]
    prepositions: dict[str, tuple[str, ...]]
    object_and: dict[str, tuple[str, ...]]
    raising: frozenset[str]
    seeming: frozenset[str]
    hearsay: frozenset[str]
    according: frozenset[str]
    nouns: frozenset[str]
    nouns_of: frozenset[str]
    nouns_for: frozenset[str]
    adjectives: frozenset[str]
    headline: frozenset[str]
    headline_labels: frozenset[str]
    headline_marks: frozenset[str]
    headline_words: int
    told: frozenset[str]
    citing: frozenset[str]
    costs: dict[str, tuple[str, ...]]
    verbs: frozenset[str]


def _words(entry: Any) -> frozenset[str]:
    return frozenset(entry)


@view
def cues() -> Cues:
    """Return the cue lists, read once.

    Raises:
        LexiconError: the table is missing or is not TOML.
    """
    data = table("cues")
    verbs = data["verbs"]
    prepositions = {verb: tuple(preps) for verb, preps in verbs["prepositions"].items()}
    object_and = {verb: tuple(preps) for verb, preps in verbs["object_and"].items()}
    names = ("speech", "belief", "evidence", "intention", "object", "final", "gerund", "answers", "empty")
    plain = {name: _words(verbs[name]) for name in names}
    raising = _words(data["passive"]["raising"])
    seeming = _words(data["passive"]["seeming"])
    cueing = (held for name, held in plain.items() if name != "empty")
    every = frozenset().union(*cueing, prepositions, object_and, raising, seeming)
    return Cues(
        **plain,
        prepositions=prepositions,
        object_and=object_and,
        questions=_words(data["clauses"]["questions"]),
        raising=raising,
        seeming=seeming,
        hearsay=_words(data["adverbs"]["hearsay"]),
        according=_words(data["according"]["heads"]),
        nouns=_words(data["nouns"]["content"]),
        nouns_of=_words(data["nouns"]["of"]),
        nouns_for=_words(data["nouns"]["for"]),
        adjectives=_words(data["adjectives"]["content"]),
        headline=_words(data["headline"]["sources"]),
        headline_labels=_words(data["headline"]["labels"]),
        headline_marks=_words(data["headline"]["marks"]),
        headline_words=int(data["headline"]["words"]),
        told=_words(data["media"]["told"]),
        citing=_words(data["media"]["citing"]),
        costs={verb: tuple(nouns) for verb, nouns in verbs["costs"].items()},
        verbs=every,
    )
