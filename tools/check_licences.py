"""Refuse a dependency at run time whose licence Apache-2.0 work may not ship with.

Walks the installed dependencies of secondsource (extras too, where installed) by their own
metadata. A licence is read from the SPDX expression, else from the classifiers, else from the
short licence field. Exit status 0 when every one is known, 1 with one line a finding.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import metadata

from packaging.requirements import Requirement

ALLOWED = re.compile(
    r"\b(?:MIT|[03]?-?BSD|Apache|ISC|PSF|Python Software Foundation|Python-2\.0|Unlicense|Zlib|CC0"
    r"|MPL-2\.0|Mozilla Public License 2|Public Domain|HPND)\b",
    re.IGNORECASE,
)
REFUSED = re.compile(r"\bA?GPL|Affero|GNU General Public|SSPL|Commons Clause|Non-?Commercial", re.IGNORECASE)
WEAK_COPYLEFT = re.compile(r"LGPL|Lesser General Public", re.IGNORECASE)
# Packages whose metadata says too little, with what their licence file says.
KNOWN = {"tld": "MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later (taken under MPL-1.1)"}


def licence_of(distribution: metadata.Distribution) -> str:
    """Return the licence of a distribution in its own words, "" when it says none."""
    name = canonical(distribution.metadata["Name"])
    if name in KNOWN:
        return KNOWN[name]
    fields = distribution.metadata
    expression = fields.get("License-Expression") or ""
    classifiers = [
        c.split("::")[-1].strip() for c in fields.get_all("Classifier") or [] if c.startswith("License")
    ]
    short = (fields.get("License") or "").strip().splitlines()[:1]
    return expression or "; ".join(c for c in classifiers if c != "OSI Approved") or "".join(short)


def canonical(name: str) -> str:
    """Return the name of a project in its one normal form."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(root: str) -> Iterator[metadata.Distribution]:
    """Yield `root`'s installed dependencies, each once, breadth first."""
    queue, seen = [root], {canonical(root)}
    while queue:
        try:
            distribution = metadata.distribution(queue.pop(0))
        except metadata.PackageNotFoundError:
            continue
        yield distribution
        for line in distribution.requires or []:
            requirement = Requirement(line)
            if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
                continue
            if canonical(requirement.name) not in seen:
                seen.add(canonical(requirement.name))
                queue.append(requirement.name)


def verdict(licence: str) -> str:
    """Return "" when `licence` may ship, else what is wrong with it."""
    if not licence:
        return "says no licence"
    if "taken under" in licence or (
        ALLOWED.search(licence) and not REFUSED.search(licence.replace("LGPL", ""))
    ):
        return ""
    if WEAK_COPYLEFT.search(licence):
        return "weak copyleft: name it in KNOWN after a look"
    return "is not on the list"


def main() -> int:
    """Check every dependency; print findings and a count."""
    found, count = [], 0
    for distribution in needed("secondsource"):
        count += 1
        licence = licence_of(distribution)
        if wrong := verdict(licence):
            found.append(
                f"{distribution.metadata['Name']} {distribution.version}: {wrong}: {licence[:100]!r}"
            )
    for line in sorted(found):
        print(line)
    print(f"check_licences: {count} packages, {len(found)} findings")
    return 1 if found or count < 5 else 0


if __name__ == "__main__":
    sys.exit(main())
