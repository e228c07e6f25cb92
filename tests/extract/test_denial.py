from datetime import date

import pytest

from secondsource.extract import Extractor
from secondsource.extract.statement import denial
from secondsource.model import Certainty, Report, Section, SectionRole


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("the army had shelled the market", "It is not so that the army had shelled the market"),
        ("The mill burned down", "It is not so that the mill burned down"),
        ("Velm was flooded", "It is not so that Velm was flooded"),
        ("the mill did not burn down", "the mill did not burn down"),
        ("no shot was fired", "no shot was fired"),
    ],
)
def test_a_denial_claims_that_it_is_not_so(text, claim):
    assert denial(text) == claim


def test_a_denied_mention_states_its_denial_and_quotes_what_is_denied():
    body = "The ministry of fisheries denied that its boats had sunk the ferry."
    report = Report("r", "d", body, (Section(SectionRole.BODY, (0, len(body))),), published=date(2031, 5, 2))
    (mention,) = Extractor().mentions(report)
    assert mention.certainty is Certainty.DENIED
    assert body[slice(*mention.content[0])].endswith("boats had sunk the ferry")
    assert mention.statement.startswith("It is not so that")
