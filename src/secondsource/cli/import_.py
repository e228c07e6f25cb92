"""Load a slice of a bulk run into a library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from secondsource.cli.app import app
from secondsource.cli.shared import LaterOption, LibraryOption, opened_library, progress

if TYPE_CHECKING:
    from secondsource.config import Settings


@app.command("import")
def import_(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The --out of a run.")],
    library: LibraryOption = None,
    where: Annotated[str, typer.Option(metavar="SQL", help="A condition on the columns of reports.")] = "",
    later: LaterOption = False,
) -> None:
    """Load the reports of a run that a condition takes.

    All that was read in them comes along.

    Example: secondsource import tables --where "outlet='Orsa Post' and published >= '2031-05-02'"
    """
    from secondsource.pipeline import slices

    settings: Settings = context.obj
    with progress() as on_progress:
        found = slices.load(folder, library or settings.library, where, on_progress)
        if not later:
            with opened_library(context, library) as opened:
                opened.prepare(on_progress)
    print(f"{found.taken} taken, {found.new} new; {found.total} in the library")  # noqa: T201
