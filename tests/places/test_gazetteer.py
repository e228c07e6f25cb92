"""The gazetteer: names looked up and found in a text."""

from __future__ import annotations

from secondsource.places import Gazetteer, capitals, country_names, demonyms


def test_a_settlement_is_found_under_another_spelling():
    places = Gazetteer().lookup("Kyiv")
    assert places[0].country == "UA"
    assert Gazetteer().same(places[0], Gazetteer().lookup("Kiev")[0])


def test_a_country_comes_first():
    first = Gazetteer().lookup("Georgia")[0]
    assert (first.kind, first.country) == ("country", "GE")


def test_names_in_a_text_are_the_longest():
    words = ["He", "flew", "from", "New", "York", "City", "to", "Addis", "Ababa", "."]
    assert [hit.key for hit in Gazetteer().find(words)] == ["new york city", "addis ababa"]


def test_lower_case_words_are_no_places():
    assert Gazetteer().find(["a", "nice", "bath", "in", "the", "most", "of", "it"]) == []


def test_distance_between_towns():
    gazetteer = Gazetteer()
    oslo, bergen = gazetteer.lookup("Oslo")[0], gazetteer.lookup("Bergen")[0]
    assert 280 < gazetteer.distance(oslo, bergen) < 330


def test_demonyms_and_aliases():
    assert demonyms()["kenyan"] == ("KE",)
    assert set(demonyms()["congolese"]) == {"CD", "CG"}
    assert country_names()["uk"] == "GB"
    assert capitals()["kremlin"] == "RU"
