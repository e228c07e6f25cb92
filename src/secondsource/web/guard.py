"""The gate before every route: which host, who, how often, how much, and from whose page.

What passes has a person and a session in its scope; what goes out has the headers that keep a page
to itself. Routes need not think of any of it.
"""

from __future__ import annotations

import logging
from http.cookies import CookieError, SimpleCookie
from math import ceil

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from secondsource.web.faults import MISTAKE, Refused
from secondsource.web.limits import Rate
from secondsource.web.options import ServeOptions
from secondsource.web.sessions import COOKIE, Sessions, cookie
from secondsource.web.show import told
from secondsource.web.tokens import HERE, Person, TokenKind, Tokens

log = logging.getLogger(__name__)

SAFE = ("GET", "HEAD", "OPTIONS")
ENTRANCE = "/enter"
OPEN = (ENTRANCE, "/static/dossier.css", "/static/serve.css", "/static/serve.js")  # what a stranger may see
ASKING = (ENTRANCE, "/leave", "/checks", "/origins", "/api/checks", "/api/ask")  # POSTs that only ask
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with no-referrer a browser would not say whose page a form is from
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, options: ServeOptions, sessions: Sessions) -> None:
        """Stand before `app`."""
        self._app = app
        self._options = options
        self._sessions = sessions
        self._tokens = Tokens(options.tokens) if options.tokens else None
        self._rate = Rate(options.rate, 4 * options.rate)
        self._changes = Rate(options.rate / 20, max(options.rate / 5, 1))
        self._entries = Rate(0.2, 10)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        request = Request(scope)
        state = scope.setdefault("state", {})
        started = False

        async def dressed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _dress(MutableHeaders(scope=message), state)
            await send(message)

        try:
            self._admit(request, state)
            await self._app(scope, _bounded(receive, request, self._most(request)), dressed)
        except Refused as refused:
            if not started:
                await told(request, refused)(scope, receive, dressed)
        except Exception:
            log.exception("a request failed: %s %s", request.method, request.url.path)
            if not started:
                await told(request, Refused(500, MISTAKE))(scope, receive, dressed)

    def _admit(self, request: Request, state: dict[str, object]) -> None:
        """Set person and session of a request.

        Raises:
            Refused: it may not pass.
        """
        _call_us_by_name(request.headers, self._options.hosts)
        self._wait_for(self._rate, request)
        changing = request.method not in SAFE
        path = request.url.path
        if changing:
            _from_our_own_page(request)
            self._wait_for(self._entries if path == ENTRANCE else self._changes, request)
        session = _session(request.headers)
        person = self._person(request, session)
        if person is None and path not in OPEN:
            state["stranger"] = True
            raise Refused(401, "This server asks for a token: enter it, or send it as a bearer token.")
        if person and changing and person.kind is not TokenKind.REVIEW and path not in ASKING:
            raise Refused(403, "This token may read; to add or to judge takes one that may review.")
        state["person"] = person
        if not session:
            session = self._sessions.begin()
            state["cookie"] = session
        state["session"] = session

    def _person(self, request: Request, session: str) -> Person | None:
        if self._tokens is None:
            return HERE
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            self._wait_for(self._entries, request, spend=False)
            person = self._tokens.person(token.strip())
            if person is None:
                self._wait_for(self._entries, request)
            return person
        if request.method not in SAFE and request.url.path.startswith("/api/"):
            return None  # a browser's cookie changes nothing through the API
        held = self._sessions.token(session)
        return self._tokens.still(held) if held else None

    def _wait_for(self, rate: Rate, request: Request, *, spend: bool = True) -> None:
        caller = request.client.host if request.client else ""
        seconds = rate.wait(caller) if spend else rate.due(caller)
        if seconds:
            raise Refused(429, f"Too many requests: wait {ceil(seconds)} s.")

    def _most(self, request: Request) -> int:
        uploads = request.url.path in ("/add", "/api/reports")
        return self._options.upload if uploads else self._options.form

    def enter(self, token: str) -> str:
        """Return the session of whoever shows a token, "" if it is nobody's."""
        person = self._tokens.person(token) if self._tokens else None
        return self._sessions.begin(person.token) if person else ""


def _call_us_by_name(headers: Headers, hosts: tuple[str, ...]) -> None:
    """Refuse a request that calls us by another name, as one does whose name was rebound to our address."""
    given = headers.getlist("host")
    name = given[0].lower() if len(given) == 1 else ""
    bare = name if name.endswith("]") else name.rpartition(":")[0] or name
    if bare not in hosts:
        raise Refused(421, "This server does not go by that name; see --allow-host.")


def _from_our_own_page(request: Request) -> None:
    """Refuse a change that another site's page asks for."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    ours = f"{request.url.scheme}://{request.headers['host']}".lower()
    if site not in (None, "same-origin", "none") or (origin is not None and origin.lower() != ours):
        raise Refused(403, "This was asked from another site's page.")


def _session(headers: Headers) -> str:
    try:
        jar = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return jar[COOKIE].value if COOKIE in jar else ""


def _bounded(receive: Receive, request: Request, most: int) -> Receive:
    """Return `receive` that stops at `most` bytes of body."""
    length = request.headers.get("content-length", "0")
    if not length.isascii() or not length.isdecimal() or int(length[:20]) > most:
        raise Refused(413, f"At most {most} bytes can be sent here.")
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise Refused(413, f"At most {most} bytes can be sent here.")
        return message

    return bounded


def _dress(headers: MutableHeaders, state: dict[str, object]) -> None:
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if session := state.get("cookie"):
        headers.append("set-cookie", cookie(str(session)))
