"""Reading the mentions and keys of many reports: in this process, or in several kept warm."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from itertools import chain, islice
from multiprocessing import get_context
from typing import Any

from secondsource import lexicon
from secondsource.extract import Extractor
from secondsource.match import Told
from secondsource.model import Mention, Report
from secondsource.pipeline.shelf import keys

Read = tuple[str, tuple[Mention, ...], dict[str, Any]]  # a report's id, its mentions, its keys by kind


def read_each(
    batches: Iterator[Sequence[Report]], workers: int, extractor: Callable[[], Extractor]
) -> Iterator[Iterable[Read]]:
    """Yield what stands in every report, by batches, in the order given, however many processes read.

    One process reads by `extractor`; more are started when there is more than one batch, and each holds
    the parser once (some 500 MB). A batch is read ahead for each, no more.
    """
    ahead = list(islice(batches, 2))
    if workers < 2 or len(ahead) < 2:
        for batch in chain(ahead, batches):
            yield _read(batch, extractor())
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), lexicon.use, lexicon.folders()) as pool:
        under_way: deque[Future[list[Read]]] = deque()
        for batch in chain(ahead, batches):
            under_way.append(pool.submit(_read_there, batch))
            if len(under_way) > 2 * workers:
                yield under_way.popleft().result()
        for one in under_way:
            yield one.result()


def _read(batch: Iterable[Report], extractor: Extractor) -> Iterator[Read]:
    for report, found in extractor.batch(batch):
        yield report.id, found, keys(Told(report, found))


def _read_there(batch: Sequence[Report]) -> list[Read]:
    return list(_read(batch, _extractor()))


@cache
def _extractor() -> Extractor:
    return Extractor()
