"""The head of a body: day of publication, headline, credit, byline, place of the dateline, share bar."""

from __future__ import annotations

import re

from secondsource.model import SectionRole, Span
from secondsource.read.furniture import rules, stamps
from secondsource.read.printed import agencies_at, outlets_at, valid
from secondsource.read.segments import segments
from secondsource.text import tokens, trim, words

Mark = tuple[SectionRole, Span]

_FEWEST, _MOST = 3, 25  # words of a headline
_WINDOW = 400  # code points in which a day of publication may follow an unknown headline and deck
_BEGINS = re.compile(r"\s*[\"\u201c\u2018'(\[]*[A-Z\d]")
_STOPS = re.compile(r"\s*(?:[.!?|:\u2013\u2014-]|$|\n)")
_CLOSING = re.compile(r"[.!?\"\u201d\u2019')\]]*")
_VERB = re.compile(
    r"\s*(?:was|is|were|are|marks?|marked|saw|will|has|had|brought|came|began|and|or|to|in|at)\b"
)


def read_head(body: str, title: str = "") -> list[Mark]:
    """Return what stands before the story, in order and apart; what is not recognised stays story."""
    at = _space(body, 0)
    marks: list[Mark] = [] if title else _first_line(body, at)
    at = _space(body, marks[-1][1][1]) if marks else at
    seen = {role for role, _ in marks}
    while found := _next(body, at, title, marks, seen):
        marks += found
        seen.update(role for role, _ in found)
        at = _space(body, found[-1][1][1])
    return marks


def _first_line(body: str, at: int) -> list[Mark]:
    """Take a first line without a full stop, over a longer one, for the headline of a text that has lines."""
    lines = [line.strip() for line in body[at : at + 2_000].split("\n")]
    below = next((line for line in lines[1:] if line), "")
    first = lines[0]
    if not _FEWEST <= len(first.split()) <= _MOST or len(below) <= len(first) or first[-1] in ".:;,\u2014-":
        return []
    if rules().stamp.match(first) or rules().byline.match(first) or rules().dateline.match(first):
        return []
    return [(SectionRole.HEADLINE, (at, at + len(first)))]


def _next(body: str, at: int, title: str, marks: list[Mark], seen: set[SectionRole]) -> list[Mark]:
    if title and SectionRole.HEADLINE not in seen and (end := title_end(body, at, title)):
        return [(SectionRole.HEADLINE, (at, end))]
    if end := _stamp(body, at):
        return [(SectionRole.DATELINE, (at, end))]
    for step in (_byline, _credit, _place, _share):
        if found := step(body, at, marks):
            return [found]
    if SectionRole.DATELINE not in seen:
        return _far_stamp(body, at)
    return []


def title_end(body: str, at: int, title: str) -> int:
    """Return where the headline `title`, printed at `at`, ends; 0 where it is not printed there.

    What follows a separator in the title may be missing, as the site's name often is.
    """
    wanted = words(title)
    have = tokens(body, at, min(len(body), at + 2 * len(title) + 80))
    same = 0
    while same < min(len(wanted), len(have)) and wanted[same] == have[same].word:
        same += 1
    cut = re.split(r"\s+[-|\u2013\u2014]\s+", title)
    enough = {len(words(" - ".join(cut[:n]))) for n in range(1, len(cut) + 1)}
    whole = max((n for n in enough if n <= same), default=0)
    if whole < 3 or have[0].start > at + 2:
        return 0
    end = have[whole - 1].end
    end = _CLOSING.match(body, end).end()  # type: ignore[union-attr]
    ends = end > have[whole - 1].end or _BEGINS.match(body, end) or _STOPS.match(body, end)
    return end if ends else 0


def _stamp(body: str, at: int) -> int:
    found = rules().stamp.match(body, at)
    if not found:
        return 0
    after = found.end()
    if _VERB.match(body, after) and not found["lead"]:
        return 0
    if not (found["lead"] or found["weekday"]) and body[after : after + 2].strip()[:1].islower():
        tail = _space(body, after)
        if not (rules().share.match(body, tail) or rules().byline.match(body, tail)):
            return 0
    return trim(body, (at, after))[1]


