"""With REQUIRE_ALL=1 a skipped test is a failure."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).resolve().parents[1] / "conftest.py"


@pytest.mark.parametrize(
    ("required", "workers", "status"),
    [("", "0", 0), ("1", "0", 1), ("1", "1", 1)],
    ids=["not required", "required", "required, on workers"],
)
def test_a_skip_fails_only_when_all_is_required(
    tmp_path: Path, required: str, workers: str, status: int
) -> None:
    shutil.copy(CONFTEST, tmp_path)
    tests = "import pytest\ndef test_a(): pytest.skip('no browser')\ndef test_b(): pass\n"
    (tmp_path / "test_one.py").write_text(tests)
    command = [sys.executable, "-m", "pytest", "-n", workers, "-p", "no:cacheprovider", str(tmp_path)]
    settings = {**os.environ, "REQUIRE_ALL": required}
    done = subprocess.run(command, cwd=tmp_path, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stdout
    assert ("no browser" in done.stdout) == bool(status)
    assert "1 passed, 1 skipped" in done.stdout
