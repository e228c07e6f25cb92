"""Data tables (TOML) that rules read: cues, hedges, actors and their names, outlets and owners.

`table(name)` gives a table of this package, extended by the user's own folders (`use`), and
`arrays(name)` packed columns, which nobody extends; the modules beside this one give typed views,
each made once by `view`; what else is derived from tables is kept by `remembered`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from secondsource.errors import LexiconError

if TYPE_CHECKING:
    import numpy as np

_P = ParamSpec("_P")
_T = TypeVar("_T")
_folders: tuple[Path, ...] = ()
_forget: list[Callable[[], None]] = []


def view(function: Callable[[], _T]) -> Callable[[], _T]:
    """Make `function`, which derives something from tables, run once until the folders change."""
    cached = cache(function)
    _forget.append(cached.cache_clear)
    return cached


def remembered(size: int) -> Callable[[Callable[_P, _T]], Callable[_P, _T]]:
    """Make a function that reads tables keep its latest `size` results until the folders change."""

    def keep(function: Callable[_P, _T]) -> Callable[_P, _T]:
        cached = lru_cache(maxsize=size)(function)
        _forget.append(cached.cache_clear)
        return cast("Callable[_P, _T]", cached)

    return keep


def use(*folders: Path) -> None:
    """Extend every table by the files of the same name in `folders`, later ones last.

    Lists grow, tables are merged key by key, single values are replaced. Called once by
    whoever starts the program, before any work.

    Raises:
        LexiconError: a folder does not exist.
    """
    global _folders  # noqa: PLW0603 - the one process-wide setting: tables are read at the bottom layer
    for folder in folders:
        if not folder.is_dir():
            raise LexiconError(f"no lexicon folder {folder}: name one that holds tables such as outlets.toml")
    _folders = folders
    table.cache_clear()
    for forget in _forget:
        forget()


def folders() -> tuple[Path, ...]:
    """Return the folders that extend the tables now, for a process that is to read as this one does."""
    return _folders


@cache
def table(name: str) -> dict[str, Any]:
    """Return `<name>.toml` of this package and of the user's folders as one; callers do not change it.

    Raises:
        LexiconError: the table is nowhere, or a file is not TOML.
    """
    places: list[Traversable | Path] = [files(__name__), *_folders]
    found = [place / f"{name}.toml" for place in places if (place / f"{name}.toml").is_file()]
    if not found:
        raise LexiconError(f"no table lexicon/{name}.toml")
    merged: dict[str, Any] = {}
    for file in found:
        try:
            merged = _merged(merged, tomllib.loads(file.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise LexiconError(f"{file}: {error}") from error
    return merged


def arrays(name: str) -> dict[str, np.ndarray]:
    """Return the arrays of `<name>.npz` of this package by name, read anew: who asks keeps them."""
    import numpy as np

    with as_file(files(__name__) / f"{name}.npz") as path, np.load(path, allow_pickle=False) as held:
        return dict(held)


def _merged(base: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    result = dict(base)
    for key, value in more.items():
        held = result.get(key)
        if isinstance(held, dict) and isinstance(value, dict):
            result[key] = _merged(held, value)
        elif isinstance(held, list) and isinstance(value, list):
            result[key] = [*held, *value]
        else:
            result[key] = value
    return result
