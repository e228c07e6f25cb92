"""The server in a real browser: the example opened, a claim judged, its effect seen, files saved."""

from pathlib import Path

import pytest

AXE = Path(__file__).resolve().parents[2] / ".venv" / "axe.min.js"
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def visit(browser, client):
    """Open a page of the server; what is asked for and complained of is kept with it."""
    contexts = []

    def open_page(path="/", **options):
        context = browser.new_context(base_url=str(client.base_url), **options)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.complaints = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def check_from_the_library(page, main):
    page.get_by_label("Words").fill("air base is next")
    page.get_by_role("button", name="Look").click()
    page.locator(f"a[href='/reports/{main}']").click()
    page.get_by_role("button", name="Check it").click()
    page.wait_for_url(f"**/reports/{main}", timeout=60_000)
    page.locator("a.claim").first.wait_for(timeout=60_000)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_case_is_opened_read_judged_and_saved(visit, client, main, scripts, size):
    page = visit(viewport=size, java_script_enabled=scripts)
    check_from_the_library(page, main)

    contested = page.locator("a.claim.v-contested").first
    number = contested.get_attribute("data-claim")
    contested.click()
    card = page.locator(f"#claim-{number}")
    assert card.locator(".role-refutes blockquote").first.is_visible()
    card.locator("p.judge a").click()

    while (links := page.locator(".role-refutes input[value^='link ']")).count():
        links.first.check()
        made = page.locator(".history li").count()
        page.get_by_label("Decision").select_option("reject")
        page.get_by_label("Your name").fill("A. Reader")
        page.get_by_label("Reason").fill("it speaks of another fire")
        page.get_by_role("button", name="Keep the judgement").click()
        # The page before may show an effect, too.
        page.locator(".history li").nth(made).wait_for(state="attached", timeout=60_000)
        assert "What the judgement changed" in page.locator("#effect").inner_text()
    assert "contested" not in page.locator("p.verdict").inner_text()
    assert "it speaks of another fire" in page.locator(".history").text_content()

    page.locator("header a").first.click()
    assert "contested" not in page.locator(f"#claim-{number} p.verdict").inner_text()
    with page.expect_download() as saved:
        page.locator(".files a", has_text="markdown").click()
    assert "it speaks of another fire" in saved.value.path().read_text(encoding="utf-8")

    assert {address.split("/")[2] for address in page.asked} == {client.base_url.netloc.decode()}
    assert page.complaints == []


def paths(main):
    return ("/", "/add", "/origins", f"/reports/{main}", f"/reports/{main}/claims/5", "/nowhere")


def test_a_phone_shows_every_page_without_scrolling_sideways(visit, checked, main):
    for path in paths(main):
        page = visit(path, viewport=PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path


@pytest.mark.skipif(not AXE.is_file(), reason="no axe-core: tools/provide.sh fetches it where npm is")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(visit, checked, main, scheme):
    for path in paths(main):
        page = visit(path, viewport=WIDE, color_scheme=scheme, bypass_csp=True)
        page.add_script_tag(path=AXE)
        found = page.evaluate("axe.run()")["violations"]
        serious = [
            (path, one["id"], [node["html"] for node in one["nodes"]][:3])
            for one in found
            if one["impact"] in ("serious", "critical")
        ]
        assert serious == []
