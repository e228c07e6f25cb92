"""What each outlet calls each actor, counted; no name is preferred over another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from secondsource.model import Report, SectionRole, Span
from secondsource.tell.records import NameUse, NamingRecord

MOST = 20  # actors shown

_GENERAL = "generic:"  # ids of names without a country in the table of actors
_STORY = (SectionRole.BODY, SectionRole.HEADLINE)


def naming(
    reports: Sequence[Report], find_actors: Callable[[str], Sequence[tuple[Span, Sequence[str]]]]
) -> tuple[NamingRecord, ...]:
    """Return the actors that go by two or more names in `reports`, most often named first.

    Names are counted as printed, capitals aside, in stories only (no footers). A name that may
    mean several actors counts for none; that it may also be a general word ("the army") does not
    make it one of those.
    """
    used: dict[str, Counter[tuple[str, str]]] = {}
    printed: dict[str, Counter[str]] = {}
    for report in reports:
        for actor, name in _names(report, find_actors):
            used.setdefault(actor, Counter())[report.told, name.casefold()] += 1
            printed.setdefault(name.casefold(), Counter())[name] += 1
    shown = {folded: min(forms, key=lambda form: (-forms[form], form)) for folded, forms in printed.items()}
    varied = [actor for actor, uses in used.items() if len({name for _, name in uses}) > 1]
    varied.sort(key=lambda actor: (-used[actor].total(), actor))
    return tuple(
        NamingRecord(
            actor=actor,
            names=tuple(
                NameUse(outlet=outlet, name=shown[name], count=count)
                for (outlet, name), count in sorted(
                    used[actor].items(), key=lambda item: (item[0][0], -item[1], item[0][1])
                )
            ),
        )
        for actor in varied[:MOST]
    )


def _names(
    report: Report, find_actors: Callable[[str], Sequence[tuple[Span, Sequence[str]]]]
) -> Iterator[tuple[str, str]]:
    """Yield actor id and name as printed, white space made plain."""
    story = [part.span for part in report.sections if part.role in _STORY]
    for (start, end), actors in find_actors(report.body):
        named = [actor for actor in actors if not actor.startswith(_GENERAL)]
        if len(named) == 1 and any(begin <= start and end <= stop for begin, stop in story):
            yield named[0], " ".join(report.body[start:end].split())
