"""Forget a report."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from secondsource.cli.app import app
from secondsource.cli.shared import LibraryOption, complain, day_of, opened_library


@app.command()
def forget(
    context: typer.Context,
    report: Annotated[str, typer.Argument(metavar="REPORT", help="A report's id.")],
    reason: Annotated[str, typer.Option(help="Why; it is kept, so name nobody who wants to be forgotten.")],
    library: LibraryOption = None,
    day: Annotated[str, typer.Option(metavar="DATE", help="Day to note. Default: today.")] = "",
) -> None:
    """Remove a report and everything derived from it.

    The same bytes are then refused.

    What stays is a tombstone: id, day, reason and the hashes of bytes and web address, nothing of the text.

    Example: secondsource forget velm-12 --reason "the writer withdrew it"
    """
    from secondsource.pipeline.forget import forget as forget_report

    noted = day_of("--day", day) or datetime.now(UTC).date()
    with opened_library(context, library) as opened:
        stone = forget_report(opened.store, report, noted, reason)
    print(f"forgotten {stone.report}, bytes {stone.sha256[:16]}, on {stone.day.isoformat()}")  # noqa: T201
    file = library or context.obj.library
    for copy in sorted(file.parent.glob(f"{file.name}.schema*.bak")):
        complain(f"a copy from before a migration is not touched, delete it yourself: {copy}")
