"""Standing text: what an agency or outlet repeats in every story, learned from the reports themselves.

Background paragraphs, house templates, page furniture and stock phrases recur on days far
apart in reports that are otherwise dissimilar; a much-printed story does not, however many
print it. So frequencies are counted over stories (reports that are mostly the same text
count once), and only those on different days, in different (outlet, day) groups.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from secondsource.trace.fingerprint import SIZE, Codes, Flags, Print
from secondsource.trace.options import StandingOptions

_SKETCH = 8  # least keys that stand for a body
_ALIKE = 5  # of them, shared by near-identical bodies


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Sorted keys of standing text."""

    keys: Codes

    def mask(self, one: Print) -> Flags:
        """Return which words of a print lie in standing text."""
        flags = np.zeros(len(one.codes), dtype=bool)
        if len(self.keys) and len(one.keys):
            near = np.minimum(np.searchsorted(self.keys, one.keys), len(self.keys) - 1)
            first = one.at[self.keys[near] == one.keys]
            for offset in range(SIZE):
                flags[first + offset] = True
        return flags


def near_identical(prints: Sequence[Print]) -> dict[str, str]:
    """Return for each report the least id among reports with nearly the same body.

    In one pass: bodies are alike if they share most of their least keys (a bottom-k sketch,
    Broder 1997) with the first report that holds one of them.
    """
    sketches = {p.report: frozenset(np.unique(p.keys)[:_SKETCH].tolist()) for p in prints}
    first: dict[int, list[str]] = {}
    merged: dict[str, str] = {}
    for report in sorted(sketches):
        sketch = sketches[report]
        merged[report] = report
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
    prints: Sequence[Print], pairs: Iterable[tuple[str, str, int]], options: StandingOptions
) -> dict[str, str]:
    """Return for each report the least id among the prints of its story.

    `pairs` are `(a, b, shared keys)`; of a story printed many times over not every pair is
    needed, only a chain.
    """
    by_id = {p.report: p for p in prints}
    sizes = {p.report: len(np.unique(p.keys)) for p in prints}
    parent = near_identical(prints)

    def root(node: str) -> str:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for a, b, shared in pairs:
        least = min(sizes[a], sizes[b])
        same_voice = by_id[a].voice == by_id[b].voice
        bar = options.same_voice_story if same_voice else options.same_story
        if least >= options.least_keys and shared >= bar * least:
            one, two = sorted((root(a), root(b)))
            parent[two] = one
    return {report: root(report) for report in sorted(parent)}


def learn(prints: Sequence[Print], story: Mapping[str, str], options: StandingOptions) -> Standing:
    """Return the standing keys of a pile: see `StandingOptions`.

    A report without a day tells nothing about days apart, but counts as a story.
    """
    if not any(len(p.keys) for p in prints):
        return Standing(np.empty(0, np.int64))
    names = {name: number for number, name in enumerate(sorted(set(story.values())))}
    groups = {name: number for number, name in enumerate(sorted({p.group for p in prints}))}
    own = [np.unique(p.keys) for p in prints]
    lengths = [len(keys) for keys in own]
    keys = np.concatenate(own)
    tellers = np.repeat(np.array([names[story[p.report]] for p in prints]), lengths)
    group = np.repeat(np.array([groups[p.group] for p in prints]), lengths)
    # The day of a story is its first: later prints of it prove no recurrence.
    first = _first_days(prints, story, names)
    day = first[tellers]
    order = np.argsort(keys, kind="stable")
    keys, tellers, group, day = keys[order], tellers[order], group[order], day[order]
    edges = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    holders = np.diff(np.r_[edges, len(keys)])
    known = day > 0
    latest = np.maximum.reduceat(np.where(known, day, 0), edges)
    earliest = np.minimum.reduceat(np.where(known, day, np.iinfo(np.int64).max), edges)
    likely = np.flatnonzero((holders >= options.stories) & (latest - earliest >= options.days))
    found = [
        keys[edges[i]]
        for i in likely
        if len(np.unique(tellers[edges[i] : edges[i] + holders[i]])) >= options.stories
        and len(np.unique(group[edges[i] : edges[i] + holders[i]])) >= options.stories
    ]
    return Standing(np.array(found, dtype=np.int64))


def _first_days(prints: Sequence[Print], story: Mapping[str, str], names: Mapping[str, int]) -> Codes:
    first = np.zeros(len(names), dtype=np.int64)
    for p in prints:
        at = names[story[p.report]]
        if p.day and (first[at] == 0 or p.day < first[at]):
            first[at] = p.day
    return first
