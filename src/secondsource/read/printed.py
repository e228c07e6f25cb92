"""Names of agencies and outlets as credits print them: "AFP", "Reuters and AP", "(Outlet with agencies)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondsource import lexicon
from secondsource.lexicon import outlets

_WORD = re.compile(r"[\w.&'\u2019-]+")
_GLUE = re.compile(r"\s*[,/&+;]\s*|\s+(?:and|with|via)\s+|\s+")
_LONGEST = 5  # words of a name


@lexicon.view
def agencies() -> frozenset[str]:
    """Return the names of agencies and picture services as printed, in capitals too."""
    named = {name for name, _ in outlets.agencies()} | set(lexicon.table("furniture")["agencies"])
    return frozenset(named | {name.upper() for name in named})


@lexicon.view
def _either() -> frozenset[str]:
    held = lexicon.table("furniture")
    printed = {name for outlet in outlets.outlets() for name in outlet.printed if len(name) > 2}
    return agencies() | printed | frozenset(held["others"]) | frozenset(held["pictures"])


def agencies_at(text: str, at: int) -> int:
    """Return where the agencies end that are named at `at` of `text`, others beside them; 0 where none is."""
    return _run(text, at, agencies())


def outlets_at(text: str, at: int) -> int:
    """Return where the outlets or agencies end that are named at `at` of `text`; 0 where none is."""
    return _run(text, at, _either())


def first_agencies(text: str) -> str:
    """Return the first agencies named in `text`, with those beside them, or ""."""
    for word in _WORD.finditer(text):
        if end := agencies_at(text, word.start()):
            return text[word.start() : end]
    return ""


def valid(found: re.Match[str]) -> bool:
    """Tell whether the groups `agencies` and `outlets` of a match hold such names alone, if there."""
    groups = found.groupdict()
    named, either = groups.get("agencies"), groups.get("outlets")
    return (not named or agencies_at(named, 0) == len(named)) and (
        not either or outlets_at(either, 0) == len(either)
    )


def matches(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the valid matches of `pattern` in `text[start:end]`, in order."""
    return (found for found in pattern.finditer(text, start, end) if valid(found))


def _run(text: str, at: int, first: frozenset[str]) -> int:
    end = _name(text, at, first)
    while end and (glue := _GLUE.match(text, end)) and (more := _name(text, glue.end(), _either())):
        end = more
    return end


def _name(text: str, at: int, names: frozenset[str]) -> int:
    """Return where the longest of `names` that stands at `at` ends, or 0."""
    ends: list[int] = []
    begin = at
    while len(ends) < _LONGEST and (word := _WORD.match(text, begin)):
        stop = word.end()
        ends += [stop - len(word[0]) + len(word[0].rstrip(".-'\u2019"))] if word[0][-1] in ".-'\u2019" else []
        ends.append(stop)
        begin = stop + 1 if text[stop : stop + 1] in (" ", "/") else len(text)
    return next((end for end in sorted(ends, reverse=True) if text[at:end] in names), 0)
