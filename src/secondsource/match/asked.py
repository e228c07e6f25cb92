"""A claim with what comparing reads from it, made once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from secondsource.match.align import quality
from secondsource.match.days import written
from secondsource.match.negation import negating
from secondsource.match.told import Told, content
from secondsource.match.who import Named, actors_in, places_in, settled, within
from secondsource.match.words import Word, counts, read_words, relations, stem, terms
from secondsource.model import Claim, Quantity, SourceKind, Span
from secondsource.text import words as plain_words


@dataclass(frozen=True)
class Asked:
    """A claim with what comparing reads from it, made once."""

    claim: Claim
    day: date | None = None  # publication day of the report it was taken from
    head: str = ""  # headline and first lines of that report

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Return the words of the statement."""
        return read_words(self.claim.statement)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Return the stems of all its words."""
        return frozenset(word.stem for word in self.words)

    @cached_property
    def content(self) -> tuple[Word, ...]:
        """Return its content words, but for a nameless speaker's of what is "ours" to him."""
        return content([w for w in self.words if not any(s <= w.start < e for s, e in self._speakers)])

    @property
    def _speakers(self) -> tuple[Span, ...]:
        """Return where the statement has "a commander's" for the "our" that was said."""
        links, text = self.claim.mention.links, self.claim.statement
        owners = [f"{link.name}\u2019s" for link in links if link.kind is SourceKind.UNNAMED]
        return tuple((text.find(o), text.find(o) + len(o)) for o in owners if o in text)

    @cached_property
    def terms(self) -> frozenset[str]:
        """Return what its words can be matched by."""
        return terms(self.words)

    @cached_property
    def actors(self) -> tuple[Named, ...]:
        """Return the actors it names."""
        return actors_in(self.claim.statement)

    @cached_property
    def places(self) -> tuple[Named, ...]:
        """Return the settlements it names."""
        return places_in(self.claim.statement)

    @cached_property
    def anchors(self) -> tuple[Word, ...]:
        """Return the words of the towns that its report's head names, for a claim that itself names nothing.

        "At least 13 people were killed" is told of many events; the event is that of its report.
        """
        if self.places or self.actors or any(word.kind == "name" for word in self.content):
            return ()
        settlements = settled(self.head, places_in(self.head))
        words = content(read_words(self.head))
        return tuple(word for word in words if within((word.start, word.end), settlements))

    def anchored(self, told: Told) -> bool:
        """Tell whether a report names one of the places that tell the claim's event."""
        return not self.anchors or any(quality(word, told.terms) for word in self.anchors)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Return the numbers it states."""
        return tuple(q for q in self.claim.mention.slots.quantity if counts(q))

    @cached_property
    def time(self) -> tuple[date, date] | None:
        """Return its days: as written out, else as read, else those of the report it was taken from."""
        own = (self.day, self.day) if self.day else None
        return written(self.words) or self.claim.mention.slots.time or own

    @property
    def dated(self) -> bool:
        """Tell whether the statement itself writes its day, month or year out."""
        return written(self.words) is not None

    @cached_property
    def negated(self) -> int:
        """Return how many negating words it holds."""
        return len(negating(self.words))


@lru_cache(maxsize=50_000)
def stems_of(text: str | None) -> frozenset[str]:
    """Return the stems of the words of `text`, function words left out, with their "#" concepts."""
    held = {stem(w) for w in plain_words(text or "") if w not in relations().stop}
    return frozenset(held | {"#" + c for w in held for c in relations().concepts.get(w, ())})
