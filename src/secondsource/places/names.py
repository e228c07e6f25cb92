"""Place names as keys: one form for one spelling, whatever its case, accents and apostrophes."""

from __future__ import annotations

import re
from functools import lru_cache

from secondsource.text import fold

_MARKS = re.compile(r"['`\u2018\u2019\u02bb\u02bc\u02be\u02bf\u02b9\u02b0\u02cc\u0331\u0027]")
_GAPS = re.compile(r"[\W_]+")
_LETTERS = str.maketrans(
    {
        "ə": "a",
        "ı": "i",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "ħ": "h",
        "ŋ": "n",
    }
)


@lru_cache(maxsize=100_000)
def key_of(name: str) -> str:
    """Return `name` as lower-case plain words joined by one space, accents and apostrophes gone.

    Letters of other scripts are romanised, so that a name in Cyrillic or Arabic has a key too.
    """
    plain = fold(_MARKS.sub("", name)).translate(_LETTERS)
    if not plain.isascii():
        from anyascii import anyascii

        plain = fold(_MARKS.sub("", anyascii(plain)))
    return _GAPS.sub(" ", plain).strip()
