"""What a reader of two texts says of a passage and a claim, laid beside what slots and trees say.

The reader is a callable of (premise, statement) pairs; which one, the caller decides.
"""

from __future__ import annotations

from secondsource.match.told import Told


def premise(told: Told, number: int) -> str:
    """Return passage `number` of a report as a reader is given it: after the headline and the day of print.

    A statement names place and day where the sentence that tells it often does not.
    """
    published = told.report.published
    day = f"{published.day} {published:%B %Y}." if published else ""
    title = told.report.title.strip().rstrip(".")
    return " ".join(part for part in (title and f"{title}.", day, told.passages[number].text) if part)
