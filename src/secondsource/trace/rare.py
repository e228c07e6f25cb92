"""Rare errors that reports share: weak evidence that one knew the other, listed and never counted.

Who copies a mistake copied (the reasoning of textual criticism, Maas 1927): an odd spelling of
a name that others spell another way, a figure for a thing for which others give another one, a
phrase that no other report has. Shared truth proves nothing, and so no usual form is listed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from rapidfuzz import fuzz

from secondsource.model import Report
from secondsource.text import Token, overlaps, quotations, tokens
from secondsource.trace.names import word_list

SPELLING, FIGURE, PHRASE = "spelling", "figure", "phrase"
_ALIKE = 80.0  # percent likeness of two spellings of one name
_LONG = 5  # letters of a name whose spelling tells anything
_USUAL = 2  # other reports that must have the usual form
_MOST = 3  # reports that may share what is rare
_PHRASE = 6  # words of an unusual phrase
_TELLING = 3  # long words that it must hold: what is in any writer's mouth holds fewer
_FIGURE = re.compile(r"\d[\d,.]*")

Held = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Rarity:
    """What a few reports of an event share and others tell otherwise: kind, words, usual words, reports."""

    kind: str
    words: str
    usual: str
    reports: tuple[str, ...]


def rarities(
    reports: Sequence[Report], copies: Collection[frozenset[str]] = frozenset()
) -> tuple[Rarity, ...]:
    """Return the rare forms that two or three of the reports of one event share, by kind and words.

    `usual` is the form that at least two others have, "" for a phrase. Quoted words are left
    out: who quotes the same speech shares it. So is what only reports share that are known to
    copy one another: `copies` are pairs of ids. The order of reports changes nothing.
    """
    told = {report.id: _own_words(report) for report in sorted(reports, key=lambda r: r.id)}
    found = [*_spellings(told), *_figures(told), *_phrases(told)]
    new = (r for r in found if not all(frozenset(pair) in copies for pair in combinations(r.reports, 2)))
    return tuple(sorted(new, key=lambda rarity: (rarity.kind, rarity.words, rarity.reports)))


@dataclass(frozen=True, slots=True)
class _Told:
    body: str
    runs: tuple[tuple[Token, ...], ...]


def _own_words(report: Report) -> _Told:
    """Return the words outside quotations, in runs."""
    quoted = quotations(report.body)
    runs: list[list[Token]] = [[]]
    for token in tokens(report.body):
        if any(overlaps((token.start, token.end), span) for span in quoted):
            runs.append([])
        else:
            runs[-1].append(token)
    return _Told(report.body, tuple(tuple(run) for run in runs if run))


def _spellings(told: Mapping[str, _Told]) -> Iterator[Rarity]:
    """Yield odd spellings of names: the usual one is alike, and the reports that have one lack the other."""
    held = _holders({report: _names(one) for report, one in told.items()})
    for name in sorted(held):
        if not 2 <= len(held[name]) <= _MOST:
            continue
        others = [
            other
            for other in held
            if other != name
            and other[0] == name[0]
            and other.removesuffix("s") != name.removesuffix("s")
            and len(held[other] - held[name]) >= max(_USUAL, len(held[name]) + 1)
            and not held[other] & held[name]
            and fuzz.ratio(name, other) >= _ALIKE
        ]
        if others:
            usual = min(others, key=lambda other: (-len(held[other]), other))
            yield Rarity(SPELLING, name, usual, tuple(sorted(held[name])))


def _names(told: _Told) -> set[str]:
    return {
        token.word.removesuffix("'s")
        for run in told.runs
        for token in run
        if len(token.word) >= _LONG and told.body[token.start].isupper()
    }


def _figures(told: Mapping[str, _Told]) -> Iterator[Rarity]:
    """Yield figures for a thing for which more reports give one other figure."""
    things: dict[str, dict[str, set[str]]] = {}
    for report, one in told.items():
        for figure, thing in _counts(one):
            things.setdefault(thing, {}).setdefault(figure, set()).add(report)
    for thing, figures in sorted(things.items()):
        usual = max(figures, key=lambda figure: (len(figures[figure]), figure))
        for figure, reports in sorted(figures.items()):
            others = figures[usual] - reports
            if 2 <= len(reports) <= _MOST and len(others) >= max(_USUAL, len(reports) + 1):
                yield Rarity(FIGURE, f"{figure} {thing}", f"{usual} {thing}", tuple(sorted(reports)))


def _counts(told: _Told) -> Iterator[tuple[str, str]]:
    """Yield figures with the word that they count."""
    small = word_list("small")
    for run in told.runs:
        for one, counted in pairwise(run):
            if _FIGURE.fullmatch(one.word) and counted.word.isalpha() and counted.word not in small:
                yield one.word.replace(",", ""), counted.word


def _phrases(told: Mapping[str, _Told]) -> Iterator[Rarity]:
    """Yield the longest runs of words that two or three reports have and no other."""
    grams: dict[str, set[tuple[str, ...]]] = {report: set(_grams(one)) for report, one in told.items()}
    counts = Counter(gram for held in grams.values() for gram in held)
    shared: dict[tuple[str, ...], set[str]] = {}
    for report, one in told.items():
        for run in one.runs:
            words = [token.word for token in run]
            for phrase in _longest(words, counts):
                shared.setdefault(phrase, set()).add(report)
    for phrase, reports in sorted(shared.items()):
        if len(reports) >= 2 and sum(len(word) >= _LONG for word in phrase) >= _TELLING:
            yield Rarity(PHRASE, " ".join(phrase), "", tuple(sorted(reports)))


def _grams(told: _Told) -> Iterator[tuple[str, ...]]:
    for run in told.runs:
        words = [token.word for token in run]
        yield from (tuple(words[i : i + _PHRASE]) for i in range(len(words) - _PHRASE + 1))


def _longest(words: Sequence[str], counts: Counter[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield the maximal runs all of whose 6-grams two or three reports hold."""
    start = None
    for i in range(len(words) - _PHRASE + 2):
        gram = tuple(words[i : i + _PHRASE])
        rare = len(gram) == _PHRASE and 2 <= counts[gram] <= _MOST
        if rare and start is None:
            start = i
        elif not rare and start is not None:
            yield tuple(words[start : i + _PHRASE - 1])
            start = None


def _holders(names: Mapping[str, set[str]]) -> Held:
    held: dict[str, set[str]] = {}
    for report, found in names.items():
        for name in found:
            held.setdefault(name, set()).add(report)
    return {name: frozenset(reports) for name, reports in held.items()}
