"""Fetch one address over HTTP: nothing private, no endless bodies or redirects; again only if changed."""

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


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of the copy that we have, for asking only if it changed (RFC 9110)."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: `document` with status 200, else None.

    `uri` is the last address asked; `retry_after` is in seconds, None where the server named none.
    """

    uri: str
    status: int
    document: Document | None = None
    validators: Validators = Validators()
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Services:
    """What replaces the outside: HTTP client, name service (host and port to addresses), clock."""

    client: httpx.Client | None = None
    resolve: Resolver | None = None
    now: Callable[[], datetime] | None = None


def fetch(
    url: str,
    options: FetchOptions | None = None,
    client: httpx.Client | None = None,
    resolve: Resolver | None = None,
    now: Callable[[], datetime] | None = None,
) -> Document:
    """Return the page at `url` as captured: its bytes, its address after redirects, when it came.

    `client`, `resolve` and `now` are as in `Services`.

    Raises:
        UnreadableInput: no web address, an address refused, no answer, an error status, too
            large, too slow, or redirected too often.
    """
    answer = ask(url, options, Services(client, resolve, now))
    if answer.document is None:
        raise UnreadableInput(f"{answer.uri}: the server answered {answer.status}; check the address")
    return answer.document


def ask(
    url: str,
    options: FetchOptions | None = None,
    services: Services | None = None,
    known: Validators | None = None,
) -> Answer:
    """Return what the server at `url` answers, whatever the status; 304 if it is still what is `known`.

    Each hop's name is resolved once, its addresses are judged, and the connection goes to an
    address that was judged, so that a name cannot change its meaning in between.

    Raises:
        UnreadableInput: no web address, an address refused, no answer, too large, too slow, or
            redirected too often.
    """
    import httpx

    limits, outside = options or FetchOptions(), services or Services()
    headers = {"User-Agent": limits.agent}
    session = outside.client or httpx.Client(timeout=limits.timeout, headers=headers)
    try:
        return _follow(session, url, limits, outside, known or Validators())
    except httpx.TimeoutException as error:
        raise UnreadableInput(f"{url}: no answer within {limits.timeout:g} s; try again later") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        what = str(error) or type(error).__name__
        raise UnreadableInput(f"{url}: cannot be fetched ({what}); check the address") from error
    finally:
        if outside.client is None:
            session.close()


def _follow(
    session: httpx.Client, url: str, limits: FetchOptions, outside: Services, known: Validators
) -> Answer:
    deadline = monotonic() + limits.timeout
    at = url
    for _ in range(limits.max_redirects + 1):
        request = _request(session, at, limits, outside.resolve or _resolve)
        request.headers.update(_conditions(known))
        response = session.send(request, stream=True, follow_redirects=False)
        try:
            if response.status_code in _REDIRECTS and "location" in response.headers:
                at = urljoin(at, response.headers["location"])
                continue
            if response.status_code != 200:
                return Answer(at, response.status_code, retry_after=_retry_after(response))
            content = _body(response, at, limits, deadline)
            media_type = response.headers.get("content-type", "")
            return Answer(
                at,
                200,
                Document.of(content, at, media_type, (outside.now or _now)()),
                Validators(response.headers.get("etag", ""), response.headers.get("last-modified", "")),
            )
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
    headers = {"Host": parsed.netloc.decode("ascii"), "Accept-Encoding": "gzip, deflate"}
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
    if "," in response.headers.get("content-encoding", ""):  # twice compressed swells without measure
        raise UnreadableInput(f"{url}: is compressed more than once; save its article")
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


def _conditions(known: Validators) -> dict[str, str]:
    wanted = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in wanted.items() if value}


def _retry_after(response: httpx.Response) -> float | None:
    told = response.headers.get("retry-after", "")
    return float(told) if told.isdecimal() else None


def _resolve(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return [str(entry[4][0]) for entry in found]


def _now() -> datetime:
    return datetime.now(UTC)
