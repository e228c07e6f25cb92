"""Put real output of `secondsource demo` between the marks of README.md: its head and a few of its claims.

    readme_example.py

Chosen are the first claim whose tellings go back to one origin, and the first on which a number clashes.
"""

from __future__ import annotations

import re
from pathlib import Path

from measure import secondsource

README = Path(__file__).resolve().parent.parent / "README.md"
BEGIN, END = "<!-- example: begin -->", "<!-- example: end -->"
WANTED = ("● SINGLE ORIGIN", "quantity:")


def excerpt(output: str) -> str:
    """Return head and chosen claims of a dossier as printed in a terminal."""
    head, *claims = re.split(r"^(?= ?\d+\. )", output, flags=re.MULTILINE)
    claims[-1:] = re.split(r"^(?=\S)", claims[-1], flags=re.MULTILINE)[:1]
    places = [next((i for i, claim in enumerate(claims) if mark in claim), None) for mark in WANTED]
    shown = [claims[i] for i in sorted({i for i in places if i is not None})]
    text = "\n[…]\n\n".join([head.rstrip() + "\n", *(claim.rstrip() + "\n" for claim in shown)])
    return "\n".join(line.rstrip() for line in text.splitlines())


def main() -> None:
    """Renew the example in the README."""
    output = secondsource("demo").output
    shown = (
        "The shipped example is an invented war, told by eight invented outlets. Of its main report:\n\n"
        f"```\n$ secondsource demo\n{excerpt(output)}\n```\n"
    )
    whole = README.read_text(encoding="utf-8")
    before, _, rest = whole.partition(BEGIN)
    README.write_text(f"{before}{BEGIN}\n{shown}{END}{rest.partition(END)[2]}", encoding="utf-8")
    print("README.md: example renewed")


if __name__ == "__main__":
    main()
