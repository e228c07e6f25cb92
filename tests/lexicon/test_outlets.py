from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from secondsource import lexicon
from secondsource.errors import LexiconError
from secondsource.lexicon import outlets


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    lexicon.use()


def test_the_table_names_all_regions_and_says_why() -> None:
    table = outlets.outlets()
    assert len(table) >= 150
    assert len({outlet.country for outlet in table}) >= 70
    assert all(outlet.reason and outlet.source and outlet.owner for outlet in table)
    assert {outlet.control for outlet in table} == set(outlets.CONTROLS)


def test_no_two_outlets_share_a_domain() -> None:
    domains = [domain for outlet in outlets.outlets() for domain in outlet.domains]
    assert len(domains) == len(set(domains))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("AFP", "afp"),
        ("agence france-presse", "afp"),
        ("the guardian", "guardian"),
        ("https://www.theguardian.com/world/1", "guardian"),
        ("english.aawsat.com", "asharqalawsat"),
        ("Al Jazeera", "aljazeera"),
        ("aljazeera", "aljazeera"),
        ("manar", "manar"),
        ("El Pais", "elpais"),
        ("Lomia Gazette", None),
        ("", None),
    ],
)
def test_an_outlet_is_found_by_id_name_or_domain(name: str, found: str | None) -> None:
    outlet = outlets.find(name)
    assert (outlet and outlet.id) == found


def test_one_state_s_agency_and_television_have_one_voice() -> None:
    assert outlets.voice_of("xinhua") == outlets.voice_of("CGTN")
    assert outlets.voice_of("BBC") != outlets.voice_of("The Guardian")


def test_a_user_s_folder_adds_outlets(folder: Path) -> None:
    (folder / "outlets.toml").write_text(
        '[outlets.lomia]\nshort = "Lomia Gazette"\ndomains = ["lomia.example"]\nowner = "its readers"\n'
        'country = "XX"\ncontrol = "independent"\nreason = "owned by its readers"\nsource = "its imprint"\n'
    )
    lexicon.use(folder)
    found = outlets.find("news.lomia.example")
    assert found is not None
    assert (found.short, found.voice, found.agency) == ("Lomia Gazette", "lomia", False)


@pytest.mark.parametrize("line", ['control = "kind"', ""])
def test_a_broken_entry_is_named(folder: Path, line: str) -> None:
    (folder / "outlets.toml").write_text(
        f'[outlets.lomia]\nshort = "L"\nowner = "o"\ncountry = "XX"\nreason = "r"\nsource = "s"\n{line}\n'
    )
    lexicon.use(folder)
    with pytest.raises(LexiconError, match="lomia"):
        outlets.outlets()


@pytest.mark.parametrize(
    "written",
    [
        "Lomia Gazette",
        "LОMIА GАZЕTTЕ",  # Cyrillic capitals among the Latin ones
        "lоmiа gаzеttе",
        "l0mia gazette",
        "www.lomia-gazette.example",
        "https://m.lomiagazette.co.uk/world/1",
        "lоmiа-gazette.example",
        "lomiagazette.blogspot.com",
    ],
)
def test_a_name_is_one_in_look_alike_letters_and_as_an_address(written: str) -> None:
    assert outlets.voice_of(written) == "lomiagazette"


def test_names_that_are_no_likeness_stay_apart() -> None:
    assert outlets.voice_of("Новая газета") == outlets.voice_of("НОВАЯ ГАЗЕТА")
    assert outlets.voice_of("Новая газета") == "новаягазета"
    assert outlets.voice_of("Channel 10") != outlets.voice_of("Channel 1")
    assert outlets.voice_of("velm.blogspot.com") != outlets.voice_of("tarn.blogspot.com")
    assert outlets.voice_of("facebook.com/velm") != outlets.voice_of("facebook.com/tarn")


def test_a_known_outlet_is_found_in_look_alike_letters() -> None:
    found = outlets.find("Rеutеrs")  # two Cyrillic letters
    assert found == outlets.find("reuters")
    assert found == outlets.find("rеuters.com")
