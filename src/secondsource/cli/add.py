"""Add reports to a library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from secondsource.cli.app import app
from secondsource.cli.shared import (
    DONE,
    REJECTED,
    UNUSABLE,
    LaterOption,
    LibraryOption,
    MapOption,
    OutletOption,
    PublishedOption,
    TitleOption,
    UriOption,
    complain,
    opened_library,
    progress,
    read_options,
)

if TYPE_CHECKING:
    from secondsource.pipeline import Addition


@app.command()
def add(
    context: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="PATH|URL...", help="Text, HTML, PDF, JSONL, CSV, feeds, WARC, WACZ."),
    ],
    library: LibraryOption = None,
    mapping: MapOption = "",
    outlet: OutletOption = "",
    published: PublishedOption = "",
    uri: UriOption = "",
    title: TitleOption = "",
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that read; by default as the settings say.")
    ] = None,
    anew: Annotated[bool, typer.Option("--anew", help="Take again what was forgotten.")] = False,
    later: LaterOption = False,
) -> None:
    """Read reports into the library.

    Adding the same again changes nothing.

    Example: secondsource add pile.jsonl page.html --library pile.db
    """
    options = read_options(outlet=outlet, published=published, uri=uri, title=title, mapping=mapping)
    opening = opened_library(context, library, create=True, workers=workers)
    with opening as opened, progress() as on_progress:
        addition = opened.add(inputs, options, on_progress, anew=anew)
        if not later:
            opened.prepare(on_progress)
    _print_addition(addition)
    raise typer.Exit(_status(addition))


def _print_addition(addition: Addition) -> None:
    counts = f"{addition.read} read, {len(addition.duplicates)} duplicate, {len(addition.rejected)} rejected"
    print(f"{counts}; {addition.known} already known; {addition.total} in the library")  # noqa: T201
    for report, twin in addition.duplicates:
        print(f"duplicate {report}: same text as {twin}")  # noqa: T201
    for wanted, report in addition.renamed:
        print(f"renamed {wanted} to {report}: the id was taken by other bytes")  # noqa: T201
    for reject in addition.rejected:
        complain(f"rejected {reject.where}: {reject.reason}")


def _status(addition: Addition) -> int:
    if not addition.rejected:
        return DONE
    return REJECTED if addition.read or addition.known else UNUSABLE
