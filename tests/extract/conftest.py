"""One loaded parser for all tests of extract."""

from __future__ import annotations

import pytest

from secondsource.extract.parse import Parser


@pytest.fixture(scope="session")
def parser() -> Parser:
    """Return the spaCy parser, loaded once a session."""
    return Parser()
