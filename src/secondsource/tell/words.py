"""The words in which a dossier speaks to its reader; it never says "true" or "confirmed"."""

from __future__ import annotations

from datetime import date

from secondsource.tell.records import (
    AnswerRecord,
    ClaimRecord,
    JudgementRecord,
    LinkRecord,
    ProposalRecord,
    ReprintRecord,
)

_NUMBERS = (
    "no one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905 - reads as a row
)
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)

# Signs stand beside colour: they count origins, and none of them is a tick or a cross.
SIGNS = {"corroborated": "●●", "contested": "⇄", "single-origin": "●", "uncorroborated": "○"}
PLAIN_SIGNS = {"corroborated": "**", "contested": "<>", "single-origin": "*", "uncorroborated": "o"}

VERDICTS = {
    "corroborated": "corroborated",
    "contested": "contested",
    "single-origin": "single origin",
    "uncorroborated": "uncorroborated",
}

OUTCOMES = {
    "open": "not settled by any report yet",
    "came-true": "a later report says that it happened",
    "did-not": "a later report says that it did not happen",
    "lapsed": "its time has passed, and no report says that it happened",
}

CERTAINTIES = {
    "asserted": "",
    "hedged": "said with a hedge",
    "conditional": "said on a condition",
    "denied": "denied by this source",
}

SOURCE_KINDS = {
    "organisation": "organisation",
    "official": "official",
    "named-person": "named person",
    "unnamed": "unnamed",
    "media": "news medium",
    "eyewitness": "eyewitness",
    "document": "document",
    "own-voice": "own voice",
}

# What a telling does to a claim, in the order in which a reader wants to know it.
ROLES = {
    "refutes": "Contradicts it",
    "supports": "Tells it as well, from another origin",
    "repeats": "Repeats it, from the same origin",
}

ORIGIN_KINDS = {
    "source": "source",
    "agency": "agency",
    "outlet": "outlet",
    "unknown": "source without a name",
}

REPRINTS = {
    "copy": "the same copy",
    "partial": "part of the text",
    "quote": "the same quoted words",
    "boilerplate": "standing text only",
}

CHANGES = {
    "hedge-dropped": "hedge dropped",
    "hedge-added": "hedge added",
    "number-changed": "number changed",
    "group-renamed": "group renamed",
    "added": "added",
    "cut": "left out",
    "altered": "altered",
}
PLAIN_CHANGES = ("added", "cut", "altered")


def number(count: int) -> str:
    """Return `count` in words up to twelve, in figures above."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else f"{count:,}"


def counted(count: int, one: str, many: str) -> str:
    """Return "Two reports" or "One report", begun with a capital."""
    words = f"{number(count)} {one if count == 1 else many}"
    return words[:1].upper() + words[1:]


def day(iso: str | None) -> str:
    """Return an ISO day as "12 March 2019"; "undated" for None."""
    if not iso:
        return "undated"
    when = date.fromisoformat(iso)
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def refuting_origins(claim: ClaimRecord | AnswerRecord) -> list[str]:
    """Return the names of the origins that contradict the claim, in order."""
    return sorted({telling.origin for telling in claim.tellings if telling.relation == "refutes"})


def verdict(claim: ClaimRecord | AnswerRecord) -> str:
    """Return the verdict as one sentence of counted origins.

    A bare statement (an answer without an origin of its own) is told "nowhere", a report's
    claim "nowhere else".
    """
    told = claim.independent_origins
    bare = claim.own_origin is None
    if claim.verdict == "corroborated":
        tell = counted(told, "independent origin tells", "independent origins tell")
        return f"{tell} it; none contradicts it."
    if claim.verdict == "contested":
        return _contested(claim, told)
    if claim.verdict == "single-origin":
        return f"Told{'' if bare else ' elsewhere'}, but every telling goes back to one origin."
    return f"Told nowhere{'' if bare else ' else'} in this library."


def _contested(claim: ClaimRecord | AnswerRecord, told: int) -> str:
    denial = isinstance(claim, ClaimRecord) and claim.certainty == "denied"
    what, verb = ("this denial", "make") if denial else ("it", "tell")
    against = counted(len(refuting_origins(claim)), "origin contradicts", "origins contradict")
    tellers = number(told) if told else "none"
    return f"{against} {what}; {tellers} {verb if told > 1 else verb + 's'} it."


def outcome(claim: ClaimRecord) -> str:
    """Return what became of an intention or forecast, or ""."""
    return OUTCOMES.get(claim.outcome or "", "")


_JUDGED = {
    "link": {"confirm": "it {value}", "reject": "does not bear on this claim", "change": "it {value}"},
    "attribution": {
        "confirm": "the source stands",
        "reject": "this is not its source",
        "change": "the source is {value}",
    },
    "verdict": {"confirm": "{value}", "reject": "the verdict does not stand", "change": "{value}"},
    "grade": {"change": "letter {value}"},
}


def judged(made: JudgementRecord, counted: str = "") -> str:
    """Return a judgement as one sentence; one on a verdict with the `counted` label beside it."""
    value = VERDICTS.get(made.value, made.value)
    what = _JUDGED[made.kind][made.decision].format(value=value)
    where = f" ({made.place})" if made.kind == "link" and made.decision == "reject" else ""
    beside = f"; counted: {VERDICTS.get(counted, counted)}" if counted and made.kind == "verdict" else ""
    reason = made.reason.strip().removesuffix(".")
    return f"Judged by {made.by} on {day(made.at[:10])}: {what}{where}. Reason: {reason}{beside}"


def unapplied(made: JudgementRecord) -> str:
    """Return a judgement that bears on nothing here, as one sentence; the words judged follow it."""
    return f"{judged(made)}. Not applied: no claim or telling here has these words:"


def proposed(made: ProposalRecord) -> str:
    """Return what a model proposes, with the place that a person names to confirm it; the quote follows."""
    what = "contradicts it" if made.relation == "refutes" else "tells it"
    place = f"{made.report}@{made.span[0]}-{made.span[1]}"
    return f"Proposed by {made.by}, counts for nothing until a person confirms it: [{place}] {what}:"


def manner(claim: ClaimRecord) -> str:
    """Return kind and certainty, such as "forecast, said on a condition"."""
    certain = CERTAINTIES.get(claim.certainty, claim.certainty)
    return f"{claim.kind}, {certain}" if certain else claim.kind


def link(record: LinkRecord) -> str:
    """Return a link of a chain with what it is, such as "a field commander (unnamed)"."""
    return f"{record.name} ({SOURCE_KINDS.get(record.kind, record.kind)})"


def reprint(record: ReprintRecord, own: str) -> str:
    """Return how another report shares text with the checked one, whose outlet is `own`."""
    what = REPRINTS.get(record.kind, record.kind)
    percent = f"{round(record.share * 100)}% of the shorter text"
    way = {
        "from": f"{own} has it from {record.outlet}",
        "to": f"{record.outlet} has it from {own}",
    }.get(record.direction, "which of the two had it first cannot be told")
    origin = f"; it goes back to {record.origin}" if record.origin else ""
    return f"{what}, {percent}: {way}{origin}."
