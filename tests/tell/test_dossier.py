import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.model import Direction, Reuse, ReuseKind
from secondsource.tell import dossier as tell_dossier
from secondsource.tell import lines


def test_claims_stand_in_reading_order_with_their_words(dossier, material):
    assert [claim.span for claim in dossier.claims] == sorted(claim.span for claim in dossier.claims)
    for claim in dossier.claims:
        assert material.report.body[slice(*claim.span)] == claim.quote


def test_support_stands_before_refutation_and_days_ascend(dossier):
    for claim in dossier.claims:
        relations = [telling.relation for telling in claim.tellings]
        assert relations == sorted(relations, reverse=True)
        days = [telling.published for telling in claim.tellings if telling.relation == "supports"]
        assert days == sorted(days)


def test_origins_name_the_reports_that_carry_them(dossier):
    commander = next(origin for origin in dossier.origins if origin.name == "field commander")
    assert commander.reports == ("halvet-1", "ksna-1", "ledger-1")
    assert commander.claims == ("bridge", "trucks", "forecast")


def test_pile_lists_only_reports_that_the_dossier_names(dossier):
    assert "lyth-2" not in [report.id for report in dossier.pile]
    assert len(dossier.pile) == 11


def test_reprints_say_who_took_from_whom(dossier, material):
    (reprint,) = dossier.reprints
    assert (reprint.report, reprint.kind, reprint.direction) == ("ksna-1", "quote", "from")
    assert reprint.changes[0].kind == "hedge-dropped"
    taken = Reuse("ksna-1", "ledger-1", ReuseKind.VERBATIM, 1.0, Direction.B_TO_A, "plain-ledger")
    other = tell_dossier.build(dataclasses.replace(material, reuse=(taken,)))
    assert other.reprints[0].direction == "to"


def test_sides_group_outlets_by_owner(dossier):
    assert [side.side for side in dossier.sides] == [
        "independent, Lythia",
        "party, Northern League",
        "state-owned, Kessaria",
    ]
    assert dossier.sides[0].own
    assert "plain-ledger" in dossier.sides[0].outlets
    league = dossier.sides[1]
    assert {(t.report, t.relation) for t in league.tellings if t.claim == "toll"} == {
        ("sel-1", "refutes"),
        ("voice-1", "refutes"),
    }
    assert "trucks" in league.silent


def test_naming_counts_what_each_outlet_prints(dossier):
    (league,) = dossier.naming
    assert league.actor == "northern-league"
    used = {(use.outlet, use.name): use.count for use in league.names}
    assert used["ksna", "terrorists"] == 4
    assert used["free-sel-radio", "freedom fighters"] == 2
    assert ("free-sel-radio", "terrorists") not in used


def test_limits_count_the_reports_of_the_event(dossier):
    assert dossier.limits[0].startswith("10 of the 12 other reports")


def test_no_report_of_the_event_is_said_in_words(material):
    bare = tuple(
        dataclasses.replace(verdict, tellings=(), silent=(), undetermined=()) for verdict in material.verdicts
    )
    other = tell_dossier.build(dataclasses.replace(material, verdicts=bare))
    assert other.limits[0] == "None of the 12 reports covers this event: every claim is uncorroborated here."


def test_an_undated_foreign_report_is_a_limit(material):
    report = dataclasses.replace(material.report, published=None, language="fr")
    other = tell_dossier.build(dataclasses.replace(material, report=report))
    assert any("'fr'" in limit for limit in other.limits)
    assert any("no day of publication" in limit for limit in other.limits)


def test_a_claim_without_verdict_is_a_bug_not_a_dossier(material):
    with pytest.raises(KeyError):
        tell_dossier.build(dataclasses.replace(material, verdicts=material.verdicts[1:]))


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_of_material_never_matters(material, dossier, random):
    def mixed(items):
        return tuple(random.sample(items, len(items)))

    verdicts = tuple(dataclasses.replace(v, tellings=mixed(v.tellings)) for v in mixed(material.verdicts))
    other = dataclasses.replace(
        material,
        claims=mixed(material.claims),
        verdicts=verdicts,
        pile=mixed(material.pile),
        rejects=mixed(material.rejects),
    )
    assert lines.to_json(tell_dossier.build(other)) == lines.to_json(dossier)


def test_a_report_that_speaks_to_one_event_is_silent_on_the_others(material):
    bare = tuple(dataclasses.replace(verdict, silent=(), undetermined=()) for verdict in material.verdicts)
    claims = {c.id: c for c in tell_dossier.build(dataclasses.replace(material, verdicts=bare)).claims}
    assert "harbour-2" in claims["bridge"].silent
    assert "lyth-2" not in claims["bridge"].silent
    for claim in claims.values():
        assert not {telling.report for telling in claim.tellings} & set(claim.silent)


def test_a_report_that_settles_a_forecast_alone_covers_no_event(material):
    only = tuple(
        dataclasses.replace(
            verdict, silent=(), tellings=verdict.tellings if verdict.claim == "forecast" else ()
        )
        for verdict in material.verdicts
    )
    other = tell_dossier.build(dataclasses.replace(material, verdicts=only))
    assert all(claim.silent == () for claim in other.claims)


def test_what_is_undetermined_is_not_silent(material):
    held = tuple(dataclasses.replace(verdict, undetermined=("sel-1",)) for verdict in material.verdicts)
    trucks = tell_dossier.build(dataclasses.replace(material, verdicts=held)).claims[1]
    assert trucks.undetermined == ("sel-1",)


def test_silence_on_one_claim_alone_covers_no_event(material):
    bare = tuple(dataclasses.replace(verdict, tellings=()) for verdict in material.verdicts)
    other = tell_dossier.build(dataclasses.replace(material, verdicts=bare))
    assert all(claim.silent == () for claim in other.claims)
    assert other.limits[0] == "None of the 12 reports covers this event: every claim is uncorroborated here."


def test_what_others_tell_beside_the_event_is_called_background(material):
    only = tuple(
        dataclasses.replace(v, tellings=v.tellings if v.claim == "dam" else ()) for v in material.verdicts
    )
    other = tell_dossier.build(dataclasses.replace(material, verdicts=only))
    assert other.limits[0] == "None of the 12 reports covers this event: what others tell is background."
