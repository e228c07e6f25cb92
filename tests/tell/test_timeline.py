import dataclasses
import re

from secondsource.tell import html, timeline
from secondsource.tell.records import QuantityRecord, SlotsRecord

TOLL = SlotsRecord(
    actor=None, action=None, patient=None, place=None, time=None,
    quantity=(QuantityRecord(low=18.0, high=18.0, unit="people", of="killed"),),
)  # fmt: skip


def counted(dossier):
    """The dossier with the toll of its fifth claim read as a number."""
    claims = list(dossier.claims)
    claims[4] = dataclasses.replace(claims[4], slots=TOLL)
    return dataclasses.replace(dossier, claims=tuple(claims))


def days(svg, css):
    """Where the marks of one kind stand, from left to right."""
    return [float(x) for x in re.findall(rf'<circle class="{css}" cx="([0-9.-]+)"', str(svg))]


def test_every_claim_that_is_told_has_a_row_and_a_ring_for_the_report(dossier):
    svg = str(timeline.draw(dossier))
    told = [claim for claim in dossier.claims if claim.tellings]
    assert svg.count('class="row"') == svg.count('class="own"') == len(told)
    both = [
        claim
        for claim in told
        if len({t.relation for t in claim.tellings if t.published == dossier.report.published}) > 1
    ]
    rings = re.findall(r'<rect class="own" x="([0-9.-]+)" y="[0-9.-]+" width="([0-9.]+)"', svg)
    assert len({float(x) + float(width) / 2 for x, width in rings}) == 1
    assert sum(float(width) > 40 for _, width in rings) == len(both) > 0


def test_a_later_day_stands_further_right_and_nothing_leaves_the_picture(dossier):
    axis = timeline.Axis(("2031-05-01", "2031-05-02", "2031-05-11", ""))
    first, second, last, undated = (axis.place(day) for day in axis.days)
    assert 0 < first < second < last < undated < timeline.WIDTH
    assert last - second == 9 * (second - first)


def test_one_day_alone_and_undated_tellings_have_a_place():
    assert timeline.Axis(("2031-05-01",)).place("2031-05-01") > 0
    assert timeline.Axis(("",)).place("") > 0


def test_marks_name_the_outlets_in_words(dossier):
    svg = str(timeline.draw(dossier))
    toll = dossier.claims[4]
    against = [telling.outlet for telling in toll.tellings if telling.relation == "refutes"]
    assert re.search(rf"<title>contradicts: [^<]*{against[0]}", svg)


def test_figures_that_clash_are_drawn_by_day_the_larger_one_higher(dossier):
    (svg,) = timeline.tolls(counted(dossier))
    heights = dict(re.findall(r'<text x="\d+" y="(\d+)">(\d+)', str(svg))[::-1])
    by_value = {value: int(y) for y, value in heights.items()}
    assert by_value["58"] < by_value["18"]
    assert "figures given, 18, 58" in str(svg)


def test_without_a_clash_of_numbers_there_is_no_picture_of_them(dossier):
    assert timeline.tolls(dossier) == ()


def test_nothing_told_draws_nothing(dossier):
    bare = dataclasses.replace(dossier, claims=dossier.claims[-1:])
    assert not any(claim.tellings for claim in bare.claims)
    assert timeline.draw(bare) == ""


def test_outlets_cannot_become_markup(dossier):
    claim = dossier.claims[4]
    told = dataclasses.replace(claim.tellings[0], outlet="<script>\u202e")
    evil = dataclasses.replace(dossier, claims=(dataclasses.replace(claim, tellings=(told,)),))
    page = html.render(evil)
    assert "<title>tells it: &lt;script&gt;\\u202e</title>" in page
    assert "\u202e" not in page
