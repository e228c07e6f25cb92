"""A report as comparing needs it: words as numbers, sentences, quoted words, sampled word 5-grams.

Everything here is a pure function of one report, so that a library can keep the keys and
trace one new report against them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from secondsource.lexicon import outlets, table, view
from secondsource.model import Report, SectionRole, Span
from secondsource.text import fold, quotations, stable_hash
from secondsource.trace.align import Codes, Flags, Text, text_of

SIZE = 5  # words a key covers
RATE = 2  # one 5-gram in RATE is a key
LONGEST = 40_000  # characters of a body that are looked at

_WORD = re.compile(r"[^\W_]+")
_ALNUM = np.array([chr(i).isalnum() for i in range(128)])
_SPACED = {i: " " for i in range(128) if not chr(i).isalnum()}
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
    starts, ends = _places(body)
    codes = _codes(_words(body))
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
    """What finding candidates needs of one report: its distinct keys in order, its group, its day."""

    report: str
    voice: str
    day: int | None
    keys: Codes

    @property
    def group(self) -> str:
        """The outlet-and-day group that frequencies count."""
        return f"{self.voice}\x1f{self.day or ''}"


def keyed(reports: Sequence[Report]) -> list[Keyed]:
    """Return the keys of reports, in their order; many times faster than their whole prints."""
    found: list[Keyed] = []
    for first in range(0, len(reports), _BATCH):
        batch = reports[first : first + _BATCH]
        for report, keys in zip(batch, _keys([r.body[:LONGEST] for r in batch]), strict=True):
            day = report.published.toordinal() if report.published else None
            found.append(Keyed(report.id, outlets.voice_of(report.outlet), day, keys))
    return found


def keys_of(report: Report) -> list[int]:
    """Return the distinct sampled keys of one report, in order of size: what a library keeps."""
    keys: list[int] = keyed([report])[0].keys.tolist()
    return keys


def _keys(bodies: Sequence[str]) -> list[Codes]:
    """Return the distinct keys of texts, with quotations cut out; one pass over all of them."""
    words: list[str] = []
    ends = []
    for body in bodies:
        last = 0
        for start, end in quotations(body):
            words += _words(body[last:start])
            words.append(_BREAK)
            last = end
        words += _words(body[last:])
        words.append(_BREAK)
        ends.append(len(words))
    codes = _codes(words)
    grams = grams_of(codes)
    at = np.flatnonzero(_is_key(grams) & ~_near(codes == _CODES[_BREAK]))
    text = np.searchsorted(np.array(ends), at, side="right")
    keys = grams[at]
    order = np.lexsort((keys, text))
    keys, text = keys[order], text[order]
    kept = np.r_[True, (keys[1:] != keys[:-1]) | (text[1:] != text[:-1])] if len(keys) else np.empty(0, bool)
    keys, text = keys[kept], text[kept]
    bounds = np.searchsorted(text, np.arange(len(bodies) + 1))
    return [keys[start:end] for start, end in pairwise(bounds.tolist())]


_BATCH = 1_000
_BREAK = "\x00"


class _Codes(dict[str, int]):
    """The stable hash of each folded word met so far."""

    def __missing__(self, word: str) -> int:
        if len(self) > _MOST_WORDS:
            self.clear()
        code = self[word] = stable_hash(word)
        return code


_MOST_WORDS = 1_000_000
_CODES = _Codes()


def _words(text: str) -> list[str]:
    """Return the folded words of a text."""
    if text.isascii():
        return text.lower().translate(_SPACED).split()
    return [fold(word) for word in _WORD.findall(text)]


def _places(text: str) -> tuple[Codes, Codes]:
    """Return where the words of a text start and end."""
    if text.isascii():
        inside = _ALNUM[np.frombuffer(text.encode("ascii"), dtype=np.uint8)]
        edges = np.diff(np.r_[False, inside, False].astype(np.int8))
        return np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    spans = [match.span() for match in _WORD.finditer(text)]
    return np.array([s for s, _ in spans], dtype=np.int64), np.array([e for _, e in spans], dtype=np.int64)


def _codes(words: Sequence[str]) -> Codes:
    return np.fromiter(map(_CODES.__getitem__, words), dtype=np.int64, count=len(words))


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
    flags = np.zeros(len(starts), dtype=bool)
    for start, end in spans:
        flags[np.searchsorted(starts, start) : np.searchsorted(starts, end)] = True
    return flags


def _spoken(codes: Codes, sentence: Codes) -> Flags:
    """Return the words of sentences that speak in the first person."""
    speaks = np.zeros(int(sentence.max(initial=0)) + 1, dtype=bool)
    for code in _first_person():
        speaks[sentence[codes == code]] = True
    return speaks[sentence]


@view
def _first_person() -> tuple[int, ...]:
    return tuple(_CODES[word] for word in table("trace")["speech"]["first_person"])


def _stops(body: str) -> list[int]:
    return [
        m.end() for m in _STOP.finditer(body) if not _ABBREVIATED.search(body, max(0, m.end() - 12), m.end())
    ]
