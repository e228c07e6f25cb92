"""The examples of docs/python.md are run, in order, as a reader would type them."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_examples_run(tmp_path, monkeypatch, capsys):
    text = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) >= 7
    monkeypatch.chdir(tmp_path)
    names = {}
    for block in blocks:
        exec(compile(block, "docs/python.md", "exec"), names)
    assert "contested" in capsys.readouterr().out
    written = {path.name for path in tmp_path.iterdir()}
    assert {"dossier.html", "dossier.json", "dossier.csv", "dossier.parquet", "judgements.jsonl"} <= written
