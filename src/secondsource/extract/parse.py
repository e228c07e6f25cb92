"""The parse that every later step reads: one spaCy document over a report's whole body.

Token offsets (`Token.idx`) are code points of the body, so spans need no mapping.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from secondsource.model import Span, Spans


@dataclass(frozen=True, slots=True)
class Clause:
    """One checkable proposition as tokens of the parse.

    `doc` is the spaCy document of the body; `tokens` are the token indices of the
    proposition's content in order; `root` is the index of its head (a verb, or the head
    of a verbless clause); `sentence` is the token range [start, end) of the sentence.
    """

    doc: Any
    tokens: tuple[int, ...]
    root: int
    sentence: Span

    @property
    def spans(self) -> Spans:
        """Return the content as body spans, neighbouring tokens joined."""
        joined: list[list[int]] = []
        for index in self.tokens:
            if joined and joined[-1][1] == index:
                joined[-1][1] = index + 1
            else:
                joined.append([index, index + 1])
        return tuple((self.doc[a].idx, self.doc[b - 1].idx + len(self.doc[b - 1])) for a, b in joined)
