"""Tell what kind of text an input is: by its own beginning first, then by its name."""

from __future__ import annotations

import re
from pathlib import PurePath

PLAIN, HTML, LINES, JSON, CSV = "text/plain", "text/html", "application/jsonl", "application/json", "text/csv"

_SUFFIXES = {
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".jsonl": LINES,
    ".ndjson": LINES,
    ".json": JSON,
    ".csv": CSV,
    ".tsv": CSV,
}
_TYPES = {
    "text/html": HTML,
    "application/xhtml+xml": HTML,
    "application/jsonl": LINES,
    "application/x-ndjson": LINES,
    "application/ndjson": LINES,
    "application/json": JSON,
    "text/csv": CSV,
    "text/tab-separated-values": CSV,
}
_PAGE = re.compile(rb"(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_RECORD = re.compile(rb'\s*\{\s*"')


def kind_of(head: bytes, name: str = "", told: str = "") -> str:
    """Return the media type of an input.

    `head` is its first few KiB, `name` a file name or address, `told` the media type that a
    server gave. Anything that looks like nothing else is plain text.
    """
    start = head.removeprefix(b"\xef\xbb\xbf")
    suffix = _SUFFIXES.get(PurePath(name.partition("?")[0]).suffix.casefold(), "")
    if suffix in (LINES, JSON, CSV):
        return suffix
    if _PAGE.match(start):
        return HTML
    known = suffix or _TYPES.get(told.partition(";")[0].strip().casefold(), "")
    if known:
        return known
    return LINES if _RECORD.match(start) else PLAIN
