"""Standing text: what an agency or outlet repeats in every story, learned from the reports themselves.

Background paragraphs, house templates, page furniture and stock phrases recur on days far
apart in reports that are otherwise dissimilar; a much-printed story does not, however many
print it. So frequencies are counted over stories (reports that are mostly the same text
count once), and only those on different days, in different (outlet, day) groups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from secondsource.trace.align import Codes, Flags, Texts
from secondsource.trace.fingerprint import Prints
from secondsource.trace.keys import SIZE, Keys
from secondsource.trace.options import StandingOptions

_SKETCH = 8  # least keys that stand for a body
_ALIKE = 5  # of them, shared by near-identical bodies
_BUCKETS = 1 << 24  # a power of two: many times the keys that stand twice


@dataclass(frozen=True, slots=True, eq=False)
class Stock:
    """Which words of some prints lie in standing text, and which of them in a passage of it."""

    words: Flags
    passages: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Sorted keys of standing text."""

    keys: Codes

    def in_prints(self, prints: Prints, passage: int) -> Stock:
        """Return the standing words of prints; runs of `passage` words or more are passages."""
        flags = np.zeros(len(prints.texts.codes), dtype=bool)
        held = prints.at[self.holds(prints.keys)]
        for offset in range(SIZE):
            flags[held + offset] = True
        return Stock(flags, runs(flags, prints.texts, passage))

    def holds(self, keys: Codes) -> Flags:
        """Return which of some keys are standing."""
        if not len(self.keys):
            return np.zeros(len(keys), dtype=bool)
        near = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.equal(self.keys[near], keys)


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """Keys that two reports or more hold, in order, each row with the number of a report.

    `first` are the rows where a new key begins; `rank` numbers the keys of the pile as they stand
    in its table, -1 for one that no other report holds.
    """

    keys: Codes
    reports: Codes
    first: Codes
    rank: Codes

    @classmethod
    def of(cls, pile: Keys) -> Postings:
        """Return the postings of a pile, reports numbered in its order."""
        likely = _repeated(pile.keys)
        order = likely[np.argsort(pile.keys[likely])]
        keys = pile.keys[order]
        same = np.equal(keys[1:], keys[:-1])
        shared = np.zeros(len(keys), dtype=bool)
        shared[1:] = same
        shared[:-1] |= same
        owners = np.repeat(np.arange(len(pile.reports)), pile.lengths)
        order, keys = order[shared], keys[shared]
        new = np.ones(len(keys), dtype=bool)
        np.not_equal(keys[1:], keys[:-1], out=new[1:])
        rank = np.full(len(pile.keys), -1)
        rank[order] = np.cumsum(new) - 1
        return cls(keys, owners[order], np.flatnonzero(new), rank)

    @property
    def holders(self) -> Codes:
        """Return how many reports hold each key."""
        return np.diff(self.first, append=len(self.keys))

    def distinct(self, numbers: Codes) -> Codes:
        """Return for each key how many numbers its holders have, `numbers` being given report by report."""
        rank = np.repeat(np.arange(len(self.first)), self.holders)
        pairs = np.sort(rank * (int(numbers.max(initial=0)) + 1) + numbers[self.reports])
        new = np.ones(len(pairs), dtype=bool)
        np.not_equal(pairs[1:], pairs[:-1], out=new[1:])
        return np.bincount(rank[new], minlength=len(self.first))


def _repeated(keys: Codes) -> Codes:
    """Return the places of all keys that stand twice, and few others: most need never be put in order."""
    ordered = np.sort(keys)
    twice = np.zeros(_BUCKETS, dtype=bool)
    twice[ordered[1:][ordered[1:] == ordered[:-1]] & (_BUCKETS - 1)] = True
    return np.flatnonzero(twice[keys & (_BUCKETS - 1)])


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of a pile's reports that share keys, in order, by their places in it.

    `shorter` counts the keys of the report of a pair that has fewer.
    """

    pile: Keys
    a: Codes
    b: Codes
    shared: Codes
    shorter: Codes

    @classmethod
    def of(cls, pile: Keys, joined: pa.Table) -> Pairs:
        """Return what an engine's join of a pile found."""
        ids = pa.array(pile.reports, pa.string())
        a, b = (pc.index_in(joined[side], ids).to_numpy().astype(np.int64) for side in ("a", "b"))
        return cls(pile, a, b, joined["shared"].to_numpy(), np.minimum(pile.lengths[a], pile.lengths[b]))

    def where(self, wanted: Flags) -> Pairs:
        """Return the flagged pairs."""
        return Pairs(self.pile, *(x[wanted] for x in (self.a, self.b, self.shared, self.shorter)))

    def among(self, other: Pairs) -> Flags:
        """Return which pairs are in `other`, too."""
        size = len(self.pile.reports)
        return np.isin(self.a * size + self.b, other.a * size + other.b)

    def names(self) -> tuple[list[str], list[str]]:
        """Return the ids of the pairs' reports, those of either side."""
        reports = self.pile.reports
        return [reports[at] for at in self.a.tolist()], [reports[at] for at in self.b.tolist()]

    def named(self) -> list[tuple[str, str]]:
        """Return the pairs by their reports' ids."""
        return list(zip(*self.names(), strict=True))


