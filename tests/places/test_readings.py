"""Readings: Wade-Giles as a whole name or not at all."""

from __future__ import annotations

import pytest

from secondsource.places.readings import readings


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("Pei-ching", "beijing"),
        ("T’ien-chin", "tianjin"),
        ("Ch'ung-ch'ing", "chongqing"),
        ("Hsi-an", "xian"),
        ("Kuei-yang", "guiyang"),
        ("Lü-chang", "luzhang"),
        ("Ho-nan", "henan"),
    ],
)
def test_a_wade_giles_name_is_read_in_pinyin_too(name, pinyin):
    assert readings(name) == (name, pinyin)


@pytest.mark.parametrize("name", ["Tapi", "Deir ez-Zor", "Shefa-'Amr", "Nyaung-ngu", "", "-"])
def test_other_names_are_read_as_written(name):
    assert readings(name) == (name,)
