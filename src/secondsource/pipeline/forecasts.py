"""The ledger of forecasts: every intention and forecast of a library, and its fate by later reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from secondsource.match import Told
from secondsource.model import Claim, Evidence, Outcome, Relation, Verdict
from secondsource.pipeline.awaited import FORWARD, due_of
from secondsource.pipeline.inputs import OnProgress, silent
from secondsource.pipeline.library import Library
from secondsource.pipeline.pile import Pile, claims_of, verdict_on
from secondsource.pipeline.shelf import BATCH
from secondsource.tell.ledger import ForecastRecord, SettlingRecord
from secondsource.text import hull, spans_text

_UNSETTLED = (None, Outcome.OPEN, Outcome.LAPSED)


def forecasts(
    library: Library, as_of: date | None = None, on_progress: OnProgress = silent
) -> tuple[ForecastRecord, ...]:
    """Return the intentions and forecasts up to a day, by day, report and place; each at its first telling.

    A repeat of the same origin is named at the first telling and has no line of its own. What no
    report settles has lapsed once its day, stated or inferred, is past.
    """
    pile = library.pile(as_of, on_progress)
    found: list[ForecastRecord] = []
    listed: set[tuple[str, str]] = set()
    for told, claim in sorted(_forward(library, pile, as_of), key=_order):
        if (told.report.id, claim.mention.id) in listed:
            continue
        verdict = verdict_on(claim, claim.mention, pile, told.report)
        repeats = [t.evidence for t in verdict.tellings if t.repeat and _foresees(pile, t.evidence)]
        listed |= {(one.report, one.mention) for one in repeats}
        if verdict.outcome in _UNSETTLED:
            verdict = _settled_elsewhere(repeats, pile) or verdict
        found.append(_record(told, claim, verdict, pile, tuple(sorted({one.report for one in repeats}))))
        on_progress("weighing", len(found), None)
    return tuple(found)


def _settled_elsewhere(repeats: Sequence[Evidence], pile: Pile) -> Verdict | None:
    """Return the verdict on one of a forecast's repeats that later reports settle, if all settled agree.

    One telling may be nearer to the words in which it came about than another.
    """
    twins = [
        (told, claim)
        for repeat in repeats
        for told in filter(None, [pile.find(repeat.report)])
        for claim in claims_of(told)
        if claim.mention.id == repeat.mention
    ]
    verdicts = [verdict_on(claim, claim.mention, pile, told.report) for told, claim in twins]
    settled = [one for one in verdicts if one.outcome not in _UNSETTLED]
    return settled[0] if len({one.outcome for one in settled}) == 1 else None


def _forward(library: Library, pile: Pile, as_of: date | None) -> Iterator[tuple[Told, Claim]]:
    ids = library.store.ids(as_of)
    for first in range(0, len(ids), BATCH):
        for told in pile.shelf.read(ids[first : first + BATCH]):
            for claim in claims_of(told):
                if claim.mention.kind in FORWARD:
                    yield told, claim


def _order(item: tuple[Told, Claim]) -> tuple[date, str, tuple[int, int]]:
    told, claim = item
    return told.report.day or date.max, told.report.id, claim.span or (0, 0)


def _foresees(pile: Pile, evidence: Evidence) -> bool:
    """Tell whether a telling foresees too, and does not tell what happened."""
    return any(
        mention.id == evidence.mention and mention.kind in FORWARD
        for mention in pile.shelf.mentions(evidence.report)
    )


def _record(
    told: Told, claim: Claim, verdict: Verdict, pile: Pile, repeats: tuple[str, ...]
) -> ForecastRecord:
    report, mention = told.report, claim.mention
    due, how = due_of(mention, report.day)
    span = hull(mention.content)
    return ForecastRecord(
        report=report.id,
        outlet=report.told,
        published=report.published.isoformat() if report.published else None,
        who=mention.links[0].name if mention.links else report.told,
        kind=mention.kind.value,
        certainty=mention.certainty.value,
        quote=report.body[slice(*span)],
        span=span,
        statement=mention.statement,
        condition=spans_text(report.body, mention.condition),
        due=due.isoformat() if due else None,
        due_is=how,
        outcome=_fate(verdict, due, pile.shelf.as_of),
        settled_by=tuple(_settling(told, verdict, pile)),
        repeats=repeats,
    )


def _fate(verdict: Verdict, due: date | None, as_of: date | None) -> str:
    """Return the outcome; what no report bears on lapses when its day, stated or inferred, is past."""
    outcome = verdict.outcome or Outcome.OPEN
    if outcome not in (Outcome.OPEN, Outcome.LAPSED) or due is None or as_of is None:
        return outcome.value
    unsettled = outcome is Outcome.LAPSED or not verdict.tellings
    return (Outcome.LAPSED if unsettled and due < as_of else Outcome.OPEN).value


def _settling(told: Told, verdict: Verdict, pile: Pile) -> Iterator[SettlingRecord]:
    """Yield the later tellings of what happened, by day and report."""
    found = []
    for telling in verdict.tellings:
        evidence = telling.evidence
        other = pile.shelf.report(evidence.report)
        later = other and other.published and told.report.day and other.published > told.report.day
        if other is None or not later or _foresees(pile, evidence):
            continue
        if evidence.relation not in (Relation.SUPPORTS, Relation.REFUTES):
            continue
        day = other.published.isoformat() if other.published else None
        found.append(
            SettlingRecord(
                report=other.id, outlet=other.told, published=day, relation=evidence.relation.value,
                quote=evidence.quote, span=evidence.span,
            )
        )  # fmt: skip
    yield from sorted(found, key=lambda one: (one.published or "", one.report, one.span))
