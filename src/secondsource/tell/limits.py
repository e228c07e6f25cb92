"""What this dossier cannot know, in words: every sentence follows from the material at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from secondsource.model import Claim, Report
from secondsource.tell.records import ClaimRecord
from secondsource.tell.words import counted
from secondsource.text import PARSED

_ABROAD = (
    "were compared by likeness, figures and places alone: who says it was not read, so they add no origin "
    "and contradict nothing; what is alike and does not agree in these is undetermined."
)
_NOT_ABROAD = "were not compared: that needs the multilingual extra, `secondsource[multilingual]`."


@dataclass(frozen=True, slots=True)
class Seen:
    """What was looked at: the checked report, its claims, the pile, and the part that covers the event.

    Of the pile it counts how many reports there are in each language; `polyglot` says that those in
    other languages than English were compared too.
    """

    report: Report
    claims: tuple[Claim, ...]
    languages: Mapping[str, int]
    event: tuple[Report, ...]
    polyglot: bool = False

    @property
    def pile(self) -> int:
        """Return how many reports were compared with."""
        return sum(self.languages.values())


def limits(seen: Seen, claims: Sequence[ClaimRecord]) -> tuple[str, ...]:
    """Return sentences for the reader, the weightiest first."""
    return (*_coverage(seen, claims), *_checked(seen), *_pile(seen), *_undecided(claims))


def _coverage(seen: Seen, claims: Sequence[ClaimRecord]) -> list[str]:
    if not claims:
        return ["No checkable claim was found in this report."]
    if not seen.pile:
        return ["The library holds no other report: there is nothing to compare with."]
    if not seen.event:
        some = "The one other report does not cover" if seen.pile == 1 else ""
        none = some or f"None of the {seen.pile} reports covers"
        told = any(claim.tellings for claim in claims)
        rest = "what others tell is background." if told else "every claim is uncorroborated here."
        return [f"{none} this event: {rest}"]
    if seen.pile == 1:
        part = "The one other report covers"
    else:
        cover = "covers" if len(seen.event) == 1 else "cover"
        part = f"{len(seen.event)} of the {seen.pile} other reports in the library {cover}"
    return [f"{part} this event. Nothing outside the library was looked up."]


def _checked(seen: Seen) -> list[str]:
    found: list[str] = []
    if seen.report.language != PARSED:
        found.append(
            f"The report is in language {seen.report.language!r}, which no parser here reads: each sentence "
            "is taken for a claim, and who says it is not read."
        )
    if seen.report.published is None:
        found.append(
            "The report has no day of publication: days such as “on Monday” could not be resolved. "
            "Give it with --published."
        )
    open_claims = sum(not claim.mention.self_contained for claim in seen.claims)
    if open_claims:
        found.append(
            f"In {counted(open_claims, 'claim', 'claims').lower()} a pronoun or name could not be resolved."
        )
    return found


def _pile(seen: Seen) -> list[str]:
    found: list[str] = []
    undated = sum(report.published is None for report in seen.event)
    if undated:
        bear = "bears" if undated == 1 else "bear"
        found.append(f"{counted(undated, 'report', 'reports')} of the event {bear} no day of publication.")
    foreign = sorted(language for language, number in seen.languages.items() if language != PARSED and number)
    if foreign:
        number = sum(seen.languages[language] for language in foreign)
        found.append(
            f"{counted(number, 'report', 'reports')} of the library in other languages "
            f"({', '.join(foreign)}) {_ABROAD if seen.polyglot else _NOT_ABROAD}"
        )
    return found


def _undecided(claims: Sequence[ClaimRecord]) -> list[str]:
    open_claims = sum(bool(claim.undetermined) for claim in claims)
    if not open_claims:
        return []
    return [
        f"For {counted(open_claims, 'claim', 'claims').lower()} it could not be decided "
        "what some reports say; these are listed as undetermined and count for nothing."
    ]
