"""One checked copy of the shipped example, and servers over copies of it."""

import json
import shutil
import socket
import threading
import time
from contextlib import closing
from importlib.resources import files

import httpx
import pytest

from secondsource import lexicon
from secondsource.pipeline import Library
from secondsource.web import ServeOptions, Server
from secondsource.web.listen import listener

CASE = files("secondsource") / "example"
MAIN = json.loads((CASE / "key.json").read_text(encoding="utf-8"))["report"]


@pytest.fixture(scope="session")
def read_library(tmp_path_factory):
    """The example's library, read and traced."""
    path = tmp_path_factory.mktemp("library") / "example.db"
    library = Library(path)
    library.add([str(CASE / "reports.jsonl")])
    library.origins()
    library.close()
    return path


@pytest.fixture(scope="session", autouse=True)
def tables():
    lexicon.use(CASE / "lexicon")
    yield
    lexicon.use()


@pytest.fixture
def library(read_library, tmp_path):
    """A copy of the example's library that a test may change."""
    return shutil.copy(read_library, tmp_path / "example.db")


class Loopback:
    """A server on a free port of the loopback address, run by a thread."""

    def __init__(self, options):
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.uvicorn = listener(Server(options), "127.0.0.1", port)
        self.address = f"http://127.0.0.1:{port}"
        self.thread = threading.Thread(target=self.uvicorn.run)
        self.thread.start()
        while not self.uvicorn.started:
            time.sleep(0.02)

    def close(self):
        self.uvicorn.should_exit = True
        self.thread.join(30)


@pytest.fixture
def serve(library):
    """Start servers over the library; `serve(**options)` returns a client of a new one."""
    running = []

    def start(**options):
        server = Loopback(ServeOptions(library, **options))
        client = httpx.Client(base_url=server.address, timeout=120, trust_env=False)
        running.append((server, client))
        return client

    yield start
    for server, client in running:
        client.close()
        server.close()


@pytest.fixture
def client(serve):
    return serve(rate=10_000)


@pytest.fixture
def checked(client, finished):
    """A client whose server has the main report's dossier."""
    job = client.post("/api/checks", json={"report": MAIN}).json()
    assert finished(client, job["id"])["state"] == "done"
    return client


@pytest.fixture(scope="session")
def main():
    """The id of the example's main report."""
    return MAIN


@pytest.fixture(scope="session")
def finished():
    """Wait for a job and return how it ended."""

    def wait(client, job):
        while (now := client.get(f"/api/jobs/{job}").json())["state"] not in ("done", "failed"):
            time.sleep(0.05)
        return now

    return wait


@pytest.fixture(scope="session")
def mark_of():
    """The mark that the forms of a page carry."""
    return lambda page: page.text.partition('name="mark" value="')[2].partition('"')[0]
