import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from secondsource.tell.clean import line, quoted, visible


def test_visible_shows_escape_sequences():
    assert visible("a\x1b[31mred\x07") == "a\\x1b[31mred\\x07"


def test_visible_shows_bidi_overrides_and_zero_width_characters():
    assert visible("ab\u202ecd\u200b\ufeff") == "ab\\u202ecd\\u200b\\ufeff"


def test_visible_keeps_letters_of_every_script_and_their_joiners():
    words = "حلب می\u200cخواهم Ünïcode 漢字"
    assert visible(words) == words


def test_line_joins_rows():
    assert line("  one\n\n two\u2028three ") == "one two three"


def test_quoted_uses_marks_that_the_text_does_not_hold():
    assert quoted("plain") == "“plain”"
    assert quoted("he said “no”") == "‘he said “no”’"


def test_quoted_cuts_at_a_word():
    assert quoted("one two three four", most=9) == "“one two …”"


@given(st.text())
def test_visible_leaves_nothing_that_steers_a_terminal(text):
    shown = visible(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\t\n" for c in shown)
    assert "\u202e" not in shown
    shown.encode("utf-8")


def test_visible_shows_joiners_and_marks_that_hide_between_latin_letters():
    assert visible("kil\u200cled eight\u200een") == "kil\\u200cled eight\\u200een"


def test_visible_keeps_a_direction_mark_at_the_end_of_a_foreign_word():
    words = "(حلب\u200f) می\u200c است"
    assert visible(words) == words
