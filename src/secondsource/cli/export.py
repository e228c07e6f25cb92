"""Write a dossier in another standard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from secondsource.cli.app import app
from secondsource.cli.shared import LibraryOption, day_of, opened_library, progress, write


@app.command()
def export(
    context: typer.Context,
    report: Annotated[str, typer.Argument(metavar="REPORT", help="A file, a URL, or a report's id.")],
    form: Annotated[
        str,
        typer.Option(
            "--as", metavar="FORM", help="annotation, claimreview, csv, html, json, markdown, parquet."
        ),
    ],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where it goes; - prints.")] = Path("-"),
    library: LibraryOption = None,
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="Use nothing published later.")] = "",
    manifest: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Also list the documents under the dossier with their hashes."),
    ] = None,
) -> None:
    """Write the dossier of a report in another standard.

    Example: secondsource export velm-1 --as claimreview --out review.json
    """
    from secondsource import plugins
    from secondsource.pipeline.verify import manifest as custody
    from secondsource.tell import lines

    exporter: plugins.Exporter = plugins.load(plugins.EXPORTERS, form)
    with opened_library(context, library) as opened, progress() as on_progress:
        dossier = opened.check(report, None, day_of("--as-of", as_of), on_progress)
        listed = custody(opened, dossier) if manifest else None
    write(out, exporter(dossier))
    if manifest:
        write(manifest, lines.to_json(listed))
