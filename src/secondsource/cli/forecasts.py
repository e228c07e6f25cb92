"""Print the ledger of forecasts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from secondsource.cli.app import app
from secondsource.cli.shared import LibraryOption, day_of, opened_library, progress, write


@app.command()
def forecasts(
    context: typer.Context,
    library: LibraryOption = None,
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="Use nothing published later.")] = "",
    jsonl: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write one forecast a line; - prints.")
    ] = None,
) -> None:
    """Print who foresaw what, by when, and what became of it.

    Announced intentions count too; a record for each source follows.

    Example: secondsource forecasts --library pile.db --as-of 2031-05-20
    """
    from secondsource.pipeline.forecasts import forecasts as ledger
    from secondsource.tell import ledger as telling
    from secondsource.tell import lines

    with opened_library(context, library) as opened, progress() as on_progress:
        found = ledger(opened, day_of("--as-of", as_of), on_progress)
    if jsonl:
        write(jsonl, "".join(map(lines.to_line, found)))
        return
    write(Path("-"), telling.in_words(found))
