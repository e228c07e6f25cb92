"""Which words of many pairs of texts are the same copy: shared runs of words, and what lies between them.

Seed and extend, over arrays of all pairs at once: runs of `ANCHOR` words that both texts hold
are joined along their diagonals (a shift between two texts); from the ends of these blocks shorter runs
are sought across a few changed words. Where two blocks claim one word, the longer has it. Cost grows
with the words of the pairs' texts; there is no table of one text by the other, and moved text is found
like any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Columns = tuple[Codes, Codes, Codes, Codes]
"""Blocks: of which pair, from which word in either text, how many words."""

ANCHOR = 5  # words in a row that a stretch must hold
MOVED = 7  # words that a stretch must hold to count where it stands elsewhere: more than a name
LEAST = 3  # words in a row that count inside a stretch
TIMES = 3  # places of one run in a text that are tried
BRIDGE = 4  # words changed or added in either text that a stretch runs over

# Gaps (in the one text, in the other) from the end of a block to the next, the nearest first.
_GAPS = sorted(
    ((i, j) for i in range(BRIDGE + 1) for j in range(BRIDGE + 1)),
    key=lambda gap: (sum(gap), abs(gap[0] - gap[1]), gap),
)
_REACH = np.arange(BRIDGE + 1)
_PRIMES = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F],
    dtype=np.uint64,
)


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Some texts' words as numbers, one text after the other; text `i` is `bounds[i]` to `bounds[i + 1]`."""

    codes: Codes
    bounds: Codes

    @property
    def lengths(self) -> Codes:
        """Return how many words each text has."""
        return np.diff(self.bounds)

    def owners(self) -> Codes:
        """Return for each word the number of its text."""
        return np.repeat(np.arange(len(self.bounds) - 1), self.lengths)


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """Equal runs of words: `size` of them, from word `a` of the one text and `b` of the other.

    In order of pair and `a`. Words are counted over all texts. `stretch` numbers passages:
    blocks near each other in both texts, copied with light edits.
    """

    pair: Codes
    a: Codes
    b: Codes
    size: Codes
    stretch: Codes

    def words(self) -> tuple[Codes, Codes, Codes]:
        """Return every word in a block, in order: the block's number, the word in `a`, the word in `b`."""
        block = np.repeat(np.arange(len(self.size)), self.size)
        within = ranges(np.zeros_like(self.size), self.size)
        return block, self.a[block] + within, self.b[block] + within


def ranges(starts: Codes, counts: Codes) -> Codes:
    """Return `counts[i]` numbers in a row from `starts[i]`, for all i one after the other."""
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(int(counts.sum()))


def grams_of(codes: Codes, size: int = ANCHOR) -> Codes:
    """Return the 63-bit hash of every run of `size` words, in order."""
    count = max(0, len(codes) - size + 1)
    raw = codes.view(np.uint64)
    mixed = np.zeros(count, dtype=np.uint64)
    for j in range(size):
        mixed += raw[j : j + count] * _PRIMES[j]
        mixed ^= mixed >> np.uint64(29)
    mixed *= _PRIMES[1]
    mixed ^= mixed >> np.uint64(32)
    return (mixed >> np.uint64(1)).view(np.int64)


def align(texts: Texts, left: Codes, right: Codes) -> Blocks:
    """Return what pairs of texts share: text `left[i]` with text `right[i]`, no text with itself.

    Each word of a pair is in one block at most. The order of a pair changes nothing but sides.
    """
    turned = _turned(texts, left, right)
    one, other = np.where(turned, right, left), np.where(turned, left, right)
    field = _Field(texts, one, other)
    pair, a, b, size = _settled(field, *_extended(field, *_seeds(texts, one, other)))
    a, b = np.where(turned[pair], b, a), np.where(turned[pair], a, b)
    order = np.lexsort((a, pair))
    return _joined(*(column[order] for column in (pair, a, b, size)))


