"""Read JSON lines (one record each, streamed) and JSON (one record, or a list of them)."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, BinaryIO

from secondsource.errors import UnknownField, UnreadableInput
from secondsource.model import Document, Rejected, Report
from secondsource.read.decode import NotText, decode, wide_encoding
from secondsource.read.fields import Fields, build
from secondsource.read.options import FIELDS, MAX_BYTES, ReadOptions
from secondsource.read.sniff import JSON
from secondsource.read.wire import from_ninjs, is_ninjs

READER = "read.records/1"
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
_PROBE = 100  # records looked at to tell whether a mapped field is there at all
_TEXTS = ("outlet", "published", "title", "body", "text", "uri", "language", "byline", "credit")

Reading = Iterator[tuple[Document, Report] | Rejected]


class BadRecord(ValueError):
    """A record cannot be a report; the message says why."""


def read_lines(stream: BinaryIO, where: str, options: ReadOptions) -> Reading:
    """Yield the report of each line, or what is wrong with it, in order; blank lines are skipped.

    Raises:
        UnknownField: `options.mapping` names a field that none of the first 100 records has.
    """
    columns = options.columns()
    _probe(stream, where, options)
    for number, line in enumerate(_lines(stream), 1):
        place = f"{where}: line {number}"
        if line is None:
            yield Rejected(place, "read", f"line is longer than {MAX_BYTES >> 20} MiB")
        elif content := line.strip():
            yield _one(content, place, columns, options)


def read_json(content: bytes, where: str, options: ReadOptions) -> Reading:
    """Yield the reports of a JSON file that holds one record or a list of them.

    Raises:
        UnreadableInput: neither, and not JSON lines under another name.
    """
    columns = options.columns()
    try:
        held = json.loads(decode(content)[0])
    except NotText as error:
        raise UnreadableInput(f"{where}: {error}; give plain text, HTML, JSONL or CSV") from error
    except (ValueError, RecursionError):
        yield from read_lines(io.BytesIO(content), where, options)
        return
    items = held if isinstance(held, list) else [held]
    if not items:
        raise UnreadableInput(f"{where}: holds no record; give one JSON object per report")
    for number, item in enumerate(items, 1):
        yield _one(encoded(item), f"{where}: record {number}", columns, options)


def encoded(record: Any) -> bytes:
    """Return a stable encoding of a record that has no bytes of its own: JSON with sorted keys."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")


def report_of(
    record: Mapping[str, Any], document: Document, columns: Mapping[str, str], options: ReadOptions
) -> Report:
    """Return the report of a record whose fields stand in `columns`.

    Raises:
        BadRecord: no body, a field of another type than text, or characters that no text has.
    """
    if is_ninjs(record):
        record, columns = {**record, **from_ninjs(record)}, {name: name for name in FIELDS}
    texts = {field: _text(record, columns[field]) for field in _TEXTS if field in columns}
    body = texts["body"] or texts.get("text", "")
    if not body.strip():
        raise BadRecord(f"no text in its field {columns['body']!r}")
    fields = Fields(
        body=body,
        id=_id(record.get(columns["id"])),
        outlet=texts["outlet"] or options.outlet,
        published=texts["published"] or options.published,
        title=texts["title"] or options.title,
        uri=texts["uri"] or options.uri,
        language=texts["language"],
        byline=texts["byline"],
        credit=texts["credit"],
    )
    return build(document, fields, READER)


def _one(
    content: bytes, place: str, columns: Mapping[str, str], options: ReadOptions
) -> tuple[Document, Report] | Rejected:
    try:
        record = _object(content)
        document = Document.of(content, _address(record, columns) or place.rpartition(":")[0], JSON)
        return document, report_of(record, document, columns, options)
    except BadRecord as error:
        return Rejected(place, "read", str(error))


def _object(content: bytes) -> dict[str, Any]:
    try:
        record = json.loads(decode(content)[0])
    except NotText as error:
        raise BadRecord(str(error)) from error
    except json.JSONDecodeError as error:
        raise BadRecord(f"broken JSON: {error.msg} at character {error.pos}") from error
    except (ValueError, RecursionError) as error:
        raise BadRecord("broken JSON: nested too deep, or a number too long") from error
    if not isinstance(record, dict):
        raise BadRecord("not a JSON object")
    return record


def _address(record: Mapping[str, Any], columns: Mapping[str, str]) -> str:
    address = record.get(columns["uri"])
    return address if isinstance(address, str) else ""


def _text(record: Mapping[str, Any], column: str) -> str:
    value = record.get(column)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadRecord(f"field {column!r} is no text")
    if _NO_TEXT.search(value):
        raise BadRecord(f"field {column!r} holds characters that no text has (NUL or half a surrogate pair)")
    return value


def _id(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _text({"id": value}, "id").strip()


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield each line; None for one that is longer than may be held. UTF-16 and UTF-32 come out as UTF-8."""
    head = stream.read(4)
    stream.seek(0)
    if wide := wide_encoding(head):
        yield from (line.encode() for line in io.TextIOWrapper(stream, encoding=wide, errors="replace"))
        return
    while line := stream.readline(MAX_BYTES + 1):
        if len(line) <= MAX_BYTES or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_BYTES)
        yield None


def _probe(stream: BinaryIO, where: str, options: ReadOptions) -> None:
    """Refuse a mapped field that the first records do not have: a typing error would drop it silently."""
    if not options.mapping:
        return
    seen: set[str] = set()
    for line in islice(_lines(stream), _PROBE):
        try:
            seen.update(_object((line or b"").strip()))
        except BadRecord:
            continue
    stream.seek(0)
    for field, column in options.mapping:
        if seen and column not in seen:
            have = ", ".join(sorted(seen)[:20])
            raise UnknownField(f"{where}: --map {field}={column}: its records have no {column!r}, but {have}")
