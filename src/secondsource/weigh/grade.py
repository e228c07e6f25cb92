"""The Admiralty code of a claim, by the table over origin counts (`lexicon/grade.toml`)."""

from __future__ import annotations

from secondsource.lexicon import table
from secondsource.model import Grade, VerdictLabel


def grade(
    label: VerdictLabel,
    supporting: int,
    refuting: int,
    outlet: str = "",
    judged: tuple[str, str] | None = None,
) -> Grade:
    """Return letter and digit with their reason.

    `supporting` and `refuting` count independent origins, the claim's own among the
    supporting ones. The letter is "F" unless a user's table names `outlet` or a person has `judged`
    it: their letter with the reason.
    """
    data = table("grade")
    known = data["letters"].get(
        outlet, {"letter": data["default_letter"], "reason": data["default_letter_reason"]}
    )
    letter, why = judged or (known["letter"], known["reason"])
    for row in data["digits"]:
        if row["verdict"] != label.value:
            continue
        if row.get("supporting_at_most_refuting") and supporting > refuting:
            continue
        if supporting < row.get("origins_at_least", 0):
            continue
        return Grade(letter, int(row["digit"]), f"{why}; {row['reason']}")
    return Grade(letter, 6, why)
