"""Write docs/reference.md, the public Python names, from their signatures and docstrings.

    api_reference.py [--write]

Without --write it prints a difference and ends with status 1 when the page is not current.
"""

from __future__ import annotations

import argparse
import dataclasses
import difflib
import inspect
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference.md"

HEAD = """# Reference

<!-- Written by `make docs` from the code: change the docstrings there. -->

The names that a program may rely on, with what each takes and gives. How they are used:
[In Python](python.md). What the commands take: [Command line](cli.md). Objects are frozen dataclasses;
spans are half-open, in code points.
"""

# What is public, by the module that a user imports it from.
PUBLIC = {
    "secondsource": ("Library", "check", "ask"),
    "secondsource.read": ("ReadOptions",),
    "secondsource.pipeline": ("Addition",),
    "secondsource.pipeline.review": (
        "judge", "history", "export", "import_", "Effect", "Imported",
        "link_subject", "source_subject", "verdict_subject", "grade_subject",
    ),
    "secondsource.model": (
        "Subject", "Judgement", "Verdict", "Telling",
        "Evidence", "Origin", "Mention", "Report",
    ),
    "secondsource.tell.records": (
        "DossierRecord", "ClaimRecord", "TellingRecord", "OriginRecord",
        "AnswerRecord", "JudgementRecord",
    ),
    "secondsource.places": ("rank",),
    "secondsource.plugins": ("Exporter", "names", "load"),
    "secondsource.errors": None,
}  # fmt: skip


def page() -> str:
    """Return the whole page."""
    parts = [HEAD]
    for module, names in PUBLIC.items():
        parts.append(f"\n## {module}\n")
        held = import_module(module)
        chosen = names or [
            n for n, kind in vars(held).items() if inspect.isclass(kind) and kind.__module__ == module
        ]
        parts += [entry(name, getattr(held, name)) for name in chosen]
    return "".join(parts)


def entry(name: str, thing: Any) -> str:
    """Return one name with its signature, docstring, fields and methods."""
    rows = [f"\n### {name}\n"]
    if not inspect.isclass(thing):
        return "".join([*rows, signature(name, thing), prose(thing)])
    if not issubclass(thing, Exception):
        rows += [signature(name, thing)] if not dataclasses.is_dataclass(thing) else []
    rows.append(prose(thing))
    if dataclasses.is_dataclass(thing):
        rows.append("\n| field | type | default |\n|---|---|---|\n")
        rows += [f"| `{f.name}` | {typed(f.type)} | {default(f)} |\n" for f in dataclasses.fields(thing)]
    for method, raw in vars(thing).items():
        held = getattr(raw, "__func__", raw)
        if method.startswith("_") or not (inspect.isfunction(held) or isinstance(held, property)):
            continue
        shown = held.fget if isinstance(held, property) else held
        rows.append(f"\n#### {name}.{method}\n")
        rows += [] if isinstance(held, property) else [signature(method, shown)]
        rows.append(prose(shown))
    return "".join(rows)


def signature(name: str, thing: Any) -> str:
    """Return a code block with a signature, one parameter a line where it is long."""
    said = inspect.signature(thing)
    parameters = [p for p in said.parameters.values() if p.name not in ("self", "cls")]
    shown = [
        re.sub(r"<function (\w+) at [^>]*>|<class '(\w+)'>", r"\1\2", str(p)).replace("'", "")
        for p in parameters
    ]
    keyword = next((at for at, p in enumerate(parameters) if p.kind is p.KEYWORD_ONLY), None)
    if keyword is not None:
        shown.insert(keyword, "*")
    back = "" if said.return_annotation in (said.empty, None, "None") else f" -> {said.return_annotation}"
    line = f"{name}({', '.join(shown)}){back}"
    if len(line) > 100:
        line = f"{name}(\n" + "".join(f"    {part},\n" for part in shown) + f"){back}"
    return f"\n```python\n{line}\n```\n"


def prose(thing: Any) -> str:
    """Return a docstring as Markdown, `Raises:` as a list."""
    text = inspect.getdoc(thing) or ""
    body, _, raises = text.partition("\nRaises:\n")
    listed = re.sub(r"\n {8,}", " ", "\n" + raises)
    found = re.findall(r"^ +(\w+): (.*)$", listed, re.MULTILINE)
    rows = "".join(f"- raises `{name}`: {why}\n" for name, why in found)
    return f"\n{body.strip()}\n" + (f"\n{rows}" if rows else "")


def typed(annotation: Any) -> str:
    """Return a type as it stands in the code."""
    return "`" + str(annotation).replace("|", "\\|") + "`"


def default(field: dataclasses.Field[Any]) -> str:
    """Return a field's default, nothing where it must be given."""
    if field.default is not dataclasses.MISSING:
        return f"`{str(field.default) if not isinstance(field.default, str) else repr(str(field.default))}`"
    return "empty" if field.default_factory is not dataclasses.MISSING else ""


def main() -> int:
    """Write or compare the page; return 1 if it is not current."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    if parser.parse_args().write:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    held = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    changed = list(
        difflib.unified_diff(held.splitlines(), page().splitlines(), "docs/reference.md", "code", lineterm="")
    )
    print("\n".join(changed))
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
