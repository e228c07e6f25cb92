"""Which reports of a pile share text: keys per report, join on key, compare per pair."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from secondsource.model import Report, Reuse, ReuseKind
from secondsource.trace.compare import compare
from secondsource.trace.fingerprint import Keyed, Print, fingerprint, keyed
from secondsource.trace.options import CompareOptions, Join, ReuseOptions
from secondsource.trace.standing import Pairs, Postings, Standing, Stock, learn, near_identical, stories

_HELD = 4_000  # prints kept at once; candidates come in order, so that few are made twice


@dataclass(frozen=True, slots=True)
class Survey:
    """What the keys of a pile say of it: its standing text, the pairs worth comparing, in order.

    `templates` are pairs that share standing text only, with the share of the shorter one's keys.
    """

    standing: Standing
    candidates: tuple[tuple[str, str], ...]
    templates: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True)
class Pile:
    """Reports by id (those at least that candidates name) with what was learned of their pile."""

    reports: Mapping[str, Report]
    survey: Survey


def survey(reports: Sequence[Report], join: Join, options: ReuseOptions | None = None) -> Pile:
    """Return a pile with what its keys say of it."""
    by_id = {report.id: report for report in reports}
    pile = keyed([by_id[report] for report in sorted(by_id)])
    return Pile(by_id, survey_keys(pile, join, options or ReuseOptions()))


def survey_keys(pile: Sequence[Keyed], join: Join, options: ReuseOptions) -> Survey:
    """Return what the keys of a pile, in order of report, say of it; no report is needed."""
    speech = [one.of_speech(wanted=True) for one in pile]
    pile = [one.of_speech(wanted=False) for one in pile]
    postings = Postings.of(pile)
    merged = near_identical(pile, postings)
    table = key_table(pile, postings, merged)
    pairs = Pairs.of(pile, join(table, None, cap=options.cap, least=options.own_keys))
    standing = learn(pile, postings, stories(pile, merged, pairs, options.standing), options.standing)
    rest = table.filter(pa.array(~standing.holds(postings.keys)))
    own = Pairs.of(pile, join(rest, None, cap=options.cap, least=options.own_keys))
    stock = pairs.where((pairs.shared >= options.any_keys) & ~pairs.among(own))
    shares = (stock.shared / stock.shorter).tolist()
    templates = tuple((a, b, share) for (a, b), share in zip(stock.named(), shares, strict=True))
    quoting = _quoting(speech, join, options)
    quoting = quoting.where(~quoting.among(own) & ~quoting.among(stock))
    return Survey(standing, tuple(sorted([*own.named(), *quoting.named()])), templates)


def _quoting(speech: Sequence[Keyed], join: Join, options: ReuseOptions) -> Pairs:
    """Return the pairs that share quotations, by the keys of these alone."""
    postings = Postings.of(speech)
    table = key_table(speech, postings, {one.report: one.report for one in speech})
    return Pairs.of(speech, join(table, None, cap=options.cap, least=options.speech_keys))


def key_table(pile: Sequence[Keyed], postings: Postings, merged: Mapping[str, str]) -> pa.Table:
    """Return the table `(id, key, group)` that the engine joins, without keys of one report only.

    Near-identical bodies count as one group, that of the least id among them.
    """
    groups = {one.report: one.group for one in pile}
    at = pa.array(postings.reports)
    ids = pa.array([one.report for one in pile], pa.string()).take(at)
    group = pa.array([groups[merged[one.report]] for one in pile], pa.string()).take(at)
    return pa.table({"id": ids, "key": pa.array(postings.keys, pa.int64()), "group": group})


def compare_all(
    pile: Pile, options: CompareOptions, wanted: Callable[[str, str], bool] | None = None
) -> list[Reuse]:
    """Return the reuse of a pile, by (a, b); `wanted` keeps a pair if it says so.

    Pairs that share standing text only are named without aligning them: they have no spans.
    """
    comparer = _Comparer(pile, options)
    found = [comparer(a, b) for a, b in pile.survey.candidates if wanted is None or wanted(a, b)]
    found += [
        Reuse(a, b, ReuseKind.BOILERPLATE, round(share, 4))
        for a, b, share in pile.survey.templates
        if wanted is None or wanted(a, b)
    ]
    return sorted((reuse for reuse in found if reuse is not None), key=lambda reuse: (reuse.a, reuse.b))


class _Comparer:
    """Compares pairs of a pile, keeping the prints last used, and the result for one text printed twice."""

    def __init__(self, pile: Pile, options: CompareOptions) -> None:
        self._pile = pile
        self._options = options
        self._prints: dict[str, tuple[Print, Stock]] = {}
        self._unaltered: dict[str, Reuse | None] = {}

    def __call__(self, a: str, b: str) -> Reuse | None:
        """Return how two reports share text."""
        body = self._pile.reports[a].body
        if body != self._pile.reports[b].body:
            return self._compared(a, b)
        if body not in self._unaltered:
            self._unaltered[body] = self._compared(a, b)
        held = self._unaltered[body]
        return held and replace(held, a=a, b=b)

    def _compared(self, a: str, b: str) -> Reuse | None:
        (print_a, stock_a), (print_b, stock_b) = self._ready(a), self._ready(b)
        return compare(print_a, print_b, (stock_a, stock_b), self._options)

    def _ready(self, one: str) -> tuple[Print, Stock]:
        if one not in self._prints:
            if len(self._prints) >= _HELD:
                self._prints.pop(next(iter(self._prints)))
            whole = fingerprint(self._pile.reports[one])
            self._prints[one] = whole, self._pile.survey.standing.in_print(whole, self._options.passage)
        return self._prints[one]
