"""Renew requirements/*.lock from pyproject.toml: exact versions with hashes, no address of an index.

Runs in the small environment that `make lock` creates, with `uv` beside this interpreter.
Later locks keep the versions of `run.lock`. torch is left out of `training.lock`: its wheel
for the processor alone is another file than the one an index offers under that version.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "requirements"
UV = Path(sys.executable).with_name("uv")
HEADER = (
    "# Written by `make lock` from pyproject.toml. Install with: pip install --require-hashes -r {name}\n"
)
COMMON = ["--universal", "--python-version=3.11", "--generate-hashes", "--no-emit-index-url", "--no-header"]


def compile_lock(name: str, arguments: list[str], constraints: list[str]) -> None:
    """Write `requirements/<name>.lock`, versions held to those of the `constraints` locks."""
    target = LOCKS / f"{name}.lock"
    held = [part for other in constraints for part in ("--constraint", str(LOCKS / f"{other}.lock"))]
    command = [str(UV), "pip", "compile", *COMMON, "--no-annotate", *arguments, *held]
    # Settings of the machine (extra indexes, local wheels) must not leak into the lock.
    settings = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "UV_"))}
    done = subprocess.run(command, cwd=ROOT, env=settings, check=True, capture_output=True, text=True)
    target.write_text(HEADER.format(name=target.name) + done.stdout, encoding="utf-8")
    print(f"{target.name}: {sum(1 for line in done.stdout.splitlines() if '==' in line)} packages")


def main() -> None:
    """Write every lock."""
    LOCKS.mkdir(exist_ok=True)
    compile_lock("run", ["pyproject.toml"], [])
    compile_lock("build", ["--group", "build"], ["run"])
    compile_lock("dev", ["--group", "dev"], ["run", "build"])
    compile_lock("model", ["--group", "model"], ["run", "dev"])
    compile_lock("multilingual", ["--extra", "multilingual", "pyproject.toml"], ["run", "dev"])
    compile_lock("spark", ["--extra", "spark", "pyproject.toml"], ["run", "dev"])
    compile_lock("bench", ["--group", "bench"], ["run", "dev"])
    compile_lock("training", ["--group", "training"], ["run"])


if __name__ == "__main__":
    main()
