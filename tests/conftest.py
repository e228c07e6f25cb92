"""What all tests share: the command line typed, a browser, and that REQUIRE_ALL=1 lets no test be skipped."""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import settings

# A busy machine is no failure; CI tries the same examples every time.
settings.register_profile("house", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("house")


QUIET = ("--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync")


@pytest.fixture
def typed(monkeypatch, capsys, tmp_path):
    """Return a function that types words at the program in an empty folder: (status, out, err)."""
    from secondsource import cli

    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SECONDSOURCE_LIBRARY", raising=False)

    def invoke(*words):
        monkeypatch.setattr("sys.argv", ["secondsource", *map(str, words)])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        out, err = capsys.readouterr()
        return stopped.value.code or 0, out, err

    return invoke


@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium, driven by Playwright; it asks nobody anything by itself."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on this machine: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", *QUIET])
        yield opened
        opened.close()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run under REQUIRE_ALL=1 in which a test was skipped, and name the tests."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("REQUIRE_ALL") != "1" or reporter is None or hasattr(session.config, "workerinput"):
        return
    skipped = reporter.stats.get("skipped", [])
    for report in skipped:
        reporter.write_line(f"REQUIRE_ALL=1, yet skipped: {report.nodeid}: {report.longrepr[2]}", red=True)
    if skipped and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
