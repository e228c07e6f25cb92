import pytest

from secondsource.match.doers import agents, antecedent
from secondsource.match.negation import ended, negated, negating
from secondsource.match.who import actors_in, is_area, located, places_in
from secondsource.match.words import read_words, terms
from secondsource.model import Mention, Slots


def _reached(text):
    words = read_words(text)
    return {w.form for w in words if w.start in negated(words)}


def test_no_reaches_its_noun_only():
    reached = _reached("The ministry had no immediate comment but was looking into it.")
    assert "comment" in reached
    assert "looking" not in reached


def test_two_negations_undo_each_other():
    assert "attacked" not in _reached("He did not deny that.") | _reached("Nobody did not attack.")
    assert "bombed" in _reached("The army denied its planes bombed the market.")


@pytest.mark.parametrize(
    ("text", "undone"),
    [
        ("the main crane stopped working", {"working"}),
        ("the storm stopped the main crane", set()),
        ("the rain ceased", set()),
    ],
)
def test_what_was_stopped_is_not_done(text, undone):
    assert _reached(text) == undone


def test_who_tells_of_the_same_stopping_negates_nothing():
    claimed = read_words("The crane stopped working after the storm")
    assert negating(claimed, terms(read_words("The crane still works")))
    assert not negating(claimed, terms(read_words("The storm stopped the crane")))


def test_an_end_told_by_one_side_only():
    words = read_words("The storm stopped the main crane")
    assert ended(words, terms(read_words("The main crane has not worked since")))
    assert not ended(words, terms(read_words("The crane stopped")))


def test_what_failed_to_be_done_was_not_done_but_a_failed_attempt_was_made():
    assert "destroy" in _reached("The raid failed to destroy the depot.")
    assert not _reached("They died in a failed attempt to reopen the road.")


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("Rebel shelling killed two in Orvel.", "Rebel"),
        ("Two died in shelling by government forces.", "government forces"),
    ],
)
def test_who_owns_a_deed_does_it(text, doer):
    assert [text[slice(*one.span)] for one in agents(text, (), 0)] == [doer]


def test_who_is_only_named_does_nothing():
    assert not agents("The town is held by nobody, rebels left it.", (), 0)


def test_words_of_an_actor_and_days_are_no_places():
    text = "On Thursday the Islamic State said more about Paris."
    assert [text[slice(*one.span)] for one in places_in(text)] == ["Paris"]
    assert actors_in(text)


@pytest.mark.parametrize(
    ("text", "is_place"),
    [
        ("The army entered the town of Orvel", True),
        ("The army entered the town.\n\nOrvel spoke", False),
        ("He told Orvel", False),
    ],
)
def test_a_name_is_led_to_as_a_place_within_its_sentence(text, is_place):
    assert located(text, text.index("Orvel")) is is_place


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("It fell in the northern province of Paris", True),
        ("It fell in Paris province", True),
        ("It fell in the town of Paris", False),
        ("It fell in Paris", False),
    ],
)
def test_an_area_is_told_as_one(text, area):
    (named,) = places_in(text)
    assert is_area(text, named) is area


@pytest.mark.parametrize(
    ("text", "told", "actor", "taken"),
    [
        ("Hezbollah said one of its men fired on Taliban posts", "one of", "one of its men", "Hezbollah"),
        ("Hezbollah said it spares the harbour", "it spares", None, "Hezbollah"),
        ("Hezbollah said a driver fired", "a driver", "a driver", None),
        ("It fired on Hezbollah", "It", "It", None),
    ],
)
def test_a_subject_takes_up_who_was_named_before(text, told, actor, taken):
    span = (text.index(told), len(text))
    one = antecedent(text, Mention("m", "r", (span,), span, text, slots=Slots(actor=actor)), 0)
    assert (one and text[slice(*one.span)]) == taken


def test_a_nameless_subject_that_takes_somebody_up_is_that_one():
    text = "Hezbollah said one of its fighters fired on Taliban posts"
    span = (text.index("one of"), len(text))
    told = Mention("m", "r", (span,), span, text, slots=Slots(actor="one of its fighters"))
    assert [text[slice(*one.span)] for one in agents(text, (told,), 0)] == ["Hezbollah"]
