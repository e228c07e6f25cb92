import pytest

from secondsource.match.numbers import Fit, compare_numbers, fit, units_relate
from secondsource.model import Quantity


def dead(low, high="same", unit="people"):
    return Quantity(low, low if high == "same" else high, unit, "killed")


@pytest.mark.parametrize(
    ("claimed", "told", "expected"),
    [
        (dead(18), dead(18), Fit.AGREES),
        (dead(18), dead(58), Fit.CONFLICTS),
        (dead(18), dead(18, None), Fit.AGREES),
        (dead(31, None), dead(43), Fit.AGREES),
        (dead(43, None), dead(31), Fit.CONFLICTS),
        (dead(10, None), dead(112), Fit.OPEN),
        (dead(None, 900), dead(700), Fit.AGREES),
        (dead(None, 900), dead(26), Fit.OPEN),
        (dead(43, None), dead(31, None), Fit.OPEN),
        (dead(43), dead(31, None), Fit.OPEN),
        (dead(18), Quantity(18, 18, "people", "wounded"), Fit.APART),
        (dead(13, unit="civilians"), dead(13, unit="militants"), Fit.OTHER_KIND),
        (dead(22), dead(6, unit="civilians"), Fit.OPEN),
        (dead(85), dead(100, None, "civilians"), Fit.CONFLICTS),
        (Quantity(4, 4, "tanks", "destroyed"), Quantity(5, 5, "villages", "destroyed"), Fit.APART),
    ],
)
def test_fit_compares_intervals_of_one_kind(claimed, told, expected):
    assert fit(claimed, told) is expected


def test_children_are_part_of_civilians():
    assert units_relate("civilians", "children") == "part"
    assert units_relate("children", "people") == "whole"
    assert units_relate("fishermen", "boats") == "apart"


def test_agreement_is_preferred_to_conflict():
    (pair,) = compare_numbers([dead(18)], [dead(58), dead(18)])
    assert pair.fit is Fit.AGREES
