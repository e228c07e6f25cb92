"""Photograph the example's dossier for docs/img: wide, dark and on a phone.

Needs Debian's chromium. `python tools/screenshots.py` runs the main job on the shipped case first.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "img"
CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update"]

VIEWS = {
    "dossier-wide": (1280, 900, "light"),
    "dossier-dark": (1280, 900, "dark"),
    "dossier-phone": (390, 844, "light"),
}


def shoot(browser: Browser, address: str, name: str) -> Path:
    """Write one picture of the page, its contested claim opened."""
    width, height, scheme = VIEWS[name]
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    page.goto(address)
    contested = page.locator("a.claim.v-contested").first
    if width > 1000 and contested.count():
        contested.click()
        page.evaluate("window.scrollTo(0, 0)")
        page.wait_for_timeout(500)
    target = FOLDER / f"{name}.png"
    page.screenshot(path=target)
    page.close()
    return target


def main() -> int:
    """Run the example, take every picture, print where they are."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        html = Path(folder) / "dossier.html"
        command = [sys.executable, "-m", "secondsource.cli", "demo", "--html", str(html)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for name in VIEWS:
            print(shoot(browser, html.as_uri(), name).relative_to(ROOT))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
