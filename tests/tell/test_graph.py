import dataclasses
import re

from secondsource.tell import graph, html
from secondsource.tell.records import EdgeRecord, RarityRecord


def test_every_origin_leads_to_the_reports_that_carry_it(dossier):
    toll = dossier.claims[4]
    svg = str(graph.draw(toll, dossier))
    origins = {toll.own_origin, *(telling.origin for telling in toll.tellings)}
    assert svg.count("<circle") == len(origins)
    assert svg.count("<path") == len(toll.tellings) + 1  # and the checked report
    assert svg.count('<path class="against"') == sum(t.relation == "refutes" for t in toll.tellings)


def test_who_prints_anothers_text_is_dashed(dossier):
    toll = dossier.claims[4]
    assert "dashed" not in graph.draw(toll, dossier)
    edge = EdgeRecord(by=toll.tellings[0].report, kind="prints", of="ledger-1", of_report=True)
    cited = EdgeRecord(by="ledger-1", kind="cites", of="Mira Tolen")
    claim = dataclasses.replace(toll, edges=(edge, cited))
    assert str(graph.draw(claim, dossier)).count("dashed") == 1
    page = html.render(dataclasses.replace(dossier, claims=(*dossier.claims[:4], claim)))
    assert "<li><bdi>plain-ledger</bdi> cites <bdi>Mira Tolen</bdi></li>" in page


def test_odd_forms_are_listed_as_counting_for_nothing(dossier):
    odd = RarityRecord(kind="spelling", words="Kasrun <b>", usual="Qasrun", reports=("ledger-1", "ksna-1"))
    page = html.render(dataclasses.replace(dossier, rarities=(odd,)))
    assert "It is listed, and never counted." in page
    assert "“Kasrun &lt;b&gt;”" in page
    assert "h-odd" not in html.render(dossier)


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
