"""The whole story on one screen: read, extract, trace, match, weigh, tell.

`Library` is the public face. Its methods bind the steps to one store; the steps
themselves know neither the store nor each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import msgspec

from secondsource import __version__, encode, lexicon, match, plugins, trace
from secondsource.errors import LibraryError, UnknownReport, UnreadableInput
from secondsource.extract import METHOD, Extractor
from secondsource.lexicon import actors
from secondsource.match import Told
from secondsource.model import Claim, Rejected, Report, Reuse, Verdict
from secondsource.pipeline import descent
from secondsource.pipeline.beside import changed, left_out
from secondsource.pipeline.forget import put
from secondsource.pipeline.inputs import OnProgress, is_input, read_all, read_many, silent
from secondsource.pipeline.judged import InForce
from secondsource.pipeline.models import proposed
from secondsource.pipeline.pile import Pile, claims_of, locate, verdict_on
from secondsource.pipeline.readers import read_each
from secondsource.pipeline.shelf import BATCH, COUNTS, READ, READING, SOURCES, Shelf, counted, each
from secondsource.pipeline.unswept import unswept
from secondsource.read import ReadOptions
from secondsource.store.port import Arrival, Judgements, Store
from secondsource.store.sqlite import SqliteStore
from secondsource.tell import dossier, lines
from secondsource.tell.records import AnswerRecord, DossierRecord, PairRecord, QuestionRecord
from secondsource.text import PARSED

if TYPE_CHECKING:
    from secondsource.engine.port import Engine

VERSIONS = {
    "secondsource": __version__,
    "extract": METHOD,
    "trace": trace.KEYS,
    "match": match.VERSION,
}


@dataclass(frozen=True, slots=True)
class Addition:
    """What came of adding inputs, in the order of reading.

    `read` reports were new (duplicates and renamed ones among them), `known` were there
    already; `duplicates` pairs a new report with an earlier one of the same text, `renamed`
    the id that was asked for with the one given.
    """

    read: int
    known: int
    total: int
    duplicates: tuple[tuple[str, str], ...]
    renamed: tuple[tuple[str, str], ...]
    rejected: tuple[Rejected, ...]


class Library:
    """A pile of reports that is kept, and the questions it answers."""

    def __init__(
        self,
        path: Path | str,
        *,
        create: bool = True,
        model: match.Model | None = None,
        held_only: bool = False,
        workers: int = 1,
    ) -> None:
        """Open the library at `path`; `model` may propose what is said by reports left undetermined.

        So many `workers` are processes that read what is added; what they read does not depend on it.

        With `held_only` the name of a report to check is never taken for a file or URL, as befits a
        server, whose callers must not choose files.

        Raises:
            LibraryError: it cannot be opened, or is missing and `create` is False.
        """
        self._store: Store = SqliteStore(Path(path), create=create)
        self._extractor = Extractor()
        self._model = model
        self._held_only = held_only
        self._workers = workers

    def close(self) -> None:
        """Close the library's file."""
        self._store.close()

    def add(
        self,
        inputs: Sequence[str],
        options: ReadOptions | None = None,
        on_progress: OnProgress = silent,
        *,
        anew: bool = False,
    ) -> Addition:
        """Read files and URLs into the library and extract their mentions; safe to repeat.

        An interrupted run has lost nothing: the next one goes on where it stopped. Bytes that were
        forgotten are refused unless wanted `anew`.

        Raises:
            UnreadableInput: the only input cannot be read at all.
        """
        told: list[tuple[str, str, Arrival, str]] = []  # without the reports: an archive may hold many
        rejected: list[Rejected] = []
        for done, item in enumerate(read_many(inputs, options or ReadOptions()), 1):
            on_progress("reading", done, None)
            if isinstance(item, Rejected):
                self._store.put_reject(item)
                rejected.append(item)
            else:
                added = put(self._store, item, anew=anew)
                if isinstance(added, Rejected):
                    rejected.append(added)  # not kept: a list of what was forgotten would tell of it
                    continue
                told.append((item[1].id, added.report.id, added.arrival, added.same_text_as))
        self._extract(on_progress)
        return Addition(
            read=sum(arrival is not Arrival.KNOWN for _, _, arrival, _ in told),
            known=sum(arrival is Arrival.KNOWN for _, _, arrival, _ in told),
            total=self._store.count(),
            duplicates=tuple((given, twin) for _, given, _, twin in told if twin),
            renamed=tuple((asked, given) for asked, given, arrival, _ in told if arrival is Arrival.RENAMED),
            rejected=tuple(rejected),
        )

    def check(
        self,
        report: str,
        options: ReadOptions | None = None,
        as_of: date | None = None,
        on_progress: OnProgress = silent,
    ) -> DossierRecord:
        """Return the dossier of one report, a file, a URL or the id of a report held, against the library.

        Nothing published after `as_of` is used; by default that is the newest day in report
        and library.

        Raises:
            UnreadableInput: the file or page cannot be read as one report.
            UnknownReport: there is no such file and no such id.
        """
        subject = self.read(report, options)
        return self._dossier(subject, self.pile(as_of, on_progress, subject), on_progress)

    def prepare(self, on_progress: OnProgress = silent) -> None:
        """Do now what the first question after an addition would wait for; safe to repeat, or to leave out.

        Trace copied text, learn what reports say of their sources, count words: work on the whole library.
        """
        self.pile(on_progress=on_progress)

    @unswept
    def _dossier(self, subject: Told, pile: Pile, on_progress: OnProgress) -> DossierRecord:
        claims = claims_of(subject)
        verdicts = []
        for done, claim in enumerate(claims, 1):
            verdicts.append(verdict_on(claim, claim.mention, pile, subject.report))
            on_progress("weighing", done, len(claims))
        reuse = pile.shelf.reuse(subject.report.id)
        pile.shelf.read(other for r in reuse for other in (r.a, r.b))
        changes, omissions = changed(subject.report, pile), left_out(subject, verdicts, pile)
        proposals, limits = proposed(self._model, claims, verdicts, pile) if self._model else ((), ())
        return dossier.build(
            dossier.Material(
                report=subject.report,
                claims=claims,
                verdicts=tuple(verdicts),
                pile=tuple(told.report for told in pile.shelf.every() if told.report.id != subject.report.id),
                languages=pile.shelf.languages(subject.report),
                reuse=tuple(reuse),
                changes=changes,
                omissions=omissions,
                proposals=proposals,
                edges=descent.edges(claims, verdicts, pile),
                rarities=descent.rarities(subject, verdicts, pile),
                unapplied=pile.in_force.unapplied(subject.report.id, verdicts),
                limits=limits,
                polyglot=bool(pile.shelf.in_other_words(PARSED)) and encode.multilingual() is not None,
                rejects=tuple(self._store.rejects()),
                as_of=pile.shelf.as_of,
                versions=VERSIONS | ({"model": self._model.name} if self._model else {}),
                find_actors=actors.find,
            )
        )

    @property
    def store(self) -> Store:
        """What is kept; the other stories of this package read and write there."""
        return self._store

    def pile(
        self, as_of: date | None = None, on_progress: OnProgress = silent, subject: Told | None = None
    ) -> Pile:
        """Return the library up to a day as claims are weighed against it, with all mentions and reuse.

        `subject` is traced in if the library does not hold it.
        """
        self._extract(on_progress)
        state = self._traced(on_progress)
        counts = b"" if as_of else self._kept(COUNTS, state, lambda: counted(self._store))
        shelf = Shelf(self._store, as_of, subject, self._trace, counts)
        learned = [self._learned(as_of, state)]
        if shelf.beside is not None:
            learned.append(trace.learn([(shelf.beside.report, shelf.beside.mentions)]))
        in_force = InForce.of(self._store.judgements.all())
        return Pile(shelf, trace.context_over(shelf, *learned), in_force=in_force)

    @property
    def judgements(self) -> Judgements:
        """What people judged, as it is kept; `pipeline.review` judges."""
        return self._store.judgements

    def read(self, report: str, options: ReadOptions | None = None) -> Told:
        """Return one report, a file, a URL or the id of a report held, with its mentions as held or read now.

        Raises:
            UnreadableInput: the file or page cannot be read as one report.
            UnknownReport: there is no such file and no such id.
        """
        if self._held_only or not is_input(report):
            if not self._store.reports([report]):
                raise UnknownReport(f"{report}: no such file, and no report of that id in the library")
            self._extract(silent)
            return next(each(self._store, [report]))
        reports, rejects = read_all([report], options or ReadOptions())
        if len(reports) != 1:
            why = (
                rejects[0].reason if rejects else f"it holds {len(reports)} reports; add it, check one by id"
            )
            raise UnreadableInput(f"{report}: cannot be checked: {why}")
        return Told(reports[0], self._extractor.mentions(reports[0]))

    def verdicts(self, subject: Told, only: Callable[[Claim], bool] = bool) -> list[Verdict]:
        """Return the verdicts on those claims of a report that `only` takes, in reading order."""
        pile = self.pile(subject=subject)
        chosen = [claim for claim in claims_of(subject) if only(claim)]
        return [verdict_on(claim, claim.mention, pile, subject.report) for claim in chosen]

    def ask(self, statement: str, as_of: date | None = None) -> AnswerRecord:
        """Return the evidence in the library for one bare statement."""
        return next(self.answer([QuestionRecord(id="claim", statement=statement)], as_of))

    def answer(
        self,
        questions: Sequence[QuestionRecord],
        as_of: date | None = None,
        on_progress: OnProgress = silent,
    ) -> Iterator[AnswerRecord]:
        """Yield the evidence for each question, in order."""
        pile = self.pile(as_of, on_progress)
        for done, question in enumerate(questions, 1):
            on_progress("weighing", done, len(questions))
            verdict = self._answer(question, pile)
            told = pile.shelf.read(telling.evidence.report for telling in verdict.tellings)
            yield lines.answer(verdict, {one.report.id: one.report for one in told})

    def _answer(self, question: QuestionRecord, pile: Pile) -> Verdict:
        among = pile if question.among is None else pile.among(question.among)
        place = pile.find(question.report or "")
        day = place.report.day if place else pile.shelf.as_of
        mention = self._extractor.statement(question.statement, day)
        claim = Claim(question.id, question.statement, mention)
        if place is None:
            return verdict_on(claim, None, among)
        span, own = locate(place, question.quote or "")
        claim = replace(claim, report=place.report.id, span=span)
        return verdict_on(claim, own, among, place.report)

    def _learned(self, as_of: date | None, state: str) -> bytes:
        """Return what reports up to a day say about their sources; that of the whole library is kept."""
        if as_of is not None and (ids := self._store.ids(as_of)) != self._store.ids():
            return self._learn(ids)
        return self._kept(SOURCES, state, lambda: self._learn(self._store.ids()))

    def _kept(self, name: str, state: str, make: Callable[[], bytes]) -> bytes:
        """Return what was worked out from the whole library, made anew if that is no longer the same."""
        fallen = " ".join(sorted(self._store.versions.fallen()))
        state = f"{READING} {state} {fallen}".rstrip()
        kept_for, held = self._store.recall(name)
        if kept_for != state:
            held = make()
            with suppress(LibraryError):  # a library that may not be written answers all the same
                self._store.keep(name, state, held)
        return held

    def _learn(self, ids: Sequence[str]) -> bytes:
        return trace.learn((told.report, told.mentions) for told in each(self._store, ids))

    def _trace(self, report: Report) -> list[Reuse]:
        """Return how a report that is not held shares text with those that are."""
        beside = self._store.holders(trace.KEYS, trace.keys_of(report))
        others = self._store.reports({holder for _, holder in beside})
        return trace.trace_one(report, others, self._engine.join_on_key)

    def origins(self, on_progress: OnProgress = silent) -> list[PairRecord]:
        """Return every pair of reports that share text, by (a, b)."""
        self._traced(on_progress)
        return [lines.pair(reuse) for reuse in self._store.reuse()]

    def _traced(self, on_progress: OnProgress) -> str:
        """Trace the reuse within the library anew if reports came in since; return the library's state."""
        state = self._store.state()
        if self._store.reuse_state() != f"{trace.KEYS} {state}":
            on_progress("tracing", 0, 1)
            reuse = trace.trace_reuse(self._store.reports(), self._engine.join_on_key)
            self._store.put_reuse(f"{trace.KEYS} {state}", reuse)
            on_progress("tracing", 1, 1)
        return state

    @cached_property
    def _engine(self) -> Engine:
        engine: Engine = plugins.load(plugins.ENGINES, "duckdb")()
        return engine

    def _extract(self, on_progress: OnProgress) -> None:
        """Read the mentions of every report that has none by the present method."""
        self._kept(READ, self._store.state(), lambda: self._read_all(on_progress))

    def _read_all(self, on_progress: OnProgress) -> bytes:
        """Read what is unread; there is nothing to keep of that but that it is done."""
        unread = self._store.unread(READING)
        batches = (self._store.reports(unread[at : at + BATCH]) for at in range(0, len(unread), BATCH))
        done = 0
        for batch in read_each(batches, self._workers, lambda: self._extractor):
            read = list(batch)
            self._store.put_mentions(read, READING)
            done += len(read)
            on_progress("extracting", done, len(unread))  # told of what is kept, not of what is read
        return b""


