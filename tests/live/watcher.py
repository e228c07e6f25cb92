"""What the test of a week runs, and kills: a watch whose clock and sleep are the site's."""

import sys
from datetime import datetime
from pathlib import Path

import httpx

from secondsource.pipeline import Library
from secondsource.pipeline.watch import Outside, WatchOptions, into_file, watch
from secondsource.reach import FetchOptions, Services, VisitOptions, Visitor, post
from secondsource.tell import lines

HALF_A_DAY = 12 * 3600.0


def main(base: str, opml: str, library: str, alerts: str) -> None:
    """Watch until the site's week is over."""
    site = httpx.Client()

    def now() -> datetime:
        return datetime.fromisoformat(site.get(f"{base}/clock").text)

    def sleep(seconds: float) -> None:
        site.post(f"{base}/sleep", content=str(seconds)).raise_for_status()

    ends = datetime.fromisoformat("2031-05-12T06:00:00+00:00")
    guest = Visitor(VisitOptions(FetchOptions(private=True)), Services(now=now), sleep)
    sinks = {
        "file": into_file(Path(alerts)),
        "webhook": lambda alert: post(f"{base}/alerts", lines.to_line(alert).encode(), alert.id),
    }
    opened = Library(library)
    for _ in watch(opened, [opml], Outside(guest, now, sleep), sinks, WatchOptions(every=HALF_A_DAY)):
        if now() >= ends:
            break
    opened.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
