"""Roles that plugins fill; what ships with us enters by the same entry points.

A plugin is a Python package with an entry point in one of the groups below.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Any, Protocol

from secondsource.errors import MissingExtra
from secondsource.tell.records import DossierRecord

EXPORTERS = "secondsource.exporters"
ENGINES = "secondsource.engines"


class Exporter(Protocol):
    """Turn a dossier into one file of another standard."""

    def __call__(self, dossier: DossierRecord) -> str | bytes:
        """Return the file: text, to be written as UTF-8, or bytes."""
        ...


def names(group: str) -> list[str]:
    """Return the names of what fills a role, in order."""
    return sorted({entry.name for entry in entry_points(group=group)})


def load(group: str, name: str) -> Any:
    """Return what fills the role `group` under `name`.

    Raises:
        MissingExtra: nothing is installed under that name.
    """
    for entry in entry_points(group=group, name=name):
        return entry.load()
    raise MissingExtra(
        f"no {group.rpartition('.')[2].rstrip('s')} {name!r}: there are {', '.join(names(group))}"
    )
