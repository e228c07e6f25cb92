"""Browsers that were let in: a cookie's random id, whose it is, and the mark that its forms carry."""

from __future__ import annotations

import hmac
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field

COOKIE = "secondsource"
_MOST = 1000


@dataclass(slots=True)
class Sessions:
    """Cookies by id with the token they came in by; the oldest give way to new ones."""

    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _tokens: OrderedDict[str, str] = field(default_factory=OrderedDict)

    def begin(self, token: str = "") -> str:
        """Return the id of a new session, of the bearer of a token or of nobody in particular."""
        session = secrets.token_urlsafe(24)
        if token:
            self._tokens[session] = token
            while len(self._tokens) > _MOST:
                self._tokens.popitem(last=False)
        return session

    def end(self, session: str) -> None:
        """Forget a session."""
        self._tokens.pop(session, None)

    def token(self, session: str) -> str:
        """Return the id of the token that a session came in by, "" if by none."""
        return self._tokens.get(session, "")

    def mark(self, session: str) -> str:
        """Return what a form of this session must carry."""
        return hmac.digest(self._secret, session.encode("utf-8", "surrogatepass"), "sha256").hex()

    def is_marked(self, session: str, mark: str) -> bool:
        """Tell whether a form comes from a page of this session."""
        given = mark.encode("utf-8", "surrogatepass")
        return bool(session) and hmac.compare_digest(self.mark(session).encode(), given)


def cookie(session: str) -> str:
    """Return the header that sets a session's cookie."""
    return f"{COOKIE}={session}; Path=/; HttpOnly; SameSite=Strict"
