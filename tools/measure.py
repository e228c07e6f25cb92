"""Run commands as a reader would, with what they cost: the common ground of `evaluate.py` and `bench.py`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
COMMAND = Path(sys.executable).with_name("secondsource")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a finished command printed and cost: wall and CPU seconds, peak memory in MB."""

    status: int
    output: str
    errors: str
    seconds: float
    cpu_seconds: float
    peak_mb: float


class Failed(Exception):
    """A command ended with a status that was not expected."""


def run(*command: str | Path, accept: tuple[int, ...] = (0,), seed: int = 0) -> Ran:
    """Run a command from the project's folder under a fixed hash seed.

    Raises:
        Failed: its exit status is not in `accept`; the message ends with what it said.
    """
    settings = {**os.environ, "PYTHONHASHSEED": str(seed), "COLUMNS": "80", "NO_COLOR": "1"}
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command], cwd=ROOT, env=settings, stdout=output, stderr=errors
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        said = [_content(stream) for stream in (output, errors)]
    cpu = used.ru_utime + used.ru_stime
    ran = Ran(process.returncode, said[0], said[1], seconds, cpu, used.ru_maxrss / 1024)
    if ran.status not in accept:
        last = (ran.errors.strip() or ran.output.strip()).splitlines()[-1:]
        raise Failed(f"{' '.join(map(str, command))[:200]}: status {ran.status}: {''.join(last)[:300]}")
    return ran


def secondsource(*arguments: str | Path, accept: tuple[int, ...] = (0,), seed: int = 0) -> Ran:
    """Run the project's own command line."""
    return run(COMMAND, *arguments, accept=accept, seed=seed)


def script(path: Path, *arguments: str | Path) -> Ran:
    """Run a Python script with this interpreter."""
    return run(sys.executable, path, *arguments)


def commit() -> str:
    """Return the short name of the commit that stands in the tree, with "+" when files differ from it."""
    named = subprocess.run(
        ["git", "describe", "--always", "--dirty=+", "--exclude", "*"],
        cwd=ROOT, check=False, capture_output=True, text=True,
    )  # fmt: skip
    return named.stdout.strip() or "unknown"


def _content(stream: object) -> str:
    stream.seek(0)  # type: ignore[attr-defined]
    return stream.read().decode("utf-8", "replace")  # type: ignore[attr-defined,no-any-return]
