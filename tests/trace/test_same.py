"""Which places are the same copied text."""

from __future__ import annotations

from secondsource.trace import context_of, same_text, same_texts, trace_reuse

from .invented import join, report, story


def test_places_are_the_same_in_all_together_where_they_are_two_by_two() -> None:
    begun = {"a": 1, "b": 1, "c": 3, "d": 3}
    reports = [report(name, [*story(at, 6), *story(ord(name), 4)]) for name, at in begun.items()]
    context = context_of(reports, [], trace_reuse(reports, join()))
    places = [(one.id, (start, start + 60)) for one in reports for start in range(0, 600, 45)]
    places.append(("a", (9, 9)))
    expected = {
        (i, j)
        for i, one in enumerate(places)
        for j, two in enumerate(places[:i])
        if one[0] != two[0] and i < len(places) - 1 and same_text(one, two, context)
    }
    found = list(same_texts(places, context))
    assert {(places[i][0], places[j][0]) for i, j in expected} == {("b", "a"), ("d", "c")}
    assert set(found) == expected
    assert len(found) == len(expected)
