"""Custody: is every document what was captured, every report what was read; what does a dossier rest on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from secondsource.match import Told
from secondsource.model import Document, Span
from secondsource.pipeline.inputs import OnProgress, silent
from secondsource.pipeline.library import Library
from secondsource.pipeline.shelf import each
from secondsource.tell.custody import DocumentRecord, ManifestRecord, cited
from secondsource.tell.records import DossierRecord


@dataclass(frozen=True, slots=True)
class Fault:
    """What is not as it was captured or read: a document's or report's id, and what is wrong."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Verified:
    """How much was looked at, and what was found."""

    documents: int
    reports: int
    mentions: int
    faults: tuple[Fault, ...]


def verify(library: Library, on_progress: OnProgress = silent) -> Verified:
    """Hash every document anew and hold every span against its text; faults come by kind and id."""
    store = library.store
    faults: list[Fault] = []
    documents: set[str] = set()
    for done, document in enumerate(store.documents(), 1):
        documents.add(document.id)
        faults += _of_document(document)
        on_progress("documents", done, None)
    faults += [Fault(f"report {one}", "its text is not the one that was stored") for one in store.altered()]
    reports = mentions = 0
    for told in each(store, sorted({*store.ids(), *store.versions.fallen()})):  # of versions past too
        report = told.report
        reports, mentions = reports + 1, mentions + len(told.mentions)
        if report.document not in documents:
            faults.append(Fault(f"report {report.id}", f"its document {report.document} is not there"))
        faults += _of_report(told)
        on_progress("reports", reports, None)
    return Verified(len(documents), reports, mentions, tuple(faults))


def manifest(library: Library, dossier: DossierRecord) -> ManifestRecord:
    """Return the documents of the reports that a dossier names."""
    names = cited(dossier)
    by_document: dict[str, list[str]] = {}
    for report in library.store.reports(names):
        by_document.setdefault(report.document, []).append(report.id)
    held = [_record(document, by_document) for document in library.store.documents(by_document)]
    found = {report for record in held for report in record.reports}
    return ManifestRecord(
        report=dossier.report.id,
        as_of=dossier.as_of,
        documents=tuple(held),
        missing=tuple(name for name in names if name not in found),
    )


def _record(document: Document, by_document: dict[str, list[str]]) -> DocumentRecord:
    return DocumentRecord(
        id=document.id,
        uri=document.uri,
        fetched_at=document.fetched_at.isoformat() if document.fetched_at else None,
        media_type=document.media_type,
        sha256=hashlib.sha256(document.content).hexdigest(),
        size=len(document.content),
        reports=tuple(sorted(by_document[document.id])),
    )


def _of_document(document: Document) -> list[Fault]:
    found = hashlib.sha256(document.content).hexdigest()
    if found == document.id:
        return []
    return [Fault(f"document {document.id}", f"its bytes have the SHA-256 {found}: they were altered")]


def _of_report(told: Told) -> list[Fault]:
    report, size = told.report, len(told.report.body)
    faults = [
        Fault(f"report {report.id}", f"its section {section.span} lies outside its text")
        for section in report.sections
        if not _inside(section.span, size)
    ]
    for mention in told.mentions:
        spans = (*mention.content, mention.sentence, *mention.source, *mention.cue, *mention.condition)
        links = tuple(link.span for link in mention.links if link.span is not None)
        faults += [
            Fault(f"report {report.id}", f"a span of mention {mention.id}, {span}, lies outside its text")
            for span in (*spans, *links)
            if not _inside(span, size)
        ]
    return faults


def _inside(span: Span, size: int) -> bool:
    return 0 <= span[0] <= span[1] <= size
