"""Pages out of templates, and answers to those who are refused: a page, or a problem in JSON."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from importlib.resources import files
from typing import Any

import msgspec
from jinja2 import Environment, FunctionLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from secondsource.tell import html
from secondsource.web.faults import TITLES, Refused
from secondsource.web.records import Problem
from secondsource.web.sessions import Sessions
from secondsource.web.shelf import report_address
from secondsource.web.tokens import TokenKind

PROBLEM = "application/problem+json"


def page(request: Request, template: str, status: int = 200, **given: Any) -> HTMLResponse:
    """Return a page; what comes from outside is escaped, and its hidden characters are shown."""
    state = request.scope.get("state", {})
    person, sessions = state.get("person"), getattr(request.scope.get("app"), "state", None)
    marks: Sessions | None = getattr(sessions, "sessions", None)
    given |= {
        "mark": marks.mark(state["session"]) if marks and state.get("session") else "",
        "person": person,
        "may_review": person is not None and person.kind is TokenKind.REVIEW,
        "path": request.url.path,
    }
    return HTMLResponse(_environment().get_template(template).render(given), status)


def told(request: Request, refused: Refused) -> Response:
    """Return the answer to a request that is refused."""
    headers = {"retry-after": "5"} if refused.status in (429, 503) else {}
    if refused.status == HTTPStatus.UNAUTHORIZED:
        headers["www-authenticate"] = "Bearer"
    title = TITLES.get(refused.status, HTTPStatus(refused.status).phrase)
    if request.url.path.startswith("/api/"):
        problem = Problem(type="about:blank", title=title, status=refused.status, detail=refused.detail)
        answer: Response = json(problem, refused.status, PROBLEM)
    elif refused.status == HTTPStatus.UNAUTHORIZED and request.method in ("GET", "HEAD"):
        return Response(status_code=303, headers={"location": "/enter"})
    else:
        answer = page(request, "problem.html.j2", refused.status, title=title, detail=refused.detail)
    answer.headers.update(headers)
    return answer


def json(record: Any, status: int = 200, kind: str = "application/json") -> Response:
    """Return a record as JSON."""
    return Response(msgspec.json.encode(record), status, media_type=kind)


@cache
def _environment() -> Environment:
    environment = html.environment().overlay(loader=FunctionLoader(_template))
    environment.filters = environment.filters | {"address": report_address}
    return environment


@cache
def _template(name: str) -> str:
    package = "secondsource.tell" if name == "evidence.html.j2" else __package__  # its parts are ours too
    return (files(package) / "templates" / name).read_text(encoding="utf-8")
