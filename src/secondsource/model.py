"""The words of secondsource as frozen data: what each step takes and gives.

One meaning each, as in the field's standards (PARC 3 and PolNeAR for attribution,
FactBank for kind and certainty, METER for reuse, FEVER for evidence). Spans are
half-open code-point offsets into `Report.body`, which is never altered after reading.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum

from secondsource.errors import UnfitJudgement

Span = tuple[int, int]
Spans = tuple[Span, ...]


class SectionRole(StrEnum):
    """What a part of a body is; only `BODY` and `HEADLINE` yield claims."""

    BODY = "body"
    HEADLINE = "headline"
    DATELINE = "dateline"
    CREDIT = "credit"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"
    DISCLAIMER = "disclaimer"


class SourceKind(StrEnum):
    """Who answers for a claim (PARC source, typed)."""

    ORGANISATION = "organisation"
    OFFICIAL = "official"
    NAMED_PERSON = "named-person"
    UNNAMED = "unnamed"
    MEDIA = "media"
    EYEWITNESS = "eyewitness"
    DOCUMENT = "document"
    OWN_VOICE = "own-voice"


class Kind(StrEnum):
    """What sort of proposition a mention is."""

    EVENT = "event"
    INTENTION = "intention"
    FORECAST = "forecast"
    ASSESSMENT = "assessment"
    BACKGROUND = "background"


class Certainty(StrEnum):
    """How the source commits itself (FactBank, coarse)."""

    ASSERTED = "asserted"
    HEDGED = "hedged"
    CONDITIONAL = "conditional"
    DENIED = "denied"


class Relation(StrEnum):
    """How one telling bears on a claim; the scored pair of FEVER."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    SILENT = "silent"
    UNDETERMINED = "undetermined"


class VerdictLabel(StrEnum):
    """Counted origins in one word; never "true"."""

    CORROBORATED = "corroborated"
    CONTESTED = "contested"
    SINGLE_ORIGIN = "single-origin"
    UNCORROBORATED = "uncorroborated"


class Outcome(StrEnum):
    """What became of an intention or a forecast."""

    OPEN = "open"
    CAME_TRUE = "came-true"
    DID_NOT = "did-not"
    LAPSED = "lapsed"


class ReuseKind(StrEnum):
    """How two bodies share text (METER, refined)."""

    VERBATIM = "verbatim"
    ABRIDGED = "abridged"
    PARTIAL = "partial"
    QUOTATION = "quotation"
    BOILERPLATE = "boilerplate"


class Direction(StrEnum):
    """Who took shared text from whom; `COMMON` when both took it from a third or it cannot be told."""

    A_TO_B = "a>b"
    B_TO_A = "b>a"
    COMMON = "common"


class OriginKind(StrEnum):
    """What an origin is: the one beginning that tellings trace back to."""

    SOURCE = "source"
    AGENCY = "agency"
    OUTLET = "outlet"
    UNKNOWN = "unknown"


class JudgedKind(StrEnum):
    """What a person judges: a telling's bearing on a claim, a mention's source, a verdict, an outlet."""

    LINK = "link"
    ATTRIBUTION = "attribution"
    VERDICT = "verdict"
    GRADE = "grade"


class Decision(StrEnum):
    """What a person decides of a suggestion: it stands, it does not, or another value does."""

    CONFIRM = "confirm"
    REJECT = "reject"
    CHANGE = "change"


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


