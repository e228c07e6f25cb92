import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.match.words import name_key, read_words, stem, terms, terms_in


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("killed", "killing"),
        ("deaths", "died"),
        ("seized", "seizes"),
        ("cities", "city"),
        ("carried", "carry"),
        ("intensified", "intensifies"),
        ("recognises", "recognize"),
        ("harbour", "harbor"),
        ("licence", "license"),
    ],
)
def test_stem_folds_inflections(one, other):
    assert stem(one) == stem(other)


def test_spellings_of_a_name_share_a_key_and_other_names_do_not():
    assert name_key("kuweires") == name_key("kuwayris") == name_key("kweiris")
    assert name_key("tukhar") == name_key("tokhar") != name_key("tuhar")
    assert name_key("douma") == name_key("duma")
    assert name_key("tamsura") != name_key("tamruda")


def test_figures_of_a_date_are_time():
    kinds = {w.form: w.kind for w in read_words("On 3 March 2031 some 14 miners were rescued")}
    assert (kinds["3"], kinds["2031"], kinds["14"]) == ("time", "time", "number")


@given(st.text(max_size=200))
def test_words_lie_in_the_text_in_order(text):
    found = read_words(text)
    assert all(0 <= w.start < w.end <= len(text) for w in found)
    assert [w.start for w in found] == sorted(w.start for w in found)


@given(
    st.lists(
        st.sampled_from(
            ["Velm", "killed", "1,200", "12", "and", "May", "2031", "3", "raids", "two", "the", "."]
        ),
        max_size=12,
    )
)
def test_terms_in_are_those_of_the_words(parts):
    text = f"({' '.join(parts)})"
    assert terms_in(text, 1, len(text) - 1) == terms(read_words(text, 1, len(text) - 1))
