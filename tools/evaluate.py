"""Measure every figure of docs/evaluation.md on this very tree, and hold it against its bar.

    evaluate.py [--only NAME,...] [--out FOLDER] [--docs] [--strict]

Runs the command line on the development material beside the project (`../shared`) and hands what it
wrote to the scorers there. Prints one table, writes FOLDER/evaluation.json, and with --docs renews
the tables of docs/evaluation.md. Where the material is missing it says so and ends with status 0.
With --strict the status is 1 when an owed bar is missed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from measure import ROOT, SHARED, Failed, commit, run, script, secondsource
from packs import convert

Figures = dict[str, float]
PILE = SHARED / "data/fa-kes.jsonl"
FOUNDING = SHARED / "data/founding-report.txt"
GOLD = SHARED / "gold/dev"
BARS = ROOT / "tools/bars.toml"
FOUNDING_FACTS = ("--outlet", "Veterans Today", "--published", "2015-10-21")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the parts leave their outputs; `library` holds the pile once `add` has run."""

    out: Path

    @property
    def library(self) -> Path:
        return self.out / "pile.db"

    def file(self, name: str) -> Path:
        return self.out / name


def add(place: Place) -> Figures:
    """Read the pile twice: how many reports stand in the library, how many the second run added."""
    for stale in place.out.glob("pile.db*"):
        stale.unlink()
    first = secondsource("add", PILE, "--library", place.library, accept=(0, 1))
    again = secondsource("add", PILE, "--library", place.library, accept=(0, 1))
    place.file("add.txt").write_text(first.output + first.errors + again.output + again.errors)
    counts = re.search(r"(\d+) read, (\d+) duplicate, (\d+) rejected", first.output)
    total = re.search(r"(\d+) in the library", again.output)
    renewed = re.search(r"(\d+) read", again.output)
    return {
        "in_library": int(total[1]) if total else -1,
        "duplicates": int(counts[2]) if counts else -1,
        "rejected": int(counts[3]) if counts else -1,
        "again": int(renewed[1]) if renewed else -1,
        "seconds": first.seconds,
        "cpu_seconds": first.cpu_seconds,
        "peak_mb": first.peak_mb,
        "again_seconds": again.seconds,
    }


def founding(place: Place) -> Figures:
    """Read the founding report, mention by mention."""
    written = place.file("founding.jsonl")
    secondsource("mentions", FOUNDING, *FOUNDING_FACTS, "--jsonl", written)
    scored = json.loads(script(SHARED / "gold/founding/score.py", "--mentions", written).output)
    scored.pop("missed", None)
    return _numbers(scored)


def attributions(place: Place, material: str) -> Figures:
    """Score whole attributions on a development set."""
    gold = SHARED / "bench" / material / "dev.jsonl"
    written = place.file(f"{material}.jsonl")
    ran = secondsource("mentions", gold, "--attributions", written, accept=(0, 1))
    scored = script(SHARED / "bench/polnear/score.py", "--gold", gold, "--mentions", written, "--json")
    return {**_numbers(json.loads(scored.output)), "seconds": ran.seconds}


def fields(place: Place) -> Figures:
    """Score kind, certainty and source kind of the gold claims, of dev and training packs together."""
    written = place.file("mentions.jsonl")
    secondsource("mentions", PILE, "--jsonl", written, accept=(0, 1))
    gold = [GOLD / "events", SHARED / "gold/train"]
    told = script(SHARED / "gold/fields.py", "--mentions", written, "--pile", PILE, *gold).output
    place.file("fields.txt").write_text(told)
    figures = {"found": float(re.search(r"found ([\d.]+)", told)[1])}
    for name, accuracy, macro in re.findall(r"(\w+)\s+accuracy ([\d.]+)\s+macro-F1 ([\d.]+)", told):
        figures |= {f"{name}_f1": float(macro), f"{name}_accuracy": float(accuracy)}
    return figures


