"""Invented news paragraphs with known attributions, from the words of synthetic.toml.

A sentence is built as a string with marks: {S ...} source, {Q ...} cue, {C ...} content, each
followed by the number of its attribution ("{C1:...}"); marks may nest and repeat.
"""

from __future__ import annotations

import random
import re
import tomllib
from pathlib import Path

W = tomllib.loads((Path(__file__).parent / "synthetic.toml").read_text("utf-8"))
_PART = re.compile(r"\$([a-z_]+)")
_MARK = re.compile(r"\{([SQC])(\d):|\}")


def up(text: str) -> str:
    """Return `text` with its first letter outside marks capitalised."""
    i = 0
    while i < len(text):
        if mark := _MARK.match(text, i):
            i = mark.end()
        elif text[i].isalpha():
            return text[:i] + text[i].upper() + text[i + 1 :]
        else:
            i += 1
    return text


class Maker:
    def __init__(self, seed: int | random.Random) -> None:
        self.r = seed if isinstance(seed, random.Random) else random.Random(seed)

    def w(self, name: str):
        return self.r.choice(W[name])

    def person(self) -> str:
        full = f"{self.w('first')} {self.w('last')}"
        kind = self.r.random()
        if kind < 0.25:
            return f"{self.w('role')} {self.w('last')}"
        if kind < 0.45:
            return f"{self.w('role')} {full}"
        if kind < 0.6:
            return f"{full}, {self.w('job')}"
        if kind < 0.75:
            return self.w("last")
        if kind < 0.82:
            return f"{self.w('org')} spokesman {full}".removeprefix("the ")
        if kind < 0.88:
            return f"{full} of {self.w('org')}"
        return full

    def source(self) -> str:
        kind = self.r.random()
        if kind < 0.5:
            return self.person()
        return self.w("org" if kind < 0.65 else "unnamed" if kind < 0.8 else "pronoun")

    def clause(self) -> str:
        subject = (
            self.w("subject")
            if self.r.random() < 0.75
            else self.r.choice([self.w("org"), self.w("place"), self.w("last"), self.w("pronoun")])
        )
        first = f"{subject} {self.w('verb')}{self.w('tail')}".rstrip(",")
        if self.r.random() < 0.2:
            first += f" and {self.w('subject')} {self.w('verb')}"
        return first

    def nested(self, n: int) -> str:
        """A clause that may itself hold an attribution numbered `n`."""
        if self.r.random() < 0.8:
            return self.clause()
        who = self.source()
        if self.r.random() < 0.5:
            return f"{{S{n}:{who}}} {{Q{n}:{self.w('think')}}} {{C{n}:{self.clause()}}}"
        return f"{{S{n}:{who}}} {{Q{n}:{self.w('object')}}} {{C{n}:{self.w('thing')}}}"

    def quote(self, sentences: int = 1) -> str:
        return " ".join(up(self.clause()) + "." for _ in range(sentences))

    def sentence(self) -> str:
        """One sentence or short run of sentences with marks."""
        opened, closed = self.r.choice([("\u201c", "\u201d"), ('"', '"'), ("\u201c", "\u201d")])
        fixed = {"open": opened, "close": closed}
        form = self.r.choices(W["forms"], [weight for weight, _ in W["forms"]])[0][1]
        return up(_PART.sub(lambda m: fixed.get(m[1]) or self.part(m[1]), form))

    def part(self, name: str) -> str:
        """A word of the table of that name, or a made part."""
        r = self.r
        past, present, gerund = self.w("say") if r.random() < 0.5 else W["say"][0]
        made = {
            "source": self.source,
            "person": self.person,
            "clause": self.clause,
            "nested": lambda: self.nested(2),
            "quote": lambda: self.quote()[:-1],
            "quotes": lambda: self.quote(r.randint(1, 2)),
            "cue": lambda: r.choice(["", "", "", "has ", "also "]) + (present if r.random() < 0.25 else past),
            "said": lambda: past,
            "saying": lambda: gerund,
            "when": lambda: " " + self.w("day") if r.random() < 0.35 else "",
            "that": lambda: " that" if r.random() < 0.45 else "",
        }
        return made[name]() if name in made else self.w(name)

    def plain(self) -> str:
        return self.w("narrative") if self.r.random() < 0.5 else up(self.clause()) + "."

    def report(self) -> dict:
        """One invented body with its attributions, in the form of the data sets."""
        size = self.r.randint(4, 9)
        parts = [self.sentence() if self.r.random() < 0.68 else self.plain() for _ in range(size)]
        gap = self.r.choice([" ", "\n\n", " "])
        body, found = "", []
        for part in parts:
            text, attributions = unmark(part, len(body))
            body += text + gap
            found.extend(attributions)
        return {"body": body.rstrip(), "attributions": found}


def unmark(marked: str, offset: int) -> tuple[str, list[dict]]:
    """Return the text without marks, and its attributions with offsets from `offset`."""
    text, open_, found, at = "", [], {}, 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark[1]:
            open_.append((mark[1], mark[2], len(text)))
        elif open_:
            part, number, start = open_.pop()
            name = {"S": "source", "Q": "cue", "C": "content"}[part]
            one = found.setdefault(number, {"source": [], "cue": [], "content": []})
            one[name].append([start + offset, len(text) + offset])
    text += marked[at:]
    return text, [one for _, one in sorted(found.items()) if one["content"] and one["cue"]]


if __name__ == "__main__":
    for seed in range(6):
        made = Maker(seed).report()
        print(made["body"])
        for a in made["attributions"]:
            print("   ", {k: [made["body"][s:e] for s, e in a[k]] for k in a})
