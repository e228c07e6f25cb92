"""What a dossier says beside its claims: what was changed in shared text, and what the report leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from secondsource import trace
from secondsource.match import Told
from secondsource.model import (
    Certainty,
    Claim,
    Direction,
    Kind,
    Mention,
    Relation,
    Report,
    Span,
    Verdict,
    VerdictLabel,
)
from secondsource.pipeline.pile import Pile, speakers, verdict_on
from secondsource.tell.dossier import Change, Omission
from secondsource.text import hull, overlaps, words
from secondsource.trace.lineage import COPIED

REPORTS = 12  # covering reports whose claims are looked at, those that speak most first
MENTIONS = 80  # claims looked at in all
LISTED = 10  # omissions listed
_LEAST = 5  # words of a claim worth listing


def changed(report: Report, pile: Pile) -> dict[str, tuple[Change, ...]]:
    """Return by report id what differs in text that `report` took from it, or it from `report`."""
    found: dict[str, tuple[Change, ...]] = {}
    for reuse in pile.shelf.reuse(report.id):
        if reuse.kind not in COPIED:
            continue
        if reuse.direction is Direction.COMMON:
            continue
        taken = reuse.b if reuse.direction is Direction.A_TO_B else reuse.a
        other = pile.find(reuse.b if reuse.a == report.id else reuse.a)
        if other is None:
            continue
        pair = (other.report, report) if taken == report.id else (report, other.report)
        found[other.report.id] = tuple(
            Change(one.kind, one.before, one.after) for one in trace.what_changed(*pair)
        )
    return found


def left_out(subject: Told, verdicts: Sequence[Verdict], pile: Pile) -> tuple[Omission, ...]:
    """Return what two or more origins tell of the event and `subject` leaves out, in reading order.

    Only reports that speak to a claim of `subject` are asked, and only for what they assert of events.
    """
    reports = speakers(verdicts, REPORTS)
    near = pile.among([*reports, subject.report.id])
    told = {
        (telling.evidence.report, telling.evidence.mention)
        for verdict in verdicts
        for telling in verdict.tellings
    }
    found: list[Omission] = []
    listed: list[tuple[str, Span]] = []
    for place, mention in list(_candidates(reports, near))[:MENTIONS]:
        if len(found) == LISTED:
            break
        spot = place.report.id, hull(mention.content)
        if (place.report.id, mention.id) in told or any(_one_text(spot, other, near) for other in listed):
            continue
        claim = Claim(mention.id, mention.statement, mention, place.report.id, hull(mention.content))
        if _spoken_of(claim, place.report, subject.report.id, pile):
            continue
        verdict = verdict_on(claim, mention, near, place.report)
        if not _independent(verdict, subject.report.id):
            continue
        told |= {(t.evidence.report, t.evidence.mention) for t in verdict.tellings}
        found.append(_omission(place, mention, verdict))
        listed.append(spot)
    return tuple(found)


def _candidates(reports: Sequence[str], pile: Pile) -> Iterator[tuple[Told, Mention]]:
    """Yield what the reports assert of events, those of the report that speaks most first."""
    for report in reports:
        place = pile.find(report)
        if place is None:
            continue
        seen: list[tuple[int, int]] = []
        for mention in place.mentions:
            span = hull(mention.content)
            long = len(words(place.report.body[slice(*span)])) >= _LEAST
            plain = mention.kind is Kind.EVENT and mention.certainty is Certainty.ASSERTED
            if long and plain and mention.self_contained and not any(overlaps(span, other) for other in seen):
                seen.append(span)
                yield place, mention


def _one_text(one: tuple[str, Span], other: tuple[str, Span], pile: Pile) -> bool:
    """Tell whether two places are prints of one text: the same words, or mostly copied."""
    both = [words(told.report.body[slice(*span)]) for r, span in (one, other) if (told := pile.find(r))]
    return both[0] == both[-1] or trace.same_text(one, other, pile.origins)


def _spoken_of(claim: Claim, report: Report, subject: str, pile: Pile) -> bool:
    """Tell whether `subject` itself speaks to a claim, so that no other report need be asked.

    Where people judged, what they judged decides.
    """
    if pile.in_force.by_key:
        return False
    judged = pile.among([subject]).judge(claim, report)
    return bool(judged.evidence or judged.undetermined)


def _independent(verdict: Verdict, subject: str) -> bool:
    """Tell whether others corroborate a claim of which `subject` says nothing."""
    speaks = {telling.evidence.report for telling in verdict.tellings} | set(verdict.undetermined)
    return verdict.label is VerdictLabel.CORROBORATED and subject not in speaks


def _omission(place: Told, mention: Mention, verdict: Verdict) -> Omission:
    supports = [t for t in verdict.tellings if t.evidence.relation is Relation.SUPPORTS]
    origins = {telling.origin.name for telling in supports}
    origins |= {verdict.own_origin.name} if verdict.own_origin else set()
    start, end = hull(mention.content)
    return Omission(
        statement=mention.statement,
        quote=place.report.body[start:end],
        report=place.report.id,
        origins=tuple(sorted(origins)),
        reports=tuple(sorted({place.report.id, *(t.evidence.report for t in supports)})),
    )
