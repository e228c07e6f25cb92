"""The language model that settings name, bound to what may ask it."""

from __future__ import annotations

import os
from collections.abc import Sequence

from secondsource import match
from secondsource.config import Settings
from secondsource.errors import EndpointError, SettingsError
from secondsource.model import Claim, Proposal, Verdict
from secondsource.pipeline.pile import Pile

KEY = "SECONDSOURCE_LLM_KEY"


def model_of(settings: Settings) -> match.Model:
    """Return the model that the settings name.

    Raises:
        SettingsError: they name none.
        MissingExtra: the client that speaks to it is not installed.
    """
    from secondsource.reach.llm import Endpoint, chat_with

    told = settings.llm
    if not (told.base_url and told.model):
        raise SettingsError("no model: secondsource.toml must give base_url and model under [llm]")
    endpoint = Endpoint(told.base_url, told.model, os.environ.get(KEY, ""))
    return match.Model(told.model, chat_with(endpoint))


def proposed(
    model: match.Model, claims: Sequence[Claim], verdicts: Sequence[Verdict], pile: Pile
) -> tuple[tuple[Proposal, ...], tuple[str, ...]]:
    """Return what a model proposes on the reports left undetermined, and sentences on that for the reader.

    A model that stops answering costs what it did not say, never the dossier.
    """
    services = match.Services(pile.shelf.statistics)
    found: list[Proposal] = []
    limits = [f"{model.name}, a language model, proposed relations; none counts until a person confirms it."]
    try:
        for claim, verdict in zip(claims, verdicts, strict=True):
            subject = pile.find(claim.report)
            day = subject.report.day if subject else None
            found += match.propose(claim, pile.shelf.read(verdict.undetermined), services, model, day)
    except EndpointError as error:
        limits.append(str(error))
    return tuple(found), tuple(limits)
