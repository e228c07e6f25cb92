"""What is found: reuse, origins, claims, evidence and verdicts."""

from __future__ import annotations

from dataclasses import dataclass

from secondsource.model.judgement import Judgement
from secondsource.model.kinds import Direction, OriginKind, Outcome, Relation, ReuseKind, VerdictLabel
from secondsource.model.report import Mention, Span


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
