"""Dossiers and answers as a notebook shows them: one table, no script, everything from outside escaped."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from secondsource.tell import words
from secondsource.tell.clean import line, quoted
from secondsource.tell.groups import Group, groups
from secondsource.tell.records import AnswerRecord, ClaimRecord, DossierRecord, OriginRecord

_LONGEST = 160  # characters of a quote
_ROW = Markup('<tr><td style="text-align:right">{}</td><td style="text-align:left">{}</td>{}</tr>')
_CELL = Markup('<td style="text-align:left">{}{}</td>')


def dossier(record: DossierRecord) -> str:
    """Return the claims of a dossier as an HTML table, its limits below."""
    report = record.report
    rows = [_claim(place, claim, record.origins) for place, claim in enumerate(record.claims, 1)]
    head = Markup("<p><strong>{}</strong><br>{} · {} · {}</p>").format(
        line(report.title or report.id), line(report.outlet), words.day(report.published), line(report.id)
    )
    limits = Markup("").join(Markup("<li>{}</li>").format(line(limit)) for limit in record.limits)
    foot = Markup("<details><summary>What this dossier cannot know</summary><ul>{}</ul></details>").format(
        limits
    )
    return str(head + _table(("", "claim", "evidence"), rows) + (foot if record.limits else ""))


def answer(record: AnswerRecord) -> str:
    """Return the answer to a question as an HTML table of one row."""
    evidence = _CELL.format(_verdict(record), _evidence(groups(record.tellings, ())))
    return str(_table(("", "claim", "evidence"), [_ROW.format("", line(record.claim), evidence)]))


def _claim(place: int, claim: ClaimRecord, origins: Sequence[OriginRecord]) -> Markup:
    chain = " → ".join(words.link(link) for link in claim.links) or "own voice"
    said = Markup("<span dir='auto'>{}</span><br><small>{}</small>").format(
        quoted(claim.quote, _LONGEST), line(chain)
    )
    judged = Markup("").join(
        Markup("<br><small>{}.</small>").format(line(words.judged(made, claim.verdict)))
        for made in claim.judgements
    )
    evidence = _CELL.format(_verdict(claim) + judged, _evidence(groups(claim.tellings, origins)))
    return _ROW.format(place, said, evidence)


def _verdict(claim: ClaimRecord | AnswerRecord) -> Markup:
    return Markup("<strong>{} {}</strong>. {}").format(
        words.SIGNS[claim.verdict], words.VERDICTS[claim.verdict], words.verdict(claim)
    )


def _evidence(found: Sequence[Group]) -> Markup:
    """Return the tellings folded under their number, an entry an origin."""
    if not found:
        return Markup("")
    rows = [
        Markup("<li><strong>{}</strong> {}: <span dir='auto'>{}</span> <small>{}</small></li>").format(
            line(group.origin),
            words.ROLES[group.role].lower(),
            quoted(group.lead.quote, _LONGEST),
            ", ".join(line(telling.outlet) for telling in (group.lead, *group.rest)),
        )
        for group in found
    ]
    told = words.counted(sum(1 + len(group.rest) for group in found), "telling", "tellings")
    return Markup("<details><summary>{}</summary><ul>{}</ul></details>").format(told, Markup("").join(rows))


def _table(heads: Sequence[str], rows: Sequence[Markup]) -> Markup:
    head = Markup("").join(Markup("<th scope='col'>{}</th>").format(name) for name in heads)
    return Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(
        head, Markup("").join(rows)
    )
