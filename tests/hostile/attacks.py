"""Forty attempts to fake independence or a corroboration, as reports added to a small invented pile.

The report under check tells a sinking by a harbour master, one toll and one fact of its own. An
attack adds reports that descend from it; it succeeds if for any claim the origins grow in number,
or a changed figure is taken for support.
"""

from __future__ import annotations

LEAD = "The ferry Alma sank off Tarn on Friday, killing 12 people, the harbour master said."
TOLL = "Rescuers pulled 31 survivors from the water before dark."
OWN = "The owners of the ferry had ignored two warnings about its pumps."
BODY = f"{LEAD} {TOLL} {OWN}"
MAIN = {
    "id": "main",
    "outlet": "northshore-post",
    "published": "2031-05-03",
    "title": "Ferry sinks",
    "body": BODY,
}
OTHER = {
    "id": "other",
    "outlet": "tarn-weekly",
    "published": "2031-05-03",
    "title": "Storm closes port",
    "body": "The port of Tarn was closed on Friday because of a storm. Schools were shut, the town said.",
}
WORDED = (
    "Twelve people were killed on Friday when the ferry Alma went down near Tarn, according to the harbour"
    " master. Before dark, 31 survivors had been pulled from the water by rescuers."
    " Two warnings about the pumps had been ignored by the ferry's owners."
)


def _report(number: int, body: str, **more: str) -> dict[str, str]:
    made = {"id": f"fake-{number}", "outlet": f"daily-{number}", "published": "2031-05-04", "title": "Ferry"}
    return {**made, "body": body, **more}


def _farm(body: str, count: int) -> list[dict[str, str]]:
    return [_report(number, body) for number in range(count)]


def _each_word(text: str, mark: str) -> str:
    return " ".join(word[:1] + mark + word[1:] if len(word) > 3 else word for word in text.split(" "))


_LOOKALIKE = str.maketrans("aeopcx", "аеорсх")

ATTACKS: dict[str, list[dict[str, str]]] = {
    # reprints, reworded by degrees
    "reprint: verbatim": _farm(BODY, 1),
    "reprint: new headline": [_report(1, f"Horror at sea off Tarn\n\n{BODY}")],
    "reprint: sentences in another order": [_report(1, f"{OWN} {TOLL} {LEAD}")],
    "reprint: first sentence alone": [_report(1, LEAD)],
    "reprint: synonyms": [
        _report(
            1, BODY.replace("sank", "foundered").replace("pulled", "hauled").replace("ignored", "disregarded")
        )
    ],
    "reprint: every sentence reworded, source kept": [_report(1, WORDED)],
    "reprint: every sentence reworded, source dropped": [
        _report(1, WORDED.replace(", according to the harbour master", ""))
    ],
    "reprint: source renamed": [_report(1, BODY.replace("the harbour master", "a port official"))],
    "reprint: lead turned into a quotation": [
        _report(
            1, f'"The ferry Alma sank off Tarn on Friday, killing 12 people," a witness told us. {TOLL} {OWN}'
        )
    ],
    "reprint: padded with own paragraphs": [
        _report(1, f"It was a grey morning on the coast. {BODY} Our readers sent flowers to the town hall.")
    ],
    # circular citing
    "circle: two cite each other": [
        _report(1, f"{LEAD[:-27]}, Daily 2 reported."),
        _report(2, f"{LEAD[:-27]}, Daily 1 reported."),
    ],
    "circle: three in a ring": [_report(n, f"{OWN[:-1]}, daily-{n % 3 + 1} reported.") for n in (1, 2, 3)],
    "circle: citing the report under check": [_report(1, f"{OWN[:-1]}, Northshore Post reported.")],
    "circle: citing it through another": [
        _report(1, f"{OWN[:-1]}, Northshore Post reported."),
        _report(2, f"{OWN[:-1]}, Daily 1 reported."),
    ],
    "circle: citing nobody by name": [_report(1, f"{OWN[:-1]}, media reported.")],
    # self-citation
    "self: own outlet again": [{**MAIN, "id": "again", "published": "2031-05-05"}],
    "self: own outlet, reworded": [_report(1, WORDED, outlet="northshore-post")],
    "self: own outlet in capitals": [_report(1, WORDED, outlet="Northshore Post")],
    "self: own outlet by its address": [_report(1, WORDED, outlet="www.northshore-post.example")],
    "self: as we reported": [_report(1, f"As Northshore Post has reported, {OWN[0].lower()}{OWN[1:]}")],
    # farms
    "farm: five copies": _farm(BODY, 5),
    "farm: twenty copies": _farm(BODY, 20),
    "farm: five reworded copies": _farm(WORDED, 5),
    "farm: five copies, one word changed in each": [
        _report(n, BODY.replace("dark", word))
        for n, word in enumerate(("dusk", "night", "evening", "noon", "dawn"))
    ],
    "farm: outlet names of look-alike letters": [
        _report(1, WORDED, outlet="northshore-post".translate(_LOOKALIKE))
    ],
    "farm: outlet name with a zero-width space": [_report(1, WORDED, outlet="north\u200bshore-post")],
    # stolen bylines and credits
    "byline: another writer": [_report(1, BODY, byline="Ann Quill")],
    "byline: an agency's credit put on": [_report(1, f"TARN, May 3 (Reuters) - {BODY}")],
    "byline: an agency's credit line": [_report(1, BODY, credit="AFP")],
    "byline: two agencies for two copies": [_report(1, BODY, credit="AFP"), _report(2, BODY, credit="AP")],
    "byline: reworded with an agency's credit": [_report(1, WORDED, credit="AFP")],
    # back-dating
    "date: a copy dated earlier": [_report(1, BODY, published="2031-05-01")],
    "date: a copy without a day": [_report(1, BODY, published="")],
    "date: a copy dated later": [_report(1, BODY, published="2033-01-01")],
    "date: reworded and dated earlier": [_report(1, WORDED, published="2031-05-02")],
    # copies with changed figures
    "figure: toll raised": [_report(1, BODY.replace("12", "21"))],
    "figure: toll in words": [_report(1, BODY.replace("12 people", "forty people"))],
    "figure: survivors lowered": [_report(1, BODY.replace("31", "13"))],
    # tricks of characters
    "letters: zero-width characters inside words": [_report(1, _each_word(BODY, "\u200b"))],
    "letters: look-alike letters": [_report(1, BODY.translate(_LOOKALIKE))],
}
