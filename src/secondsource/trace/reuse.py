"""Which reports of a pile share text: keys per report, join on key, compare per pair."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

import numpy as np
import pyarrow as pa

from secondsource.model import Report, Reuse, ReuseKind
from secondsource.trace.align import Codes
from secondsource.trace.compare import compare
from secondsource.trace.fingerprint import fingerprints
from secondsource.trace.keys import Keys, keyed
from secondsource.trace.options import CompareOptions, Join, ReuseOptions
from secondsource.trace.standing import Pairs, Postings, Standing, groups, learn, near_identical, stories

_AT_ONCE = 1_000  # pairs compared at once: arrays of a few megabytes

Named = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Survey:
    """What the keys of a pile say of it: its standing text, the pairs worth comparing, in order.

    `templates` are pairs that share standing text only, and the share of the shorter one's keys, in three
    columns: there may be many times as many as candidates.
    """

    standing: Standing
    candidates: tuple[Named, ...]
    templates: tuple[Sequence[str], Sequence[str], Sequence[float]] = ((), (), ())


@dataclass(frozen=True, slots=True)
class Pile:
    """Reports by id (those at least that candidates name) with what was learned of their pile."""

    reports: Mapping[str, Report]
    survey: Survey


def survey(reports: Sequence[Report], join: Join, options: ReuseOptions | None = None) -> Pile:
    """Return a pile with what its keys say of it."""
    by_id = {report.id: report for report in reports}
    return Pile(by_id, survey_keys(keyed(by_id.values()), join, options or ReuseOptions()))


def survey_keys(pile: Keys, join: Join, options: ReuseOptions) -> Survey:
    """Return what the keys of a pile say of it; no report is needed."""
    told, speech = (pile.of_speech(wanted=wanted) for wanted in (False, True))
    postings = Postings.of(told)
    merged = near_identical(told, postings)
    table = key_table(told, postings, groups(told)[merged])
    pairs = Pairs.of(told, join(table, None, cap=options.cap, least=options.own_keys))
    standing = learn(told, postings, stories(merged, pairs, options.standing), options.standing)
    rest = table.filter(pa.array(~standing.holds(postings.keys)))
    own = Pairs.of(told, join(rest, None, cap=options.cap, least=options.own_keys))
    stock = pairs.where((pairs.shared >= options.any_keys) & ~pairs.among(own))
    shares = np.round(stock.shared / stock.shorter, 4)
    quoting = _quoting(speech, join, options)
    quoting = quoting.where(~quoting.among(own) & ~quoting.among(stock))
    return Survey(
        standing, tuple(sorted([*own.named(), *quoting.named()])), (*stock.names(), shares.tolist())
    )


def _quoting(speech: Keys, join: Join, options: ReuseOptions) -> Pairs:
    """Return the pairs that share quotations, by the keys of these alone."""
    table = key_table(speech, Postings.of(speech), np.arange(len(speech.reports)))
    return Pairs.of(speech, join(table, None, cap=options.cap, least=options.speech_keys))


def key_table(pile: Keys, postings: Postings, group: Codes) -> pa.Table:
    """Return the table `(id, key, group)` that the engine joins, without keys of one report only.

    `group` numbers the groups of the reports.
    """
    numbers, group = np.unique(group, return_inverse=True)
    return pa.table(
        {
            "id": _coded(postings.reports, pa.array(pile.reports, pa.string())),
            "key": pa.array(postings.keys, pa.int64()),
            "group": _coded(group[postings.reports], pa.array(map(str, numbers.tolist()), pa.string())),
        }
    )


def _coded(numbers: Codes, names: pa.Array) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(numbers, pa.int32()), names)


def compare_all(
    pile: Pile, options: CompareOptions, wanted: Callable[[str, str], bool] | None = None
) -> list[Reuse]:
    """Return the reuse of a pile, by (a, b); `wanted` keeps a pair if it says so.

    Pairs that share standing text only are named without aligning them: they have no spans.
    """
    asked = [pair for pair in pile.survey.candidates if wanted is None or wanted(*pair)]
    found = list(_compared(pile, asked, options))
    found += [
        Reuse(a, b, ReuseKind.BOILERPLATE, share)
        for a, b, share in zip(*pile.survey.templates, strict=True)
        if wanted is None or wanted(a, b)
    ]
    return sorted(found, key=attrgetter("a", "b"))


def _compared(pile: Pile, pairs: Sequence[Named], options: CompareOptions) -> Iterator[Reuse]:
    """Yield the reuse of pairs; one text printed twice is compared once, however often it is printed."""
    unaltered: dict[str, list[Named]] = {}
    asked: list[Named] = []
    for a, b in pairs:
        body = pile.reports[a].body
        if body == pile.reports[b].body:
            unaltered.setdefault(body, []).append((a, b))
        else:
            asked.append((a, b))
    for batch in _batches([*asked, *(same[0] for same in unaltered.values())]):
        for reuse in _batch(pile, batch, options):
            if reuse is None:
                continue
            same = unaltered.get(pile.reports[reuse.a].body, ())
            if (reuse.a, reuse.b) in same[:1]:
                yield from (replace(reuse, a=a, b=b) for a, b in same)
            else:
                yield reuse


def _batches(pairs: Iterable[Named]) -> Iterator[list[Named]]:
    """Yield pairs some at a time, those of one group of connected reports together."""
    ordered = _connected(list(pairs))
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]


def _connected(pairs: list[Named]) -> list[Named]:
    """Return pairs by the first report that they are connected with: so few prints are made twice."""
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for pair in pairs:
        one, two = sorted(map(root, pair))
        parent[two] = one
    return sorted(pairs, key=lambda pair: (root(pair[0]), pair))


def _batch(pile: Pile, pairs: Sequence[Named], options: CompareOptions) -> list[Reuse | None]:
    names = sorted({one for pair in pairs for one in pair})
    place = {name: at for at, name in enumerate(names)}
    prints = fingerprints([pile.reports[name] for name in names])
    stock = pile.survey.standing.in_prints(prints, options.passage)
    return compare(prints, stock, np.array([[place[a], place[b]] for a, b in pairs]), options)
