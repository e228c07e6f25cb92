"""The whole way on the example case: same bytes in any order, and origins that reprints cannot add to."""

import json
import os
import subprocess
import sys
from importlib.resources import files

import pytest

from secondsource import lexicon
from secondsource.pipeline import Library
from secondsource.tell import lines

EXAMPLE = files("secondsource") / "example"
MAIN = json.loads((EXAMPLE / "key.json").read_text(encoding="utf-8"))["report"]
PILE = [json.loads(line) for line in (EXAMPLE / "reports.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(autouse=True, scope="module")
def _words_of_the_example():
    lexicon.use(EXAMPLE / "lexicon")
    yield
    lexicon.use()


@pytest.fixture(scope="module")
def check(tmp_path_factory):
    """Return a function that checks the main report against a pile of records."""

    def run(pile, **options):
        folder = tmp_path_factory.mktemp("pile")
        (folder / "pile.jsonl").write_text("".join(json.dumps(one) + "\n" for one in pile), encoding="utf-8")
        library = Library(folder / "library.db")
        try:
            library.add([str(folder / "pile.jsonl")])
            return library.check(MAIN, **options)
        finally:
            library.close()

    return run


@pytest.fixture(scope="module")
def dossier(check):
    return check(PILE)


def test_the_order_of_the_pile_never_matters(check, dossier):
    assert lines.to_json(check(PILE[::-1])) == lines.to_json(dossier)


@pytest.mark.parametrize("printed", ["cw-1", "sel-1", "ksna-1", MAIN])
def test_an_unaltered_reprint_never_adds_an_origin(check, dossier, printed):
    original = next(one for one in PILE if one["id"] == printed)
    reprint = {**original, "id": "reprint-1", "outlet": "far-courier", "uri": ""}
    before = {claim.quote: claim for claim in dossier.claims}
    for claim in check([*PILE, reprint]).claims:
        earlier = before[claim.quote]
        assert claim.independent_origins <= earlier.independent_origins, claim.quote
        if claim.verdict != earlier.verdict:
            assert (earlier.verdict, claim.verdict) == ("uncorroborated", "single-origin"), claim.quote


def test_nothing_published_later_is_used(check):
    from datetime import date

    early = check(PILE, as_of=date(2019, 3, 13))
    days = {one["id"]: one["published"] for one in PILE}
    cited = {t.report for claim in early.claims for t in claim.tellings}
    cited |= {report for claim in early.claims for report in (*claim.silent, *claim.undetermined)}
    assert cited
    assert max(days[report] for report in cited) <= "2019-03-13"
    assert early.as_of == "2019-03-13"


def test_every_quote_stands_where_its_span_says(dossier):
    bodies = {one["id"]: one["body"] for one in PILE}
    for claim in dossier.claims:
        assert bodies[MAIN][slice(*claim.span)] == claim.quote
        for telling in claim.tellings:
            assert bodies[telling.report][slice(*telling.span)] == telling.quote


def test_another_hash_seed_gives_the_same_bytes(tmp_path):
    program = (
        "from secondsource.pipeline import demo; from secondsource.tell import html, lines;"
        "d = demo(); print(lines.to_json(d)); print(html.render(d))"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1
