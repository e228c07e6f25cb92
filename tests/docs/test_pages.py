"""Documentation that does not fit the program fails here."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
import typer

from secondsource.cli import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def tool(name: str) -> ModuleType:
    """Load a script of tools/ as a module."""
    spec = importlib.util.spec_from_file_location(f"tools_{name}", ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def typed(page: Path) -> list[str]:
    """Return what a page types at the program: the lines of its code blocks that call it."""
    blocks = re.findall(r"^```.*?\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    lines = [line.strip().removeprefix("$ ") for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("secondsource ")]


def test_command_reference_is_current() -> None:
    assert (ROOT / "docs/cli.md").read_text(encoding="utf-8") == tool("cli_reference").cli_page(), (
        "run: make docs"
    )


def test_python_reference_is_current() -> None:
    assert (ROOT / "docs/reference.md").read_text(encoding="utf-8") == tool("api_reference").page(), (
        "run: make docs"
    )


def test_the_site_has_every_page() -> None:
    site = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    nav = set(re.findall(r": ([\w/-]+\.md)$", site, re.MULTILINE))
    held = {str(page.relative_to(ROOT / "docs")) for page in (ROOT / "docs").rglob("*.md")}
    assert nav == held


def test_every_command_has_help_with_an_example() -> None:
    for name, command in COMMANDS.items():
        assert f"Example: secondsource {name}" in command.help, name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_a_page_types_exists(page: Path) -> None:
    for line in typed(page):
        words = line.split()[1:]
        while words and words[0].startswith("-"):
            words = words[1:] if words[0] in {"--version", "--help"} else words[2:]
        if not words or words[0] == "[OPTIONS]":
            continue
        assert words[0] in COMMANDS, line
        known = {name for p in COMMANDS[words[0]].params for name in (*p.opts, *p.secondary_opts)} | {
            "--help"
        }
        assert {word for word in words if word.startswith("--")} <= known, line


def test_every_make_target_that_a_page_names_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"`(?:REQUIRE_ALL=1 )?make ([a-z]+)", page.read_text(encoding="utf-8")))
        assert named <= targets, page.name


def test_documentation_is_whole() -> None:
    check = tool("check_docs")
    found = [line for page in check.pages() for line in check.broken(page)]
    assert [*found, *check.unreached(), *check.unnamed_tables()] == []
