"""Watch feeds and folders."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from secondsource.cli.app import app
from secondsource.cli.shared import DONE, REJECTED, LibraryOption, complain, opened_library

if TYPE_CHECKING:
    from secondsource.config import Settings
    from secondsource.pipeline.watch import Outside, Round, Sink


@app.command()
def watch(
    context: typer.Context,
    names: Annotated[
        list[str], typer.Argument(metavar="FEEDS.opml|URL|FOLDER...", help="Feeds, sitemaps, folders.")
    ],
    library: LibraryOption = None,
    alerts: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Append what changed as JSONL; each change once.")
    ] = None,
    webhook: Annotated[
        str, typer.Option(metavar="URL", help="Post what changed as JSON. Default: the settings' webhook.")
    ] = "",
    every: Annotated[
        int, typer.Option(metavar="SECONDS", help="Pause between rounds. Default: the settings', 900.")
    ] = 0,
    once: Annotated[bool, typer.Option("--once", help="One round, then stop, as for cron.")] = False,
) -> None:
    """Follow feeds for weeks, and tell what changed.

    New reports are added, edits followed, and only what they touch is weighed again.

    Killed or stopped (Ctrl-C), the next watch goes on where this one was.

    Example: secondsource watch feeds.opml --library desk.db --alerts changes.jsonl
    """
    from secondsource.pipeline import watch as watching

    settings: Settings = context.obj
    sinks = _sinks(alerts, webhook or settings.watch.webhook)
    options = watching.WatchOptions(every=float(every or settings.watch.every), rounds=1 if once else None)
    status = DONE
    with opened_library(context, library, create=True) as opened:
        try:
            for done in watching.watch(opened, names, _outside(settings), sinks, options):
                status = _show(done)
        except KeyboardInterrupt:
            complain("stopped; the next watch goes on from here")
    raise typer.Exit(status)


def _outside(settings: Settings) -> Outside:
    """Return the network, the clock and the pause of this machine."""
    from secondsource.pipeline.watch import Outside
    from secondsource.reach import FetchOptions, VisitOptions, Visitor

    fetching = FetchOptions(agent=settings.user_agent, private=settings.watch.private)
    guest = Visitor(VisitOptions(fetch=fetching, pause=float(settings.watch.pause)))
    return Outside(guest, lambda: datetime.now(UTC), time.sleep)


def _sinks(alerts: Path | None, webhook: str) -> dict[str, Sink]:
    from secondsource.pipeline.watch import into_file
    from secondsource.reach import post
    from secondsource.tell import alerts as telling
    from secondsource.tell import lines

    sinks: dict[str, Sink] = {"terminal": lambda alert: print(telling.in_words(alert), flush=True)}  # noqa: T201
    if alerts is not None:
        sinks[f"file {alerts}"] = into_file(alerts)
    if webhook:
        sinks[f"webhook {webhook}"] = lambda alert: post(webhook, lines.to_line(alert).encode(), alert.id)
    return sinks


def _show(done: Round) -> int:
    """Say on standard error what a round came to; return the status it would end with."""
    followed = done.followed
    complain(
        f"{len(followed.read)} new, {len(followed.versions)} edited, {len(followed.withdrawn)} withdrawn, "
        f"{len(done.weighed)} claims weighed, {len(followed.rejected)} rejected"
    )
    for reject in (*followed.rejected, *done.undelivered):
        complain(f"rejected {reject.where}: {reject.reason}")
    return REJECTED if followed.rejected or done.undelivered else DONE
