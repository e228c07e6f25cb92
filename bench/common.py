"""What several races share: which reports they take, and processes of their own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path
from typing import Any


def reports_of(pile: Path | None) -> list[str]:
    """Return the reports of a pile, or without one those of the shipped example case, as JSON lines."""
    text = (pile or files("secondsource") / "example/reports.jsonl").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip()]


def apart(function: Callable[..., Any], *told: Any) -> Any:
    """Return what a function returns in a process of its own.

    The most memory that it held counts from what the process that starts it had held.
    """
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(function, *told).result()
