"""Refuse what must not stand in the tree: addresses of registries, paths of one machine, texts of others.

Looks at the files that git tracks or would add. The last check needs the development material beside
the project (`../shared`) and says so where it is missing: no run of `RUN_OF_WORDS` words of that
material may occur in a file of ours.

Exit status 0 when clean, 1 with one line a finding.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
RUN_OF_WORDS = 12
LARGEST = 25_000_000
LONGEST = 400
# Written in pieces, so that this file does not find itself.
FORBIDDEN = {
    "address of a package registry": r"(?:py" r"pi|python" r"hosted|npm" r"js|deb" r"ian)\.org",
    "path of one machine": r"(?<![\w.])/(?:wo" r"rk|fa" r"rm|tm" r"p/team)/[a-z.]",
    "extra index in a lock": r"--(?:extra-)?index" r"-url|--find" r"-links",
    "conflict mark": r"^(?:<{7}|>{7}) ",
}
EXEMPT = {"LICENSE"}


def tracked() -> list[Path]:
    """Return the files that git tracks or would add, in order of name."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    paths = (ROOT / name for name in sorted(set(listed.stdout.split("\0"))) if name)
    return [path for path in paths if path.is_file()]


def text_of(path: Path) -> str | None:
    """Return the text of a file, or None for a binary one."""
    content = path.read_bytes()
    return None if b"\0" in content[:8_000] else content.decode("utf-8", "replace")


def forbidden(path: Path, text: str) -> Iterator[str]:
    """Yield one line for each forbidden pattern found in `text`."""
    if path.name in EXEMPT:
        return
    for name, pattern in FORBIDDEN.items():
        for found in re.finditer(pattern, text, re.MULTILINE):
            line = text.count("\n", 0, found.start()) + 1
            yield f"{path.relative_to(ROOT)}:{line}: {name}: {found[0]!r}"


def oversize(path: Path, text: str | None) -> Iterator[str]:
    """Yield a line for a file that is too large, or a source file that is too long."""
    name = path.relative_to(ROOT)
    if path.stat().st_size > LARGEST:
        yield f"{name}: {path.stat().st_size} bytes, more than {LARGEST}"
    if text is not None and path.suffix == ".py" and text.count("\n") > LONGEST:
        yield f"{name}: {text.count(chr(10))} lines, more than {LONGEST}: split it by what it does"


def runs(text: str) -> Iterator[int]:
    """Yield a hash of each run of `RUN_OF_WORDS` words."""
    found = re.findall(r"\w+", text.lower())
    for i in range(len(found) - RUN_OF_WORDS + 1):
        yield hash(tuple(found[i : i + RUN_OF_WORDS]))


def strings(value: object) -> Iterator[str]:
    """Yield every string inside a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)


def material() -> Iterable[str]:
    """Yield the texts of the development material: reports and labels, not its design papers."""
    for folder in ("data", "gold", "bench"):
        for path in sorted((SHARED / folder).rglob("*")):
            if "nli" in path.parts:
                continue
            if path.suffix == ".jsonl":
                for line in path.read_text(encoding="utf-8").splitlines():
                    yield from strings(json.loads(line))
            elif path.suffix == ".json":
                yield from strings(json.loads(path.read_text(encoding="utf-8")))
            elif path.suffix == ".txt":
                yield path.read_text(encoding="utf-8")


def copied(texts: dict[Path, str]) -> Iterator[str]:
    """Yield a line for each file that shares a long run of words with the development material."""
    if not (SHARED / "data").is_dir():
        print("check_tree: no development material beside the project: copied text not checked")
        return
    known = {run for text in material() for run in runs(text)}
    for path, text in texts.items():
        if path.name in EXEMPT or (path.suffix in {".lock", ".json"} and path.parent.name == "models"):
            continue
        if any(run in known for run in runs(text)):
            words = re.findall(r"\w+", text.lower())
            at = next(i for i, run in enumerate(runs(text)) if run in known)
            shared = " ".join(words[at : at + RUN_OF_WORDS])
            yield f"{path.relative_to(ROOT)}: text of the material: {shared!r}"


def main() -> int:
    """Check the tree; print findings."""
    found: list[str] = []
    texts: dict[Path, str] = {}
    for path in tracked():
        text = text_of(path)
        found += oversize(path, text)
        if text is not None:
            texts[path] = text
            found += forbidden(path, text)
    found += copied(texts)
    for line in found:
        print(line)
    print(f"check_tree: {len(texts)} text files, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
