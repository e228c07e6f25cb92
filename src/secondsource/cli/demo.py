"""Show the shipped example."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from secondsource.cli.app import app
from secondsource.cli.shared import complain, progress, write


@app.command()
def demo(
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write the dossier as one HTML page.")
    ] = None,
) -> None:
    """Check a report of the shipped example.

    Its country, outlets and events are invented.

    Example: secondsource demo --html demo.html
    """
    from secondsource import pipeline
    from secondsource.tell import html as page
    from secondsource.tell import terminal

    with progress() as on_progress:
        dossier = pipeline.demo(on_progress)
    terminal.show(dossier)
    if html:
        write(html, page.render(dossier))
        complain(f"the same as a page: {html}")
