"""The words of secondsource as frozen data: what each step takes and gives.

One meaning each, as in the field's standards (PARC 3 and PolNeAR for attribution,
FactBank for kind and certainty, METER for reuse, FEVER for evidence). Spans are
half-open code-point offsets into `Report.body`, which is never altered after reading.
"""

from __future__ import annotations

from secondsource.model.judgement import (
    Decision,
    JudgedKind,
    Judgement,
    Subject,
    Tombstone,
    place_of,
    statement_place,
)
from secondsource.model.kinds import (
    Certainty,
    Direction,
    Kind,
    OriginKind,
    Outcome,
    Relation,
    ReuseKind,
    SectionRole,
    SourceKind,
    VerdictLabel,
)
from secondsource.model.report import (
    Attribution,
    Document,
    Link,
    Mention,
    Quantity,
    Rejected,
    Report,
    Section,
    Slots,
    Span,
    Spans,
)
from secondsource.model.verdict import (
    Claim,
    Conflict,
    Evidence,
    Grade,
    Origin,
    Proposal,
    Reuse,
    Telling,
    Verdict,
)

__all__ = [
    "Attribution",
    "Certainty",
    "Claim",
    "Conflict",
    "Decision",
    "Direction",
    "Document",
    "Evidence",
    "Grade",
    "JudgedKind",
    "Judgement",
    "Kind",
    "Link",
    "Mention",
    "Origin",
    "OriginKind",
    "Outcome",
    "Proposal",
    "Quantity",
    "Rejected",
    "Relation",
    "Report",
    "Reuse",
    "ReuseKind",
    "Section",
    "SectionRole",
    "Slots",
    "SourceKind",
    "Span",
    "Spans",
    "Subject",
    "Telling",
    "Tombstone",
    "Verdict",
    "VerdictLabel",
    "place_of",
    "statement_place",
]
