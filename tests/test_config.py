"""Settings: defaults, the file, the environment, and what is refused."""

from pathlib import Path

import pytest

from secondsource.config import Settings, load
from secondsource.errors import SettingsError


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SECONDSOURCE_LIBRARY", raising=False)


def test_without_a_file_the_defaults_hold():
    assert load() == Settings()


def test_paths_of_a_file_are_taken_from_its_folder(tmp_path):
    file = tmp_path / "desk" / "secondsource.toml"
    file.parent.mkdir()
    file.write_text('library = "pile.db"\nlexicon = ["words"]\n')
    assert load(file) == Settings(library=file.parent / "pile.db", lexicon=(file.parent / "words",))


def test_the_environment_outranks_the_file(tmp_path, monkeypatch):
    (tmp_path / "secondsource.toml").write_text('library = "pile.db"\n')
    monkeypatch.setenv("SECONDSOURCE_LIBRARY", "other.db")
    assert load().library == Path("other.db")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("libary = 'x'", "unknown key 'libary'"),
        ("library = 3", "does not fit"),
        ("lexicon = 'x'", "does not fit"),
        ("=", "Invalid"),
    ],
)
def test_a_wrong_file_is_refused_in_words(tmp_path, content, said):
    (tmp_path / "secondsource.toml").write_text(content)
    with pytest.raises(SettingsError, match=said):
        load()


def test_a_named_file_must_exist(tmp_path):
    with pytest.raises(SettingsError, match=r"nowhere\.toml"):
        load(tmp_path / "nowhere.toml")
