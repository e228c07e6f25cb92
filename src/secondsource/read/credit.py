"""Credit lines and bylines as printed: "(AFP)", "Reuters" before the date, "Source: ...", "By A. Writer".

Only the head and the tail of a page are read: a credit inside it names a picture's owner.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from secondsource.model import Section, SectionRole
from secondsource.read.furniture import rules
from secondsource.read.printed import first_agencies

_HEAD = 900  # code points in which the dateline stands, behind headline and deck
_LED = re.compile(
    r"\(?\b(?:[Ss]ource|SOURCE|[Cc]redit|[Ww]ith|WITH)s?\b\s*:?\s+(?P<credit>[^()]{2,80}?)\)?\.?$"
)
_DASHED = re.compile(r"[(\[\u2013\u2014-]+\s*(?P<credit>[^()\[\]]{2,60}?)[)\].]*$")
_NAME = r"(?:[A-Z][\w.'\u2019-]*+|al-[A-Z]\w+|and|[/,&])"
_NAMES = re.compile(rf"(?:By\s+|BY\s+|by\s+)?(?P<byline>{_NAME}(?:\s*{_NAME})*)\.?$")
_REPORTERS = re.compile(r"\b[Rr]eporting by (?P<byline>[A-Z][^;.]{2,80})")


@dataclass(frozen=True, slots=True)
class Credit:
    """The credit line and the byline that a body prints, "" where it prints none."""

    credit: str = ""
    byline: str = ""


def credit_in(body: str, sections: Sequence[Section]) -> Credit:
    """Return whom `body` credits and who signed it; the first of each wins.

    The words are as printed, without brackets and lead-in.
    """
    credit = byline = ""
    for role, part in _parts(body, sections):
        credit = credit or _credit(part)
        byline = byline or (_byline(part) if role is SectionRole.CREDIT else _signed(part))
    return Credit(credit, byline)


def _parts(body: str, sections: Sequence[Section]) -> list[tuple[SectionRole, str]]:
    """Return the credit lines before and after the story, and the datelines of its head."""
    stories = [i for i, s in enumerate(sections) if s.role is SectionRole.BODY]
    first, last = (stories[0], stories[-1]) if stories else (len(sections), -1)
    kept: list[tuple[SectionRole, str]] = []
    for i, section in enumerate(sections):
        near = i < first or i > last or (section.span[0] < _HEAD and _dated(sections, i))
        if (section.role is SectionRole.CREDIT and near) or (
            section.role is SectionRole.DATELINE and section.span[0] < _HEAD
        ):
            kept.append((section.role, body[section.span[0] : section.span[1]].strip()))
    return kept


def _dated(sections: Sequence[Section], i: int) -> bool:
    """Tell whether a dateline stands beside section `i`."""
    return any(s.role is SectionRole.DATELINE for s in sections[max(0, i - 1) : i + 2])


def _credit(part: str) -> str:
    found = _LED.match(part) or _DASHED.match(part)
    if found:
        return found["credit"].strip()
    return first_agencies(part)


def _signed(part: str) -> str:
    found = _REPORTERS.search(part) or rules().byline.match(part)
    return found["byline"].strip() if found else ""


def _byline(part: str) -> str:
    names = _NAMES.match(part)
    alone = names["byline"].rstrip(". ") if names and not first_agencies(part) else ""
    return _signed(part) or alone
