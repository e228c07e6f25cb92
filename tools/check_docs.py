"""Refuse documentation that points nowhere or leaves something out.

Every relative link of a Markdown file leads to a file (and to a heading of it, where it names one);
every page under docs/ is reached from docs/index.md; every lexicon table and every decision record
is named there too. Exit status 0 when whole, 1 with one line a finding.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)


def pages() -> list[Path]:
    """Return the Markdown files of the project that git tracks or would add, in order of name."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "*.md"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [
        path for name in sorted(set(listed.stdout.split("\0"))) if name and (path := ROOT / name).is_file()
    ]


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub forms them."""
    headings = HEADING.findall(FENCE.sub("", page.read_text(encoding="utf-8")))
    return {
        re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).replace(" ", "-") for heading in headings
    }


def links(page: Path) -> Iterator[tuple[str, str]]:
    """Yield each relative link of a page as (path, anchor)."""
    for plain, image in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        target = plain or image
        if not re.match(r"[a-z]+:", target):
            path, _, anchor = target.partition("#")
            yield path, anchor


def broken(page: Path) -> Iterator[str]:
    """Yield a line for each link of `page` that leads nowhere."""
    for path, anchor in links(page):
        target = (page.parent / path).resolve() if path else page
        if not target.exists():
            yield f"{page.relative_to(ROOT)}: link to {path}: no such file"
        elif anchor and target.suffix == ".md" and anchor not in anchors(target):
            yield f"{page.relative_to(ROOT)}: link to {path}#{anchor}: no such heading"


def unreached() -> Iterator[str]:
    """Yield a line for each page under docs/ that no chain of links from docs/index.md reaches."""
    queue, seen = [DOCS / "index.md"], {DOCS / "index.md"}
    while queue:
        page = queue.pop()
        for path, _ in links(page):
            target = (page.parent / path).resolve()
            if target.suffix == ".md" and target.exists() and target not in seen:
                seen.add(target)
                queue.append(target)
    for page in pages():
        if DOCS in page.parents and page not in seen:
            yield f"{page.relative_to(ROOT)}: not reached from docs/index.md"


def unnamed_tables() -> Iterator[str]:
    """Yield a line for each lexicon table that docs/lexicon.md does not name."""
    page = DOCS / "lexicon.md"
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    for table in sorted((ROOT / "src/secondsource/lexicon").glob("*.toml")):
        if f"`{table.name}`" not in text:
            yield f"docs/lexicon.md: does not name `{table.name}`"


def main() -> int:
    """Check the documentation; print findings."""
    found = [line for page in pages() for line in broken(page)]
    found += [*unreached(), *unnamed_tables()]
    for line in found:
        print(line)
    print(f"check_docs: {len(pages())} pages, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
