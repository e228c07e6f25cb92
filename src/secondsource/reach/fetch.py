"""Fetch one page over HTTP: no private addresses, no endless bodies, no endless redirects."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from secondsource.errors import UnreadableInput
from secondsource.model import Document

if TYPE_CHECKING:
    import httpx

Resolver = Callable[[str, int], list[str]]

_REDIRECTS = (301, 302, 303, 307, 308)
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """Limits of one fetch.

    `max_bytes` counts the decoded body; `timeout` is in seconds for each step and for the whole;
    `private` allows loopback, private and link-local addresses.
    """

    max_bytes: int = 16 * 1024 * 1024
    timeout: float = 20.0
    max_redirects: int = 5
    private: bool = False
    agent: str = "secondsource (reader of one page at a user's request)"


def fetch(
    url: str,
    options: FetchOptions | None = None,
    client: httpx.Client | None = None,
    resolve: Resolver | None = None,
    now: Callable[[], datetime] | None = None,
) -> Document:
    """Return the page at `url` as captured: its bytes, its address after redirects, when it came.

    Each hop's name is resolved once, its addresses are judged, and the connection goes to an
    address that was judged, so that a name cannot change its meaning in between. `client`
    replaces the HTTP client, `resolve` the name service (host and port to addresses), `now`
    the clock of `fetched_at` (aware UTC).

    Raises:
        UnreadableInput: no web address, an address refused, no answer, an error status, too
            large, too slow, or redirected too often.
    """
    import httpx

    limits = options or FetchOptions()
    session = client or httpx.Client(timeout=limits.timeout, headers={"User-Agent": limits.agent})
    try:
        return _follow(session, url, limits, resolve or _resolve, now or _now)
    except httpx.TimeoutException as error:
        raise UnreadableInput(f"{url}: no answer within {limits.timeout:g} s; try again later") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        what = str(error) or type(error).__name__
        raise UnreadableInput(f"{url}: cannot be fetched ({what}); check the address") from error
    finally:
        if client is None:
            session.close()


def _follow(
    session: httpx.Client, url: str, limits: FetchOptions, resolve: Resolver, now: Callable[[], datetime]
) -> Document:
    deadline = monotonic() + limits.timeout
    at = url
    for _ in range(limits.max_redirects + 1):
        request = _request(session, at, limits, resolve)
        response = session.send(request, stream=True, follow_redirects=False)
        try:
            if response.status_code in _REDIRECTS and "location" in response.headers:
                at = urljoin(at, response.headers["location"])
                continue
            if response.status_code != 200:
                raise UnreadableInput(f"{at}: the server answered {response.status_code}; check the address")
            content = _body(response, at, limits, deadline)
            return Document.of(content, at, response.headers.get("content-type", ""), now())
        finally:
            response.close()
    raise UnreadableInput(f"{url}: redirected more than {limits.max_redirects} times; name the last address")


def _request(session: httpx.Client, url: str, limits: FetchOptions, resolve: Resolver) -> httpx.Request:
    """Return the request for `url`, addressed to an address of its host that may be asked."""
    import httpx

    parsed = httpx.URL(url)
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise UnreadableInput(f"{url}: is no web address; give one that begins with http:// or https://")
    port = parsed.port or (443 if parsed.scheme == "https" else 80)
    address = _allowed(url, parsed.host, resolve(parsed.host, port), limits)
    headers = {"Host": parsed.netloc.decode("ascii")}
    name = {"sni_hostname": parsed.raw_host.decode("ascii")}
    target = parsed.copy_with(host=address, username=None, password=None)
    return session.build_request("GET", target, headers=headers, extensions=name)


def _allowed(url: str, host: str, addresses: list[str], limits: FetchOptions) -> str:
    if not addresses:
        raise UnreadableInput(f"{url}: no such host {host}; check the address")
    for address in addresses:
        ip = ipaddress.ip_address(address.partition("%")[0])
        mapped = getattr(ip, "ipv4_mapped", None) or ip
        if not (limits.private or mapped.is_global) or mapped.is_multicast or mapped.is_unspecified:
            raise UnreadableInput(f"{url}: {host} is the private address {address}; save the page instead")
    return addresses[0]


def _body(response: httpx.Response, url: str, limits: FetchOptions, deadline: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in response.iter_bytes(_CHUNK):
        size += len(part)
        if size > limits.max_bytes:
            raise UnreadableInput(f"{url}: is larger than {limits.max_bytes >> 20} MiB; save its article")
        if monotonic() > deadline:
            raise UnreadableInput(f"{url}: not read within {limits.timeout:g} s; try again later")
        parts.append(part)
    return b"".join(parts)


def _resolve(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return [str(entry[4][0]) for entry in found]


def _now() -> datetime:
    return datetime.now(UTC)
