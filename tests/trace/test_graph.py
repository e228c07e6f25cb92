from __future__ import annotations

from invented import join, mention, report, story

from secondsource.model import SourceKind
from secondsource.trace import context_of, edges_of, trace_reuse
from secondsource.trace.graph import CITES, PRINTS, Edge

FACT = "the mill at Lomia burned down"
BODY, MEDIA = SourceKind.ORGANISATION, SourceKind.MEDIA


def _edges(reports, mentions) -> tuple[Edge, ...]:
    return edges_of(mentions, context_of(reports, mentions, trace_reuse(reports, join())))


def test_a_report_cites_the_outermost_link_and_that_the_next_one_in() -> None:
    one = report("a", [f"The River Board told Reuters {FACT}.", *story(1, 3)])
    told = mention(one, FACT, ("River Board", BODY), ("Reuters", MEDIA))
    assert _edges([one], [told]) == (Edge("Reuters", CITES, "River Board"), Edge("a", CITES, "Reuters"))


def test_the_later_print_prints_the_earlier_report() -> None:
    text = [*story(1, 5), f"Then {FACT}.", *story(2, 4)]
    first, later = report("b", text, day=0), report("a", text, day=3)
    found = _edges([first, later], [mention(first, FACT), mention(later, FACT)])
    assert found == (Edge("a", PRINTS, "b", report=True),)


def test_two_prints_of_an_agency_print_the_agency() -> None:
    text = ["LOMIA (AP) -", *story(1, 5), f"Then {FACT}.", *story(2, 4)]
    one, two = report("a", text), report("b", text)
    assert set(_edges([one, two], [mention(one, FACT), mention(two, FACT)])) == {
        Edge("a", PRINTS, "AP"),
        Edge("b", PRINTS, "AP"),
    }


def test_unlike_tellings_are_not_joined() -> None:
    one, two = (
        report(i, [*story(n, 5), f"Then {FACT}.", *story(n + 9, 4)]) for n, i in ((1, "a"), (50, "b"))
    )
    assert _edges([one, two], [mention(one, FACT), mention(two, FACT)]) == ()
