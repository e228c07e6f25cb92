"""Which of these place names is the same place: what speaks for it, and how likely that makes it.

Signs of a pair: how well the letters align and where they do not, what is missing, whether the
pool has many such words ("Zhen" ends a hundred names of China: it tells none of them), and how far
the name is ahead of its rivals in the pool. A forest of small decision trees weighs them
(`lexicon/spelling.npz`, made by `training/spelling.py`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from secondsource.lexicon import arrays, remembered, table, view
from secondsource.places.names import key_of
from secondsource.places.readings import readings
from secondsource.places.spelling import Coded, Step, aligned, coded, exchanges, steps
from secondsource.trees import Trees, paired

_SHOWN = 5  # names returned at most
_ALIGNED = 14  # names nearest by alignment that are weighed
_ALIKE = 4  # names nearest by their letters that are weighed too
_GONE = 4.0  # what it loses to lack a word or ending that the other name has
_UNKNOWN = 5.0  # what the lack of a word counts that is not known to be dropped


@dataclass(frozen=True, slots=True)
class _Words:
    """How many names of a pool hold a word, and how many words of the pool end so."""

    keys: tuple[str, ...]
    held: Counter[str]
    endings: Counter[str]


@remembered(8)
def words_of(names: tuple[str, ...]) -> _Words:
    """Return the words of a pool of names, counted."""
    keys = tuple(key_of(name) for name in names)
    words = [word for key in keys for word in set(key.split())]
    endings = Counter(ending for word in words for ending in endings_of(word))
    return _Words(keys, Counter(words), endings)


def rank(name: str, candidates: Sequence[str]) -> list[tuple[str, float]]:
    """Return which of `candidates` name the same place as `name`, best first, with scores in [0, 1].

    Empty when none does. Judged by spelling alone: same name in another romanisation, with
    or without article; a name that merely resembles ("Upper X", "Lower X") is no match.
    At most five are returned.
    """
    names = tuple(dict.fromkeys(candidates))
    if not names or not coded(name).codes:
        return []
    key = key_of(name)
    exact = [one for one in names if key_of(one) == key]
    if exact:
        return [(one, 1.0) for one in exact]
    found = judged(name, names)
    if not found or found[0][1] < table("spelling")["accept"]["threshold"]:
        return []
    return [(one, round(score, 4)) for one, score in found[:_SHOWN] if score >= found[0][1] / 2]


def endings_of(word: str) -> list[str]:
    """Return the ends of a word, of two to eight letters, that leave three letters before them."""
    return [word[-size:] for size in range(2, min(9, len(word) - 2))]


def judged(name: str, names: tuple[str, ...]) -> list[tuple[str, float]]:
    """Return the names nearest to a name with how likely each is the same name, best first."""
    near, rows = signs(name, names)
    if not near:
        return []
    found = zip((names[i] for i in near), likely(rows), strict=True)
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def signs(name: str, names: tuple[str, ...]) -> tuple[list[int], list[list[float]]]:
    """Return which of the names are weighed and, for each, the signs that it is `name` respelled.

    The order of the signs is that of the columns the forest was trained on.
    """
    import numpy as np
    from rapidfuzz import process
    from rapidfuzz.distance import JaroWinkler

    read = readings(name)
    odds = np.stack([aligned(one, names) for one in read])
    words = words_of(names)
    figures = _figures(name)
    near = np.argsort(-odds.max(axis=0), kind="stable")[:_ALIGNED].tolist()
    for one in read:
        alike = process.extract(key_of(one), words.keys, scorer=JaroWinkler.similarity, limit=_ALIKE)
        near += [index for _, __, index in alike]
    near = [i for i in dict.fromkeys(near) if not (figures and (o := _figures(names[i])) and o != figures)]
    best = [read[int(odds[:, i].argmax())] for i in near]
    rows = [
        _pair(coded(one), coded(names[i]), float(odds[:, i].max()), words)
        for one, i in zip(best, near, strict=True)
    ]
    return near, against_rivals(rows, [words.keys[i] for i in near])


def _figures(name: str) -> tuple[str, ...]:
    """Return the numbers in a name: "Block 5" is not "Block 6"."""
    return tuple(word for word in key_of(name).split() if word.isdigit())


def _pair(one: Coded, other: Coded, odds: float, words: _Words) -> list[float]:
    path = steps(one, other)
    return [*_letters(one, other, odds), *_path(path), *_lacking(one, other, path, words)]


def _letters(one: Coded, other: Coded, odds: float) -> list[float]:
    """Return likeness of the alignment as a whole, of letters, of their classes, and lengths."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import JaroWinkler, Levenshtein

    a, b = one.key, other.key
    words_a, words_b = a.split(), b.split()
    class_a, class_b = _classed(a), _classed(b)
    bones_a, bones_b = (key.translate(str.maketrans("", "", "aeiouyw ")) for key in (a, b))
    return [
        odds,
        odds / max(1.0, one.whole, other.whole),
        odds / max(1.0, min(one.whole, other.whole)),
        fuzz.ratio(a, b) / 100,
        fuzz.ratio(a.replace(" ", ""), b.replace(" ", "")) / 100,
        JaroWinkler.similarity(a, b),
        fuzz.token_set_ratio(a, b) / 100,
        fuzz.ratio(bones_a, bones_b) / 100,
        fuzz.ratio(class_a, class_b) / 100,
        JaroWinkler.similarity(class_a, class_b),
        fuzz.token_set_ratio(class_a, class_b) / 100,
        float(Levenshtein.distance(a, b)),
        float(len(one.codes)),
        float(len(other.codes)),
        float(len(words_a)),
        float(len(words_b)),
        float(words_a[:1] == words_b[:1]),
        float(words_a[-1:] == words_b[-1:]),
        float(a in b or b in a),
        float(set(words_a) <= set(words_b) or set(words_b) <= set(words_a)),
        float(next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))),
    ]


