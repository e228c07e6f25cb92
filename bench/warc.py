"""Add a WARC of many invented pages and print what memory it took: flat is the same for ten times as many.

    python bench/warc.py --records 10000

Each size runs in a process of its own, so that one's peak is not the other's.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOWNS = ("Velm", "Orsa", "Tarn Ferry", "Quill Bay", "Dunmarsh", "Hollin", "Port Sele", "Mirkvale")
THINGS = ("bridge", "mill", "pier", "depot", "school", "barracks", "ferry", "tower")
SPEAKERS = ("the mayor", "police", "the coast guard", "a spokesman for the ministry", "residents")


def page(number: int) -> bytes:
    """Return an invented article; no two numbers give the same."""
    town, thing = TOWNS[number % 8], THINGS[number // 8 % 8]
    speaker = SPEAKERS[number % 5]
    text = (
        f"The old {thing} number {number} in {town} fell on Friday, {speaker} said.",
        f"At least {number % 90 + 3} people were injured and {number % 7} are missing"
        f" in district {number % 113}.",
        f"Work on part {number * 7 % 1009} of the {thing} had begun a week before the fall.",
    )
    body = "".join(f"<p>{line}</p>" for line in text)
    head = f"<title>{thing} falls in {town}</title><meta name='date' content='2031-05-{number % 28 + 1:02}'>"
    return f"<html lang='en'><head>{head}</head><body><article>{body}</article></body></html>".encode()


def record(number: int) -> bytes:
    """Return one gzipped WARC response."""
    content = page(number)
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://outlet{number % 40}.example/{number}\r\n"
        "WARC-Date: 2031-06-01T12:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http) + len(content)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + content + b"\r\n\r\n", 1)


def added(records: int, folder: Path) -> dict[str, float]:
    """Add a WARC of so many records to a new library; return seconds, MB at the start and at the peak."""
    from secondsource.pipeline import Library

    archive = folder / f"{records}.warc.gz"
    with archive.open("wb") as file:
        for number in range(records):
            file.write(record(number))
    library = Library(folder / f"{records}.db")
    warm = folder / "warm.jsonl"
    warm.write_text(json.dumps({"id": "w", "body": "The bridge in Velm fell on Friday, police said."}))
    library.add([str(warm)])  # the parser is loaded, so that what grows is the archive's
    start, began = peak(), time.monotonic()
    result = library.add([str(archive)])
    seconds = time.monotonic() - began
    library.close()
    return {
        "records": records, "read": result.read, "rejected": len(result.rejected),
        "seconds": round(seconds, 1), "mb_loaded": start, "mb_peak": peak(),
        "archive_mb": round(archive.stat().st_size / 1e6, 1),
    }  # fmt: skip


def peak() -> float:
    """Return the highest resident memory of this process so far, in MB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def main() -> None:
    """Measure a tenth of the records and all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--one", action="store_true", help="only this size, in this process")
    wanted = parser.parse_args()
    if wanted.one:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(added(wanted.records, Path(folder))))
        return
    for records in (wanted.records // 10, wanted.records):
        subprocess.run([sys.executable, __file__, "--records", str(records), "--one"], check=True)


if __name__ == "__main__":
    main()
