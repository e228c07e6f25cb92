"""Standing text: what an agency or outlet repeats in every story, learned from the reports themselves.

Background paragraphs, house templates, page furniture and stock phrases recur on days far
apart in reports that are otherwise dissimilar; a much-printed story does not, however many
print it. So frequencies are counted over stories (reports that are mostly the same text
count once), and only those on different days, in different (outlet, day) groups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from secondsource.trace.align import Codes, Flags
from secondsource.trace.fingerprint import SIZE, Keyed, Print
from secondsource.trace.options import StandingOptions

_SKETCH = 8  # least keys that stand for a body
_ALIKE = 5  # of them, shared by near-identical bodies


@dataclass(frozen=True, slots=True, eq=False)
class Stock:
    """Which words of a print lie in standing text, which of them in a passage of it, and if any do."""

    words: Flags
    passages: Flags
    some: bool


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Sorted keys of standing text."""

    keys: Codes

    def in_print(self, one: Print, passage: int) -> Stock:
        """Return the standing words of a print; runs of `passage` words or more are passages."""
        flags = np.zeros(len(one.codes), dtype=bool)
        for offset in range(SIZE):
            flags[one.at[self.holds(one.keys)] + offset] = True
        some = bool(flags.any())
        return Stock(flags, runs(flags, passage) if some else flags, some)

    def holds(self, keys: Codes) -> Flags:
        """Return which of some keys are standing."""
        if not len(self.keys):
            return np.zeros(len(keys), dtype=bool)
        near = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.equal(self.keys[near], keys)


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """Keys that two reports or more hold, in order, each row with the number of a report.

    `first` are the rows where a new key begins.
    """

    keys: Codes
    reports: Codes
    first: Codes

    @classmethod
    def of(cls, pile: Sequence[Keyed]) -> Postings:
        """Return the postings of a pile, reports numbered in its order."""
        lengths = [len(one.keys) for one in pile]
        keys = np.concatenate([one.keys for one in pile]) if pile else np.empty(0, np.int64)
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        same = keys[1:] == keys[:-1]
        shared = np.r_[False, same] | np.r_[same, False] if len(keys) else np.empty(0, bool)
        reports = np.repeat(np.arange(len(pile), dtype=np.int64), lengths)[order[shared]]
        keys = keys[shared]
        first = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.empty(0, np.int64)
        return cls(keys, reports, first)


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of a pile's reports that share keys, in order, by their places in it.

    `shorter` counts the keys of the report of a pair that has fewer.
    """

    pile: Sequence[Keyed]
    a: Codes
    b: Codes
    shared: Codes
    shorter: Codes

    @classmethod
    def of(cls, pile: Sequence[Keyed], joined: pa.Table) -> Pairs:
        """Return what an engine's join of a pile in order of report found."""
        ids = pa.array([one.report for one in pile], pa.string())
        sizes = np.array([len(one.keys) for one in pile], dtype=np.int64)
        a, b = (pc.index_in(joined[side], ids).to_numpy().astype(np.int64) for side in ("a", "b"))
        order = np.lexsort((b, a))
        a, b, shared = a[order], b[order], joined["shared"].to_numpy()[order]
        return cls(pile, a, b, shared, np.minimum(sizes[a], sizes[b]))

    def where(self, wanted: Flags) -> Pairs:
        """Return the flagged pairs."""
        return Pairs(self.pile, *(x[wanted] for x in (self.a, self.b, self.shared, self.shorter)))

    def among(self, other: Pairs) -> Flags:
        """Return which pairs are in `other`, too."""
        size = len(self.pile)
        return np.isin(self.a * size + self.b, other.a * size + other.b)

    def named(self) -> list[tuple[str, str]]:
        """Return the pairs by their reports' ids."""
        names = [one.report for one in self.pile]
        return [(names[a], names[b]) for a, b in zip(self.a.tolist(), self.b.tolist(), strict=True)]


