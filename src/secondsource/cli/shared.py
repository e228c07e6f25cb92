"""What commands share: options, the opened library, progress, and how results and complaints go out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from secondsource.errors import UnreadableInput

if TYPE_CHECKING:
    from secondsource.config import Settings
    from secondsource.pipeline import Library, OnProgress
    from secondsource.read import ReadOptions

DONE, REJECTED, UNUSABLE = 0, 1, 2

LibraryOption = Annotated[
    Path | None,
    typer.Option(
        "--library", metavar="FILE", help="The library. Default: secondsource.db, or SECONDSOURCE_LIBRARY."
    ),
]
LaterOption = Annotated[
    bool,
    typer.Option(
        "--later",
        help="Leave tracing copied text and counting words, of the whole library, to the first question.",
    ),
]
OutletOption = Annotated[str, typer.Option(help="Who published it, for a file that cannot say.")]
PublishedOption = Annotated[str, typer.Option(metavar="DATE", help="Day of publication, as 2031-05-02.")]
UriOption = Annotated[str, typer.Option(help="Where it was published.")]
TitleOption = Annotated[str, typer.Option(help="Its headline.")]
MapOption = Annotated[
    str,
    typer.Option("--map", metavar="FIELD=COLUMN,...", help="Which column or JSON field holds which field."),
]


@contextmanager
def opened_library(
    context: typer.Context,
    path: Path | None,
    *,
    create: bool = False,
    ask_model: bool = False,
    workers: int | None = None,
) -> Iterator[Library]:
    """Open the library that an option or the settings name, and close it after.

    Raises:
        SettingsError: a model is to be asked and the settings name none.
    """
    from secondsource.pipeline import Library, model_of

    settings: Settings = context.obj
    model = model_of(settings) if ask_model else None
    reading = workers or settings.workers
    library = Library(path or settings.library, create=create, model=model, workers=reading)
    try:
        yield library
    finally:
        library.close()


@contextmanager
def progress() -> Iterator[OnProgress]:
    """Draw the pipeline's progress on standard error, if that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        tasks: dict[str, Any] = {}

        def draw(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield draw


def read_options(*, mapping: str = "", published: str = "", **told: str) -> ReadOptions:
    """Return the options of reading that were typed.

    Raises:
        UnreadableInput: a pair of `--map` or a day is not well formed.
    """
    from secondsource.read import ReadOptions

    pairs = []
    for part in filter(None, mapping.split(",")):
        field, is_pair, column = part.partition("=")
        if not (field and is_pair and column):
            raise UnreadableInput(f"--map {part!r} is not FIELD=COLUMN, as in --map body=text,published=date")
        pairs.append((field, column))
    return ReadOptions(mapping=tuple(pairs), published=day_of("--published", published), **told)


def day_of(option: str, text: str) -> date | None:
    """Return the day that an option gives, None for an empty one.

    Raises:
        UnreadableInput: it is not a day.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UnreadableInput(f"{option} {text!r} is not a day: write it as 2031-05-02") from None


def read_text(path: Path) -> str:
    """Return a file's text.

    Raises:
        UnreadableInput: it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(f"{path} cannot be read as UTF-8 text: {error}") from error


def write(path: Path, content: str | bytes) -> None:
    """Write `content` to a file, text as UTF-8, or print it where the path is `-`.

    Raises:
        UnreadableInput: the file cannot be written.
    """
    if str(path) == "-" and isinstance(content, str):
        sys.stdout.write(content)
        return
    raw = content.encode() if isinstance(content, str) else content
    try:
        if str(path) == "-":
            sys.stdout.buffer.write(raw)
        else:
            path.write_bytes(raw)
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be written: {error.strerror}") from error


def complain(line: str) -> None:
    """Print one line on standard error."""
    print(line, file=sys.stderr)  # noqa: T201
