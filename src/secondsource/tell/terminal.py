"""The dossier for a terminal: plain, readable at 80 columns, without colour, and safe to print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import StringIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from secondsource import text
from secondsource.model import Mention, Report
from secondsource.tell import words
from secondsource.tell.clean import line, quoted
from secondsource.tell.groups import Group, groups
from secondsource.tell.records import (
    AnswerRecord,
    ChangeRecord,
    ClaimRecord,
    DossierRecord,
    PairRecord,
    PileRecord,
    TellingRecord,
)

STYLES = {
    "corroborated": "bold green",
    "contested": "bold red",
    "single-origin": "bold yellow",
    "uncorroborated": "bold cyan",
}

_LONGEST_LIST = 12  # reports named in one list
_LONGEST_QUOTE = 320  # characters
_CHANGES = 6  # changes shown of one reprint, hedges, figures and names first


def render(dossier: DossierRecord, width: int = 80, color: bool = False) -> str:
    """Return the dossier as text of at most `width` columns."""
    out = StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        legacy_windows=False,
    )
    show(dossier, console)
    return "\n".join(row.rstrip() for row in out.getvalue().split("\n"))


def show(dossier: DossierRecord, console: Console | None = None) -> None:
    """Print the dossier: the report, each claim with its evidence, then what concerns the whole."""
    console = console or Console(highlight=False)
    _head(dossier, console)
    for place, claim in enumerate(dossier.claims, 1):
        _claim(place, claim, dossier, console)
    _omissions(dossier, console)
    _reprints(dossier, console)
    _naming(dossier, console)
    _section(console, "What this dossier cannot know", [line(limit) for limit in dossier.limits])
    _section(console, "About the report", [line(note) for note in dossier.report.notes])
    unapplied = [
        f"{line(words.unapplied(made))} {quoted(made.claim_quote or made.quote, _LONGEST_QUOTE)}"
        for made in dossier.unapplied
    ]
    _section(console, "Judgements that no longer apply", unapplied)
    _section(console, "Rejected", [line(f"{r.where} ({r.stage}): {r.reason}") for r in dossier.rejects])


def show_answer(statement: str, answer: AnswerRecord, console: Console | None = None) -> None:
    """Print the evidence for one statement."""
    console = console or Console(highlight=False)
    signs = words.PLAIN_SIGNS if console.options.ascii_only else words.SIGNS
    label = words.VERDICTS.get(answer.verdict, answer.verdict).upper()
    _say(console, Text(quoted(statement), style="bold"))
    _say(console, Text(f"{signs.get(answer.verdict, '')} {label}", style=STYLES.get(answer.verdict, "bold")))
    _say(console, words.verdict(answer))
    if answer.outcome:
        _say(console, f"Outcome: {words.OUTCOMES.get(answer.outcome, answer.outcome)}.")
    _evidence(groups(answer.tellings, ()), console)
    _named(console, "Silent", answer.silent, {})
    _named(console, "Undetermined", answer.undetermined, {})


def show_mentions(report: Report, mentions: Sequence[Mention], console: Console | None = None) -> None:
    """Print what was read in one report: each proposition and who says it through whom."""
    console = console or Console(highlight=False)
    _say(console, Text(line(report.title or report.id), style="bold"))
    _say(console, " · ".join((line(report.told), line(report.id))))
    for place, mention in enumerate(mentions, 1):
        _item(console, f"{place:>2}.", quoted(text.spans_text(report.body, mention.content)))
        _say(console, f"{mention.kind.value}, {mention.certainty.value}; {_sources(mention, console)}", 4)
        for start, end in mention.condition:
            _say(console, f"On the condition: {quoted(report.body[start:end])}", 4)
    console.print()


def show_origins(pairs: Iterable[PairRecord], console: Console | None = None) -> None:
    """Print which reports share text, one row a pair."""
    console = console or Console(highlight=False)
    count = 0
    for count, pair in enumerate(pairs, 1):  # noqa: B007 - counted for the closing line
        how = words.REPRINTS.get(pair.kind, pair.kind)
        origin = f", from {line(pair.origin)}" if pair.origin else ""
        left, right = (pair.b, pair.a) if pair.direction == "b>a" else (pair.a, pair.b)
        arrow = {"common": "="}.get(pair.direction, "->")
        share = f"{round(pair.share * 100)}%"
        _say(console, f"{line(left)} {arrow} {line(right)}: {how}, {share} of the shorter text{origin}")
    _say(console, f"{words.counted(count, 'pair of reports shares', 'pairs of reports share')} text.")


def _sources(mention: Mention, console: Console) -> str:
    if not mention.links:
        return "own voice"
    arrow = " -> " if console.options.ascii_only else " → "
    return arrow.join(f"{line(link.name)} ({words.SOURCE_KINDS[link.kind.value]})" for link in mention.links)


def _say(console: Console, said: str | Text, indent: int = 0) -> None:
    """Print one paragraph, wrapped with every row indented alike."""
    console.print(Padding(said if isinstance(said, Text) else Text(said), (0, 0, 0, indent), expand=False))


def _head(dossier: DossierRecord, console: Console) -> None:
    report = dossier.report
    _say(console, Text(line(report.title) or line(report.id), style="bold"))
    about = (report.outlet or "unknown outlet", words.day(report.published), report.id)
    _say(console, " · ".join(line(part) for part in about))
    tally = [(label, sum(claim.verdict == label for claim in dossier.claims)) for label in words.VERDICTS]
    parts = [f"{words.number(count)} {words.VERDICTS[label]}" for label, count in tally if count]
    summed = f": {', '.join(parts)}" if parts else ""
    _say(console, f"{words.counted(len(dossier.claims), 'claim', 'claims')}{summed}.")
    if dossier.as_of:
        _say(console, f"As of {words.day(dossier.as_of)}.")
    _say(console, "Counted are origins, not articles. This page does not say what is true.")


def _claim(place: int, claim: ClaimRecord, dossier: DossierRecord, console: Console) -> None:
    console.print()
    signs = words.PLAIN_SIGNS if console.options.ascii_only else words.SIGNS
    label = words.VERDICTS.get(claim.verdict, claim.verdict).upper()
    head = Text(f"{place:>2}. ")
    head.append(f"{signs.get(claim.verdict, '')} {label}", style=STYLES.get(claim.verdict, "bold"))
    head.append(f"  ({words.manner(claim)})")
    _say(console, head)
    _say(console, Text(f"{quoted(claim.quote)}", style="bold"), 4)
    _say(console, f"Said by: {_chain(claim, dossier, console)}", 4)
    for condition in claim.condition:
        _say(console, f"On the condition: {quoted(dossier.report.body[slice(*condition)])}", 4)
    _say(console, words.verdict(claim), 4)
    if claim.outcome:
        _say(console, f"Outcome: {words.outcome(claim)}.", 4)
    if not claim.settleable:
        _say(console, "No report can settle this: it is a matter of motive or judgement.", 4)
    for made in claim.judgements:
        _say(console, f"{line(words.judged(made, claim.verdict))}.", 4)
    if claim.grade:
        _say(console, f"Grade {claim.grade.code}: {line(claim.grade.reason)}", 4)
    _evidence(groups(claim.tellings, dossier.origins), console)
    pile = {report.id: report for report in dossier.pile}
    _named(console, "Silent", claim.silent, pile)
    _named(console, "Undetermined", claim.undetermined, pile)
    for proposal in claim.proposals:
        _say(console, f"{line(words.proposed(proposal))} {quoted(proposal.quote, _LONGEST_QUOTE)}", 4)


def _evidence(found: Sequence[Group], console: Console) -> None:
    shown = ""
    for group in found:
        if group.role != shown:
            shown = group.role
            _say(console, Text(f"{words.ROLES[shown]}:", style="underline"), 4)
        _group(group, console)


def _chain(claim: ClaimRecord, dossier: DossierRecord, console: Console) -> str:
    """Return the chain from the one nearest the fact to the publishing outlet, with arrows."""
    arrow = " -> " if console.options.ascii_only else " → "
    links = [words.link(link) for link in claim.links] or list(claim.chain)
    outlet = dossier.report.outlet or "unknown outlet"
    if not links:
        return f"{line(outlet)} (own voice)"
    return arrow.join(line(part) for part in [*links, outlet])


def _group(group: Group, console: Console) -> None:
    what = group.what
    head = Text(line(group.origin), style="bold")
    if what:
        head.append(f"  {line(what.reason)}", style="not bold")
    _say(console, head, 6)
    _telling(group.lead, console, 8)
    same = text.words(group.lead.quote)
    for telling in group.rest:
        if text.words(telling.quote) == same and not telling.conflicts:
            _say(console, f"{_where(telling)}: the same words", 8)
        else:
            _telling(telling, console, 8)


def _telling(telling: TellingRecord, console: Console, indent: int) -> None:
    _say(console, f"{_where(telling)}: {quoted(telling.quote, _LONGEST_QUOTE)}", indent)
    for clash in telling.conflicts:
        _say(console, f"{clash.slot}: {quoted(clash.claimed)} against {quoted(clash.told)}", indent + 2)
    for made in telling.judgements:
        _say(console, f"{line(words.judged(made))}.", indent + 2)
    if telling.relation == "refutes" and telling.reason:
        _say(console, f"Why: {line(telling.reason)}", indent + 2)


def _where(telling: TellingRecord) -> str:
    return f"{line(telling.outlet)}, {words.day(telling.published)} [{line(telling.report)}]"


def _named(console: Console, label: str, ids: Sequence[str], pile: Mapping[str, PileRecord]) -> None:
    """Print a list of reports by outlet, cut after some with their number."""
    if not ids:
        return
    named = [_brief(pile.get(report), report) for report in ids[:_LONGEST_LIST]]
    more = len(ids) - len(named)
    _say(console, f"{label}: {', '.join(named)}{f' and {more} more' if more else ''}", 4)


def _brief(report: PileRecord | None, name: str) -> str:
    return f"{line(report.outlet)} [{line(name)}]" if report else line(name)


def _omissions(dossier: DossierRecord, console: Console) -> None:
    rows = []
    for left_out in dossier.omissions:
        told = words.counted(len(left_out.origins), "origin tells", "origins tell")
        rows.append(f"{quoted(left_out.quote)} [{line(left_out.report)}]. {told} it.")
    _section(console, "What this report leaves out", rows)


def _reprints(dossier: DossierRecord, console: Console) -> None:
    rows = []
    own = dossier.report.outlet or "this report"
    for reprint in dossier.reprints:
        rows.append(f"{line(reprint.report)}: {line(words.reprint(reprint, own))}")
        shown = sorted(reprint.changes, key=lambda change: change.kind in words.PLAIN_CHANGES)[:_CHANGES]
        rows += [f"{line(reprint.report)}, {_change(change)}" for change in shown]
        if len(reprint.changes) > _CHANGES:
            rows.append(f"{line(reprint.report)}: {len(reprint.changes) - _CHANGES} more changes")
    _section(console, "Shared text", rows)


def _change(change: ChangeRecord) -> str:
    """Return one change in words, the telling ones in both wordings."""
    kind = words.CHANGES.get(change.kind, change.kind)
    sides = [quoted(side, _LONGEST_QUOTE) for side in (change.before, change.after) if side]
    return f"{kind}: {' became '.join(sides)}"


def _naming(dossier: DossierRecord, console: Console) -> None:
    rows = []
    for actor in dossier.naming:
        names: dict[str, list[str]] = {}
        for use in actor.names:
            names.setdefault(use.outlet, []).append(f"{line(use.name)} ({use.count})")
        told = "; ".join(f"{line(outlet)}: {', '.join(used)}" for outlet, used in names.items())
        rows.append(f"{line(actor.actor)} - {told}")
    _section(console, "Who calls whom what", rows)


def _item(console: Console, mark: str, said: str) -> None:
    """Print one entry of a list, its rows hanging under each other."""
    grid = Table.grid(padding=(0, 1))
    grid.add_row(Text(mark), Text(said))
    console.print(grid)


def _section(console: Console, title: str, rows: Iterable[str]) -> None:
    """Print a titled list, or nothing when it is empty."""
    held = list(rows)
    if not held:
        return
    console.print()
    _say(console, Text(title, style="bold"))
    for row in held:
        _item(console, "  -", row)
