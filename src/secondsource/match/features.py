"""What laying a claim beside a passage shows, as named numbers: what the trees weigh."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from secondsource.match.align import Alignment
from secondsource.match.asked import Asked, stems_of
from secondsource.match.days import FAR, day_gap
from secondsource.match.negation import negating
from secondsource.match.numbers import Fit, NumberPair, widened
from secondsource.match.told import Passage, Statistics
from secondsource.match.who import Meeting, Named, actors_in, akin
from secondsource.match.words import relations
from secondsource.model import Certainty


def named(
    field_: str, claimed: Sequence[Named], here: Meeting, near: Meeting, anywhere: Meeting
) -> dict[str, float]:
    """Tell how many of the claimed actors or places are met in the passage, around it, and anywhere."""
    count = len(claimed)
    return {
        f"{field_}": float(count),
        f"{field_}_met": len(here.met) / count if count else 1.0,
        f"{field_}_open": float(len(here.open)),
        f"{field_}_unmet_here": float(len(here.unmet)),
        f"{field_}_unmet_near": float(len(near.unmet)),
        f"{field_}_unmet_anywhere": float(len(anywhere.unmet)),
        f"{field_}_strangers": float(min(3, len(here.strangers))),
        f"{field_}_replaced": float(bool(here.unmet) and bool(here.strangers)),
        f"{field_}_replaced_near": float(bool(near.unmet) and bool(here.strangers)),
        f"{field_}_first_unmet": float(bool(claimed) and claimed[0] in here.unmet),
    }


def agents(asked: Asked, passage: Passage) -> dict[str, float]:
    """Compare who acts and who bears it, as actors, over the passage's mentions."""
    mine = asked.claim.mention.slots
    does, bears = actors_in(mine.actor or ""), actors_in(mine.patient or "")
    best = {
        "agent_same": 0.0,
        "agent_other": 0.0,
        "bearer_same": 0.0,
        "bearer_other": 0.0,
        "agent_bears": 0.0,
    }
    for mention in passage.mentions:
        doing, bearing = actors_in(mention.slots.actor or ""), actors_in(mention.slots.patient or "")
        for name, ours, theirs in (("agent", does, doing), ("bearer", bears, bearing)):
            kin = {akin(a, b) for a in ours for b in theirs}
            best[f"{name}_same"] = max(best[f"{name}_same"], float(bool(kin & {"same", "part"})))
            best[f"{name}_other"] = max(best[f"{name}_other"], float(kin == {"other"}))
        crossed = {akin(a, b) for a in does for b in bearing} | {akin(a, b) for a in bears for b in doing}
        best["agent_bears"] = max(best["agent_bears"], float(bool(crossed & {"same", "part"})))
    return best


def coverage(alignment: Alignment, statistics: Statistics) -> dict[str, float]:
    """Tell how much of the claim is told in each ring, what is missing, and what is told besides."""
    points = alignment.points
    words, names = ([p for p in points if p.word.kind == kind] for kind in ("word", "name"))
    weights = [(statistics.weight(w), w.kind) for w in alignment.unclaimed]
    spare = sum(weight for weight, _ in weights)
    spare_name = max((weight for weight, kind in weights if kind == "name"), default=0.0)
    held = sum(p.weight * p.here for p in points)
    return {
        "here": _share([(p.weight, p.here) for p in points]),
        "near": _share([(p.weight, p.near) for p in points]),
        "anywhere": _share([(p.weight, p.anywhere) for p in points]),
        "words_here": _share([(p.weight, p.here) for p in words]),
        "words_near": _share([(p.weight, p.near) for p in words]),
        "names_here": _share([(p.weight, p.here) for p in names]),
        "names_near": _share([(p.weight, p.near) for p in names]),
        "names_anywhere": _share([(p.weight, p.anywhere) for p in names]),
        "missing_word_here": _heaviest([p.weight for p in words if not p.here]),
        "missing_word": _heaviest([p.weight for p in words if not p.near]),
        "missing_name": _heaviest([p.weight for p in names if not p.near]),
        "missing_name_anywhere": _heaviest([p.weight for p in names if not p.anywhere]),
        "missing_word_anywhere": _heaviest([p.weight for p in words if not p.anywhere]),
        "missing_here_count": float(len([p for p in points if not p.here])),
        "missing_anywhere_count": float(len([p for p in points if not p.anywhere])),
        "points": float(len(points)),
        "precision": held / (held + spare) if held + spare else 0.0,
        "spare_name": spare_name,
        "stand_in_name": min(spare_name, _heaviest([p.weight for p in names if not p.here])),
        "held": held,
        **_meaning(alignment, statistics),
    }


def _share(told: Sequence[tuple[float, float]]) -> float:
    """Return the weighted mean of (weight, how well told), in [0, 1]; 1 if there are none."""
    total = sum([weight for weight, _ in told])
    return sum([weight * grade for weight, grade in told]) / total if total else 1.0


def _heaviest(weights: Sequence[float]) -> float:
    return max(weights, default=0.0)


def _meaning(alignment: Alignment, statistics: Statistics) -> dict[str, float]:
    missing = [p for p in alignment.points if not p.here]
    total = sum(p.weight for p in alignment.points) or 1.0
    swaps = [(statistics.weight(a), a, b) for a, b in alignment.swaps]
    return {
        "soft": sum(p.weight * max(0.0, p.soft) for p in alignment.points) / total,
        "missing_soft": max(
            (p.weight * (1 - max(0.0, p.soft)) for p in missing if p.word.kind == "word"), default=0.0
        ),
        "nearest_word": min((p.soft for p in missing if p.word.kind == "word"), default=1.0),
        "nearest_name": max((p.soft for p in missing if p.word.kind == "name"), default=0.0),
        "swaps": float(len(swaps)),
        "swapped_name": max((w for w, a, _ in swaps if a.kind == "name"), default=0.0),
        "swapped_word": max((w for w, a, _ in swaps if a.kind == "word"), default=0.0),
    }


