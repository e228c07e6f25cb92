"""The engine that is asked for by name, told what the settings say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from secondsource import plugins
from secondsource.config import Settings
from secondsource.engine.port import Engine


@contextmanager
def engine_of(name: str, settings: Settings) -> Iterator[Engine]:
    """Open an engine, and close it after if it holds something.

    Raises:
        MissingExtra: it is not installed.
    """
    made = plugins.load(plugins.ENGINES, name)
    engine = made(**_told(name, settings))
    try:
        yield engine
    finally:
        if hasattr(engine, "close"):
            engine.close()


def _told(name: str, settings: Settings) -> dict[str, object]:
    if name == "spark":
        pairs = (option.partition("=") for option in settings.spark.options)
        return {"master": settings.spark.master, "options": {key: value for key, _, value in pairs}}
    return {"workers": settings.workers} if name == "duckdb" else {}
