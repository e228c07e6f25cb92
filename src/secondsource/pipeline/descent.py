"""How tellings of a claim descend from one another, and what rare errors their reports share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from secondsource import trace
from secondsource.match import Told
from secondsource.model import Claim, Mention, Verdict
from secondsource.pipeline.pile import Pile, speakers
from secondsource.tell.records import EdgeRecord, RarityRecord
from secondsource.trace.lineage import COPIED

REPORTS = 12  # reports compared for rare errors, those that speak most first
LISTED = 20  # rare errors listed


def edges(
    claims: Sequence[Claim], verdicts: Sequence[Verdict], pile: Pile
) -> dict[str, tuple[EdgeRecord, ...]]:
    """Return by claim who prints and who cites whom among its tellings, the report under check among them."""
    mention_of = {claim.id: claim.mention for claim in claims}
    return {
        verdict.claim: tuple(
            EdgeRecord(by=edge.by, kind=edge.kind, of=edge.of, of_report=edge.report)
            for edge in trace.edges_of([mention_of[verdict.claim], *_told(verdict, pile)], pile.origins)
        )
        for verdict in verdicts
    }


def _told(verdict: Verdict, pile: Pile) -> Iterator[Mention]:
    for telling in verdict.tellings:
        place = pile.find(telling.evidence.report)
        if place is not None:
            yield from (m for m in place.mentions if m.id == telling.evidence.mention)


def rarities(subject: Told, verdicts: Sequence[Verdict], pile: Pile) -> tuple[RarityRecord, ...]:
    """Return the rare errors shared among the reports that speak to a report's claims, and itself."""
    others = [told.report for r in speakers(verdicts, REPORTS) if (told := pile.find(r)) is not None]
    reports = [subject.report, *others]
    shared = chain.from_iterable(pile.shelf.reuse(report.id) for report in reports)
    copies = {frozenset((r.a, r.b)) for r in shared if r.kind in COPIED}
    found = trace.rarities_of(reports, copies)
    return tuple(
        RarityRecord(kind=r.kind, words=r.words, usual=r.usual, reports=r.reports) for r in found[:LISTED]
    )