def tallies(numbers: Sequence[NumberPair]) -> dict[str, float]:
    """Count how the claimed figures fit."""
    fits = [pair.fit for pair in numbers]
    killed = [pair.fit for pair in numbers if pair.claimed.of]
    return {
        "numbers": float(len(fits)),
        "number_agrees": float(fits.count(Fit.AGREES)),
        "number_conflicts": float(fits.count(Fit.CONFLICTS)),
        "number_other_kind": float(fits.count(Fit.OTHER_KIND)),
        "number_open": float(fits.count(Fit.OPEN)),
        "number_missing": float(fits.count(Fit.APART)),
        "first_number_agrees": float(fits[:1] == [Fit.AGREES]),
        "first_number_conflicts": float(fits[:1] == [Fit.CONFLICTS]),
        "fate_conflicts": float(killed.count(Fit.CONFLICTS)),
        "fate_agrees": float(killed.count(Fit.AGREES)),
    }


def timing(asked: Asked, passage: Passage, gap: int | None) -> dict[str, float]:
    """Compare the claimed days with publication and with the days told of."""
    told = [m.slots.time for m in passage.mentions if m.slots.time]
    gaps = [g for t in told if (g := day_gap(asked.time, t)) is not None]
    closest = min(gaps, key=abs, default=None)
    return {
        "dated": float(asked.time is not None),
        "published_before": float(gap is not None and gap < -1),
        "published_after": min(FAR, max(0, gap or 0)) / FAR,
        "published_within_3": float(gap is not None and 0 <= gap <= 3),
        "far": float(gap is not None and abs(gap) > 60),
        "told_dated": float(closest is not None),
        "told_meets": float(closest == 0),
        "told_apart": float(closest is not None and abs(closest) > 1),
        "told_far": float(closest is not None and abs(closest) > 20),
    }


def polarity(asked: Asked, passage: Passage, alignment: Alignment) -> dict[str, float]:
    """Tell whether one side negates and the other does not."""
    lists = relations()
    told_words = [i for i, w in enumerate(passage.words) if w.kind in ("word", "name")]
    places = [told_words[p.at] for p in alignment.points if p.at >= 0]
    first, last = (min(places), max(places)) if places else (0, -1)
    around = passage.words[max(0, first - 3) : last + 4]
    told = len(negating(around, asked.terms)) or int(_denied(passage, places))
    mine = len(negating(asked.words, passage.terms))
    return {
        "claim_negated": float(mine > 0),
        "told_negated": float(told > 0),
        "negation_differs": float((mine > 0) != (told > 0)),
        "negation_odd": float((mine + told) % 2),
        "denial": float(any(w.stem in lists.denials for w in passage.words)),
    }


def _denied(passage: Passage, places: Sequence[int]) -> bool:
    """Tell whether what the passage tells of the claim, most of all, it tells as denied."""
    starts = [passage.words[at].start for at in places]
    told = [sum(s <= start < e for start in starts for s, e in m.content) for m in passage.mentions]
    most = max(told, default=0)
    return most > 0 and any(
        m.certainty is Certainty.DENIED
        for m, held in zip(passage.mentions, told, strict=True)
        if held == most
    )


def kinds(asked: Asked, passage: Passage) -> dict[str, float]:
    """Compare the kinds of people and the sides named."""
    kinds = {k for w in asked.words if (k := relations().persons.get(w.stem))}
    told = {k for w in passage.words if (k := relations().persons.get(w.stem))}
    unmet = {k for k in kinds if not any(k in widened(t) or t in widened(k) for t in told)}
    sides = relations().sides
    a = {i for i, side in enumerate(sides) if any(w.stem in side for w in asked.words)}
    b = {i for i, side in enumerate(sides) if any(w.stem in side for w in passage.words)}
    return {
        "kinds_unmet": float(len(unmet)),
        "kinds_met": float(len(kinds) - len(unmet)),
        "kinds_replaced": float(bool(unmet) and bool(told - kinds)),
        "sides_differ": float(bool(a) and bool(b) and not a & b),
    }


def roles(asked: Asked, passage: Passage) -> dict[str, float]:
    """Tell whether actor and patient are the same, or turned round."""
    mine = asked.claim.mention.slots
    actor, patient = stems_of(mine.actor), stems_of(mine.patient)
    best = {"same": 0.0, "swapped": 0.0, "action": 0.0}
    for mention in passage.mentions:
        does, bears = stems_of(mention.slots.actor), stems_of(mention.slots.patient)
        same = float(bool(actor & does)) + float(bool(patient & bears))
        swapped = float(bool(actor & bears) and not actor & does) + float(
            bool(patient & does) and not patient & bears
        )
        best["same"] = max(best["same"], same)
        best["swapped"] = max(best["swapped"], swapped)
        best["action"] = max(
            best["action"], float(bool(stems_of(mine.action) & stems_of(mention.slots.action)))
        )
    return {"roles_same": best["same"], "roles_swapped": best["swapped"], "action_same": best["action"]}


def beside(rows: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """Return the feature rows of one report's passages (best first), each told how it stands among them."""
    if not rows:
        return []
    most = max(row["held"] for row in rows) or 1.0
    agrees = max(row["number_agrees"] for row in rows)
    here = max(row["here"] for row in rows)
    return [
        {
            **row,
            "rank": float(i),
            "held_share": row["held"] / most,
            "report_number_agrees": agrees,
            "report_here": here,
            "agrees_elsewhere": float(agrees > row["number_agrees"]),
        }
        for i, row in enumerate(rows)
    ]
