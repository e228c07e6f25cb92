from secondsource.model import Report, Section, SectionRole
from secondsource.tell.naming import naming


def report(outlet, body, footer=""):
    sections = (
        Section(SectionRole.BODY, (0, len(body))),
        Section(SectionRole.DISCLAIMER, (len(body), len(body + footer))),
    )
    return Report(outlet, outlet, body + footer, sections, outlet=outlet)


def finder(table):
    def find(text):
        return [
            ((at, at + len(name)), actors)
            for name, actors in table.items()
            for at in range(len(text))
            if text.startswith(name, at)
        ]

    return find


def test_a_general_word_counts_for_the_one_actor_it_may_name():
    find = finder({"rebels": ("generic:rebels", "league"), "League": ("league",)})
    (found,) = naming([report("A", "rebels rebels"), report("B", "League")], find)
    assert found.actor == "league"
    assert [(use.outlet, use.name, use.count) for use in found.names] == [
        ("A", "rebels", 2),
        ("B", "League", 1),
    ]


def test_an_ambiguous_or_merely_general_name_counts_for_none():
    find = finder({"front": ("x", "y"), "army": ("generic:army",), "troops": ("generic:army",)})
    assert naming([report("A", "front army troops"), report("B", "front army")], find) == ()


def test_an_actor_with_one_name_is_not_shown_and_footers_do_not_count():
    find = finder({"League": ("league",), "gang": ("league",)})
    assert naming([report("A", "League", "gang")], find) == ()
    assert naming([report("A", "League", " "), report("B", "gang")], find)[0].actor == "league"


def test_capitals_do_not_make_two_names():
    find = finder({"Rebels": ("x",), "rebels": ("x",), "gang": ("x",)})
    (found,) = naming([report("A", "Rebels rebels rebels gang")], find)
    assert [(use.name, use.count) for use in found.names] == [("rebels", 3), ("gang", 1)]
