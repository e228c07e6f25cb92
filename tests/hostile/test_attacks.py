"""How many of forty attacks on the count succeed: exactly those pinned here, no more and no fewer."""

import json

import pytest

from secondsource.pipeline import Library

from .attacks import ATTACKS, MAIN, OTHER

# A text reworded throughout, as by another hand, cannot be told from another's report by its words.
SUCCEED = frozenset(
    {
        "byline: reworded with an agency's credit",
        "date: reworded and dated earlier",
        "farm: five reworded copies",
        "reprint: every sentence reworded, source dropped",
        "reprint: every sentence reworded, source kept",
    }
)


@pytest.fixture(scope="module")
def origins(tmp_path_factory):
    """Return a function from added reports to what each claim counts, and what supports it."""
    folder = tmp_path_factory.mktemp("attacks")

    def counted(name, added):
        path = folder / f"{name}.jsonl"
        path.write_text("".join(json.dumps(one) + "\n" for one in (MAIN, OTHER, *added)), encoding="utf-8")
        library = Library(path.with_suffix(".db"))
        library.add([str(path)])
        dossier = library.check("main")
        library.close()
        return {claim.quote: claim for claim in dossier.claims}

    return counted


def test_there_are_forty_attacks():
    assert len(ATTACKS) == 40


def test_attacks_that_succeed_are_exactly_those_known(origins):
    before = origins("base", [])
    assert len(before) >= 3
    won = {
        name
        for number, (name, added) in enumerate(ATTACKS.items())
        if fooled(before, origins(str(number), added), distorts=name.startswith("figure"))
    }
    assert sorted(won) == sorted(SUCCEED)


def fooled(before, after, *, distorts):
    """Tell whether any claim counts more origins, or a changed figure supports the claim that it changes."""
    more = any(
        after[quote].independent_origins > claim.independent_origins for quote, claim in before.items()
    )
    taken = distorts and any(
        telling.relation == "supports" and figures(telling.quote) - figures(quote)
        for quote, claim in after.items()
        for telling in claim.tellings
    )
    return more or taken


def figures(text):
    return {
        word for word in text.replace(",", " ").replace(".", " ").split() if word.isdigit() or word == "forty"
    }
