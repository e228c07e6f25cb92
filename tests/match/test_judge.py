from dataclasses import replace
from datetime import date
from importlib import import_module
from types import SimpleNamespace

import pytest

from secondsource.match import MatchOptions, Services, Told, count_words, judge
from secondsource.match.asked import Asked
from secondsource.match.compare import compare
from secondsource.match.days import day_gap
from secondsource.match.event import EventOptions, about, held_share, possible_days
from secondsource.match.figures import figures_apart
from secondsource.match.judge import shortlist
from secondsource.model import (
    Certainty,
    Claim,
    Conflict,
    Kind,
    Link,
    Mention,
    Quantity,
    Relation,
    Report,
    Section,
    SectionRole,
    Slots,
    SourceKind,
)

DAY = date(2031, 5, 3)


def told(id_, *sentences, published=DAY, quantities=(), title=""):
    body = " ".join(sentences)
    mentions, at = [], 0
    for number, sentence in enumerate(sentences):
        span = (at, at + len(sentence))
        slots = Slots(quantity=tuple(quantities) if number == 0 else ())
        mentions.append(Mention(f"{id_}#{number}", id_, (span,), span, sentence, slots=slots))
        at += len(sentence) + 1
    sections = (Section(SectionRole.BODY, (0, len(body))),)
    return Told(
        Report(id_, "d", body, sections, outlet=id_, title=title, published=published), tuple(mentions)
    )


def claim(statement, quantities=(), time=(DAY, DAY)):
    span = (0, len(statement))
    mention = Mention("", "", (span,), span, statement, slots=Slots(time=time, quantity=tuple(quantities)))
    return Claim("c1", statement, mention)


def dead(number):
    return Quantity(number, number, "people", "killed")


AGREE = "Eighteen people were killed in a ferry fire off Port Ilva on Saturday, the coastguard said."
OTHER = "A ferry fire off Port Ilva on Saturday killed 58 people, harbour officials said."
FAR = "Parliament in Veldmark debated the price of bread and milk for schools."
STATEMENT = "Eighteen people were killed in a ferry fire off Port Ilva on 3 May 2031."


def pile():
    return [
        told("a", AGREE, quantities=[dead(18)]),
        told("b", OTHER, quantities=[dead(58)]),
        told("d", FAR),
    ]


def asked(reports):
    return judge(Asked(claim(STATEMENT, [dead(18)])), reports, Services(count_words(pile())))


def test_a_telling_of_the_same_figure_supports():
    relations = {e.report: e.relation for e in asked(pile()).evidence}
    assert relations["a"] is Relation.SUPPORTS


def test_another_toll_never_supports_and_is_named():
    found = {e.report: e for e in asked(pile()).evidence}
    assert found["b"].relation is Relation.REFUTES
    assert any(c.slot == "quantity" and "58" in c.told for c in found["b"].conflicts)


def test_a_toll_told_apart_from_the_event_is_looked_at_too():
    body = [
        "The ferry fire off Port Ilva on Saturday filled wards.",
        *[f"Ferry fire {n}, Port Ilva." for n in range(5)],
    ]
    late = told("e", "Hospitals counted 58 dead.", *body, quantities=[dead(58)])
    found = shortlist(Asked(claim(STATEMENT, [dead(18)])), late, Services(count_words(pile())))
    assert 0 in found
    assert 0 not in shortlist(Asked(claim(STATEMENT)), late, Services(count_words(pile())))


def test_a_count_that_nothing_bears_out_keeps_a_report_from_supporting():
    uncounted = told(
        "u", "People were killed in a ferry fire off Port Ilva on Saturday, the coastguard said."
    )
    asked_of = (
        Asked(claim(STATEMENT, [dead(18)])),
        Asked(claim("People were killed in a ferry fire off Port Ilva.")),
    )
    found = [judge(one, [uncounted], Services(count_words(pile()))) for one in asked_of]
    assert [[e.relation for e in one.evidence] for one in found] == [[], [Relation.SUPPORTS]]


@pytest.mark.parametrize(
    ("claimed", "body", "counts"),
    [
        ("A ferry fire off Port Ilva killed nobody on 3 May 2031.", AGREE, [dead(18)]),
        ("No one died in a ferry fire off Port Ilva on 3 May 2031.", AGREE, [dead(18)]),
    ],
)
def test_that_nobody_died_is_refuted_by_a_toll(claimed, body, counts):
    (found,) = judge(
        Asked(claim(claimed)), [told("a", body, quantities=counts)], Services(count_words(pile()))
    ).evidence
    assert found.relation is Relation.REFUTES
    assert "nobody killed" in {conflict.claimed for conflict in found.conflicts}


