"""Run the main job on the shipped example case: a dossier in the terminal and as one HTML page.

    demo.py --out FOLDER

Does through the command line what a reader would type, and prints each command before it runs.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from importlib.resources import as_file, files
from pathlib import Path

COMMAND = Path(sys.executable).with_name("secondsource")


def run(*arguments: str) -> None:
    """Print and run one command of secondsource; stop with its status when it fails."""
    print("$ secondsource", *arguments, flush=True)
    done = subprocess.run([str(COMMAND), *arguments], check=False)
    if done.returncode != 0:
        sys.exit(done.returncode)


def main() -> None:
    """Fill a library with the case and check its main report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=Path("out"))
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    library = out / "demo.db"
    for stale in out.glob("demo.db*"):
        stale.unlink()
    with as_file(files("secondsource") / "example") as case:
        run("add", str(case / "reports.jsonl"), "--library", str(library))
        main_report = json.loads((case / "key.json").read_text(encoding="utf-8"))["report"]
    page, record = out / "dossier.html", out / "dossier.json"
    run("check", main_report, "--library", str(library), "--html", str(page), "--json", str(record))
    print(f"\nThe same dossier as a page: {page}, as data: {record}")


if __name__ == "__main__":
    main()
