"""Ask a library about statements."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from secondsource.cli.app import app
from secondsource.cli.shared import (
    DONE,
    REJECTED,
    LibraryOption,
    complain,
    day_of,
    opened_library,
    progress,
    read_text,
    write,
)
from secondsource.errors import UnreadableInput


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

    Example: secondsource ask "Two people died in a fire in Velm on 3 May 2031."
    """
    from secondsource.tell import lines, terminal

    if bool(statement) == bool(claims):
        raise UnreadableInput("ask: give either one STATEMENT or --claims IN.jsonl")
    day = day_of("--as-of", as_of)
    with opened_library(context, library) as opened, progress() as on_progress:
        if claims:
            questions, rejects = lines.read_questions(claims.name, read_text(claims))
            found = opened.answer(questions, day, on_progress)
            write(answers, "".join(lines.to_line(answer) for answer in found))
            for reject in rejects:
                complain(f"rejected {reject.where}: {reject.reason}")
            raise typer.Exit(REJECTED if rejects else DONE)
        terminal.show_answer(statement, opened.ask(statement, day))
