"""The step itself: reports in, mentions and attributions out, one spaCy pipe for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from secondsource.extract.foreign import sentences
from secondsource.model import (
    Attribution,
    Certainty,
    Kind,
    Mention,
    Report,
    Section,
    SectionRole,
    SourceKind,
)
from secondsource.text import PARSED

if TYPE_CHECKING:
    from secondsource.extract.mentions import Draft
    from secondsource.extract.parse import Clause, Parser, Tree
    from secondsource.extract.slots import SlotContext
    from secondsource.extract.statement import Dates

METHOD = "rules-6"


@dataclass(frozen=True, slots=True)
class ExtractOptions:
    """How to extract; nothing to choose yet but the batch of the parser."""

    batch: int = 32


class Extractor:
    """Reads mentions and attributions out of reports; loads its parser at the first report."""

    def __init__(self, options: ExtractOptions | None = None) -> None:
        self._options = options or ExtractOptions()
        self._loaded: Parser | None = None

    @property
    def _parser(self) -> Parser:
        if self._loaded is None:
            from secondsource.extract.parse import Parser

            self._loaded = Parser()
        return self._loaded

    def mentions(self, report: Report) -> tuple[Mention, ...]:
        """Return the report's mentions in reading order, own voice included."""
        return next(mentions for _, mentions in self.batch([report]))

    def batch(self, reports: Iterable[Report]) -> Iterator[tuple[Report, tuple[Mention, ...]]]:
        """Yield each report with its mentions, in the order given."""
        for parsed, alike in groupby(reports, lambda report: report.language == PARSED):
            if parsed:
                for report, tree in self._parser.trees(alike):
                    yield report, self._read(report, tree)
            else:
                for report in alike:
                    yield report, sentences(report)

    def attributions(self, report: Report) -> tuple[Attribution, ...]:
        """Return every attribution of the body, whole and unsplit, nested ones too, no own voice."""
        from secondsource.extract.attribution import attributions

        tree = next(tree for _, tree in self._parser.trees([report]))
        return tuple(
            Attribution(tree.spans(one.content), tree.spans(one.source), tree.spans(one.cue))
            for one in attributions(tree, report)
        )

    def statement(self, text: str, published: date | None = None) -> Mention:
        """Return a bare statement read as one claim: report "", content the whole text."""
        report = Report("", "", text, (Section(SectionRole.BODY, (0, len(text))),), published=published)
        tree = self._parser.tree(text)
        return self._whole(report, tree)

    def _read(self, report: Report, tree: Tree) -> tuple[Mention, ...]:
        from secondsource.extract.attribution import attributions
        from secondsource.extract.kinds import kind_of
        from secondsource.extract.mentions import drafts
        from secondsource.extract.slots import SlotContext

        context = SlotContext.of(tree, report.day)

        def stance(clause: Clause, cue: tuple[int, ...]) -> Kind:
            return kind_of(clause, cue, context)

        made = drafts(tree, report, attributions(tree, report), stance)
        return tuple(self._mention(report, context, draft, number) for number, draft in enumerate(made))

    def _mention(self, report: Report, context: SlotContext, draft: Draft, number: int) -> Mention:
        from secondsource.extract.kinds import certainty_of
        from secondsource.extract.slots import read_slots
        from secondsource.extract.statement import denial, statement
        from secondsource.lexicon.sources import source_words

        tree = context.tree
        said = statement(tree, draft.proposition, draft.speaker, _dates(context))
        told = tuple(t for t in draft.cue if t not in draft.clause.tokens)
        certainty, condition = certainty_of(draft.clause, told)
        if draft.proposition.condition:
            certainty, condition = Certainty.CONDITIONAL, tree.spans(draft.proposition.condition)
        stance = draft.kind
        if draft.proposition.condition and stance is Kind.EVENT:
            stance = Kind.FORECAST  # what hangs on a condition has not happened
        first, after = draft.proposition.sentence
        kind = draft.links[0].kind if draft.links else SourceKind.OWN_VOICE
        if not draft.links and any(tree.lemma[t] in source_words().issued for t in draft.cue):
            kind = SourceKind.UNNAMED  # "reports that ...": somebody's, nobody says whose
        return Mention(
            id=f"{report.id}#{number}",
            report=report.id,
            content=tree.spans(draft.clause.tokens),
            sentence=(tree.start[first], tree.end[after - 1]),
            statement=denial(said.text) if certainty is Certainty.DENIED else said.text,
            source=tree.spans(draft.source),
            cue=tree.spans(draft.cue),
            links=draft.links,
            source_kind=kind,
            kind=stance,
            certainty=certainty,
            condition=condition,
            slots=read_slots(draft.clause, context),
            self_contained=said.self_contained,
            method=METHOD,
        )

    def _whole(self, report: Report, tree: Tree) -> Mention:
        from secondsource.extract.kinds import certainty_of, kind_of
        from secondsource.extract.parse import Clause
        from secondsource.extract.slots import SlotContext, read_slots

        span = (0, len(report.body))
        bare = Mention("#0", "", (span,), span, report.body.strip(), method=METHOD)
        if not tree.words:
            return bare
        tokens = tuple(range(len(tree.words)))
        root = next(i for i in tokens if tree.head[i] == i)
        clause = Clause(tree, tokens, root, (0, len(tokens)))
        certainty, condition = certainty_of(clause, ())
        return replace(
            bare,
            kind=kind_of(clause, ()),
            certainty=certainty,
            condition=condition,
            slots=read_slots(clause, SlotContext.of(tree, report.day)),
        )


def _dates(context: SlotContext) -> Dates:
    from secondsource.extract.statement import Dates

    return Dates(tuple((one.span, one.days, one.absolute) for one in context.dates))
