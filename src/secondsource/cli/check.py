"""Check one report against a library."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from secondsource.cli.app import app
from secondsource.cli.shared import (
    LibraryOption,
    OutletOption,
    PublishedOption,
    TitleOption,
    UriOption,
    day_of,
    opened_library,
    progress,
    read_options,
    write,
)


@app.command()
def check(
    context: typer.Context,
    report: Annotated[str, typer.Argument(metavar="REPORT", help="A file, a URL, or a report's id.")],
    library: LibraryOption = None,
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="Use nothing published later.")] = "",
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the dossier as one HTML page.")
    ] = None,
    json: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the dossier as JSON; - prints.")
    ] = None,
    llm: Annotated[
        bool, typer.Option("--llm", help="Let the model of the settings propose what open reports say.")
    ] = False,
    outlet: OutletOption = "",
    published: PublishedOption = "",
    uri: UriOption = "",
    title: TitleOption = "",
) -> None:
    """Tell for every claim of a report who else says it, independently or not.

    [dim]Example: secondsource check report.txt --outlet "Velm Post" --html dossier.html[/dim]
    """
    from secondsource.tell import html as page
    from secondsource.tell import lines, terminal

    options = read_options(outlet=outlet, published=published, uri=uri, title=title)
    with opened_library(context, library, ask_model=llm) as opened, progress() as on_progress:
        dossier = opened.check(report, options, day_of("--as-of", as_of), on_progress)
    if html:
        write(html, page.render(dossier))
    if json:
        write(json, lines.to_json(dossier))
    if not html and not json:
        terminal.show(dossier)
