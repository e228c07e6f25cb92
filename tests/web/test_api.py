"""The API against its own description: every answer is as the OpenAPI document says."""

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from secondsource.errors import UnreadableInput


@pytest.fixture
def offline(monkeypatch):
    import secondsource.reach

    def refuse(url, *_, **__):
        raise UnreadableInput(f"{url}: no network in tests")

    monkeypatch.setattr(secondsource.reach, "fetch", refuse)


def test_the_description_is_openapi_and_has_the_schemas_of_the_files(client):
    document = client.get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    dossier = document["components"]["schemas"]["DossierRecord"]
    assert "claims" in dossier["required"]
    text = json.dumps(document)
    for reference in {part.partition('"')[0] for part in text.split('"#/components/schemas/')[1:]}:
        assert reference in document["components"]["schemas"]


def test_schemathesis_finds_no_answer_that_the_description_does_not_have(checked, offline):
    """A few examples an operation, good ones and bad ones, the same every time."""
    schema = schemathesis.openapi.from_dict(checked.get("/api/openapi.json").json())
    tried = []
    for result in schema.get_all_operations():
        operation = result.ok()
        # What is well formed may still name a claim or page that is not there: refusing it is right.
        refuses = [positive_data_acceptance] if operation.method == "post" else []
        _try(operation, str(checked.base_url), refuses)
        tried.append(operation.label)
    assert len(tried) == 12


def _try(operation, address, refuses):
    @settings(
        max_examples=10, derandomize=True, database=None, deadline=None,
        phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy())
    def holds(case):
        case.call_and_validate(base_url=address, excluded_checks=refuses)

    holds()
