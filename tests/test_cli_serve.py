"""`secondsource serve`: what it refuses to begin with, and the making of tokens."""

import subprocess
import sys

import pytest


def run(*arguments):
    command = [sys.executable, "-m", "secondsource.cli", "serve", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


@pytest.fixture
def library(tmp_path):
    from secondsource.pipeline import Library

    path = tmp_path / "pile.db"
    Library(path).close()
    return path


def test_another_address_asks_for_tokens_and_a_name(library):
    asked = run("--library", str(library), "--host", "0.0.0.0")
    assert asked.returncode == 2
    assert "--new-token" in asked.stderr
    made = run("--library", str(library), "--new-token", "read", "A. Reader")
    assert made.returncode == 0
    assert "." in made.stdout.strip()
    named = run("--library", str(library), "--host", "0.0.0.0")
    assert named.returncode == 2
    assert "--allow-host" in named.stderr


def test_a_library_that_is_not_there_is_refused_in_words(tmp_path):
    missing = run("--library", str(tmp_path / "none.db"))
    assert missing.returncode == 2
    assert "no library" in missing.stderr
    assert "Traceback" not in missing.stderr
