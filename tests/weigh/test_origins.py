"""Tellings united into origins."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from secondsource.model import Evidence, Origin, OriginKind, Relation
from secondsource.weigh.origins import unite

KEYS = st.sampled_from("abcdef")
ORIGINS = st.lists(st.tuples(KEYS, st.lists(KEYS, max_size=2)), min_size=1, max_size=7)


@given(ORIGINS, st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=4))
def test_tellings_are_one_just_where_a_chain_of_reasons_joins_them(drawn, same):
    origins = [Origin(key, key, OriginKind.SOURCE, "", tuple(also)) for key, also in drawn]
    size = len(origins)
    same = [(i, j) for i, j in sorted(same) if j < i < size]
    joined = [{i} for i in range(size)]
    for i, j in [*same, *((i, j) for i, j in combinations(range(size), 2) if _alike(origins[i], origins[j]))]:
        both = joined[i] | joined[j]
        for one in both:
            joined[one] = both
    found, _ = unite(
        [(_evidence(i), origin) for i, origin in enumerate(origins)], None, ("", None), lambda _: same
    )
    for i, j in combinations(range(size), 2):
        assert (found[i].key == found[j].key) is (j in joined[i])


def test_an_empty_place_is_passed_on_as_such():
    asked = []
    own = Origin("mayor", "mayor", OriginKind.SOURCE, "")
    unite([(_evidence(0), own)], own, ("", None), lambda places: asked.extend(places) or ())
    assert asked == [("r0", (0, 5)), ("", (0, 0))]


def _alike(a: Origin, b: Origin) -> bool:
    return a.key == b.key or a.key in b.also or b.key in a.also


def _evidence(number: int) -> Evidence:
    return Evidence(
        "claim", f"r{number}", f"r{number}#0", Relation.SUPPORTS, (0, 5), "words", 1.0, "", (), "rules"
    )