def check(
    report: str, library: Path | str = "secondsource.db", as_of: date | None = None, **told: Any
) -> DossierRecord:
    """Return the dossier of a report (file, URL or id) against a library; `told` as in `ReadOptions`.

    Raises:
        SecondsourceError: the report or the library cannot be used; the message says why.
    """
    opened = Library(library, create=False)
    try:
        return opened.check(report, ReadOptions(**told), as_of)
    finally:
        opened.close()


def ask(statement: str, library: Path | str = "secondsource.db", as_of: date | None = None) -> AnswerRecord:
    """Return the evidence in a library for one statement.

    Raises:
        SecondsourceError: the library cannot be used; the message says why.
    """
    opened = Library(library, create=False)
    try:
        return opened.ask(statement, as_of)
    finally:
        opened.close()


def demo(on_progress: OnProgress = silent) -> DossierRecord:
    """Return the dossier of the shipped example's main report against the rest of its pile."""
    example = files("secondsource") / "example"
    with as_file(example) as folder, TemporaryDirectory() as scratch:
        lexicon.use(folder / "lexicon")
        library = Library(Path(scratch) / "example.db")
        try:
            library.add([str(folder / "reports.jsonl")], on_progress=on_progress)
            main = msgspec.json.decode((folder / "key.json").read_bytes())["report"]
            return library.check(main, on_progress=on_progress)
        finally:
            library.close()
            lexicon.use()


def _by(report: Report, day: date) -> bool:
    """Tell whether a report is known to be published by `day`; one without a date is not."""
    return report.published is not None and report.published <= day
