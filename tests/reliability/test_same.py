"""The same reports give the same dossier: any order, number of processes, clock and hash seed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .invented import made

# Adds the lines of a pile with as many processes at once as told, in an order drawn by the seed,
# with a clock that runs back a day at every look, and prints the dossier of one report.
PROGRAM = """
import datetime, json, os, random, sys, time
from pathlib import Path

folder, processes, order, back = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4] == "back"
if back:
    looks = iter(range(10_000_000))
    time.time = lambda: 86400.0 * (3000 - next(looks) % 3000)
from secondsource.pipeline import Library
from secondsource.tell import html, lines

text = (folder / "pile.jsonl").read_text().splitlines()
random.Random(order).shuffle(text)
parts = [folder / f"part-{n}-{order}.jsonl" for n in range(processes)]
for n, part in enumerate(parts):
    part.write_text("\\n".join(text[n::processes]))
path = folder / f"library-{order}.db"
Library(path).close()
children = []
for part in parts:
    child = os.fork()
    if child == 0:
        library = Library(path)
        library.add([str(part)])
        library.close()
        os._exit(0)
    children.append(child)
assert [os.waitpid(child, 0)[1] for child in children] == [0] * len(children)
library = Library(path)
dossier = library.check("r003")
sys.stdout.write(lines.to_json(dossier) + html.render(dossier))
"""


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    folder = tmp_path_factory.mktemp("same")
    pile = [json.dumps(made(number)) for number in range(10)]
    (folder / "pile.jsonl").write_text("\n".join(pile), encoding="utf-8")
    orders = iter(range(100))

    def told(processes: int, seed: str, clock: str = "forward") -> str:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(folder), str(processes), str(next(orders)), clock],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return told


def test_order_processes_clock_and_seed_never_matter(dossier):
    first = dossier(1, "1")
    assert '"verdict":' in first
    assert dossier(3, "31337", "back") == first


def test_only_capturing_and_serving_look_at_the_clock():
    """A wall clock read in a step would enter a dossier."""
    package = Path(__file__).parents[2] / "src" / "secondsource"
    signs = ("datetime.now(", "date.today(", "time.time(", "utcnow(", "monotonic(", "perf_counter(")
    looking = {
        str(path.relative_to(package).parent)
        for path in package.rglob("*.py")
        if any(sign in path.read_text(encoding="utf-8") for sign in signs)
    }
    assert looking <= {"reach", "web", "cli", "pipeline", "."}
    steps = {"read", "extract", "trace", "match", "weigh", "tell", "store", "engine", "places", "lexicon"}
    assert not looking & steps
