"""What finding candidates needs of a pile: sampled word 5-grams of every report, in one table.

Keys are a pure function of one report, so that a library can keep them and trace one new
report against them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from secondsource.lexicon import outlets
from secondsource.model import Report, Span
from secondsource.text import quotations
from secondsource.trace.align import ANCHOR, Codes, Flags, grams_of
from secondsource.trace.wording import wording

SIZE = ANCHOR  # words a key covers
RATE = 2  # one 5-gram in RATE, a power of two, is a key
LONGEST = 40_000  # characters of a body that are looked at

_BATCH = 500_000  # characters done at once: arrays of a few megabytes stay near the processor


@dataclass(frozen=True, slots=True, eq=False)
class Keys:
    """The distinct keys of reports, each report's in order, one report after the other.

    Those of report `i` stand from `bounds[i]` to `bounds[i + 1]`. Keys of speech in quotation
    marks are below zero, all others not. `days` are ordinals of publication, 0 where unknown; `voices`
    tell who speaks through the outlet.
    """

    reports: tuple[str, ...]
    voices: tuple[str, ...]
    days: Codes
    keys: Codes
    bounds: Codes

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, int, Codes]]) -> Keys:
        """Return a table of reports, each with its voice, its day and its keys, in order of report."""
        ordered = sorted(rows, key=lambda row: row[0])
        reports, voices, days, keys = zip(*ordered, strict=True) if ordered else ((), (), (), ())
        bounds = np.cumsum([0, *map(len, keys)])
        return cls(reports, voices, np.array(days, np.int64), np.concatenate([_NONE, *keys]), bounds)

    @property
    def lengths(self) -> Codes:
        """Return how many keys each report has."""
        return np.diff(self.bounds)

    def of_speech(self, *, wanted: bool) -> Keys:
        """Return the same with the keys of quotations only, or of narration only."""
        kept = (self.keys < 0) == wanted
        return replace(self, keys=self.keys[kept], bounds=np.r_[0, np.cumsum(kept)][self.bounds])

    def least(self, count: int) -> Codes:
        """Return the places of the `count` least keys of each report."""
        within = np.arange(len(self.keys)) - np.repeat(self.bounds[:-1], self.lengths)
        return np.flatnonzero(within < count)


def keyed(reports: Iterable[Report]) -> Keys:
    """Return the keys of reports; many times faster than their whole prints."""
    ordered = sorted(reports, key=lambda report: report.id)
    found = [_keys([report.body[:LONGEST] for report in batch]) for batch in _batches(ordered)]
    return Keys(
        tuple(report.id for report in ordered),
        tuple(outlets.voice_of(report.outlet) for report in ordered),
        np.array([r.published.toordinal() if r.published else 0 for r in ordered], dtype=np.int64),
        np.concatenate([_NONE, *(keys for keys, _ in found)]),
        np.cumsum(np.concatenate([np.zeros(1, np.int64), *(counts for _, counts in found)])),
    )


def keys_of(report: Report) -> list[int]:
    """Return the distinct sampled keys of one report, in order of size: what a library keeps."""
    keys: list[int] = keyed([report]).keys.tolist()
    return keys


def _batches(reports: Sequence[Report]) -> Iterator[list[Report]]:
    """Yield reports in order, some of them at a time."""
    batch: list[Report] = []
    size = 0
    for report in reports:
        batch.append(report)
        size += min(len(report.body), LONGEST)
        if size > _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _keys(bodies: Sequence[str]) -> tuple[Codes, Codes]:
    """Return the distinct keys of texts, text by text in order of size, and how many each has.

    Keys of speech alone are turned below zero; there is none for what is partly speech.
    """
    words = wording(bodies)
    marked = inside(words.starts, shifted(map(quotations, bodies), words.bases))
    grams = grams_of(words.codes)
    last = len(words.text) - len(grams)
    speech = ~near(~marked)
    at = np.flatnonzero(
        is_key(grams) & (speech | ~near(marked)) & (words.text[last:] == words.text[: len(grams)])
    )
    keys, text = np.where(speech[at], -1 - grams[at], grams[at]), words.text[at]
    order = np.argsort(keys)
    order = order[np.argsort(text[order].astype(np.int32), kind="stable")]
    keys, text = keys[order], text[order]
    kept = np.ones(len(keys), dtype=bool)
    kept[1:] = (np.diff(keys) != 0) | (np.diff(text) != 0)
    return keys[kept], np.bincount(text[kept], minlength=len(bodies))


def is_key(grams: Codes) -> Flags:
    """Return which 5-grams are keys."""
    return np.asarray(grams & (RATE - 1) == 0)


def near(flags: Flags) -> Flags:
    """Return for each 5-gram whether a flagged word is in it."""
    count = max(0, len(flags) - SIZE + 1)
    found = np.zeros(count, dtype=bool)
    for j in range(SIZE):
        found |= flags[j : j + count]
    return found


def shifted(spans: Iterable[Sequence[Span]], bases: Codes) -> list[Span]:
    """Return the spans of several texts as places in all of them."""
    return [
        (start + base, end + base)
        for base, found in zip(bases.tolist(), spans, strict=False)
        for start, end in found
    ]


def inside(starts: Codes, spans: Sequence[Span]) -> Flags:
    """Return which words begin inside one of the spans."""
    flags = np.zeros(len(starts), dtype=bool)
    if spans:
        for first, last in np.searchsorted(starts, np.array(spans)).tolist():
            flags[first:last] = True
    return flags


_NONE = np.empty(0, dtype=np.int64)
