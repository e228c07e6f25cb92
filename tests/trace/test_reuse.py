from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import join, report, sentence, story, word

from secondsource.model import Direction, Report, ReuseKind
from secondsource.trace import trace_one, trace_reuse

BACKGROUND = (
    "The quarrel over the salt road began nine years ago when the upper valley closed its gates and has "
    "driven more than forty thousand families from their farms according to the relief board."
)


def _kinds(reports: list[Report]) -> dict[tuple[str, str], ReuseKind]:
    return {(r.a, r.b): r.kind for r in trace_reuse(reports, join())}


def test_a_reprint_is_verbatim_and_a_cut_one_abridged() -> None:
    text = story(1)
    found = _kinds([report("a", text), report("b", text), report("c", text[:4])])
    assert found == {
        ("a", "b"): ReuseKind.VERBATIM,
        ("a", "c"): ReuseKind.ABRIDGED,
        ("b", "c"): ReuseKind.ABRIDGED,
    }


def test_one_sentence_in_an_own_story_is_partial() -> None:
    text = story(1)
    assert _kinds([report("a", text), report("b", [*story(2)[:6], text[3], *story(3)[:6]])]) == {
        ("a", "b"): ReuseKind.PARTIAL
    }


def test_unlike_stories_share_nothing() -> None:
    assert _kinds([report(str(i), story(i + 10)) for i in range(12)]) == {}


def test_shared_speech_alone_is_a_quotation() -> None:
    speech = f'"{" ".join(story(5, 2))[:-1]}," the warden said.'
    found = _kinds([report("a", [*story(1), speech]), report("b", [*story(2), speech])])
    assert found == {("a", "b"): ReuseKind.QUOTATION}


def test_one_quotation_of_sixteen_words_is_found() -> None:
    speech = f'"{" ".join(" ".join(story(5, 3)).split()[:16])}," the warden said.'
    found = _kinds([report("a", [*story(1), speech]), report("b", [*story(2), speech])])
    assert found == {("a", "b"): ReuseKind.QUOTATION}


def test_background_that_recurs_for_months_is_standing_text() -> None:
    pile = [report(f"r{i}", [*story(i), BACKGROUND], outlet=f"o{i % 3}", day=12 * i) for i in range(8)]
    assert set(_kinds(pile).values()) <= {ReuseKind.BOILERPLATE}
    assert len(_kinds(pile)) > 0


def test_a_much_printed_story_is_not_standing_text() -> None:
    text = story(1)
    rng = random.Random(4)
    pile = [report(f"r{i:02}", [s for s in text if rng.random() < 0.85], day=i % 9) for i in range(40)]
    kinds = _kinds(pile)
    assert len(kinds) == 40 * 39 // 2
    assert set(kinds.values()) <= {ReuseKind.VERBATIM, ReuseKind.ABRIDGED}


def test_one_outlet_s_template_is_no_copy() -> None:
    def shelling(i: int) -> list[str]:
        rng = random.Random(i)
        return [
            f"A source at the {word(rng)} command told our reporter that {rng.randint(2, 40)} shells fell.",
            sentence(rng),
            sentence(rng),
            "The attack caused material damage to shops and parked carts and to public property.",
        ]

    pile = [report(f"r{i}", shelling(i), outlet="Valley Voice", day=9 * i) for i in range(8)]
    assert set(_kinds(pile).values()) <= {ReuseKind.BOILERPLATE}


def test_spans_pair_the_same_words_and_leave_out_a_changed_sentence() -> None:
    text = story(1)
    changed = [*text[:4], story(9)[0], *text[5:]]
    a, b = report("a", text), report("b", changed)
    (found,) = trace_reuse([a, b], join())
    assert all(a.body[s:e].split() == b.body[t:u].split() for (s, e), (t, u) in found.spans)
    start = b.body.index(changed[4])
    altered = (start, start + len(changed[4]))
    overlap = sum(max(0, min(e, altered[1]) - max(s, altered[0])) for _, (s, e) in found.spans)
    assert overlap < 0.2 * len(changed[4])


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_the_order_of_input_does_not_matter(rng: random.Random) -> None:
    pile = [report(f"r{i}", [*story(i % 3)[: 5 + i], BACKGROUND], day=i) for i in range(6)]
    expected = trace_reuse(pile, join())
    rng.shuffle(pile)
    assert trace_reuse(pile, join()) == expected


def test_tracing_one_report_finds_what_tracing_the_pile_finds() -> None:
    pile = [
        report(f"r{i}", [*story(i % 4)[: 4 + i], BACKGROUND], outlet=f"o{i}", day=4 * i) for i in range(9)
    ]
    everything = trace_reuse(pile, join())
    for one in pile:
        assert trace_one(one, pile, join()) == [r for r in everything if one.id in (r.a, r.b)]


@pytest.mark.parametrize("body", ["", "word", "\x00", "a b c d", "«»"])
def test_bodies_with_next_to_nothing_share_nothing(body: str) -> None:
    assert trace_reuse([report("a", body), report("b", body)], join()) == []


def test_the_agency_is_named_though_only_another_print_credits_it() -> None:
    text = story(1)
    pile = [
        report("a", text, outlet="Lomia Gazette"),
        report("b", text[:7], outlet="Tarnow Times", day=1),
        report("c", ["KESSWICK (Reuters) -", *text], outlet="Ostrik Post"),
    ]
    found = {(r.a, r.b): r for r in trace_reuse(pile, join())}
    assert {r.origin for r in found.values()} == {"Reuters"}
    assert {r.direction for r in found.values()} == {Direction.COMMON}


def test_what_an_agency_prints_went_from_it_to_the_others() -> None:
    text = story(1)
    pile = [
        report("a", text, outlet="reuters"),
        report("b", [*text[:6], "(Reuters)"], outlet="Tarnow Times", day=1),
    ]
    (found,) = trace_reuse(pile, join())
    assert (found.origin, found.direction) == ("Reuters", Direction.A_TO_B)


def test_without_credit_the_earlier_print_is_the_likely_source_and_no_origin_is_claimed() -> None:
    text = story(1)
    (found,) = trace_reuse([report("a", text, day=3), report("b", text, day=1)], join())
    assert (found.origin, found.direction) == ("", Direction.B_TO_A)
