"""The ledger of forecasts: who foresaw or announced what, by when, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from secondsource.tell.clean import line

OUTCOMES = ("came-true", "did-not", "lapsed", "open")


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlingRecord:
    """A later telling that bears on a forecast, quoted."""

    report: str
    outlet: str
    published: str | None
    relation: str
    quote: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastRecord:
    """One intention or forecast, at its first telling.

    `who` is its source, the outlet where it speaks for itself; `due` is ISO, `due_is` says whether
    the day is "stated", "inferred" from words such as "in the coming days", or "" for none.
    `repeats` are reports that tell the same of the same origin.
    """

    report: str
    outlet: str
    published: str | None
    who: str
    kind: str
    certainty: str
    quote: str
    span: tuple[int, int]
    statement: str
    condition: str
    due: str | None
    due_is: str
    outcome: str
    settled_by: tuple[SettlingRecord, ...] = ()
    repeats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOfSource:
    """How the forecasts of one source came out."""

    who: str
    came_true: int
    did_not: int
    lapsed: int
    open: int


def records(forecasts: Sequence[ForecastRecord]) -> tuple[RecordOfSource, ...]:
    """Return the record of every source, by name; a forecast counts once, however often it was printed."""
    counts = Counter((one.who, one.outcome) for one in forecasts)
    return tuple(
        RecordOfSource(
            who=who,
            came_true=counts[who, OUTCOMES[0]],
            did_not=counts[who, OUTCOMES[1]],
            lapsed=counts[who, OUTCOMES[2]],
            open=counts[who, OUTCOMES[3]],
        )
        for who in sorted({one.who for one in forecasts})
    )


def in_words(forecasts: Sequence[ForecastRecord]) -> str:
    """Return the ledger as text: each forecast with its fate, then the record of each source."""
    if not forecasts:
        return "No intention or forecast in this library.\n"
    told = [_line(one) for one in forecasts]
    for one in records(forecasts):
        counts = (
            (one.came_true, "came true"),
            (one.did_not, "did not"),
            (one.lapsed, "lapsed"),
            (one.open, "open"),
        )
        told.append(f"{line(one.who)}: " + ", ".join(f"{number} {what}" for number, what in counts if number))
    return "\n".join(told) + "\n"


def _line(one: ForecastRecord) -> str:
    due = f", due {one.due} ({one.due_is})" if one.due else ", no day given"
    condition = f"  if: “{line(one.condition)}”\n" if one.condition else ""
    settled = "".join(
        f"  {by.relation} ({line(by.outlet)}, {by.published or 'no day'}): “{line(by.quote)}”\n"
        for by in one.settled_by
    )
    told = f"{line(one.report)}, {one.published or 'no day'}"
    head = f"{one.outcome}: “{line(one.quote)}”\n  {one.kind} of {line(one.who)} ({told})"
    return f"{head}{due}\n{condition}{settled}"