def test_a_figure_of_another_place_is_another_events():
    there = told("x", "A hotel fire in Rotterdam on Saturday killed 58 people.", quantities=[dead(58)])
    claims = [
        claim(f"Eighteen people were killed in a hotel fire in {town} on 3 May 2031.", [dead(18)])
        for town in ("Rotterdam", "Lisbon")
    ]
    found = [judge(Asked(one), [there], Services(count_words(pile()))).evidence for one in claims]
    assert [[e.conflicts[0].slot for e in evidence] for evidence in found] == [["quantity"], ["place"]]


def test_a_report_that_tells_little_of_the_claim_is_never_called_silent():
    near = told("x", "Ferries to Port Ilva ran late on Saturday, as the coastguard trained its crews.")
    judged = {
        share: judge(
            Asked(claim(STATEMENT, [dead(18)])),
            [near],
            Services(count_words(pile()), MatchOptions(event=EventOptions(share=0.1, plain=share))),
        )
        for share in (0.1, 0.9)
    }
    assert judged[0.1].silent == ("x",)
    assert judged[0.9].silent == judged[0.9].undetermined == judged[0.9].evidence == ()


def test_a_sentence_is_quoted_rather_than_a_headline():
    title = "Ferry fire off Port Ilva on Saturday killed 18 people, coastguard said."
    one = told("h", title, AGREE, quantities=[dead(18)])
    both = [replace(m, slots=Slots(quantity=(dead(18),))) for m in one.mentions]
    body = one.report.body
    headed = (
        Section(SectionRole.HEADLINE, (0, len(title))),
        Section(SectionRole.BODY, (len(title), len(body))),
    )
    report = Told(replace(one.report, sections=headed), tuple(both))
    (found,) = judge(Asked(claim(STATEMENT, [dead(18)])), [report], Services(count_words(pile()))).evidence
    assert found.quote == AGREE


def test_quotes_are_verbatim():
    bodies = {t.report.id: t.report.body for t in pile()}
    for evidence in asked(pile()).evidence:
        assert bodies[evidence.report][evidence.span[0] : evidence.span[1]] == evidence.quote


def test_a_report_of_something_else_stands_nowhere():
    judged = asked(pile())
    assert "d" not in {e.report for e in judged.evidence} | {*judged.silent, *judged.undetermined}


def test_order_of_the_pile_decides_order_only():
    forth, back = asked(pile()), asked(pile()[::-1])
    assert sorted(forth.evidence, key=lambda e: e.report) == sorted(back.evidence, key=lambda e: e.report)


def test_the_same_words_of_another_year_do_not_support():
    late = told("late", AGREE, quantities=[dead(18)], published=date(2033, 8, 20))
    assert all(e.relation is not Relation.SUPPORTS for e in asked([late]).evidence)


def test_day_and_month_swapped_still_count_as_a_day():
    days = possible_days(told("s", AGREE, published=date(2031, 3, 5)))
    assert date(2031, 5, 3) in days


@pytest.mark.parametrize(
    ("one", "other", "gap"),
    [
        ((DAY, DAY), (DAY, DAY), 0),
        ((DAY, DAY), (date(2031, 5, 6), date(2031, 5, 7)), 3),
        ((DAY, DAY), (date(2031, 5, 1), date(2031, 5, 1)), -2),
        (None, (DAY, DAY), None),
    ],
)
def test_day_gap_is_signed(one, other, gap):
    assert day_gap(one, other) == gap


def aboutness(one, statistics):
    asked = Asked(claim(STATEMENT))
    return about(asked, one, held_share(asked, one, statistics), EventOptions())


def test_aboutness_needs_shared_words():
    statistics = count_words(pile())
    near = aboutness(pile()[0], statistics)
    far = aboutness(pile()[2], statistics)
    assert near.same(EventOptions())
    assert not far.same(EventOptions())


def as_told(one, *mentions):
    """The report with its mentions changed, one after the other."""
    return Told(one.report, tuple(replace(m, **how) for m, how in zip(one.mentions, mentions, strict=True)))


def test_what_is_foreseen_in_one_sentence_may_be_told_as_done_in_another():
    foreseen = "Divers will raise the burned ferry off Port Ilva on Saturday, the coastguard said."
    both = told("f", foreseen, "Divers raised the burned ferry from the sea bed off Port Ilva on Saturday.")
    only = as_told(told("g", foreseen), {"kind": Kind.FORECAST})
    both = as_told(both, {"kind": Kind.FORECAST}, {})
    reports = [both, only, *pile()]
    raised = Asked(claim("Divers raised the burned ferry off Port Ilva on 3 May 2031."))
    found = judge(raised, reports, Services(count_words(reports)))
    assert {e.report: e.mention for e in found.evidence}["f"] == "f#1"
    assert "g" in found.undetermined


