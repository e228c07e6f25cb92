"""Verify that a library holds what was captured."""

from __future__ import annotations

import typer

from secondsource.cli.app import app
from secondsource.cli.shared import DONE, REJECTED, LibraryOption, complain, opened_library, progress


@app.command()
def verify(context: typer.Context, library: LibraryOption = None) -> None:
    """Hash every document anew, and hold every quote against it.

    A quote is a place in a text: what stands there must be what is quoted.

    Ends with status 1 if something is not as it was captured or read.

    Example: secondsource verify --library pile.db
    """
    from secondsource.pipeline.verify import verify as verified

    with opened_library(context, library) as opened, progress() as on_progress:
        found = verified(opened, on_progress)
    for fault in found.faults:
        complain(f"{fault.where}: {fault.what}")
    counts = f"{found.documents} documents, {found.reports} reports, {found.mentions} mentions"
    print(f"{counts} verified; {len(found.faults)} faults")  # noqa: T201
    raise typer.Exit(REJECTED if found.faults else DONE)
