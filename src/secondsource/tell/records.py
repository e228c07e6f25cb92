"""The wire format: every JSON object that secondsource prints, as one typed record each.

These are the contract: `docs/schema/` is generated from them and checked against them.
Fields keep their order, lists have a fixed order, no record holds a wall-clock value.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from secondsource.tell.around import (
    ChangeRecord,
    NameUse,
    NamingRecord,
    OmissionRecord,
    PlaceRecord,
    RejectRecord,
    ReprintRecord,
    SideRecord,
    SideTellingRecord,
)

__all__ = [
    "DOSSIER_SCHEMA",
    "AnswerRecord",
    "AttributionRecord",
    "ChangeRecord",
    "ClaimRecord",
    "ConflictRecord",
    "DossierRecord",
    "EdgeRecord",
    "GradeRecord",
    "JudgementRecord",
    "LinkRecord",
    "MentionRecord",
    "NameUse",
    "NamingRecord",
    "OmissionRecord",
    "OriginRecord",
    "PairRecord",
    "PileRecord",
    "PlaceRecord",
    "ProposalRecord",
    "QuantityRecord",
    "QuestionRecord",
    "RarityRecord",
    "RejectRecord",
    "ReportRecord",
    "ReprintRecord",
    "SideRecord",
    "SideTellingRecord",
    "SlotsRecord",
    "SpanRecord",
    "SpansRecord",
    "TellingRecord",
]

SpanRecord = tuple[int, int]
SpansRecord = tuple[SpanRecord, ...]

DOSSIER_SCHEMA = "secondsource/dossier/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityRecord:
    """A number as an interval with what it counts."""

    low: float | None
    high: float | None
    unit: str
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotsRecord:
    """Who did what to whom, where, when (first and last day), how many."""

    actor: str | None
    action: str | None
    patient: str | None
    place: str | None
    time: tuple[str, str] | None
    quantity: tuple[QuantityRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRecord:
    """One link of a chain; `span` is null where the name stands outside the body."""

    name: str
    kind: str
    span: SpanRecord | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionRecord:
    """One line of `mentions --jsonl`."""

    report: str
    content: SpansRecord
    source: SpansRecord
    cue: SpansRecord
    chain: tuple[str, ...]
    links: tuple[LinkRecord, ...]
    source_kind: str
    kind: str
    certainty: str
    condition: SpansRecord
    statement: str
    self_contained: bool
    slots: SlotsRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionRecord:
    """One line of `mentions --attributions`."""

    report: str
    content: SpansRecord
    source: SpansRecord
    cue: SpansRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRecord:
    """One line of `origins --pairs`: kind copy, partial, quote or boilerplate."""

    a: str
    b: str
    kind: str
    share: float
    origin: str
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRecord:
    """One line of `ask --claims`."""

    id: str
    statement: str
    report: str | None = None
    quote: str | None = None
    among: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRecord:
    """One slot in which a telling contradicts the claim."""

    slot: str
    claimed: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementRecord:
    """A person's decision with its reason, and one line of `review --export`.

    `kind` is link, attribution, verdict or grade; `claim` and `place` say of what, as places in
    reports with the words there; `at` is ISO 8601 in UTC.
    """

    id: str
    kind: str
    claim: str
    claim_quote: str
    place: str
    quote: str
    decision: str
    value: str
    by: str
    at: str
    reason: str
    supersedes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingRecord:
    """One report's telling of a claim, quoted; `repeat` marks support of the claim's own origin.

    `before` and `after` are the words around the quote, at most some 160 characters each. `link` is
    what a judgement names the telling by.
    """

    report: str
    relation: str
    quote: str
    span: SpanRecord
    origin: str
    score: float
    reason: str
    outlet: str
    published: str | None
    repeat: bool
    conflicts: tuple[ConflictRecord, ...]
    before: str = ""
    after: str = ""
    link: str = ""
    judgements: tuple[JudgementRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRecord:
    """One line of `ask --answers`."""

    claim: str
    verdict: str
    outcome: str | None
    settleable: bool
    own_origin: str | None
    independent_origins: int
    tellings: tuple[TellingRecord, ...]
    silent: tuple[str, ...]
    undetermined: tuple[str, ...]

    def _repr_html_(self) -> str:
        """Show the answer in a notebook."""
        from secondsource.tell import notebook

        return notebook.answer(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRecord:
    """What a language model proposes on an undetermined report; it counts for nothing."""

    report: str
    relation: str
    quote: str
    span: SpanRecord
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRecord:
    """Admiralty code with its reason in our words."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeRecord:
    """One step of a claim's tellings back to their beginning: `by` prints or cites `of`.

    `kind` is prints or cites. `by` and `of` are ids of reports or names of sources and agencies;
    `of_report` tells that `of` is a report.
    """

    by: str
    kind: str
    of: str
    of_report: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RarityRecord:
    """What two or three reports of the event share and others tell otherwise: weak evidence of dependence.

    `kind` is spelling, figure or phrase; `usual` is what others have instead, "" for a phrase.
    It is listed and never counted.
    """

    kind: str
    words: str
    usual: str
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRecord:
    """One claim of a dossier, in the report's own words.

    `span` holds the whole quote; `content`, `source_spans`, `cue` and `condition` are its parts
    in the body, each `[]` where absent. `source` is the one nearest the fact, null in own voice.
    `verdict` is always the counted one; `judgements` are people's on the verdict, the source and
    the outlet's grade, and on links that they rejected.
    """

    id: str
    quote: str
    span: SpanRecord
    statement: str
    kind: str
    certainty: str
    source: str | None
    source_kind: str
    chain: tuple[str, ...]
    links: tuple[LinkRecord, ...]
    verdict: str
    outcome: str | None
    settleable: bool
    own_origin: str
    independent_origins: int
    tellings: tuple[TellingRecord, ...]
    silent: tuple[str, ...]
    undetermined: tuple[str, ...]
    grade: GradeRecord | None
    content: SpansRecord = ()
    source_spans: SpansRecord = ()
    cue: SpansRecord = ()
    condition: SpansRecord = ()
    slots: SlotsRecord | None = None
    proposals: tuple[ProposalRecord, ...] = ()
    judgements: tuple[JudgementRecord, ...] = ()
    edges: tuple[EdgeRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRecord:
    """The report under check."""

    id: str
    outlet: str
    published: str | None
    title: str
    sha256: str
    uri: str
    body: str
    sections: tuple[tuple[str, int, int], ...]
    notes: tuple[str, ...]
    language: str = "en"
    byline: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PileRecord:
    """A report of the pile as far as the dossier names it: id to outlet, day, title."""

    id: str
    outlet: str
    published: str | None
    title: str
    uri: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginRecord:
    """One origin: what it is, why, and the reports that carry it."""

    name: str
    kind: str
    reason: str
    reports: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRecord:
    """What the reader gets: every claim with its evidence, verdict and origins.

    `unapplied` are judgements in force on this report that bear on nothing here, since the words that
    were judged are no claim or telling (any more).
    """

    schema: str = DOSSIER_SCHEMA
    report: ReportRecord
    as_of: str | None
    claims: tuple[ClaimRecord, ...]
    origins: tuple[OriginRecord, ...]
    reprints: tuple[ReprintRecord, ...] = ()
    pile: tuple[PileRecord, ...] = ()
    sides: tuple[SideRecord, ...] = ()
    naming: tuple[NamingRecord, ...] = ()
    places: tuple[PlaceRecord, ...] = ()
    omissions: tuple[OmissionRecord, ...] = ()
    rarities: tuple[RarityRecord, ...] = ()
    unapplied: tuple[JudgementRecord, ...] = ()
    rejects: tuple[RejectRecord, ...] = ()
    limits: tuple[str, ...] = ()
    versions: dict[str, str] = field(default_factory=dict)

    def _repr_html_(self) -> str:
        """Show the dossier in a notebook: its claims as a table; `tell.html` has the whole page."""
        from secondsource.tell import notebook

        return notebook.dossier(self)
