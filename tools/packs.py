"""Turn the training packs into the form that the gold scorer reads: a larger set of claims to measure on.

    packs.py PACKS_FOLDER OUT_FOLDER

Writes OUT/events/*.json and OUT/claims.jsonl. Every claim is asked as taken from its report; its paraphrase
is asked as a bare statement; of its distorted forms the first is asked as a false one. Verdicts follow the
guide's rule from the labelled tellings. Whatever was learned from the packs scores too well on them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]


def verdict(claim: Json, tellings: list[Json]) -> str:
    """Return the guide's verdict for labelled tellings, the claim's own origin counted when it has one."""
    if any("refutes" in (telling["relation"], telling.get("also")) for telling in tellings):
        return "contested"
    told = {telling["origin"] for telling in tellings if telling["relation"] == "supports"}
    own = {claim["origin"]} if claim.get("report") else set()
    if len(told | own) > 1 and told:
        return "corroborated"
    return "single-origin" if told else "uncorroborated"


def asked(claim: Json) -> Iterator[Json]:
    """Yield the claim, its paraphrase as a bare statement, and its first distorted form."""
    kept = {key: value for key, value in claim.items() if key not in {"distorted", "paraphrase"}}
    yield {**kept, "verdict": verdict(claim, claim["tellings"])}
    own = {
        "report": claim["report"],
        "relation": "supports",
        "quote": claim["quote"],
        "origin": claim["origin"],
    }
    if claim.get("paraphrase"):
        bare = {"id": f"{claim['id']}-p", "statement": claim["paraphrase"], "report": None}
        tellings = [own, *claim["tellings"]]
        yield {**bare, "origin": None, "tellings": tellings, "verdict": verdict(bare, tellings)}
    for distorted in claim.get("distorted", ())[:1]:
        refuting = sorted({quote["report"] for quote in distorted["refuted_quotes"]})
        statement = {"id": f"{claim['id']}-d", "statement": distorted["statement"], "report": None}
        yield {**statement, "distorted": True, "refuted_by": refuting, "tellings": []}


def convert(packs: Path, out: Path) -> int:
    """Write every pack in the scorer's form; return how many claims are asked."""
    (out / "events").mkdir(parents=True, exist_ok=True)
    questions = []
    for path in sorted(packs.glob("*.json")):
        pack = json.loads(path.read_text(encoding="utf-8"))
        claims = [each for claim in pack["claims"] for each in asked(claim)]
        (out / "events" / path.name).write_text(json.dumps({**pack, "claims": claims}), encoding="utf-8")
        for claim in claims:
            question = {"id": claim["id"], "statement": claim["statement"], "among": pack["reports"]}
            if claim.get("report"):
                question |= {"report": claim["report"], "quote": claim["quote"]}
            questions.append(question)
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    (out / "claims.jsonl").write_text(lines, encoding="utf-8")
    return len(questions)


if __name__ == "__main__":
    print(convert(Path(sys.argv[1]), Path(sys.argv[2])), "claims")
