"""Settings: one TOML file, parsed once into a frozen object; an unknown key is an error."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from secondsource.errors import SettingsError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FILE = "secondsource.toml"


@dataclass(frozen=True, slots=True)
class Llm:
    """The model that may propose relations: its endpoint's address and its name.

    The key, if it needs one, is `SECONDSOURCE_LLM_KEY` in the environment.
    """

    base_url: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True)
class Spark:
    """The cluster that `run --engine spark` works on: its master, and Spark's own options as KEY=VALUE."""

    master: str = "local[*]"
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Watch:
    """How feeds are watched: where alerts are posted, and seconds.

    `every` lies between two rounds, `pause` between two requests to one host. `private` allows
    feeds on loopback and private addresses.
    """

    webhook: str = ""
    every: int = 900
    pause: int = 1
    private: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may be told.

    `library` is the SQLite file; `lexicon` are folders whose tables extend ours;
    `user_agent` names us to web servers; `workers` processes read reports; `llm` and `spark` are
    tables of their own.
    """

    library: Path = Path("secondsource.db")
    lexicon: tuple[Path, ...] = ()
    user_agent: str = "secondsource"
    workers: int = 1
    llm: Llm = Llm()
    watch: Watch = Watch()
    spark: Spark = Spark()


def load(path: Path | None = None) -> Settings:
    """Return the settings of `path`, or of `secondsource.toml` here if there is one.

    `SECONDSOURCE_LIBRARY` outranks the file's `library`. Relative paths in a file are
    taken from that file's folder.

    Raises:
        SettingsError: the file is missing though named, is not TOML, or holds an unknown key.
    """
    file = path or Path(FILE)
    settings = Settings() if path is None and not file.is_file() else _parse(file)
    library = os.environ.get("SECONDSOURCE_LIBRARY")
    return replace(settings, library=Path(library)) if library else settings


def _parse(file: Path) -> Settings:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file}: {error}") from error
    settings = _filled(Settings(), content, str(file))
    return replace(
        settings,
        library=file.parent / settings.library if "library" in content else settings.library,
        lexicon=tuple(file.parent / folder for folder in settings.lexicon),
    )


_Table = TypeVar("_Table", bound="DataclassInstance")


def _filled(table: _Table, content: Mapping[str, Any], where: str) -> _Table:
    """Return `table` with the values of `content`, each of the kind of the default that it replaces."""
    known = {field.name: getattr(table, field.name) for field in fields(table)}
    paths = {field.name for field in fields(table) if "Path" in str(field.type)}
    given: dict[str, Any] = {}
    for key, value in content.items():
        if key not in known:
            raise SettingsError(f"{where}: unknown key {key!r}; known are {', '.join(known)}")
        default = known[key]
        if is_dataclass(default) and not isinstance(default, type) and isinstance(value, dict):
            given[key] = _filled(default, value, f"{where} [{key}]")
        elif isinstance(default, Path) and isinstance(value, str):
            given[key] = Path(value)
        elif (
            isinstance(default, tuple) and isinstance(value, list) and all(isinstance(v, str) for v in value)
        ):
            given[key] = tuple(map(Path, value) if key in paths else value)
        elif type(value) is type(default):
            given[key] = value
        else:
            raise SettingsError(f"{where}: {key} = {value!r} does not fit; see docs/settings.md")
    return replace(table, **given)
