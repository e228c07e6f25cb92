"""The application: desk, gate, pages and API put together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from importlib.resources import files

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from secondsource.errors import SecondsourceError
from secondsource.store.catalogue import Catalogue
from secondsource.web import api, pages
from secondsource.web.desk import Desk
from secondsource.web.faults import MISTAKE, Refused, refusal
from secondsource.web.guard import Guard
from secondsource.web.openapi import describe
from secondsource.web.options import ServeOptions
from secondsource.web.sessions import Sessions
from secondsource.web.show import told

_STATIC = {
    "dossier.css": ("secondsource.tell", "templates/dossier.css"),
    "serve.css": ("secondsource.web", "static/serve.css"),
    "serve.js": ("secondsource.web", "static/serve.js"),
}


class Server:
    """The whole server as one ASGI application; every request goes through the gate first."""

    def __init__(self, options: ServeOptions) -> None:
        """Put it together.

        Raises:
            LibraryError: there is no such library, or it cannot be used.
        """
        Catalogue(options.library).close()  # better refused now than at the first request
        self.desk = Desk(options)
        sessions = Sessions()
        self.app = _routes(self.desk, sessions, tokens=options.tokens is not None)
        self._guard = Guard(self.app, options, sessions)

        async def enter(token: str) -> str:
            return await asyncio.to_thread(self._guard.enter, token)

        self.app.state.enter = enter
        self._whole: ASGIApp = self._guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        scope["app"] = self.app
        await self._whole(scope, receive, send)


def _routes(desk: Desk, sessions: Sessions, *, tokens: bool) -> FastAPI:
    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        yield
        await asyncio.to_thread(desk.close)

    app = FastAPI(lifespan=life, docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.desk, app.state.sessions = desk, sessions

    @app.get("/static/{name}", include_in_schema=False)
    async def static(name: str) -> Response:
        if name not in _STATIC:
            raise Refused(404, "There is no such file.")
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        return Response(_file(name), media_type=kind, headers={"cache-control": "max-age=300"})

    @app.get("/api/openapi.json", include_in_schema=False)
    async def openapi(request: Request) -> dict[str, object]:
        return describe(request.app, tokens)

    app.include_router(api.router)
    app.include_router(pages.router)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(SecondsourceError, _refused)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _refused)
    app.add_exception_handler(Exception, _refused)  # the gate logs it
    return app


async def _refused(request: Request, error: Exception) -> Response:
    """Answer a request that a route refused."""
    if isinstance(error, Refused):
        return told(request, error)
    if isinstance(error, SecondsourceError):
        return told(request, refusal(error))
    if isinstance(error, HTTPException):
        answer = told(request, Refused(error.status_code, str(error.detail)))
        answer.headers.update(error.headers or {})
        return answer
    if isinstance(error, RequestValidationError):
        wrong = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in error.errors())
        return told(request, Refused(422, wrong))
    return told(request, Refused(500, MISTAKE))


@cache
def _file(name: str) -> bytes:
    package, path = _STATIC[name]
    return (files(package) / path).read_bytes()
