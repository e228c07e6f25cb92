"""What people decide, and what they had removed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum

from secondsource.errors import UnfitJudgement
from secondsource.model.kinds import Relation, VerdictLabel
from secondsource.model.report import Span


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
    """What stays of a report that was forgotten: its id, when and why, and what keeps it out.

    It is kept out by the SHA-256 of its bytes, and by that of its web address ("": it had none),
    so that the page is not taken again when it was edited.
    """

    report: str
    sha256: str
    day: date
    reason: str
    address: str = ""


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
