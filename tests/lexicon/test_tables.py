"""Tables: ours, extended by the user's folders, and what is refused."""

import pytest

from secondsource import lexicon
from secondsource.errors import LexiconError


@pytest.fixture(autouse=True)
def _ours_again():
    yield
    lexicon.use()


def test_user_folders_extend_tables_and_views_follow(tmp_path):
    seen = []

    @lexicon.view
    def names():
        seen.append(1)
        return [entry["name"] for entry in lexicon.table("invented")["entry"]]

    for folder, name in (("one", "Ardo"), ("two", "Belm")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "invented.toml").write_text(f'top = "{name}"\n[[entry]]\nname = "{name}"\n')
    lexicon.use(tmp_path / "one")
    assert names() == names() == ["Ardo"]
    assert len(seen) == 1
    lexicon.use(tmp_path / "one", tmp_path / "two")
    assert names() == ["Ardo", "Belm"]
    assert lexicon.table("invented")["top"] == "Belm"


def test_a_missing_table_or_folder_is_named(tmp_path):
    with pytest.raises(LexiconError, match="nothing"):
        lexicon.table("nothing")
    with pytest.raises(LexiconError, match="no lexicon folder"):
        lexicon.use(tmp_path / "none")


def test_a_broken_table_is_named(tmp_path):
    (tmp_path / "broken.toml").write_text("= 3")
    lexicon.use(tmp_path)
    with pytest.raises(LexiconError, match=r"broken\.toml"):
        lexicon.table("broken")


def test_what_is_remembered_is_made_anew_for_other_folders(tmp_path):
    @lexicon.remembered(2)
    def closing(word):
        return f"{word} {lexicon.table('closing')['kind']}"

    for kind in ("one", "two"):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / "closing.toml").write_text(f'kind = "{kind}"\n', encoding="utf-8")
        lexicon.use(tmp_path / kind)
        assert closing("of") == f"of {kind}"
