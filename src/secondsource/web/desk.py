"""What the server's pages and its API both do: look things up, and put work in line."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from starlette.requests import Request

from secondsource.errors import UnreadableInput
from secondsource.model import Decision, JudgedKind, Judgement, Relation, Report, Subject, Verdict
from secondsource.pipeline import Addition, OnProgress, review
from secondsource.read import ReadOptions
from secondsource.store.catalogue import Catalogue
from secondsource.tell import lines
from secondsource.tell.records import AnswerRecord, ClaimRecord, DossierRecord, JudgementRecord
from secondsource.web.crew import Crew
from secondsource.web.faults import Refused
from secondsource.web.jobs import Bench, Jobs, Outcome
from secondsource.web.options import ServeOptions
from secondsource.web.records import CountedRecord, EffectRecord, JobRecord, JudgeRequest
from secondsource.web.shelf import DossierShelf, Kept, report_address
from secondsource.web.tokens import Person

READERS = 4
NEW_SHOWN = 50  # reports named of those that adding brought in

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Arriving:
    """What is to be added: a web address, or a file's name and bytes; with what is said of it."""

    options: ReadOptions
    url: str = ""
    name: str = ""
    content: bytes = b""


class Desk:
    """A library being served: threads that look up, threads that work, and the dossiers kept."""

    def __init__(self, options: ServeOptions) -> None:
        """Open for business; nothing is read yet."""
        self.options = options
        self.jobs = Jobs(options)
        self.shelf = DossierShelf()
        self._readers = Crew(READERS, "read", lambda: Catalogue(options.library))

    def close(self) -> None:
        """Finish what is under way and close the library."""
        self.jobs.close()
        self._readers.close()

    async def look(self, task: Callable[[Catalogue], _Found]) -> _Found:
        """Return what a task finds in the library."""
        return await asyncio.wrap_future(self._readers.submit(task))

    async def finished(self, job: JobRecord) -> Outcome:
        """Return the outcome of a job, when it is done.

        Raises:
            Refused: it failed.
        """
        return await asyncio.wrap_future(self.jobs.future(job.id))

    async def report(self, report: str) -> Report:
        """Return a report of the library.

        Raises:
            Refused: there is none of that id.
        """
        return (await self.report_and_dossier(report))[0]

    async def report_and_dossier(self, report: str) -> tuple[Report, Kept | None]:
        """Return a report with its dossier, if that is made already.

        Raises:
            Refused: there is none of that id.
        """
        found, contents = await self.look(lambda at: (at.reports([report]), at.contents()))
        if not found:
            raise Refused(404, "The library has no such report.")
        return found[0], self.shelf.get(report, contents)

    async def dossier(self, report: str) -> DossierRecord:
        """Return the dossier of a report.

        Raises:
            Refused: there is no such report, or it is not checked against the library as it is now.
        """
        kept = (await self.report_and_dossier(report))[1]
        if kept is None:
            raise Refused(404, "This report is not checked against the library as it is now: check it.")
        return kept.record

    async def check(self, report: str) -> JobRecord:
        """Have a report checked.

        Raises:
            Refused: there is no such report, or too much stands in line.
        """
        await self.report(report)
        return self.jobs.start("check", report, lambda bench, tell: self._checked(bench, report, tell))

    async def claim(self, report: str, number: int) -> tuple[DossierRecord, ClaimRecord]:
        """Return the dossier of a report and its n-th claim, counted from 1.

        Raises:
            Refused: the report is not checked, or has no such claim.
        """
        dossier = await self.dossier(report)
        if not 1 <= number <= len(dossier.claims):
            raise Refused(404, f"The report has {len(dossier.claims)} claims.")
        return dossier, dossier.claims[number - 1]

    def trace(self) -> JobRecord:
        """Have it traced which reports share text.

        Raises:
            Refused: too much stands in line.
        """

        def work(bench: Bench, on_progress: OnProgress) -> Outcome:
            found = bench.library.origins(on_progress)
            return Outcome(f"{len(found)} pairs of reports share text.", "/origins")

        return self.jobs.start("origins", "", work)

    def ask(self, statement: str) -> JobRecord:
        """Have the evidence for a bare statement looked for; the outcome's value is an `AnswerRecord`.

        Raises:
            Refused: too much stands in line.
        """

        def work(bench: Bench, _: OnProgress) -> Outcome:
            answer: AnswerRecord = bench.library.ask(statement)
            return Outcome(answer.verdict, "", value=answer)

        return self.jobs.start("ask", "", work)

    def add(self, arriving: Arriving) -> JobRecord:
        """Have something read into the library.

        Raises:
            Refused: it is neither a web address nor a file, or too much stands in line.
        """
        if arriving.url and not arriving.url.startswith(("http://", "https://")):
            raise Refused(422, "A web address begins with http:// or https://.")
        if not arriving.url and not arriving.content:
            raise Refused(422, "Name a web address, or choose a file that is not empty.")

        def work(bench: Bench, on_progress: OnProgress) -> Outcome:
            before = frozenset(bench.catalogue.ids())
            added = _added(bench, arriving, on_progress)
            new = [report for report in bench.catalogue.ids() if report not in before]
            return Outcome(_addition(added, arriving), "/", tuple(new[:NEW_SHOWN]))

        return self.jobs.start("add", "", work)

    async def judge(self, asked: JudgeRequest, person: Person) -> JobRecord:
        """Have a judgement kept, and the report checked again; the outcome's value is an `EffectRecord`.

        Raises:
            Refused: there is no such claim or telling, or nobody says who judges.
        """
        dossier, claim = await self.claim(asked.report, asked.claim)
        subject = subject_of(asked, dossier, claim)
        by = person.name or asked.by.strip()
        if not by:
            raise Refused(422, "A judgement needs a name: say who judges.")
        made = Judgement.of(
            subject,
            asked.decision,
            by,
            datetime.now(UTC),
            reason=asked.reason,
            value=value_of(asked, claim),
        )

        def work(bench: Bench, on_progress: OnProgress) -> Outcome:
            effect = review.judge(bench.library, made, asked.report)
            self._checked(bench, asked.report, on_progress)
            said = "The judgement is kept."
            address = f"{report_address(asked.report)}/claims/{asked.claim}"
            return Outcome(said, address, value=_effect(effect))

        return self.jobs.start("judge", asked.report, work)

    async def history(self, subjects: Sequence[Subject]) -> tuple[JudgementRecord, ...]:
        """Return every judgement ever made on these subjects, by date."""
        keys = [subject.key for subject in subjects]
        found = await self.look(lambda at: [made for key in keys for made in at.judgements.of(key)])
        return tuple(lines.judgement(made) for made in sorted(found, key=lambda made: (made.at, made.id)))

    def _checked(self, bench: Bench, report: str, on_progress: OnProgress) -> Outcome:
        contents = bench.catalogue.contents()
        dossier = bench.library.check(report, on_progress=on_progress)
        self.shelf.put(dossier, contents)
        return Outcome(f"{len(dossier.claims)} claims checked.", report_address(report))


