"""Listening: one process, no proxy's word taken for who is calling, headers bounded."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from secondsource.web.app import Server
from secondsource.web.options import ServeOptions

if TYPE_CHECKING:
    import uvicorn

_CONNECTIONS = 400


def loopback(host: str) -> bool:
    """Tell whether an address is reached from this machine alone."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def listener(server: Server, host: str, port: int) -> uvicorn.Server:
    """Return what will listen for a server."""
    import uvicorn

    config = uvicorn.Config(
        server,
        host=host,
        port=port,
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_level="warning",
        lifespan="on",
        limit_concurrency=_CONNECTIONS,
        h11_max_incomplete_event_size=1 << 16,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=10,
    )
    return uvicorn.Server(config)


def run(options: ServeOptions, host: str, port: int) -> None:
    """Serve until interrupted.

    Raises:
        LibraryError: there is no such library, or it cannot be used.
    """
    listener(Server(options), host, port).run()
