"""The commands of docs/tutorial.md are typed, in order, from the root of the project."""

import re
import shlex
from pathlib import Path

import pytest

from secondsource import cli, lexicon

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def typed(monkeypatch, capsys, tmp_path):
    """Return a function that types one command beside a link to the sources: what it printed."""
    (tmp_path / "src").symlink_to(ROOT / "src")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SECONDSOURCE_LIBRARY", raising=False)

    def invoke(line):
        monkeypatch.setattr("sys.argv", shlex.split(line))
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        out, err = capsys.readouterr()
        assert (stopped.value.code or 0) == 0, f"{line}\n{err}"
        return out

    yield invoke
    lexicon.use()


def test_the_commands_of_the_example_case_work(typed, tmp_path):
    text = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    blocks = re.findall(
        r"^```bash\n(.*?)^```", text.split("## Your own reports")[0], re.MULTILINE | re.DOTALL
    )
    lines = [line for block in blocks for line in block.splitlines()]
    assert len(lines) >= 9
    printed = {line: typed(line) for line in lines}
    assert (tmp_path / "dossier.html").exists()
    assert (tmp_path / "review.json").exists()
    (judged,) = [out for line, out in printed.items() if "--reject" in line]
    assert "Judged by A. Reader" in judged


def test_the_query_on_parquet_works(typed, tmp_path):
    import duckdb

    typed("secondsource add src/secondsource/example/reports.jsonl")
    typed("secondsource export ledger-1 --as parquet --out dossier.parquet")
    text = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    (query,) = re.findall(r"^```sql\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert duckdb.connect().execute(query).fetchall()
