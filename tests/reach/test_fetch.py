from datetime import UTC, datetime

import httpx
import pytest

from secondsource.errors import UnreadableInput
from secondsource.reach import FetchOptions, fetch

NOON = datetime(2031, 5, 2, 12, tzinfo=UTC)
PUBLIC = "93.184.216.34"


def _client(handler) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(handler))


def _fetch(handler, url="http://herald.example/flood", options=None, addresses=(PUBLIC,)):
    return fetch(url, options, _client(handler), lambda _host, _port: list(addresses), lambda: NOON)


def test_page_is_captured_with_its_address_and_time():
    document = _fetch(
        lambda _: httpx.Response(200, content=b"<html>x</html>", headers={"content-type": "text/html"})
    )
    assert document.content == b"<html>x</html>"
    assert (document.uri, document.media_type, document.fetched_at) == (
        "http://herald.example/flood",
        "text/html",
        NOON,
    )


def test_request_goes_to_the_address_judged_under_the_host_asked():
    seen = []

    def handler(request):
        seen.append((request.url.host, request.headers["host"], request.extensions["sni_hostname"]))
        return httpx.Response(200, content=b"ok")

    _fetch(handler, "https://herald.example:8443/flood")
    assert seen == [(PUBLIC, "herald.example:8443", "herald.example")]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.1.1",
        "192.168.0.9",
        "::1",
        "fe80::1%eth0",
        "::ffff:10.0.0.1",
        "0.0.0.0",
    ],
)
def test_private_addresses_are_refused_before_anything_is_asked(address):
    asked = []
    with pytest.raises(UnreadableInput, match="private address"):
        _fetch(lambda request: asked.append(request) or httpx.Response(200), addresses=(PUBLIC, address))
    assert not asked


def test_private_address_is_allowed_on_request():
    options = FetchOptions(private=True)
    assert (
        _fetch(
            lambda _: httpx.Response(200, content=b"ok"), options=options, addresses=("127.0.0.1",)
        ).content
        == b"ok"
    )


def test_redirect_to_a_private_address_is_refused():
    def resolve(host, _port):
        return ["127.0.0.1"] if host == "localhost" else [PUBLIC]

    client = _client(lambda _: httpx.Response(302, headers={"location": "http://localhost/admin"}))
    with pytest.raises(UnreadableInput, match="private address"):
        fetch("http://herald.example/", None, client, resolve)


def test_redirects_are_followed_to_the_last_address():
    def handler(request):
        if request.url.path == "/old":
            return httpx.Response(301, headers={"location": "/new"})
        return httpx.Response(200, content=b"moved")

    assert _fetch(handler, "http://herald.example/old").uri == "http://herald.example/new"


def test_endless_redirects_end():
    with pytest.raises(UnreadableInput, match="redirected more than 5 times"):
        _fetch(lambda _: httpx.Response(302, headers={"location": "/again"}))


def test_body_over_the_limit_is_refused():
    with pytest.raises(UnreadableInput, match="larger than"):
        _fetch(
            lambda _: httpx.Response(200, content=b"x" * 2_000_000), options=FetchOptions(max_bytes=1 << 20)
        )


@pytest.mark.parametrize("url", ["file:///etc/hosts", "ftp://herald.example/x", "herald.example", "http://"])
def test_other_addresses_are_refused(url):
    with pytest.raises(UnreadableInput):
        _fetch(lambda _: httpx.Response(200), url)


def test_error_status_is_told():
    with pytest.raises(UnreadableInput, match="answered 404"):
        _fetch(lambda _: httpx.Response(404))


def test_unknown_host_is_told():
    with pytest.raises(UnreadableInput, match=r"no such host herald\.example"):
        _fetch(lambda _: httpx.Response(200), addresses=())


def test_silence_is_told():
    def handler(_):
        raise httpx.ReadTimeout("slow")

    with pytest.raises(UnreadableInput, match="no answer within 20 s"):
        _fetch(handler)
