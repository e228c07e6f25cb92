"""Speaking to a model: a scripted server for what may go wrong, a real one for what goes right."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from secondsource.errors import EndpointError
from secondsource.reach.llm import Endpoint, chat_with


@contextmanager
def server(status, body):
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["content-length"])
            asked.append((self.path, self.headers["authorization"], json.loads(self.rfile.read(length))))
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    served = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{served.server_port}/v1", asked
    finally:
        served.shutdown()
        served.server_close()


def answered(text):
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    return json.dumps(
        {"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]}
    ).encode()


def test_task_and_data_go_out_apart_and_the_answer_comes_back():
    with server(200, answered("an answer")) as (url, asked):
        assert chat_with(Endpoint(url, "m", key="secret"))("the task", "the data") == "an answer"
    ((path, authorization, request),) = asked
    assert path == "/v1/chat/completions"
    assert authorization == "Bearer secret"
    assert [(m["role"], m["content"]) for m in request["messages"]] == [
        ("system", "the task"),
        ("user", "the data"),
    ]
    assert request["temperature"] == 0.0


@pytest.mark.parametrize(("status", "body"), [(400, b"{}"), (401, b"no"), (200, b"not json"), (200, b'"x"')])
def test_a_refusal_is_an_error_that_names_the_endpoint(status, body):
    with server(status, body) as (url, _), pytest.raises(EndpointError, match="m at http"):
        chat_with(Endpoint(url, "m"))("t", "d")


def test_no_server_is_an_error():
    with pytest.raises(EndpointError, match="did not answer"):
        chat_with(Endpoint("http://127.0.0.1:9/v1", "m", timeout=2.0))("t", "d")
