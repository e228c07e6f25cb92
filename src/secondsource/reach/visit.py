"""Visit many addresses as a guest: robots.txt, a pause per host, patience with servers in trouble.

RFC 9309 for robots.txt: what is absent allows all, what cannot be had forbids all for now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from time import sleep as real_sleep
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from secondsource.errors import UnreadableInput
from secondsource.reach.fetch import Answer, FetchOptions, Services, Validators, ask

NAME = "secondsource"  # what robots.txt calls us
_BUSY = (429, 500, 502, 503, 504)
_ROBOTS_AGE = timedelta(days=1)
_ROBOTS_BYTES = 512 * 1024


@dataclass(frozen=True, slots=True)
class VisitOptions:
    """How a guest behaves: seconds between requests to one host, tries, and the first wait between tries.

    The wait doubles with every try; a server's own wish goes before it, both up to `longest` seconds.
    """

    fetch: FetchOptions = field(default_factory=FetchOptions)
    pause: float = 1.0
    tries: int = 3
    wait: float = 2.0
    longest: float = 60.0


@dataclass(slots=True)
class _Host:
    """What is known of one host: its rules and when it was last asked."""

    asked: datetime | None = None
    rules: RobotFileParser | None = None
    ruled: datetime | None = None


@dataclass(slots=True)
class Visitor:
    """Asks addresses politely; `sleep` waits some seconds, `services.now` tells the time (aware UTC)."""

    options: VisitOptions = VisitOptions()
    services: Services = field(default_factory=Services)
    sleep: Callable[[float], None] = real_sleep
    _hosts: dict[str, _Host] = field(default_factory=dict)

    def get(self, url: str, known: Validators | None = None) -> Answer:
        """Return the answer at `url`, after as many tries as it takes; 304 if it is what is `known`.

        Raises:
            UnreadableInput: as `ask`, or robots.txt does not allow it.
        """
        host = self._hosts.setdefault("{0.scheme}://{0.netloc}".format(urlsplit(url)), _Host())
        rules = self._rules(url, host)
        if not rules.can_fetch(NAME, url):
            raise UnreadableInput(f"{url}: the site's robots.txt asks not to read it; save the page instead")
        pause = max(self.options.pause, float(rules.crawl_delay(NAME) or 0))
        return self._ask(url, host, min(pause, self.options.longest), known)

    def _rules(self, url: str, host: _Host) -> RobotFileParser:
        if host.rules is None or host.ruled is None or self._now() - host.ruled > _ROBOTS_AGE:
            host.rules, host.ruled = self._robots(url, host), self._now()
        return host.rules

    def _robots(self, url: str, host: _Host) -> RobotFileParser:
        """Return the host's rules.

        Raises:
            UnreadableInput: they cannot be had, which is not remembered.
        """
        address = "{0.scheme}://{0.netloc}/robots.txt".format(urlsplit(url))
        answer = self._ask(address, host, self.options.pause, None)
        if answer.status >= 500 or answer.status == 429:
            raise UnreadableInput(f"{address}: the server answered {answer.status}; tried again later")
        rules = RobotFileParser(address)
        content = answer.document.content[:_ROBOTS_BYTES] if answer.document else b""
        rules.parse(content.decode("utf-8", "replace").splitlines())
        return rules

    def _ask(self, url: str, host: _Host, pause: float, known: Validators | None) -> Answer:
        wait = self.options.wait
        for left in reversed(range(self.options.tries)):
            self._pause(host, pause)
            try:
                answer = ask(url, self.options.fetch, replace(self.services, now=self._now), known)
            except UnreadableInput as error:
                if not left or not _passing(error):
                    raise
                wish = wait
            else:
                if answer.status not in _BUSY or not left:
                    return answer
                wish = wait if answer.retry_after is None else answer.retry_after
            self.sleep(min(wish, self.options.longest))
            wait *= 2
        raise AssertionError("the last try returns or raises")

    def _pause(self, host: _Host, pause: float) -> None:
        """Wait until the host was left alone for long enough."""
        if host.asked is not None:
            left = pause - (self._now() - host.asked).total_seconds()
            if left > 0:
                self.sleep(left)
        host.asked = self._now()

    def _now(self) -> datetime:
        return self.services.now() if self.services.now else datetime.now(UTC)


def _passing(error: UnreadableInput) -> bool:
    """Tell whether what went wrong lies with the connection, which another try may mend."""
    import httpx

    return isinstance(error.__cause__, httpx.TransportError)
