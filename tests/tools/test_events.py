"""The generated events keep to their truth, and come out the same for the same seed."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench"


@pytest.fixture(scope="module")
def events():
    spec = importlib.util.spec_from_file_location("bench_events", BENCH / "events.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_events"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["bench_events"]


@pytest.fixture(scope="module")
def told(events):
    return [{one.role: one for one in event} for event in events.events(300, seed=4)]


def test_the_same_seed_gives_the_same_pile(events, tmp_path) -> None:
    for name in "ab":
        events.write(30, 4, tmp_path / f"{name}.jsonl", tmp_path / f"{name}-truth.jsonl")
    for kind in ("", "-truth"):
        one, other = (tmp_path / f"{name}{kind}.jsonl" for name in "ab")
        assert one.read_bytes() == other.read_bytes()
    events.write(30, 5, tmp_path / "c.jsonl", tmp_path / "c-truth.jsonl")
    assert (tmp_path / "c.jsonl").read_bytes() != (tmp_path / "a.jsonl").read_bytes()


def test_every_telling_names_its_place_and_toll(told) -> None:
    for event in told:
        for one in event.values():
            text = f"{one.title} {' '.join(one.body)}"
            assert one.town in text
            assert one.role == "edit" or str(one.toll) in text


def test_copies_are_copies_and_others_are_not(told) -> None:
    for event in told:
        first = event["first"].body[:4]
        assert event["print"].body[:4] == first
        assert not set(first) & set(event["own"].body)
        assert set(event["edit"].body[:2]) & {*first, *(s.replace(" said", " stated", 1) for s in first)}
        quoting = event["quote"]
        assert not quoting.copy_of or any('"' in one and one in quoting.body for one in event["first"].body)


def test_tolls_rise_err_and_stray_as_the_truth_says(told) -> None:
    for event in told:
        toll = event["first"].toll
        assert event["own"].toll == event["print"].toll == toll < event["later"].toll < event["wrong"].toll
        assert event["near-miss"].town != event["first"].town


def test_a_larger_pile_is_a_longer_archive(events) -> None:
    days = [events.day_of(number, 140) for number in (0, 13, 14, 1400)]
    assert [(day - events.START).days for day in days] == [0, 0, 1, 100]
