from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import join, mention, report, story

from secondsource.model import Mention, Origin, OriginKind, Report, SourceKind
from secondsource.trace import context_of, origin_of, same_text, trace_reuse

BODY, PERSON, OFFICIAL = SourceKind.ORGANISATION, SourceKind.NAMED_PERSON, SourceKind.OFFICIAL
UNNAMED, MEDIA = SourceKind.UNNAMED, SourceKind.MEDIA
FACT = "the mill at Lomia burned down"


def _origins(told: list[tuple[Report, Mention]], more: list[Mention] | None = None) -> list[Origin]:
    reports = [one for one, _ in told]
    mentions = [m for _, m in told] + (more or [])
    context = context_of(reports, mentions, trace_reuse(reports, join()))
    return [origin_of(m, one, context) for one, m in told]


def _telling(
    ident: str, sentence: str, *links: tuple[str, SourceKind], outlet: str = ""
) -> tuple[Report, Mention]:
    seed = 10 * sum(map(ord, ident))
    one = report(ident, [*story(seed, 4), sentence, *story(seed + 1, 3)], outlet=outlet)
    return one, mention(one, FACT, *links)


def _keys(told: list[tuple[Report, Mention]]) -> list[str]:
    return [origin.key for origin in _origins(told)]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Lomia River Board", BODY),
        ("the River Board", BODY),
        ("LRB", BODY),
        ("Board spokesman Anders Vell", OFFICIAL),
        ("Anders Vell", PERSON),
        ("a watchdog", BODY),
    ],
)
def test_a_body_is_one_source_under_all_its_names(name: str, kind: SourceKind) -> None:
    told = [
        _telling("a", f"The Lomia River Board (LRB) said {FACT}.", ("Lomia River Board", BODY)),
        _telling("b", f"Anders Vell said {FACT}.", ("Lomia River Board spokesman Anders Vell", OFFICIAL)),
        _telling("c", f"The Lomia River Board said {FACT}.", ("Lomia River Board", BODY)),
        _telling("d", f"It was said {FACT}.", (name, kind)),
        _telling("e", f"The Lomia River Board wrote {FACT}.", ("Lomia River Board", BODY)),
    ]
    if name == "a watchdog":
        one = told[3][0]
        other = mention(one, story(10 * ord("d"), 4)[0][:-1], ("Lomia River Board", BODY), number=7)
        keys = {origin.key for origin in _origins(told, [other])}
    else:
        keys = set(_keys(told))
    assert len(keys) == 1


@pytest.mark.parametrize(("owners", "one"), [(("Norways",), True), (("Norway's", "Peru's"), False)])
def test_a_ministry_is_of_the_only_country_whose_ministry_the_report_names(
    owners: tuple[str, ...], one: bool
) -> None:
    named = " ".join(f"{owner} defence ministry met in Peru." for owner in owners)
    full = "Norwegian defence ministry"
    told = [
        _telling("a", f"The {full} said {FACT}.", (full, OFFICIAL)),
        _telling("b", f"{named} The defence ministry said {FACT}.", ("defence ministry", OFFICIAL)),
    ]
    assert (len(set(_keys(told))) == 1) is one


def test_another_body_is_another_source() -> None:
    told = [
        _telling("a", f"The Lomia River Board said {FACT}.", ("Lomia River Board", BODY)),
        _telling("b", f"The Tarnow Fire Brigade said {FACT}.", ("Tarnow Fire Brigade", BODY)),
    ]
    assert len(set(_keys(told))) == 2


def test_an_unnamed_source_is_one_with_the_medium_it_told() -> None:
    told = [
        _telling("a", f"A source told AFP {FACT}.", ("a source", UNNAMED), ("AFP", MEDIA)),
        _telling("b", f"Sources told AFP {FACT}.", ("sources", UNNAMED), ("AFP", MEDIA)),
        _telling("c", f"A source told Reuters {FACT}.", ("a source", UNNAMED), ("Reuters", MEDIA)),
    ]
    first, second, third = _origins(told)
    assert first.key == second.key != third.key
    assert first.kind is OriginKind.UNKNOWN


def test_a_known_medium_vouches_for_people_in_a_role() -> None:
    told = [
        _telling("a", f"A field commander told AFP {FACT}.", ("a field commander", UNNAMED), ("AFP", MEDIA)),
        _telling("b", f"Rescuers said {FACT}.", ("rescuers", UNNAMED), outlet="The Guardian"),
        _telling("c", f"The wedding said {FACT}.", ("the wedding", UNNAMED), outlet="Le Monde"),
    ]
    commander, rescuers, thing = _origins(told)
    assert commander.kind is rescuers.kind is OriginKind.UNNAMED
    assert thing.kind is OriginKind.UNKNOWN
    assert rescuers.also == ("voice:guardian",)