def _turned(texts: Texts, left: Codes, right: Codes) -> Flags:
    """Return the pairs to be looked at the other way round: the shorter text comes first."""
    lengths, starts = texts.lengths, texts.bounds[:-1]
    place = np.arange(len(texts.codes)) - np.repeat(starts, lengths)
    sums = np.r_[0, np.cumsum(texts.codes * (2 * place + 1))]
    digest = sums[texts.bounds[1:]] - sums[starts]
    same = lengths[left] == lengths[right]
    return np.where(same, digest[left] > digest[right], lengths[left] > lengths[right])


def _seeds(texts: Texts, left: Codes, right: Codes) -> Columns:
    """Return blocks of runs of `ANCHOR` words that both texts of a pair hold: pair, a, b, size.

    A run that a text holds several times is met at each of its first `TIMES` places.
    """
    runs = _Runs.of(texts)
    order = np.argsort(right, kind="stable")
    first = runs.bounds[left[order]]
    counts = runs.bounds[left[order] + 1] - first
    row = ranges(first, counts)
    pair, ends = np.repeat(order, counts), np.r_[0, np.cumsum(counts)]
    starts = np.flatnonzero(np.diff(right[order], prepend=-1))
    asked, met = runs.number[row], np.full((TIMES, len(row)), -1)
    place = np.full(len(texts.codes) + TIMES, -1)
    for start, end in pairwise([*starts.tolist(), len(order)]):
        text = right[order[start]]
        own = slice(runs.bounds[text], runs.bounds[text + 1])
        here, numbers = slice(ends[start], ends[end]), runs.number[own] + runs.time[own]
        place[numbers] = runs.words[own]
        np.take(place, asked[here], out=met[0, here])
        for time in range(1, TIMES):
            again = here.start + np.flatnonzero(runs.most[row[here]] > time)
            met[time, again] = place[asked[again] + time]
        place[numbers] = -1
    columns = []
    for b in met:
        hit = np.flatnonzero(b >= 0)
        columns.append(_merged(pair[hit], runs.words[row[hit]], b[hit], np.full(len(hit), ANCHOR)))
    return _along(*map(np.concatenate, zip(*columns, strict=True)))


@dataclass(frozen=True, slots=True, eq=False)
class _Runs:
    """Runs of `ANCHOR` words that two texts or more hold, text by text: where each begins, its number.

    `time` counts its earlier places in the text, `most` in how many any text has it. Numbers leave room
    for the times of a run. `bounds` are those of texts.
    """

    words: Codes
    number: Codes
    time: Codes
    most: Codes
    bounds: Codes

    @classmethod
    def of(cls, texts: Texts) -> _Runs:
        """Return the shared runs of some texts."""
        grams, owners = grams_of(texts.codes), texts.owners()
        within = np.flatnonzero(owners[: len(grams)] == owners[len(owners) - len(grams) :])
        order = within[np.argsort(grams[within])]
        place = np.arange(len(order))
        new = np.diff(grams[order], prepend=-1) != 0
        number = np.maximum.accumulate(np.where(new, place, 0))
        order = np.sort(number * len(grams) + order) % max(1, len(grams))  # those of one run in reading order
        own = new | (np.diff(owners[order], prepend=-1) != 0)
        time = place - np.maximum.accumulate(np.where(own, place, 0))
        first = np.flatnonzero(new)
        most = np.maximum.reduceat(time, first)[np.cumsum(new) - 1] + 1 if len(first) else time
        kept = (np.bincount(number, weights=own, minlength=len(order))[number] > 1) & (time < TIMES)
        words = order[kept]
        back = np.argsort(words)
        number, time, most = (column[kept][back] for column in (number, time, most))
        return cls(words[back], number, time, most, np.searchsorted(words[back], texts.bounds))


def _along(pair: Codes, a: Codes, b: Codes, size: Codes) -> Columns:
    """Return blocks, in order of pair and `a`, with those that touch along one diagonal made one."""
    order = np.lexsort((a, a - b, pair))
    return _merged(*(column[order] for column in (pair, a, b, size)))


