"""Reports in other languages: kept, shown in their own words, compared by an encoder where it is installed.

All reports are invented; names of real towns stand in them because the gazetteer knows how they are
written in other scripts.
"""

import json

import pytest

from secondsource import encode
from secondsource.pipeline import Library

ENGLISH = {
    "id": "en-1", "outlet": "Velm Post", "published": "2031-05-07", "title": "Shells hit market",
    "body": "Eighteen people were killed on Tuesday when shells hit the market in Aleppo, a doctor said.",
}  # fmt: skip
TOLD = {
    "ar": "قُتل ١٨ شخصاً يوم الثلاثاء عندما سقطت قذائف على السوق في حلب. وقال شهود إن السوق كان مكتظاً.",
    "ru": "18 человек погибли во вторник, когда снаряды попали в рынок в Алеппо. Рынок был полон людей.",
    "fr": "Dix-huit personnes ont été tuées mardi lorsque des obus ont frappé le marché d'Alep.",
    "es": "Dieciocho personas murieron el martes cuando los proyectiles alcanzaron el mercado de Alepo.",
    "de": "18 Menschen wurden am Dienstag getötet, als Granaten den Markt in Aleppo trafen. Er war voll.",
}
OTHER = {
    "ar": "قُتل ٥٨ شخصاً يوم الثلاثاء عندما سقطت قذائف على السوق في حلب.",  # another figure
    "ru": "18 человек погибли во вторник, когда снаряды попали в рынок в Дамаске.",  # another town
    "fr": "L'armée nie que dix-huit personnes aient été tuées mardi par des obus au marché d'Alep.",
    "es": "Cincuenta y ocho personas murieron el martes al alcanzar los proyectiles el mercado de Alepo.",
    "de": "Es wurden keine 18 Menschen getötet, als am Dienstag Granaten den Markt in Aleppo trafen.",
}


def report(language, body, day="2031-05-07"):
    return {
        "id": f"{language}-1", "outlet": f"paper-{language}", "published": day, "title": "-",
        "language": language, "body": body,
    }  # fmt: skip


@pytest.fixture
def dossier(tmp_path):
    """Check the English report against others."""

    def check(*others, subject=ENGLISH):
        pile = tmp_path / "pile.jsonl"
        pile.write_text("\n".join(json.dumps(one) for one in (ENGLISH, *others)), encoding="utf-8")
        library = Library(tmp_path / "pile.db")
        library.add([str(pile)])
        try:
            return library.check(subject["id"])
        finally:
            library.close()

    return check


@pytest.fixture
def encoder():
    if encode.multilingual() is None:
        pytest.skip("the multilingual extra is not installed: make .venv/.multilingual.stamp")


def toll(dossier):
    return next(claim for claim in dossier.claims if "Eighteen" in claim.quote)


@pytest.mark.parametrize("language", sorted(TOLD))
def test_what_says_the_same_is_shown_in_its_own_words_and_adds_no_origin(dossier, encoder, language):
    found = dossier(report(language, TOLD[language]))
    claim = toll(found)
    (telling,) = claim.tellings
    assert (telling.report, telling.relation) == (f"{language}-1", "supports")
    assert TOLD[language].startswith(telling.quote)
    assert f"another language ({language})" in telling.reason
    assert claim.independent_origins == 1
    assert claim.verdict == "single-origin"
    assert any("compared by likeness" in limit for limit in found.limits)


def test_five_languages_corroborate_nothing_by_themselves(dossier, encoder):
    claim = toll(dossier(*(report(language, body) for language, body in TOLD.items())))
    assert len(claim.tellings) == len(TOLD)
    assert claim.verdict == "single-origin"


@pytest.mark.parametrize("language", sorted(OTHER))
def test_another_figure_place_or_a_denial_is_undetermined_and_never_support(dossier, encoder, language):
    claim = toll(dossier(report(language, OTHER[language])))
    assert claim.tellings == ()
    assert claim.undetermined == (f"{language}-1",)
    assert claim.verdict == "uncorroborated"


def test_a_report_of_another_time_or_matter_stands_nowhere(dossier, encoder):
    wheat = "Le prix du blé a augmenté de 18 pour cent cette année à Alep. Les agriculteurs s'en réjouissent."
    claim = toll(dossier(report("ru", TOLD["ru"], day="2031-08-07"), report("fr", wheat)))
    assert claim.tellings == ()
    assert claim.undetermined == ()


def test_a_report_in_another_language_is_checked_against_english_ones(dossier, encoder):
    russian = report("ru", TOLD["ru"])
    found = dossier(russian, subject=russian)
    assert [telling.report for telling in found.claims[0].tellings] == ["en-1"]
    assert any("each sentence is taken for a claim" in limit for limit in found.limits)


def test_without_the_extra_reports_are_kept_and_it_is_said_that_they_were_not_compared(dossier, monkeypatch):
    monkeypatch.setattr(encode, "multilingual", lambda: None)
    found = dossier(report("ru", TOLD["ru"]))
    assert toll(found).tellings == ()
    assert toll(found).undetermined == ()
    assert any("were not compared" in limit and "(ru)" in limit for limit in found.limits)
