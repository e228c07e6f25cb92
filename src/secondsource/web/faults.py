"""What a caller is told when something goes wrong: words and a status, never a trace."""

from __future__ import annotations

from dataclasses import dataclass

from secondsource import errors


@dataclass(slots=True)
class Refused(Exception):
    """A request that is refused, with the status and the words for it."""

    status: int
    detail: str


TITLES = {
    400: "Not understood",
    401: "Who are you?",
    403: "Not allowed",
    404: "Not found",
    405: "Not possible here",
    413: "Too large",
    415: "Wrong kind of content",
    421: "Not this server",
    422: "Cannot be used",
    429: "Too many requests",
    500: "Our mistake",
    503: "Busy",
}
MISTAKE = "Something went wrong on the server; its log says what."


def refusal(error: errors.SecondsourceError) -> Refused:
    """Return how an error that a user can mend is told; what may name files of ours stays in the log."""
    if isinstance(error, errors.UnknownReport):
        return Refused(404, "The library has no such report.")
    if isinstance(error, errors.UnreadableInput | errors.UnfitJudgement | errors.UnknownField):
        return Refused(422, str(error))
    if isinstance(error, errors.MissingExtra):
        return Refused(404, str(error))
    return Refused(503, "The library cannot be used at the moment; the server's log says why.")
