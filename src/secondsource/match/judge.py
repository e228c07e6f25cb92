"""Which reports of a pile support a claim, which contradict it, which cover its event and are silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from secondsource.match.align import quality
from secondsource.match.compare import Asked, Comparison, beside, compare
from secondsource.match.event import EventOptions, about, held_share
from secondsource.match.findings import agreement, conflicts, quote_span
from secondsource.match.forest import forest
from secondsource.match.told import Statistics, Told
from secondsource.model import Certainty, Claim, Conflict, Evidence, Kind, Mention, Relation

VERSION = "slots+trees-1"


@dataclass(frozen=True, slots=True)
class MatchOptions:
    """How much of a report is looked at closely, and when two reports share an event."""

    passages: int = 4
    event: EventOptions = field(default_factory=EventOptions)


@dataclass(frozen=True, slots=True)
class Services:
    """What judging needs besides claim and pile.

    `shares` are those that `candidates` found, by report; what it does not hold is worked out.
    """

    statistics: Statistics
    options: MatchOptions = field(default_factory=MatchOptions)
    shares: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a pile holds on a claim; ids in the order of the pile.

    Reports that are not about the claim's event stand nowhere.
    """

    evidence: tuple[Evidence, ...]
    silent: tuple[str, ...]
    undetermined: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    number: int
    comparison: Comparison
    supports: float = 0.0
    refutes: float = 0.0


def judge(claim: Claim, pile: Sequence[Told], services: Services, day: date | None = None) -> Judged:
    """Judge every report of `pile` on `claim`, the claim's own report left out.

    `day` is the publication day of the report that the claim was taken from, None for a
    bare statement. Order of `pile` decides the order of the answer and nothing else.
    """
    asked = Asked(claim, day)
    evidence, silent, undetermined = [], [], []
    for told in pile:
        if told.report.id == claim.report:
            continue
        share = services.shares.get(told.report.id)
        if share is None:
            share = held_share(asked, told, services.statistics)
        nearness = about(asked, told, share, services.options.event)
        if not nearness.same(services.options.event):
            continue
        timely = nearness.dated or nearness.undated
        relation, found = _judge_one(asked, told, timely, services)
        if found is not None:
            evidence.append(found)
        elif relation is Relation.UNDETERMINED:
            undetermined.append(told.report.id)
        elif timely:  # a report of another time may look back, but it is not silent
            silent.append(told.report.id)
    return Judged(tuple(evidence), tuple(silent), tuple(undetermined))


def shortlist(asked: Asked, told: Told, services: Services) -> list[int]:
    """Return the passages of `told` that hold most of the claim's words, best first."""
    weights = [(w, services.statistics.weight(w)) for w in asked.content]
    figures = [f"{w.value:g}" for w in asked.words if w.kind == "number"]
    scores = []
    for number, passage in enumerate(told.passages):
        held = sum(weight * quality(word, passage.terms) for word, weight in weights)
        held += 0.5 * sum(figure in passage.terms for figure in figures)
        if held > 0:
            scores.append((-held, number))
    return [number for _, number in sorted(scores)[: services.options.passages]]


def _judge_one(asked: Asked, told: Told, dated: bool, services: Services) -> tuple[Relation, Evidence | None]:
    numbers = shortlist(asked, told, services)
    compared = [(n, compare(asked, told, n, services.statistics)) for n in numbers]
    if not compared:
        return Relation.SILENT, None
    trees = forest()
    chances = trees.scores(beside([c.features for _, c in compared]))
    readings = [_Reading(n, c, float(p[0]), float(p[2])) for (n, c), p in zip(compared, chances, strict=True)]
    readings = [_same_event(reading, dated) for reading in readings]
    best = max(readings, key=lambda r: r.supports)
    worst = max(readings, key=lambda r: r.refutes)
    options = trees.options
    if best.supports >= options["supports"] and best.supports >= worst.refutes:
        return _admitted(asked, told, _evidence(asked, told, best, Relation.SUPPORTS, services))
    if worst.refutes >= options["refutes"]:
        return _admitted(asked, told, _evidence(asked, told, worst, Relation.REFUTES, services))
    if best.supports >= options["undetermined"]:
        return Relation.UNDETERMINED, None
    return Relation.SILENT, None


def _admitted(asked: Asked, told: Told, found: Evidence) -> tuple[Relation, Evidence | None]:
    """Return the evidence if what is quoted can bear it, else leave the report undetermined.

    A contradiction must be one that can be named beyond other words for it; that somebody else
    did what a claim denies is no contradiction of the denial. What a report only denies, foresees or makes
    depend on a condition neither supports nor refutes that it happened.
    """
    mention = next(m for m in told.mentions if m.id == found.mention)
    claimed = asked.claim.mention
    if found.relation is Relation.REFUTES and not _contradicts(claimed, {c.slot for c in found.conflicts}):
        return Relation.UNDETERMINED, None
    if found.relation is Relation.SUPPORTS and _denied(mention) != _denied(claimed):
        return Relation.UNDETERMINED, None
    if _happened(claimed) and not _happened(mention):
        return Relation.UNDETERMINED, None
    return found.relation, found


def _contradicts(claimed: Mention, slots: set[str]) -> bool:
    return bool(slots - {"wording"}) and not (_denied(claimed) and "actor" in slots)


def _denied(mention: Mention) -> bool:
    return mention.certainty is Certainty.DENIED


def _happened(mention: Mention) -> bool:
    """Tell whether a mention speaks of what has happened, not of what may."""
    return (
        mention.kind not in (Kind.FORECAST, Kind.INTENTION) and mention.certainty is not Certainty.CONDITIONAL
    )


def _same_event(reading: _Reading, dated: bool) -> _Reading:
    """Return `reading` without what another day speaks against.

    Told of another day, another number is another event; a report of another time says
    nothing against the claim, and for it only where it looks back at the claimed day.
    """
    found = reading.comparison.features
    supports, refutes = reading.supports, reading.refutes
    if not dated or (found["number_conflicts"] > 0 and found["told_apart"]):
        refutes = 0.0
    if not dated and not found["told_meets"]:
        supports = 0.0
    return replace(reading, supports=supports, refutes=refutes)


def _evidence(
    asked: Asked, told: Told, reading: _Reading, relation: Relation, services: Services
) -> Evidence:
    passage = told.passages[reading.number]
    span, mention = quote_span(asked, passage, services.statistics)
    apart: tuple[Conflict, ...] = ()
    reason = agreement(asked, told, reading.comparison)
    if relation is Relation.REFUTES:
        apart = conflicts(asked, told, passage, reading.comparison)
        reason = "; ".join(f"{c.slot}: claimed {c.claimed}, told {c.told}" for c in apart)
    return Evidence(
        claim=asked.claim.id,
        report=told.report.id,
        mention=mention,
        relation=relation,
        span=span,
        quote=told.report.body[span[0] : span[1]],
        score=round(reading.supports if relation is Relation.SUPPORTS else reading.refutes, 4),
        reason=reason,
        conflicts=apart,
        method=f"{VERSION} {forest().version}",
    )
