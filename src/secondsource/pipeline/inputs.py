"""From names of files and URLs to reports and mentions; no library is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from secondsource.errors import UnreadableInput
from secondsource.extract import Extractor
from secondsource.model import Document, Mention, Rejected, Report
from secondsource.read import ReadOptions, read_bytes, read_path
from secondsource.tell import lines
from secondsource.tell.records import AttributionRecord

OnProgress = Callable[[str, int, int | None], None]
Reading = Iterator[tuple[Document, Report] | Rejected]


def silent(_stage: str, _done: int, _total: int | None) -> None:
    """Take progress and do nothing."""


def is_input(name: str) -> bool:
    """Tell whether `name` is meant as a file or URL, not as the id of a report held."""
    return name.startswith(("http://", "https://")) or Path(name).exists()


def read_input(name: str, options: ReadOptions) -> Reading:
    """Yield what one file or URL holds."""
    if not name.startswith(("http://", "https://")):
        return read_path(Path(name), options)
    from secondsource.reach import fetch

    page = fetch(name)
    named = replace(options, uri=options.uri or page.uri)
    return read_bytes(page.content, page.uri, page.media_type, named, page.fetched_at)


def read_all(inputs: Sequence[str], options: ReadOptions) -> tuple[list[Report], list[Rejected]]:
    """Return the reports of all inputs, in order, and what was rejected.

    Raises:
        UnreadableInput: an input cannot be read at all and it is the only one.
    """
    reports, rejects = [], []
    for item in read_many(inputs, options):
        if isinstance(item, Rejected):
            rejects.append(item)
        else:
            reports.append(item[1])
    return reports, rejects


def read_many(inputs: Sequence[str], options: ReadOptions) -> Reading:
    """Yield what all inputs hold; one unreadable input among several is a reject."""
    for name in inputs:
        try:
            yield from read_input(name, options)
        except UnreadableInput as error:
            if len(inputs) == 1:
                raise
            yield Rejected(name, "read", str(error))


def mentions(
    reports: Sequence[Report], on_progress: OnProgress = silent
) -> Iterator[tuple[Report, tuple[Mention, ...]]]:
    """Yield each report with its mentions, in order; no library is needed."""
    for done, found in enumerate(Extractor().batch(reports), 1):
        on_progress("extracting", done, len(reports))
        yield found


def attributions(reports: Sequence[Report], on_progress: OnProgress = silent) -> Iterator[AttributionRecord]:
    """Yield every attribution of each report, whole and unsplit, in order."""
    extractor = Extractor()
    for done, report in enumerate(reports, 1):
        on_progress("extracting", done, len(reports))
        for found in extractor.attributions(report):
            yield lines.attribution(report.id, found)
