"""Write docs/cli.md from the command line itself, and docs/lexicon.md from the tables' own head comments.

    cli_reference.py [--write]

Without --write it prints a difference and ends with status 1 when a page is not current.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from secondsource.cli import app

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "src/secondsource/lexicon"

CLI_HEAD = """# The command line

<!-- Written by `make docs` from the program itself: change the docstrings of src/secondsource/cli/. -->

Every command takes `--help`. Exit status: 0 done; 1 done, but something was rejected (listed on standard
error); 2 wrong usage or unreadable input, with one line that says what, where and the remedy. Options of
`secondsource` itself stand before the command: `secondsource --lexicon my-tables check report.txt`.
"""

LEXICON_HEAD = """# The tables that rules read

<!-- Written by `make docs` from the head comment of each table: change it there. -->

Word lists and facts about the world are data, not code: TOML files in `src/secondsource/lexicon/`. A folder
of your own, named by `--lexicon DIR` or by `lexicon = ["DIR"]` in `secondsource.toml`, extends the tables of
the same file name: tables are merged key by key, lists are joined, and elsewhere your value wins. Each file
says its own form in its head comment, given here.
"""


def plain(text: str | None) -> str:
    """Return help text with white space evened out."""
    return re.sub(r"\s+", " ", text or "").strip()


def parameters(command: Any) -> Iterator[tuple[str, str]]:
    """Yield each argument and option of a command with its help, in the order of `--help`."""
    for parameter in command.params:
        shown = parameter.metavar or (parameter.name or "").upper()
        if parameter.param_type_name == "argument":
            yield f"`{shown}`", plain(parameter.help)
            continue
        flag = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
        value = "" if parameter.is_flag else f" `{parameter.metavar or 'TEXT'}`"
        yield f"{flag}{value}", plain(parameter.help)


def usage(path: str, command: Any) -> str:
    """Return one line of how the command is typed."""
    arguments = [
        p.metavar if p.required else f"[{p.metavar}]"
        for p in command.params
        if p.param_type_name == "argument"
    ]
    return " ".join([path, "[OPTIONS]", *arguments])


def command_section(path: str, command: Any) -> str:
    """Return the section of one command: usage, what it does, an example, its parameters."""
    says, _, example = plain(command.help).partition("Example: ")
    lines = [f"## `{path}`", "", says.strip(), "", "```", usage(path, command), "```", ""]
    if example:
        lines += ["```bash", example.strip(), "```", ""]
    rows = list(parameters(command))
    if rows:
        lines += ["| | |", "|---|---|", *(f"| {name} | {text} |" for name, text in rows), ""]
    return "\n".join(lines)


def cli_page() -> str:
    """Return docs/cli.md as it ought to be."""
    root = typer.main.get_command(app)
    sections = [CLI_HEAD, command_section("secondsource", root)]
    for name, command in root.commands.items():  # type: ignore[attr-defined]
        sections.append(command_section(f"secondsource {name}", command))
    return "\n".join(sections).rstrip() + "\n"


def head_comment(table: Path) -> str:
    """Return the comment at the head of a table, as text."""
    lines = []
    for line in table.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.removeprefix("#").removeprefix(" ").rstrip())
    return "\n".join(lines).strip()


def lexicon_page() -> str:
    """Return docs/lexicon.md as it ought to be: prose of each head comment, then its form as code."""
    sections = [LEXICON_HEAD]
    for table in sorted(TABLES.glob("*.toml")):
        lines = head_comment(table).splitlines()
        formal = next((i for i, line in enumerate(lines) if line.startswith(("[", "  "))), len(lines))
        prose, form = "\n".join(lines[:formal]).strip(), "\n".join(lines[formal:])
        shown = f"{prose}\n\n```\n{form}\n```" if form else prose
        sections.append(f"## `{table.name}`\n\n{shown.strip() or 'No head comment yet.'}\n")
    return "\n".join(sections).rstrip() + "\n"


def main() -> int:
    """Write or compare both pages."""
    parser = argparse.ArgumentParser(description="Write docs/cli.md and docs/lexicon.md.")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    stale = 0
    for page, wanted in ((ROOT / "docs/cli.md", cli_page()), (ROOT / "docs/lexicon.md", lexicon_page())):
        now = page.read_text(encoding="utf-8") if page.exists() else ""
        if options.write:
            page.write_text(wanted, encoding="utf-8")
        elif now != wanted:
            stale += 1
            name = str(page.relative_to(ROOT))
            print(
                *difflib.unified_diff(
                    now.splitlines(), wanted.splitlines(), name, "as it ought to be", "", "", 1
                ),
                sep="\n",
            )
            print(f"{name} is not current: make docs")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
