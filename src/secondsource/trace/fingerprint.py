"""A report as comparing needs it: words as numbers, sentences, quoted words, sampled word 5-grams.

Everything here is a pure function of one report, so that a library can keep the keys and
trace one new report against them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from secondsource.lexicon import outlets, table, view
from secondsource.model import Report, SectionRole, Span
from secondsource.text import quotations
from secondsource.trace.align import Codes, Flags, Text, text_of
from secondsource.trace.wording import code_of, wording

SIZE = 5  # words a key covers
RATE = 2  # one 5-gram in RATE is a key
LONGEST = 40_000  # characters of a body that are looked at

_STOP = re.compile(r"[.!?\u2026\u061f\u3002][\"'\u201d\u2019)\]]*\s+(?=[\"'\u201c\u2018(\[]*[^\W_a-z])|\n\s*")
_ABBREVIATED = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|Gen|Lt|Col|Maj|Sgt|Gov|Sen|Rep|No|vs))\.\s+\Z")
_PRIMES = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F],
    dtype=np.uint64,
)


@dataclass(frozen=True, slots=True, eq=False)
class Print:
    """One report's text, ready to compare.

    Arrays run over the words of its first `LONGEST` characters. `codes` are stable hashes of
    the folded words, `starts` and `ends` their offsets in the body, `sentence` the number of
    each word's sentence, `quoted` tells words in speech, `furniture` words outside story and
    headline; `text` is for aligning, `narration` counts each sentence's unquoted words. `at` are
    the positions of the sampled 5-grams and `keys` their hashes. `days` are
    the ordinals of the publication day and of the day that the text states, where known;
    `voice` is who speaks through the outlet.
    """

    report: str
    outlet: str
    voice: str
    days: tuple[int, ...]
    codes: Codes
    starts: Codes
    ends: Codes
    sentence: Codes
    quoted: Flags
    furniture: Flags
    text: Text
    narration: Codes
    at: Codes
    keys: Codes

    def span(self, first: int, last: int) -> Span:
        """Return the span in the body of the words from `first` up to, not including, `last`."""
        return int(self.starts[first]), int(self.ends[last - 1])


def fingerprint(report: Report) -> Print:
    """Return the print of one report."""
    body = report.body[:LONGEST]
    words = wording([body])
    codes, starts, ends = words.codes, words.starts - words.bases[0], words.ends - words.bases[0]
    sentence = np.searchsorted(np.array(_stops(body), dtype=np.int64), starts, side="right")
    marked = _inside(starts, quotations(body))
    quoted = marked | _spoken(codes, sentence)
    outside = [s.span for s in report.sections if s.role not in (SectionRole.BODY, SectionRole.HEADLINE)]
    grams = grams_of(codes)
    at = np.flatnonzero(_is_key(grams) & ~_near(marked))
    return Print(
        report=report.id,
        outlet=report.outlet,
        voice=outlets.voice_of(report.outlet),
        days=tuple(day.toordinal() for day in (report.published, report.stated) if day),
        codes=codes,
        starts=starts,
        ends=ends,
        sentence=sentence,
        quoted=quoted,
        furniture=_inside(starts, outside),
        text=text_of(codes, grams),
        narration=np.bincount(sentence[~quoted], minlength=int(sentence.max(initial=0)) + 1),
        at=at,
        keys=grams[at],
    )


def grams_of(codes: Codes) -> Codes:
    """Return the 63-bit hash of every run of `SIZE` words, in order."""
    count = max(0, len(codes) - SIZE + 1)
    raw = codes.view(np.uint64)
    mixed = np.zeros(count, dtype=np.uint64)
    for j in range(SIZE):
        mixed += raw[j : j + count] * _PRIMES[j]
        mixed ^= mixed >> np.uint64(29)
    mixed *= _PRIMES[1]
    mixed ^= mixed >> np.uint64(32)
    return (mixed >> np.uint64(1)).view(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Keyed:
    """What finding candidates needs of one report: its distinct keys in order, its group, its day.

    Keys of speech in quotation marks are below zero, all others not.
    """

    report: str
    voice: str
    day: int | None
    keys: Codes

    def of_speech(self, *, wanted: bool) -> Keyed:
        """Return the same with the keys of its quotations only, or of its narration only."""
        return replace(self, keys=self.keys[(self.keys < 0) == wanted])

    @property
    def group(self) -> str:
        """The outlet-and-day group that frequencies count."""
        return f"{self.voice}\x1f{self.day or ''}"


def keyed(reports: Sequence[Report]) -> list[Keyed]:
    """Return the keys of reports, in their order; many times faster than their whole prints."""
    voices = {outlet: outlets.voice_of(outlet) for outlet in {report.outlet for report in reports}}
    found: list[Keyed] = []
    for batch in _batches(reports):
        for report, keys in zip(batch, _keys([r.body[:LONGEST] for r in batch]), strict=True):
            day = report.published.toordinal() if report.published else None
            found.append(Keyed(report.id, voices[report.outlet], day, keys))
    return found


def _batches(reports: Sequence[Report]) -> Iterator[list[Report]]:
    """Yield reports in order, some of them at a time: arrays of a few megabytes stay near the processor."""
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


def keys_of(report: Report) -> list[int]:
    """Return the distinct sampled keys of one report, in order of size: what a library keeps."""
    keys: list[int] = keyed([report])[0].keys.tolist()
    return keys


def _keys(bodies: Sequence[str]) -> list[Codes]:
    """Return the distinct keys of texts in one pass over all of them.

    Keys of speech alone are turned below zero; there is none for what is partly speech.
    """
    words = wording(bodies)
    quoted = [
        (start + base, end + base)
        for base, body in zip(words.bases.tolist(), bodies, strict=False)
        for start, end in quotations(body)
    ]
    grams = grams_of(words.codes)
    last = len(grams) + SIZE - 1
    split = words.text[SIZE - 1 : last] != words.text[: len(grams)]
    marked = _inside(words.starts, quoted)
    speech = ~_near(~marked)
    at = np.flatnonzero(_is_key(grams) & (speech | ~_near(marked)) & ~split)
    bounds = np.searchsorted(words.text[at], np.arange(len(bodies) + 1))
    keys = np.where(speech[at], -1 - grams[at], grams[at])
    return [_distinct(keys[start:end]) for start, end in pairwise(bounds.tolist())]


def _distinct(keys: Codes) -> Codes:
    """Return some keys in order, each once."""
    ordered = np.sort(keys)
    kept = np.empty(len(keys), dtype=bool)
    kept[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=kept[1:])
    return ordered[kept]


_BATCH = 500_000  # characters


def _is_key(grams: Codes) -> Flags:
    return np.equal(grams % RATE, 0)


def _near(flags: Flags) -> Flags:
    """Return for each 5-gram whether a flagged word is in it."""
    count = max(0, len(flags) - SIZE + 1)
    near = np.zeros(count, dtype=bool)
    for j in range(SIZE):
        near |= flags[j : j + count]
    return near


def _inside(starts: Codes, spans: list[Span]) -> Flags:
    """Return which words start in one of some spans that do not overlap."""
    flags = np.zeros(len(starts), dtype=bool)
    if spans:
        edges = np.searchsorted(starts, np.array(spans)).tolist()
        for first, last in edges:
            flags[first:last] = True
    return flags


def _spoken(codes: Codes, sentence: Codes) -> Flags:
    """Return the words of sentences that speak in the first person."""
    speaks = np.zeros(int(sentence.max(initial=0)) + 1, dtype=bool)
    for code in _first_person():
        speaks[sentence[codes == code]] = True
    return speaks[sentence]


@view
def _first_person() -> tuple[int, ...]:
    return tuple(code_of(word) for word in table("trace")["speech"]["first_person"])


def _stops(body: str) -> list[int]:
    return [
        m.end() for m in _STOP.finditer(body) if not _ABBREVIATED.search(body, max(0, m.end() - 12), m.end())
    ]
