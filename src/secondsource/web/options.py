"""What a server may be told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """What is served, to whom, and how much of it.

    `hosts` are the names that a request may call us by. With `tokens`, a file of `web.tokens`, nobody
    gets in without one of them. `workers` checks run at once and `waiting` more may stand in line.
    A caller may make `rate` requests a second, and four seconds' worth at once; of those that change
    something, a twentieth. `upload` and `form` are the most bytes of a body.
    """

    library: Path
    hosts: tuple[str, ...] = LOOPBACK
    tokens: Path | None = None
    workers: int = 2
    waiting: int = 16
    rate: float = 100.0
    upload: int = 16 * MEBIBYTE
    form: int = MEBIBYTE // 8
