"""Data tables (TOML) that rules read: cues, hedges, actors and their names, outlets and owners.

`table(name)` gives a parsed file of this package; the modules beside it give typed views.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from secondsource.errors import LexiconError


@cache
def table(name: str) -> dict[str, Any]:
    """Return `lexicon/<name>.toml`, parsed once; callers do not change it.

    Raises:
        LexiconError: the file is missing or is not TOML.
    """
    try:
        return tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))
    except (FileNotFoundError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"lexicon/{name}.toml: {error}") from error
