"""The dossier as Markdown: for an issue, a wiki or a mail."""

from __future__ import annotations

import re

from secondsource.tell import words
from secondsource.tell.clean import line
from secondsource.tell.groups import Group, groups
from secondsource.tell.records import ClaimRecord, DossierRecord, TellingRecord

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")


def render(dossier: DossierRecord) -> str:
    """Return the dossier as CommonMark; outside text is escaped and cannot become markup."""
    report = dossier.report
    pile = {other.id: other.outlet for other in dossier.pile}
    rows = [
        f"# {_plain(report.title or report.id)}",
        "",
        f"{_plain(report.outlet or 'unknown outlet')}, {words.day(report.published)} ({_plain(report.id)}). "
        "Counted are origins, not articles; nothing here says what is true.",
    ]
    for place, claim in enumerate(dossier.claims, 1):
        rows += _claim(place, claim, dossier, pile)
    rows += _list("What this report leaves out", [_plain(left.quote) for left in dossier.omissions])
    own = report.outlet or "this report"
    shared = [_plain(f"{reprint.report}: {words.reprint(reprint, own)}") for reprint in dossier.reprints]
    rows += _list("Shared text", shared)
    rows += _list("What this dossier cannot know", [_plain(limit) for limit in dossier.limits])
    unapplied = [
        _plain(f"{words.unapplied(made)} “{made.claim_quote or made.quote}”") for made in dossier.unapplied
    ]
    rows += _list("Judgements that no longer apply", unapplied)
    rows += _list("Rejected", [_plain(f"{r.where} ({r.stage}): {r.reason}") for r in dossier.rejects])
    return "\n".join(rows) + "\n"


def _claim(place: int, claim: ClaimRecord, dossier: DossierRecord, pile: dict[str, str]) -> list[str]:
    chain = [words.link(link) for link in claim.links] + [dossier.report.outlet or "unknown outlet"]
    rows = [
        "",
        f"## {place}. {words.VERDICTS.get(claim.verdict, claim.verdict).capitalize()}",
        "",
        f"> {_plain(claim.quote)}",
        "",
        f"{words.verdict(claim)} {words.manner(claim).capitalize()}. "
        f"Said by: {' → '.join(_plain(link) for link in chain)}.",
    ]
    if claim.outcome:
        rows += ["", f"Outcome: {words.outcome(claim)}."]
    for made in claim.judgements:
        rows += ["", f"{_plain(words.judged(made, claim.verdict))}."]
    role = ""
    for group in groups(claim.tellings, dossier.origins):
        if group.role != role:
            role = group.role
            rows += ["", f"**{words.ROLES[role]}**", ""]
        rows += _group(group)
    for label, ids in (("Silent", claim.silent), ("Undetermined", claim.undetermined)):
        if ids:
            rows += ["", f"{label}: {', '.join(_plain(f'{pile.get(name, name)} ({name})') for name in ids)}."]
    for proposal in claim.proposals:
        rows += ["", f"{_plain(words.proposed(proposal))} “{_plain(proposal.quote)}”"]
    return rows


def _group(group: Group) -> list[str]:
    return [f"- {_plain(group.origin)}", *(_telling(telling) for telling in (group.lead, *group.rest))]


def _telling(telling: TellingRecord) -> str:
    clashes = "".join(
        f"; {_plain(clash.slot)}: “{_plain(clash.claimed)}” against “{_plain(clash.told)}”"
        for clash in telling.conflicts
    )
    where = f"{_plain(telling.outlet)}, {words.day(telling.published)} ({_plain(telling.report)})"
    judged = "".join(f"; {_plain(words.judged(made))}" for made in telling.judgements)
    return f"  - {where}: “{_plain(telling.quote)}”{clashes}{judged}"


def _list(title: str, items: list[str]) -> list[str]:
    return ["", f"## {title}", "", *(f"- {item}" for item in items)] if items else []


def _plain(text: str) -> str:
    """Return outside text on one line, every character that Markdown reads as markup escaped."""
    return _SPECIAL.sub(r"\\\1", line(text))
