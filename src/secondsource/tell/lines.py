"""Model objects to wire records and JSON bytes: mentions, attributions, pairs, answers.

Dates are ISO, scores and shares have three decimals, lists keep the order stated at each record.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from secondsource.model import (
    Attribution,
    Evidence,
    Judgement,
    Mention,
    Origin,
    Rejected,
    Relation,
    Report,
    Reuse,
    ReuseKind,
    Slots,
    Telling,
    Verdict,
)
from secondsource.tell.records import (
    AnswerRecord,
    AttributionRecord,
    ConflictRecord,
    JudgementRecord,
    LinkRecord,
    MentionRecord,
    PairRecord,
    QuantityRecord,
    QuestionRecord,
    SlotsRecord,
    TellingRecord,
)

_Record = TypeVar("_Record")

AROUND = 160  # code points of context kept on either side of a quote

PAIR_KINDS = {
    ReuseKind.VERBATIM: "copy",
    ReuseKind.ABRIDGED: "copy",
    ReuseKind.PARTIAL: "partial",
    ReuseKind.QUOTATION: "quote",
    ReuseKind.BOILERPLATE: "boilerplate",
}


def to_line(record: Any) -> str:
    """Return `record` as one line of JSON with its newline, fields in their declared order."""
    return msgspec.json.encode(record).decode() + "\n"


def to_json(record: Any) -> str:
    """Return `record` as indented JSON with a final newline."""
    return msgspec.json.format(msgspec.json.encode(record), indent=2).decode() + "\n"


def decode(content: bytes | str, kind: type[_Record]) -> _Record:
    """Return the record of class `kind` in `content`.

    Raises:
        msgspec.ValidationError: the JSON does not fit the record.
        msgspec.DecodeError: it is no JSON.
    """
    return msgspec.json.decode(content, type=kind)


def read_questions(name: str, text: str) -> tuple[list[QuestionRecord], list[Rejected]]:
    """Return the questions of `ask --claims`, one JSON object a line, and the lines that are none.

    Blank lines are skipped. An id that stood before, an empty statement and a quote without its
    report are rejected; `name` is the file's name for the rejects.
    """
    questions: list[QuestionRecord] = []
    rejects: list[Rejected] = []
    seen: set[str] = set()
    for place, row in enumerate(text.split("\n"), 1):
        if not row.strip():
            continue
        try:
            question = decode(row, QuestionRecord)
            reason = _fault(question, seen)
        except msgspec.MsgspecError as error:
            reason = str(error)
        if reason:
            rejects.append(Rejected(f"{name}:line {place}", "ask", reason))
        else:
            questions.append(question)
            seen.add(question.id)
    return questions, rejects


def _fault(question: QuestionRecord, seen: set[str]) -> str:
    if question.id in seen:
        return f"the id {question.id!r} stood on an earlier line; give every claim its own"
    if not question.statement.strip():
        return "the statement is empty"
    if question.quote and not question.report:
        return "it has a quote but no report; name the report that the quote stands in"
    return ""


def mention(seen: Mention) -> MentionRecord:
    """Return one line of `mentions --jsonl`."""
    return MentionRecord(
        report=seen.report,
        content=seen.content,
        source=seen.source,
        cue=seen.cue,
        chain=seen.chain,
        links=link_records(seen),
        source_kind=seen.source_kind.value,
        kind=seen.kind.value,
        certainty=seen.certainty.value,
        condition=seen.condition,
        statement=seen.statement,
        self_contained=seen.self_contained,
        slots=slots_record(seen.slots),
    )


def attribution(report: str, found: Attribution) -> AttributionRecord:
    """Return one line of `mentions --attributions` for the report of that id."""
    return AttributionRecord(report=report, content=found.content, source=found.source, cue=found.cue)


def pair(reuse: Reuse) -> PairRecord:
    """Return one line of `origins --pairs`."""
    return PairRecord(
        a=reuse.a,
        b=reuse.b,
        kind=PAIR_KINDS[reuse.kind],
        share=round(reuse.share, 3),
        origin=reuse.origin,
        direction=reuse.direction.value,
    )


def answer(verdict: Verdict, reports: Mapping[str, Report]) -> AnswerRecord:
    """Return one line of `ask --answers`; `reports` holds at least those that the tellings name."""
    return AnswerRecord(
        claim=verdict.claim,
        verdict=verdict.label.value,
        outcome=verdict.outcome.value if verdict.outcome else None,
        settleable=verdict.settleable,
        own_origin=verdict.own_origin.name if verdict.own_origin else None,
        independent_origins=verdict.independent_origins,
        tellings=telling_records(verdict, reports),
        silent=tuple(sorted(verdict.silent)),
        undetermined=tuple(sorted(verdict.undetermined)),
    )


def telling_records(verdict: Verdict, reports: Mapping[str, Report]) -> tuple[TellingRecord, ...]:
    """Return the tellings: support before refutation, then by day, report and place in it."""
    records = [_telling(telling, reports[telling.evidence.report]) for telling in verdict.tellings]
    return tuple(sorted(records, key=_telling_order))


def link_records(mention: Mention) -> tuple[LinkRecord, ...]:
    """Return the chain's links, nearest the fact first."""
    return tuple(
        LinkRecord(name=link.name, kind=link.kind.value, span=link.span, note=link.note)
        for link in mention.links
    )


