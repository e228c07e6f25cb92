"""From the fields that an input gives to a Report: days, language, credit, sections and notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from secondsource.model import Document, Report, Section, SectionRole
from secondsource.read.credit import credit_in
from secondsource.read.days import Day, read_day, stated_day
from secondsource.read.language import language_of
from secondsource.read.sections import split
from secondsource.text import READABLE


@dataclass(frozen=True, slots=True)
class Fields:
    """What an input says of one report, as found; "" where it says nothing."""

    body: str
    id: str = ""
    outlet: str = ""
    published: str | date | None = None
    title: str = ""
    uri: str = ""
    language: str = ""
    byline: str = ""
    credit: str = ""


def build(document: Document, fields: Fields, reader: str, notes: tuple[str, ...] = ()) -> Report:
    """Return the report of `document`.

    Its id is the input's, else the first 16 hexadecimal digits of the document's. `notes` are the
    reader's; remarks on days and language are added.
    """
    sections = split(fields.body, fields.title)
    given = read_day(fields.published)
    stated, remark = stated_day(fields.body, sections, given)
    language, doubt = language_of(fields.body[:READABLE], fields.language)
    found = credit_in(fields.body, sections)
    return Report(
        id=fields.id or document.id[:16],
        document=document.id,
        body=fields.body,
        sections=sections,
        outlet=fields.outlet,
        title=fields.title or _headline(fields.body, sections),
        byline=fields.byline or found.byline,
        credit=fields.credit or found.credit,
        uri=fields.uri,
        language=language,
        published=given.settled(stated),
        stated=stated if stated != given.settled(stated) else None,
        reader=reader,
        notes=tuple(
            note
            for note in (*notes, _day_note(given, fields.published), remark, doubt, _length_note(fields.body))
            if note
        ),
    )


def _headline(body: str, sections: tuple[Section, ...]) -> str:
    found = next((s.span for s in sections if s.role is SectionRole.HEADLINE), (0, 0))
    return body[slice(*found)].strip()


def _length_note(body: str) -> str:
    if len(body) <= READABLE:
        return ""
    return f"only the first {READABLE:,} of {len(body):,} characters were read for claims"


def _day_note(given: Day, told: str | date | None) -> str:
    if not told:
        return "no day of publication given"
    if not given.candidates:
        return f"day of publication not understood: {str(told)[:60]!r}"
    if len(given.candidates) > 1:
        return f"day and month of {str(told)[:60]!r} may be swapped"
    return ""
