"""A report as comparing needs it: words as numbers, sentences, quoted words, sampled word 5-grams.

Everything here is a pure function of one report, so that a library can keep the keys and
trace one new report against them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from secondsource.lexicon import outlets, table, view
from secondsource.model import Report, SectionRole, Span
from secondsource.text import fold, quotations, stable_hash

SIZE = 5  # words a key covers
RATE = 2  # one 5-gram in RATE is a key
LONGEST = 40_000  # characters of a body that are looked at

Codes = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_WORD = re.compile(r"\d+(?:[.,]\d+)+|\w+(?:['\u2019]\w+)*")
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
    headline. `at` are the positions of the sampled 5-grams and `keys` their hashes. `days` are
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
    at: Codes
    keys: Codes

    def span(self, first: int, last: int) -> Span:
        """Return the span in the body of the words from `first` up to, not including, `last`."""
        return int(self.starts[first]), int(self.ends[last - 1])


def fingerprint(report: Report) -> Print:
    """Return the print of one report."""
    body = report.body[:LONGEST]
    found = list(_WORD.finditer(body))
    starts = np.array([m.start() for m in found], dtype=np.int64)
    ends = np.array([m.end() for m in found], dtype=np.int64)
    codes = _codes(m[0] for m in found)
    sentence = np.searchsorted(np.array(_stops(body), dtype=np.int64), starts, side="right")
    marked = _inside(starts, quotations(body))
    outside = [s.span for s in report.sections if s.role not in (SectionRole.BODY, SectionRole.HEADLINE)]
    at, keys = _sampled(codes, marked)
    return Print(
        report=report.id,
        outlet=report.outlet,
        voice=outlets.voice_of(report.outlet),
        days=tuple(day.toordinal() for day in (report.published, report.stated) if day),
        codes=codes,
        starts=starts,
        ends=ends,
        sentence=sentence,
        quoted=marked | _spoken(codes, sentence),
        furniture=_inside(starts, outside),
        at=at,
        keys=keys,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Keyed:
    """What finding candidates needs of one report: its distinct keys in order, its group, its day."""

    report: str
    voice: str
    day: int | None
    keys: Codes

    @property
    def group(self) -> str:
        """The outlet-and-day group that frequencies count."""
        return f"{self.voice}\x1f{self.day or ''}"


def keyed(report: Report) -> Keyed:
    """Return the keys of one report; many times faster than its whole print."""
    day = report.published.toordinal() if report.published else None
    return Keyed(report.id, outlets.voice_of(report.outlet), day, np.unique(_keys(report.body[:LONGEST])))


def keys_of(report: Report) -> list[int]:
    """Return the distinct sampled keys of one report, in order of size: what a library keeps."""
    keys: list[int] = keyed(report).keys.tolist()
    return keys


def _keys(body: str) -> Codes:
    """Return the sampled keys of a text, with quotations cut out; the fast road for many texts."""
    words: list[str] = []
    last = 0
    for start, end in quotations(body):
        words += _WORD.findall(body, last, start)
        words.append(_BREAK)
        last = end
    words += _WORD.findall(body, last)
    codes = _codes(words)
    return _sampled(codes, codes == _code(_BREAK))[1]


_BREAK = "\x00"


@lru_cache(maxsize=1 << 19)
def _code(word: str) -> int:
    return stable_hash(fold(word))


def _codes(words: Iterable[str]) -> Codes:
    return np.fromiter(map(_code, words), dtype=np.int64)


def _sampled(codes: Codes, skipped: Flags) -> tuple[Codes, Codes]:
    count = len(codes) - SIZE + 1
    if count < 1:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    raw = codes.view(np.uint64)
    mixed = np.zeros(count, dtype=np.uint64)
    holes = np.zeros(count, dtype=bool)
    for j in range(SIZE):
        mixed += raw[j : j + count] * _PRIMES[j]
        mixed ^= mixed >> np.uint64(29)
        holes |= skipped[j : j + count]
    mixed *= _PRIMES[1]
    mixed ^= mixed >> np.uint64(32)
    kept = (mixed % np.uint64(RATE) == 0) & ~holes
    at = np.flatnonzero(kept)
    return at, (mixed[at] >> np.uint64(1)).astype(np.int64)


def _inside(starts: Codes, spans: list[Span]) -> Flags:
    flags = np.zeros(len(starts), dtype=bool)
    for start, end in spans:
        flags[np.searchsorted(starts, start) : np.searchsorted(starts, end)] = True
    return flags


def _spoken(codes: Codes, sentence: Codes) -> Flags:
    """Return the words of sentences that speak in the first person."""
    speaks = np.zeros(int(sentence.max(initial=0)) + 1, dtype=bool)
    speaks[sentence[np.fromiter(map(_first_person().__contains__, codes.tolist()), dtype=bool)]] = True
    return speaks[sentence]


@view
def _first_person() -> frozenset[int]:
    return frozenset(_code(word) for word in table("trace")["speech"]["first_person"])


def _stops(body: str) -> list[int]:
    return [
        m.end() for m in _STOP.finditer(body) if not _ABBREVIATED.search(body, max(0, m.end() - 12), m.end())
    ]
