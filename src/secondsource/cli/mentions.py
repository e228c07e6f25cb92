"""Print who says what in reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from secondsource.cli.app import app
from secondsource.cli.shared import (
    DONE,
    REJECTED,
    MapOption,
    OutletOption,
    PublishedOption,
    TitleOption,
    UriOption,
    complain,
    progress,
    read_options,
    write,
)


@app.command()
def mentions(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="PATH|URL...", help="Text, HTML, PDF, JSONL, CSV, feeds, WARC, WACZ."),
    ],
    jsonl: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help="Write one proposition a line, own voice included; - prints."),
    ] = None,
    attributions: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write one whole attribution a line; - prints.")
    ] = None,
    mapping: MapOption = "",
    outlet: OutletOption = "",
    published: PublishedOption = "",
    uri: UriOption = "",
    title: TitleOption = "",
) -> None:
    """Print who says what in reports, with the chain of sources.

    No library is needed.

    Example: secondsource mentions report.txt --jsonl mentions.jsonl
    """
    from secondsource import pipeline
    from secondsource.tell import lines, terminal

    options = read_options(outlet=outlet, published=published, uri=uri, title=title, mapping=mapping)
    with progress() as on_progress:
        reports, rejects = pipeline.read_all(inputs, options)
        if attributions:
            found = pipeline.attributions(reports, on_progress)
            write(attributions, "".join(map(lines.to_line, found)))
        if jsonl or not attributions:
            seen = pipeline.mentions(reports, on_progress)
            if jsonl:
                write(jsonl, "".join(lines.to_line(lines.mention(m)) for _, told in seen for m in told))
            else:
                for report, told in seen:
                    terminal.show_mentions(report, told)
    for reject in rejects:
        complain(f"rejected {reject.where}: {reject.reason}")
    raise typer.Exit(REJECTED if rejects else DONE)