def _merged(pair: Codes, a: Codes, b: Codes, size: Codes) -> Columns:
    if not len(pair):
        return pair, a, b, size
    end, new = a + size, np.ones(len(pair), dtype=bool)
    new[1:] = (np.diff(pair) != 0) | (np.diff(a - b) != 0) | (a[1:] > end[:-1]) | (np.diff(a) < 0)
    first = np.flatnonzero(new)
    return pair[first], a[first], b[first], np.maximum.reduceat(end, first) - a[first]


class _Field:
    """The words of pairs, each pair's apart from all others': which of them lie in a block."""

    def __init__(self, texts: Texts, left: Codes, right: Codes) -> None:
        self.texts = texts
        sides = (left, right)
        self.ends = tuple(texts.bounds[side + 1] for side in sides)
        self.starts = tuple(texts.bounds[side] for side in sides)
        lengths = [texts.lengths[side] for side in sides]
        self.shift = tuple(np.cumsum(n) - n - s for n, s in zip(lengths, self.starts, strict=True))
        self.sizes = tuple(int(n.sum()) for n in lengths)
        self.taken = tuple(np.zeros(size, dtype=bool) for size in self.sizes)

    def take(self, pair: Codes, a: Codes, b: Codes, size: Codes) -> None:
        """Mark the words of blocks as taken."""
        for side, at in enumerate((a, b)):
            self.taken[side][ranges(at + self.shift[side][pair], size)] = True

    def free(self, pair: Codes, a: Codes, b: Codes) -> Flags:
        """Return where no word of `LEAST` in a row is taken, in either text."""
        free = np.ones(len(pair), dtype=bool)
        for side, at in enumerate((a, b)):
            for word in range(LEAST):
                free &= ~self.taken[side][at + self.shift[side][pair] + word]
        return free


def _extended(field: _Field, pair: Codes, a: Codes, b: Codes, size: Codes) -> Columns:
    """Return blocks with the shorter ones that follow or go before them within `BRIDGE` words."""
    field.take(pair, a, b, size)
    runs = np.r_[grams_of(field.texts.codes, LEAST), np.zeros(LEAST - 1, np.int64)]
    found = [(pair, a, b, size)]
    for step in (1, -1):
        ends = (pair, a, b) if step < 0 else (pair, a + size, b + size)
        while len(ends[0]):
            new = _next(field, runs, ends, step)
            field.take(*new)
            found.append(new)
            ends = new[:3] if step < 0 else (new[0], new[1] + new[3], new[2] + new[3])
    return tuple(np.concatenate(columns) for columns in zip(*found, strict=True))  # type: ignore[return-value]


def _next(field: _Field, runs: Codes, ends: tuple[Codes, Codes, Codes], step: int) -> Columns:
    """Return the nearest block after (`step` 1) or before (-1) each end, where there is one."""
    pair, *at = ends
    near = []
    for side, place in enumerate(at):
        places = (place if step > 0 else place - LEAST)[:, None] + step * _REACH
        inside = (places >= field.starts[side][pair][:, None]) & (
            places + LEAST <= field.ends[side][pair][:, None]
        )
        near.append(np.where(inside, runs[np.where(inside, places, 0)], -1 - side))
    chosen = np.full(len(pair), -1)
    for number, (i, j) in enumerate(_GAPS):
        chosen[(chosen < 0) & (near[0][:, i] == near[1][:, j])] = number
    some = chosen >= 0
    gaps = np.array(_GAPS)[chosen[some]]
    pair, a, b = pair[some], *(place[some] + step * gap for place, gap in zip(at, gaps.T, strict=True))
    if step < 0:
        a, b = a - LEAST, b - LEAST
    free = field.free(pair, a, b)
    return _grown(field, pair[free], a[free], b[free], step)


