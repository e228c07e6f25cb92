"""Read one input, a file or captured bytes, as a stream of reports and of what could not be read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from secondsource.errors import UnreadableInput
from secondsource.model import Document, Rejected, Report
from secondsource.read import feeds, page, pdf, plain, records, tables, warc, wire
from secondsource.read.decode import binary
from secondsource.read.options import MAX_BYTES, ReadOptions
from secondsource.read.sniff import (
    CSV,
    FEED,
    HTML,
    JSON,
    JSON_FEED,
    LINES,
    NEWSML,
    OPML,
    PDF,
    SITEMAP,
    kind_of,
)

FORMS = "plain text, HTML, PDF, JSONL, CSV, a feed, NewsML-G2, WARC or WACZ"
"""What can be read, in words."""

Reading = Iterator[tuple[Document, Report] | Rejected]

_HEAD = 8 * 1024
_ZIP = b"PK\x03\x04"


def read_path(path: Path | str, options: ReadOptions | None = None) -> Reading:
    """Yield what the file holds: reports with their documents in its order, rejects in between.

    JSON lines, CSV and web archives are streamed; feeds and wire messages hold several reports, other
    files one. The file is opened when the
    first item is asked for.

    Raises:
        UnreadableInput: no such file, a folder, empty, binary, too large, or a page without article.
        UnknownField: `options.mapping` names a field or a column that is not there.
    """
    file = Path(path)
    if file.is_dir():
        raise UnreadableInput(f"{path}: is a folder; name the files in it, or watch it")
    try:
        with file.open("rb") as stream:
            yield from _read(stream, str(path), "", options or ReadOptions())
    except FileNotFoundError as error:
        raise UnreadableInput(f"{path}: no such file; check the name") from error
    except OSError as error:
        raise UnreadableInput(
            f"{path}: cannot be read ({error.strerror or error}); check its permissions"
        ) from error


def read_bytes(
    content: bytes,
    uri: str = "",
    media_type: str = "",
    options: ReadOptions | None = None,
    fetched_at: datetime | None = None,
) -> Reading:
    """Yield what captured bytes hold, as `read_path` does; `uri` says where they come from.

    `media_type` is what a server gave, its charset included; `fetched_at` (aware UTC) goes into
    the documents that have no time of their own.

    Raises:
        UnreadableInput: empty, binary, too large, or a page without an article.
        UnknownField: as for `read_path`.
    """
    for item in _read(io.BytesIO(content), uri or "input", media_type, options or ReadOptions()):
        if isinstance(item, Rejected):
            yield item
        else:
            yield replace(item[0], fetched_at=item[0].fetched_at or fetched_at), item[1]


def _read(stream: BinaryIO, where: str, told: str, options: ReadOptions) -> Reading:
    head = stream.read(_HEAD)
    stream.seek(0)
    if not head.strip():
        raise UnreadableInput(f"{where}: is empty; name a file with text in it")
    if head.startswith(_ZIP) and where.casefold().endswith(".wacz"):
        yield from warc.read_wacz(stream, where, options, _record)
        return
    if warc.is_warc(head):
        yield from warc.read_warc(stream, where, options, _record)
        return
    kind = kind_of(head, where, told)
    if kind != PDF and (name := binary(head[:16])):
        raise UnreadableInput(f"{where}: is {name}, not text; give {FORMS}")
    if kind == LINES:
        yield from records.read_lines(stream, where, options)
    elif kind == CSV:
        yield from tables.read_table(stream, where, options)
    elif kind == JSON:
        yield from records.read_json(_whole(stream, where), where, options)
    elif kind in (FEED, JSON_FEED, OPML, SITEMAP):
        yield from feeds.read_feed(_whole(stream, where), where, options)
    elif kind == NEWSML:
        yield from wire.read_newsml(_whole(stream, where), where, options)
    elif kind == PDF:
        yield pdf.read_pdf(_whole(stream, where), where, options)
    elif kind == HTML:
        yield page.read_page(_whole(stream, where), where, told, options)
    else:
        yield plain.read_text(_whole(stream, where), where, options)


def _record(content: bytes, uri: str, told: str, options: ReadOptions) -> Reading:
    """Yield what one page of an archive holds; an archive within an archive is none."""
    if content[:4] in (_ZIP, b"WARC", b"\x1f\x8b\x08\x00"):
        raise UnreadableInput(f"{uri}: is an archive within an archive")
    yield from _read(io.BytesIO(content), uri, told, options)


def _whole(stream: BinaryIO, where: str) -> bytes:
    content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise UnreadableInput(f"{where}: is larger than {MAX_BYTES >> 20} MiB; split it, or give JSONL")
    return content
