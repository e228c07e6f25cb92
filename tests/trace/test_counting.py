"""Tracing and weighing together: what may and what may not add an origin to a claim."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from invented import join, mention, report, story

from secondsource.model import Claim, Evidence, Mention, Relation, Report, SourceKind, Verdict
from secondsource.text import hull
from secondsource.trace import context_of, origin_of, same_texts, trace_reuse
from secondsource.weigh import Weights, weigh

FACT = "the mill at Lomia burned down"
BOARD = ("Lomia River Board", SourceKind.ORGANISATION)
BRIGADE = ("Tarnow Fire Brigade", SourceKind.ORGANISATION)


def _told(ident: str, sentence: str, *links: tuple[str, SourceKind], seed: int) -> tuple[Report, Mention]:
    one = report(ident, [*story(seed, 4), sentence, *story(seed + 1, 3)])
    return one, mention(one, FACT, *links)


def _reprint(ident: str, told: tuple[Report, Mention], day: int) -> tuple[Report, Mention]:
    one = report(ident, told[0].body, day=day)
    links = tuple((link.name, link.kind) for link in told[1].links)
    return one, mention(one, FACT, *links)


def _verdict(told: list[tuple[Report, Mention]]) -> Verdict:
    """Return the verdict on the first telling's claim, all the others supporting it."""
    reports, mentions = [one for one, _ in told], [m for _, m in told]
    context = context_of(reports, mentions, trace_reuse(reports, join()))
    tellings = [
        (
            Evidence("c", one.id, m.id, Relation.SUPPORTS, hull(m.content), FACT, 1.0, ""),
            origin_of(m, one, context),
        )
        for one, m in told[1:]
    ]
    place, own = told[0]
    claim = Claim("c", FACT, own, place.id, hull(own.content))
    weights = Weights(copied=lambda places: same_texts(places, context))
    return weigh(claim, tellings, origin_of(own, place, context), weights)


def _base() -> list[tuple[Report, Mention]]:
    return [
        _told("a", f"Then {FACT}.", seed=100),
        _told("b", f"The Lomia River Board said {FACT}.", BOARD, seed=200),
        _told("c", f"The Tarnow Fire Brigade said {FACT}.", BRIGADE, seed=300),
    ]


@given(st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=5))
@settings(max_examples=6, deadline=None)
def test_reprints_and_further_quoters_never_add_an_origin(added: list[tuple[int, bool]]) -> None:
    base = _base()
    more = []
    for number, (which, quotes) in enumerate(added):
        if quotes and which:
            name = (BOARD, BRIGADE)[which - 1]
            more.append(_told(f"q{number}", f"The {name[0]} said {FACT}.", name, seed=1_000 + 10 * number))
        else:
            more.append(_reprint(f"p{number}", base[which], day=1 + number))
    assert _verdict(base).independent_origins == 3
    assert _verdict([*base, *more]).independent_origins == 3


def test_five_hundred_reprints_leave_a_claim_with_one_origin() -> None:
    first = _base()[0]
    prints = [_reprint(f"p{n:03}", first, day=n % 30) for n in range(500)]
    found = _verdict([first, *prints])
    assert found.independent_origins == 1
    assert all(telling.repeat for telling in found.tellings)


def test_a_sentence_changed_in_a_reprint_is_a_telling_of_its_own() -> None:
    first, *_ = _base()
    altered = "two men set fire to the old mill beside Lomia"
    changed = report("z", first[0].body.replace(f"Then {FACT}", f"Then {altered}"), day=3)
    found = _verdict([first, _reprint("p", first, day=1), (changed, mention(changed, altered))])
    assert [telling.repeat for telling in found.tellings] == [True, False]
