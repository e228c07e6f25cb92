"""Judging: a person confirms, rejects or changes what was suggested, and sees what that changes.

Judgements are kept for good; the latest that nothing supersedes is in force in every later dossier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from secondsource.errors import UnfitJudgement
from secondsource.match import Told
from secondsource.model import (
    Claim,
    Decision,
    JudgedKind,
    Judgement,
    Rejected,
    Subject,
    Verdict,
    place_of,
)
from secondsource.pipeline.judged import claim_place, report_and_span, standing
from secondsource.pipeline.library import Library
from secondsource.read import ReadOptions
from secondsource.tell import lines
from secondsource.tell.records import ClaimRecord, DossierRecord, JudgementRecord, TellingRecord


@dataclass(frozen=True, slots=True)
class Effect:
    """What a judgement changed: the verdicts on the claims looked at, before and after, in reading order."""

    judgement: Judgement
    before: tuple[Verdict, ...]
    after: tuple[Verdict, ...]

    @property
    def changed(self) -> bool:
        """Tell whether a counted verdict, an origin or a number of origins is another than before."""
        return [_counted(verdict) for verdict in self.before] != [_counted(verdict) for verdict in self.after]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of importing judgements.

    `conflicts` are the keys of subjects with more than one judgement in force (the latest counts);
    `rejected` are lines that are no judgement.
    """

    added: int
    known: int
    conflicts: tuple[str, ...]
    rejected: tuple[Rejected, ...]


def link_subject(dossier: DossierRecord, claim: ClaimRecord, telling: TellingRecord | str) -> Subject:
    """Return what a judgement on one telling's bearing on a claim of a dossier is about.

    A telling that nothing suggests (any more) is named by its place: `velm-2@120-184`.
    """
    place = telling if isinstance(telling, str) else telling.link
    return Subject(JudgedKind.LINK, place_of(dossier.report.id, claim.span), place, claim.quote)


def verdict_subject(dossier: DossierRecord, claim: ClaimRecord) -> Subject:
    """Return what a judgement on the verdict of a claim is about."""
    return Subject(JudgedKind.VERDICT, claim=place_of(dossier.report.id, claim.span), claim_quote=claim.quote)


def source_subject(
    dossier: DossierRecord, claim: ClaimRecord, telling: TellingRecord | str | None = None
) -> Subject:
    """Return what a judgement on the source of a claim, or of one telling of it, is about."""
    if telling is None:
        return Subject(JudgedKind.ATTRIBUTION, place=place_of(dossier.report.id, claim.span))
    return Subject(JudgedKind.ATTRIBUTION, place=telling if isinstance(telling, str) else telling.link)


def grade_subject(outlet: str) -> Subject:
    """Return what a judgement on the letter of an outlet is about."""
    return Subject(JudgedKind.GRADE, place=outlet)


def judge(
    library: Library, judgement: Judgement, report: str = "", options: ReadOptions | None = None
) -> Effect:
    """Keep a judgement, in place of the one in force on its subject, and return what it changed.

    The words judged are taken from the library where the subject does not quote them. `report`
    (a file, URL or id) is whose claims are looked at: by default the report that the claim, or the
    judged source, stands in; without one nothing is looked at.

    Raises:
        UnfitJudgement: the subject stands nowhere in the reports.
        UnknownReport: there is no such report.
    """
    subject = judgement.subject
    name = (
        report
        or (subject.claim or subject.place if subject.kind is not JudgedKind.GRADE else "").rpartition("@")[0]
    )
    told = library.read(name, options) if name else None
    whole = _quoted(library, subject, told)
    in_force = standing(library.judgements.of(subject.key)).get(subject.key, [])
    if in_force and _said(in_force[-1]) == _said(replace(judgement, subject=whole)):
        kept = in_force[-1]
    else:
        kept = Judgement.of(
            whole, judgement.decision, judgement.by, judgement.at,
            reason=judgement.reason, value=judgement.value,
            supersedes=judgement.supersedes or (in_force[-1].id if in_force else ""),
        )  # fmt: skip

    def wanted(claim: Claim) -> bool:
        return not subject.claim or claim_place(claim, claim.mention) == subject.claim

    before = library.verdicts(told, wanted) if told else []
    library.judgements.put(kept)
    after = library.verdicts(told, wanted) if told else []
    return Effect(kept, tuple(before), tuple(after))


