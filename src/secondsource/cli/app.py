"""The application that commands register with, and what every command is told."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from secondsource import __version__

app = typer.Typer(
    name="secondsource",
    help="Who says it, who else says it independently, who contradicts it: for every claim of a report.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _global(
    context: typer.Context,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Settings. Default: secondsource.toml.")
    ] = None,
    lexicon: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="DIR", help="Folder of tables that extend ours (outlets.toml, actors.toml); repeatable."
        ),
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if version:
        print(f"secondsource {__version__}")  # noqa: T201
        raise typer.Exit
    from secondsource import lexicon as tables
    from secondsource.config import load

    settings = load(config)
    tables.use(*settings.lexicon, *(lexicon or ()))
    context.obj = settings