def test_pronouns_and_things_answer_for_nothing() -> None:
    told = [_telling("a", f"They said {FACT}.", ("they", UNNAMED), ("Lomia River Board", BODY))]
    assert _keys(told) == ["source:lomia river board"]


def test_a_state_s_agency_and_its_television_are_one() -> None:
    told = [
        _telling("a", f"Xinhua said {FACT}.", ("Xinhua", MEDIA)),
        _telling("b", f"Chinese state television said {FACT}.", ("Chinese state television", MEDIA)),
        _telling("c", f"Then {FACT}.", outlet="cgtn"),
    ]
    assert len(set(_keys(told))) == 1


def test_the_outlet_answers_for_its_own_words() -> None:
    told = [
        _telling("a", f"Then {FACT}.", outlet="The Guardian"),
        _telling("b", f"So {FACT}.", outlet="theguardian.com"),
        _telling("c", f"And {FACT}.", outlet="Le Monde"),
    ]
    first, second, third = _keys(told)
    assert first == second != third


def test_a_credited_copy_is_the_agency_s() -> None:
    one = report("a", ["LOMIA (AP) -", *story(3, 4), f"Then {FACT}."], outlet="Tarnow Times")
    assert _keys([(one, mention(one, FACT))]) == ["voice:ap"]


def test_the_lead_is_from_the_source_that_the_report_goes_on_to_name() -> None:
    one = report(
        "a", [f"Fire drills began after {FACT}.", *story(3, 2), "The River Board said 12 people died."]
    )
    lead = mention(one, FACT, killed=12)
    after = mention(one, "12 people died", ("River Board", BODY), number=1)
    (origin,) = _origins([(one, lead)], [after])
    assert origin.key == "source:river board"


@given(st.integers(1, 4), st.integers(0, 3))
@settings(max_examples=8, deadline=None)
def test_reprints_and_further_quoters_of_one_source_never_add_an_origin(prints: int, quoters: int) -> None:
    text = [*story(1, 5), f"Then {FACT}.", *story(2, 4)]
    pile = [report(f"p{i}", text, outlet=f"Gazette {i}", day=i) for i in range(prints + 1)]
    told = [(one, mention(one, FACT)) for one in pile]
    assert len(set(_keys(told))) == 1
    quoted = [
        _telling(f"q{i}", f"The River Board said {FACT}.", ("River Board", BODY)) for i in range(quoters + 1)
    ]
    assert len(set(_keys([*told, *quoted]))) == 2


def test_five_hundred_reprints_are_one_origin() -> None:
    text = [*story(1, 5), f"Then {FACT}.", *story(2, 4)]
    pile = [report(f"p{i:03}", text, outlet=f"Gazette {i}", day=i % 30) for i in range(500)]
    told = [(one, mention(one, FACT)) for one in pile]
    assert len(set(_keys(told))) == 1


def test_a_changed_sentence_is_its_own_telling() -> None:
    text = [*story(1, 5), f"At noon {FACT} while the wardens slept.", *story(2, 4)]
    other = [*text[:5], "Nobody saw the ferry leave because its lamps were out.", *text[6:]]
    a, b, c = report("a", text), report("b", text, day=1), report("c", other, day=1)
    ma, mb = mention(a, FACT), mention(b, FACT)
    mc = mention(c, "Nobody saw the ferry leave because its lamps were out")
    context = context_of([a, b, c], [ma, mb, mc], trace_reuse([a, b, c], join()))
    assert same_text(("a", ma.content[0]), ("b", mb.content[0]), context)
    assert not same_text(("a", ma.content[0]), ("c", mc.content[0]), context)
    assert origin_of(mc, c, context).key != origin_of(ma, a, context).key


@given(st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None)
def test_the_order_of_input_does_not_matter(rng) -> None:
    told = [
        _telling("a", f"The Lomia River Board (LRB) said {FACT}.", ("Lomia River Board", BODY)),
        _telling("b", f"The LRB said {FACT}.", ("LRB", BODY)),
        _telling("c", f"Anders Vell said {FACT}.", ("River Board spokesman Anders Vell", OFFICIAL)),
        _telling("d", f"Then {FACT}.", outlet="Le Monde"),
    ]
    expected = dict(zip([m.id for _, m in told], _origins(told), strict=True))
    rng.shuffle(told)
    assert dict(zip([m.id for _, m in told], _origins(told), strict=True)) == expected
