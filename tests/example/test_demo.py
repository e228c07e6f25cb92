"""The real dossier of the example case, held to its hand-written key, feature by feature.

`WRONG` is how many marks of a feature are wrong today, exactly: a worse method fails here, and so
does a better one until its number is lowered. Never raise one.
"""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from secondsource import lexicon, pipeline
from secondsource.tell import html, lines, terminal

ROOT = Path(__file__).resolve().parents[2]

WRONG = {
    "another event": 0,
    "as-of": 0,
    "certainty": 0,
    "chain": 0,
    "condition": 0,
    "conflict": 0,
    "footer": 0,
    "found": 0,
    "independent_origins": 0,
    "kind": 0,
    "naming": 0,
    "no false copy": 0,
    "no false refutes": 0,
    "no false supports": 0,
    "omission": 0,
    "one origin": 0,
    "outcome": 0,
    "pair": 0,
    "pair origin": 0,
    "refutes": 0,
    "repeats": 0,
    "silent": 0,
    "source_kind": 0,
    "supports": 0,
    "unrelated": 0,
    "verdict": 0,
}


def _tool():
    spec = importlib.util.spec_from_file_location("example_key", ROOT / "tools" / "example_key.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["example_key"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


TOOL = _tool()


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """The dossier of the main report and the pairs of the whole case, made as a user would."""
    lexicon.use(TOOL.CASE / "lexicon")
    library = pipeline.Library(tmp_path_factory.mktemp("case") / "case.db")
    try:
        library.add([str(TOOL.CASE / "reports.jsonl")])
        pairs = [json.loads(lines.to_line(pair)) for pair in library.origins()]
        yield library.check(TOOL.key()["report"]), pairs
    finally:
        library.close()
        lexicon.use()


@pytest.fixture(scope="module")
def marks(case):
    dossier, pairs = case
    return TOOL.compare(json.loads(lines.to_json(dossier)), TOOL.key()) + TOOL.pairs(pairs, TOOL.key())


@pytest.mark.parametrize("feature", sorted(WRONG))
def test_each_feature_of_the_key_is_as_wrong_as_known(marks, feature):
    wrong = [mark.what for mark in marks if mark.feature == feature and not mark.right]
    assert len(wrong) == WRONG[feature], wrong


def test_every_feature_asked_is_held(marks):
    assert set(WRONG) == set(TOOL.totals(marks))


def test_every_quote_of_the_real_dossier_stands_in_its_report(case):
    dossier, _ = case
    rows = (TOOL.CASE / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    bodies = {record["id"]: record["body"] for record in map(json.loads, rows)}
    assert dossier.report.body == bodies["ledger-1"]
    for claim in dossier.claims:
        assert bodies["ledger-1"][slice(*claim.span)] == claim.quote
        for telling in claim.tellings:
            assert bodies[telling.report][slice(*telling.span)] == telling.quote


def test_the_demo_is_the_same_dossier(case):
    assert lines.to_json(pipeline.demo()) == lines.to_json(case[0])


def test_the_real_dossier_renders_everywhere(case):
    dossier, _ = case
    page, text = html.render(dossier), terminal.render(dossier)
    for claim in dossier.claims:
        assert claim.quote.split()[0] in text
    assert page.count('class="card ') == len(dossier.claims)
