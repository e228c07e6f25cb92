"""`kill -9` at random moments of adding: nothing acknowledged is lost, and the next run completes the work.

SECONDSOURCE_KILLS says how many times to kill; a hundred were run for docs/reliability.md.
"""

import random
import time

import pytest

from secondsource.pipeline import Library

from .invented import KILLS, content, killed_after, looked_at, write_pile


def done(told, stage):
    """Return how far a killed run had told to be in a stage."""
    return max((number for name, number in told if name == stage), default=0)


def add(path, pile, on_progress=lambda *_: None):
    library = Library(path)
    try:
        return library.add([str(pile)], on_progress=on_progress)
    finally:
        library.close()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """Return a pile, what a library holds after adding it in peace, and how long that took."""
    folder = tmp_path_factory.mktemp("undisturbed")
    write_pile(folder / "pile.jsonl")
    add(folder / "warm.db", folder / "pile.jsonl")  # loads the parser, so that children have it
    started = time.monotonic()
    add(folder / "library.db", folder / "pile.jsonl")
    return folder / "pile.jsonl", content(folder / "library.db"), time.monotonic() - started


def test_a_killed_add_loses_nothing_acknowledged_and_is_completed_by_the_next(undisturbed, tmp_path):
    pile, whole, seconds = undisturbed
    moments = random.Random(7)
    path, cut_short = tmp_path / "library.db", 0
    for _ in range(KILLS or 10):
        for left in tmp_path.iterdir():
            left.unlink()

        def work(tell):
            add(path, pile, lambda stage, done, _: tell((stage, done)))

        told = killed_after(moments.uniform(0, 1.1 * seconds), work)
        if path.exists() and path.stat().st_size:
            held = looked_at(tmp_path)
            # an item is told when the one before it has been put, a report when its mentions have been
            assert len(held.get("reports", ())) + len(held.get("rejects", ())) >= done(told, "reading") - 1
            read = len(held.get("extracted", ()))
            assert read >= done(told, "extracting")
            cut_short += read < len(whole["extracted"])
        add(path, pile)
        assert content(path) == whole
    assert cut_short, "no kill came while there was work left"