def copies(place: Place) -> Figures:
    """Score which reports copy which."""
    written = place.file("pairs.jsonl")
    ran = secondsource("origins", "--library", place.library, "--pairs", written)
    gold = SHARED / "gold/copies/dev.jsonl"
    scored = script(SHARED / "gold/copies/score.py", "--gold", gold, "--pairs", written, "--json")
    return {**_numbers(json.loads(scored.output)), "seconds": ran.seconds}


def closed(place: Place) -> Figures:
    """Answer the gold claims, each within the pile that its event names."""
    return _answers(place, "closed", GOLD / "claims.jsonl", GOLD)


def packs(place: Place) -> Figures:
    """Answer the training packs' claims: a larger set, on which anything learned from it does too well."""
    gold = place.file("packs")
    convert(SHARED / "gold/train", gold)
    return _answers(place, "packs", gold / "claims.jsonl", gold)


def open_pile(place: Place) -> Figures:
    """Answer the same claims against all reports, and say how much worse that is."""
    claims = place.file("claims-open.jsonl")
    lines = [json.loads(line) for line in _lines(GOLD / "claims.jsonl")]
    bare = [{key: value for key, value in line.items() if key != "among"} for line in lines]
    claims.write_text("".join(json.dumps(line) + "\n" for line in bare))
    figures = _answers(place, "open", claims, GOLD)
    inside = place.file("closed.json")
    if inside.exists():
        figures["relation_f1_below_closed"] = (
            json.loads(inside.read_text())["relation_f1"] - figures["relation_f1"]
        )
    return figures


def check(place: Place) -> Figures:
    """Check the founding report against a pile in which nobody covers its event."""
    page, record = place.file("founding.html"), place.file("founding.json")
    written = ("--html", page, "--json", record)
    ran = secondsource("check", FOUNDING, *FOUNDING_FACTS, "--library", place.library, *written)
    claims = json.loads(record.read_text())["claims"]
    return {
        "claims": len(claims),
        "tellings_of_founding": sum(len(claim["tellings"]) for claim in claims),
        "not_uncorroborated": sum(claim["verdict"] != "uncorroborated" for claim in claims),
        "seconds": ran.seconds,
        "cpu_seconds": ran.cpu_seconds,
        "peak_mb": ran.peak_mb,
    }


def same(place: Place) -> Figures:
    """Compare the bytes of every output: again, with the input in another order and another hash seed."""
    lines = _lines(PILE)
    shuffled = place.file("shuffled.jsonl")
    Random(20260101).shuffle(lines)
    shuffled.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    other = place.file("shuffled.db")
    for stale in place.out.glob("shuffled.db*"):
        stale.unlink()
    secondsource("add", shuffled, "--library", other, accept=(0, 1), seed=7)
    names = ["founding", *sorted(json.loads(line)["id"] for line in lines)[::160]]
    differing = 0
    for name in names:
        subject = (FOUNDING, *FOUNDING_FACTS) if name == "founding" else (name,)
        outputs = []
        for run_number, (library, seed) in enumerate(((place.library, 0), (place.library, 1), (other, 7))):
            page, record = (place.file(f"same-{run_number}.{kind}") for kind in ("html", "json"))
            written = ("--html", page, "--json", record)
            secondsource("check", *subject, "--library", library, *written, seed=seed)
            outputs.append((page.read_bytes(), record.read_bytes()))
        differing += len(set(outputs)) - 1
    answers = []
    for library, seed in ((place.library, 1), (other, 7)):
        written = place.file(f"same-{seed}.jsonl")
        secondsource(
            "ask", "--claims", GOLD / "claims.jsonl", "--answers", written, "--library", library, seed=seed
        )
        pairs = place.file(f"same-{seed}-pairs.jsonl")
        secondsource("origins", "--library", library, "--pairs", pairs, seed=seed)
        answers.append((written.read_bytes(), pairs.read_bytes()))
    differing += len(set(answers)) - 1
    return {"reports_checked": len(names), "differing_outputs": differing}


