"""The wire records that only the server has; all others are those of the files (`tell.records`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec

from secondsource.model import Decision, JudgedKind
from secondsource.tell.records import JudgementRecord, PairRecord, PileRecord

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
Short = Annotated[str, msgspec.Meta(max_length=2000)]
JobKind = Literal["check", "add", "ask", "judge", "origins"]
JobState = Literal["waiting", "running", "done", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRecord:
    """Reports of a search, newest first; `total` counts those beyond this page too."""

    total: int
    first: int
    reports: tuple[PileRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairsRecord:
    """Pairs of reports that share text, by (a, b); `current` is false if reports came in since."""

    total: int
    first: int
    current: bool
    pairs: tuple[PairRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementsRecord:
    """Judgements by date, those superseded among them."""

    judgements: tuple[JudgementRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRecord:
    """Work under way; `said` is its result or its failure in words, `address` where the result stands."""

    id: str
    kind: JobKind
    report: str
    state: JobState
    stage: str = ""
    done: int = 0
    total: int | None = None
    said: str = ""
    address: str = ""
    reports: tuple[str, ...] = ()

    @property
    def over(self) -> bool:
        """Tell whether nothing more will come of it."""
        return self.state in ("done", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedRecord:
    """A verdict as far as a judgement may change it: its label and what was counted."""

    verdict: str
    independent_origins: int
    own_origin: str | None
    supports: int
    refutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectRecord:
    """A judgement that was kept, and the verdicts looked at, before and after it."""

    judgement: JudgementRecord
    changed: bool
    before: tuple[CountedRecord, ...]
    after: tuple[CountedRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRequest:
    """A report of the library to check."""

    report: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRequest:
    """A bare statement to find evidence for."""

    statement: Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRequest:
    """A page to fetch (`url`), or a file's text (`content`) with its name; the rest as options of `add`."""

    url: Short = ""
    content: str = ""
    name: Annotated[str, msgspec.Meta(max_length=200)] = "report.txt"
    outlet: Short = ""
    published: Short = ""
    uri: Short = ""
    title: Short = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeRequest:
    """A decision on the n-th claim of a checked report, or on the telling of it that stands at `link`.

    `by` is who judges; where tokens are in force it is the token's name, whatever is written here.
    """

    kind: JudgedKind
    report: Name
    claim: Annotated[int, msgspec.Meta(ge=1, le=100000)]
    link: Short = ""
    decision: Decision
    value: Short = ""
    by: Annotated[str, msgspec.Meta(max_length=200)] = ""
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What went wrong, in words (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
