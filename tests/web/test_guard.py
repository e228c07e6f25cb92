"""Who gets in, from where, how often and with how much; each row of the security table of the server."""

import logging

import httpx
import pytest

from secondsource import web
from secondsource.errors import SettingsError
from secondsource.web.limits import Rate
from secondsource.web.tokens import TokenKind, Tokens

JSON = {"content-type": "application/json"}


@pytest.fixture
def tokens(tmp_path):
    """A tokens file and its two tokens."""
    file = tmp_path / "tokens"
    return file, web.new_token(file, "read", "R. Reader"), web.new_token(file, "review", "V. Reviewer")


@pytest.fixture
def guarded(serve, tokens):
    return serve(tokens=tokens[0], rate=10_000)


def bearer(token):
    return {"authorization": f"Bearer {token}"}


# -- hosts and pages of others ----------------------------------------------------------------


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "[::2]"])
def test_a_request_by_another_name_is_refused(client, host):
    """DNS rebinding: a stranger's name that leads to our address."""
    assert client.get("/", headers={"host": host}).status_code == 421
    assert client.get("/api/reports", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "localhost:1", "127.0.0.1", "[::1]:8321", "LOCALHOST"])
def test_our_own_names_are_served(client, host):
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_change_asked_from_another_sites_page_is_refused(client, headers, main, mark_of):
    mark = mark_of(client.get("/add"))
    assert client.post("/checks", data={"mark": mark, "report": main}, headers=headers).status_code == 403
    assert client.post("/api/checks", json={"report": main}, headers=headers).status_code == 403


def test_a_form_without_the_mark_of_its_session_is_refused(client, main, mark_of):
    mark = mark_of(client.get("/add"))
    assert client.post("/checks", data={"report": main}).status_code == 403
    assert client.post("/checks", data={"report": main, "mark": "0" * 64}).status_code == 403
    with httpx.Client(base_url=client.base_url, trust_env=False) as other:
        assert other.post("/checks", data={"report": main, "mark": mark}).status_code == 403
    assert client.post("/checks", data={"report": main, "mark": mark}).status_code == 303


def test_the_api_takes_no_form_of_another_site(client, main):
    """A page elsewhere can send text/plain unasked, but not application/json."""
    content = f'{{"report": "{main}"}}'
    sent = client.post("/api/checks", content=content, headers={"content-type": "text/plain"})
    assert sent.status_code == 415


