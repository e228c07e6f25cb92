"""Which reports of a pile share text: keys per report, join on key, compare per pair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from secondsource.model import Report, Reuse
from secondsource.trace.compare import compare
from secondsource.trace.fingerprint import Flags, Print, fingerprint
from secondsource.trace.options import CompareOptions, Join, ReuseOptions
from secondsource.trace.standing import Standing, learn, near_identical, stories


@dataclass(frozen=True, slots=True)
class Pile:
    """Prints of a pile by id with what was learned of it."""

    prints: dict[str, Print]
    standing: Standing
    candidates: tuple[tuple[str, str], ...]


def survey(reports: Sequence[Report], join: Join, options: ReuseOptions | None = None) -> Pile:
    """Return the pile's prints, its standing text, and the pairs worth comparing, in order."""
    options = options or ReuseOptions()
    prints = [fingerprint(report) for report in sorted(reports, key=lambda report: report.id)]
    table = key_table(prints)
    pairs = _tuples(join(table, None, cap=options.cap, least=options.own_keys))
    standing = learn(prints, stories(prints, pairs, options.standing), options.standing)
    rest = table.filter(pa.array(~np.isin(table.column("key").to_numpy(), standing.keys)))
    own = _tuples(join(rest, None, cap=options.cap, least=options.own_keys))
    wanted = {(a, b) for a, b, _ in own} | {(a, b) for a, b, shared in pairs if shared >= options.any_keys}
    return Pile({p.report: p for p in prints}, standing, tuple(sorted(wanted)))


def key_table(prints: Sequence[Print]) -> pa.Table:
    """Return the table `(id, key, group)` that the engine joins.

    Near-identical bodies count as one group, that of the least id among them.
    """
    merged = near_identical(prints)
    groups = {p.report: p.group for p in prints}
    own = [np.unique(p.keys) for p in prints]
    lengths = [len(keys) for keys in own]
    at = np.repeat(np.arange(len(prints)), lengths)
    ids = pa.array([p.report for p in prints], pa.string()).take(pa.array(at))
    group = pa.array([groups[merged[p.report]] for p in prints], pa.string()).take(pa.array(at))
    keys = np.concatenate(own) if own else np.empty(0, np.int64)
    return pa.table({"id": ids, "key": pa.array(keys, pa.int64()), "group": group})


def compare_all(
    pile: Pile, options: CompareOptions, wanted: Callable[[str, str], bool] | None = None
) -> list[Reuse]:
    """Return the reuse among the candidate pairs, by (a, b); `wanted` keeps a pair if it says so."""
    found = []
    masks: dict[str, Flags] = {}
    for a, b in pile.candidates:
        if wanted is not None and not wanted(a, b):
            continue
        for one in (a, b):
            if one not in masks:
                masks[one] = pile.standing.mask(pile.prints[one])
        reuse = compare(pile.prints[a], pile.prints[b], (masks[a], masks[b]), options)
        if reuse is not None:
            found.append(reuse)
    return found


def _tuples(pairs: pa.Table) -> list[tuple[str, str, int]]:
    columns = (pairs.column(name).to_pylist() for name in ("a", "b", "shared"))
    return sorted(zip(*columns, strict=True))
