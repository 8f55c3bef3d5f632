"""A second web server, with the pages of the sites that take the widget."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path

HOSTILE = (Path(__file__).parent / "hostile.css").read_text("utf-8")


def strict_policy(service: str) -> str:
    """The policy of the issue, with Trusted Types enforced and none allowed."""
    return (
        f"default-src 'none'; script-src {service}; style-src {service}; connect-src {service}; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


@dataclass
class HostPages:
    """The pages, each at a path of its own."""

    origin: str
    _pages: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    _numbers: count[int] = field(default_factory=count)

    def page(self, html: str, headers: dict[str, str] | None = None) -> str:
        """The address of a page that is served from now on."""
        path = f"/page-{next(self._numbers)}.html"
        self._pages[path] = (html, headers or {})
        return self.origin + path

    def found(self, path: str) -> tuple[str, dict[str, str]] | None:
        """The page at the path."""
        return self._pages.get(path)


@contextmanager
def host_pages() -> Iterator[HostPages]:
    """The pages, served for as long as the context lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = pages.found(self.path)
            body, headers = found or ("", {})
            data = body.encode()
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    pages = HostPages(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield pages
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
