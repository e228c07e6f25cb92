"""Credit lines and bylines as printed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from secondsource.model import Section, SectionRole

_BYLINE = re.compile(r"\b[Bb]y\s+((?:[A-Z][\w.'\u2019-]*\s?){2,4})$")


@dataclass(frozen=True, slots=True)
class Credit:
    """The credit line and the byline that a body prints, "" where it prints none."""

    credit: str = ""
    byline: str = ""


def credit_in(body: str, sections: Iterable[Section]) -> Credit:
    """Return whom `body` credits and who signed it, read from its credit lines and datelines only."""
    parts = [body[s.span[0] : s.span[1]].strip() for s in sections if s.role is SectionRole.CREDIT]
    signed = [m[1].strip() for part in parts if (m := _BYLINE.search(part))]
    return Credit(parts[0] if parts else "", signed[0] if signed else "")