def test_the_cookie_is_kept_from_scripts_and_other_sites(client):
    cookie = client.get("/").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_every_answer_has_the_headers_that_keep_it_to_itself(checked, main):
    for path in ("/", f"/reports/{main}", "/api/reports", "/nowhere", "/static/serve.js", "/api/nowhere"):
        headers = checked.get(path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "server" not in headers


def test_a_proxys_word_for_who_calls_is_not_taken(serve):
    client = serve(rate=2)
    given = [client.get("/api/reports", headers={"x-forwarded-for": f"10.0.0.{n}"}) for n in range(12)]
    assert 429 in {answer.status_code for answer in given}


# -- tokens -----------------------------------------------------------------------------------


def test_without_a_token_nothing_is_shown(guarded, main):
    for path in ("/", f"/reports/{main}", "/origins", "/add", "/rejects", "/nowhere"):
        assert guarded.get(path).headers.get("location") == "/enter"
    for path in ("/api/reports", f"/api/reports/{main}", "/api/openapi.json", "/api/judgements"):
        answer = guarded.get(path)
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"
    assert guarded.post("/api/checks", json={"report": main}).status_code == 401


def test_a_wrong_token_opens_nothing(guarded, tokens):
    right = tokens[1]
    name = right.partition(".")[0]
    for wrong in (".", "x", f"{name}.", f"{name}.x", right[:-1], right + "x", f"0.{right}", "ü.ü"):
        headers = {b"authorization": b"Bearer " + wrong.encode()}
        assert guarded.get("/api/reports", headers=headers).status_code == 401


def test_guessing_tokens_is_slowed_down(guarded):
    answers = [guarded.get("/api/reports", headers=bearer(f"aa.{n}")).status_code for n in range(14)]
    assert answers[0] == 401
    assert answers[-1] == 429


def test_a_token_that_may_read_adds_and_judges_nothing(guarded, tokens, main):
    reader = bearer(tokens[1])
    assert guarded.get("/api/reports", headers=reader).json()["total"] == 13
    assert guarded.post("/api/checks", json={"report": main}, headers=reader).status_code == 202
    assert guarded.post("/api/reports", json={"content": "x"}, headers=reader).status_code == 403
    assert guarded.post("/api/judgements", json={}, headers=reader).status_code == 403


def test_a_reviewers_name_is_that_of_the_token(guarded, tokens, main, finished):
    guarded.headers.update(bearer(tokens[2]))
    job = guarded.post("/api/checks", json={"report": main}).json()
    assert finished(guarded, job["id"])["state"] == "done"
    asked = {
        "kind": "verdict", "report": main, "claim": 1, "decision": "confirm",
        "by": "Somebody Else", "reason": "read both",
    }  # fmt: skip
    kept = guarded.post("/api/judgements", json=asked).json()["judgement"]
    assert kept["by"] == "V. Reviewer"


def test_a_browser_enters_with_a_token_and_leaves(guarded, tokens, mark_of):
    page = guarded.get("/enter")
    before = guarded.cookies["secondsource"]
    wrong = guarded.post("/enter", data={"mark": mark_of(page), "token": "nobody.s"})
    assert wrong.status_code == 403
    entered = guarded.post("/enter", data={"mark": mark_of(page), "token": tokens[1]})
    assert entered.status_code == 303
    assert guarded.cookies["secondsource"] != before  # a session that another set is not let in
    library = guarded.get("/")
    assert "R. Reader" in library.text
    assert 'href="/add"' not in library.text
    assert guarded.post("/api/checks", json={"report": "x"}).status_code == 401  # a cookie is no bearer
    assert guarded.post("/add", data={"mark": mark_of(library)}).status_code == 403
    guarded.post("/leave", data={"mark": mark_of(library)})
    assert guarded.get("/").headers["location"] == "/enter"


def test_a_token_taken_away_shuts_its_bearer_out(guarded, tokens):
    file, reader, reviewer = tokens
    assert guarded.get("/api/reports", headers=bearer(reader)).status_code == 200
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(lines[1])
    assert guarded.get("/api/reports", headers=bearer(reader)).status_code == 401
    assert guarded.get("/api/reports", headers=bearer(reviewer)).status_code == 200
    file.unlink()
    assert guarded.get("/api/reports", headers=bearer(reviewer)).status_code == 401


def test_tokens_are_kept_as_digests_in_a_file_of_ones_own(tokens):
    file, reader, reviewer = tokens
    kept = file.read_text()
    for token in (reader, reviewer):
        assert token.partition(".")[2] not in kept
    assert file.stat().st_mode & 0o077 == 0
    assert Tokens(file).person(reader).kind is TokenKind.READ
    assert Tokens(file).person(reviewer).kind is TokenKind.REVIEW


def test_a_token_needs_a_kind_and_a_name(tmp_path):
    for kind, name in (("write", "A"), ("read", " ")):
        with pytest.raises(SettingsError):
            web.new_token(tmp_path / "tokens", kind, name)


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("x.example", False),
    ],
)
def test_which_addresses_are_this_machines_alone(host, here):
    assert web.loopback(host) is here


# -- how much ---------------------------------------------------------------------------------


def test_a_body_that_is_too_large_is_refused_announced_or_not(serve):
    client = serve(upload=10_000, form=1_000)
    assert client.post("/api/checks", content=b"x" * 1_001, headers=JSON).status_code == 413
    assert client.post("/api/checks", content=iter([b"x" * 600] * 9), headers=JSON).status_code == 413
    assert client.post("/api/reports", content=b"x" * 9_000, headers=JSON).status_code == 422
    assert client.post("/api/reports", content=b"x" * 10_001, headers=JSON).status_code == 413


