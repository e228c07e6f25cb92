"""Tokens: who may come in from afar, and whether to read or also to review.

A token is `ID.SECRET`; the file keeps its scrypt digest, never the token. Whoever judges with one is
called by the token's name.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import msgspec

from secondsource.errors import SettingsError

_COST = {"n": 1 << 14, "r": 8, "p": 1, "maxmem": 64 << 20}
_KNOWN = 1000  # tokens whose digest was worked out and is remembered


class TokenKind(StrEnum):
    """What a token lets its bearer do; who may review may also read and add."""

    READ = "read"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks; `name` is "" for whoever sits at this machine, who says it with each judgement."""

    name: str
    kind: TokenKind
    token: str = ""


HERE = Person("", TokenKind.REVIEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptToken:
    """One line of a tokens file; `salt` and `digest` in hexadecimal."""

    id: str
    name: str
    kind: TokenKind
    salt: str
    digest: str


def new_token(file: Path, kind: str, name: str) -> str:
    """Add a token to a file, making it if there is none, and return it: it is shown this once.

    Raises:
        SettingsError: the kind is none, the name is empty, or the file cannot be read or written.
    """
    if kind not in tuple(TokenKind) or not name.strip():
        raise SettingsError(f"--new-token {kind} {name}: write 'read NAME' or 'review NAME'")
    secret, salt = secrets.token_urlsafe(32), secrets.token_bytes(16)
    kept = KeptToken(
        id=secrets.token_hex(6),
        name=name.strip(),
        kind=TokenKind(kind),
        salt=salt.hex(),
        digest=_digest(secret, salt).hex(),
    )
    lines = [*(_read(file) if file.exists() else ()), kept]
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
    except OSError as error:
        raise SettingsError(f"{file} cannot be written: {error.strerror}") from error
    return f"{kept.id}.{secret}"


@dataclass(slots=True)
class Tokens:
    """The tokens of a file, read anew when it changes, so that a deleted line shuts its bearer out."""

    file: Path
    _stamp: tuple[int, int] = (0, 0)
    _kept: dict[str, KeptToken] = field(default_factory=dict)
    _known: dict[bytes, str] = field(default_factory=dict)

    def person(self, token: str) -> Person | None:
        """Return whose token it is, None if it is nobody's; a wrong one takes as long as a right one."""
        self._renew()
        mark = hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
        if (known := self._known.get(mark)) is not None:
            return self.still(known)
        name, _, secret = token.partition(".")
        kept = self._kept.get(name)
        salt = bytes.fromhex(kept.salt) if kept else b"\0" * 16
        expected = bytes.fromhex(kept.digest) if kept else b"\0" * 64
        if not hmac.compare_digest(_digest(secret, salt), expected) or kept is None:
            return None
        if len(self._known) >= _KNOWN:
            self._known.clear()
        self._known[mark] = kept.id
        return self.still(kept.id)

    def still(self, token: str) -> Person | None:
        """Return the bearer of the token of that id, None if it was taken away."""
        self._renew()
        kept = self._kept.get(token)
        return Person(kept.name, kept.kind, kept.id) if kept else None

    def _renew(self) -> None:
        try:
            status = self.file.stat()
            stamp = (status.st_mtime_ns, status.st_size)
            if stamp != self._stamp:
                self._kept = {kept.id: kept for kept in _read(self.file)}
                self._known.clear()
                self._stamp = stamp
        except (OSError, SettingsError):  # without its file nobody gets in
            self._kept, self._stamp = {}, (0, 0)
            self._known.clear()


def holds_any(file: Path) -> bool:
    """Tell whether a file holds a token.

    Raises:
        SettingsError: it holds something else.
    """
    return file.exists() and bool(_read(file))


def _read(file: Path) -> list[KeptToken]:
    try:
        lines = file.read_bytes().splitlines()
        return [msgspec.json.decode(line, type=KeptToken) for line in lines if line.strip()]
    except (OSError, msgspec.MsgspecError) as error:
        raise SettingsError(f"{file} holds no tokens: {error}; name another with --tokens") from error


def _digest(secret: str, salt: bytes) -> bytes:
    return hashlib.scrypt(secret.encode("utf-8", "surrogatepass"), salt=salt, dklen=64, **_COST)
