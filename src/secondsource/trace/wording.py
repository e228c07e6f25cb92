"""The words of texts as numbers, many texts at once: hashes of folded words with their places.

Words are hashed over arrays, as differences of one running polynomial hash of all letters
(Karp and Rabin 1987), so that the cost is a few passes over the bytes, not one step a word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from secondsource.text import fold

Codes = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Hashes = npt.NDArray[np.uint64]

_WORD = re.compile(r"[^\W_]+")
_BASE = 0x9E3779B97F4A7C15 | 1
_INVERSE = pow(_BASE, -1, 1 << 64)
_MIXERS = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_FOLDED = np.array(
    [ord(chr(i).lower()) if chr(i).isalnum() else 0 for i in range(128)] + list(range(128, 256)), np.uint8
)
# Marks of print that part words as their plain forms do: texts with no other letters stay on the fast way.
_PLAIN = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201c\u201d\u201e\u2013\u2014\u2026\u2022\u00b7\u00a0\u00ab\u00bb", " ")
)


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """The words of texts in order: 63-bit hash, first and last-but-one character, number of the text.

    Places are offsets into a word's own text, shifted by `bases[text]`.
    """

    codes: Codes
    starts: Codes
    ends: Codes
    bases: Codes
    text: Codes


def wording(texts: Sequence[str]) -> Wording:
    """Return the words of some texts: runs of letters and digits, compared without case and accents."""
    plain = [text if text.isascii() else text.translate(_PLAIN) for text in texts]
    odd = {i: list(_WORD.finditer(text)) for i, text in enumerate(plain) if not text.isascii()}
    # A folded text shorter than the text itself is filled up, so that places rise over all texts.
    raw = [
        _folded(odd[i]).ljust(len(text)) if i in odd else text.encode("ascii") for i, text in enumerate(plain)
    ]
    bases = np.cumsum([1, *(len(one) + 1 for one in raw)])
    letters = _FOLDED[np.frombuffer(b" ".join([b"", *raw, b""]), dtype=np.uint8)]
    edges = np.flatnonzero(np.diff(letters != 0)) + 1
    starts, ends = edges[::2], edges[1::2]
    text = np.searchsorted(bases, starts, side="right") - 1
    codes = _hashes(letters, starts, ends)
    for i, found in odd.items():
        here = slice(*np.searchsorted(text, (i, i + 1)).tolist())
        starts[here] = [match.start() + bases[i] for match in found]
        ends[here] = [match.end() + bases[i] for match in found]
    return Wording(codes, starts, ends, bases, text)


def code_of(word: str) -> int:
    """Return the hash of one word."""
    return int(wording([word]).codes[0])


def _folded(words: Sequence[re.Match[str]]) -> bytes:
    """Return folded words with spaces between them; a word of marks alone is still a word."""
    folded = ("".join(c for c in fold(match[0]) if c.isalnum()) or "x" for match in words)
    return " ".join(folded).encode("utf-8", "surrogatepass")


def _hashes(letters: Bytes, starts: Codes, ends: Codes) -> Codes:
    powers, inverses = _powers(1 << max(10, len(letters).bit_length()))
    running = np.zeros(len(letters) + 1, dtype=np.uint64)
    np.cumsum(letters * powers[: len(letters)], out=running[1:])
    mixed = (running[ends] - running[starts]) * inverses[starts]
    for mixer in _MIXERS:
        mixed ^= mixed >> np.uint64(31)
        mixed *= mixer
    mixed ^= mixed >> np.uint64(32)
    return (mixed >> np.uint64(1)).view(np.int64)


@lru_cache(maxsize=4)
def _powers(count: int) -> tuple[Hashes, Hashes]:
    """Return the powers of the hash's base, modulo 2**64, and those of its inverse."""
    base, inverse = np.full(count, _BASE, np.uint64), np.full(count, _INVERSE, np.uint64)
    base[0] = inverse[0] = 1
    return np.multiply.accumulate(base), np.multiply.accumulate(inverse)
