import importlib.util
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from secondsource.tell import lines

ROOT = Path(__file__).resolve().parents[2]


def _tool():
    spec = importlib.util.spec_from_file_location("schema_tool", ROOT / "tools" / "schema.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = _tool()


@pytest.mark.parametrize("kind", sorted(TOOL.KINDS))
def test_the_committed_schema_is_that_of_the_record(kind):
    text = (ROOT / "docs" / "schema" / f"{kind}.json").read_text(encoding="utf-8")
    assert text == TOOL.schema(kind), "run: python tools/schema.py"
    Draft202012Validator.check_schema(json.loads(text))


def _validate(kind, text):
    Draft202012Validator(json.loads(TOOL.schema(kind))).validate(json.loads(text))


def test_a_dossier_and_its_lines_validate(dossier, material):
    pile = {report.id: report for report in material.pile}
    _validate("dossier", lines.to_json(dossier))
    for claim, verdict in zip(material.claims, material.verdicts, strict=True):
        _validate("mention", lines.to_line(lines.mention(claim.mention)))
        _validate("answer", lines.to_line(lines.answer(verdict, pile)))
    _validate("pair", lines.to_line(lines.pair(material.reuse[0])))


def test_the_schema_refuses_a_dossier_without_claims(dossier):
    broken = json.loads(lines.to_json(dossier))
    del broken["claims"]
    errors = list(Draft202012Validator(json.loads(TOOL.schema("dossier"))).iter_errors(broken))
    assert any("claims" in error.message for error in errors)