def slots_record(slots: Slots) -> SlotsRecord:
    """Return the slots with days as ISO dates."""
    days = slots.time
    return SlotsRecord(
        actor=slots.actor,
        action=slots.action,
        patient=slots.patient,
        place=slots.place,
        time=(days[0].isoformat(), days[1].isoformat()) if days else None,
        quantity=tuple(
            QuantityRecord(low=amount.low, high=amount.high, unit=amount.unit, of=amount.of)
            for amount in slots.quantity
        ),
    )


def judgement(made: Judgement) -> JudgementRecord:
    """Return one line of `review --export`."""
    subject = made.subject
    return JudgementRecord(
        id=made.id,
        kind=subject.kind.value,
        claim=subject.claim,
        claim_quote=subject.claim_quote,
        place=subject.place,
        quote=subject.quote,
        decision=made.decision.value,
        value=made.value,
        by=made.by,
        at=made.at.isoformat().replace("+00:00", "Z"),
        reason=made.reason,
        supersedes=made.supersedes,
    )


def _telling(telling: Telling, report: Report) -> TellingRecord:
    evidence: Evidence = telling.evidence
    origin: Origin = telling.origin
    start, end = evidence.span
    return TellingRecord(
        report=evidence.report,
        relation=evidence.relation.value,
        quote=evidence.quote,
        span=evidence.span,
        origin=origin.name,
        score=round(evidence.score, 3),
        reason=evidence.reason,
        outlet=report.told,
        published=report.published.isoformat() if report.published else None,
        repeat=telling.repeat,
        conflicts=tuple(
            ConflictRecord(slot=clash.slot, claimed=clash.claimed, told=clash.told)
            for clash in evidence.conflicts
        ),
        before=_before(report.body, start),
        after=_after(report.body, end),
        link=telling.place,
        judgements=tuple(judgement(made) for made in telling.judgements),
    )


def _before(body: str, start: int) -> str:
    """Return the words that lead up to `start`, begun at a word and kept within the paragraph."""
    text = body[max(0, start - AROUND) : start]
    if start > AROUND:
        text = text[text.find(" ") + 1 :]
    return text[text.rfind("\n") + 1 :]


def _after(body: str, end: int) -> str:
    """Return the words that follow `end`, ended at a word and kept within the paragraph."""
    text = body[end : end + AROUND]
    if end + AROUND < len(body) and " " in text:
        text = text[: text.rfind(" ")]
    line = text.find("\n")
    return text if line < 0 else text[:line]


def _telling_order(record: TellingRecord) -> tuple[bool, str, str, tuple[int, int], str]:
    late = record.published or "9999"
    return record.relation != Relation.SUPPORTS, late, record.report, record.span, record.origin
