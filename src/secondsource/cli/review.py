"""Judge what was suggested: links, sources, verdicts and grades, with name and reason."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from secondsource.cli.app import app
from secondsource.cli.shared import (
    REJECTED,
    LibraryOption,
    complain,
    opened_library,
    progress,
    read_text,
    write,
)
from secondsource.errors import UnfitJudgement

if TYPE_CHECKING:
    from secondsource.model import Decision, Subject
    from secondsource.pipeline import Library
    from secondsource.tell.records import ClaimRecord, DossierRecord


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was typed of one judgement."""

    claim: int | None
    link: str
    confirm: bool
    reject: bool
    relation: str
    source: str | None
    verdict: str
    letter: str

    @property
    def judges(self) -> bool:
        return self.source is not None or any(
            (self.confirm, self.reject, self.relation, self.verdict, self.letter)
        )


@app.command()
def review(
    context: typer.Context,
    report: Annotated[str, typer.Argument(metavar="[REPORT]", help="A file, a URL, or a report's id.")] = "",
    library: LibraryOption = None,
    claim: Annotated[int | None, typer.Option(min=1, help="Number of the claim, as printed.")] = None,
    link: Annotated[str, typer.Option(metavar="ID", help="One telling of the claim, as printed.")] = "",
    confirm: Annotated[bool, typer.Option("--confirm", help="The link, source or verdict stands.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="It does not.")] = False,
    relation: Annotated[str, typer.Option(help="The link is this: supports, refutes.")] = "",
    source: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose words they are; '' with --confirm or --reject.")
    ] = None,
    verdict: Annotated[str, typer.Option(metavar="LABEL", help="The claim is this, beside the count.")] = "",
    letter: Annotated[str, typer.Option(help="Admiralty letter of the report's outlet, A to F.")] = "",
    by: Annotated[str, typer.Option(metavar="NAME", help="Who judges.")] = "",
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    at: Annotated[str, typer.Option(metavar="TIME", help="When, as 2031-05-06T09:30Z. Default: now.")] = "",
    history: Annotated[bool, typer.Option("--history", help="Print every judgement ever made.")] = False,
    out: Annotated[
        Path | None, typer.Option("--export", metavar="FILE", help="Write all judgements as JSONL; - prints.")
    ] = None,
    into: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="Take in judgements from JSONL.")
    ] = None,
) -> None:
    """Confirm, reject or change a link, a source or a verdict.

    A judgement then outranks what is suggested.

    Without a judgement the claims are printed with the ids of their links.

    Example: secondsource review velm-1 --claim 2 --link velm-3@40-96 --reject --by "A. Reader"
    --reason "another fire"
    """
    from secondsource.pipeline import review as reviewing
    from secondsource.tell import judged

    wish = _Wish(claim, link, confirm, reject, relation, source, verdict, letter)
    with opened_library(context, library) as opened, progress() as on_progress:
        if into:
            _take_in(opened, into)
        if out:
            write(out, reviewing.export(opened))
        if history:
            sys.stdout.write(judged.history(opened.judgements.all()))
        if not report:
            if wish.judges or not (into or out or history):
                raise UnfitJudgement("review: name the REPORT whose claims are judged")
            return
        dossier = opened.check(report, None, None, on_progress)
        if wish.judges:
            _judge(opened, report, dossier, wish, (by, reason, at))
        elif not (into or out or history):
            sys.stdout.write(judged.links(dossier, claim))


def _judge(
    library: Library, report: str, dossier: DossierRecord, wish: _Wish, said: tuple[str, str, str]
) -> None:
    """Judge as wished and print what it changed."""
    from secondsource.model import Judgement
    from secondsource.pipeline import review as reviewing
    from secondsource.tell import judged

    by, reason, at = said
    subject, decision, value = _decided(dossier, wish)
    judgement = Judgement.of(subject, decision, by, _time(at), reason=reason, value=value)
    effect = reviewing.judge(library, judgement, report)
    sys.stdout.write(judged.history([effect.judgement]))
    sys.stdout.write(judged.effect(effect.before, effect.after))


def _decided(dossier: DossierRecord, wish: _Wish) -> tuple[Subject, Decision, str]:
    """Return what is judged, how, and the value.

    Raises:
        UnfitJudgement: there is no such claim or link, or not one thing was asked for.
    """
    from secondsource.model import Decision
    from secondsource.pipeline import review as reviewing

    asked = (wish.confirm, wish.reject, wish.relation, wish.source or "", wish.verdict, wish.letter)
    if sum(map(bool, asked)) != 1:
        raise UnfitJudgement(
            "review: give one of --confirm, --reject, --relation, --source NAME, --verdict, --letter"
        )
    decision = Decision.CONFIRM if wish.confirm else Decision.REJECT if wish.reject else Decision.CHANGE
    if wish.letter:
        return reviewing.grade_subject(dossier.report.outlet), decision, wish.letter
    claim = _claim(dossier, wish.claim)
    if wish.source is not None:
        return reviewing.source_subject(dossier, claim, wish.link or None), decision, wish.source
    if wish.link:
        value = _suggested(claim, wish.link) if wish.confirm else wish.relation
        return reviewing.link_subject(dossier, claim, wish.link), decision, value
    if wish.relation:
        raise UnfitJudgement("review: --relation is of one link: name it with --link, as printed")
    value = claim.verdict if wish.confirm else wish.verdict
    return reviewing.verdict_subject(dossier, claim), decision, value


def _claim(dossier: DossierRecord, number: int | None) -> ClaimRecord:
    if number is None or number > len(dossier.claims):
        raise UnfitJudgement(f"review: give --claim, a number from 1 to {len(dossier.claims)}")
    return dossier.claims[number - 1]


def _suggested(claim: ClaimRecord, link: str) -> str:
    """Return the relation of a link that is to be confirmed."""
    for telling in claim.tellings:
        if telling.link == link:
            return telling.relation
    raise UnfitJudgement(
        f"review: nothing is suggested of {link!r} on this claim, so that nothing can be confirmed:"
        " take an id as 'secondsource review REPORT' prints it, or say --relation"
    )


def _time(at: str) -> datetime:
    """Return the time of a judgement: the only clock that enters a dossier is this one, by name."""
    try:
        return datetime.fromisoformat(at) if at else datetime.now(UTC).replace(microsecond=0)
    except ValueError:
        raise UnfitJudgement(f"--at {at!r} is no time: write it as 2031-05-06T09:30Z") from None


def _take_in(library: Library, path: Path) -> None:
    from secondsource.pipeline import review as reviewing

    found = reviewing.import_(library, path.name, read_text(path))
    complain(f"{found.added} judgements added, {found.known} known, {len(found.rejected)} rejected")
    for key in found.conflicts:
        complain(f"conflict: {key} has more than one judgement in force; the latest counts")
    for reject in found.rejected:
        complain(f"rejected {reject.where}: {reject.reason}")
    if found.rejected:
        raise typer.Exit(REJECTED)
