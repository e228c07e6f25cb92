"""Print which reports share text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from secondsource.cli.app import app
from secondsource.cli.shared import LibraryOption, opened_library, progress, write


@app.command()
def origins(
    context: typer.Context,
    library: LibraryOption = None,
    pairs: Annotated[
        Path | None, typer.Option(metavar="OUT.jsonl", help="Write every pair; - prints.")
    ] = None,
) -> None:
    """Print which reports share text, how, and where it comes from.

    Example: secondsource origins --pairs pairs.jsonl
    """
    from secondsource.tell import lines, terminal

    with opened_library(context, library) as opened, progress() as on_progress:
        found = opened.origins(on_progress)
    if pairs:
        write(pairs, "".join(map(lines.to_line, found)))
    else:
        terminal.show_origins(found)
