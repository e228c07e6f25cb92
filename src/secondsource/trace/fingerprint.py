"""Reports as comparing needs them, many at once: words as numbers, sentences, quoted words.

Everything here is a pure function of each report by itself; that several are done at once only
spares time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from secondsource.lexicon import outlets, table, view
from secondsource.model import Report, SectionRole, Span
from secondsource.text import quotations
from secondsource.trace.align import Codes, Flags, Texts, grams_of
from secondsource.trace.keys import LONGEST, inside, is_key, near, shifted
from secondsource.trace.wording import code_of, wording

_STOP = re.compile(
    r"[.!?\u2026\u061f\u3002\n](?:(?<!\n)[\"'\u201d\u2019)\]]*\s+(?=[\"'\u201c\u2018(\[]*[^\W_a-z])|(?<=\n)\s*)"
)
_ABBREVIATED = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|Gen|Lt|Col|Maj|Sgt|Gov|Sen|Rep|No|vs))\.\s+\Z")


@dataclass(frozen=True, slots=True, eq=False)
class Prints:
    """Some reports' texts, ready to compare.

    Arrays run over the words of their first `LONGEST` characters, report after report: report `i` has
    those from `texts.bounds[i]` to `texts.bounds[i + 1]`. `texts` has stable hashes of the folded words,
    `starts` and `ends` are offsets in the body, `sentence` numbers the sentences of all reports (those of
    report `i` from `lines[i]` to `lines[i + 1]`), `quoted` tells words in speech, `furniture` words outside
    story and headline. `narration` counts each sentence's unquoted words; `at` are the places of sampled
    5-grams and `keys` their hashes. `days` are ordinals of each report's publication day and of the day
    that its text states, 0 where unknown; `voices` tell who speaks through its outlet.
    """

    reports: tuple[str, ...]
    voices: tuple[str, ...]
    days: Codes
    texts: Texts
    starts: Codes
    ends: Codes
    sentence: Codes
    lines: Codes
    quoted: Flags
    furniture: Flags
    narration: Codes
    at: Codes
    keys: Codes

    def words(self, report: int) -> slice:
        """Return which words are of one report."""
        return slice(*self.texts.bounds[report : report + 2].tolist())


def fingerprints(reports: Sequence[Report]) -> Prints:
    """Return the prints of some reports."""
    bodies = [report.body[:LONGEST] for report in reports]
    words = wording(bodies)
    bases = words.bases
    texts = Texts(words.codes, np.searchsorted(words.text, np.arange(len(bodies) + 1)))
    marked = inside(words.starts, shifted(map(quotations, bodies), bases))
    lines = [(0, *_stops(body)) for body in bodies]  # where sentences begin
    breaks = np.array([at + base for base, own in zip(bases.tolist(), lines, strict=False) for at in own])
    sentence = np.searchsorted(breaks, words.starts, side="right") - 1
    quoted = marked | _spoken(words.codes, sentence)
    grams = grams_of(words.codes)
    within = words.text[: len(grams)] == words.text[len(words.text) - len(grams) :]
    at = np.flatnonzero(is_key(grams) & ~near(marked) & within)
    shift = bases[words.text]
    return Prints(
        reports=tuple(report.id for report in reports),
        voices=tuple(outlets.voice_of(report.outlet) for report in reports),
        days=np.array(
            [[day.toordinal() if day else 0 for day in (r.published, r.stated)] for r in reports]
        ).reshape(-1, 2),
        texts=texts,
        starts=words.starts - shift,
        ends=words.ends - shift,
        sentence=sentence,
        lines=np.cumsum([0, *map(len, lines)]),
        quoted=quoted,
        furniture=inside(words.starts, shifted(map(_furniture, reports), bases)),
        narration=np.bincount(sentence[~quoted], minlength=len(breaks)),
        at=at,
        keys=grams[at],
    )


def _furniture(report: Report) -> list[Span]:
    """Return what of a report is neither story nor headline."""
    outside = (s.span for s in report.sections if s.role not in (SectionRole.BODY, SectionRole.HEADLINE))
    return [(min(start, LONGEST), min(end, LONGEST)) for start, end in outside]


def _spoken(codes: Codes, sentence: Codes) -> Flags:
    """Return the words of sentences that speak in the first person."""
    speaks = np.zeros(int(sentence.max(initial=0)) + 1, dtype=bool)
    speaks[sentence[np.isin(codes, _first_person())]] = True
    return speaks[sentence]


@view
def _first_person() -> Codes:
    return np.array([code_of(word) for word in table("trace")["speech"]["first_person"]])


def _stops(body: str) -> list[int]:
    """Return where sentences end."""
    return [m.end() for m in _STOP.finditer(body) if not _abbreviated(body, m.start(), m.end())]


def _abbreviated(body: str, mark: int, end: int) -> bool:
    """Tell whether the mark before `end` only shortens a word; after four small letters none does."""
    before = body[max(0, mark - 4) : mark]
    if len(before) == 4 and before.isalpha() and before.islower():
        return False
    return _ABBREVIATED.search(body, max(0, end - 12), end) is not None
