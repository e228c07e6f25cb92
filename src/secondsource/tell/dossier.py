"""The one place where model objects become the dossier that a reader gets.

`pipeline` gathers a `Material` and calls `build`; everything else in this package renders
the record that comes out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from secondsource.lexicon import actors
from secondsource.model import (
    Claim,
    Direction,
    Judgement,
    Kind,
    Origin,
    Proposal,
    Rejected,
    Report,
    Reuse,
    Span,
    Verdict,
)
from secondsource.tell import limits, naming, sides
from secondsource.tell.custody import cited
from secondsource.tell.lines import PAIR_KINDS, judgement, link_records, slots_record, telling_records
from secondsource.tell.located import located
from secondsource.tell.records import (
    ChangeRecord,
    ClaimRecord,
    DossierRecord,
    EdgeRecord,
    GradeRecord,
    OmissionRecord,
    OriginRecord,
    PileRecord,
    ProposalRecord,
    RarityRecord,
    RejectRecord,
    ReportRecord,
    ReprintRecord,
)
from secondsource.text import hull


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between a source's text and a report that took it ("hedge-dropped", "cut", ...)."""

    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Omission:
    """A claim that two or more origins make about the event and the checked report leaves out.

    `quote` stands in `report`; `origins` are names, `reports` all ids that tell it.
    """

    statement: str
    quote: str
    report: str
    origins: tuple[str, ...]
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """All that a dossier of one report is made of.

    `pile` is at least every report that a verdict, reuse or omission names (the checked one is not
    among them), and `languages` how many reports were compared with, by language (by default
    those of `pile`); `changes` says,
    by the other report's id, what differs in text shared with the checked one (of a text shared
    in part only what was reworded is shown); `edges` are by claim; `limits` are
    further sentences for the reader. `side_of` names the side of a report (by default from the
    table of outlets); `find_actors` gives spans of a text with the ids of the actors they may
    name (by default from the table of actors); more than one id leaves the name open.
    """

    report: Report
    claims: tuple[Claim, ...]
    verdicts: tuple[Verdict, ...]
    pile: tuple[Report, ...] = ()
    languages: Mapping[str, int] | None = None
    polyglot: bool = False
    reuse: tuple[Reuse, ...] = ()
    changes: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    omissions: tuple[Omission, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    edges: Mapping[str, tuple[EdgeRecord, ...]] = field(default_factory=dict)
    rarities: tuple[RarityRecord, ...] = ()
    unapplied: tuple[Judgement, ...] = ()
    rejects: tuple[Rejected, ...] = ()
    limits: tuple[str, ...] = ()
    as_of: date | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    side_of: Callable[[Report], str] = sides.side_of
    find_actors: Callable[[str], Sequence[tuple[Span, Sequence[str]]]] = actors.find


def build(material: Material) -> DossierRecord:
    """Return the dossier: claims in reading order, everything else in an order of its own.

    A report that tells or contradicts an event of the checked report covers what it is about,
    and is silent on every claim to which it does not speak; where none does, none is silent.
    The result does not depend on the
    order of claims, verdicts, pile or reuse.
    """
    pile = {report.id: report for report in material.pile}
    verdicts = {verdict.claim: verdict for verdict in material.verdicts}
    read = sorted(material.claims, key=_reading_order)
    covering = _covering(read, verdicts)
    claims = tuple(_claim(claim, _silenced(verdicts[claim.id], covering), material, pile) for claim in read)
    event = _event(claims, pile)
    dossier = DossierRecord(
        report=report_record(material.report),
        as_of=material.as_of.isoformat() if material.as_of else None,
        claims=claims,
        origins=_origins(read, verdicts, material.report),
        reprints=_reprints(material, pile),
        sides=sides.sides(claims, material.report, event, material.side_of),
        naming=naming.naming([material.report, *event], material.find_actors),
        places=located(claims),
        omissions=_omissions(material.omissions),
        rarities=material.rarities,
        unapplied=tuple(judgement(made) for made in material.unapplied),
        rejects=tuple(
            RejectRecord(where=r.where, stage=r.stage, reason=r.reason)
            for r in sorted(material.rejects, key=lambda r: (r.where, r.stage, r.reason))
        ),
        versions=dict(sorted(material.versions.items())),
    )
    covering |= {report for claim in claims for report in claim.silent}
    about = tuple(report for report in event if report.id in covering)
    languages = (
        Counter(r.language for r in material.pile) if material.languages is None else material.languages
    )
    seen = limits.Seen(material.report, tuple(read), languages, about, material.polyglot)
    words = (*limits.limits(seen, claims), *material.limits)
    return replace(dossier, pile=_named(dossier, pile), limits=words)


def _covering(claims: Sequence[Claim], verdicts: Mapping[str, Verdict]) -> frozenset[str]:
    """Return the reports that speak to at least one event of the checked report."""
    events = [verdicts[claim.id] for claim in claims if claim.mention.kind is Kind.EVENT]
    return frozenset(telling.evidence.report for verdict in events for telling in verdict.tellings)


def _silenced(verdict: Verdict, covering: frozenset[str]) -> Verdict:
    """Return the verdict with every covering report silent that neither tells nor is undetermined.

    What was called silent on one claim alone stands only where some report speaks to an event.
    """
    if not covering:
        return replace(verdict, silent=())
    spoken = {telling.evidence.report for telling in verdict.tellings} | set(verdict.undetermined)
    return replace(verdict, silent=tuple(sorted((covering | set(verdict.silent)) - spoken)))


def _reading_order(claim: Claim) -> tuple[Span, str]:
    return claim.span or hull(claim.mention.content), claim.id


def _claim(claim: Claim, verdict: Verdict, material: Material, pile: Mapping[str, Report]) -> ClaimRecord:
    mention, report = claim.mention, material.report
    span = claim.span or hull(mention.content)
    return ClaimRecord(
        id=claim.id,
        quote=report.body[span[0] : span[1]],
        span=span,
        statement=claim.statement,
        kind=mention.kind.value,
        certainty=mention.certainty.value,
        source=mention.links[0].name if mention.links else None,
        source_kind=mention.source_kind.value,
        chain=mention.chain,
        links=link_records(mention),
        verdict=verdict.label.value,
        outcome=verdict.outcome.value if verdict.outcome else None,
        settleable=verdict.settleable,
        own_origin=verdict.own_origin.name if verdict.own_origin else report.told,
        independent_origins=verdict.independent_origins,
        tellings=telling_records(verdict, pile),
        silent=tuple(sorted(verdict.silent)),
        undetermined=tuple(sorted(verdict.undetermined)),
        grade=GradeRecord(code=verdict.grade.code, reason=verdict.grade.reason) if verdict.grade else None,
        content=mention.content,
        source_spans=mention.source,
        cue=mention.cue,
        condition=mention.condition,
        slots=slots_record(mention.slots),
        judgements=tuple(judgement(made) for made in verdict.judgements),
        proposals=tuple(
            ProposalRecord(report=p.report, relation=p.relation.value, quote=p.quote, span=p.span, by=p.by)
            for p in sorted(material.proposals, key=lambda p: (p.report, p.span))
            if p.claim == claim.id
        ),
        edges=material.edges.get(claim.id, ()),
    )


def report_record(report: Report) -> ReportRecord:
    """Return a report as a dossier shows it."""
    return ReportRecord(
        id=report.id,
        outlet=report.outlet,
        published=report.published.isoformat() if report.published else None,
        title=report.title,
        sha256=report.document,
        uri=report.uri,
        body=report.body,
        sections=tuple((part.role.value, *part.span) for part in report.sections),
        notes=report.notes,
        language=report.language,
        byline=report.byline,
        credit=report.credit,
    )


def _event(claims: Sequence[ClaimRecord], pile: Mapping[str, Report]) -> list[Report]:
    """Return the reports of the pile that speak to a claim or are silent on one, by id."""
    ids = {telling.report for claim in claims for telling in claim.tellings}
    ids |= {report for claim in claims for report in claim.silent}
    return [pile[report] for report in sorted(ids)]


def _origins(
    claims: Sequence[Claim], verdicts: Mapping[str, Verdict], report: Report
) -> tuple[OriginRecord, ...]:
    """Return every origin of the tellings, the checked report's own among them, by name."""
    reports: dict[str, set[str]] = {}
    told: dict[str, list[str]] = {}
    origins: dict[str, Origin] = {}
    for claim in claims:
        verdict = verdicts[claim.id]
        carried = [(telling.origin, telling.evidence.report) for telling in verdict.tellings]
        if verdict.own_origin:
            carried.append((verdict.own_origin, report.id))
        for origin, where in sorted(carried, key=lambda pair: (pair[0].key, pair[0].reason, pair[1])):
            origins.setdefault(origin.key, origin)
            reports.setdefault(origin.key, set()).add(where)
            if claim.id not in told.setdefault(origin.key, []):
                told[origin.key].append(claim.id)
    return tuple(
        OriginRecord(
            name=origin.name,
            kind=origin.kind.value,
            reason=origin.reason,
            reports=tuple(sorted(reports[key])),
            claims=tuple(told[key]),
        )
        for key, origin in sorted(origins.items(), key=lambda item: (item[1].name, item[0]))
    )


def _reprints(material: Material, pile: Mapping[str, Report]) -> tuple[ReprintRecord, ...]:
    """Return who shares text with the checked report, largest share first."""
    own = material.report.id
    found = [
        _reprint(reuse, own, pile, material.changes)
        for reuse in material.reuse
        if own in (reuse.a, reuse.b) and (reuse.a in pile or reuse.b in pile)
    ]
    return tuple(sorted(found, key=lambda reprint: (-reprint.share, reprint.report)))


def _reprint(
    reuse: Reuse, own: str, pile: Mapping[str, Report], changes: Mapping[str, tuple[Change, ...]]
) -> ReprintRecord:
    other = reuse.b if reuse.a == own else reuse.a
    direction = "common"
    if reuse.direction is not Direction.COMMON:
        taken_by_b = reuse.direction is Direction.A_TO_B
        direction = "from" if (reuse.b == own) == taken_by_b else "to"
    return ReprintRecord(
        report=other,
        outlet=pile[other].told,
        kind=PAIR_KINDS[reuse.kind],
        share=round(reuse.share, 3),
        direction=direction,
        origin=reuse.origin,
        changes=tuple(
            ChangeRecord(kind=change.kind, before=change.before, after=change.after)
            for change in changes.get(other, ())
            if PAIR_KINDS[reuse.kind] == "copy" or (change.before and change.after)
        ),
    )


def _omissions(omissions: Sequence[Omission]) -> tuple[OmissionRecord, ...]:
    """Return what others tell, most widely told first."""
    records = [
        OmissionRecord(
            statement=left_out.statement,
            quote=left_out.quote,
            report=left_out.report,
            origins=tuple(sorted(left_out.origins)),
            reports=tuple(sorted(left_out.reports)),
        )
        for left_out in omissions
    ]
    return tuple(sorted(records, key=lambda r: (-len(r.origins), -len(r.reports), r.report, r.quote)))


def _named(dossier: DossierRecord, pile: Mapping[str, Report]) -> tuple[PileRecord, ...]:
    """Return the reports of the pile that the dossier names, by id."""
    return tuple(
        PileRecord(
            id=report.id,
            outlet=report.told,
            published=report.published.isoformat() if report.published else None,
            title=report.title,
            uri=report.uri,
        )
        for report in (pile[name] for name in cited(dossier) if name in pile)
    )
