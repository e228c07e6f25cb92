"""Furniture inside a body: captions, tags, embedded posts, repeated datelines, lines that are no story."""

from __future__ import annotations

import re

from secondsource.model import SectionRole, Span
from secondsource.read.furniture import Rule, rules, stamps
from secondsource.read.printed import matches, outlets_at, valid
from secondsource.read.segments import abbreviated, segments, story_start, titled

Mark = tuple[SectionRole, Span]

_CAPTION = 320  # code points: a longer segment before a picture credit is no caption
_NO_CAPTION = re.compile(
    r"[\"\u201c\u201d]|(?<!\bis )(?<!\bare )\b(?:said|says|told|according|reports|reported)\b"
)
_NARRATES = re.compile(r"\b(?:was|were|been|has|have|had)\b")
_SENTENCE = 220  # code points: a longer sentence is one that lost its stop
_SHUT = re.compile(r"[)\]](?=\s+[A-Z])")
_DATED = 45  # code points: a caption's day stands no farther from its credit
_RUNS_ON = re.compile(r"\s*[,;:]|\s*[\u2019'-]?[a-z]|\s+\d")
_PICTURED = re.compile(r"[/\[]|hoto|mage|icture|redit")
_SIGNED = re.compile(r"(?:[A-Z][\w'\u2019-]*+\.?\s*(?:and\s+|,\s*)?){2,7}\.?")
_LONGEST = 2_000  # code points: no furniture runs longer without a stop or a line's end
_LINKED = 5  # words: fewer capitalised ones behind an agency's name are no headline


def read_inner(body: str, start: int, end: int) -> list[Mark]:
    """Return what inside `body[start:end]` is no story; marks may overlap."""
    marks: list[Mark] = []
    for rule in rules().inner:
        marks += [(rule.role, found.span()) for found in matches(rule.pattern, body, start, end)]
    cut = _between(body, start, end, sorted(span for _, span in marks))
    if start and cut:
        marks += _signature(body, cut[0])
    for i, span in enumerate(cut):
        if span[1] - span[0] > _LONGEST:
            continue
        marks += (
            _line(body, span)
            or _sentence(body, span)
            or _tags(body, span)
            or [*_linked(body, span), *_pictures(body, cut, i)]
        )
    return marks


def _between(body: str, start: int, end: int, marked: list[Span]) -> list[Span]:
    """Return the segments of what is not marked yet, in order."""
    found: list[Span] = []
    for low, high in marked:
        if low > start:
            found += segments(body, start, low)
        start = max(start, high)
    return found + segments(body, start, end)


def _signature(body: str, span: Span) -> list[Mark]:
    """Mark the names of the writers, alone between the head and the story."""
    text = body[span[0] : span[1]]
    alone = _SIGNED.fullmatch(text) and text.endswith(".")
    named = alone and text.split()[0] not in rules().starters and not abbreviated(text)
    return [(SectionRole.CREDIT, span)] if named else []


def _line(body: str, span: Span) -> list[Mark]:
    """Judge a segment that stands alone on its line."""
    alone = (span[0] == 0 or body[span[0] - 1] == "\n") and body[span[1] : span[1] + 1] in ("", "\n")
    if not alone or "\n" not in body:
        return []
    text = body[span[0] : span[1]]
    return next(([(rule.role, span)] for rule in rules().lines if _whole(rule, text)), [])


def _whole(rule: Rule, text: str) -> bool:
    found = rule.pattern.fullmatch(text)
    return found is not None and valid(found)


def _sentence(body: str, span: Span) -> list[Mark]:
    """Judge a sentence by its opening words; one that tells of what was said, or is long, stays story."""
    shut = _SHUT.search(body, span[0], span[1])
    end = shut.end() if shut else span[1]
    text = body[span[0] : end]
    for rule in rules().sentences:
        if rule.pattern.match(text) and len(text) < _SENTENCE and not _NO_CAPTION.search(text):
            return [(rule.role, (span[0], end))]
    return []


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


def _linked(body: str, span: Span) -> list[Mark]:
    """Mark a picture's credit that opens a segment, with the headline of a linked story behind it."""
    named = outlets_at(body, span[0])
    if not named or not re.match(r"\s+[A-Z]", body[named : named + 3]):
        return []
    story = story_start(body, named, span[1])
    end = span[1] if story is None else story
    text = body[named:end]
    begins = story is None or body[end:].split(maxsplit=1)[0] in rules().starters
    if len(text.split()) < _LINKED or not titled(text) or not begins:
        return []
    return [(SectionRole.CAPTION, (span[0], end))]


def _pictures(body: str, cut: list[Span], i: int) -> list[Mark]:
    """Mark picture credits in a segment, and the caption before each."""
    marks: list[Mark] = []
    start, end = cut[i]
    for pattern in (rules().photo, rules().bracketed):
        if pattern is rules().photo and not _PICTURED.search(body, start, end):
            continue
        for found in matches(pattern, body, start, end):
            stop = _closed(body, _credit_end(found))
            # Where the credit opens its segment, the full stop of its caption stands before it.
            if _RUNS_ON.match(body, stop):
                continue  # the name in a sentence, as in "told the agency (AG) that"
            opens = found.start() == start and i > 0
            if opens and pattern is rules().photo and "/" not in found[0]:
                continue  # the picture of a linked story, without a caption of its own
            first = cut[i - 1][0] if opens else start
            # The first picture stands right behind the head of the page.
            lead = 0 < first == cut[0][0]
            caption = _caption(body, (first, stop), lead=lead)
            marks.append(caption or (SectionRole.CREDIT, (found.start(), stop)))
    return marks


def _credit_end(found: re.Match[str]) -> int:
    """Return where a credit ends: the word behind a photographer's one name may begin the story."""
    head, _, last = found[0].rpartition(" ")
    return found.start() + len(head) if head and last in rules().starters else found.end()


def _closed(body: str, at: int) -> int:
    """Return the end of a bracket that closes at `at`."""
    return at + 1 if body[at : at + 1] in (")", "]") else at


def _caption(body: str, span: Span, *, lead: bool) -> Mark | None:
    """Judge a picture's text: by what captions say, or, of the `lead` picture, by not narrating."""
    text = body[span[0] : span[1]]
    if len(text) > _CAPTION or _NO_CAPTION.search(text):
        return None
    dated = any(len(text) - day.end() < _DATED for day in stamps(text, 0, len(text)))
    if (lead and not _NARRATES.search(text)) or rules().captions.search(text) or dated:
        return SectionRole.CAPTION, span
    return None
