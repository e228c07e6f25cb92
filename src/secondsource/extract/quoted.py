"""Quotations beside "X said": extended, taken, and followed into the next sentence."""

from __future__ import annotations

from collections.abc import Iterable

from secondsource.extract.parts import Parts
from secondsource.extract.quotes import Quote


class Quoted(Parts):
    """Rules that tie quotations to a frame."""

    def _with_quotes(self, content: list[int], source: list[int], cue: Iterable[int], verb: int) -> list[int]:
        """Extend content over quotations that it touches, or take one that stands beside the frame."""
        frame = sorted({verb, *source, *cue})
        low, high = self._block(frame, verb)
        before, after = self._quote_before(low), self._quote_after(high)
        taken = set(frame)
        if content:
            for quote in self._closed(content[0], len(self.tree.words)):
                if quote.first > content[-1]:
                    break
                if content[0] <= quote.last and not quote.first <= verb <= quote.last:
                    if content[-1] < verb and quote.first < content[0]:
                        content = [*self._range(quote.first, content[0] - 1), *content]
                    if content[0] > verb and quote.last > content[-1]:
                        content = [*content, *self._range(content[-1] + 1, quote.last)]
        elif before is not None:
            content = self._range(before.first, before.last)
        elif after is not None:
            content = self._range(after.first, after.last)
        content = [t for t in content if t not in taken]
        if (
            content
            and content[-1] < verb
            and before is not None
            and before.last >= content[-1] >= before.first - 1
        ):
            following = self._quote_goes_on(high)
            if following is not None:
                content = [*content, *self._range(following.first, following.last)]
        return content

    def _block(self, frame: list[int], verb: int) -> tuple[int, int]:
        """Return first and last token of the frame's part that is one piece with the verb."""
        low = high = verb
        near = set(frame)
        while low - 1 in near or (low - 2 in near and low > 1):
            low -= 1
        while high + 1 in near or high + 2 in near:
            high += 1
        return low, high

    def _quote_before(self, low: int) -> Quote | None:
        for quote in self._closed(low - 3, low):
            if not self._letters(quote.close + 1, low):
                return quote if self._leads_on(quote, low) else None
        return None

    def _leads_on(self, quote: Quote, low: int) -> bool:
        """Tell whether a quotation runs on into the frame: one sentence with it, or no full stop."""
        tree = self.tree
        same = tree.sent[quote.close] == tree.sent[low] and tree.words[quote.last] != "."
        return same or tree.words[quote.last] in (",", "?", "!", "\u2014", "...")

    def _quote_after(self, high: int) -> Quote | None:
        quote = next(iter(self._opened(high + 1, high + 9)), None)
        if quote is None:
            return None
        between = self._range(high + 1, quote.open - 1)
        same = all(self.tree.sent[t] == self.tree.sent[high] for t in between)
        object_ = any(
            self.tree.dep[t] == "dobj" and self.tree.lemma[self.tree.head[t]] != "tell" for t in between
        )
        return quote if same and not object_ else None

    def _quote_goes_on(self, high: int) -> Quote | None:
        """Return the quotation that opens the next sentence of the paragraph, if no other frame claims it."""
        tree = self.tree
        end = tree.sentences[tree.sent[high]][1]
        for quote in self._opened(max(end - 2, high + 1), end + 2):
            if any("\n" in tree.words[t] for t in range(high, quote.open)):
                return None
            tail = [tree.lemma[t] for t in range(quote.close + 1, min(quote.close + 8, len(tree.words)))]
            stop = next(
                (n for n, word in enumerate(tail) if word in (".", "\u201c") or "\n" in word), len(tail)
            )
            claimed = any(word in self.cues.speech for word in tail[:stop])
            return None if claimed else quote
        return None

    def _letters(self, low: int, high: int) -> bool:
        return any(self.tree.words[t][:1].isalnum() for t in range(low, high))