def near_identical(pile: Keys, postings: Postings) -> Codes:
    """Return for each report the first report with nearly the same body, its own number if there is none.

    In one pass: bodies are alike if they share `_ALIKE` of their least keys (a bottom-k sketch,
    Broder 1997).
    """
    least = pile.least(_SKETCH)
    least = least[postings.rank[least] >= 0]
    bounds = np.searchsorted(least, pile.bounds)
    ranks = postings.rank[least].tolist()
    merged = np.arange(len(pile.reports))
    held: dict[int, list[int]] = {}
    for report in np.flatnonzero(np.diff(bounds) >= _ALIKE).tolist():
        sketch = ranks[bounds[report] : bounds[report + 1]]
        shared = Counter(chain.from_iterable(held[key] for key in sketch if key in held))
        alike = [other for other, count in shared.items() if count >= _ALIKE]
        if alike:
            merged[report] = min(alike)
            continue
        for key in sketch:
            held.setdefault(key, []).append(report)
    return merged


def stories(merged: Codes, pairs: Pairs, options: StandingOptions) -> Codes:
    """Return for each report the first among the prints of its story.

    `merged` are the near-identical bodies.
    """
    parent = merged.tolist()

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    same = pairs.where((pairs.shorter >= options.least_keys) & (pairs.shared >= _bar(pairs, options)))
    for a, b in zip(same.a.tolist(), same.b.tolist(), strict=True):
        one, two = sorted((root(a), root(b)))
        parent[two] = one
    return np.array([root(report) for report in range(len(parent))], dtype=np.int64)


def _bar(pairs: Pairs, options: StandingOptions) -> npt.NDArray[np.float64]:
    """Return how many keys make two reports one story."""
    voice = _numbers(pairs.pile.voices)
    day_a, day_b = pairs.pile.days[pairs.a], pairs.pile.days[pairs.b]
    near = (day_a > 0) & (day_b > 0) & (abs(day_a - day_b) <= options.near_days)
    share = np.where(near, options.near_story, options.same_story)
    return np.where(voice[pairs.a] == voice[pairs.b], options.same_voice_story, share) * pairs.shorter


def groups(pile: Keys) -> Codes:
    """Return for each report the number of its outlet-and-day group, which frequencies count."""
    day = pile.days - int(pile.days.min(initial=0))
    return _numbers(pile.voices) * (int(day.max(initial=0)) + 1) + day


def learn(pile: Keys, postings: Postings, story: Codes, options: StandingOptions) -> Standing:
    """Return the standing keys of a pile: see `StandingOptions`; `story` numbers the reports' stories.

    A report without a day tells nothing about days apart, but counts as a story.
    """
    if not len(postings.keys):
        return Standing(np.empty(0, np.int64))
    # The day of a story is its first: later prints of it prove no recurrence.
    never = np.iinfo(np.int64).max
    first = np.full(len(story), never)
    np.minimum.at(first, story, np.where(pile.days > 0, pile.days, never))
    day = first[story][postings.reports]
    latest = np.maximum.reduceat(np.where(day == never, 0, day), postings.first)
    earliest = np.minimum.reduceat(day, postings.first)
    standing = latest - earliest >= options.days
    for numbers in (story, groups(pile)):
        standing &= postings.distinct(numbers) >= options.stories
    return Standing(postings.keys[postings.first[standing]])


def _numbers(names: Sequence[str]) -> Codes:
    number = {name: at for at, name in enumerate(sorted(set(names)))}
    return np.array([number[name] for name in names], dtype=np.int64)


def runs(flags: Flags, texts: Texts, least: int) -> Flags:
    """Return `flags`, word by word of some texts, without runs in one text that are shorter than `least`."""
    change = np.ones(len(flags) + 1, dtype=bool)
    np.not_equal(flags[1:], flags[:-1], out=change[1:-1])
    change[texts.bounds] = True
    edges = np.flatnonzero(change)
    size = np.diff(edges)
    return np.repeat((size >= least) & flags[edges[:-1]], size)
