"""The real application behind a real port."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import httpx2
import pytest
import uvicorn

from qa_service.channels.http import create_app
from qa_service.channels.serving import server_config
from qa_service.settings import Settings

Serving = Callable[[Settings], AbstractContextManager[httpx2.Client]]


@contextmanager
def _serving(settings: Settings) -> Iterator[httpx2.Client]:
    """A client of a server that has opened its service, or failed to."""
    opened = threading.Event()
    app = create_app(settings, lambda _problem: opened.set())
    server = uvicorn.Server(server_config(app))
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        assert opened.wait(30)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with httpx2.Client(base_url=url, timeout=30, trust_env=False) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(30)
        listener.close()


@pytest.fixture(scope="session")
def serving() -> Serving:
    """Serves settings for as long as its context lasts."""
    return _serving


@pytest.fixture(scope="session")
def client(sample_settings: Settings, serving: Serving) -> Iterator[httpx2.Client]:
    """A client of the service over the sample."""
    with serving(sample_settings) as client:
        while client.get("/readyz").status_code != 200:
            time.sleep(0.05)
        yield client
