"""The command line: parse what was typed, call the pipeline, print, and give an exit status.

Status 0 done, 1 done but something was rejected (listed), 2 usage or unreadable input.
Errors go to standard error as one line that says what, where and the remedy. A command is
one module; the order below is the order of `--help`.
"""

from __future__ import annotations

import sys

from secondsource.cli import (  # noqa: F401  # registers
    add,
    ask,
    check,
    demo,
    export,
    forecasts,
    forget,
    import_,
    mentions,
    origins,
    review,
    run,
    serve,
    verify,
    watch,
)
from secondsource.cli.app import app
from secondsource.cli.shared import DONE, UNUSABLE, complain
from secondsource.errors import SecondsourceError

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line and exit."""
    try:
        app()
    except SecondsourceError as error:
        complain(f"secondsource: {error}")
        sys.exit(UNUSABLE)
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
        sys.exit(DONE)
