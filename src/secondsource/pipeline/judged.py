"""What people judged, laid over what the steps suggest: links, sources, grades, verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from secondsource import trace
from secondsource.match import Judged, Told
from secondsource.model import (
    Claim,
    Decision,
    Evidence,
    JudgedKind,
    Judgement,
    Link,
    Mention,
    Origin,
    OriginKind,
    Relation,
    SourceKind,
    Span,
    Subject,
    Verdict,
    place_of,
    statement_place,
)
from secondsource.text import hull, shared, words

METHOD = "judgement"  # what is said to have judged a telling that a person brought in
_SOURCED = 1.0  # score of what a person vouches for


@dataclass(frozen=True, slots=True)
class InForce:
    """The judgements that nothing supersedes, by subject; a later one goes before an earlier."""

    by_key: Mapping[str, Judgement] = field(default_factory=dict)

    @classmethod
    def of(cls, judgements: Iterable[Judgement]) -> InForce:
        """Return what is in force of all judgements ever made."""
        return cls({key: held[-1] for key, held in standing(judgements).items()})

    def on(self, kind: JudgedKind, claim: str = "", place: str = "") -> Judgement | None:
        """Return the judgement on one subject, None if there is none."""
        return self.by_key.get(Subject(kind, claim, place).key)

    def links(self, claim: str) -> list[Judgement]:
        """Return the judgements on links to a claim, by subject."""
        held = (j for j in self.by_key.values() if j.subject.kind is JudgedKind.LINK)
        return sorted((j for j in held if j.subject.claim == claim), key=lambda j: j.subject.key)

    def on_claim(self, place: str, words: str) -> tuple[Judgement | None, list[Judgement]]:
        """Return the judgements on the verdict of a claim and on its links, if it still has these words."""
        verdict = self.on(JudgedKind.VERDICT, place)
        links = [judgement for judgement in self.links(place) if judgement.subject.claim_quote == words]
        return (verdict if verdict and verdict.subject.claim_quote == words else None), links

    def unapplied(self, report: str, verdicts: Iterable[Verdict]) -> tuple[Judgement, ...]:
        """Return those on the words of a report that none of its verdicts rests on, by date.

        Its text, or what is read from it, is another than it was when they were made.
        """
        given = list(verdicts)
        used = {made.id for verdict in given for made in verdict.judgements}
        used |= {made.id for v in given for telling in v.tellings for made in telling.judgements}
        found = [
            made
            for made in self.by_key.values()
            if made.id not in used and report == report_and_span(made.subject.claim or made.subject.place)[0]
        ]
        return tuple(sorted(found, key=lambda made: (made.at, made.id)))


def standing(judgements: Iterable[Judgement]) -> dict[str, list[Judgement]]:
    """Return by subject the judgements that no other supersedes, by date and id.

    More than one on a subject are two that were made without knowing of each other.
    """
    held = sorted(judgements, key=lambda j: (j.at, j.id))
    superseded = {judgement.supersedes for judgement in held}
    found: dict[str, list[Judgement]] = {}
    for judgement in held:
        if judgement.id not in superseded:
            found.setdefault(judgement.subject.key, []).append(judgement)
    return found


def claim_place(claim: Claim, own: Mention | None) -> str:
    """Return what judgements on a claim go by: where it stands in its report, or its statement."""
    if claim.report and own is not None:
        return place_of(claim.report, hull(own.content))
    return place_of(claim.report, claim.span) if claim.span else statement_place(claim.statement)


def report_and_span(place: str) -> tuple[str, Span | None]:
    """Return the report and the span of a place (`place_of`); ("", None) for what is none."""
    report, _, where = place.rpartition("@")
    start, _, end = where.partition("-")
    if not (report and start.isdecimal() and end.isdecimal()):
        return "", None
    return report, (int(start), int(end))


def spoken_by(judgement: Judgement) -> str:
    """Return who judged and why, as a reason in words."""
    return f"judged by {judgement.by}: {judgement.reason}"


def judged_links(
    claim: Claim, suggested: Judged, links: Iterable[Judgement], pile: Mapping[str, Told]
) -> tuple[Judged, dict[str, Judgement]]:
    """Return the evidence as people left it, and the judgement of each place that one was applied to.

    A rejected link is gone; a confirmed or changed one stands as judged, whatever was suggested
    of its report. `pile` holds at least the reports of `links` and of the evidence. A judgement on
    words that are not there (any more) is applied to nothing.
    """
    evidence = {one.report: one for one in suggested.evidence}
    applied: dict[str, Judgement] = {}
    for judgement in links:
        found = _mention_of(judgement.subject, pile)
        if found is None or found[0].report.id == claim.report:
            continue
        told, _, mention = found
        before = evidence.get(told.report.id)
        same = before is not None and before.mention == mention.id
        if judgement.decision is not Decision.REJECT:
            evidence[told.report.id] = _stated(claim, judgement, before if same else None, found)
        elif same:
            del evidence[told.report.id]
        applied[place_of(told.report.id, hull(mention.content))] = judgement
    kept = tuple(evidence[report] for report in sorted(evidence))
    return (
        Judged(
            kept,
            tuple(report for report in suggested.silent if report not in evidence),
            tuple(report for report in suggested.undetermined if report not in evidence),
        ),
        applied,
    )


def _mention_of(subject: Subject, pile: Mapping[str, Told]) -> tuple[Told, Span, Mention] | None:
    """Return where a judged telling stands now: its report, span, and the mention that covers most of it."""
    report, span = report_and_span(subject.place)
    told = pile.get(report)
    if told is None or span is None or subject.quote != told.report.body[slice(*span)]:
        return None
    exact = [m for m in told.mentions if hull(m.content) == span]
    covering = [(-sum(shared(part, span) for part in m.content), m.content, m.id) for m in told.mentions]
    if not exact and (not covering or not min(covering)[0]):
        return None
    chosen = exact[0].id if exact else min(covering)[2]
    return told, span, next(m for m in told.mentions if m.id == chosen)


def _stated(
    claim: Claim, judgement: Judgement, before: Evidence | None, found: tuple[Told, Span, Mention]
) -> Evidence:
    """Return the evidence that a person vouches for, with the words and slots found before if any were."""
    told, span, mention = found
    relation = Relation(judgement.value)
    if before is not None and before.relation is relation:
        return replace(before, reason=f"{before.reason}; {spoken_by(judgement)}")
    return Evidence(
        claim=claim.id,
        report=told.report.id,
        mention=mention.id,
        relation=relation,
        span=before.span if before else span,
        quote=before.quote if before else told.report.body[slice(*span)],
        score=_SOURCED,
        reason=spoken_by(judgement),
        method=METHOD,
    )


def judged_origin(
    mention: Mention, told: Told, context: object, judgement: Judgement | None
) -> tuple[Origin, Judgement | None]:
    """Return the origin of a mention, as judged where a person judged it, with the judgement applied.

    A changed source is resolved like one named in the text, so that it is one with its other
    tellings; a rejected one leaves an unknown origin, which adds to no count.
    """
    span = hull(mention.content)
    if judgement is None or judgement.subject.quote != told.report.body[slice(*span)]:
        return trace.origin_of(mention, told.report, context), None
    if judgement.decision is Decision.CONFIRM:
        found = trace.origin_of(mention, told.report, context)
        return replace(found, reason=f"{found.reason}; {spoken_by(judgement)}"), judgement
    if judgement.decision is Decision.REJECT:
        place = place_of(told.report.id, span)
        name = f"unknown source ({told.report.told})"
        return Origin(f"unnamed:{place}", name, OriginKind.UNKNOWN, spoken_by(judgement)), judgement
    start = span[0]
    link = Link(judgement.value, SourceKind.ORGANISATION)
    named = replace(mention, content=((start, start),), links=(link,), source_kind=link.kind)
    found = trace.origin_of(named, told.report, context)
    if found.kind is OriginKind.UNKNOWN:  # no name that the tables or the pile know
        key = f"source:{' '.join(words(judgement.value))}"
        found = Origin(key, judgement.value, OriginKind.SOURCE, "")
    return replace(found, reason=spoken_by(judgement), also=()), judgement


def with_judgements(verdict: Verdict, places: Mapping[tuple[str, str], str], held: Held) -> Verdict:
    """Return the verdict with its judgements, each telling with its own.

    `places` gives the place of each telling by report and mention.
    """
    tellings = []
    for telling in verdict.tellings:
        place = places[telling.evidence.report, telling.evidence.mention]
        bearing = (held.links.get(place), held.sources.get(place))
        judgements = tuple(judgement for judgement in bearing if judgement is not None)
        tellings.append(replace(telling, place=place, judgements=judgements))
    shown = {telling.place for telling in tellings}
    dropped = [judgement for place, judgement in sorted(held.links.items()) if place not in shown]
    return replace(verdict, tellings=tuple(tellings), judgements=(*held.own, *dropped))


@dataclass(frozen=True, slots=True)
class Held:
    """The judgements that were applied to one claim: on it, and by place on its links and their sources."""

    own: tuple[Judgement, ...]
    links: Mapping[str, Judgement]
    sources: Mapping[str, Judgement]
