"""Place names aligned as romanisations of one name.

A name is cut into the letters and letter groups that romanisations exchange ("kh", "ou",
"sch"); two names are aligned by log-odds of those exchanges, learned from pairs of
spellings (`lexicon/spelling.toml`, made by `training/spelling.py` on other countries than
the benchmark's), as protein sequences are by a substitution matrix (Henikoff 1992).
Words that spellings add or drop ("al", "village", "Qaryat") cost little when missing.
The nearest names are then judged by what else speaks for and against them (`likeness`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from secondsource.lexicon import remembered, table, view
from secondsource.places.names import key_of

_LONGEST = 26  # letter groups of a name that are compared
_STEM = 3  # letters of a word before an ending that may be missing
_GENERIC = 1.5  # what the lack of a word for a kind of settlement costs at most


@dataclass(frozen=True, slots=True)
class Exchanges:
    """What exchanging and missing letter groups and words costs: codes by group, log-odds, prices."""

    groups: dict[str, int]
    longest: int
    odds: Any
    gaps: Any
    dropped: dict[str, float]
    endings: tuple[str, ...]
    word: float


@view
def exchanges() -> Exchanges:
    """Return the learned table of exchanges with the words that may be missing."""
    import numpy as np

    t, words = table("spelling"), table("place_words")
    names = t["groups"]["names"]
    groups = {name: code for code, name in enumerate(names)}
    odds = np.full((len(names) + 1, len(names) + 1), float(t["groups"]["unseen"]), dtype=np.float32)
    for one, row in t["odds"].items():
        for other, value in row.items():
            odds[groups[one], groups[other]] = odds[groups[other], groups[one]] = value
    gaps = np.zeros(len(names) + 1, dtype=np.float32)
    for name, value in t["gaps"].items():
        gaps[groups[name]] = value
    generic = {word for kinds in words["words"].values() for word in kinds}
    endings = {ending for kinds in words["endings"].values() for ending in kinds}
    dropped = t["dropped"] | {word: min(_GENERIC, t["dropped"].get(word, _GENERIC)) for word in generic}
    word = float(t["accept"]["word"])
    return Exchanges(groups, max(map(len, names)), odds, gaps, dropped, tuple(sorted(endings)), word)


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
class Coded:
    """A name as letter groups, with what it is worth in `whole`.

    `ends` holds the parts that may be missing: position after it, first position, cost, part.
    """

    key: str
    codes: tuple[int, ...]
    ends: tuple[tuple[int, int, float, str], ...]
    whole: float


@remembered(200_000)
def coded(name: str) -> Coded:
    """Return a name cut into letter groups, with the words and endings that may be missing."""
    model = exchanges()
    codes: list[int] = []
    ends: list[tuple[int, int, float, str]] = []
    key = key_of(name)
    words = key.split()
    whole = 0.0
    for word in words:
        start = len(codes)
        stem, ending = _split(word, model.endings)
        for part in (stem, ending):
            at = len(codes)
            codes.extend(letter_groups(part, model.groups, model.longest))
            if part is ending and ending and at < min(len(codes), _LONGEST):
                ends.append((min(len(codes), _LONGEST), at, _GENERIC, ending))
        cost = model.dropped.get(word, model.word)
        if len(words) > 1 and start < min(len(codes), _LONGEST):
            ends.append((min(len(codes), _LONGEST), start, cost, word))
        if word not in model.dropped or len(words) == 1:
            whole += sum(float(model.odds[c, c]) for c in codes[start:])
    return Coded(key, tuple(codes[:_LONGEST]), tuple(ends), whole)


def _split(word: str, endings: tuple[str, ...]) -> tuple[str, str]:
    """Return a word as stem and ending ("akabane", "machi"), the ending empty when it has none."""
    fitting = [e for e in endings if len(word) >= len(e) + _STEM and word.endswith(e)]
    ending = max(fitting, key=len, default="")
    return word[: len(word) - len(ending)], ending


@dataclass(frozen=True, slots=True)
class _Pool:
    """A pool of names as padded columns: codes [position, name], gap scores, lengths, missable parts."""

    codes: Any
    gaps: Any
    lengths: Any
    ends: tuple[tuple[Any, Any, Any], ...]


@remembered(8)
def _pool(names: tuple[str, ...]) -> _Pool:
    import numpy as np

    model = exchanges()
    rows = [coded(name) for name in names]
    width = max((len(row.codes) for row in rows), default=0)
    codes = np.full((width, len(rows)), len(model.groups), dtype=np.int32)
    ends: list[list[tuple[int, int, float]]] = [[] for _ in range(width + 1)]
    for index, row in enumerate(rows):
        codes[: len(row.codes), index] = row.codes
        for end, start, cost, _ in row.ends:
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

    model, asked, pool = exchanges(), coded(query), _pool(names)
    width, size = pool.codes.shape
    above = np.zeros((width + 1, size), dtype=np.float32)
    for j in range(width):
        np.add(above[j], pool.gaps[j], out=above[j + 1])
        _skip_part(above, j + 1, pool.ends[j + 1])
    kept = {0: above}
    for i, code in enumerate(asked.codes):
        row = np.empty_like(above)
        row[0] = above[0] + model.gaps[code]
        best = np.maximum(above[:-1] + model.odds[code][pool.codes], above[1:] + model.gaps[code])
        for end, start, cost, _ in asked.ends:
            if end == i + 1:
                np.maximum(best, kept[start][1:] - cost, out=best)
                np.maximum(row[0], kept[start][0] - cost, out=row[0])
        for j in range(width):
            np.maximum(best[j], row[j] + pool.gaps[j], out=row[j + 1])
            _skip_part(row, j + 1, pool.ends[j + 1])
        above = kept[i + 1] = row
    return above[pool.lengths, np.arange(size)]


def _skip_part(row: Any, end: int, ends: tuple[Any, Any, Any]) -> None:
    """Let a word or ending of the names that end one here be missing at its price."""
    import numpy as np

    index, start, cost = ends
    if len(index):
        np.maximum.at(row[end], index, row[start, index] - cost)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an alignment: codes exchanged (-1 for none), its log-odds, the part that lacks."""

    one: int
    other: int
    odds: float
    lacks_one: str = ""
    lacks_other: str = ""


