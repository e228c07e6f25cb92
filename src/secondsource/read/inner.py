"""Furniture inside a body: captions, tags, embedded posts, repeated datelines, lines that are no story."""

from __future__ import annotations

import re

from secondsource.model import SectionRole, Span
from secondsource.read.furniture import rules
from secondsource.read.segments import segments, story_start, titled

Mark = tuple[SectionRole, Span]

_CAPTION = 320  # code points: a longer segment before a picture credit is no caption
_QUOTE = re.compile(r"[\"\u201c\u201d]")


def read_inner(body: str, start: int, end: int) -> list[Mark]:
    """Return what inside `body[start:end]` is no story; marks may overlap."""
    cut = segments(body, start, end)
    marks: list[Mark] = []
    for rule in rules().inner:
        marks += [(rule.role, found.span()) for found in rule.pattern.finditer(body, start, end)]
    for i, span in enumerate(cut):
        marks += _line(body, span) or _tags(body, span) or _pictures(body, cut, i)
    return marks


def _line(body: str, span: Span) -> list[Mark]:
    """Judge a segment that stands alone on its line."""
    alone = (span[0] == 0 or body[span[0] - 1] == "\n") and body[span[1] : span[1] + 1] in ("", "\n")
    if not alone or "\n" not in body:
        return []
    text = body[span[0] : span[1]]
    return next(([(rule.role, span)] for rule in rules().lines if rule.pattern.fullmatch(text)), [])


def _tags(body: str, span: Span) -> list[Mark]:
    found = rules().tags.match(body, span[0], span[1])
    if not found:
        return []
    story = story_start(body, found.end(), span[1])
    if story is not None and story > found.end():
        return [(SectionRole.BOILERPLATE, (span[0], story))]
    if story is None and titled(body[found.end() : span[1]]):
        return [(SectionRole.BOILERPLATE, span)]
    return []


def _pictures(body: str, cut: list[Span], i: int) -> list[Mark]:
    """Mark picture credits in a segment, and the caption before each."""
    marks: list[Mark] = []
    start, end = cut[i]
    for pattern in (rules().photo, rules().bracketed):
        for found in pattern.finditer(body, start, end):
            if found.start() == start and pattern is rules().photo:
                marks.append(_headed(body, found, end))
            elif found.start() == start and i:
                # The full stop of the caption stands before its credit.
                whole = _captions(body, (cut[i - 1][0], found.end()))
                marks.append(whole or (SectionRole.CREDIT, found.span()))
            else:
                whole = _captions(body, (start, found.end()))
                marks.append(whole or (SectionRole.CREDIT, found.span()))
    return marks


def _headed(body: str, found: re.Match[str], end: int) -> Mark:
    """Mark a credit that opens its segment, with the headline of a linked story behind it."""
    story = story_start(body, found.end(), end)
    if story is None or not titled(body[found.start() : story]):
        return SectionRole.CREDIT, found.span()
    return SectionRole.CAPTION, (found.start(), story)


def _captions(body: str, span: Span) -> Mark | None:
    text = body[span[0] : span[1]]
    if len(text) > _CAPTION or _QUOTE.search(text):
        return None
    if rules().captions.search(text) or rules().stamp.search(text):
        return SectionRole.CAPTION, span
    return None
