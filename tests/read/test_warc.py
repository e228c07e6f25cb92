import zipfile
from datetime import UTC, datetime
from gzip import compress

import pytest

from secondsource.errors import UnreadableInput
from secondsource.model import Rejected
from secondsource.read import read_bytes, read_path

STORY = "A ferry capsized off Port Velm on Monday, killing at least {} people, the coast guard said."
PAGE = (
    "<html lang='en'><head><title>Ferry {0}</title></head><body><article><h1>Ferry {0}</h1><p>{1}</p>"
    "<p>Divers searched the harbour all night for the missing, and the port was closed.</p>"
    "</article></body></html>"
)


def archive(*records, gzip=True) -> bytes:
    """Return a WARC of (uri, status, type, content) captured at noon, each record compressed by itself."""
    parts = (compress(record(*one)) if gzip else record(*one) for one in records)
    return b"".join(parts)


def record(uri, status, kind, content) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n".encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2031-05-05T12:00:00Z\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http) + len(content)}\r\n\r\n"
    )
    return head.encode() + http + content + b"\r\n\r\n"


def page(number: int) -> bytes:
    return PAGE.format(number, STORY.format(number)).encode()


RECORDS = (
    ("http://velm.example/1", "200 OK", "text/html; charset=utf-8", page(1)),
    ("http://velm.example/gone", "404 Not Found", "text/html", page(2)),
    ("http://velm.example/logo.png", "200 OK", "image/png", b"\x89PNG"),
    ("http://velm.example/empty", "200 OK", "text/html", b"<html><body>Menu</body></html>"),
    ("http://velm.example/3", "200 OK", "text/html", page(3)),
)


@pytest.mark.parametrize("gzip", [True, False])
def test_each_page_is_a_document_with_its_day_of_capture(gzip):
    first, empty, third = read_bytes(archive(*RECORDS, gzip=gzip), "crawl.warc")
    assert isinstance(empty, Rejected)
    assert "http://velm.example/empty" in empty.where
    for number, (document, report) in ((1, first), (3, third)):
        assert STORY.format(number) in report.body
        assert report.uri == document.uri == f"http://velm.example/{number}"
        assert document.content == page(number)
        assert document.fetched_at == datetime(2031, 5, 5, 12, tzinfo=UTC)


def test_a_damaged_archive_keeps_what_came_before():
    whole = archive(*RECORDS[:1], *RECORDS[4:])
    items = list(read_bytes(whole[: len(whole) - 40], "crawl.warc.gz"))
    assert STORY.format(1) in items[0][1].body
    assert len(items) <= 2


def test_wacz_reads_the_archives_in_it(tmp_path):
    file = tmp_path / "crawl.wacz"
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("archive/b.warc.gz", archive(RECORDS[4]))
        package.writestr("archive/a.warc.gz", archive(RECORDS[0]))
    assert [report.uri for _, report in read_path(file)] == ["http://velm.example/1", "http://velm.example/3"]


def test_a_zip_without_archives_is_told(tmp_path):
    file = tmp_path / "notes.wacz"
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("readme.txt", "nothing")
    with pytest.raises(UnreadableInput, match="without a WARC"):
        list(read_path(file))
