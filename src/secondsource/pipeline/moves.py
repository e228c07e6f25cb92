"""How verdicts moved: each claim of a report as of every day on which something was told of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from secondsource.match import Told
from secondsource.model import Claim, Verdict
from secondsource.pipeline.inputs import OnProgress, silent
from secondsource.pipeline.library import Library
from secondsource.pipeline.pile import claims_of, verdict_on
from secondsource.read import ReadOptions
from secondsource.text import hull


@dataclass(frozen=True, slots=True)
class Move:
    """What a claim's verdict became on a day: a label and counted origins, with its outcome if it has one."""

    day: date
    claim: str
    quote: str
    label: str
    independent_origins: int
    outcome: str | None


def moves(
    library: Library,
    report: str,
    options: ReadOptions | None = None,
    as_of: date | None = None,
    on_progress: OnProgress = silent,
) -> tuple[Move, ...]:
    """Return every move of the verdicts on a report's claims, by place in the report and day.

    A claim's first move is its verdict on the day of its report. Days are those on which reports
    were published, or versions came and went, that any verdict up to `as_of` rests on.

    Raises:
        UnreadableInput: the file or page cannot be read as one report.
        UnknownReport: there is no such file and no such id.
    """
    told = library.read(report, options)
    claims = claims_of(told)
    last = [verdict for _, verdict in _verdicts(library, told, as_of)]
    days = _days(library, last, told.report.published, as_of)
    held: dict[str, list[Move]] = {claim.id: [] for claim in claims}
    for done, day in enumerate(days, 1):
        for claim, verdict in _verdicts(library, told, day):
            found = Move(
                day,
                claim.id,
                told.report.body[slice(*hull(claim.mention.content))],
                verdict.label.value,
                verdict.independent_origins,
                verdict.outcome.value if verdict.outcome else None,
            )
            before = held[claim.id]
            if not before or _said(before[-1]) != _said(found):
                before.append(found)
        on_progress("days", done, len(days))
    return tuple(move for claim in claims for move in held[claim.id])


def _verdicts(library: Library, told: Told, day: date | None) -> Iterator[tuple[Claim, Verdict]]:
    pile = library.pile(day, subject=told)
    for claim in claims_of(told):
        yield claim, verdict_on(claim, claim.mention, pile, told.report)


def _days(library: Library, verdicts: list[Verdict], first: date | None, as_of: date | None) -> list[date]:
    """Return the days to look at, in order; the report's own day among them."""
    named = {t.evidence.report for verdict in verdicts for t in verdict.tellings}
    reports = library.store.reports(named)
    found = {report.published for report in reports} | {first}
    for report in reports:
        for version in library.store.versions.of(report.uri):
            found |= {version.since, version.until}
    last = as_of or library.store.newest()
    return sorted(
        day for day in found if day and (first is None or day >= first) and (last is None or day <= last)
    )


def _said(move: Move) -> tuple[str, int, str | None]:
    return move.label, move.independent_origins, move.outcome
