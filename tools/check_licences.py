"""Refuse a dependency at run time whose licence Apache-2.0 work may not ship with.

Walks the installed dependencies of secondsource and of all its extras by their own metadata; what an
extra needs and is not installed is named. A licence is read from the SPDX expression, else from the
classifiers, else from the short licence field. Exit status 0 when every one that is installed is known,
1 with one line a finding.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
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


@dataclass
class Walk:
    """What a walk through dependencies met: what is installed, and the names of what is not."""

    installed: dict[str, metadata.Distribution] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    _seen: set[tuple[str, str]] = field(default_factory=set)

    def go(self, name: str, extras: set[str]) -> None:
        """Meet a package, and what it needs with these extras."""
        new = {extra for extra in {"", *extras} if (canonical(name), extra) not in self._seen}
        self._seen |= {(canonical(name), extra) for extra in new}
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            self.missing.add(canonical(name))
            return
        self.installed[canonical(name)] = found
        for requirement in map(Requirement, found.requires or [] if new else []):
            marker = requirement.marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in new):
                self.go(requirement.name, requirement.extras)


def walked(root: str) -> Walk:
    """Return `root` with all its extras and everything that these need."""
    walk = Walk()
    walk.go(root, set(metadata.metadata(root).get_all("Provides-Extra") or []))
    return walk


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
    found, walk = [], walked("secondsource")
    for distribution in walk.installed.values():
        licence = licence_of(distribution)
        if wrong := verdict(licence):
            found.append(
                f"{distribution.metadata['Name']} {distribution.version}: {wrong}: {licence[:100]!r}"
            )
    for line in sorted(found):
        print(line)
    absent = f"; not installed, so not looked at: {', '.join(sorted(walk.missing))}" if walk.missing else ""
    print(f"check_licences: {len(walk.installed)} packages, {len(found)} findings{absent}")
    return 1 if found or len(walk.installed) < 5 else 0


if __name__ == "__main__":
    sys.exit(main())