def _byline(body: str, at: int, marks: list[Mark]) -> Mark | None:
    found = rules().byline.match(body, at)
    return (SectionRole.CREDIT, found.span()) if found and (marks or at == 0) else None


def _credit(body: str, at: int, marks: list[Mark]) -> Mark | None:
    opened = body[at : at + 1] == "("
    end = agencies_at(body, at + opened)
    if not end or (opened and body[end : end + 1] != ")"):
        return None
    end += opened
    if _stamp(body, _space(body, end)) or (marks and (_BEGINS.match(body, end) or _STOPS.match(body, end))):
        return SectionRole.CREDIT, (at, end)
    return None


def _place(body: str, at: int, marks: list[Mark]) -> Mark | None:
    found = rules().dateline.match(body, at)
    if not found or not valid(found) or (found["bare"] and not outlets_at(found["bare"], 0)):
        return None
    where, end = found["where"], trim(body, found.span())[1]
    bracketed = bool(found["by"]) and found["by"].startswith("(")
    dash = found["dash"]
    spaced = body[found.end() : found.end() + 1].isspace() or body[found.end() - 1].isspace()
    upper = where.replace(",", "").isupper()
    if bracketed or (upper and found["when"]) or (dash and spaced and (upper or dash != ":")):
        return SectionRole.DATELINE, (at, end)
    if upper and not found["by"] and (marks or _opens(body, found.end("where"))) and _once(body, where):
        return SectionRole.DATELINE, (at, end)
    return None


def _once(body: str, where: str) -> bool:
    """Tell whether capitals may be a place: short, and not used throughout, as acronyms are."""
    return where[-1:].isalpha() and len(where) >= 5 and where.count(" ") < 2 and body.count(where) == 1


def _share(body: str, at: int, marks: list[Mark]) -> Mark | None:
    found = rules().share.match(body, at)
    if not found or not marks or not (_BEGINS.match(body, found.end()) or found.end() == len(body)):
        return None
    return SectionRole.BOILERPLATE, (at, trim(body, found.span())[1])


def _far_stamp(body: str, at: int) -> list[Mark]:
    """Find a day of publication behind a headline that the input does not name."""
    for found in stamps(body, at, min(len(body), at + _WINDOW)):
        before = body[at : found.start()].rstrip()
        if len(segments(before)) > 1:
            return []  # a story has begun
        credit = _credit_before(before)
        lower = body[found.end() : found.end() + 2].strip()[:1].islower()
        if (found["lead"] and found["lead"][0].islower()) or (lower and not credit):
            continue
        timed = re.search(r"\d:\d\d|\d{4}\s*[AP]M", found[0])
        if not (found["weekday"] or found["lead"] or credit or timed) or not _stamp(body, found.start()):
            continue
        if before.rpartition(" ")[2].casefold() in rules().prepositions:
            continue
        marks: list[Mark] = []
        if credit:
            marks.append((SectionRole.CREDIT, (at + credit[0], at + credit[1])))
        return [*marks, (SectionRole.DATELINE, (found.start(), _stamp(body, found.start())))]
    return []


def _credit_before(text: str) -> Span | None:
    """Return where the agencies stand that `text` ends with."""
    for word in re.finditer(r"\S+", text[-60:]):
        start = max(0, len(text) - 60) + word.start()
        if agencies_at(text, start) == len(text):
            return start, len(text)
    return None


def _opens(body: str, at: int) -> bool:
    """Tell whether a sentence begins here with a word that opens sentences."""
    found = re.match(r"\s+([A-Z][\w'\u2019]*)\s+[a-z\d]", body[at : at + 60])
    return found is not None and found[1] in rules().starters


def _space(body: str, at: int) -> int:
    while at < len(body) and body[at].isspace():
        at += 1
    return at
