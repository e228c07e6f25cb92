"""How to trace: bars and limits, and what is asked of the engine. Cheap to import."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

VERSION = "trace/4"


@dataclass(frozen=True, slots=True)
class CompareOptions:
    """Bars of the kinds; shares are of the shorter text without its standing passages.

    A passage counts as copied if `own_words` of it, and `own_share`, are neither standing
    nor stock phrase. `copy`: least share of a copy, `pieces` where no sentence is
    copied whole, of which `told` outside quotations.
    `verbatim`: least share of both texts. A sentence is copied whole if it has
    `sentence_words` of narration and `sentence_share` of them are copied; a partial copy needs
    one such, or `same_voice_sentences` where one outlet prints both (templates), no more
    than `days` apart. Standing runs shorter than `passage` words are stock phrases.
    """

    own_words: int = 4
    own_share: float = 0.4
    passage: int = 12
    copy: float = 0.28
    pieces: float = 0.33
    told: float = 0.1
    verbatim: float = 0.9
    sentence_words: int = 8
    sentence_share: float = 0.75
    same_voice_sentences: int = 3
    partial_words: int = 12
    days: int = 40


@dataclass(frozen=True, slots=True)
class StandingOptions:
    """When text is standing.

    `stories` (distinct, in distinct outlet-and-day groups) must hold it, `days` apart at
    least. Two reports tell one story if they share `same_story` of the shorter one's keys;
    `near_story` suffices for two outlets within `near_days`; `same_voice_story` is needed where
    one outlet prints both: its furniture alone makes up half of a short report.
    """

    stories: int = 3
    days: int = 3
    same_story: float = 0.5
    near_story: float = 0.25
    near_days: int = 2
    same_voice_story: float = 0.8
    least_keys: int = 8


class Join(Protocol):
    """The engine's join: pairs `(a, b, shared)` of a key table `(id, key, group)`."""

    def __call__(self, left: Any, right: Any | None = None, *, cap: int, least: int = 1) -> Any:
        """Return the pairs that share at least `least` keys of at most `cap` groups."""
        ...


@dataclass(frozen=True, slots=True)
class ReuseOptions:
    """How to find candidates.

    Keys of more than `cap` groups join nothing. Pairs are compared that share `own_keys`
    beyond standing text, or `speech_keys` of quotations alone; others that share `any_keys`
    have standing text in common.
    """

    cap: int = 100
    own_keys: int = 2
    any_keys: int = 4
    speech_keys: int = 3
    standing: StandingOptions = field(default_factory=StandingOptions)
    compare: CompareOptions = field(default_factory=CompareOptions)
