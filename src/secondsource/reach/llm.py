"""A language model at an address that the user configured: any endpoint that speaks OpenAI's protocol."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from secondsource.errors import EndpointError, MissingExtra


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model answers; `key` comes from the environment.

    `timeout` is in seconds a question, `longest` an answer's limit in tokens.
    """

    base_url: str
    model: str
    key: str = ""
    timeout: float = 120.0
    longest: int = 300  # a relation and one quotation


def chat_with(endpoint: Endpoint) -> Callable[[str, str], str]:
    """Return a function from what to do and the data to the model's answer, as repeatable as it allows.

    The function raises `EndpointError` when the model cannot be reached or refuses.

    Raises:
        MissingExtra: the client is not installed.
    """
    try:
        import openai
    except ImportError as error:
        raise MissingExtra("a model needs the extra: pip install 'secondsource[llm]'") from error
    client = openai.OpenAI(
        base_url=endpoint.base_url, api_key=endpoint.key or "none", timeout=endpoint.timeout, max_retries=1
    )

    def chat(task: str, data: str) -> str:
        try:
            answer = client.chat.completions.create(
                model=endpoint.model,
                messages=[{"role": "system", "content": task}, {"role": "user", "content": data}],
                temperature=0.0,
                seed=0,
                max_tokens=endpoint.longest,
            )
            return (answer.choices[0].message.content or "") if answer.choices else ""
        # what is no answer in the protocol's form surfaces as one of the last two
        except (openai.OpenAIError, ValueError, AttributeError) as error:
            raise EndpointError(f"{endpoint.model} at {endpoint.base_url} did not answer: {error}") from error

    return chat
