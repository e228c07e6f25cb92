"""Train what `match` learns: python training/match.py --packs DIR --bodies FILE --out relation.json

Reads packs of labelled claims (claims, tellings, paraphrases, distorted statements) and the reports under
them, compares every claim with every report of its pack as `match` does, holds whole packs out in FOLDS
folds to say how well unseen events are judged, and then learns from all. Needs scikit-learn. Trees that
are to ship go to `src/secondsource/models/relation.json`; then run `training/seal.py`.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from secondsource.extract import Extractor
from secondsource.match import MatchOptions, Services, Told, count_words
from secondsource.match.asked import Asked
from secondsource.match.compare import compare
from secondsource.match.features import beside
from secondsource.match.judge import shortlist
from secondsource.model import Claim
from secondsource.read import ReadOptions, read_path

FOLDS = 3
LABELS = {"supports": 0, "silent": 1, "refutes": 2}
OPTIONS = {"supports": 0.5, "refutes": 0.3, "undetermined": 0.35}
DISTORTED = 0.6  # weight of a distorted statement: there are far more than news has contradictions
UNLISTED = 0.35  # of that, where the labellers named no contradiction


@dataclass(frozen=True)
class Question:
    """A statement of a pack with what each of its reports says on it: relation, quotes, weight."""

    pack: str
    statement: str
    told: dict[str, tuple[str, list[str], float]]


def questions(packs: Path) -> Iterator[Question]:
    """Yield each claim, its paraphrase and its distorted forms as bare statements."""
    for path in sorted(packs.glob("*.json")):
        pack = json.loads(path.read_text("utf-8"))
        for claim in pack["claims"]:
            told = {t["report"]: (t["relation"], [t["quote"]], 1.0) for t in claim["tellings"]}
            told[claim["report"]] = ("supports", [claim["quote"]], 1.0)
            yield Question(pack["event"], claim["statement"], told)
            yield Question(pack["event"], claim["paraphrase"], told)
            for distorted in claim["distorted"]:
                quotes: dict[str, list[str]] = {}
                for quote in distorted["refuted_quotes"]:
                    quotes.setdefault(quote["report"], []).append(quote["quote"])
                yield Question(
                    pack["event"],
                    distorted["statement"],
                    {
                        r: ("refutes", quotes[r], DISTORTED)
                        if r in quotes
                        else ("silent", [], DISTORTED * UNLISTED)
                        for r in pack["reports"]
                    },
                )


def carries(passage: str, quotes: list[str]) -> bool:
    """Tell whether a passage holds most of one of the quotes that show a relation."""
    words = set(re.findall(r"\w+", passage.lower()))
    for quote in quotes:
        wanted = set(re.findall(r"\w+", quote.lower()))
        if wanted and (len(words & wanted) > 0.6 * len(wanted) or len(words & wanted) > 0.8 * len(words)):
            return True
    return False


def rows(asked: Question, extractor: Extractor, pile: dict[str, Told], services: Services) -> Iterator[tuple]:
    """Yield (features, label or -1, weight, pack) of every passage looked at."""
    mention = extractor.statement(asked.statement)
    claim = Asked(Claim("", asked.statement, mention))
    for report, (relation, quotes, weight) in sorted(asked.told.items()):
        told = pile[report]
        numbers = shortlist(claim, told, services)
        compared = [compare(claim, told, n, services.statistics).features for n in numbers]
        for n, features in zip(numbers, beside(compared), strict=True):
            shown = relation == "silent" or carries(told.passages[n].text, quotes)
            yield features, LABELS[relation] if shown else -1, weight, asked.pack


def model() -> HistGradientBoostingClassifier:
    """Return untrained trees: few, shallow, the same every time."""
    return HistGradientBoostingClassifier(
        max_iter=90, learning_rate=0.1, max_leaf_nodes=10, min_samples_leaf=25, l2_regularization=2.0,
        early_stopping="auto", random_state=0,
    )  # fmt: skip


def written(made: HistGradientBoostingClassifier, names: list[str], version: str) -> str:
    """Return the trees as the JSON that `secondsource.match.forest` reads."""
    trees, depth = [], 0
    for step in made._predictors:
        for kind, tree in enumerate(step):
            nodes = []
            for node in tree.nodes:
                depth = max(depth, int(node["depth"]))
                if node["is_leaf"]:
                    nodes.append([0, 0, -1, -1, round(float(node["value"]), 5)])
                else:
                    at = [int(node["feature_idx"]), round(float(node["num_threshold"]), 12)]
                    nodes.append([*at, int(node["left"]), int(node["right"]), 0])
            trees.append({"class": kind, "nodes": nodes})
    base = [round(float(x), 6) for x in np.ravel(made._baseline_prediction)]
    head = {"version": version, "features": names, "base": base, "depth": depth + 1, "options": OPTIONS}
    return json.dumps({**head, "trees": trees}, separators=(",", ":")) + "\n"


def main() -> None:
    """Train, report held-out figures by passage, write the trees."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--packs", type=Path, required=True)
    parser.add_argument("--bodies", type=Path, required=True)
    parser.add_argument("--version", default="relation-2")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    extractor = Extractor()
    reports = [read[1] for read in read_path(given.bodies, ReadOptions()) if isinstance(read, tuple)]
    asked = list(questions(given.packs))
    pile = {report.id: Told(report, mentions) for report, mentions in extractor.batch(reports)}
    services = Services(count_words(list(pile.values())), options=MatchOptions())
    data = [row for one in asked for row in rows(one, extractor, pile, services)]
    names = sorted(data[0][0])
    x = np.array([[row[0][name] for name in names] for row in data])
    y, weight = np.array([row[1] for row in data]), np.array([row[2] for row in data])
    packs = sorted({row[3] for row in data})
    fold = np.array([packs.index(row[3]) % FOLDS for row in data])
    hits = {name: [0, 0, 0] for name in LABELS}  # right, called, wanted
    for held in range(min(FOLDS, len(packs))):
        learn, test = (fold != held) & (y >= 0), (fold == held) & (y >= 0)
        called = model().fit(x[learn], y[learn], sample_weight=weight[learn]).predict(x[test])
        for name, label in LABELS.items():
            hits[name][0] += int(((called == label) & (y[test] == label)).sum())
            hits[name][1] += int((called == label).sum())
            hits[name][2] += int((y[test] == label).sum())
    print({name: round(2 * a / max(1, b + c), 3) for name, (a, b, c) in hits.items()}, len(data), "passages")
    if given.out:
        given.out.write_text(
            written(model().fit(x[y >= 0], y[y >= 0], sample_weight=weight[y >= 0]), names, given.version),
            "utf-8",
        )


if __name__ == "__main__":
    main()
