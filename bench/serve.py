"""Load a server on the loopback address: parallel readers and checkers for some seconds, then stop.

`python bench/serve.py --seconds 60` prints, as one JSON object, errors, the 95th percentile of an answer
under load and idle in milliseconds, and the growth of the server's memory in MiB.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from importlib.resources import files
from pathlib import Path

import httpx

CASE = files("secondsource") / "example"
PORT = 8397
READ = ("/", "/?text=bridge", "/origins", "/api/reports?most=10", "/api/openapi.json")


def memory(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def p95(times: list[float]) -> float:
    return round(1000 * sorted(times)[int(0.95 * len(times))], 1) if times else 0.0


class Load:
    def __init__(self, address: str, reports: list[str]) -> None:
        self.address, self.reports = address, reports
        self.reads: list[float] = []
        self.checks: list[float] = []
        self.errors: list[str] = []
        self.end = 0.0

    def read(self, seed: int) -> None:
        pages = [*READ, *(f"/reports/{report}" for report in self.reports)]
        with httpx.Client(base_url=self.address, timeout=60, trust_env=False) as client:
            while time.monotonic() < self.end:
                page = pages[seed % len(pages)]
                self._timed(self.reads, lambda page=page: client.get(page), (200,))
                seed += 7
                time.sleep(0.2)  # a reader reads

    def check(self, seed: int) -> None:
        with httpx.Client(base_url=self.address, timeout=120, trust_env=False) as client:
            while time.monotonic() < self.end:
                report = self.reports[seed % len(self.reports)]
                start = time.monotonic()
                answer = self._timed(
                    [], lambda name=report: client.post("/api/checks", json={"report": name}), (202,)
                )
                while answer is not None and time.monotonic() < self.end:
                    state = client.get(f"/api/jobs/{answer.json()['id']}").json().get("state")
                    if state in ("done", "failed"):
                        self.checks.append(time.monotonic() - start)
                        self.errors += ["check failed"] if state == "failed" else []
                        break
                    time.sleep(0.1)
                seed += 1

    def _timed(self, into: list[float], ask, right: tuple[int, ...]) -> httpx.Response | None:
        start = time.monotonic()
        try:
            answer = ask()
        except httpx.HTTPError as error:
            self.errors.append(repr(error))
            return None
        into.append(time.monotonic() - start)
        if answer.status_code not in right:
            self.errors.append(f"{answer.status_code} {answer.url}")
            return None
        return answer

    def run(self, seconds: float, readers: int, checkers: int) -> None:
        self.end = time.monotonic() + seconds
        threads = [threading.Thread(target=self.read, args=(n,)) for n in range(readers)]
        threads += [threading.Thread(target=self.check, args=(n,)) for n in range(checkers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--checkers", type=int, default=5)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        library = str(Path(folder) / "example.db")
        secondsource = [sys.executable, "-m", "secondsource.cli", "--lexicon", str(CASE / "lexicon")]
        add = [*secondsource, "add", str(CASE / "reports.jsonl"), "--library", library]
        subprocess.run(add, check=True, stdout=subprocess.DEVNULL)
        serve = [*secondsource, "serve", "--library", library, "--port", str(PORT), "--rate", "100000"]
        server = subprocess.Popen(serve, stderr=subprocess.DEVNULL)
        try:
            print(json.dumps(measure(f"http://127.0.0.1:{PORT}", server.pid, wanted), indent=2))
        finally:
            server.terminate()
            server.wait(30)
    return 0


def measure(address: str, process: int, wanted: argparse.Namespace) -> dict[str, object]:
    until = time.monotonic() + 120
    while True:
        try:
            reports = [
                one["id"] for one in httpx.get(f"{address}/api/reports", trust_env=False).json()["reports"]
            ]
            break
        except httpx.TransportError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
    warm, idle, load = (Load(address, reports) for _ in range(3))
    warm.run(15, 0, 2)
    idle.run(5, 1, 0)
    before = memory(process)
    load.run(wanted.seconds, wanted.readers, wanted.checkers)
    return {
        "seconds": wanted.seconds, "readers": wanted.readers, "checkers": wanted.checkers,
        "reads": len(load.reads), "checks": len(load.checks), "errors": len(load.errors),
        "first_errors": load.errors[:3], "p95_ms": p95(load.reads), "idle_p95_ms": p95(idle.reads),
        "check_p95_ms": p95(load.checks),
        "rss_before_mib": round(before), "rss_after_mib": round(memory(process)),
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
