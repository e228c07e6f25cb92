"""Read web archives, WARC and WACZ: each captured page a Document with its day of capture, one at a time."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, BinaryIO

from secondsource.errors import UnreadableInput
from secondsource.model import Document, Rejected, Report
from secondsource.read.options import MAX_BYTES, ReadOptions

Reading = Iterator[tuple[Document, Report] | Rejected]
ReadRecord = Callable[[bytes, str, str, ReadOptions], Reading]

_HELD = ("response", "resource")
_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")
_GZIP_HEAD = 512


def is_warc(head: bytes) -> bool:
    """Tell whether an input that begins with `head` is a WARC, gzipped or not."""
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, _GZIP_HEAD)
        except zlib.error:
            return False
    return head.startswith(b"WARC/")


def read_warc(stream: BinaryIO, where: str, options: ReadOptions, read: ReadRecord) -> Reading:
    """Yield the reports of an archive's pages in its order, what cannot be read in between.

    Pages are responses with status 200, and resources, of HTML, text or PDF; pictures, scripts and
    the archive's own records are passed over. `read` reads the bytes of one page. One record is
    in memory at a time.
    """
    from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

    try:
        for record in _records(stream):
            if record.rec_type in _HELD and _type(record) in _PAGES and _status(record) in ("", "200"):
                yield from _page(record, where, options, read)
    except (ArchiveLoadFailed, zlib.error, EOFError, OSError) as error:
        yield Rejected(where, "read", f"the archive is damaged ({error}): what follows could not be read")


def read_wacz(stream: BinaryIO, where: str, options: ReadOptions, read: ReadRecord) -> Reading:
    """Yield what the WARCs of a WACZ hold, as `read_warc` does.

    Raises:
        UnreadableInput: it is no WACZ.
    """
    try:
        with zipfile.ZipFile(stream) as package:
            names = sorted(name for name in package.namelist() if _is_archive(name))
            if not names:
                raise UnreadableInput(f"{where}: is a ZIP archive without a WARC in it; give the files in it")
            for name in names:
                with package.open(name) as part:
                    yield from read_warc(part, f"{where}: {name}", options, read)  # type: ignore[arg-type]
    except zipfile.BadZipFile as error:
        raise UnreadableInput(f"{where}: is a damaged ZIP archive ({error}); fetch it anew") from error


def _records(stream: BinaryIO) -> Iterator[Any]:
    from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
    from warcio.exceptions import ArchiveLoadFailed

    try:
        yield from ArchiveIterator(stream, arc2warc=True)
    except AttributeError as error:  # warcio takes it that every record has an address
        raise ArchiveLoadFailed("a record without an address") from error


def _is_archive(name: str) -> bool:
    return name.startswith("archive/") and name.endswith((".warc", ".warc.gz"))


def _page(record: Any, where: str, options: ReadOptions, read: ReadRecord) -> Reading:
    uri = record.rec_headers.get_header("WARC-Target-URI") or where
    place = f"{where}: {uri}"
    content = record.content_stream().read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        yield Rejected(place, "read", f"is larger than {MAX_BYTES >> 20} MiB")
        return
    captured = _captured(record.rec_headers.get_header("WARC-Date") or "")
    try:
        for item in read(content, uri, _header(record, "Content-Type"), replace(options, uri=uri)):
            yield item if isinstance(item, Rejected) else (replace(item[0], fetched_at=captured), item[1])
    except UnreadableInput as error:
        yield Rejected(place, "read", str(error).removeprefix(f"{uri}: "))


def _type(record: Any) -> str:
    return _header(record, "Content-Type").partition(";")[0].strip().casefold()


def _status(record: Any) -> str:
    return str(record.http_headers.get_statuscode()) if record.http_headers else ""


def _header(record: Any, name: str) -> str:
    return str((record.http_headers or record.rec_headers).get_header(name) or "")


def _captured(told: str) -> datetime | None:
    try:
        return datetime.fromisoformat(told).astimezone(UTC)
    except ValueError:
        return None
