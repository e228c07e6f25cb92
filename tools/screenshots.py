"""Photograph the example: its dossier as a file, and the pages of `serve` over its library.

Needs Debian's chromium. The pictures of docs/img are what a screen shows at once; `--whole FOLDER`
takes every page from top to bottom instead, in every dress, to be looked at.
"""

from __future__ import annotations

import argparse
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "img"
EXAMPLE = ROOT / "src" / "secondsource" / "example"
CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update"]
PROGRAM = [sys.executable, "-m", "secondsource.cli", "--lexicon", str(EXAMPLE / "lexicon")]
SIZES = {"wide": (1280, 900), "phone": (390, 844)}
REPORT = "ledger-1"
CONTESTED = 5


@dataclass(frozen=True)
class Dress:
    """What a page is seen through."""

    size: str = "wide"
    scheme: str = "light"
    scripts: bool = True
    media: str = "screen"


@dataclass(frozen=True)
class View:
    """One page: where it is, and what is done on it before the picture."""

    path: str
    act: Callable[[Page], None] = lambda _: None


def open_contested(page: Page) -> None:
    """Select the contested claim where its evidence opens beside the text, and go back to the top."""
    if page.locator("html.js").count() and page.viewport_size and page.viewport_size["width"] > 1000:
        page.locator(f"a.claim[data-claim='{CONTESTED}']").click()
        page.evaluate("window.scrollTo(0, 0)")
        page.wait_for_timeout(600)


def start_check(page: Page) -> None:
    """Ask for a check and stay on the page that shows how far it is."""
    page.get_by_role("button", name="Check it").click()
    page.wait_for_url("**/jobs/**")
    page.wait_for_timeout(900)


def trace_anew(page: Page) -> None:
    """Have it traced who shares text, unless that is up to date."""
    button = page.get_by_role("button", name="Trace anew")
    if button.count():
        button.click()
        button.wait_for(state="detached", timeout=120_000)


def look_for_words(page: Page) -> None:
    """Look through the library."""
    page.get_by_label("Words").fill("water pump")
    page.get_by_role("button", name="Look").click()


def reject_a_link(page: Page) -> None:
    """Judge the first telling that contradicts, as a person would."""
    page.locator(".role-refutes input[value^='link ']").first.check()
    page.get_by_label("Decision").select_option("reject")
    page.get_by_label("Your name").fill("A. Reader")
    page.get_by_label("Reason").fill("The League counts the whole day, the report one strike.")
    page.get_by_role("button", name="Keep the judgement").click()
    page.locator("#effect").wait_for(timeout=120_000)


PAGES = {
    "library": View("/"),
    "search": View("/", look_for_words),
    "add": View("/add"),
    "report": View("/reports/halvet-1"),
    "progress": View(f"/reports/{REPORT}", start_check),
    "checked": View(f"/reports/{REPORT}"),
    "claim": View(f"/reports/{REPORT}/claims/{CONTESTED}"),
    "origins": View("/origins", trace_anew),
    "nowhere": View("/nowhere"),
    "review": View(f"/reports/{REPORT}/claims/{CONTESTED}", reject_a_link),
}
ONCE = ("progress", "review")  # what they do is done once
KEPT = {
    "dossier-wide": ("dossier", Dress()),
    "dossier-dark": ("dossier", Dress(scheme="dark")),
    "dossier-phone": ("dossier", Dress("phone")),
    "serve-library": ("library", Dress()),
    "serve-origins": ("origins", Dress()),
    "serve-claim": ("claim", Dress()),
    "serve-claim-phone": ("claim", Dress("phone")),
    "serve-review": ("review", Dress()),
}
DRESSES = {
    "wide": Dress(),
    "dark": Dress(scheme="dark"),
    "phone": Dress("phone"),
    "plain": Dress(scripts=False),
    "print": Dress(media="print"),
}


def shoot(browser: Browser, view: View, dress: Dress, target: Path, *, whole: bool = False) -> None:
    """Write one picture."""
    width, height = SIZES[dress.size]
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme=dress.scheme,  # type: ignore[arg-type]
        java_script_enabled=dress.scripts,
        bypass_csp=whole,
    )
    page.goto(view.path)
    page.emulate_media(media=dress.media)  # type: ignore[arg-type]
    view.act(page)
    if whole and dress.scripts:  # what is out of sight is not drawn otherwise
        page.add_style_tag(content="*{content-visibility:visible!important}")
    page.screenshot(path=target, full_page=whole)
    page.close()
    print(target)


def take(browser: Browser, views: dict[str, View], folder: Path) -> None:
    """Take the pictures of docs/img, the report checked first."""
    page = browser.new_page()
    page.goto(views["checked"].path)
    start_check(page)
    page.locator("a.claim").first.wait_for(timeout=120_000)
    page.close()
    for name, (page, dress) in KEPT.items():
        shoot(browser, views[page], dress, folder / f"{name}.png")


def take_whole(browser: Browser, views: dict[str, View], folder: Path, only: str) -> None:
    """Take whole pages in every dress, all of them or those named."""
    for page in only.split(",") if only else views:
        for name, dress in DRESSES.items():
            if dress == Dress() or page not in ONCE:
                shoot(browser, views[page], dress, folder / f"{page}-{name}.png", whole=True)


@contextmanager
def served(library: Path) -> Iterator[str]:
    """Serve a library on a free port; give its address."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([*PROGRAM, "serve", "--library", str(library), "--port", str(port)])
    try:
        home = f"http://127.0.0.1:{port}"
        await_answer(home)
        yield home
    finally:
        server.terminate()
        server.wait(30)


def await_answer(home: str) -> None:
    """Wait until a server answers, half a minute at most."""
    for _ in range(300):
        try:
            httpx.get(home, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"nothing answers at {home}")


def main() -> int:
    """Read the example, take every picture, print where they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--whole", type=Path, help="take whole pages in every dress, into this folder")
    parser.add_argument("--only", default="", help="pages to take, separated by commas")
    asked = parser.parse_args()
    folder = asked.whole or FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch, sync_playwright() as playwright:
        library, html = Path(scratch) / "example.db", Path(scratch) / "dossier.html"
        subprocess.run(
            [*PROGRAM, "add", str(EXAMPLE / "reports.jsonl"), "--library", str(library)], check=True
        )
        check = [*PROGRAM, "check", REPORT, "--library", str(library), "--html", str(html)]
        subprocess.run(check, check=True, stdout=subprocess.DEVNULL)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        with served(library) as home:
            views = {name: View(home + view.path, view.act) for name, view in PAGES.items()}
            views = {"dossier": View(html.as_uri(), open_contested), **views}
            if asked.whole:
                take_whole(browser, views, folder, asked.only)
            else:
                take(browser, views, folder)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
