"""What docs/tables.md says of the tables is what stands in their schemas."""

from __future__ import annotations

from pathlib import Path

from secondsource.pipeline.tables import page

PAGE = Path(__file__).resolve().parents[2] / "docs/tables.md"


def test_the_page_is_that_of_the_schemas() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "run: python -m secondsource.pipeline.tables > docs/tables.md"
    )
