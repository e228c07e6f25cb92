"""Which of these place names is the same place: names aligned as romanisations of one name.

A name is cut into the letters and letter groups that romanisations exchange ("kh", "ou",
"sch"); two names are aligned by log-odds of those exchanges, learned from pairs of
spellings (`lexicon/spelling.toml`, made by `training/spelling.py` on other countries than
the benchmark's), as protein sequences are by a substitution matrix (Henikoff 1992).
Words that spellings add or drop ("al", "village", "Qaryat") cost little when missing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from secondsource.lexicon import table, view
from secondsource.places.names import key_of

_LONGEST = 26  # letter groups of a name that are compared
_SHOWN = 5  # names returned at most
_NEAR = 12  # names nearest by alignment that are weighed closer
_VOWELS = frozenset("aeiouyw")


@dataclass(frozen=True, slots=True)
class _Model:
    groups: dict[str, int]
    longest: int
    odds: Any
    gaps: Any
    dropped: dict[str, float]
    accept: dict[str, float]


@view
def _model() -> _Model:
    import numpy as np

    t = table("spelling")
    names = t["groups"]["names"]
    groups = {name: code for code, name in enumerate(names)}
    odds = np.full((len(names) + 1, len(names) + 1), float(t["groups"]["unseen"]), dtype=np.float32)
    for one, row in t["odds"].items():
        for other, value in row.items():
            odds[groups[one], groups[other]] = odds[groups[other], groups[one]] = value
    gaps = np.zeros(len(names) + 1, dtype=np.float32)
    for name, value in t["gaps"].items():
        gaps[groups[name]] = value
    return _Model(groups, max(map(len, names)), odds, gaps, t["dropped"], t["accept"])


def letter_groups(word: str, groups: dict[str, int], longest: int) -> list[int]:
    """Return a plain lower-case word as codes of its letter groups; a doubled consonant counts once."""
    codes: list[int] = []
    at = 0
    while at < len(word):
        for size in range(min(longest, len(word) - at), 0, -1):
            code = groups.get(word[at : at + size])
            if code is not None:
                if not (codes and codes[-1] == code and word[at] not in "aeiou"):
                    codes.append(code)
                at += size
                break
        else:
            at += 1
    return codes


@dataclass(frozen=True, slots=True)
class _Coded:
    """A name as letter groups; `ends` holds (position after a word, its first position, cost of its lack)."""

    codes: tuple[int, ...]
    ends: tuple[tuple[int, int, float], ...]
    whole: float
    skeleton: str


@lru_cache(maxsize=200_000)
def _coded(name: str) -> _Coded:
    model = _model()
    codes: list[int] = []
    ends: list[tuple[int, int, float]] = []
    words = key_of(name).split()
    whole = 0.0
    for word in words:
        start = len(codes)
        codes.extend(letter_groups(word, model.groups, model.longest))
        own = sum(float(model.odds[c, c]) for c in codes[start:])
        cost = model.dropped.get(word, model.accept["word"])
        if len(words) > 1 and start < min(len(codes), _LONGEST):
            ends.append((min(len(codes), _LONGEST), start, cost))
        whole += own if word not in model.dropped or len(words) == 1 else 0.0
    skeleton = "".join(c for c in "".join(w for w in words if w not in model.dropped) if c not in _VOWELS)
    return _Coded(tuple(codes[:_LONGEST]), tuple(ends), whole, skeleton)


@dataclass(frozen=True, slots=True)
class _Pool:
    """A pool of names as padded columns: codes [position, name], gap scores, lengths, missable words."""

    codes: Any
    gaps: Any
    lengths: Any
    ends: tuple[tuple[Any, Any, Any], ...]


@lru_cache(maxsize=8)
def _pool(names: tuple[str, ...]) -> _Pool:
    import numpy as np

    model = _model()
    rows = [_coded(name) for name in names]
    width = max((len(row.codes) for row in rows), default=0)
    codes = np.full((width, len(rows)), len(model.groups), dtype=np.int32)
    ends: list[list[tuple[int, int, float]]] = [[] for _ in range(width + 1)]
    for index, row in enumerate(rows):
        codes[: len(row.codes), index] = row.codes
        for end, start, cost in row.ends:
            ends[end].append((index, start, cost))
    columns = [
        (
            np.array([index for index, _, __ in found], dtype=int),
            np.array([start for _, start, __ in found], dtype=int),
            np.array([cost for *_, cost in found], dtype=np.float32),
        )
        for found in ends
    ]
    return _Pool(codes, model.gaps[codes], np.array([len(row.codes) for row in rows]), tuple(columns))


def aligned(query: str, names: tuple[str, ...]) -> Any:
    """Return for each name the log-odds (float32) that it is the query respelled."""
    import numpy as np

    model, coded, pool = _model(), _coded(query), _pool(names)
    width, size = pool.codes.shape
    above = np.zeros((width + 1, size), dtype=np.float32)
    for j in range(width):
        np.add(above[j], pool.gaps[j], out=above[j + 1])
        _skip_word(above, j + 1, pool.ends[j + 1])
    kept = {0: above}
    words = {end: (start, cost) for end, start, cost in coded.ends}
    for i, code in enumerate(coded.codes):
        row = np.empty_like(above)
        row[0] = above[0] + model.gaps[code]
        best = np.maximum(above[:-1] + model.odds[code][pool.codes], above[1:] + model.gaps[code])
        skipped = words.get(i + 1)
        if skipped is not None:
            np.maximum(best, kept[skipped[0]][1:] - skipped[1], out=best)
            np.maximum(row[0], kept[skipped[0]][0] - skipped[1], out=row[0])
        for j in range(width):
            np.maximum(best[j], row[j] + pool.gaps[j], out=row[j + 1])
            _skip_word(row, j + 1, pool.ends[j + 1])
        above = kept[i + 1] = row
    return above[pool.lengths, np.arange(size)]


def _skip_word(row: Any, end: int, ends: tuple[Any, Any, Any]) -> None:
    """Let a whole word of the names that end one here be missing at its price."""
    import numpy as np

    index, start, cost = ends
    if len(index):
        row[end, index] = np.maximum(row[end, index], row[start, index] - cost)


def rank(name: str, candidates: Sequence[str]) -> list[tuple[str, float]]:
    """Return which of `candidates` name the same place as `name`, best first, with scores in [0, 1].

    Empty when none does. Judged by spelling alone: same name in another romanisation, with
    or without article; a name that merely resembles ("Upper X", "Lower X") is no match.
    At most five are returned.
    """
    names = tuple(dict.fromkeys(candidates))
    if not names or not _coded(name).codes:
        return []
    key = key_of(name)
    exact = [one for one in names if key_of(one) == key]
    if exact:
        return [(one, 1.0) for one in exact]
    found = scored(name, names)
    if not found:
        return []
    best, rival = found[0][1], next((p for n, p in found[1:] if key_of(n) != key_of(found[0][0])), 0.0)
    sure = _curve({"bias": 1.0, "best": _logit(best), "lead": _logit(best) - _logit(rival),
                   "pool": pool_size(len(names))}, _model().accept)  # fmt: skip
    if sure < _model().accept["threshold"]:
        return []
    return [
        (found[0][0], round(sure, 4)),
        *((n, round(min(sure, p), 4)) for n, p in found[1:_SHOWN] if p >= best / 2),
    ]


def pool_size(count: int) -> float:
    """Return how far chance likenesses grow with the pool: the logarithm, level from 2,000 names on."""
    return math.log10(min(count, 2000))


def scored(name: str, names: tuple[str, ...]) -> list[tuple[str, float]]:
    """Return the names nearest by alignment with how likely each is the same name, best first."""
    import numpy as np

    odds = aligned(name, names)
    near = np.argpartition(-odds, _NEAR)[:_NEAR] if len(names) > _NEAR else np.arange(len(names))
    weights = table("spelling")["pair"]
    figures = _figures(name)
    kept = [i for i in near.tolist() if not (figures and (other := _figures(names[i])) and other != figures)]
    found = [(names[i], _curve(pair_signs(name, names[i], float(odds[i])), weights)) for i in kept]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _figures(name: str) -> tuple[str, ...]:
    """Return the numbers in a name: "Block 5" is not "Block 6"."""
    return tuple(word for word in key_of(name).split() if word.isdigit())


def pair_signs(name: str, other: str, odds: float) -> dict[str, float]:
    """Return what speaks for two names being one: alignment, letters, consonants, first letter, words."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import JaroWinkler

    one, two = _coded(name), _coded(other)
    a, b = key_of(name), key_of(other)
    own, shorter = max(1.0, one.whole, two.whole), max(1.0, min(one.whole, two.whole))
    consonants = fuzz.ratio(one.skeleton, two.skeleton) / 100
    words_a, words_b = a.split(), b.split()
    return {
        "bias": 1.0,
        "share": max(-1.0, odds / own),
        "shorter": max(-1.0, min(1.5, odds / shorter)),
        "odds": min(odds, 30.0) / 10.0,
        "ratio": fuzz.ratio(a, b) / 100,
        "together": fuzz.ratio(a.replace(" ", ""), b.replace(" ", "")) / 100,
        "winkler": JaroWinkler.similarity(a, b),
        "words": fuzz.token_set_ratio(a, b) / 100,
        "consonants": consonants,
        "same-consonants": float(one.skeleton == two.skeleton and len(one.skeleton) > 1),
        "first": float(a[:1] == b[:1]),
        "last": float(words_a[-1:] == words_b[-1:]),
        "more-words": float(abs(len(words_a) - len(words_b))),
        "inside": float(a in b or b in a),
        "subset": float(set(words_a) <= set(words_b) or set(words_b) <= set(words_a)),
        "short": 1.0 / max(1, min(len(a), len(b))),
    }


def _curve(signs: dict[str, float], weights: dict[str, float]) -> float:
    x = sum(weights.get(name, 0.0) * value for name, value in signs.items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, x))))


def _logit(share: float) -> float:
    clipped = min(max(share, 1e-4), 1 - 1e-4)
    return math.log(clipped / (1 - clipped))
