import csv as stdlib_csv
import dataclasses
import json
from io import BytesIO, StringIO

import duckdb
from pyarrow import parquet as parquet_file

from secondsource.tell import annotation, claimreview, csv, markdown, parquet
from secondsource.tell import dossier as tell_dossier


def test_markdown_tells_every_claim(dossier):
    text = markdown.render(dossier)
    assert text.startswith("# Army takes Qasrun bridge")
    assert "## 5. Contested" in text
    assert "“18” against “58”" in text
    assert text.count("\n> ") == len(dossier.claims)


def test_markdown_escapes_outside_markup(material):
    report = dataclasses.replace(material.report, title="![x](https://a.example) <b>_b_</b>\n# h")
    text = markdown.render(tell_dossier.build(dataclasses.replace(material, report=report)))
    assert text.split("\n")[0] == r"# \!\[x\](https://a.example) \<b\>\_b\_\</b\> \# h"


def test_csv_has_a_row_for_every_telling_and_every_silence(dossier):
    rows = list(stdlib_csv.DictReader(StringIO(csv.render(dossier))))
    told = sum(len(c.tellings) + len(c.silent) + len(c.undetermined) for c in dossier.claims)
    assert len(rows) == told
    assert {row["claim"] for row in rows} == {claim.id for claim in dossier.claims}
    clash = [row for row in rows if row["claim"] == "toll" and row["relation"] == "refutes"]
    assert clash[0]["conflicts"] == "quantity: 18 / 58"


def test_csv_keeps_a_claim_that_nobody_speaks_to(dossier):
    alone = dataclasses.replace(dossier.claims[-1], tellings=(), silent=(), undetermined=())
    rows = list(stdlib_csv.DictReader(StringIO(csv.render(dataclasses.replace(dossier, claims=(alone,))))))
    assert [row["verdict"] for row in rows] == ["uncorroborated"]


def test_csv_disarms_formulas(dossier):
    for evil in ("=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1", "\r=2"):
        claim = dataclasses.replace(dossier.claims[0], quote=evil)
        (row, *_) = stdlib_csv.DictReader(StringIO(csv.render(dataclasses.replace(dossier, claims=(claim,)))))
        assert row["claim_quote"].startswith("'")


def test_claimreview_rates_in_our_words_alone(dossier):
    graph = json.loads(claimreview.render(dossier))
    assert graph["@context"] == "https://schema.org"
    assert len(graph["@graph"]) == len(dossier.claims)
    for review in graph["@graph"]:
        assert review["@type"] == "ClaimReview"
        assert set(review["reviewRating"]) == {"@type", "alternateName"}
    toll = graph["@graph"][4]
    assert toll["reviewRating"]["alternateName"] == "One origin contradicts it; one tells it."
    assert toll["itemReviewed"]["author"] == {"@type": "Person", "name": "Mira Tolen"}
    assert [article["identifier"] for article in toll["citation"]] == ["sel-1", "voice-1"]
    assert toll["itemReviewed"]["appearance"][0]["identifier"] == "ledger-1"


def test_annotations_pin_quotes_to_their_bodies(dossier, material):
    page = json.loads(annotation.render(dossier))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    bodies = {report.uri: report.body for report in (material.report, *material.pile)}
    assert len(page["items"]) == sum(1 + len(claim.tellings) for claim in dossier.claims)
    assert len({item["id"] for item in page["items"]}) == len(page["items"])
    for item in page["items"]:
        quote, position = item["target"]["selector"]
        body = bodies[item["target"]["source"]]
        assert body[position["start"] : position["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in body


def test_annotations_name_reports_without_an_address(material):
    bare = tuple(dataclasses.replace(report, uri="") for report in material.pile)
    report = dataclasses.replace(material.report, uri="", id="a b#1")
    other = dataclasses.replace(material, report=report, pile=bare, reuse=())
    page = json.loads(annotation.render(tell_dossier.build(other)))
    assert page["items"][0]["target"]["source"] == "urn:secondsource:report:a%20b%231"


def test_parquet_holds_what_the_json_holds(dossier):
    table = parquet_file.read_table(BytesIO(parquet.render(dossier)))
    rows = table.to_pylist()
    assert [row["quote"] for row in rows] == [claim.quote for claim in dossier.claims]
    for row, claim in zip(rows, dossier.claims, strict=True):
        assert row["published"].isoformat() == dossier.report.published
        assert [(t["report"], t["relation"], t["quote"], t["score"]) for t in row["tellings"]] == [
            (t.report, t.relation, t.quote, t.score) for t in claim.tellings
        ]
        assert {o["name"] for o in row["origins"]} >= {t.origin for t in claim.tellings}
        assert dossier.report.body[row["span"]["start"] : row["span"]["end"]] == claim.quote


def test_parquet_unnests_in_sql(dossier, tmp_path):
    file = tmp_path / "dossier.parquet"
    file.write_bytes(parquet.render(dossier))
    query = f"select count(*) from (select claim, unnest(tellings) as t from '{file}')"
    told = duckdb.connect().execute(query).fetchone()
    assert told == (sum(len(claim.tellings) for claim in dossier.claims),)


def test_parquet_is_the_same_twice(dossier):
    assert parquet.render(dossier) == parquet.render(dossier)
