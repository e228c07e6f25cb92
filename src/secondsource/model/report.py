"""What is read: documents, reports, who says what in them. Spans are half-open code-point offsets."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from secondsource.model.kinds import Certainty, Kind, SectionRole, SourceKind

Span = tuple[int, int]
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """Captured bytes, never altered; `id` is their SHA-256 in hexadecimal (a WARC record)."""

    id: str
    uri: str
    media_type: str
    content: bytes
    fetched_at: datetime | None = None

    @classmethod
    def of(cls, content: bytes, uri: str, media_type: str, fetched_at: datetime | None = None) -> Document:
        """Return the document of `content`, its id computed."""
        return cls(hashlib.sha256(content).hexdigest(), uri, media_type, content, fetched_at)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a body with its role; sections tile the body in order."""

    role: SectionRole
    span: Span


@dataclass(frozen=True, slots=True)
class Report:
    """One news article read from a Document (schema.org NewsArticle).

    `body` is the text exactly as read; `sections` tile it. `outlet` is the id or name
    given by the input. `stated` is the publication day that the text gives for itself
    where it differs from `published`. `credit` is the credit line as printed ("AP").
    `reader` names reader and version; `notes` are the reader's remarks for the dossier.
    """

    id: str
    document: str
    body: str
    sections: tuple[Section, ...]
    outlet: str = ""
    title: str = ""
    byline: str = ""
    credit: str = ""
    uri: str = ""
    language: str = "en"
    published: date | None = None
    stated: date | None = None
    reader: str = ""
    notes: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The outlet's name as printed in a dossier: never empty."""
        return self.outlet or "unknown outlet"

    @property
    def day(self) -> date | None:
        """The day that the text speaks from: its own dateline before the record's date."""
        return self.stated or self.published


@dataclass(frozen=True, slots=True)
class Rejected:
    """What could not be read or parsed, at which stage, and why; shown, never dropped."""

    where: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Link:
    """One link of an attribution chain: a resolved name, its kind, its words in the body.

    `note` is the outlet's stated reason for anonymity, if any. `span` is None for a
    link that stands in the report's credit line or metadata instead of its body.
    """

    name: str
    kind: SourceKind
    span: Span | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to say what (PARC 3): any part may be discontinuous or absent."""

    content: Spans
    source: Spans = ()
    cue: Spans = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a closed interval with what it counts.

    `low` or `high` is None for an open end ("at least 20" is 20..None). `unit` is the
    thing counted in the words' own lemma ("civilian", "people", "km"); `of` is what
    happened to it ("killed", "wounded", ...; a key of `lexicon/quantities.toml`) or "".
    """

    low: float | None
    high: float | None
    unit: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Slots:
    """Who did what to whom, where, when, how many (PLOVER roles, TIMEX3 interval of days)."""

    actor: str | None = None
    action: str | None = None
    patient: str | None = None
    place: str | None = None
    time: tuple[date, date] | None = None
    quantity: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of one checkable proposition in one report.

    `content` is verbatim; `statement` says the same self-contained (names for pronouns,
    resolved dates) as far as `self_contained` vouches. `links` run from the one nearest
    the fact outward, without the publishing outlet. `sentence` is the sentence around
    `content`. `method` is the name and version of the rules or model that saw it.
    """

    id: str
    report: str
    content: Spans
    sentence: Span
    statement: str
    source: Spans = ()
    cue: Spans = ()
    links: tuple[Link, ...] = ()
    source_kind: SourceKind = SourceKind.OWN_VOICE
    kind: Kind = Kind.EVENT
    certainty: Certainty = Certainty.ASSERTED
    condition: Spans = ()
    slots: Slots = Slots()
    self_contained: bool = True
    method: str = ""

    @property
    def chain(self) -> tuple[str, ...]:
        """Resolved names of the links, nearest the fact first."""
        return tuple(link.name for link in self.links)
