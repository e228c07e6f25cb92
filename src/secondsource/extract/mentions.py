"""Mentions of one parsed report: every proposition with who answers for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from secondsource.extract.account import Told, content_words, donors, sets_context
from secondsource.extract.chain import Names
from secondsource.extract.clauses import Proposition, propositions
from secondsource.extract.parse import Clause, Tree, telling
from secondsource.extract.parts import Found
from secondsource.extract.sources import Phrase, head_of, mute, personal_name, singular
from secondsource.extract.sources import kind_of as kind_of_source
from secondsource.lexicon.cues import cues
from secondsource.lexicon.sources import source_words
from secondsource.model import Kind, Link, Report, SourceKind, Span
from secondsource.text import hull

Stance = Callable[[Clause, tuple[int, ...]], Kind]


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposition with its resolved chain: what a mention is before its kind and slots are read."""

    clause: Clause
    proposition: Proposition
    source: tuple[int, ...]
    cue: tuple[int, ...]
    links: tuple[Link, ...]
    kind: Kind
    speaker: Phrase | None = None


@dataclass
class _Account:
    """The source that the running account rests on, and the outlet it was told to."""

    speaker: str = ""
    media: Link | None = None


@dataclass(frozen=True, slots=True)
class _Context:
    found: Sequence[Found]
    phrases: dict[int, Phrase]
    account: _Account
    stance: Stance


@dataclass(frozen=True, slots=True)
class _Sentence:
    number: int
    span: Span
    found: tuple[Found, ...]
    propositions: tuple[Proposition, ...]


def drafts(tree: Tree, report: Report, found: Sequence[Found], stance: Stance) -> list[Draft]:
    """Return the report's propositions in reading order with their chains.

    Only sections that tell something (body, headline) yield any. `stance` tells a clause's kind.
    """
    names = Names(tree)
    account = _Account()
    phrases: dict[int, Phrase] = {}
    sentences = _sentences(tree, report, found)
    for sentence in sentences:
        for one in sorted(sentence.found, key=lambda f: f.source or f.cue):
            if not one.source or mute(tree, head_of(tree, one.source)):
                continue
            if id(one) not in phrases and tree.sent[one.head] == sentence.number:
                phrases[id(one)] = names.resolve(one.source)
    made: dict[int, list[Draft]] = {}
    for sentence in sentences:
        context = _Context(sentence.found, phrases, account, stance)
        made[sentence.number] = [_draft(tree, one, context) for one in sentence.propositions]
    for number, donor in donors(_told(tree, report, sentences, made)).items():
        lender = next(d for d in made[donor] if d.links)
        made[number] = [replace(d, links=lender.links, source=lender.source) for d in made[number]]
    return [draft for sentence in sentences for draft in made[sentence.number]]


def _sentences(tree: Tree, report: Report, found: Sequence[Found]) -> list[_Sentence]:
    by_sentence: dict[int, list[Found]] = {}
    for one in found:
        for number in sorted({tree.sent[t] for t in (*one.content, *one.cue)}):
            by_sentence.setdefault(number, []).append(one)
    tells = telling(tree, report)
    made = []
    for number, span in enumerate(tree.sentences):
        if any(tells[span[0] : span[1]]):
            here = tuple(by_sentence.get(number, ()))
            made.append(_Sentence(number, span, here, tuple(propositions(tree, span, here))))
    return made


def _told(
    tree: Tree, report: Report, sentences: Sequence[_Sentence], made: dict[int, list[Draft]]
) -> list[Told]:
    told = []
    for place, sentence in enumerate(sentences):
        here = made[sentence.number]
        if not here:
            continue
        first = tree.start[sentence.span[0]]
        section = next((n for n, s in enumerate(report.sections) if s.span[0] <= first < s.span[1]), 0)
        stating = any(one.states and not _first_person(tree, one) for one in sentence.found)
        words = [tree.lower[t] for t in range(*sentence.span) if tree.words[t][:1].isalnum()][:4]
        told.append(
            Told(
                number=sentence.number,
                place=place,
                section=section,
                attributed=all(draft.links for draft in here),
                first_person=any(tree.lower[t] in ("we", "i", "us", "our") for t in range(*sentence.span)),
                own=not stating and not any(draft.links for draft in here),
                standing=all(draft.kind is Kind.BACKGROUND for draft in here)
                or sets_context(tree, sentence.span),
                words=content_words(tree, sentence.span),
                opening=tuple(words),
            )
        )
    return told


def _first_person(tree: Tree, one: Found) -> bool:
    return bool(one.source) and all(tree.lower[t] in source_words().first_person for t in one.source)


def _draft(
    tree: Tree,
    proposition: Proposition,
    context: _Context,
) -> Draft:
    here, phrases = context.found, context.phrases
    clause = Clause(tree, proposition.tokens, proposition.root, proposition.sentence)
    found = proposition.found
    links: tuple[Link, ...] = ()
    if found is not None:
        links = _links(tree, found, here, phrases)
        links = _with_media(links, context.account)
    else:
        found = _answering(tree, proposition.root, here)
        links = _links(tree, found, here, phrases) if found is not None else ()
    source = found.source if found is not None and id(found) in phrases else ()
    cue = found.cue if found is not None else ()
    speaker = phrases.get(id(proposition.found)) if proposition.found is not None else None
    return Draft(clause, proposition, source, cue, links, context.stance(clause, cue), speaker)


def _answering(tree: Tree, root: int, here: Sequence[Found]) -> Found | None:
    """Return the attribution whose verb heads the clause and whose source answers for all of it."""
    for one in here:
        if one.head == root and one.source and not one.states and tree.lemma[root] in cues().answers:
            return one
    return None


def _links(tree: Tree, found: Found, here: Sequence[Found], phrases: dict[int, Phrase]) -> tuple[Link, ...]:
    """Return the chain of an attribution: its source, the hearer that carries it, then those around it."""
    around = [one for one in here if one is not found and one.states and _around(found, one)]
    around.sort(key=lambda one: (len(one.content), one.head))
    links: list[Link] = []
    for one in (found, *around):
        phrase = phrases.get(id(one))
        if phrase is not None and _shown(tree, phrase, sole=not around):
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


def _shown(tree: Tree, phrase: Phrase, *, sole: bool) -> bool:
    """Tell whether a phrase is a link: "we" never is by itself, evidence and other pronouns only alone."""
    if tree.lower[phrase.head] in source_words().first_person and phrase.kind is SourceKind.UNNAMED:
        return False
    return sole or _speaks(tree, phrase)


def _speaks(tree: Tree, phrase: Phrase) -> bool:
    """Tell whether a phrase names somebody who can say something."""
    named = phrase.kind is not SourceKind.UNNAMED or phrase.person
    return named or singular(tree.lower[phrase.head]) in source_words().anonymous


def _around(inner: Found, outer: Found) -> bool:
    """Tell whether the outer source passes on what the inner one says."""
    return inner.head in outer.content or (inner.frame == "citing" and inner.content == outer.content)


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
    head = head_of(tree, tokens)
    ends = [t for t in tokens if t > head and tree.tag[t] == "IN" and tree.lower[t] not in ("of", "for")]
    tokens = tuple(t for t in tokens if not ends or t < ends[0])
    if tree.tag[head][:3] != "NNP" and kind_of_source(tree, tokens) is not SourceKind.MEDIA:
        return None
    if not any(tree.tag[t][:3] == "NNP" for t in tokens) or personal_name(tree, tokens):
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
