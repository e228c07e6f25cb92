"""Race our search for the reports of a claim's event against brute full-text search by tantivy and bm25s.

    search.py --out FILE [--quick]

The pile is that of `events.py`; asked are claims of first tellings that name their town. Sought are the
reports of the same event, the near miss left aside. The rivals give their best `K` for the claim's words, or
as many as ours gives ("as many"): a search engine has no measure of enough. Reading mentions is not counted,
only the search and what must be kept for it: ours keeps documents and mentions beside its terms.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import events

if TYPE_CHECKING:
    from secondsource.match import Told
    from secondsource.model import Claim, Report
    from secondsource.pipeline import Library

K = 50
Search = Callable[["Claim", "Report"], list[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim with its report and the ids of the other reports of its event."""

    claim: Claim
    report: Report
    wanted: frozenset[str]


def questions(library: Library, truth: Path, most: int) -> list[Asked]:
    """Return claims of first tellings that name their town, seeded."""
    from secondsource.pipeline.pile import claims_of

    found: list[Asked] = []
    for line in truth.read_text(encoding="utf-8").splitlines():
        told = [one for one in json.loads(line)["reports"] if not one["role"].startswith("alone")]
        of_event = frozenset(one["report"] for one in told if one["role"] != "near-miss")
        first = told[0]
        subject = library.read(first["report"])
        others = of_event - {first["report"]}
        claims = (one for one in claims_of(subject) if first["place"] in one.statement)
        found += [Asked(claim, subject.report, others) for claim in claims]
    return random.Random(3).sample(found, min(most, len(found)))


def ours(library: Library) -> Search:
    """Return our search over a library that is opened already."""
    from secondsource import match

    shelf = library.pile().shelf

    def search(claim: Claim, report: Report) -> list[str]:
        shares = match.candidates(match.Asked(claim, report.day), shelf.statistics, shelf)
        return [one for one in shares if one != report.id]

    return search


def by_tantivy(reports: list[Report], limit: int) -> Search:
    """Return a search by tantivy's index in memory: any of the words, best by BM25."""
    import tantivy

    schema = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw")
    schema = schema.add_text_field("text", tokenizer_name="en_stem").build()
    index = tantivy.Index(schema)
    writer = index.writer(num_threads=1)
    for one in reports:
        writer.add_document(tantivy.Document(id=[one.id], text=[f"{one.title} {one.body}"]))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(claim: Claim, report: Report) -> list[str]:
        query, _ = index.parse_query_lenient(claim.statement.replace('"', " "), ["text"])
        hits = searcher.search(query, limit + 1).hits
        ids = [searcher.doc(address)["id"][0] for _, address in hits]
        return [one for one in ids if one != report.id][:limit]

    return search


def by_bm25s(reports: list[Report], limit: int) -> Search:
    """Return a search by bm25s: every report scored, the best taken."""
    import bm25s

    texts = [f"{one.title} {one.body}" for one in reports]
    index = bm25s.BM25()
    index.index(bm25s.tokenize(texts, stopwords="en", show_progress=False), show_progress=False)

    def search(claim: Claim, report: Report) -> list[str]:
        words = bm25s.tokenize(claim.statement, stopwords="en", show_progress=False)
        found, _ = index.retrieve(words, k=limit + 1, show_progress=False)
        return [one for number in found[0] if (one := reports[number].id) != report.id][:limit]

    return search


def kept(library: Library, folder: Path) -> float:
    """Return the CPU seconds of putting all that was read into a file as we keep it."""
    from secondsource.pipeline.shelf import READING, each, keys
    from secondsource.store.sqlite import SqliteStore

    held = list(each(library.store, library.store.ids()))
    documents = {one.id: one for one in library.store.documents()}
    before = time.process_time()
    store = SqliteStore(folder / "again.db")
    rows = ((documents[told.report.document], told.report, told.mentions, keys(_anew(told))) for told in held)
    store.put_read(rows, READING)
    store.close()
    return time.process_time() - before


def _anew(told: Told) -> Told:
    """Return a report with nothing worked out of it yet."""
    from secondsource.match import Told as Fresh

    return Fresh(told.report, told.mentions)


def measure(asked: list[Asked], search: Search) -> dict[str, float]:
    """Return recall, reports given a claim, and CPU milliseconds a claim."""
    before = time.process_time()
    given = [set(search(one.claim, one.report)) for one in asked]
    spent = time.process_time() - before
    hit = sum(len(found & one.wanted) for found, one in zip(given, asked, strict=True))
    return {
        "recall": hit / sum(len(one.wanted) for one in asked),
        "reports a claim": sum(map(len, given)) / len(asked),
        "CPU ms a claim": 1000 * spent / len(asked),
    }


def race(folder: Path, size: int, most: int) -> dict[str, float]:
    """Return the figures of all."""
    from secondsource.pipeline import Library

    pile, truth = folder / "pile.jsonl", folder / "truth.jsonl"
    events.write(size, 5, pile, truth)
    library = Library(folder / "library.db")
    library.add([str(pile)])
    asked = questions(library, truth, most)
    figures: dict[str, float] = {"reports": size, "claims": len(asked)}
    figures["ours index CPU s (documents and mentions too)"] = kept(library, folder)
    mine = measure(asked, ours(library))
    figures |= {f"ours {key}": value for key, value in mine.items()}
    reports = library.store.reports()
    for name, build in (("tantivy", by_tantivy), ("bm25s", by_bm25s)):
        before = time.process_time()
        search = build(reports, K)
        figures[f"{name} index CPU s"] = time.process_time() - before
        theirs = measure(asked, search)
        as_many = measure(asked, build(reports, max(1, round(mine["reports a claim"]))))
        figures |= {f"{name} best {K} {key}": value for key, value in theirs.items()}
        figures[f"{name} as many recall"] = as_many["recall"]
        figures[f"CPU a claim, ours / {name}"] = mine["CPU ms a claim"] / theirs["CPU ms a claim"]
        figures[f"reports to read a claim, ours / {name} best {K}"] = mine["reports a claim"] / K
    library.close()
    return figures


def main() -> None:
    """Run the race and write its figures."""
    parser = argparse.ArgumentParser(description="Race our candidate search against full-text search.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = race(Path(folder), *((200, 50) if options.quick else (3_000, 500)))
    options.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
