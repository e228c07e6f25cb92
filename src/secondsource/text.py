"""Text at the level of characters and words: tokens with offsets, folding, stable hashes.

Nothing here changes a body: every function gives offsets into the text it was given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from secondsource.model import Span, Spans

PARSED = "en"
"""The language that is parsed, and whose words are compared; others are read sentence by sentence."""

READABLE = 40_000
"""How many characters of a body are read for claims; some seven thousand words, more than news runs to."""

WORD = re.compile(r"\d+(?:[.,]\d+)+|\w+(?:['\u2019]\w+)*")
"""A word: letters or digits, with inner apostrophes, and figures with their separators ("1,200", "2.5")."""

_FOLD_MARKS = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"'})
_QUOTED = re.compile(r"[\"\u201c\u201d\u00ab\u00bb\u201e\u201f]")


class Token(NamedTuple):
    """A word as folded, with its place in the text."""

    word: str
    start: int
    end: int


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Return `word` in compatibility form, case-folded, without accents and format characters."""
    decomposed = unicodedata.normalize("NFKD", word.translate(_FOLD_MARKS))
    kept = "".join(c for c in decomposed if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return kept.casefold()


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the folded words of `text[start:end]` in order, offsets into the whole of `text`."""
    stop = len(text) if end is None else end
    return [Token(fold(m[0]), m.start(), m.end()) for m in WORD.finditer(text, start, stop)]


def words(text: str) -> list[str]:
    """Return the folded words of `text` in order."""
    return [fold(m[0]) for m in WORD.finditer(text)]


def stable_hash(text: str) -> int:
    """Return an unsigned 63-bit hash of `text`, the same on every machine."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def spans_text(text: str, spans: Iterable[Span]) -> str:
    """Return the words under `spans`, joined by one space."""
    return " ".join(text[s:e] for s, e in spans)


def hull(spans: Spans) -> Span:
    """Return the smallest span that holds all of `spans` (at least one)."""
    return min(s for s, _ in spans), max(e for _, e in spans)


def overlaps(a: Span, b: Span) -> bool:
    """Tell whether the two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def shared(a: Span, b: Span) -> int:
    """Return how many characters the two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def trim(text: str, span: Span) -> Span:
    """Return `span` without white space at its ends; an empty result stays at its start."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def quotations(text: str) -> list[Span]:
    """Return the spans between paired double quotation marks, marks included, in order.

    An opening mark without a closing one within 1,500 characters opens nothing, so that one
    lost mark does not turn narration into speech.
    """
    if text.isascii() and '"' not in text:
        return []
    found: list[Span] = []
    opened: int | None = None
    for mark in _QUOTED.finditer(text):
        if opened is None or mark.start() - opened > 1_500:
            opened = mark.start()
        else:
            found.append((opened, mark.end()))
            opened = None
    return found
