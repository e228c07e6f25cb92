"""Which language a body is in: as told, else by its own words."""

from __future__ import annotations

import re

from secondsource import lexicon
from secondsource.text import words

_ENOUGH = 200  # code points below which a guess says little
_SAMPLE = 2_000
_SHARE = 0.15  # of common words in English


@lexicon.view
def _common() -> frozenset[str]:
    return frozenset(lexicon.table("languages")["english"]["common"])


@lexicon.view
def _codes() -> dict[str, str]:
    codes: dict[str, str] = lexicon.table("languages")["codes"]
    return codes


def language_of(body: str, told: str = "") -> tuple[str, str]:
    """Return the ISO 639-1 code of `body`, and a note where it could not be told.

    `told` ("en-GB", "eng", "English") wins where it is understood. Text with enough common
    English words is English; other text over 200 characters is judged by py3langid.
    """
    if code := _code(told):
        return code, ""
    if is_english(body):
        return "en", ""
    if len(body) < _ENOUGH:
        return "en", ""
    import py3langid

    code = str(py3langid.classify(body[:_SAMPLE])[0])
    return code, "" if code == "en" else f"language found by its words: {code}"


def is_english(text: str) -> bool:
    """Tell whether enough of the first 2,000 characters are common English words."""
    sample = words(text[:_SAMPLE])
    return sum(word in _common() for word in sample) >= _SHARE * max(len(sample), 1)


def _code(told: str) -> str:
    word = re.split(r"[-_\s]", told.strip().casefold(), maxsplit=1)[0]
    named = _codes().get(word, "")
    return named or (word if re.fullmatch(r"[a-z]{2}", word) else "")