@dataclass(frozen=True, slots=True)
class Origin:
    """The one beginning that a telling traces back to; `key` decides sameness, `reason` says why.

    `also` are keys of others that it cannot be told from: a telling of such an origin is not
    shown to be independent of it.
    """

    key: str
    name: str
    kind: OriginKind
    reason: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reuse:
    """Aligned copied text between reports `a` < `b`.

    `share` is the copied part of the shorter narrative body in [0, 1]; `spans` pairs the
    copied stretches (in `a`, in `b`) in reading order of `a`; `origin` is where the text
    comes from (an agency's short name or an outlet id; "" when it cannot be told).
    """

    a: str
    b: str
    kind: ReuseKind
    share: float
    direction: Direction = Direction.COMMON
    origin: str = ""
    spans: tuple[tuple[Span, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A checkable proposition put to the pile.

    A claim taken from a report has its `report`, `span` (the quote in that report) and
    the `mention` read there; a bare statement has none of the three... but its own slots.
    """

    id: str
    statement: str
    mention: Mention
    report: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """One slot in which a telling contradicts a claim, each side in its own words."""

    slot: str
    claimed: str
    told: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One telling's bearing on a claim: supports or refutes, quoted, with the reason in words.

    `quote` is `Report.body[span]` verbatim. `score` in [0, 1]. `method` names the rule or
    model and its version.
    """

    claim: str
    report: str
    mention: str
    relation: Relation
    span: Span
    quote: str
    score: float
    reason: str
    conflicts: tuple[Conflict, ...] = ()
    method: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A relation that a language model proposes for an undetermined report; it counts for nothing.

    `quote` is `Report.body[span]` verbatim; `by` names the model.
    """

    claim: str
    report: str
    relation: Relation
    span: Span
    quote: str
    by: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What a judgement is about, by places in text, so that it is found again in every later run.

    `claim` and `place` are `place_of` a report's words (`claim` of a bare statement is
    `statement_place`, `place` of a grade the outlet); `quote` and `claim_quote` are those words,
    and a judgement on other words than stand there now is not applied. A link has both, an
    attribution and a grade only `place`, a verdict only `claim`.
    """

    kind: JudgedKind
    claim: str = ""
    place: str = ""
    claim_quote: str = ""
    quote: str = ""

    @property
    def key(self) -> str:
        """The subject in one line; equal for the same subject."""
        return f"{self.kind} {self.place}{' > ' if self.place and self.claim else ''}{self.claim}"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A named person's dated decision with its reason; superseded by a later one, never overwritten.

    `value` is the relation that a link has (confirmed or changed), the source's name of a changed
    attribution, the label of a verdict, or the letter of a grade. `at` is aware UTC. `id` is a
    digest of all the rest, so that the same judgement is the same everywhere.
    """

    id: str
    subject: Subject
    decision: Decision
    by: str
    at: datetime
    reason: str
    value: str = ""
    supersedes: str = ""

    @classmethod
    def of(cls, subject: Subject, decision: Decision, by: str, at: datetime, **said: str) -> Judgement:
        """Return the judgement with its id; `said` are reason, value and supersedes.

        Raises:
            UnfitJudgement: name or reason is missing, `at` has no time zone, or the value cannot be
                one of its subject.
        """
        if at.tzinfo is None:
            raise UnfitJudgement(f"the date {at.isoformat()} has no time zone: give it in UTC")
        bare = cls("", subject, decision, by.strip(), at.astimezone(UTC), **{"reason": "", **said})
        if not bare.by or not bare.reason.strip():
            raise UnfitJudgement("a judgement needs a name and a reason: say who judges, and why")
        if bare.value not in _values(subject.kind, decision, bare.value):
            raise UnfitJudgement(
                f"{bare.value!r} cannot be what a {subject.kind} is judged to be ({decision})"
            )
        parts = (subject.key, subject.claim_quote, subject.quote, decision, bare.by, bare.at.isoformat())
        text = "\x1f".join((*parts, bare.reason, bare.value, bare.supersedes))
        return replace(bare, id=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16])


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stays of a report that was forgotten: its id, the SHA-256 of its bytes, when and why."""

    report: str
    sha256: str
    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Telling:
    """Evidence with its origin; a `repeat` is support that shares the claim's own origin.

    `place` is where the telling stands (`place_of`), what a judgement names it by;
    `judgements` are those in force on the link and on its attribution.
    """

    evidence: Evidence
    origin: Origin
    repeat: bool = False
    place: str = ""
    judgements: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class Grade:
    """Admiralty code: letter for the source, digit for the information, with its reason in our words."""

    letter: str
    digit: int
    reason: str

    @property
    def code(self) -> str:
        """The two-character code, such as "F3"."""
        return f"{self.letter}{self.digit}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the pile says about one claim, by counted origins.

    `independent_origins` counts the distinct origins that tell the claim, its own among
    them. `outcome` is None unless the claim is an intention or a forecast. `judgements` are
    those in force on the verdict, the claim's own source, its outlet's grade, and links that
    were rejected.
    """

    claim: str
    label: VerdictLabel
    independent_origins: int
    own_origin: Origin | None
    tellings: tuple[Telling, ...] = ()
    silent: tuple[str, ...] = ()
    undetermined: tuple[str, ...] = ()
    outcome: Outcome | None = None
    settleable: bool = True
    grade: Grade | None = None
    judgements: tuple[Judgement, ...] = ()


def _values(kind: JudgedKind, decision: Decision, value: str) -> tuple[str, ...]:
    """Return what may be the value of a judgement."""
    if kind is JudgedKind.GRADE:
        return tuple("ABCDEF") if decision is Decision.CHANGE else ()
    if decision is Decision.REJECT:
        return ("",)
    if kind is JudgedKind.ATTRIBUTION:
        return (value,) if (decision is Decision.CHANGE) == bool(value.strip()) else ()
    if kind is JudgedKind.LINK:
        return (Relation.SUPPORTS, Relation.REFUTES)
    return tuple(VerdictLabel)


def place_of(report: str, span: Span) -> str:
    """Return the name of a place in a report, such as `velm-2@120-184`: what judgements go by."""
    return f"{report}@{span[0]}-{span[1]}"


def statement_place(statement: str) -> str:
    """Return the name of a bare statement, the same however it is spaced."""
    return f"={hashlib.sha256(' '.join(statement.split()).encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
