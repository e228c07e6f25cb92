import pytest

from secondsource.read.credit import credit_in
from secondsource.read.printed import agencies_at, first_agencies, outlets_at
from secondsource.read.sections import split

STORY = "At least 20 people died when a ferry capsized off Port Velm, the coast guard said. Divers go on."


def _read(body):
    found = credit_in(body, split(body))
    return found.credit, found.byline


@pytest.mark.parametrize(
    ("body", "credit", "byline"),
    [
        (f"PORT VELM, May 2 (Reuters) - {STORY}", "Reuters", ""),
        (f"AFP Friday 2 May 2031 {STORY}", "AFP", ""),
        (f"{STORY} (AFP)", "AFP", ""),
        (f"{STORY} -AFP", "AFP", ""),
        (f"{STORY} (With Reuters and AFP)", "Reuters and AFP", ""),
        (f"{STORY} Source: Norland Press Agency", "Norland Press Agency", ""),
        (f"{STORY} -- Norland Press Agency.", "Norland Press Agency", ""),
        (f"By Ana Brook and Tom Reed\nPORT VELM (AP) \u2014 {STORY}", "AP", "Ana Brook and Tom Reed"),
        (f"Posted on May 2 2031 by Ana Brook {STORY}", "", "Ana Brook"),
        (f"{STORY} Reporting by Ana Brook; Editing by Tom Reed", "", "Ana Brook"),
        (f"{STORY} Ana Brook", "", "Ana Brook"),
        (STORY, "", ""),
        (f"Reuters said the ferry was old. {STORY}", "", ""),
    ],
)
def test_credit_and_byline_are_as_printed(body, credit, byline):
    assert _read(body) == (credit, byline)


def test_credit_of_a_picture_is_not_the_credit_of_the_story():
    caption = "A rescuer walks past the wreck in Port Velm, May 2 2031. (AFP)"
    body = f"{STORY} {caption} The owner was arrested on Friday."
    assert _read(body) == ("", "")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("AFP Friday", "AFP"),
        ("Reuters and AP said", "Reuters and AP"),
        ("REUTERS/AFP", "REUTERS/AFP"),
        ("Friday AFP", ""),
        ("APart", ""),
    ],
)
def test_agencies_are_named_from_a_place_on(text, named):
    assert text[: agencies_at(text, 0)] == named


def test_outlets_count_where_any_outlet_may_stand():
    assert outlets_at("The Guardian", 0) == len("The Guardian")
    assert agencies_at("The Guardian", 0) == 0


def test_first_agencies_are_found_in_a_line():
    assert first_agencies("Photo by Ana Brook for AFP and others") == "AFP"
