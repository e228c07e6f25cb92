"""What a user may say about an input, and the fields that a record may fill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from secondsource.errors import UnknownField

FIELDS = ("id", "outlet", "published", "title", "body", "text", "uri", "language", "byline", "credit")
"""Names of a report's fields in a record; `body` wins over `text` where both are filled."""

MAX_BYTES = 64 * 1024 * 1024
"""The largest single page, text or record that is read."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the input cannot say itself.

    `outlet`, `published`, `uri` and `title` outrank what is found in a text or page, and stand
    in for what a record of a table leaves out. `mapping` pairs a field of `FIELDS` with
    the column or JSON field that holds it.
    """

    outlet: str = ""
    published: date | None = None
    uri: str = ""
    title: str = ""
    mapping: tuple[tuple[str, str], ...] = ()

    def columns(self) -> dict[str, str]:
        """Return the column of every field, defaults included.

        Raises:
            UnknownField: `mapping` names a field that reports do not have.
        """
        known = dict(self.mapping)
        for field in known:
            if field not in FIELDS:
                raise UnknownField(f"--map: no field {field!r} in a report; fields are {', '.join(FIELDS)}")
        if "body" in known:
            return {**{f: f for f in FIELDS if f != "text"}, **known}
        return {**{f: f for f in FIELDS}, **known}
