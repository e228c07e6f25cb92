"""Show a library in the browser, and to programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from secondsource.cli.app import app
from secondsource.cli.shared import LibraryOption, complain
from secondsource.errors import SettingsError

if TYPE_CHECKING:
    from secondsource.config import Settings


@app.command()
def serve(
    context: typer.Context,
    library: LibraryOption = None,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="On which port.")] = 8321,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A name that others call this machine by; repeatable."),
    ] = None,
    tokens: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The tokens. Default: LIBRARY.tokens.")
    ] = None,
    new_token: Annotated[
        tuple[str, str],
        typer.Option(metavar="read|review NAME", help="Make a token for NAME, print it, and stop."),
    ] = ("", ""),
    require_token: Annotated[
        bool, typer.Option("--require-token", help="Ask for a token on this machine too.")
    ] = False,
    workers: Annotated[int, typer.Option(min=1, max=32, help="Checks at once.")] = 2,
    rate: Annotated[float, typer.Option(min=1, help="Requests a second that one caller may make.")] = 100.0,
) -> None:
    """Show a library in the browser, with an API under /api.

    By default to this machine alone.

    Any other address asks for a token, and for the names that the server goes by.

    Example: secondsource serve --library pile.db
    """
    from secondsource import web

    settings: Settings = context.obj
    path = library or settings.library
    kept = tokens or path.with_name(f"{path.name}.tokens")
    if any(new_token):
        print(web.new_token(kept, *new_token))  # noqa: T201
        complain(f"its digest is kept in {kept}; this is the only time that it is shown")
        return
    local = web.loopback(host)
    asked = require_token or not local
    if asked and not web.holds_any(kept):
        raise SettingsError(
            f"{host} asks for tokens and {kept} holds none:"
            " make one with 'secondsource serve --new-token review NAME'"
        )
    names = tuple(name.lower() for name in allow_host or ())
    if not local and not names:
        raise SettingsError(f"{host}: say by which name it is called, with --allow-host NAME")
    hosts = (*(web.LOOPBACK if local else ()), *names)
    options = web.ServeOptions(path, hosts, kept if asked else None, workers, rate=rate)
    complain(f"secondsource is at http://{'127.0.0.1' if local else names[0]}:{port}/ (Ctrl+C ends it)")
    web.run(options, host, port)
