from __future__ import annotations

import pytest
from invented import report

from secondsource.trace.credit import CITED, LINE, TOLD, names_in, signs_of, tally


@pytest.mark.parametrize(
    ("body", "outlet", "weight"),
    [
        ("The bridge at Lomia fell (AFP).", "afp", LINE),
        ("The bridge at Lomia fell. (Reuters, own staff)", "reuters", LINE),
        ("LOMIA (AP) - The bridge fell.", "ap", LINE),
        ("LOMIA, March 3 (Xinhua) -- The bridge fell.", "xinhua", LINE),
        ("The bridge fell. Source: TASS", "tass", LINE),
        ("The bridge fell.--Reuters", "reuters", LINE),
        ("Bridge falls AFP Sunday 3 Mar 2031 The bridge at Lomia fell.", "afp", LINE),
        ("The bridge fell, AFP reported. KM 11", "afp", LINE),
        ("Reporting by Ann Lee in Lomia and Bo Ek; Editing by Cy Dunn", "reuters", LINE),
        ("A ferryman told AFP that the bridge fell before noon that day.", "afp", TOLD),
        ("A ferryman told the Associated Press that it fell before noon.", "ap", TOLD),
        ("A source told SANAs correspondent that the bridge fell at noon.", "sana", TOLD),
        ("An AFP photographer saw the bridge fall before noon that day.", "afp", TOLD),
        ("Reuters could not independently verify the account of the fall.", "reuters", TOLD),
        ("According to the Kyodo news agency the bridge fell before noon.", "kyodo", CITED),
        ("Yonhap reported that the bridge fell before noon on the third day.", "yonhap", CITED),
    ],
)
def test_signs_of_credit_are_graded(body: str, outlet: str, weight: int) -> None:
    signs = signs_of(report("r", body, outlet="Lomia Gazette"))
    assert [(sign.outlet, sign.weight) for sign in signs] == [(outlet, weight)]


@pytest.mark.parametrize(
    "body",
    [
        "The AP test is hard, pupils say.",
        "He bought a petra of wine and a map of the reuters quarter.",
        "Prices trend upward; time will tell the nation.",
    ],
)
def test_mere_mention_is_no_credit(body: str) -> None:
    assert signs_of(report("r", body)) == ()


def test_the_credit_line_of_a_report_counts() -> None:
    (sign,) = signs_of(report("r", "The bridge fell.", credit="Gazette staff and agencies, AFP"))
    assert (sign.outlet, sign.weight, sign.span) == ("afp", LINE, None)


def test_an_outlet_does_not_credit_itself() -> None:
    assert signs_of(report("r", "LOMIA (Reuters) - The bridge fell.", outlet="reuters")) == ()


def test_the_longest_name_wins_at_a_place() -> None:
    body = "So the Associated Press of Pakistan wrote."
    ((start, end, outlet),) = names_in(body)
    assert (body[start:end], outlet.id) == ("Associated Press of Pakistan", "app")


def test_signs_inside_copied_text_count_twice() -> None:
    signs = signs_of(
        report("r", "A ferryman told AFP of it. Later Reuters reported that all was well again there.")
    )
    assert tally(signs) == {"afp": TOLD, "reuters": CITED}
    assert tally(signs, [(0, 26)]) == {"afp": 2 * TOLD, "reuters": CITED}