def _classed(key: str) -> str:
    """Return a key with letters that romanisations confuse made one, doubled ones single, h gone."""
    for group, plain in table("place_words")["confused"]:
        key = key.replace(group, plain)
    key = key.replace("h", "")
    return "".join(sign for at, sign in enumerate(key) if key[at - 1 : at] != sign)


def _path(path: list[Step]) -> list[float]:
    """Return where an alignment loses: vowels, consonants, beginning and end, worst and longest run."""
    own, vowels = _own()
    losses: list[float] = []
    vowel = consonant = run = longest = 0.0
    changed = unmatched_one = unmatched_other = missing_vowels = 0
    for step in path:
        if step.lacks_one or step.lacks_other:
            losses.append(_GONE)
            run = 0.0
            continue
        loss = (own[step.one] + own[step.other]) / 2 - step.odds
        losses.append(loss)
        codes = [code for code in (step.one, step.other) if code >= 0]
        if all(vowels[code] for code in codes):
            vowel += loss
            missing_vowels += len(codes) == 1
        else:
            consonant += loss
            changed += len(codes) > 1 and step.odds < 0
            unmatched_one += step.other < 0
            unmatched_other += step.one < 0
        run = run + 1 if len(codes) > 1 and step.odds > 0 else 0.0
        longest = max(longest, run)
    size = max(1, len(path))
    return [vowel, consonant, vowel / size, consonant / size, max(losses, default=0.0), longest,
            longest / size, float(changed), float(unmatched_one), float(unmatched_other),
            float(missing_vowels), *losses[:1], sum(losses[:2]), *losses[-1:], sum(losses[-2:])]  # fmt: skip


@view
def _own() -> tuple[list[float], list[bool]]:
    """Return, by code, what a letter group scores with itself (0 for none) and whether it is a vowel."""
    model = exchanges()
    own = [float(model.odds[code, code]) for code in range(len(model.groups))]
    return [*own, 0.0], [*(name[0] in "aeiouy" for name in model.groups), False]


def _lacking(one: Coded, other: Coded, path: list[Step], words: _Words) -> list[float]:
    """Return what either name lacks and how usual that is: in the language at large, in the pool."""
    size = len(words.keys)
    known = exchanges().dropped
    found: list[float] = []
    for mine, theirs in ((one, other), (other, one)):
        own, others = mine.key.split(), set(theirs.key.split())
        extra = [word for word in own if word not in others]
        held = [words.held[word] + words.endings[word] for word in extra]
        parts = [s.lacks_other if mine is one else s.lacks_one for s in path]
        skipped = [words.held[part] + words.endings[part] for part in parts if part]
        found += [
            float(sum(known.get(word, _UNKNOWN) for word in extra)),
            float(max((known.get(part, _UNKNOWN) for part in parts if part), default=-1.0)),
            float(min(held, default=-1)),
            float(min(skipped, default=-1)),
            sum(math.log((size + 1) / (count + 0.5)) for count in skipped),
        ]
    shared = [word for word in one.key.split() if word in other.key.split()]
    return [*found, sum(math.log((size + 1) / (words.held[w] + 0.5)) for w in shared), math.log(size)]


_COMPARED = (0, 1, 4, 5, 8)  # columns of `_letters` in which a name is set against its rivals
RIVAL_SIGNS = len(_COMPARED) + 4  # columns that depend on the other names of the pool


def against_rivals(rows: list[list[float]], keys: list[str]) -> list[list[float]]:
    """Add how far each name is ahead of the other names of the pool that are near."""
    found = []
    for row, key in zip(rows, keys, strict=True):
        rivals = [other for other, its in zip(rows, keys, strict=True) if its != key]
        ahead = [row[at] - max((other[at] for other in rivals), default=0.0) for at in _COMPARED]
        odds = sorted((other[0] for other in rivals), reverse=True) + [-20.0] * 10
        share = 1.0 / sum(math.exp(min(30.0, max(-30.0, value - row[0]))) for value in (row[0], *odds))
        close = float(sum(value > row[0] - 3 for value in odds))
        found.append([*row, *ahead, row[0] - odds[2], row[0] - odds[9], close, share])
    return found


@view
def _forest() -> tuple[Trees, float]:
    """Return the trained trees and what their sum begins with."""
    held = arrays("spelling")
    children = paired(held["left"], held["right"])
    columns = held["roots"], held["sign"], held["limit"], children, held["value"]
    return Trees(*columns, depth=int(held["depth"])), float(held["base"])


def likely(rows: list[list[float]]) -> list[float]:
    """Return for rows of signs how likely each pair is one name, in [0, 1]."""
    import numpy as np

    trees, base = _forest()
    sums = base + trees.leaves(np.array(rows, dtype=np.float32)).sum(axis=1, dtype=np.float64)
    return [1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, float(value))))) for value in sums]