def near_identical(pile: Sequence[Keyed], postings: Postings) -> dict[str, str]:
    """Return for each report the least id among reports with nearly the same body.

    In one pass: bodies are alike if they share most of their least keys (a bottom-k sketch,
    Broder 1997) with the first report that holds one of them.
    """
    shared = Standing(postings.keys[postings.first])
    sizes = [min(_SKETCH, len(one.keys)) for one in pile]
    least = np.concatenate([one.keys[:_SKETCH] for one in pile]) if pile else np.empty(0, np.int64)
    held = np.split(shared.holds(least), np.cumsum(sizes)[:-1]) if pile else []
    sketches = {
        one.report: frozenset(one.keys[:_SKETCH].tolist())
        for one, flags in zip(pile, held, strict=True)
        if flags.sum() >= _ALIKE
    }
    first: dict[int, list[str]] = {}
    merged = {one.report: one.report for one in pile}
    for report in sorted(sketches):
        sketch = sketches[report]
        for key in sorted(sketch):
            like = [other for other in first.get(key, ()) if len(sketch & sketches[other]) >= _ALIKE]
            if like:
                merged[report] = like[0]
                break
        else:
            for key in sketch:
                first.setdefault(key, []).append(report)
    return merged


def stories(
    pile: Sequence[Keyed], merged: Mapping[str, str], pairs: Pairs, options: StandingOptions
) -> dict[str, str]:
    """Return for each report the least id among the prints of its story.

    `merged` are the near-identical bodies.
    """
    parent = dict(merged)

    def root(node: str) -> str:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    least = min(options.near_story, options.same_story, options.same_voice_story)
    likely = pairs.where((pairs.shorter >= options.least_keys) & (pairs.shared >= least * pairs.shorter))
    columns = (column.tolist() for column in (likely.a, likely.b, likely.shared, likely.shorter))
    for at, to, shared, shorter in zip(*columns, strict=True):
        a, b = pile[at], pile[to]
        if shared >= _bar(a, b, options) * shorter:
            one, two = sorted((root(a.report), root(b.report)))
            parent[two] = one
    return {report: root(report) for report in sorted(parent)}


def _bar(a: Keyed, b: Keyed, options: StandingOptions) -> float:
    """Return the share of keys that makes two reports one story."""
    if a.voice == b.voice:
        return options.same_voice_story
    near = a.day is not None and b.day is not None and abs(a.day - b.day) <= options.near_days
    return options.near_story if near else options.same_story


def learn(
    pile: Sequence[Keyed], postings: Postings, story: Mapping[str, str], options: StandingOptions
) -> Standing:
    """Return the standing keys of a pile: see `StandingOptions`.

    A report without a day tells nothing about days apart, but counts as a story.
    """
    if not len(postings.keys):
        return Standing(np.empty(0, np.int64))
    tellers = _numbers([story[one.report] for one in pile])
    groups = _numbers([one.group for one in pile])[postings.reports]
    # The day of a story is its first: later prints of it prove no recurrence.
    day = _first_days(pile, tellers)[tellers[postings.reports]]
    latest = np.maximum.reduceat(day, postings.first)
    earliest = np.minimum.reduceat(np.where(day > 0, day, np.iinfo(np.int64).max), postings.first)
    holders = np.diff(np.r_[postings.first, len(postings.keys)])
    likely = np.flatnonzero((holders >= options.stories) & (latest - earliest >= options.days))
    told = tellers[postings.reports]
    found = []
    for i in likely.tolist():
        rows = slice(int(postings.first[i]), int(postings.first[i] + holders[i]))
        if min(len(set(told[rows].tolist())), len(set(groups[rows].tolist()))) >= options.stories:
            found.append(postings.keys[rows.start])
    return Standing(np.array(found, dtype=np.int64))


def _numbers(names: Sequence[str]) -> Codes:
    number = {name: at for at, name in enumerate(sorted(set(names)))}
    return np.array([number[name] for name in names], dtype=np.int64)


def _first_days(pile: Sequence[Keyed], tellers: Codes) -> Codes:
    first = np.zeros(int(tellers.max(initial=0)) + 1, dtype=np.int64)
    for one, teller in zip(pile, tellers.tolist(), strict=True):
        if one.day and (first[teller] == 0 or one.day < first[teller]):
            first[teller] = one.day
    return first


def runs(flags: Flags, least: int) -> Flags:
    """Return `flags` without runs shorter than `least`."""
    edges = np.flatnonzero(np.diff(np.r_[False, flags, False].astype(np.int8)))
    kept = np.zeros_like(flags)
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if end - start >= least:
            kept[start:end] = True
    return kept
