import dataclasses
import re
from xml.etree import ElementTree as ET

import pytest

from secondsource.tell import html
from secondsource.tell.chart import HEIGHT, WIDTH, draw
from secondsource.tell.located import located
from secondsource.tell.records import PlaceRecord, SlotsRecord

EMPTY = SlotsRecord(actor=None, action=None, patient=None, place=None, time=None, quantity=())


@pytest.fixture
def happening(dossier):
    """Make claims that happen at the places named."""

    def claims(*names):
        slots = [dataclasses.replace(EMPTY, place=name) for name in names]
        held = [dataclasses.replace(claim, slots=None) for claim in dossier.claims]
        return [dataclasses.replace(c, slots=s) for c, s in zip(held, slots, strict=False)] + held[
            len(slots) :
        ]

    return claims


def test_a_place_is_found_with_the_claims_that_name_it(happening):
    (lisbon,) = located(happening("Lisbon", "Lisbon", None))
    assert (lisbon.name, lisbon.country, lisbon.claims) == ("Lisbon", "PT", ("bridge", "trucks"))
    assert lisbon.latitude == pytest.approx(38.7, abs=0.2)
    assert lisbon.longitude == pytest.approx(-9.1, abs=0.2)


def test_a_name_of_several_places_goes_to_the_country_of_the_others(happening):
    alone = {place.name: place.country for place in located(happening("Cordoba"))}
    others = happening("Cordoba", "Seville", "Malaga")
    with_others = {place.name: place.country for place in located(others)}
    assert alone["Cordoba"] == "AR"
    assert with_others["Cordoba"] == "ES"


def test_countries_and_invented_towns_are_on_no_map(happening):
    assert located(happening("Portugal", "Qasrunabadville")) == ()
    assert draw((), {}) == ""


def test_every_place_lies_in_the_picture_with_its_name(happening):
    places = located(happening("Lisbon", "Porto", "Faro", "Sintra", "Amadora"))
    svg = ET.fromstring(draw(places, {claim.id: 1 for claim in happening()}))
    dots = [child for child in svg if child.tag == "circle"]
    texts = [child for child in svg if child.tag == "text"]
    assert len(dots) == len(places) == len(texts)
    assert all(0 < float(dot.get("cx")) < WIDTH and 0 < float(dot.get("cy")) < HEIGHT for dot in dots)
    assert {text.text.split(" (")[0] for text in texts} == {place.name for place in places}
    rows = sorted((float(text.get("y")), text.text) for text in texts if text.get("text-anchor") == "start")
    assert len(rows) == len({y for y, _ in rows})


def test_north_is_up_and_east_is_right(happening):
    porto, faro = located(happening("Porto", "Faro"))[::-1]
    svg = str(draw((porto, faro), {}))
    (ax, ay), (bx, by) = [(int(x), int(y)) for x, y in re.findall(r'cx="(\d+)" cy="(\d+)"', svg)]
    assert ay < by
    assert (ax < bx) == (porto.longitude < faro.longitude)


def test_names_cannot_become_markup():
    evil = PlaceRecord(name="<script>", country="XX", latitude=10.0, longitude=10.0, claims=())
    svg = str(draw((evil,), {}))
    assert "<script>" not in svg
    assert "&lt;script&gt;" in svg


def test_the_page_shows_the_map_only_where_there_is_one(dossier, happening):
    assert '<svg class="map"' not in html.render(dossier)
    places = located(happening("Lisbon"))
    assert html.render(dataclasses.replace(dossier, places=places)).count('<svg class="map"') == 1


def test_a_small_town_far_from_all_else_is_left_out(happening):
    claims = happening("Lisbon", "Coimbra", "Setubal", "Buxtehude", "Berlin")
    assert {place.name for place in located(claims)} == {"Lisbon", "Coimbra", "Setubal", "Berlin"}
