"""A real HTTP server that speaks the contract badly, each question in its own way."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

RIGHT = {"status": "answered", "route": "numeric", "text": "5.40万元", "conversation_id": "c"}
BODIES: dict[str, bytes] = {
    "空": b"",
    "网页": b"<html>502 Bad Gateway</html>",
    "字节": bytes(range(256)),
    "半截": b'{"status": "answered", "text": "5.4',
    "很深": b"[" * 200_000 + b"]" * 200_000,
    "有点深": b'{"status":"answered","values":' + b"[" * 500 + b"]" * 500 + b"}",
    "代理对": b'{"status": "answered", "text": "\\ud800"}',
    "大数": b'{"status": "answered", "values": [{"value": ' + b"9" * 5000 + b"}]}",
    "列表": b"[1, 2]",
    "空值": b"null",
    "没有状态": b'{"text": "5.40"}',
    "值是文字": b'{"status": "answered", "values": "5.40"}',
    "值是数": b'{"status": "answered", "values": [5.4]}',
    "引用是对象": b'{"status": "answered", "citations": {"n": 1}}',
    "文字是数": b'{"status": "answered", "text": 5}',
    "行是文字": b'{"status": "answered", "citations": [{"row": "x"}]}',
    "自称出错": b'{"status": "error", "text": "?"}',
}
STATUSES = {"500": 500, "503": 503, "404": 404, "302": 302, "422": 422, "413": 413}


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        question = json.loads(body)["question"]
        if question in BODIES:
            self._reply(200, BODIES[question])
        elif question in STATUSES:
            self._reply(STATUSES[question], b'{"error": {"code": "x", "message": "y"}}')
        else:
            _MISDEEDS.get(question, _Handler._right)(self)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""

    def _right(self) -> None:
        self._reply(200, json.dumps(RIGHT).encode())

    def _reply(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _hang(self) -> None:
        time.sleep(6)

    def _trickle(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(60):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.1)

    def _close(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)

    def _close_early(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b'{"status"')
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)

    def _no_http(self) -> None:
        self.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)

    def _endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(300):
            self.wfile.write(b" " * 65536)


_MISDEEDS = {
    "不答": _Handler._hang,
    "慢": _Handler._trickle,
    "挂断": _Handler._close,
    "中途挂断": _Handler._close_early,
    "不是HTTP": _Handler._no_http,
    "没完": _Handler._endless,
}
QUESTIONS = (*BODIES, *STATUSES, *_MISDEEDS, "好的")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: Any) -> None:
        """A client that has hung up is no news."""


@contextmanager
def broken_service() -> Iterator[str]:
    """The URL of the server, for as long as the block lasts."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
