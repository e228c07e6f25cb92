"""Fuzz the readers or the extractor with inputs that coverage steers (atheris), and keep what breaks them.

`tools/fuzz.py TARGET RUNS OUT [SEED]` runs TARGET (a key of TARGETS) RUNS times. An error of another kind
than `SecondsourceError`, or a run of more than ten seconds of computing, is written to OUT as one file an
innermost place, with the traceback beside it; the fuzzing goes on. The last line counts runs and
findings; exit status 1 if there were findings. Found cases belong into tests/hostile/cases, where
a test reads them again.
"""

from __future__ import annotations

import atexit
import contextlib
import logging
import signal
import sys
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path

import atheris

SECONDS = 10.0
LONGEST = 4_000
READERS = (
    "text/plain", "text/html", "application/jsonl", "application/json", "text/csv",
    "application/rss+xml", "application/warc", "application/wacz", "application/pdf", "text/x-opml",
    "application/ninjs+json",
)  # fmt: skip
# Beginnings that lead into each reader; mutation takes them from there.
SEEDS = {
    "plain": (
        b'Velm, May 2 (AG) - "Three people were hurt," the mayor said. Nobody knew why.\n\nPhoto: X',
        b"Published: 02/05/2031\nBy A. Writer\n\nSource: Agency. At least 1,200 of 2.5 million fled.",
    ),
    "html": (
        b"<html lang=en><head><meta charset=latin-1><title>T</title><meta property='article:published_time'"
        b" content='2031-05-02'></head><body><article><p>The old bridge fell on Friday, the mayor of the town"
        b" said to reporters there.</p></article></body></html>",
    ),
    "records": (
        b'{"id": "a", "outlet": "velm", "published": "2031-05-02", "body": "It fell, he said"}\n{"id": 1}\n',
        b'[{"body": "One."}, 3, null]',
        b'id;outlet;body\r\na;b;"c;""d"\r\n',
    ),
    "feeds": (
        b"<?xml version='1.0'?><rss version='2.0'><channel><item><title>T</title><link>https://velm.example/1"
        b"</link><description>It fell.</description></item></channel></rss>",
        b"<opml version='2.0'><body><outline xmlUrl='https://velm.example/f'/></body></opml>",
        b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://velm.example/</loc></url>"
        b"</urlset>",
    ),
    "archives": (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: 62\r\n\r\n"
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>It fell.</p>\r\n\r\n\r\n",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>",
        b"PK\x03\x04" + bytes(26),
        b"\x1f\x8b\x08" + bytes(7),
    ),
}


class Hang(BaseException):
    """A run took longer than allowed; no `except Exception` on its way may swallow it."""


def reading(data: bytes) -> None:
    """Read `data` as what its first byte chooses among all kinds, or as what it looks like."""
    from secondsource.errors import SecondsourceError
    from secondsource.read import ReadOptions, read_bytes

    told = (*READERS, "")[data[0] % (len(READERS) + 1)] if data else ""
    with contextlib.suppress(SecondsourceError):
        for item in read_bytes(data[1:], "https://velm.example/page", told, ReadOptions()):
            check_report(item)


def check_report(item: object) -> None:
    """Hold a report read to what every later step trusts: sections tile the body, text can be stored."""
    if isinstance(item, tuple):
        document, report = item
        at = 0
        for section in report.sections:
            assert section.span[0] == at < section.span[1], "sections do not tile the body"
            at = section.span[1]
        assert at == len(report.body), "sections do not tile the body"
        report.body.encode("utf-8")
        assert document.id == report.document, "a report of another document"


def extracting() -> Callable[[bytes], None]:
    """Return what reads the mentions of `data` as plain text and as a bare statement."""
    from secondsource.errors import SecondsourceError
    from secondsource.extract import Extractor
    from secondsource.read import ReadOptions, read_bytes

    extractor = Extractor()

    def run(data: bytes) -> None:
        with contextlib.suppress(SecondsourceError):
            for item in read_bytes(data[1:], "velm.txt", "text/plain", ReadOptions()):
                if isinstance(item, tuple):
                    report = item[1]
                    for mention in extractor.mentions(report):
                        for start, end in (*mention.content, *mention.source, *mention.cue):
                            assert 0 <= start < end <= len(report.body), "a span outside the body"
                    extractor.attributions(report)
                    extractor.statement(report.body[:300], report.published)

    run(b" It fell, he said.")  # the parser is loaded before the clock runs
    return run


def readers() -> Callable[[bytes], None]:
    """Return `reading`, once everything that it loads at its first page is loaded."""
    reading(bytes([READERS.index("text/html")]) + SEEDS["html"][0])
    return reading


TARGETS = {"readers": readers, "extractor": extracting}


class Findings:
    """Counts runs and keeps one input for each place at which one failed."""

    def __init__(self, run: Callable[[bytes], None], out: Path, runs: int) -> None:
        self.run, self.out, self.left, self.done = run, out, runs, 0
        self.places: set[str] = set()

    def __call__(self, data: bytes) -> None:
        """Run one input under the clock."""
        self.done += 1
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            self.run(data)
        except (Exception, Hang) as error:
            self.keep(data, error)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    def keep(self, data: bytes, error: BaseException) -> None:
        """Write down a failing input, once for each place."""
        frames = traceback.extract_tb(error.__traceback__)
        last = [frame for frame in frames if frame.name != "hang" or frame.filename != __file__][-1]
        place = f"{type(error).__name__}-{Path(last.filename).stem}-{last.lineno}"
        if place not in self.places:
            self.places.add(place)
            (self.out / f"{place}.bin").write_bytes(data)
            trace = "".join(traceback.format_exception(error))
            (self.out / f"{place}.txt").write_text(trace, encoding="utf-8", errors="replace")
            print(f"finding {place}", flush=True)


def main() -> None:
    """Fuzz one target."""
    target, runs, out = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    corpus = out / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for name, beginnings in SEEDS.items():
        for number, beginning in enumerate(beginnings):
            for kind in range(len(READERS) + 1):
                (corpus / f"{name}-{number}-{kind}").write_bytes(bytes([kind]) + beginning)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    with atheris.instrument_imports(include=["secondsource.read", "secondsource.extract"]):
        import secondsource.extract.mentions
        import secondsource.read  # noqa: F401
    findings = Findings(TARGETS[target](), out, runs)

    def hang(_signal: int, _frame: object) -> None:
        raise Hang

    signal.signal(signal.SIGPROF, hang)
    arguments = [
        sys.argv[0],
        f"-atheris_runs={runs}",
        f"-max_len={LONGEST}",
        "-len_control=0",
        "-timeout=120",
    ]
    arguments += [f"-seed={sys.argv[4] if len(sys.argv) > 4 else 1}", "-rss_limit_mb=4096", str(corpus)]
    atexit.register(
        lambda: print(f"fuzz {target}: {findings.done} runs, {len(findings.places)} findings", flush=True)
    )
    atheris.Setup(arguments, findings)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
