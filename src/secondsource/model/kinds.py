"""The kinds that things are of, as closed lists."""

from __future__ import annotations

from enum import StrEnum


class SectionRole(StrEnum):
    """What a part of a body is; only `BODY` and `HEADLINE` yield claims."""

    BODY = "body"
    HEADLINE = "headline"
    DATELINE = "dateline"
    CREDIT = "credit"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"
    DISCLAIMER = "disclaimer"


class SourceKind(StrEnum):
    """Who answers for a claim (PARC source, typed)."""

    ORGANISATION = "organisation"
    OFFICIAL = "official"
    NAMED_PERSON = "named-person"
    UNNAMED = "unnamed"
    MEDIA = "media"
    EYEWITNESS = "eyewitness"
    DOCUMENT = "document"
    OWN_VOICE = "own-voice"


class Kind(StrEnum):
    """What sort of proposition a mention is."""

    EVENT = "event"
    INTENTION = "intention"
    FORECAST = "forecast"
    ASSESSMENT = "assessment"
    BACKGROUND = "background"


class Certainty(StrEnum):
    """How the source commits itself (FactBank, coarse)."""

    ASSERTED = "asserted"
    HEDGED = "hedged"
    CONDITIONAL = "conditional"
    DENIED = "denied"


class Relation(StrEnum):
    """How one telling bears on a claim; the scored pair of FEVER."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    SILENT = "silent"
    UNDETERMINED = "undetermined"


class VerdictLabel(StrEnum):
    """Counted origins in one word; never "true"."""

    CORROBORATED = "corroborated"
    CONTESTED = "contested"
    SINGLE_ORIGIN = "single-origin"
    UNCORROBORATED = "uncorroborated"


class Outcome(StrEnum):
    """What became of an intention or a forecast."""

    OPEN = "open"
    CAME_TRUE = "came-true"
    DID_NOT = "did-not"
    LAPSED = "lapsed"


class ReuseKind(StrEnum):
    """How two bodies share text (METER, refined)."""

    VERBATIM = "verbatim"
    ABRIDGED = "abridged"
    PARTIAL = "partial"
    QUOTATION = "quotation"
    BOILERPLATE = "boilerplate"


class Direction(StrEnum):
    """Who took shared text from whom; `COMMON` when both took it from a third or it cannot be told."""

    A_TO_B = "a>b"
    B_TO_A = "b>a"
    COMMON = "common"


class OriginKind(StrEnum):
    """What an origin is: the one beginning that tellings trace back to."""

    SOURCE = "source"
    AGENCY = "agency"
    OUTLET = "outlet"
    UNNAMED = "unnamed"  # people without a name, in a role that a known medium vouches for
    UNKNOWN = "unknown"
