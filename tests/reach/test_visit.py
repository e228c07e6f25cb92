from datetime import UTC, datetime, timedelta

import httpx
import pytest

from secondsource.errors import UndeliveredAlert, UnreadableInput
from secondsource.reach import FetchOptions, Services, Validators, VisitOptions, Visitor, post

NOON = datetime(2031, 5, 2, 12, tzinfo=UTC)
PAGE = "http://herald.example/flood"


class World:
    """A server, a clock and what was waited for."""

    def __init__(self, answer, robots=None):
        self.asked, self.slept, self.clock = [], [], NOON
        self.answer, self.robots = answer, robots or (lambda: httpx.Response(404))

    def handle(self, request):
        path = request.url.path
        self.asked.append(path)
        return self.robots() if path == "/robots.txt" else self.answer(request)

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.clock += timedelta(seconds=seconds)

    def visitor(self, **options):
        client = httpx.Client(transport=httpx.MockTransport(self.handle))
        services = Services(client, lambda _host, _port: ["93.184.216.34"], lambda: self.clock)
        return Visitor(VisitOptions(FetchOptions(), **options), services, self.sleep)


def test_robots_txt_is_kept_to_and_asked_once():
    rules = "User-agent: *\nDisallow: /private\nUser-agent: secondsource\nDisallow: /flood"
    world = World(lambda _: httpx.Response(200, content=b"x"), lambda: httpx.Response(200, text=rules))
    visitor = world.visitor()
    with pytest.raises(UnreadableInput, match="robots"):
        visitor.get(PAGE)
    assert visitor.get("http://herald.example/private").status == 200
    assert world.asked == ["/robots.txt", "/private"]


def test_rules_that_cannot_be_had_forbid_for_now():
    answers = iter([503, 503, 503, 404])
    world = World(lambda _: httpx.Response(200, content=b"x"), lambda: httpx.Response(next(answers)))
    visitor = world.visitor()
    with pytest.raises(UnreadableInput, match="answered 503"):
        visitor.get(PAGE)
    assert visitor.get(PAGE).status == 200


def test_one_host_is_left_alone_between_requests_and_another_is_not_waited_for():
    world = World(lambda _: httpx.Response(200, content=b"x"))
    visitor = world.visitor(pause=3.0)
    visitor.get(PAGE)
    assert world.slept == [3.0]  # between robots.txt and the page
    visitor.get("http://post.example/flood")
    assert world.slept == [3.0, 3.0]
    visitor.get(PAGE)
    assert world.slept == [3.0, 3.0]  # three seconds have passed meanwhile


def test_a_crawl_delay_goes_before_our_own_pause():
    rules = "User-agent: *\nCrawl-delay: 7"
    world = World(lambda _: httpx.Response(200, content=b"x"), lambda: httpx.Response(200, text=rules))
    world.visitor().get(PAGE)
    assert world.slept == [7.0]


def test_a_busy_server_is_asked_again_ever_later():
    answers = iter([500, 503, 200])
    world = World(lambda _: httpx.Response(next(answers), content=b"x"))
    assert world.visitor(pause=0.0).get(PAGE).status == 200
    assert world.slept == [2.0, 4.0]


def test_a_servers_wish_is_kept_to_within_reason():
    answers = iter([(429, "20"), (429, "9000"), (200, "")])

    def answer(_):
        status, wish = next(answers)
        return httpx.Response(status, content=b"x", headers={"Retry-After": wish})

    world = World(answer)
    assert world.visitor(pause=0.0).get(PAGE).status == 200
    assert world.slept == [20.0, 60.0]


def test_a_lost_connection_is_tried_again_and_a_refused_address_is_not():
    failures = iter([True, True, False])

    def answer(request):
        if next(failures):
            raise httpx.ConnectError("refused", request=request)
        return httpx.Response(200, content=b"x")

    world = World(answer)
    assert world.visitor(pause=0.0).get(PAGE).status == 200
    world = World(answer)
    visitor = world.visitor()
    visitor.services = Services(resolve=lambda _host, _port: ["127.0.0.1"], now=lambda: world.clock)
    with pytest.raises(UnreadableInput, match="private address"):
        visitor.get(PAGE)
    assert world.slept == []


def test_what_is_known_is_asked_for_only_if_it_changed():
    def answer(request):
        fresh = request.headers.get("if-none-match") == '"v1"'
        return httpx.Response(304 if fresh else 200, content=b"" if fresh else b"x", headers={"ETag": '"v1"'})

    visitor = World(answer).visitor()
    first = visitor.get(PAGE)
    assert first.validators == Validators('"v1"', "")
    again = visitor.get(PAGE, first.validators)
    assert (again.status, again.document) == (304, None)


def test_a_body_compressed_twice_is_refused():
    world = World(lambda _: httpx.Response(200, stream=httpx.ByteStream(b"x"),
                                           headers={"Content-Encoding": "gzip, gzip"}))  # fmt: skip
    with pytest.raises(UnreadableInput, match="more than once"):
        world.visitor().get(PAGE)


def test_an_alert_goes_out_with_its_key_and_a_failure_is_told():
    seen = []

    def handle(request):
        seen.append((request.headers["idempotency-key"], request.content))
        return httpx.Response(200 if len(seen) == 1 else 302)

    client = httpx.Client(transport=httpx.MockTransport(handle))
    post("http://desk.example/hook", b"{}", "k1", client)
    assert seen == [("k1", b"{}")]
    with pytest.raises(UndeliveredAlert, match="302"):
        post("http://desk.example/hook", b"{}", "k2", client)
