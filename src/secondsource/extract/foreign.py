"""Reports in languages that no parser here reads: each sentence of the story is one proposition.

Nothing is read of who says it, or how surely: a dossier says so, and what compares such reports
counts no origin from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondsource.model import Mention, Report, SectionRole, Span

METHOD = "sentences-1"
_STORY = (SectionRole.BODY, SectionRole.HEADLINE)
# A run of stops is tried once, from its beginning: texts of nothing but stops have no end of sentence.
_ENDS = re.compile(r"""(?<![.!?؟。।…])[.!?؟。।…]++["'»”“’)\]]*+\s+|[。।]|\n+""")
_SHORTEST = 12  # code points of a sentence that says something


def sentences(report: Report) -> tuple[Mention, ...]:
    """Return the sentences of a report's story as mentions, in reading order."""
    spans = [
        span for section in report.sections if section.role in _STORY for span in _split(report, section.span)
    ]
    return tuple(
        Mention(
            id=f"{report.id}#{number}",
            report=report.id,
            content=(span,),
            sentence=span,
            statement=report.body[slice(*span)],
            self_contained=False,
            method=METHOD,
        )
        for number, span in enumerate(spans)
    )


def _split(report: Report, section: Span) -> Iterator[Span]:
    start, end = section
    cuts = [start + found.end() for found in _ENDS.finditer(report.body[start:end])]
    for first, after in zip([start, *cuts], [*cuts, end], strict=True):
        text = report.body[first:after]
        if len(text.strip()) >= _SHORTEST:
            left = first + len(text) - len(text.lstrip())
            yield left, left + len(text.strip())
