"""Take a report out of a library, and keep it out."""

from __future__ import annotations

from datetime import date

from secondsource.errors import UnfitJudgement
from secondsource.model import Document, Rejected, Report, Tombstone
from secondsource.store.port import Added, Arrival, Store


def forget(store: Store, report: str, day: date, reason: str) -> Tombstone:
    """Remove a report and all that was derived from it; return its tombstone.

    Raises:
        UnknownReport: the library has no report of that id.
        UnfitJudgement: no reason is given.
    """
    if not reason.strip():
        raise UnfitJudgement("to forget needs a reason: give it with --reason")
    stone = Tombstone(report, store.report(report).document, day, reason.strip())
    store.tombstones.bury(stone)
    return stone


def put(store: Store, item: tuple[Document, Report], *, anew: bool) -> Added | Rejected:
    """Store one report, unless it was forgotten: then only if it is wanted `anew`."""
    document, report = item
    added = store.put(document, report)
    if added.arrival is not Arrival.FORGOTTEN:
        return added
    stones = store.tombstones.against(document.id, report.uri)
    if anew:
        store.tombstones.lift(stones)
        return store.put(document, report)
    stone = stones[0]
    what = "was" if stone.sha256 == document.id else "stands at the address of what was"
    why = f"{what} forgotten on {stone.day.isoformat()} ({stone.reason}); to take it, add it with --anew"
    return Rejected(f"report {report.id}", "store", why)