def denial(of, **slots):
    one = claim(f"It is not so that {of}")
    mention = replace(one.mention, certainty=Certainty.DENIED, slots=Slots(time=(DAY, DAY), **slots))
    return Asked(replace(one, mention=mention))


def test_two_who_deny_the_same_agree():
    shelled = "Gunners of the army shelled the ferry off Port Ilva on Saturday, survivors said."
    deny = "The ministry denied on Sunday that the army had shelled the ferry off Port Ilva."
    at = deny.index("the army")
    denying = as_told(told("m", deny), {"certainty": Certainty.DENIED, "content": ((at, len(deny) - 1),)})
    reports = [denying, told("s", shelled), *pile()]
    asked_of = denial(
        "the army had shelled the ferry off Port Ilva", actor="army", action="shell", patient="ferry"
    )
    found = judge(asked_of, reports, Services(count_words(reports)))
    relations = {e.report: e.relation for e in found.evidence}
    assert relations["m"] is Relation.SUPPORTS
    assert relations["s"] is Relation.REFUTES


def test_whose_a_nameless_speakers_things_are_is_no_part_of_what_is_claimed():
    said = "a harbour pilot\u2019s boats will reach Port Ilva"
    links = (Link("a harbour pilot", SourceKind.UNNAMED, (0, 0)),)
    one = claim(said)
    words = Asked(replace(one, mention=replace(one.mention, links=links))).content
    assert [w.form for w in words] == ["boats", "reach", "port", "ilva"]
    assert "pilot" in [w.form for w in Asked(one).content]


def verdict_of(statement, sentence, claimed, counted, slots=None):
    """Return how a report of one sentence bears on a claim."""
    asked = Asked(claim(statement, claimed))
    if slots:
        mention = replace(asked.claim.mention, slots=replace(asked.claim.mention.slots, **slots))
        asked = Asked(replace(asked.claim, mention=mention))
    reports = [told("a", sentence, quantities=counted)]
    return judge(asked, reports, Services(count_words(pile())))


def test_the_dead_of_the_other_side_are_another_count():
    statement = "Nine rebels were killed in the fighting at Port Ilva on 3 May 2031."
    nine, four = Quantity(9, 9, "rebel", "killed"), Quantity(4, 4, "fighter", "killed")

    def apart(whose):
        report = told(
            "a", f"Four {whose} fighters were killed in the fighting at Port Ilva.", quantities=[four]
        )
        asked, counted = Asked(claim(statement, [nine])), count_words([report])
        return list(figures_apart(asked, compare(asked, report, 0, counted), report, 0))

    assert [conflict.slot for conflict in apart("rebel")] == ["quantity"]
    assert apart("government") == []


def test_a_figure_given_again_of_fewer_people_counts_those():
    statement = "A ferry fire off Port Ilva killed 18 people on 3 May 2031."
    sentence = "Nine killed by ferry fire off Port Ilva: nine children were killed on 3 May 2031."
    children = Quantity(9, 9, "child", "killed")
    assert verdict_of(statement, sentence, [dead(18)], [dead(9)]).evidence[0].relation is Relation.REFUTES
    assert not verdict_of(statement, sentence, [dead(18)], [dead(9), children]).evidence


def test_every_sentence_that_counts_the_same_is_looked_at_beside_the_nearest():
    nearest = "Eighteen people were killed in a ferry fire off Port Ilva."
    odd = "Divers brought up 58 people."
    report = told("a", *[nearest] * 6, odd, quantities=[dead(18)])
    counting = replace(report.mentions[6], slots=Slots(quantity=(dead(58),)))
    report = replace(report, mentions=(*report.mentions[:6], counting))
    asked = Asked(claim(STATEMENT, [dead(18)]))
    assert 6 in shortlist(asked, report, Services(count_words([report])))


def test_where_the_act_is_told_nowhere_weak_support_counts_for_nothing():
    statement = "The guards of the harbour at Port Ilva flooded the old lock on 3 May 2031."
    sentence = "The guards of the harbour at Port Ilva were seen at the old lock on 3 May 2031."
    asked = {"action": "flood", "patient": "old lock"}
    assert not verdict_of(statement, sentence, [], [], asked).evidence


