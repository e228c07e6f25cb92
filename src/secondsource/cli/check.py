"""Check one report against a library."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from secondsource.read import ReadOptions


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
    show_moves: Annotated[
        bool, typer.Option("--moves", help="Print how each verdict moved from day to day instead.")
    ] = False,
    llm: Annotated[
        bool, typer.Option("--llm", help="Let the model of the settings propose what open reports say.")
    ] = False,
    outlet: OutletOption = "",
    published: PublishedOption = "",
    uri: UriOption = "",
    title: TitleOption = "",
) -> None:
    """Tell for every claim of a report who else says it.

    It says who does so independently, who only repeats, who contradicts, and who covers the event in
    silence.

    Example: secondsource check report.txt --outlet "Velm Post" --html dossier.html
    """
    from secondsource.tell import html as page
    from secondsource.tell import lines, terminal

    options = read_options(outlet=outlet, published=published, uri=uri, title=title)
    if show_moves:
        _show_moves(context, library, report, (options, day_of("--as-of", as_of)))
        return
    with opened_library(context, library, ask_model=llm) as opened, progress() as on_progress:
        dossier = opened.check(report, options, day_of("--as-of", as_of), on_progress)
    if html:
        write(html, page.render(dossier))
    if json:
        write(json, lines.to_json(dossier))
    if not html and not json:
        terminal.show(dossier)


def _show_moves(
    context: typer.Context, library: Path | None, report: str, wishes: tuple[ReadOptions, date | None]
) -> None:
    """Print each claim with what its verdict was from which day on."""
    from secondsource.pipeline.moves import moves
    from secondsource.tell.clean import line

    with opened_library(context, library) as opened, progress() as on_progress:
        found = moves(opened, report, *wishes, on_progress)
    last = ""
    for move in found:
        if move.claim != last:
            write(Path("-"), f"“{line(move.quote)}”\n")
        last = move.claim
        outcome = f", {move.outcome}" if move.outcome else ""
        origins = (
            f"{move.independent_origins} independent origins" if move.independent_origins != 1 else "1 origin"
        )
        write(Path("-"), f"  {move.day.isoformat()}  {move.label}, {origins}{outcome}\n")
