"""What the pages show, without a browser."""

import msgspec

from secondsource.tell.records import DossierRecord


def test_the_library_is_shown_and_searched_by_word_outlet_and_day(client):
    everything = client.get("/").text
    assert "13 reports" in everything
    one = client.get("/api/reports", params={"outlet": "ksna"}).json()
    assert one["total"] >= 1
    assert {report["outlet"] for report in one["reports"]} == {"ksna"}
    day = one["reports"][0]["published"]
    on_day = client.get("/api/reports", params={"day": day}).json()["reports"]
    assert {report["published"] for report in on_day} == {day}
    assert client.get("/api/reports", params={"text": "zzzz"}).json()["total"] == 0
    both = client.get("/api/reports", params={"text": "WATER pump"}).json()
    assert 0 < both["total"] < 13


def test_an_unchecked_report_is_shown_with_the_way_to_check_it(client, main, finished, mark_of):
    page = client.get(f"/reports/{main}")
    assert 'action="/checks"' in page.text
    answer = client.post("/checks", data={"mark": mark_of(page), "report": main})
    assert answer.status_code == 303
    job = answer.headers["location"].rpartition("/")[2]
    assert finished(client, job)["state"] == "done"
    assert client.get(answer.headers["location"]).headers["location"] == f"/reports/{main}"
    assert "who else says it" in client.get(f"/reports/{main}").text


def test_the_dossier_page_is_that_of_check_with_links_into_the_server(checked, main):
    page = checked.get(f"/reports/{main}")
    assert f'href="/reports/{main}/claims/1"' in page.text
    assert "script-src 'sha256-" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]


def test_each_claim_has_an_address_with_its_evidence(checked, main):
    dossier = checked.get(f"/api/reports/{main}/dossier").json()
    for number, claim in enumerate(dossier["claims"], 1):
        page = checked.get(f"/reports/{main}/claims/{number}")
        assert page.status_code == 200
        for telling in claim["tellings"]:
            assert telling["report"] in page.text
    assert checked.get(f"/reports/{main}/claims/{len(dossier['claims']) + 1}").status_code == 404


def test_the_api_gives_the_dossier_as_the_file_has_it(checked, main):
    content = checked.get(f"/api/reports/{main}/dossier").content
    record = msgspec.json.decode(content, type=DossierRecord)
    assert record.report.id == main
    exported = checked.get(f"/reports/{main}/export/json")
    assert exported.content == content
    assert exported.headers["content-disposition"].startswith("attachment")


def test_every_form_of_export_is_offered_and_given(checked, main):
    page = checked.get(f"/reports/{main}").text
    for form in ("annotation", "claimreview", "csv", "html", "json", "markdown"):
        assert f"/reports/{main}/export/{form}" in page
        assert checked.get(f"/reports/{main}/export/{form}").status_code == 200
    assert checked.get(f"/reports/{main}/export/word").status_code == 404


def test_a_dossier_is_kept_until_the_library_changes(checked, main, finished):
    assert checked.get(f"/api/reports/{main}/dossier").status_code == 200
    new = {"content": "VELM, 2 May 2031. A bridge was closed.", "name": "n.txt", "outlet": "new-outlet"}
    job = checked.post("/api/reports", json=new).json()
    done = finished(checked, job["id"])
    assert done["state"] == "done"
    assert done["said"].startswith("1 read")
    assert len(done["reports"]) == 1
    assert checked.get(f"/api/reports/{done['reports'][0]}").json()["outlet"] == "new-outlet"
    assert checked.get(f"/api/reports/{main}/dossier").status_code == 404


def test_a_file_is_added_by_upload(client, finished, mark_of):
    mark = mark_of(client.get("/add"))
    sent = {"file": ("../../etc/note.txt", b"SEL, 3 May 2031. Two buses collided.", "text/plain")}
    answer = client.post("/add", data={"mark": mark, "outlet": "sel-daily"}, files=sent)
    done = finished(client, answer.headers["location"].rpartition("/")[2])
    assert done["said"].startswith("1 read")
    report = client.get(f"/api/reports/{done['reports'][0]}").json()
    assert report["outlet"] == "sel-daily"
    assert "Two buses collided." in report["body"]


def test_a_page_on_this_machine_is_not_fetched(client, finished, mark_of):
    mark = mark_of(client.get("/add"))
    for url in (str(client.base_url), "http://169.254.169.254/latest/meta-data", "http://[::1]/"):
        answer = client.post("/add", data={"mark": mark, "url": url})
        done = finished(client, answer.headers["location"].rpartition("/")[2])
        assert done["state"] == "failed"
        assert "private address" in done["said"]
    assert client.post("/add", data={"mark": mark, "url": "file:///etc/passwd"}).status_code == 422


def test_a_judgement_outranks_shows_its_effect_and_is_kept(checked, main):
    claims = checked.get(f"/api/reports/{main}/dossier").json()["claims"]
    number, claim = next((n, c) for n, c in enumerate(claims, 1) if c["verdict"] == "contested")
    against = {t["origin"] for t in claim["tellings"] if t["relation"] == "refutes"}
    links = [t["link"] for t in claim["tellings"] if t["relation"] == "refutes"]
    for link in links:
        asked = {
            "kind": "link", "report": main, "claim": number, "link": link, "decision": "reject",
            "by": "A. Reader", "reason": "another fire",
        }  # fmt: skip
        effect = checked.post("/api/judgements", json=asked)
        assert effect.status_code == 201
        assert effect.json()["changed"]
    after = checked.get(f"/api/reports/{main}/claims/{number}").json()
    assert against
    assert after["verdict"] != "contested"
    history = checked.get("/api/judgements").json()["judgements"]
    assert [made["by"] for made in history] == ["A. Reader"] * len(links)
    assert "another fire" in checked.get(f"/reports/{main}/claims/{number}").text


def test_a_judgement_needs_a_name_a_reason_and_a_telling(checked, main):
    asked = {"kind": "verdict", "report": main, "claim": 1, "decision": "confirm", "reason": "read both"}
    assert checked.post("/api/judgements", json=asked).status_code == 422
    assert checked.post("/api/judgements", json=asked | {"by": "A", "reason": ""}).status_code == 422
    assert checked.post("/api/judgements", json=asked | {"by": "A", "kind": "link"}).status_code == 422
    assert checked.post("/api/judgements", json=asked | {"by": "A", "claim": 999}).status_code == 404


def test_progress_is_sent_as_events(client, main):
    job = client.post("/api/checks", json={"report": main}).json()["id"]
    with client.stream("GET", f"/api/jobs/{job}/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        sent = [msgspec.json.decode(line[6:]) for line in answer.iter_lines() if line.startswith("data: ")]
    assert sent[-1]["state"] == "done"
    assert sent[-1]["address"] == f"/reports/{main}"


def test_shared_text_is_shown_by_origin(client):
    pairs = client.get("/api/origins").json()
    assert pairs["current"]
    assert pairs["total"] == len(pairs["pairs"]) > 0
    assert pairs["pairs"][0]["a"] in client.get("/origins").text


def test_a_statement_is_asked_for(client):
    answer = client.post("/api/ask", json={"statement": "The water pump of the town stopped."}).json()
    assert answer["verdict"] in ("corroborated", "contested", "single-origin", "uncorroborated")
    assert answer["own_origin"] is None