@pytest.mark.parametrize(("slot", "refuted"), [("quantity", True), ("means", False)])
def test_only_figures_refute_in_a_passage_that_tells_little_of_the_claim(monkeypatch, slot, refuted):
    module = import_module("secondsource.match.judge")
    little = SimpleNamespace(
        options={"supports": 0.5, "undetermined": 0.35, "refutes": 0.3},
        scores=lambda rows: [(0.1, 0.6, 0.3)] * len(rows),
        version="test",
    )
    monkeypatch.setattr(module, "forest", lambda: little)
    monkeypatch.setattr(module, "against", lambda *_: (Conflict(slot, "one", "other"),))
    found = judge(Asked(claim(STATEMENT)), [told("a", AGREE)], Services(count_words(pile()))).evidence
    assert [e.relation for e in found] == [Relation.REFUTES] * refuted


def patient_of(statement, sentence, claimed, counted):
    found = verdict_of(statement, sentence, [claimed], [counted]).evidence
    return [(e.relation, c.slot) for e in found for c in e.conflicts]


def test_the_same_figure_of_anothers_men_is_another_count():
    statement = "Twenty Hezbollah fighters were killed in the battle for Port Ilva on 3 May 2031."
    fighters = Quantity(20, 20, "fighter", "killed")
    told_of = "Twenty {} fighters were killed in the battle for Port Ilva on Saturday.".format
    assert patient_of(statement, told_of("Taliban"), fighters, fighters) == [(Relation.REFUTES, "patient")]
    assert patient_of(statement, told_of("Hezbollah"), fighters, fighters) == []
    members = "Twenty members of the Taliban were killed in the battle for Port Ilva on Saturday."
    counted = replace(fighters, unit="member")
    assert patient_of(statement, members, fighters, counted) == [(Relation.REFUTES, "patient")]


def test_many_who_were_captured_are_not_many_who_were_wounded():
    statement = "Guards captured 30 smugglers in the harbour of Port Ilva on 3 May 2031."
    sentence = "Guards wounded 30 smugglers in the harbour of Port Ilva on Saturday."
    one, other = (Quantity(30, 30, "smuggler", fate) for fate in ("captured", "wounded"))
    assert patient_of(statement, sentence, one, other) == [(Relation.REFUTES, "outcome")]


def test_several_of_what_no_list_knows_are_counted_too():
    statement = "The spill at Port Ilva on 3 May 2031 caused five cases of vertigo."
    sentence = "35 cases of vertigo were counted after the spill at Port Ilva on Saturday."
    report = told("a", sentence)
    comparison = compare(Asked(claim(statement)), report, 0, count_words([report]))
    found = figures_apart(Asked(claim(statement)), comparison, report, 0)
    assert [(c.claimed, c.told) for c in found] == [("5 cases", "35 cases")]


@pytest.mark.parametrize(("also", "relation"), [("by fire", "supports"), ("", "refutes")])
def test_who_leaves_out_what_another_sentence_contests_does_not_outweigh_it(monkeypatch, also, relation):
    module = import_module("secondsource.match.judge")
    sure = SimpleNamespace(
        options={"supports": 0.5, "undetermined": 0.35, "refutes": 0.3},
        scores=lambda rows: [(0.8, 0.1, 0.1), (0.9, 0.0, 0.1)][: len(rows)],
        version="test",
    )
    monkeypatch.setattr(module, "forest", lambda: sure)
    contested = (Conflict("means", "fire", "collision"),)
    monkeypatch.setattr(module, "against", lambda a, t, number, c: contested if number else ())
    statement = f"Eighteen people were killed {also or 'by fire'} on a ferry off Port Ilva on 3 May 2031."
    full = f"Eighteen people were killed {also} on a ferry off Port Ilva on 3 May 2031."
    report = told("a", full, "A collision of the ferry killed the people.")
    found = judge(Asked(claim(statement)), [report], Services(count_words(pile()))).evidence
    assert [e.relation for e in found] == [relation]


@pytest.mark.parametrize(("number", "supported"), [(31, True), (58, False)])
def test_a_larger_figure_told_of_another_day_is_another_events(number, supported):
    statement = "At least 31 people were killed in a ferry fire off Port Ilva on 3 May 2031."
    sentence = f"A ferry fire off Port Ilva killed {number} people on 4 May 2031."
    least = Quantity(31, None, "people", "killed")
    report = told("a", sentence, quantities=[dead(number)])
    slots = replace(report.mentions[0].slots, time=(date(2031, 5, 4), date(2031, 5, 4)))
    report = replace(report, mentions=(replace(report.mentions[0], slots=slots),))
    found = judge(Asked(claim(statement, [least])), [report], Services(count_words(pile()))).evidence
    assert bool(found) is supported
