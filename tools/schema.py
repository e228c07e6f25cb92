"""Write the JSON Schemas of the dossier and of each JSONL format into docs/schema/.

Run it after a change of a record: `python tools/schema.py`. A test holds the files to the records.
"""

import json
import sys
from pathlib import Path

import msgspec

from secondsource.tell import records

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "schema"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

KINDS = {
    "dossier": records.DossierRecord,
    "mention": records.MentionRecord,
    "attribution": records.AttributionRecord,
    "pair": records.PairRecord,
    "question": records.QuestionRecord,
    "answer": records.AnswerRecord,
    "judgement": records.JudgementRecord,
}


def schema(kind: str) -> str:
    """Return the schema of one format as indented JSON with a final newline."""
    return json.dumps({"$schema": DIALECT} | msgspec.json.schema(KINDS[kind]), indent=2) + "\n"


def main() -> int:
    """Write every file; return 0."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        (FOLDER / f"{kind}.json").write_text(schema(kind), encoding="utf-8")
        print(f"docs/schema/{kind}.json")
    return 0


if __name__ == "__main__":
    sys.exit(main())
