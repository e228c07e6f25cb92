"""Run every race under bench/ and put what they measured on one page.

    bench.py [--only NAME,...] [--out FOLDER] [--quick]

A race is a script `bench/NAME.py` that races peers in one process or one run. It takes `--out FILE`
and writes one flat JSON object of figures there, or else prints them; `--quick` means a small run, `--pile`
real reports, those of the development material where it stands beside the project. Ratios of peers (their
names have a "/") stand first. Writes FOLDER/NAME.json for each and FOLDER/index.html over all.
Status 1 when a race fails.
"""

from __future__ import annotations

import argparse
import html
import json
import sys
from pathlib import Path

from measure import ROOT, SHARED, Failed, commit, run

PILE = SHARED / "data/fa-kes.jsonl"
NO_RACES = ("pile", "events", "match")  # generators, and a study of quality that is given a library
PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>secondsource: races at {commit}</title>
<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}}
table{{border-collapse:collapse}}td,th{{padding:.2rem .8rem;border-bottom:1px solid #8884;text-align:left}}
td:last-child{{text-align:right;font-variant-numeric:tabular-nums}}</style>
<h1>Races at {commit}</h1>
{sections}
</html>
"""


def races() -> dict[str, Path]:
    """Return the races under bench/, by name."""
    scripts = (path for path in sorted((ROOT / "bench").glob("*.py")) if path.stem not in NO_RACES)
    return {path.stem: path for path in scripts if "ArgumentParser" in path.read_text(encoding="utf-8")}


def figures_of(path: Path, written: Path, quick: bool) -> dict[str, object]:
    """Run one race; return its figures, or what it printed when it writes none."""
    text = path.read_text(encoding="utf-8")
    arguments = ["--out", written] if '"--out"' in text else []
    arguments += ["--quick"] if quick and '"--quick"' in text else []
    arguments += ["--pile", PILE] if '"--pile"' in text and PILE.exists() else []
    ran = run(sys.executable, path, *arguments)
    if '"--out"' in text:
        figures = json.loads(written.read_text())
    else:
        figures = {str(i): line for i, line in enumerate(ran.output.strip().splitlines(), 1)}
        written.write_text(json.dumps(figures, indent=1))
    return {**figures, "wall seconds of the race": ran.seconds}


def ratios_first(figures: dict[str, object]) -> dict[str, object]:
    """Return figures with the ratios of peers before what they were made of."""
    return dict(sorted(figures.items(), key=lambda item: " / " not in item[0]))


def section(name: str, figures: dict[str, object] | str) -> str:
    """Return one race as HTML: its table, or why it failed."""
    if isinstance(figures, str):
        return f"<h2>{html.escape(name)}</h2><p>failed: {html.escape(figures)}</p>"
    cells = (
        f"<tr><td>{html.escape(key)}</td><td>{html.escape(_shown(value))}</td></tr>"
        for key, value in ratios_first(figures).items()
    )
    return f"<h2>{html.escape(name)}</h2><table>{''.join(cells)}</table>"


def _shown(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else json.dumps(value, ensure_ascii=False)


def main() -> int:
    """Run the races one after the other."""
    parser = argparse.ArgumentParser(description="Run every race under bench/.")
    parser.add_argument("--only", default="")
    parser.add_argument("--out", type=Path, default=ROOT / "out/bench")
    parser.add_argument("--quick", action="store_true", help="small piles: to see that all runs")
    options = parser.parse_args()
    out: Path = options.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    chosen = [name for name in races() if not options.only or name in options.only.split(",")]
    results: dict[str, dict[str, object] | str] = {}
    for name in chosen:
        print(f"bench: {name} …", flush=True)
        written = out / f"{name}.json"
        try:
            results[name] = figures_of(races()[name], written, options.quick)
        except Failed as error:
            results[name] = str(error)
        shown = results[name]
        told = shown if isinstance(shown, str) else ratios_first(shown)
        print(json.dumps({name: told}, indent=1, ensure_ascii=False), flush=True)
    sections = "\n".join(section(name, figures) for name, figures in results.items())
    (out / "index.html").write_text(PAGE.format(commit=commit(), sections=sections), encoding="utf-8")
    print(f"bench: {len(results)} races; page: {out / 'index.html'}")
    return 1 if any(isinstance(figures, str) for figures in results.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
