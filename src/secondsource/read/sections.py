"""Split a body into sections that tile it, also where its layout and punctuation are lost.

What stands beside the story is told by general patterns of print (`lexicon/furniture.toml`);
what no pattern knows stays BODY, since a swallowed sentence would lose a claim.
"""

from __future__ import annotations

import re

from secondsource.model import Section, SectionRole, Span
from secondsource.read.head import read_head
from secondsource.read.inner import read_inner
from secondsource.read.tail import read_tail
from secondsource.text import READABLE, overlaps

Mark = tuple[SectionRole, Span]

# No words of a page: patterns that look for names would try each of its characters as a beginning.
_RUN = re.compile(r"\S{300,}")


def split(body: str, title: str = "") -> tuple[Section, ...]:
    """Return the sections of `body` in order; together they cover it, and none is empty.

    `title` is the headline as far as the input knows it: it is found in the body with its
    layout lost. What stands behind the first `READABLE` characters is not looked at: boilerplate.
    """
    if len(body) > READABLE:
        return (*split(body[:READABLE], title), Section(SectionRole.BOILERPLATE, (READABLE, len(body))))
    body = _RUN.sub(lambda run: "x" * len(run[0]), body)
    head = read_head(body, title)
    start = head[-1][1][1] if head else 0
    tail = read_tail(body, start)
    end = tail[0][1][0] if tail else len(body)
    return tile(body, _apart([*head, *tail], read_inner(body, start, end)))


def _apart(marks: list[Mark], more: list[Mark]) -> list[Mark]:
    """Return `marks` with those of `more` that overlap nothing before them, longer ones first, in order."""
    kept = list(marks)
    for role, span in sorted(more, key=lambda mark: (mark[1][0] - mark[1][1], mark[1], mark[0])):
        if span[0] < span[1] and not any(overlaps(span, other) for _, other in kept):
            kept.append((role, span))
    return sorted(kept, key=lambda mark: mark[1])


def tile(body: str, marks: list[Mark]) -> tuple[Section, ...]:
    """Return `marks`, in order and apart, with BODY between them, over the whole of `body`."""
    sections: list[Section] = []
    at = 0
    for role, (start, end) in marks:
        if body[at:start].strip():
            sections.append(Section(SectionRole.BODY, (at, start)))
            at = start
        # White space between marks belongs to the one before it.
        if sections and at < start:
            sections[-1] = Section(sections[-1].role, (sections[-1].span[0], start))
            at = start
        sections.append(Section(role, (at, end)))
        at = end
    if not body[at:].strip() and sections:
        sections[-1] = Section(sections[-1].role, (sections[-1].span[0], len(body)))
    elif at < len(body):
        sections.append(Section(SectionRole.BODY, (at, len(body))))
    return tuple(sections)