def steps(one: Coded, other: Coded) -> list[Step]:
    """Return the best alignment of two names, first step first."""
    odds, gaps = _prices()
    height, width = len(one.codes), len(other.codes)
    skips_one = {end: [p for p in one.ends if p[0] == end] for end, *_ in one.ends}
    skips_other = {end: [p for p in other.ends if p[0] == end] for end, *_ in other.ends}
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    back: list[list[tuple[int, int, Step]]] = [[(0, 0, Step(-1, -1, 0.0))] * (width + 1) for _ in best]
    for i in range(height + 1):
        for j in range(width + 1):
            if not i and not j:
                continue
            ways: list[tuple[float, int, int, Step]] = []
            a, b = one.codes[i - 1] if i else -1, other.codes[j - 1] if j else -1
            if i and j:
                ways.append((best[i - 1][j - 1] + odds[a][b], i - 1, j - 1, _step(a, b)))
            if i:
                ways.append((best[i - 1][j] + gaps[a], i - 1, j, _step(a, -1)))
            if j:
                ways.append((best[i][j - 1] + gaps[b], i, j - 1, _step(-1, b)))
            for _, start, cost, part in skips_one.get(i, ()):
                ways.append((best[start][j] - cost, start, j, Step(-1, -1, -cost, lacks_other=part)))
            for _, start, cost, part in skips_other.get(j, ()):
                ways.append((best[i][start] - cost, i, start, Step(-1, -1, -cost, lacks_one=part)))
            score, *before, step = max(ways, key=lambda way: way[0])
            best[i][j], back[i][j] = score, (before[0], before[1], step)
    found: list[Step] = []
    i, j = height, width
    while i or j:
        i, j, step = back[i][j]
        found.append(step)
    return found[::-1]


@view
def _prices() -> tuple[list[list[float]], list[float]]:
    model = exchanges()
    return model.odds.tolist(), model.gaps.tolist()


@remembered(20_000)
def _step(one: int, other: int) -> Step:
    odds, gaps = _prices()
    return Step(one, other, odds[one][other] if one >= 0 <= other else gaps[max(one, other)])
