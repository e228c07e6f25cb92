"""A claim laid beside a passage, word by word: what is told, what is missing, what stands in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from secondsource.lexicon import remembered
from secondsource.match.told import Passage, Statistics
from secondsource.match.vectors import nearest
from secondsource.match.who import Named, within
from secondsource.match.words import Exclusion, Word, relations, terms
from secondsource.model import Span

_EXACT, _NAMED, _AKIN, _CONCEPT = 1.0, 0.95, 0.9, 0.8


@dataclass(frozen=True, slots=True)
class Point:
    """A content word of the claim with its weight and how well each ring of the report tells it."""

    word: Word
    weight: float
    here: float  # in the passage, in [0, 1]
    near: float  # in the passage, its neighbours or the headline
    anywhere: float
    at: int = -1  # index of the matched word of the passage, -1 if none
    soft: float = 0.0  # nearest meaning in the passage, [-1, 1], 1 if told here


@dataclass(frozen=True, slots=True)
class Rings:
    """The terms around a passage: itself, with neighbours and headline, the whole report."""

    here: frozenset[str]
    near: frozenset[str]
    anywhere: frozenset[str]


@dataclass(frozen=True, slots=True)
class Alignment:
    """A claim's content words against a passage, and the passage's words that nothing claims."""

    points: tuple[Point, ...]
    words: tuple[Word, ...]
    unclaimed: tuple[Word, ...]
    swaps: tuple[tuple[Word, Word], ...] = ()  # claimed word, the one that stands in its place

    def share(self, ring: str, kinds: tuple[str, ...] = ("word", "name")) -> float:
        """Return the weighted share of the claim's words of `kinds` told in `ring`, in [0, 1]; 1 if none."""
        total = sum(p.weight for p in self.points if p.word.kind in kinds)
        told = sum(p.weight * getattr(p, ring) for p in self.points if p.word.kind in kinds)
        return told / total if total else 1.0

    def missing(self, ring: str, kinds: tuple[str, ...] = ("word", "name")) -> float:
        """Return the weight of the heaviest word of `kinds` that `ring` does not tell."""
        return max(
            (p.weight for p in self.points if p.word.kind in kinds and not getattr(p, ring)), default=0.0
        )


def grades(word: Word) -> Iterator[tuple[str, float]]:
    """Yield the terms that can hold `word`, best first, each with how well it does."""
    yield word.stem, _EXACT
    if word.name:
        yield "@" + word.name, _NAMED
    for concept in word.concepts:
        yield "#" + concept, _CONCEPT


def quality(word: Word, told: frozenset[str]) -> float:
    """Return how well `told` terms hold `word`: as written, by spelling, by concept, or 0."""
    if word.stem in told:
        return _EXACT
    if word.name and "@" + word.name in told:
        return _NAMED
    if any("#" + c in told for c in word.concepts):
        return _CONCEPT
    return 0.0


def align(claim: Sequence[Word], passage: Passage, rings: Rings, statistics: Statistics) -> Alignment:
    """Lay the claim's content words beside a passage.

    Args:
        claim: content words of the claim (`content`).
        passage: what it is laid beside.
        rings: the terms of the passage and what is around it.
        statistics: how rare words are.
    """
    held = terms(claim)
    spare = [n for n, w in enumerate(passage.content) if not quality(w, held)]
    unclaimed = tuple(passage.content[n] for n in spare)
    told = [w for w in passage.words if w.kind in ("word", "name")]
    told_here = [quality(word, rings.here) for word in claim]
    missing = [word.form for word, here in zip(claim, told_here, strict=True) if not here]
    soft = iter(nearest(missing, passage.meanings[spare]) if missing else ())
    points = []
    for word, here in zip(claim, told_here, strict=True):
        near = max(here, quality(word, rings.near))
        far = max(near, quality(word, rings.anywhere))
        at = _place(word, told) if here else -1
        points.append(Point(word, statistics.weight(word), here, near, far, at, 1.0 if here else next(soft)))
    return Alignment(tuple(points), passage.words, unclaimed, _swaps(points, told, held))


def _swaps(
    points: Sequence[Point], told: Sequence[Word], held: frozenset[str]
) -> tuple[tuple[Word, Word], ...]:
    """Return claim words that are not told, each with the unclaimed word beside the same neighbour."""
    found = []
    for i, point in enumerate(points):
        if point.here:
            continue
        for step in (1, -1):
            j = i + step
            if not 0 <= j < len(points) or points[j].at < 0:
                continue
            k = points[j].at - step
            if 0 <= k < len(told) and told[k].kind == point.word.kind and not quality(told[k], held):
                found.append((point.word, told[k]))
                break
    return tuple(found)


def _place(word: Word, told: Sequence[Word]) -> int:
    """Return the index of the word of `told` that holds `word` best, the first of equals."""
    best, where = 0.0, -1
    for i, other in enumerate(told):
        if other.stem == word.stem:
            return i
        named = word.name and word.name == other.name
        found = _NAMED if named else _CONCEPT if set(word.concepts) & set(other.concepts) else 0.0
        if found > best:
            best, where = found, i
    return where


def credited(
    alignment: Alignment, met: tuple[Sequence[Named], Sequence[Named]], known: Sequence[Span]
) -> Alignment:
    """Return `alignment` with the words of actors and places told under other names counted as told.

    `met` are the claim's names told in the passage and around it; `known` are the body
    spans of the passage's names that the claim names too.
    """
    here, near = met
    points = []
    for p in alignment.points:
        word = p.word.start, p.word.end
        if not p.here and within(word, here):
            points.append(replace(p, here=_AKIN, near=_AKIN, anywhere=_AKIN, soft=1.0))
        elif not p.near and within(word, near):
            points.append(replace(p, near=_AKIN, anywhere=_AKIN))
        else:
            points.append(p)
    told = {p.word for p in points if p.here}
    unclaimed = tuple(
        w for w in alignment.unclaimed if not any(s <= w.start and w.end <= e for s, e in known)
    )
    swaps = tuple((a, b) for a, b in alignment.swaps if a not in told and b in unclaimed)
    return Alignment(tuple(points), alignment.words, unclaimed, swaps)


def in_order(alignment: Alignment) -> float:
    """Return the share of aligned word pairs in the claim's order, in [0, 1]; 0.5 if fewer than two."""
    places = [p.at for p in alignment.points if p.at >= 0]
    pairs = [(a, b) for i, a in enumerate(places) for b in places[i + 1 :] if a != b]
    return sum(a < b for a, b in pairs) / len(pairs) if pairs else 0.5


def exclusions(a: frozenset[str], b: frozenset[str]) -> tuple[tuple[str, str, str], ...]:
    """Return (slot, claimed word, told word) of each exclusion row that two texts stand apart on.

    `a` are the stems of the claim's words, `b` those of the passage's.
    """
    found = []
    for row in _told_of(a):
        for one, two in ((row.a, row.b), (row.b, row.a)):
            if a & one and not a & two and b & two and not b & one:
                found.append((row.slot, min(a & one), min(b & two)))
    return tuple(found)


@remembered(1_000)
def _told_of(stems: frozenset[str]) -> tuple[Exclusion, ...]:
    """Return the exclusion rows of which one side is among `stems`."""
    return tuple(row for row in relations().exclusions if (row.a | row.b) & stems)