def test_a_caller_who_asks_too_often_waits(serve):
    client = serve(rate=5)
    answers = [client.get("/api/reports") for _ in range(40)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert answers[0].status_code == 200
    assert refused
    assert "retry-after" in refused[0].headers


def test_a_bucket_fills_again():
    now = [0.0]
    rate = Rate(2.0, 3.0, clock=lambda: now[0])
    assert [rate.wait("a") for _ in range(4)] == [0, 0, 0, 0.5]
    assert rate.wait("b") == 0
    now[0] = 0.5
    assert rate.wait("a") == 0
    assert rate.wait("a") > 0


def test_no_more_work_stands_in_line_than_there_is_room_for(serve):
    client = serve(workers=1, waiting=1, rate=10_000)
    statuses = [client.post("/api/ask", json={"statement": "x"}).status_code for _ in range(2)]
    assert statuses == [200, 200]  # one after the other is no crowd
    jobs = [client.post("/api/reports", json={"content": f"A bridge {n} fell."}) for n in range(12)]
    busy = [answer for answer in jobs if answer.status_code == 503]
    assert busy
    assert busy[0].headers["content-type"] == "application/problem+json"


# -- what is let out --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2f..%2ftell%2fhtml.py",
        "/reports/..%2f..%2fetc%2fpasswd",
        "/reports/%2fetc%2fpasswd",
        "/api/reports/%2fetc%2fpasswd",
        "/reports/x/export/..%2f..%2fetc",
        "/jobs/..%2fx",
    ],
)
def test_no_path_leads_out_of_the_library(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text


def test_the_name_of_a_file_is_never_checked_as_a_report(client, main, finished, tmp_path):
    """A report whose id is the name of a file here is that report, not the file."""
    secret = tmp_path / "secret.txt"
    secret.write_text("The secret code is swordfish.")
    line = f'{{"id": "{secret}", "body": "A bridge fell on Monday, the mayor said.", "outlet": "o"}}\n'
    job = client.post("/api/reports", json={"content": line, "name": "r.jsonl"}).json()
    assert finished(client, job["id"])["reports"] == [str(secret)]
    job = client.post("/api/checks", json={"report": str(secret)}).json()
    assert finished(client, job["id"])["state"] == "done"
    dossier = client.get(f"/api/reports/{str(secret).replace('/', '%2F')}/dossier").text
    assert "bridge" in dossier
    assert "swordfish" not in dossier
    assert client.post("/api/checks", json={"report": "/etc/passwd"}).status_code == 404


def test_a_mistake_of_ours_is_told_without_a_trace_and_logged(client, monkeypatch, caplog):
    from secondsource.store.catalogue import Catalogue

    def broken(*_):
        raise RuntimeError("secret inside")

    monkeypatch.setattr(Catalogue, "find", broken)
    with caplog.at_level(logging.ERROR, logger="secondsource.web"):
        page, problem = client.get("/"), client.get("/api/reports")
    for answer in (page, problem):
        assert answer.status_code == 500
        assert "secret inside" not in answer.text
        assert "Traceback" not in answer.text
        assert "content-security-policy" in answer.headers
    assert problem.headers["content-type"] == "application/problem+json"
    assert "secret inside" in caplog.text


def test_what_a_report_says_is_never_markup(client, finished):
    hostile = {
        "content": "<script>alert(1)</script> A bridge fell, \u202eevil\u202c said.",
        "name": "x.txt", "title": "<img src=x onerror=alert(1)>", "outlet": '"><script>alert(2)</script>',
    }  # fmt: skip
    job = client.post("/api/reports", json=hostile).json()
    report = finished(client, job["id"])["reports"][0]
    for path in ("/", f"/reports/{report}", "/?text=%3Cscript%3Ealert(3)%3C/script%3E"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "\u202e" not in page
