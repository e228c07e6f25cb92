import dataclasses
import re

from secondsource.tell import graph
from secondsource.tell.records import ReprintRecord


def test_every_origin_leads_to_the_reports_that_carry_it(dossier):
    toll = dossier.claims[4]
    svg = str(graph.draw(toll, dossier))
    origins = {toll.own_origin, *(telling.origin for telling in toll.tellings)}
    assert svg.count("<circle") == len(origins)
    assert svg.count("<path") == len(toll.tellings) + 1  # and the checked report
    assert svg.count('<path class="against"') == sum(t.relation == "refutes" for t in toll.tellings)


def test_shared_text_is_dashed(dossier):
    toll = dossier.claims[4]
    carrier = toll.tellings[0].report
    copy = ReprintRecord(report=carrier, outlet="x", kind="copy", share=0.9, direction="to", origin="")
    assert "dashed" not in graph.draw(toll, dossier)
    assert str(graph.draw(toll, dataclasses.replace(dossier, reprints=(copy,)))).count("dashed") == 1


def test_many_prints_are_cut_with_their_number(dossier):
    toll = dossier.claims[4]
    one = next(telling for telling in toll.tellings if telling.repeat)
    many = tuple(dataclasses.replace(one, report=f"r{n}") for n in range(500))
    svg = str(graph.draw(dataclasses.replace(toll, tellings=many), dossier))
    assert "and 492 more" in svg
    assert len(svg) < 4000


def test_a_lone_telling_needs_no_picture(dossier):
    claim = dataclasses.replace(dossier.claims[4], tellings=dossier.claims[4].tellings[:1])
    assert graph.draw(claim, dossier) == ""


def test_names_stay_in_the_picture(dossier):
    claim = dossier.claims[4]
    told = tuple(dataclasses.replace(t, origin="An office of very many words " * 3) for t in claim.tellings)
    svg = str(graph.draw(dataclasses.replace(claim, tellings=told), dossier))
    assert max(len(text) for text in re.findall(r">([^<]+)</text>", svg)) <= 23
