from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from secondsource.model import (
    Claim,
    Evidence,
    Kind,
    Mention,
    Origin,
    OriginKind,
    Outcome,
    Relation,
    Slots,
    VerdictLabel,
)  # fmt: skip
from secondsource.weigh import Sign, Weights, grade, outcome, settleable, weigh


def claim(kind=Kind.EVENT, statement="Two boats sank off Port Ilva.", time=None, report="r0"):
    span = (0, len(statement))
    mention = Mention("m", report, (span,), span, statement, kind=kind, slots=Slots(time=time))
    return Claim("c", statement, mention, report, span if report else None)


def evidence(report, relation=Relation.SUPPORTS, span=(0, 10)):
    return Evidence("c", report, f"{report}#0", relation, span, "x" * 10, 0.9, "both say so")


def origin(key, name=None, kind=OriginKind.SOURCE):
    return Origin(key, name or key, kind, "named in the text")


def test_two_independent_origins_corroborate():
    verdict = weigh(claim(), [(evidence("a"), origin("coastguard"))], origin("mayor"))
    assert verdict.label is VerdictLabel.CORROBORATED
    assert verdict.independent_origins == 2


def test_own_origin_told_again_is_a_repeat_and_single_origin():
    verdict = weigh(claim(), [(evidence("a"), origin("mayor"))], origin("mayor"))
    assert verdict.label is VerdictLabel.SINGLE_ORIGIN
    assert verdict.tellings[0].repeat


def test_any_refutation_contests():
    told = [(evidence("a"), origin("x")), (evidence("b", Relation.REFUTES), origin("y"))]
    assert weigh(claim(), told, origin("z")).label is VerdictLabel.CONTESTED


def test_nothing_told_is_uncorroborated():
    verdict = weigh(claim(), [], origin("z"))
    assert verdict.label is VerdictLabel.UNCORROBORATED
    assert verdict.independent_origins == 1


def test_copied_spans_unite_origins_with_different_keys():
    told = [(evidence("a"), origin("outlet-a", kind=OriginKind.OUTLET)), (evidence("b"), origin("wire"))]
    verdict = weigh(claim(report=""), told, None, Weights(copied=lambda _: [(1, 0)]))
    assert verdict.label is VerdictLabel.SINGLE_ORIGIN
    assert len({t.origin.key for t in verdict.tellings}) == 1


def test_people_without_a_name_are_together_one_more_origin():
    medics = origin("medics@wire", "medics", OriginKind.UNNAMED)
    guards = origin("guards@daily", "guards", OriginKind.UNNAMED)
    told = [(evidence("a"), medics), (evidence("b"), guards)]
    assert weigh(claim(), told, None).label is VerdictLabel.SINGLE_ORIGIN
    assert weigh(claim(), told, origin("mayor")).independent_origins == 2


def test_an_unknown_origin_never_corroborates():
    told = [(evidence("a"), origin("unnamed-1", "a source", OriginKind.UNKNOWN))]
    assert weigh(claim(), told, origin("mayor")).label is VerdictLabel.SINGLE_ORIGIN


def test_names_are_distinct_where_keys_are():
    told = [(evidence("a"), origin("k1", "a resident")), (evidence("b"), origin("k2", "a resident"))]
    names = [t.origin.name for t in weigh(claim(), told, None).tellings]
    assert len(set(names)) == 2


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=6), st.integers(0, 5))
def test_repeating_an_origin_never_adds_one(keys, again):
    told = [(evidence(f"r{i + 1}"), origin(k)) for i, k in enumerate(keys)]
    before = weigh(claim(), told, origin("own"))
    repeated = [*told, (evidence("late"), origin(keys[again % len(keys)]))]
    after = weigh(claim(), repeated, origin("own"))
    assert after.independent_origins == before.independent_origins
    assert after.label is before.label


@given(st.permutations(["a", "b", "c", "a", "d"]))
def test_order_of_tellings_never_matters(keys):
    told = [(evidence(f"r-{k}-{i}"), origin(k)) for i, k in enumerate(keys)]
    verdict = weigh(claim(), told, origin("a"))
    assert (verdict.label, verdict.independent_origins) == (VerdictLabel.CORROBORATED, 4)


def test_grade_needs_three_origins_for_one():
    assert grade(VerdictLabel.CORROBORATED, 3, 0).code == "F1"
    assert grade(VerdictLabel.CORROBORATED, 2, 0).code == "F2"
    assert grade(VerdictLabel.CONTESTED, 1, 2).code == "F5"
    assert grade(VerdictLabel.UNCORROBORATED, 1, 0).code == "F6"


def test_forecast_comes_true_by_a_later_report_only():
    forecast = claim(Kind.FORECAST)
    day = date(2031, 5, 2)
    later = Sign(Relation.SUPPORTS, Kind.EVENT, date(2031, 5, 4))
    same_day = Sign(Relation.SUPPORTS, Kind.EVENT, day)
    assert outcome(forecast, [later], day, None) is Outcome.CAME_TRUE
    assert outcome(forecast, [same_day], day, None) is Outcome.OPEN
    assert outcome(claim(), [later], day, None) is None


def test_a_deadline_that_passed_untold_lapses():
    due = claim(Kind.INTENTION, time=(date(2031, 5, 5), date(2031, 5, 6)))
    assert outcome(due, [], date(2031, 5, 2), date(2031, 6, 1)) is Outcome.LAPSED


def test_motives_and_assessments_are_not_settleable():
    assert not settleable(claim(statement="The raid was meant to frighten the villagers."))
    assert not settleable(claim(Kind.ASSESSMENT))
    assert settleable(claim())
