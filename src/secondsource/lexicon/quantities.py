"""The typed view of `quantities.toml`: number words, interval words, happenings."""

from __future__ import annotations

from dataclasses import dataclass

from secondsource.lexicon import table, view

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counting:
    """Every word list that reading quantities needs; phrases are tuples of lower-case words.

    `verbs`, `dies`, `nouns`, `states`, `toll` and `remains` map a word to what happened;
    `particle_verbs` map (base form, particle) to it.
    """

    words: dict[str, int]
    scales: dict[str, int]
    vague: dict[Phrase, tuple[float, float | None]]
    before: dict[Phrase, str]
    after: dict[Phrase, str]
    slack: dict[str, float]
    skip: dict[str, frozenset[str]]
    measures: dict[str, str]
    persons: frozenset[str]
    anyone: frozenset[str]
    default_person: str
    toll_nouns: frozenset[str]
    toll_verbs: frozenset[str]
    takers: frozenset[str]
    including: frozenset[str]
    verbs: dict[str, str]
    particle_verbs: dict[Phrase, str]
    dies: dict[str, str]
    nouns: dict[str, str]
    states: dict[str, str]
    toll: dict[str, str]
    remains: dict[str, str]
    follow: dict[str, frozenset[str]]


def _phrases(groups: dict[str, list[str]]) -> dict[Phrase, str]:
    return {tuple(phrase.split()): kind for kind, phrases in groups.items() for phrase in phrases}


def _by_word(field: str, of: dict[str, dict[str, list[str]]]) -> dict[str, str]:
    return {word: key for key, lists in of.items() for word in lists.get(field, ()) if " " not in word}


@view
def counting() -> Counting:
    """Return the word lists for quantities, made once."""
    t = table("quantities")
    of = t["of"]
    return Counting(
        words=t["words"],
        scales=t["scales"],
        vague={tuple(k.split()): (v[0], v[1] if len(v) > 1 else None) for k, v in t["vague"].items()},
        before=_phrases(t["before"]),
        after=_phrases(t["after"]),
        slack=t["slack"],
        skip={name: frozenset(words) for name, words in t["skip"].items()},
        measures={word: unit for unit, words in t["measures"].items() for word in words},
        persons=frozenset(t["persons"]["nouns"]),
        anyone=frozenset(t["persons"]["plural-of-person"]),
        default_person=t["persons"]["default"],
        toll_nouns=frozenset(t["toll"]["nouns"]),
        toll_verbs=frozenset(t["toll"]["verbs"]),
        takers=frozenset(t["toll"]["takers"]),
        including=frozenset(t["joined"]["including"]),
        verbs=_by_word("verbs", of),
        particle_verbs={
            tuple(verb.split()): key for key, lists in of.items() for verb in lists["verbs"] if " " in verb
        },
        dies=_by_word("dies", of),
        nouns=_by_word("nouns", of),
        states=_by_word("states", of),
        toll=_by_word("toll", of),
        remains=_by_word("remains", of),
        follow={name: frozenset(words) for name, words in t["follow"].items()},
    )
