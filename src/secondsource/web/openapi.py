"""The description of the API: OpenAPI 3.1 with the schemas that the records themselves have."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.responses import Response

from secondsource import __version__
from secondsource.tell import records as told
from secondsource.web import records as own
from secondsource.web.show import PROBLEM

RECORDS = (
    told.AnswerRecord, told.ClaimRecord, told.DossierRecord, told.ReportRecord,
    own.AddRequest, own.AskRequest, own.CheckRequest, own.JudgeRequest,
    own.EffectRecord, own.FoundRecord, own.JobRecord, own.JudgementsRecord, own.PairsRecord, own.Problem,
)  # fmt: skip
_TEMPLATE = "#/components/schemas/{name}"


def answers(record: type, status: int = 200, *, kind: str = "application/json") -> dict[str, Any]:
    """Return what FastAPI is told of a route that answers with a record, or with a problem."""
    schema = {"type": "string"} if kind == "text/event-stream" else _reference(record)
    sentence = str(record.__doc__).partition("\n")[0]
    problem = {"content": {PROBLEM: {"schema": _reference(own.Problem)}}}
    return {
        "status_code": status,
        "response_model": None,
        "response_class": Response,
        "responses": {
            status: {"description": sentence, "content": {kind: {"schema": schema}}},
            "4XX": {"description": "The request cannot be answered.", **problem},
            "5XX": {"description": "The server is at fault, or busy.", **problem},
        },
    }  # fmt: skip


def asks(record: type, answer: type, status: int) -> dict[str, Any]:
    """Return what FastAPI is told of a route that takes one record and answers with another."""
    body = {"required": True, "content": {"application/json": {"schema": _reference(record)}}}
    return answers(answer, status) | {"openapi_extra": {"requestBody": body}}


def describe(app: FastAPI, tokens: bool) -> dict[str, Any]:
    """Return the OpenAPI document of the routes of an application."""
    document = get_openapi(
        title="secondsource",
        version=__version__,
        summary="Who says it, who else says it independently, who contradicts it.",
        routes=app.routes,
    )
    _, schemas = msgspec.json.schema_components(RECORDS, ref_template=_TEMPLATE)
    components = {"schemas": dict(sorted(schemas.items()))}
    if tokens:
        document["security"] = [{"token": []}]
        components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    return document | {"components": components}


def _reference(record: type) -> dict[str, str]:
    return {"$ref": _TEMPLATE.format(name=record.__name__)}
