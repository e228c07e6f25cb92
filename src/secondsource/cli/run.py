"""Run a whole pile at once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from secondsource.cli.app import app
from secondsource.cli.shared import DONE, REJECTED, MapOption, complain, progress, read_options

if TYPE_CHECKING:
    from secondsource.config import Settings


class EngineName(StrEnum):
    """What may run it."""

    DUCKDB = "duckdb"
    SPARK = "spark"


@app.command()
def run(
    context: typer.Context,
    inputs: Annotated[list[Path], typer.Option("--in", metavar="PATH", help="File or folder; repeatable.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the tables go; the same again goes on.")],
    more: Annotated[list[Path] | None, typer.Argument(metavar="[PATH...]", help="More to read.")] = None,
    engine: Annotated[EngineName, typer.Option(help="What runs it.")] = EngineName.DUCKDB,
    part: Annotated[int, typer.Option(min=1, help="Reports in one piece of work.")] = 500,
    mapping: MapOption = "",
) -> None:
    """Read a pile of any size and write every table as Parquet.

    What is done is not done again.

    Example: secondsource run --in pile.jsonl --out tables
    """
    from secondsource.pipeline.bulk import BulkOptions, Run
    from secondsource.pipeline.engines import engine_of

    settings: Settings = context.obj
    options = BulkOptions(part, read_options(mapping=mapping), settings.lexicon)
    with engine_of(engine, settings) as opened, progress() as on_progress:
        found = Run(out, opened, options, on_progress).run([*inputs, *(more or ())])
    for table, count in found.rows.items():
        print(f"{table} {count}")  # noqa: T201
    print(f"{found.worked} pieces of work done, {found.skipped} found done")  # noqa: T201
    for reject in found.rejected:
        complain(f"rejected {reject.where}: {reject.reason}")
    raise typer.Exit(REJECTED if found.rejected else DONE)