def speed(place: Place) -> Figures:
    """Hold extract and add against bare tagging and parsing of the same texts in the same run."""
    bench = ROOT / "bench/extract.py"
    if not bench.exists():
        raise Failed("bench/extract.py is not there yet")
    written = place.file("speed.json")
    run(sys.executable, bench, "--pile", PILE, "--out", written)
    return _numbers(json.loads(written.read_text()))


def places(place: Place) -> Figures:
    """Find the same place under another spelling, in five countries with transliterated names."""
    bench = ROOT / "bench/places.py"
    if not bench.exists():
        raise Failed("bench/places.py is not there yet")
    figures: Figures = {}
    for prefix, chosen in (("", ()), ("hard_", ("--hard",))):
        told = script(bench, "--anchors", *chosen).output
        place.file(f"{prefix}places.txt").write_text(told)
        pattern = r"^all (\S+)\s+asked (\d+) right first ([\d.]+) wrong when absent ([\d.]+)"
        for method, asked, first, wrong in re.findall(pattern, told, re.MULTILINE):
            name = "" if method == "rank" else f"{method}_"
            figures[f"{prefix}{name}right_first"] = float(first)
            if not name:
                figures |= {f"{prefix}wrong_when_absent": float(wrong), f"{prefix}asked": int(asked)}
    return figures


PARTS: dict[str, Callable[[Place], Figures]] = {
    "add": add,
    "founding": founding,
    "polnear": lambda place: attributions(place, "polnear"),
    "fakes": lambda place: attributions(place, "fakes-attributions"),
    "fields": fields,
    "copies": copies,
    "closed": closed,
    "open": open_pile,
    "packs": packs,
    "check": check,
    "same": same,
    "speed": speed,
    "places": places,
}


def _answers(place: Place, name: str, claims: Path, gold: Path) -> Figures:
    written, pairs = place.file(f"{name}.jsonl"), place.file("pairs.jsonl")
    ran = secondsource("ask", "--claims", claims, "--answers", written, "--library", place.library)
    copied = ("--copies", pairs) if pairs.exists() else ()
    scorer = (SHARED / "gold/score.py", "--gold", gold, "--answers", written, *copied)
    place.file(f"{name}.txt").write_text(script(*scorer).output)
    figures = _numbers(json.loads(script(*scorer, "--json").output))
    figures |= {"seconds": ran.seconds, "peak_mb": ran.peak_mb}
    place.file(f"{name}.json").write_text(json.dumps(figures))
    return figures


def _numbers(scored: dict[str, object]) -> Figures:
    return {name: value for name, value in scored.items() if isinstance(value, int | float)}


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def measure(
    place: Place, names: list[str], earlier: dict[str, float], at: str
) -> tuple[dict[str, float], dict[str, str]]:
    """Run the named parts, each kept as it ends; return figures as "part.figure", and why a part failed."""
    figures, failed = dict(earlier), dict[str, str]()
    for name in names:
        print(f"evaluate: {name} …", file=sys.stderr, flush=True)
        try:
            figures |= {f"{name}.{key}": value for key, value in PARTS[name](place).items()}
        except Failed as error:
            failed[name] = str(error)
        record = {
            "commit": at,
            "figures": dict(sorted(figures.items())),
            "failed": failed,
            "bars": judged(figures),
        }
        text = json.dumps(record, indent=1, ensure_ascii=False) + "\n"
        for kept in (place.file("evaluation.json"), place.out.parent / "evaluation.json"):
            kept.write_text(text, encoding="utf-8")
    return figures, failed


