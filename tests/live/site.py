"""A small news site on loopback with a clock of its own: three feeds whose articles change over a week."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from xml.sax.saxutils import escape

START = datetime(2031, 5, 5, 6, tzinfo=UTC)
FEEDS = ("/herald/feed.xml", "/post/feed.atom", "/wire/feed.json")
NAMES = {"herald": "Velm Herald", "post": "Tarn Post", "wire": "Orsa Wire"}

SINKING = "A ferry sank off Port Velm on Monday, killing {} people, the coast guard said."
REST = (
    "The ferry Orsa Star was on its way from Port Velm to Quill Bay when it capsized in heavy seas. "
    "Divers searched the harbour all night for the missing, and the port was closed until Tuesday."
)
BLAZE = "A fire destroyed the grain market of Dunmarsh on Monday, the fire brigade said. Nobody was hurt."
MARKET = "Traders at the market said that the blaze began in a storehouse behind the hall before dawn."
DENIAL = (
    "The ferry that sank off Port Velm on Monday killed 35 people, the mayor of Velm said. "
    "The captain had been warned of the storm. Relatives gathered at the pier on Monday evening."
)


@dataclass(frozen=True)
class Article:
    """What stands at a path from a day of the week on (1 to 7); without text it answers `status`."""

    path: str
    day: int
    title: str = ""
    text: tuple[str, ...] = ()
    status: int = 200


SAID_LESS = DENIAL.replace(" The captain had been warned of the storm.", "")
OTHER_REST = REST.replace("heavy", "high")
CORRECTED = "Correction: an earlier version gave another number of dead."
RETRACTED = (
    "This article has been retracted.",
    "The Post could not stand by what the mayor was quoted with, and has taken the report down after a "
    "talk with his office.",
)

WEEK = (
    Article("/herald/ferry", 1, "Ferry sinks off Port Velm", (SINKING.format(20), REST)),
    Article("/herald/market", 1, "Fire at Dunmarsh market", (BLAZE, MARKET)),
    Article("/post/ferry", 2, "Mayor speaks of the ferry's dead", (DENIAL, OTHER_REST)),
    Article("/herald/ferry", 3, "Ferry sinks off Port Velm", (SINKING.format(35), REST, CORRECTED)),
    Article("/post/ferry", 4, "Mayor speaks of the ferry's dead", (SAID_LESS, OTHER_REST)),
    Article("/wire/ferry", 5, "Ferry sinks off Port Velm", (SINKING.format(35), REST)),
    Article("/post/ferry", 6, "Mayor speaks of the ferry's dead", RETRACTED),
    Article("/herald/market", 7, status=410),
)


@dataclass
class Site:
    """The running site; `on_page` and `on_alert` are called while a request waits for its answer."""

    on_page: Callable[[str, int], None] = lambda path, day: None
    on_alert: Callable[[dict], None] = lambda alert: None
    clock: datetime = START
    posted: list[tuple[str, dict]] = field(default_factory=list)
    unchanged: int = 0
    lock: Lock = field(default_factory=Lock)

    def __post_init__(self):
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                site.get(self)

            def do_POST(self):
                site.post(self)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    @property
    def day(self) -> int:
        return (self.clock - START).days + 1

    def get(self, request):
        status, kind, body = self.answer(request.path)
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if status == 200 and request.headers.get("If-None-Match") == etag:
            self.unchanged += 1
            status, body = 304, b""
        if status == 200:
            self.on_page(request.path, self.day)
        send(request, status, body, kind, etag)

    def post(self, request):
        content = request.rfile.read(int(request.headers["Content-Length"]))
        if request.path == "/sleep":
            with self.lock:
                self.clock += timedelta(seconds=float(content))
        else:
            alert = json.loads(content)
            self.posted.append((request.headers["Idempotency-Key"], alert))
            self.on_alert(alert)
        send(request, 200, b"", "text/plain", "")

    def answer(self, path: str) -> tuple[int, str, bytes]:
        if path == "/clock":
            return 200, "text/plain", self.clock.isoformat().encode()
        if path in FEEDS:
            return 200, "", feed(path, self.base, self.day)
        standing = {a.path: a for a in WEEK if a.day <= self.day}.get(path)
        if standing is None or standing.status != 200:
            return (standing.status if standing else 404), "text/plain", b"nothing here"
        return 200, "text/html; charset=utf-8", page(standing)


def send(request, status, body, kind, etag):
    try:
        request.send_response(status)
        for name, value in (("Content-Type", kind), ("ETag", etag), ("Content-Length", str(len(body)))):
            if value:
                request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)
    except OSError:
        pass  # who asked was killed


def published(path: str) -> datetime:
    return START + timedelta(days=min(a.day for a in WEEK if a.path == path) - 1)


def page(article: Article) -> bytes:
    outlet = NAMES[article.path.split("/")[1]]
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in article.text)
    head = f"<title>{escape(article.title)}</title><meta property='og:site_name' content='{outlet}'>"
    return (
        f"<html lang='en'><head>{head}</head><body><article><h1>{escape(article.title)}</h1>{paragraphs}"
        "</article></body></html>"
    ).encode()


def feed(path: str, base: str, day: int) -> bytes:
    outlet = path.split("/")[1]
    first = {a.path: a for a in reversed(WEEK) if a.path.startswith(f"/{outlet}/") and a.day <= day}
    items = [(base + at, a.title, published(at)) for at, a in sorted(first.items())]
    name = NAMES[outlet]
    if path.endswith(".json"):
        told = [{"url": u, "title": t, "date_published": p.isoformat()} for u, t, p in items]
        held = {"version": "https://jsonfeed.org/version/1.1", "title": name, "items": told}
        return json.dumps(held).encode()
    if path.endswith(".atom"):
        told = "".join(
            f"<entry><title>{escape(t)}</title><link href='{u}'/><published>{p.isoformat()}</published>"
            "</entry>"
            for u, t, p in items
        )
        return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{name}</title>{told}</feed>".encode()
    told = "".join(
        f"<item><title>{escape(t)}</title><link>{u}</link>"
        f"<pubDate>{p:%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
        for u, t, p in items
    )
    return f"<rss version='2.0'><channel><title>{name}</title>{told}</channel></rss>".encode()
