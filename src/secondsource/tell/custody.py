"""What a dossier rests on, document by document, for whoever must show where it came from."""

from __future__ import annotations

from dataclasses import dataclass

from secondsource.tell.records import DossierRecord

MANIFEST_SCHEMA = "secondsource/manifest/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """One captured document: `sha256` is of its bytes, `fetched_at` ISO 8601 or null where unknown."""

    id: str
    uri: str
    fetched_at: str | None
    media_type: str
    sha256: str
    size: int
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestRecord:
    """The documents under a dossier, by id; `missing` are reports whose document is not in the library."""

    schema: str = MANIFEST_SCHEMA
    report: str
    as_of: str | None
    documents: tuple[DocumentRecord, ...]
    missing: tuple[str, ...] = ()


def cited(dossier: DossierRecord) -> tuple[str, ...]:
    """Return the ids of the reports that a dossier names, its own first, then in order."""
    found: set[str] = {reprint.report for reprint in dossier.reprints}
    for claim in dossier.claims:
        found.update(telling.report for telling in claim.tellings)
        found.update(claim.silent, claim.undetermined)
    for omission in dossier.omissions:
        found.update((omission.report, *omission.reports))
    return (dossier.report.id, *sorted(found - {dossier.report.id}))
