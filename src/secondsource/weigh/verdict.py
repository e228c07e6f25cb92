"""From evidence with origins to a verdict: origins are counted, not articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from secondsource.model import Claim, Evidence, Origin, OriginKind, Relation, Telling, Verdict, VerdictLabel
from secondsource.weigh.grade import grade
from secondsource.weigh.origins import Copied, unite
from secondsource.weigh.outcome import Sign, outcome, settleable

_NAMELESS = {OriginKind.UNNAMED, OriginKind.UNKNOWN}
SURE = 0.6  # score from which support adds an origin; weaker support is shown and adds none


@dataclass(frozen=True, slots=True)
class Weights:
    """What weighing may use besides evidence and origins.

    `copied` tells which of some places are the same copied text. `signs` are the tellings as
    they bear on an outcome; `day` and `as_of` as in `outcome`. `outlet` names the
    publisher for the grade's letter; `letter` is the one that a person judged, with the reason.
    """

    copied: Copied | None = None
    silent: tuple[str, ...] = ()
    undetermined: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()
    day: date | None = None
    as_of: date | None = None
    outlet: str = ""
    letter: tuple[str, str] | None = None


def weigh(
    claim: Claim,
    tellings: Sequence[tuple[Evidence, Origin]],
    own: Origin | None,
    weights: Weights | None = None,
) -> Verdict:
    """Return the verdict on `claim` by the distinct origins that tell it, its own among them.

    Contested if any telling refutes; corroborated from two independent origins;
    single-origin if told elsewhere by one origin in all; else uncorroborated. An origin
    that nothing is known of, or that supports without being `SURE`, never adds to the count of
    independent ones, it only tells.
    """
    given = weights or Weights()
    origins, mine = unite(tellings, own, (claim.report, claim.span), given.copied)
    told = tuple(
        Telling(e, o, e.relation is Relation.SUPPORTS and mine is not None and o.key == mine.key)
        for (e, _), o in zip(tellings, origins, strict=True)
    )
    supports = [t for t in told if t.evidence.relation is Relation.SUPPORTS]
    sure = _count([t.origin for t in supports if t.evidence.score >= SURE], mine)
    supporting = max(sure, min(1, len(supports)))
    refuting = _count([t.origin for t in told if t.evidence.relation is Relation.REFUTES], None)
    label = _label(told, supporting)
    return Verdict(
        claim=claim.id,
        label=label,
        independent_origins=supporting,
        own_origin=mine,
        tellings=told,
        silent=given.silent,
        undetermined=given.undetermined,
        outcome=outcome(claim, given.signs, given.day, given.as_of),
        settleable=settleable(claim),
        grade=grade(label, supporting, refuting, given.outlet, given.letter),
    )


def _count(origins: list[Origin], own: Origin | None) -> int:
    """Return the number of independent origins.

    People without a name may be the same people: together they count as one. Unknown origins count as one
    where there are no others.
    """
    held = {o.key: o.kind for o in [*origins, *([own] if own is not None else [])]}
    named = sum(kind not in _NAMELESS for kind in held.values())
    return named + (OriginKind.UNNAMED in held.values()) or min(1, len(held))


def _label(told: Sequence[Telling], supporting: int) -> VerdictLabel:
    relations = {t.evidence.relation for t in told}
    if Relation.REFUTES in relations:
        return VerdictLabel.CONTESTED
    if Relation.SUPPORTS not in relations:
        return VerdictLabel.UNCORROBORATED
    return VerdictLabel.CORROBORATED if supporting >= 2 else VerdictLabel.SINGLE_ORIGIN