def _grown(field: _Field, pair: Codes, a: Codes, b: Codes, step: int) -> Columns:
    """Return runs of `LEAST` words made as long as they go in one direction."""
    codes, size = field.texts.codes, np.full(len(pair), LEAST)
    growing = np.arange(len(pair))
    while len(growing):
        own = pair[growing]
        one, other = (side[growing] + (size[growing] if step > 0 else -1) for side in (a, b))
        inside = (one >= field.starts[0][own]) & (one < field.ends[0][own])
        inside &= (other >= field.starts[1][own]) & (other < field.ends[1][own])
        growing, one, other, own = growing[inside], one[inside], other[inside], own[inside]
        more = (codes[one] == codes[other]) & ~field.taken[0][one + field.shift[0][own]]
        more &= ~field.taken[1][other + field.shift[1][own]]
        growing = growing[more]
        size[growing] += 1
        if step < 0:
            a[growing] -= 1
            b[growing] -= 1
    return pair, a, b, size


def _settled(field: _Field, pair: Codes, a: Codes, b: Codes, size: Codes) -> Columns:
    """Return blocks of `LEAST` words and more in which no word is twice; by (pair, a)."""
    order = np.lexsort((a - b, a + b, size))
    pair, a, b, size = (column[order] for column in (pair, a, b, size))
    block = np.repeat(np.arange(len(size)), size)
    owners = []
    for side, at in enumerate((a, b)):
        owner = np.full(field.sizes[side], -1)
        owner[ranges(at + field.shift[side][pair], size)] = block  # the last of several stays: the longest
        owners.append(owner)
    word = np.flatnonzero(owners[0] >= 0)
    block = owners[0][word]
    own = pair[block]
    one = word - field.shift[0][own]
    other = one - (a - b)[block]
    kept = owners[1][other + field.shift[1][own]] == block
    own, one, other = own[kept], one[kept], other[kept]
    first = np.flatnonzero(_breaks(own, one, other))
    size = np.diff(np.r_[first, len(own)])
    first, size = first[size >= LEAST], size[size >= LEAST]
    return own[first], one[first], other[first], size


def _breaks(pair: Codes, a: Codes, b: Codes) -> Flags:
    new = np.ones(len(pair), dtype=bool)
    new[1:] = (np.diff(pair) != 0) | (np.diff(a) != 1) | (np.diff(b) != 1)
    return new


def _joined(pair: Codes, a: Codes, b: Codes, size: Codes) -> Blocks:
    """Return the blocks of stretches that hold `ANCHOR` words in a row, and `MOVED` where they were moved."""
    if not len(pair):
        return Blocks(pair, a, b, size, pair)
    after_a, after_b = (at[1:] - (at + size)[:-1] for at in (a, b))
    new = np.ones(len(pair), dtype=bool)
    new[1:] = (np.diff(pair) != 0) | (after_a > BRIDGE) | (after_b > BRIDGE) | (after_b < 0)
    first = np.flatnonzero(new)
    last = np.r_[first[1:], len(pair)] - 1
    kept = np.maximum.reduceat(size, first) >= ANCHOR
    long = kept & (np.add.reduceat(size, first) >= MOVED)
    kept &= long | _in_place(pair[first], b[first], (b + size)[last], long)
    shown = np.repeat(kept, last + 1 - first)
    return Blocks(pair[shown], a[shown], b[shown], size[shown], np.cumsum(new[shown]) - 1)


def _in_place(pair: Codes, starts: Codes, ends: Codes, long: Flags) -> Flags:
    """Return which stretches lie, in the other text too, between the long ones before and after them."""
    place, never = np.arange(len(pair)), len(pair)
    before = np.maximum.accumulate(np.where(long, place, -1))
    after = np.minimum.accumulate(np.where(long, place, never)[::-1])[::-1]
    before, after = np.maximum(before, 0), np.minimum(after, never - 1)
    follows = ~long[before] | (pair[before] != pair) | (ends[before] <= starts)
    precedes = ~long[after] | (pair[after] != pair) | (ends <= starts[after])
    return np.asarray(follows & precedes)