def desk_of(request: Request) -> Desk:
    """Return the desk of the server that a request came to."""
    desk: Desk = request.app.state.desk
    return desk


def subject_of(asked: JudgeRequest, dossier: DossierRecord, claim: ClaimRecord) -> Subject:
    """Return what is judged.

    Raises:
        Refused: no telling is named, or the report names no outlet.
    """
    if asked.kind is JudgedKind.GRADE:
        if not dossier.report.outlet:
            raise Refused(422, "The report names no outlet that could be graded.")
        return review.grade_subject(dossier.report.outlet)
    if asked.kind is JudgedKind.VERDICT:
        return review.verdict_subject(dossier, claim)
    if asked.kind is JudgedKind.ATTRIBUTION:
        return review.source_subject(dossier, claim, asked.link or None)
    if not asked.link:
        raise Refused(422, "Say which telling is judged: the link of one of the claim's tellings.")
    return review.link_subject(dossier, claim, asked.link)


def value_of(asked: JudgeRequest, claim: ClaimRecord) -> str:
    """Return the value of a judgement; what is confirmed without one is what was suggested."""
    if asked.decision is not Decision.CONFIRM or asked.value:
        return asked.value if asked.decision is not Decision.REJECT else ""
    if asked.kind is JudgedKind.VERDICT:
        return claim.verdict
    if asked.kind is JudgedKind.LINK:
        return next((one.relation for one in claim.tellings if one.link == asked.link), "supports")
    return ""


def day_of(text: str) -> date | None:
    """Return the day that a text gives, None for an empty one.

    Raises:
        Refused: it is not a day.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(422, "A day is written as 2031-05-02.") from None


def _added(bench: Bench, arriving: Arriving, on_progress: OnProgress) -> Addition:
    if arriving.url:
        return bench.library.add([arriving.url], arriving.options, on_progress)
    with TemporaryDirectory() as folder:
        file = Path(folder) / arriving.name
        file.write_bytes(arriving.content)
        try:
            return bench.library.add([str(file)], arriving.options, on_progress)
        except UnreadableInput as error:
            raise Refused(422, str(error).replace(f"{folder}/", "")) from error


def _addition(added: Addition, arriving: Arriving) -> str:
    said = f"{added.read} read, {len(added.duplicates)} of them duplicates, {added.known} known already"
    if not added.rejected:
        return f"{said}."
    first = added.rejected[0]
    why = first.reason if len(added.rejected) == 1 else f"{first.reason} (the first)"
    return f"{said}; {len(added.rejected)} rejected: {arriving.url or arriving.name}: {why}"


def _effect(effect: review.Effect) -> EffectRecord:
    return EffectRecord(
        judgement=lines.judgement(effect.judgement),
        changed=effect.changed,
        before=tuple(map(_counted, effect.before)),
        after=tuple(map(_counted, effect.after)),
    )


def _counted(verdict: Verdict) -> CountedRecord:
    relations = [telling.evidence.relation for telling in verdict.tellings]
    return CountedRecord(
        verdict=verdict.label,
        independent_origins=verdict.independent_origins,
        own_origin=verdict.own_origin.name if verdict.own_origin else None,
        supports=relations.count(Relation.SUPPORTS),
        refutes=relations.count(Relation.REFUTES),
    )