def judged(figures: dict[str, float]) -> list[dict[str, object]]:
    """Return a row for every figure that has a bar: figure, value (None: not measured), bar, passed."""
    rows = []
    for bar in tomllib.loads(BARS.read_text(encoding="utf-8"))["bar"]:
        value = figures.get(bar["figure"])
        sign, bound = next((sign, bar[key]) for key, sign in SIGNS.items() if key in bar)
        passed = None if value is None else HOLDS[sign](round(value, 4), bound)
        rows.append({**bar, "value": value, "bound": f"{sign} {bound:g}", "passed": passed})
    return rows


SIGNS = {"at_least": "≥", "at_most": "≤", "exactly": "="}
HOLDS: dict[str, Callable[[float, float], bool]] = {
    "≥": lambda value, bound: value >= bound,
    "≤": lambda value, bound: value <= bound,
    "=": lambda value, bound: value == bound,
}


def table(rows: list[dict[str, object]]) -> str:
    """Return the judged figures as a Markdown table."""
    lines = ["| figure | measured | bar | issue | |", "|---|---|---|---|---|"]
    for row in rows:
        value = "not measured" if row["value"] is None else _short(row["value"])
        sign = {None: "", True: "met", False: "**missed**"}[row["passed"]]
        lines.append(f"| `{row['figure']}` | {value} | {row['bound']} | {row['issue']} | {sign} |")
    return "\n".join(lines)


def others(figures: dict[str, float]) -> str:
    """Return the figures that have no bar, one Markdown row a part."""
    barred = {bar["figure"] for bar in tomllib.loads(BARS.read_text(encoding="utf-8"))["bar"]}
    lines = ["| part | further figures |", "|---|---|"]
    for part in PARTS:
        mine = {
            key: value for key, value in figures.items() if key.startswith(f"{part}.") and key not in barred
        }
        told = ", ".join(f"{key.partition('.')[2]} {_short(value)}" for key, value in mine.items())
        if told:
            lines.append(f"| `{part}` | {told} |")
    return "\n".join(lines)


def _short(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def renew(page: Path, text: str) -> None:
    """Put `text` between the marks of the page that hold the measured tables."""
    begin, end = "<!-- measured: begin -->", "<!-- measured: end -->"
    whole = page.read_text(encoding="utf-8")
    before, _, rest = whole.partition(begin)
    _, _, after = rest.partition(end)
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(
        description="Measure every figure of docs/evaluation.md on this very tree."
    )
    parser.add_argument("--only", default=",".join(PARTS), help=f"parts, from: {', '.join(PARTS)}")
    parser.add_argument("--out", type=Path, default=ROOT / "out/evaluation")
    parser.add_argument("--docs", action="store_true", help="renew the tables of docs/evaluation.md")
    parser.add_argument("--strict", action="store_true", help="status 1 when an owed bar is missed")
    options = parser.parse_args()
    if not PILE.exists():
        print("evaluate: the development material does not stand beside the project: nothing measured")
        return 0
    place = Place(options.out.resolve())
    place.out.mkdir(parents=True, exist_ok=True)
    kept = place.file("evaluation.json")
    earlier = json.loads(kept.read_text()) if kept.exists() else {}
    at = commit()
    if earlier.get("commit") != at:
        earlier = {}
    figures, failed = measure(place, options.only.split(","), earlier.get("figures", {}), at)
    rows = judged(figures)
    print(table(rows))
    missed = [row for row in rows if row["passed"] is False]
    unmeasured = sum(row["passed"] is None for row in rows)
    for name, reason in failed.items():
        print(f"could not be measured: {name}: {reason}")
    met = len(rows) - len(missed) - unmeasured
    print(f"evaluate at {at}: {met} met, {len(missed)} missed, {unmeasured} not measured")
    if options.docs:
        renew(
            ROOT / "docs/evaluation.md",
            f"Measured at commit {at}.\n\n{table(rows)}\n\n{others(dict(sorted(figures.items())))}",
        )
    return 1 if options.strict and (missed or failed) else 0


if __name__ == "__main__":
    sys.exit(main())
