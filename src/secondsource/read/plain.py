"""Read plain text: the whole decoded file is the body."""

from __future__ import annotations

from secondsource.errors import UnreadableInput
from secondsource.model import Document, Report
from secondsource.read.decode import NotText, decode
from secondsource.read.fields import Fields, build
from secondsource.read.options import ReadOptions
from secondsource.read.sniff import PLAIN

READER = "read.plain/1"


def read_text(content: bytes, where: str, options: ReadOptions) -> tuple[Document, Report]:
    """Return the one report of a text.

    Raises:
        UnreadableInput: binary, or nothing but white space.
    """
    try:
        body, encoding = decode(content)
    except NotText as error:
        raise UnreadableInput(f"{where}: {error}; give plain text, HTML, JSONL or CSV") from error
    if not body.strip():
        raise UnreadableInput(f"{where}: is empty; name a file with text in it")
    document = Document.of(content, options.uri or where, PLAIN)
    fields = Fields(body, "", options.outlet, options.published, options.title, options.uri)
    notes = () if encoding == "utf-8" else (f"read as {encoding}",)
    return document, build(document, fields, READER, notes)
