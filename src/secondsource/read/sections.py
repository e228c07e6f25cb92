"""Split a body into sections that tile it, each with its role."""

from __future__ import annotations

from secondsource.model import Section, SectionRole, Span
from secondsource.read.days import pattern


def split(body: str, title: str = "", outlet: str = "") -> tuple[Section, ...]:
    """Return the sections of `body` in order; together they cover it, and none is empty."""
    found = pattern().match(body)
    marks = [(SectionRole.DATELINE, found.span())] if found else []
    return tile(len(body), marks)


def tile(length: int, marks: list[tuple[SectionRole, Span]]) -> tuple[Section, ...]:
    """Return `marks`, in order and apart, with BODY between them, over 0..`length`."""
    sections: list[Section] = []
    at = 0
    for role, (start, end) in marks:
        if start > at:
            sections.append(Section(SectionRole.BODY, (at, start)))
        sections.append(Section(role, (start, end)))
        at = end
    if at < length:
        sections.append(Section(SectionRole.BODY, (at, length)))
    return tuple(sections)
