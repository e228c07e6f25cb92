"""What stands beside a story in print, compiled from `lexicon/furniture.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from secondsource import lexicon
from secondsource.model import SectionRole

_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE, _AFTER = 80, 60  # code points of a day of publication around its year
DAY = (
    r"(?:\d{{1,2}}(?:st|nd|rd|th)?[\s./-]*(?:of\s+)?(?:{m})\b[\s.,/-]*(?:19|20)\d\d"
    r"|(?:{m})\.?\s*\d{{1,2}}(?:st|nd|rd|th)?[\s,]*(?:19|20)\d\d"
    r"|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:19|20)\d\d|(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}})"
)
_MONTHDAY = r"(?:\d{{1,2}}\s+(?:{m})|(?:{m})\.?\s+\d{{1,2}})(?:,?\s+(?:19|20)\d\d)?"
_NAME = r"[A-Z][\w.'\u2019-]*(?:\s+(?:(?:al|el|bin|de|van|von)[\s-])?[A-Z][\w.'\u2019-]*){1,3}"
_PLACE = (
    r"[A-Z][A-Z'\u2019.-]{{2,}}(?:[\s/][A-Z'\u2019.-]{{2,}}){{0,3}}(?!\w)"
    r"(?:,\s*(?!(?:{m})\b)[A-Z][\w.]+(?:\s(?!(?:{m})\b)[A-Z][\w.]+)?)?"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what it marks."""

    role: SectionRole
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Rules:
    """All patterns of the table, compiled."""

    openers: tuple[Rule, ...]
    ends: tuple[Rule, ...]
    inner: tuple[Rule, ...]
    lines: tuple[Rule, ...]
    sentences: tuple[Rule, ...]
    captions: re.Pattern[str]
    address: re.Pattern[str]
    share: re.Pattern[str]
    stamp: re.Pattern[str]
    dateline: re.Pattern[str]
    photo: re.Pattern[str]
    bracketed: re.Pattern[str]
    tags: re.Pattern[str]
    byline: re.Pattern[str]
    prose: frozenset[str]
    starters: frozenset[str]
    small: frozenset[str]
    abbreviations: frozenset[str]
    prepositions: frozenset[str]


def stamps(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the days of publication printed in `text[start:end]`, lead-in and hour included, in order."""
    stamp = rules().stamp
    for year in _YEAR.finditer(text, start, end):
        # Only beside a year: the whole pattern is too slow to try everywhere.
        found = stamp.search(text, max(start, year.start() - _BEFORE), min(end, year.end() + _AFTER))
        if found and found.end() >= year.end():
            start = found.end()
            yield found


@lexicon.view
def rules() -> Rules:
    """Return the compiled rules."""
    held, days = lexicon.table("furniture"), lexicon.table("datelines")
    blanks = _blanks()
    compiled = {kind: tuple(_rule(entry, blanks, kind) for entry in held[kind]) for kind in _KINDS}
    return Rules(
        **compiled,
        captions=re.compile("|".join(held["captions"]), re.IGNORECASE),
        address=re.compile(held["words"]["address"]),
        share=re.compile(rf"(?:(?:{_any(held['share'])})\s*(?:\d[\d,.]*\s*)*)+"),
        stamp=_stamp(days, blanks),
        dateline=re.compile(_filled(held["head"]["dateline"], blanks)),
        photo=re.compile(_filled(held["head"]["photo"], blanks)),
        bracketed=re.compile(_filled(held["head"]["bracketed"], blanks)),
        tags=re.compile(held["head"]["tags"]),
        byline=re.compile(_filled(held["head"]["byline"], blanks)),
        prose=frozenset(held["prose"]),
        starters=frozenset(held["starters"]),
        small=frozenset(held["small"]),
        abbreviations=frozenset(held["abbreviations"]),
        prepositions=frozenset(days["words"]["prepositions"]),
    )


_KINDS = ("openers", "ends", "inner", "lines", "sentences")


def _rule(entry: dict[str, str], blanks: dict[str, str], kind: str) -> Rule:
    pattern = _filled(entry["pattern"], blanks)
    if kind == "ends":
        pattern = rf"(?:{pattern})\s*$"
    return Rule(SectionRole(entry["role"]), re.compile(pattern))


def _filled(pattern: str, blanks: dict[str, str]) -> str:
    return re.sub(rf"<({'|'.join(blanks)})>", lambda m: blanks[m[1]], pattern)


def _blanks() -> dict[str, str]:
    months = _any(lexicon.table("datelines")["months"])
    months = f"{months}|{months.title()}|{months.upper()}"
    return {
        "agency": rf"\b(?:{_any(lexicon.table('furniture')['pictures'])})\b",
        "name": _NAME,
        "twonames": _NAME.replace("{1,3}", ""),
        "day": DAY.format(m=months),
        "monthday": _MONTHDAY.format(m=months),
        "place": _PLACE.format(m=months),
    }


def _any(words: Iterable[str]) -> str:
    """Return an alternative of words, longer ones first so that the whole name is taken."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))


def _stamp(days: dict[str, dict[str, list[str]]], blanks: dict[str, str]) -> re.Pattern[str]:
    """Return what matches a day of publication with its lead-in, weekday, time and zone."""
    words = days["words"]
    lead = rf"(?P<lead>(?i:{_any(words['leads'])})\b\s*:?\s*)?"
    weekday = rf"(?P<weekday>(?i:{_any(words['weekdays'])})\b\.?,?\s*)?"
    zone = rf"(?:{_any(words['zones'])})(?:\s?[+-]\s?\d{{1,2}}(?:[:.]?\d\d)?)?"
    half = r"\s*[AaPp]\.?[Mm]\b\.?"
    split = rf"(?:at\s+)?(?:{zone}\s*)?\d{{1,2}}[:.]\d\d(?::\d\d)?(?:{half})?(?:\s*{zone})?"
    # Where the colon is lost, four digits are an hour only beside another sign of one.
    joined = rf"(?:at\s+\d{{4}}|(?:at\s+)?\d{{4}}(?:{half}|\s*{zone}))"
    clock = rf"(?:[-\u2013|,\u00b7@]\s*)?(?:{split}|{joined})"
    bare = rf"{blanks['day']}(?:[\s,]*{clock})*"
    again = r"(?:\s*\((?i:updated|modified)[^)]{0,40}\))?"
    first = rf"(?:{clock}\s+)?"
    return re.compile(rf"{lead}(?:{clock},?\s+)?{weekday}{first}{bare}{again}")
