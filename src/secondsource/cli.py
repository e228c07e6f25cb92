"""The command line: parse what was typed, call the pipeline, print, and give an exit status.

Status 0 done, 1 done but something was rejected (listed), 2 usage or unreadable input.
Errors go to standard error as one line that says what, where and the remedy.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from secondsource import __version__
from secondsource.errors import SecondsourceError, UnreadableInput

if TYPE_CHECKING:
    from secondsource.config import Settings
    from secondsource.pipeline import Addition, Library, OnProgress
    from secondsource.read import ReadOptions

DONE, REJECTED, UNUSABLE = 0, 1, 2

app = typer.Typer(
    name="secondsource",
    help="Who says it, who else says it independently, who contradicts it: for every claim of a report.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)

LibraryOption = Annotated[
    Path | None,
    typer.Option(
        "--library", metavar="FILE", help="The library. Default: secondsource.db, or SECONDSOURCE_LIBRARY."
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


@app.command()
def add(
    context: typer.Context,
    inputs: Annotated[list[str], typer.Argument(metavar="PATH|URL...", help="Text, HTML, JSONL or CSV.")],
    library: LibraryOption = None,
    mapping: MapOption = "",
    outlet: OutletOption = "",
    published: PublishedOption = "",
    uri: UriOption = "",
    title: TitleOption = "",
) -> None:
    """Read reports into the library; adding the same again changes nothing.

    [dim]Example: secondsource add pile.jsonl page.html --library pile.db[/dim]
    """
    options = _read_options(outlet=outlet, published=published, uri=uri, title=title, mapping=mapping)
    with _library(context, library, create=True) as opened, _progress() as on_progress:
        addition = opened.add(inputs, options, on_progress)
    _print_addition(addition)
    raise typer.Exit(_status(addition))


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

    options = _read_options(outlet=outlet, published=published, uri=uri, title=title)
    with _library(context, library) as opened, _progress() as on_progress:
        dossier = opened.check(report, options, _day("--as-of", as_of), on_progress)
    if html:
        _write(html, page.render(dossier))
    if json:
        _write(json, lines.to_json(dossier))
    if not html and not json:
        terminal.show(dossier)


@app.command()
def ask(
    context: typer.Context,
    statement: Annotated[str, typer.Argument(metavar="STATEMENT", help="One claim in plain words.")] = "",
    library: LibraryOption = None,
    claims: Annotated[Path | None, typer.Option(metavar="IN.jsonl", help="Many claims, one a line.")] = None,
    answers: Annotated[Path, typer.Option(metavar="OUT.jsonl", help="Where answers go; - prints.")] = Path(
        "-"
    ),
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="Use nothing published later.")] = "",
) -> None:
    """Find the evidence for a statement, or for many.

    [dim]Example: secondsource ask "Two people died in a fire in Velm on 3 May 2031."[/dim]
    """
    from secondsource.tell import lines, terminal

    if bool(statement) == bool(claims):
        raise UnreadableInput("ask: give either one STATEMENT or --claims IN.jsonl")
    day = _day("--as-of", as_of)
    with _library(context, library) as opened, _progress() as on_progress:
        if claims:
            questions, rejects = lines.read_questions(claims.name, _read_text(claims))
            found = opened.answer(questions, day, on_progress)
            _write(answers, "".join(lines.to_line(answer) for answer in found))
            for reject in rejects:
                _complain(f"rejected {reject.where}: {reject.reason}")
            raise typer.Exit(REJECTED if rejects else DONE)
        terminal.show_answer(statement, opened.ask(statement, day))


@app.command()
def mentions(
    inputs: Annotated[list[str], typer.Argument(metavar="PATH|URL...", help="Text, HTML, JSONL or CSV.")],
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
    """Print who says what in reports, with the chain of sources; no library is needed.

    [dim]Example: secondsource mentions report.txt --jsonl mentions.jsonl[/dim]
    """
    from secondsource import pipeline
    from secondsource.tell import lines, terminal

    options = _read_options(outlet=outlet, published=published, uri=uri, title=title, mapping=mapping)
    with _progress() as on_progress:
        reports, rejects = pipeline.read_all(inputs, options)
        if attributions:
            found = pipeline.attributions(reports, on_progress)
            _write(attributions, "".join(map(lines.to_line, found)))
        if jsonl or not attributions:
            seen = pipeline.mentions(reports, on_progress)
            if jsonl:
                _write(jsonl, "".join(lines.to_line(lines.mention(m)) for _, told in seen for m in told))
            else:
                for report, told in seen:
                    terminal.show_mentions(report, told)
    for reject in rejects:
        _complain(f"rejected {reject.where}: {reject.reason}")
    raise typer.Exit(REJECTED if rejects else DONE)


@app.command()
def origins(
    context: typer.Context,
    library: LibraryOption = None,
    pairs: Annotated[
        Path | None, typer.Option(metavar="OUT.jsonl", help="Write every pair; - prints.")
    ] = None,
) -> None:
    """Print which reports share text, how, and where it comes from.

    [dim]Example: secondsource origins --pairs pairs.jsonl[/dim]
    """
    from secondsource.tell import lines, terminal

    with _library(context, library) as opened, _progress() as on_progress:
        found = opened.origins(on_progress)
    if pairs:
        _write(pairs, "".join(map(lines.to_line, found)))
    else:
        terminal.show_origins(found)


@app.command()
def export(
    context: typer.Context,
    report: Annotated[str, typer.Argument(metavar="REPORT", help="A file, a URL, or a report's id.")],
    form: Annotated[
        str,
        typer.Option("--as", metavar="FORM", help="annotation, claimreview, csv, html, json, markdown."),
    ],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where it goes; - prints.")] = Path("-"),
    library: LibraryOption = None,
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="Use nothing published later.")] = "",
) -> None:
    """Write the dossier of a report in another standard.

    [dim]Example: secondsource export velm-1 --as claimreview --out review.json[/dim]
    """
    from secondsource import plugins

    exporter: plugins.Exporter = plugins.load(plugins.EXPORTERS, form)
    with _library(context, library) as opened, _progress() as on_progress:
        dossier = opened.check(report, None, _day("--as-of", as_of), on_progress)
    _write(out, exporter(dossier))


@app.command()
def demo(
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write the dossier as one HTML page.")
    ] = None,
) -> None:
    """Check a report of the shipped example: an invented country, outlets and events.

    [dim]Example: secondsource demo --html demo.html[/dim]
    """
    from secondsource import pipeline
    from secondsource.tell import html as page
    from secondsource.tell import terminal

    with _progress() as on_progress:
        dossier = pipeline.demo(on_progress)
    terminal.show(dossier)
    if html:
        _write(html, page.render(dossier))
        _complain(f"the same as a page: {html}")


def main() -> None:
    """Run the command line and exit."""
    try:
        app()
    except SecondsourceError as error:
        _complain(f"secondsource: {error}")
        sys.exit(UNUSABLE)
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
        sys.exit(DONE)


@contextmanager
def _library(context: typer.Context, path: Path | None, *, create: bool = False) -> Iterator[Library]:
    from secondsource.pipeline import Library

    settings: Settings = context.obj
    library = Library(path or settings.library, create=create)
    try:
        yield library
    finally:
        library.close()


@contextmanager
def _progress() -> Iterator[OnProgress]:
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


def _read_options(*, mapping: str = "", published: str = "", **told: str) -> ReadOptions:
    from secondsource.read import ReadOptions

    pairs = []
    for part in filter(None, mapping.split(",")):
        field, is_pair, column = part.partition("=")
        if not (field and is_pair and column):
            raise UnreadableInput(f"--map {part!r} is not FIELD=COLUMN, as in --map body=text,published=date")
        pairs.append((field, column))
    return ReadOptions(mapping=tuple(pairs), published=_day("--published", published), **told)


def _day(option: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UnreadableInput(f"{option} {text!r} is not a day: write it as 2031-05-02") from None


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(f"{path} cannot be read as UTF-8 text: {error}") from error


def _write(path: Path, text: str) -> None:
    if str(path) == "-":
        sys.stdout.write(text)
        return
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be written: {error.strerror}") from error


def _print_addition(addition: Addition) -> None:
    counts = f"{addition.read} read, {len(addition.duplicates)} duplicate, {len(addition.rejected)} rejected"
    print(f"{counts}; {addition.known} already known; {addition.total} in the library")  # noqa: T201
    for report, twin in addition.duplicates:
        print(f"duplicate {report}: same text as {twin}")  # noqa: T201
    for wanted, report in addition.renamed:
        print(f"renamed {wanted} to {report}: the id was taken by other bytes")  # noqa: T201
    for reject in addition.rejected:
        _complain(f"rejected {reject.where}: {reject.reason}")


def _status(addition: Addition) -> int:
    if not addition.rejected:
        return DONE
    return REJECTED if addition.read or addition.known else UNUSABLE


def _complain(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    main()
