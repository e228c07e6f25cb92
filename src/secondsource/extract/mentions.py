"""Mentions of one parsed report: every proposition with who answers for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from secondsource.extract.attribution import Found
from secondsource.extract.chain import Names
from secondsource.extract.clauses import Proposition, propositions
from secondsource.extract.parse import Clause, Tree
from secondsource.extract.sources import Phrase
from secondsource.lexicon.sources import source_words
from secondsource.model import Link, Report, SectionRole, SourceKind, Span
from secondsource.text import hull

_TELLING = frozenset({SectionRole.BODY, SectionRole.HEADLINE})


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposition with its resolved chain: what a mention is before its kind and slots are read."""

    clause: Clause
    proposition: Proposition
    source: tuple[int, ...]
    cue: tuple[int, ...]
    links: tuple[Link, ...]
    statement: str
    self_contained: bool


@dataclass
class _Account:
    """The source that the running account rests on, and the outlet it was told to."""

    speaker: str = ""
    media: Link | None = None


def drafts(tree: Tree, report: Report, found: Sequence[Found]) -> list[Draft]:
    """Return the report's propositions in reading order with their chains.

    Only sections that tell something (body, headline) yield any.
    """
    names = Names(tree)
    account = _Account()
    made: list[Draft] = []
    by_sentence: dict[int, list[Found]] = {}
    for one in found:
        for number in sorted({tree.sent[t] for t in (*one.content, *one.cue)}):
            by_sentence.setdefault(number, []).append(one)
    phrases: dict[int, Phrase] = {}
    for number, sentence in enumerate(tree.sentences):
        here = by_sentence.get(number, [])
        if not _tells(tree, report, sentence):
            continue
        for one in sorted(here, key=lambda f: f.source or f.cue):
            if one.source and id(one) not in phrases:
                phrases[id(one)] = names.resolve(one.source)
        for proposition in propositions(tree, sentence, here):
            made.append(_draft(tree, report, proposition, (here, phrases, account)))
    return made


def _tells(tree: Tree, report: Report, sentence: Span) -> bool:
    low, high = tree.start[sentence[0]], tree.end[sentence[1] - 1]
    best = max(
        report.sections,
        key=lambda section: min(high, section.span[1]) - max(low, section.span[0]),
        default=None,
    )
    return best is None or best.role in _TELLING


def _draft(
    tree: Tree,
    report: Report,
    proposition: Proposition,
    context: tuple[Sequence[Found], dict[int, Phrase], _Account],
) -> Draft:
    here, phrases, account = context
    clause = Clause(tree.doc, proposition.tokens, proposition.root, proposition.sentence)
    found = proposition.found
    links: tuple[Link, ...] = ()
    if found is not None:
        links = _links(tree, found, here, phrases)
        links = _with_media(links, account)
    statement = " ".join(tree.text((*proposition.subject, *proposition.tokens)).split())
    source = found.source if found is not None else ()
    cue = found.cue if found is not None else ()
    return Draft(clause, proposition, source, cue, links, statement, True)


def _links(tree: Tree, found: Found, here: Sequence[Found], phrases: dict[int, Phrase]) -> tuple[Link, ...]:
    """Return the chain of an attribution: its source, the hearer that carries it, then those around it."""
    around = [one for one in here if one is not found and one.states and _inside(found, one)]
    around.sort(key=lambda one: (len(one.content), one.head))
    links: list[Link] = []
    for one in (found, *around):
        phrase = phrases.get(id(one))
        if phrase is not None:
            links.append(_link(tree, phrase))
        if one.media:
            medium = _medium(tree, one.media)
            if medium is not None:
                links.append(medium)
    kept: list[Link] = []
    for link in links:
        if all(link.name != other.name for other in kept):
            kept.append(link)
    return tuple(kept)


def _inside(inner: Found, outer: Found) -> bool:
    return inner.head in outer.content


def _link(tree: Tree, phrase: Phrase) -> Link:
    text = tree.text(phrase.tokens)
    note = _reason(text) if phrase.kind is SourceKind.UNNAMED else ""
    return Link(phrase.name, phrase.kind, hull(tree.spans(phrase.tokens)), note)


def _reason(text: str) -> str:
    """Return the words from the anonymity phrase on: the outlet's stated reason."""
    low = text.lower()
    places = [low.find(word) for word in source_words().anonymity if word in low]
    if not places:
        return ""
    start = low.rfind(",", 0, min(places)) + 1
    return text[start:].strip(" ,.;")


def _medium(tree: Tree, tokens: tuple[int, ...]) -> Link | None:
    """Return the outlet that was told, unless the hearer is a person or a crowd ("told reporters")."""
    if not any(tree.tag[t][:3] == "NNP" for t in tokens):
        return None
    name = " ".join(tree.text(t for t in tokens if tree.tag[t] != "DT" or t != tokens[0]).split())
    return Link(name, SourceKind.MEDIA, hull(tree.spans(tokens)))


def _with_media(links: tuple[Link, ...], account: _Account) -> tuple[Link, ...]:
    """Carry the outlet that a speaker told over to his later words in the same report."""
    if not links:
        return links
    speaker = links[0].name
    if len(links) > 1 and links[1].kind is SourceKind.MEDIA:
        account.speaker, account.media = speaker, links[1]
    elif len(links) == 1 and speaker == account.speaker and account.media is not None:
        return (*links, account.media)
    return links
