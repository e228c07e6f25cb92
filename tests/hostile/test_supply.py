"""What is shipped and installed: hashed locks, no pickle, no network unasked, no article text in logs."""

import ast
import logging
import re
import socket
from pathlib import Path

import pytest

from secondsource.pipeline import Library

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
PICKLING = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "marshal", "shelve"}
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))


@pytest.mark.parametrize("lock", LOCKS, ids=[lock.stem for lock in LOCKS])
def test_every_requirement_is_pinned_and_hashed(lock):
    text = re.sub(r"\\\n", " ", lock.read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith(("#", "--"))]
    assert lines
    assert [line[:60] for line in lines if "==" not in line or "--hash=sha256:" not in line] == []


@pytest.mark.parametrize("source", SOURCES, ids=[str(s.relative_to(ROOT / "src")) for s in SOURCES])
def test_nothing_unpickles_or_evaluates(source):
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom):
            named = {getattr(node, "module", None) or "", *(alias.name for alias in node.names)}
            assert not {name.partition(".")[0] for name in named} & PICKLING
        if isinstance(node, ast.Call):
            assert not (isinstance(node.func, ast.Name) and node.func.id in ("eval", "exec"))
            told = {word.arg: word.value for word in node.keywords}
            if "allow_pickle" in told:
                assert ast.literal_eval(told["allow_pickle"]) is False


@pytest.fixture
def pile(tmp_path):
    path = tmp_path / "velm.txt"
    path.write_text("The old bridge in Velm fell on Friday, the mayor said. Three people were hurt.")
    return path


def test_adding_and_checking_opens_no_connection(pile, tmp_path, monkeypatch):
    def refuse(*_):
        raise AssertionError("a connection was opened")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    library = Library(tmp_path / "library.db")
    library.add([str(pile)])
    assert library.check(str(pile)).claims
    library.close()


def test_logs_carry_nothing_of_an_article(pile, tmp_path, caplog):
    with caplog.at_level(logging.INFO):
        library = Library(tmp_path / "library.db")
        library.add([str(pile)])
        library.check(str(pile))
        library.close()
    assert not [record for record in caplog.records if "bridge" in record.getMessage()]
