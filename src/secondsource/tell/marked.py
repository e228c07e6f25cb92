"""The report's text cut into paragraphs and pieces, each piece with the claim it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from secondsource.tell.records import DossierRecord, SpanRecord

_STORY = ("body", "headline")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `claim` is the place of its claim in the dossier from 1, 0 for none.

    `last` says that no later piece of the text belongs to the same claim.
    """

    text: str
    claim: int
    last: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in pieces; `role` is "" for the story, else what it is (disclaimer, credit, ...)."""

    pieces: tuple[Piece, ...]
    role: str


def paragraphs(dossier: DossierRecord) -> tuple[Paragraph, ...]:
    """Return the body in reading order; joined, the pieces are the body without its line breaks.

    Where claims overlap, a stretch belongs to the shortest of them.
    """
    body = dossier.report.body
    owner = _owners(dossier, len(body))
    final = {claim: place for place, claim in enumerate(owner) if claim}
    found: list[Paragraph] = []
    for (start, end), role in _parts(dossier):
        cut = start
        for row in body[start:end].splitlines(keepends=True):
            span = (cut, cut + len(row.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")))
            cut += len(row)
            if body[span[0] : span[1]].strip():
                found.append(Paragraph(_pieces(body, span, owner, final), role))
    return tuple(found)


def _owners(dossier: DossierRecord, length: int) -> list[int]:
    """Return for every code point the place of the claim it belongs to, 0 for none."""
    owner = [0] * length
    placed = [(place, claim.content or (claim.span,)) for place, claim in enumerate(dossier.claims, 1)]
    placed.sort(key=lambda item: (-sum(end - start for start, end in item[1]), item[0]))
    for place, spans in placed:
        for start, end in spans:
            owner[start:end] = [place] * (min(end, length) - start)
    return owner


def _parts(dossier: DossierRecord) -> list[tuple[SpanRecord, str]]:
    """Return the sections with their role; a body without sections is one story."""
    sections = dossier.report.sections or (("body", 0, len(dossier.report.body)),)
    return [((start, end), "" if role in _STORY else role) for role, start, end in sections]


def _pieces(body: str, span: SpanRecord, owner: list[int], final: dict[int, int]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    start, end = span
    while start < end:
        stop = start
        while stop < end and owner[stop] == owner[start]:
            stop += 1
        pieces.append(Piece(body[start:stop], owner[start], final.get(owner[start], -1) < stop))
        start = stop
    return tuple(pieces)
