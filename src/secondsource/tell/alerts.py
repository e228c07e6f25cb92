"""What a watch tells: one record, and one line of words, for each thing that changed."""

from __future__ import annotations

from dataclasses import dataclass

from secondsource.tell.clean import line
from secondsource.tell.records import ChangeRecord

VERDICT, OUTCOME, EDITED, RETRACTED, GONE = "verdict", "outcome", "edited", "retracted", "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRecord:
    """One change, told once.

    Of kind verdict or outcome: the claim `quote` of `report` moved from `before` to `after`, because
    of the reports in `because`. Of kind edited, retracted or gone: the text at `uri` is now that of
    `report`, in place of the one that `because` names; `silent` says that an edit came without a note.
    `at` is ISO 8601 in UTC.
    """

    id: str
    at: str
    kind: str
    report: str
    outlet: str = ""
    uri: str = ""
    title: str = ""
    quote: str = ""
    before: str = ""
    after: str = ""
    independent_origins: int | None = None
    because: tuple[str, ...] = ()
    silent: bool = False
    changes: tuple[ChangeRecord, ...] = ()


def in_words(alert: AlertRecord) -> str:
    """Return the alert as one line, without what could command a terminal."""
    return line(_words(alert))


def _words(alert: AlertRecord) -> str:
    who = f"{alert.outlet or 'unknown outlet'} ({alert.report})"
    if alert.kind in (VERDICT, OUTCOME):
        why = f", because of {', '.join(alert.because)}" if alert.because else ""
        return f"now {alert.after}, was {alert.before}: “{alert.quote}” - {who}{why}"
    if alert.kind == EDITED:
        how = "edited without a note" if alert.silent else "edited"
        return f"{how}: {alert.title or alert.uri} - {who}: {_changes(alert)}"
    how = "retracted" if alert.kind == RETRACTED else "no longer there"
    return f"{how}: {alert.title or alert.uri} - {who}"


def _changes(alert: AlertRecord) -> str:
    told = [
        f"{change.kind}: “{change.before}” became “{change.after}”"
        if change.before and change.after
        else f"{change.kind}: “{change.before or change.after}”"
        for change in alert.changes
    ]
    return "; ".join(told) or "wording"
