"""The comparison with the key: full marks for the hand-made dossier, and a fault found for each feature."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from secondsource.tell import lines

ROOT = Path(__file__).resolve().parents[2]


def _tool():
    spec = importlib.util.spec_from_file_location("example_key", ROOT / "tools" / "example_key.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["example_key"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


TOOL = _tool()


@pytest.fixture
def wire(dossier):
    return json.loads(lines.to_json(dossier))


def wrong(wire):
    return {mark.feature for mark in TOOL.compare(wire, TOOL.key()) if not mark.right}


def test_the_perfect_dossier_gets_full_marks(wire):
    assert wrong(wire) == set()


def _claim(wire, name):
    return next(claim for claim in wire["claims"] if claim["id"] == name)


def _lose(wire):
    wire["claims"].remove(_claim(wire, "dam"))


def _take_the_footer(wire):
    claim = _claim(wire, "convoy")
    claim["content"] = [[claim["span"][0], claim["span"][1] + 30]]


def _believe_another_toll(wire):
    for telling in _claim(wire, "toll")["tellings"]:
        telling["relation"] = "supports"


def _count_a_reprint(wire):
    telling = next(t for t in _claim(wire, "bridge")["tellings"] if t["report"] == "lyth-1")
    telling["origin"] = "Lyth Courier"


def _mix_in_another_town(wire):
    claim = _claim(wire, "market")
    claim["tellings"].append(dict(claim["tellings"][0], report="lyth-2"))


def _forget_a_silence(wire):
    _claim(wire, "bridge")["silent"].remove("harbour-2")


def _swap_the_figures(wire):
    clash = next(c for t in _claim(wire, "toll")["tellings"] for c in t["conflicts"])
    clash["told"] = "18"


def _name_nobody(wire):
    wire["naming"] = []


def _leave_nothing_out(wire):
    wire["omissions"] = []


def _forget_the_agency(wire):
    _claim(wire, "bridge")["chain"].pop()


@pytest.mark.parametrize(
    ("fault", "features"),
    [
        (_lose, {"found"}),
        (_take_the_footer, {"footer"}),
        (_believe_another_toll, {"refutes", "no false supports"}),
        (_count_a_reprint, {"one origin"}),
        (_mix_in_another_town, {"unrelated", "another event", "no false supports"}),
        (_forget_a_silence, {"silent"}),
        (_swap_the_figures, {"conflict"}),
        (_name_nobody, {"naming"}),
        (_leave_nothing_out, {"omission"}),
        (_forget_the_agency, {"chain"}),
    ],
)
def test_each_fault_costs_its_feature(wire, fault, features):
    fault(wire)
    assert wrong(wire) == features


@pytest.mark.parametrize(
    ("field", "value"),
    [("verdict", "contested"), ("outcome", "open"), ("kind", "background"), ("independent_origins", 9)],
)
def test_a_wrong_field_costs_that_field(wire, field, value):
    _claim(wire, "bridge")[field] = value
    assert wrong(wire) == {field}


def test_pairs_are_held_to_the_key():
    key = TOOL.key()
    rows = [{k: v for k, v in entry.items() if k != "accept"} for entry in key["pairs"]]
    assert all(mark.right for mark in TOOL.pairs(rows, key))
    rows[0] = rows[0] | {"kind": "boilerplate", "origin": "lyth-courier"}
    rows.append({"a": "cw-1", "b": "sel-1", "kind": "copy", "origin": "", "direction": "common"})
    assert {mark.feature for mark in TOOL.pairs(rows, key) if not mark.right} == {
        "pair",
        "pair origin",
        "no false copy",
    }


def test_the_key_stands_on_the_texts_of_the_case():
    key = TOOL.key()
    rows = (TOOL.CASE / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    bodies = {record["id"]: record["body"] for record in map(json.loads, rows)}
    assert len(bodies) == 13
    assert len({json.loads(row)["outlet"] for row in rows}) == 8
    for entry in key["claims"]:
        assert bodies[key["report"]].count(entry["quote"]) == 1
    for change in key["changes"]:
        assert change["before"] in bodies[change["source"]]
        assert change["after"] in bodies[change["reprint"]]
    assert all(
        sum(name in body for body in bodies.values()) >= 2 for pair in key["spellings"] for name in pair
    )
    assert all(json.loads(row)["note"] == "invented" for row in rows)
