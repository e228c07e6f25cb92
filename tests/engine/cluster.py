"""A Spark cluster on loopback, from PySpark's own jars: a master and workers, each a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_WAIT = 120  # seconds until everything has started
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # of use to JVMs that live for a minute


class Cluster:
    """A running cluster; `master` is its address."""

    def __init__(self, folder: Path) -> None:
        import pyspark

        self._launch = Path(pyspark.__file__).parent / "bin/spark-class"
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        self._port, self._page = _free_port(), _free_port()
        self.master = f"spark://127.0.0.1:{self._port}"

    def start(self, workers: int) -> None:
        """Start the master and workers, and wait until all have joined."""
        address = ("--host", "127.0.0.1", "--port", str(self._port), "--webui-port", str(self._page))
        self._start("master.Master", *address)
        for number in range(workers):
            own = ("--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--webui-port", "0")
            self._start("worker.Worker", *own, "--work-dir", str(self._folder / f"w{number}"), self.master)
        end = time.monotonic() + _WAIT
        while self._joined() < workers:
            if time.monotonic() > end:
                raise TimeoutError(f"the cluster did not start within {_WAIT} s")
            time.sleep(0.3)

    def kill_worker(self) -> None:
        """Kill one worker and what it runs, at once."""
        os.killpg(self._processes.pop().pid, signal.SIGKILL)

    def stop(self) -> None:
        """Stop what is left."""
        for process in self._processes:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _start(self, name: str, *arguments: str) -> None:
        log = (self._folder / f"{len(self._processes)}.log").open("wb")
        settings = os.environ | {"SPARK_LOCAL_IP": "127.0.0.1", "JAVA_TOOL_OPTIONS": QUICK}
        with log:
            self._processes.append(
                subprocess.Popen(
                    [self._launch, f"org.apache.spark.deploy.{name}", *arguments],
                    stdout=log, stderr=log, start_new_session=True, env=settings,
                )
            )  # fmt: skip

    def _joined(self) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self._page}/json/", timeout=2) as answer:
                return answer.read().count(b'"ALIVE"') - 1  # the master says so of itself, too
        except OSError:
            return 0


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """Run a cluster while the block runs."""
    made = Cluster(folder)
    try:
        made.start(workers)
        yield made
    finally:
        made.stop()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
