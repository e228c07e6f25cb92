"""What became of an intention or a forecast, and whether any report could settle a claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from secondsource.lexicon import table, view
from secondsource.model import Claim, Kind, Outcome, Relation

_FORWARD = (Kind.INTENTION, Kind.FORECAST)


@dataclass(frozen=True, slots=True)
class Sign:
    """A telling as it bears on an outcome: what sort of proposition, of which day."""

    relation: Relation
    kind: Kind
    published: date | None


def outcome(claim: Claim, signs: Sequence[Sign], day: date | None, as_of: date | None) -> Outcome | None:
    """Return what later reports say became of an intention or forecast, None for other kinds.

    `day` is when the claim was made, `as_of` the day the pile is read on. Only tellings of
    an event published after `day` settle it; a deadline that passed untold is a lapse.
    """
    if claim.mention.kind not in _FORWARD:
        return None
    later = [
        s
        for s in signs
        if s.kind is Kind.EVENT and s.published is not None and day is not None and s.published > day
    ]
    told = {s.relation for s in later}
    if Relation.SUPPORTS in told and Relation.REFUTES not in told:
        return Outcome.CAME_TRUE
    if Relation.REFUTES in told and Relation.SUPPORTS not in told:
        return Outcome.DID_NOT
    due = claim.mention.slots.time
    if not told and due is not None and as_of is not None and day is not None and day <= due[1] < as_of:
        return Outcome.LAPSED
    return Outcome.OPEN


def settleable(claim: Claim) -> bool:
    """Tell whether reports could settle the claim: not what someone thinks, nor why someone acted."""
    if claim.mention.kind is Kind.ASSESSMENT:
        return False
    text = claim.statement.casefold()
    return not any(phrase in text for phrase in _motives())


@view
def _motives() -> tuple[str, ...]:
    return tuple(" ".join(p.split()) for p in table("grade")["settle"]["motives"].split("|"))