def history(library: Library, subject: Subject) -> tuple[Judgement, ...]:
    """Return every judgement ever made on a subject, by date."""
    return tuple(library.judgements.of(subject.key))


def export(library: Library) -> str:
    """Return every judgement as JSONL, by date: one `JudgementRecord` a line."""
    return "".join(lines.to_line(lines.judgement(made)) for made in library.judgements.all())


def import_(library: Library, name: str, text: str) -> Imported:
    """Keep the judgements of JSONL that are not kept yet; safe to repeat.

    `name` is the file's name, for the lines that are rejected.
    """
    rejected: list[Rejected] = []
    read: list[Judgement] = []
    for place, row in enumerate(text.split("\n"), 1):
        if not row.strip():
            continue
        try:
            read.append(_made(lines.decode(row, JudgementRecord)))
        except (msgspec.MsgspecError, UnfitJudgement, ValueError) as error:
            rejected.append(Rejected(f"{name}:line {place}", "review", str(error)))
    added = sum(library.judgements.put(made) for made in read)
    conflicts = [key for key, held in sorted(standing(library.judgements.all()).items()) if len(held) > 1]
    return Imported(added, len(read) - added, tuple(conflicts), tuple(rejected))


def _made(record: JudgementRecord) -> Judgement:
    """Return the judgement of one line.

    Raises:
        UnfitJudgement: it is none, or its id is not that of what it says.
        ValueError: its kind, decision or date is none.
    """
    subject = Subject(JudgedKind(record.kind), record.claim, record.place, record.claim_quote, record.quote)
    made = Judgement.of(
        subject, Decision(record.decision), record.by, datetime.fromisoformat(record.at),
        reason=record.reason, value=record.value, supersedes=record.supersedes,
    )  # fmt: skip
    if made.id != record.id:
        raise UnfitJudgement(
            f"its id is {record.id!r}, but what it says has the id {made.id!r}: it was altered"
        )
    return made


def _quoted(library: Library, subject: Subject, told: Told | None) -> Subject:
    """Return the subject with the words that stand at its places.

    Raises:
        UnfitJudgement: nothing stands there.
    """
    if subject.kind is JudgedKind.GRADE:
        return subject
    quotes = []
    for place, quote in ((subject.claim, subject.claim_quote), (subject.place, subject.quote)):
        report, span = report_and_span(place)
        if place and span is None and not place.startswith("="):
            raise UnfitJudgement(f"{place!r} is no place in a report: write it as REPORT@START-END")
        if span is None:
            quotes.append(quote)
            continue
        own = told is not None and told.report.id == report
        body = told.report.body if told and own else library.read(report).report.body
        words = body[slice(*span)]
        if not words or quote not in ("", words):
            raise UnfitJudgement(f"other words stand at {place} than were judged: check the report anew")
        quotes.append(words)
    return replace(subject, claim_quote=quotes[0], quote=quotes[1])


def _said(judgement: Judgement) -> tuple[Subject, str, str, str, datetime, str]:
    """Return all of a judgement but its id and what it supersedes."""
    made = judgement
    return made.subject, made.decision, made.by, made.reason, made.at, made.value


def _counted(verdict: Verdict) -> tuple[object, ...]:
    own = verdict.own_origin.key if verdict.own_origin else None
    tellings = tuple((t.place, t.evidence.relation, t.origin.key) for t in verdict.tellings)
    return verdict.label, verdict.independent_origins, verdict.outcome, own, verdict.grade, tellings
