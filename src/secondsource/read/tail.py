"""The tail of a body: credits, signatures, tags, related stories, share bars, disclaimers, legal lines."""

from __future__ import annotations

import re

from secondsource.model import SectionRole, Span
from secondsource.read.furniture import Rule, rules
from secondsource.read.printed import valid
from secondsource.read.segments import abbreviated, each_segment, is_story
from secondsource.text import trim

Mark = tuple[SectionRole, Span]

# A piece of text begins after a stop, a bracket or a line's end, even where its layout is lost.
_STOP = re.compile(r"[.!?\"\u201d\u2019)\]\n|\u2026:;\u2013\u2014-]\s*")
_ROUNDS = 12
_LAST = 240  # code points in which one piece of a tail stands


def read_tail(body: str, start: int) -> list[Mark]:
    """Return what follows the story in `body[start:]`, as marks apart and in order."""
    cut = _opened(body, start)
    marks = [cut] if cut else []
    end = cut[1][0] if cut else len(body)
    for _ in range(_ROUNDS):
        found = _ending(body, start, end)
        if not found:
            break
        marks.append(found)
        end = trim(body, (start, found[1][0]))[1]
    return sorted(marks, key=lambda mark: mark[1])


def _opened(body: str, start: int) -> Mark | None:
    """Return the earliest opener from which on nothing is story, with all that follows."""
    begins = [start, *(stop.end() for stop in _STOP.finditer(body, start))]
    for at in begins:
        for rule in rules().openers:
            opened = rule.pattern.match(body, at)
            if opened and not _story_follows(body, opened.end(), rule):
                return rule.role, (at, len(body))
    return None


def _story_follows(body: str, at: int, rule: Rule) -> bool:
    """Tell whether the text behind an opener still has sentences of a story; a disclaimer may have one."""
    stories = (span for span in each_segment(body, at) if is_story(body[slice(*span)]))
    if rule.role is SectionRole.DISCLAIMER:
        next(stories, None)
    return next(stories, None) is not None


def _ending(body: str, start: int, end: int) -> Mark | None:
    """Return what closes `body[start:end]` and is no story."""
    for rule in rules().ends:
        at = max(start, end - _LAST)
        while found := rule.pattern.search(body, at, end):
            cut = body[start : found.start() + 1].rstrip()[-20:]
            if valid(found) and found.group().strip() and not abbreviated(cut):
                return rule.role, trim(body, (found.start(), end))
            at = found.start() + 1
    return None
