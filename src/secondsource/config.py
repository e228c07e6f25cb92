"""Settings: one TOML file, parsed once into a frozen object; an unknown key is an error."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path

from secondsource.errors import SettingsError

FILE = "secondsource.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may be told.

    `library` is the SQLite file; `lexicon` are folders whose tables extend ours;
    `user_agent` names us to web servers.
    """

    library: Path = Path("secondsource.db")
    lexicon: tuple[Path, ...] = ()
    user_agent: str = "secondsource"


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
    known = [field.name for field in fields(Settings)]
    for key, value in content.items():
        if key not in known:
            raise SettingsError(f"{file}: unknown key {key!r}; known are {', '.join(known)}")
        if not _fits(key, value):
            raise SettingsError(f"{file}: {key} = {value!r} does not fit; see docs/cli.md")
    if "library" in content:
        content["library"] = file.parent / content["library"]
    if "lexicon" in content:
        content["lexicon"] = tuple(file.parent / folder for folder in content["lexicon"])
    return Settings(**content)


def _fits(key: str, value: object) -> bool:
    if key == "lexicon":
        return isinstance(value, list) and all(isinstance(folder, str) for folder in value)
    return isinstance(value, str)
