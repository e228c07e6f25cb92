"""The page in a real browser: Debian's Chromium, driven by Playwright."""

import dataclasses

import pytest

from secondsource.tell import html
from secondsource.tell.dossier import build


@pytest.fixture(scope="module")
def address(dossier, tmp_path_factory):
    file = tmp_path_factory.mktemp("page") / "dossier.html"
    file.write_text(html.render(dossier), encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def visit(browser, address):
    """Open the page with options of a browser context; complaints and requests are kept with it."""
    contexts = []

    def open_page(hash_="", **options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.complaints = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(address + hash_)
        return page

    yield open_page
    for context in contexts:
        context.close()


WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def test_selecting_a_claim_opens_its_evidence_beside_the_text(visit):
    page = visit(viewport=WIDE)
    assert page.locator(".card:visible").count() == 1
    page.locator("a.claim[data-claim='5']").click()
    card = page.locator(".card:visible")
    assert card.get_attribute("id") == "claim-5"
    assert "One origin contradicts it; one tells it." in card.inner_text()
    assert page.evaluate("location.hash") == "#claim-5"
    assert page.locator("a.claim[aria-current]").get_attribute("data-claim") == "5"
    box, text = card.bounding_box(), page.locator("#report").bounding_box()
    assert box["x"] >= text["x"] + text["width"]


def test_the_keyboard_alone_walks_through_the_claims(visit):
    page = visit(viewport=WIDE)
    page.locator("a.claim[data-claim='1']").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "head-2"
    page.locator("#claim-2 a[rel=next]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "head-3"
    page.locator("#claim-3 a.back").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.claim") == "3"


def test_an_address_with_a_claim_opens_it(visit):
    assert visit("#claim-6", viewport=WIDE).locator(".card:visible").get_attribute("id") == "claim-6"


def test_without_scripts_all_evidence_is_listed(visit, dossier):
    page = visit(viewport=WIDE, java_script_enabled=False)
    assert page.locator(".card:visible").count() == len(dossier.claims)
    page.locator("a.claim[data-claim='5']").click()
    assert page.url.endswith("#claim-5")


def test_a_phone_shows_everything_without_scrolling_sideways(visit, dossier):
    page = visit(viewport=PHONE)
    assert page.locator(".card:visible").count() == len(dossier.claims)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator("a.claim[data-claim='5']").click()
    assert page.locator("#head-5").is_visible()


def test_printing_keeps_every_claim(visit, dossier):
    page = visit(viewport=WIDE)
    page.emulate_media(media="print")
    assert page.locator(".card:visible").count() == len(dossier.claims)


def test_folded_prints_open(visit):
    page = visit("#claim-5", viewport=WIDE)
    fold = page.locator("#claim-5 details").first
    assert not fold.locator("blockquote").first.is_visible()
    fold.locator("summary").click()
    assert fold.locator("blockquote").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(visit, scheme):
    """WCAG 2 AA asks for a contrast of 4.5 for text of this size."""
    page = visit(viewport=WIDE, color_scheme=scheme)
    assert page.evaluate(CONTRAST) >= 4.5


def test_nothing_leaves_the_page_and_nothing_is_complained_of(visit, address):
    page = visit(viewport=WIDE)
    page.locator("a.claim[data-claim='5']").click()
    page.locator("#claim-5 summary").first.click()
    assert page.asked == [address]
    assert page.complaints == []


CONTRAST = """() => {
  const level = (c) => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const parse = (s) => s.match(/[0-9.]+/g).map(Number);
  const bright = (c) => 0.2126 * level(c[0]) + 0.7152 * level(c[1]) + 0.0722 * level(c[2]);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  let worst = 21;
  const text = "p,li,a,h1,h2,h3,h4,h5,small,td,th,sup,span,summary,figcaption,b";
  for (const e of document.querySelectorAll(text)) {
    if (!e.offsetParent || !e.innerText.trim()) continue;
    const a = bright(parse(getComputedStyle(e).color)), b = bright(ground(e));
    worst = Math.min(worst, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
  }
  return worst;
}"""


def test_a_quote_from_right_to_left_runs_that_way(browser, material, tmp_path):
    quote = "قُتل 18 شخصاً في السوق يوم الثلاثاء"
    verdict = material.verdicts[4]
    told = verdict.tellings[0]
    evidence = dataclasses.replace(told.evidence, quote=quote)
    tellings = (dataclasses.replace(told, evidence=evidence), *verdict.tellings[1:])
    verdicts = (
        *material.verdicts[:4],
        dataclasses.replace(verdict, tellings=tellings),
        *material.verdicts[5:],
    )
    file = tmp_path / "rtl.html"
    file.write_text(html.render(build(dataclasses.replace(material, verdicts=verdicts))), encoding="utf-8")
    page = browser.new_page()
    page.goto(f"{file.as_uri()}#claim-5")
    shown = page.locator("#claim-5 blockquote q", has_text=quote)
    assert shown.evaluate("e => getComputedStyle(e).direction") == "rtl"
    page.close()
