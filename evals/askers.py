"""Two ways to ask: a service in this process, or any that speaks the contract at a URL."""

from __future__ import annotations

import http.client
import json
import socket
import time
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from pydantic import TypeAdapter

from evals.errors import ConfigError, RunError
from evals.records import Fault, FaultKind, Turn
from evals.replies import NoReply, check_json
from qa_service.errors import InvalidQuestion
from qa_service.types import Answer, Citation, Question, Retrieval

MOST_BYTES = 8 * 1024 * 1024
"""The longest answer that is read; the contract's are a thousandth of it."""
_CHUNK = 64 * 1024
_DETAIL = 200
_ANSWER = TypeAdapter(Answer)
_CITATIONS = TypeAdapter(tuple[Citation, ...])


class Asker(Protocol):
    """Asks one question; whatever goes wrong is in what it returns."""

    def ask(self, question: str, conversation_id: str | None) -> Turn: ...

    def ranking(self, question: str, by: Retrieval) -> tuple[Any, ...] | None:
        """What the retrieval ranks first, as citations; None where the asker cannot see it."""
        ...


class Answering(Protocol):
    """A service in this process."""

    def ask(self, question: Question) -> Answer: ...

    def ranking(self, question: Question, by: Retrieval) -> tuple[Citation, ...]: ...


@dataclass(frozen=True, slots=True)
class InProcess:
    """Asks a service in this process; only its own time is measured, not that of the JSON."""

    service: Answering

    def ask(self, question: str, conversation_id: str | None) -> Turn:
        """The answer as it would go over HTTP. An invalid question is HTTP's 422."""
        start = time.perf_counter()
        try:
            answer = self.service.ask(Question(question, conversation_id))
        except InvalidQuestion as problem:
            fault = Fault(kind=FaultKind.HTTP, status=422, message=str(problem))
            return Turn(asked=question, seconds=_since(start), fault=fault)
        except Exception as problem:  # whatever breaks is this case's result, not the run's end
            return Turn(asked=question, seconds=_since(start), fault=_exception(problem))
        seconds = _since(start)
        try:
            raw = _ANSWER.dump_python(answer, mode="json")
            check_json(raw)
        except (ValueError, TypeError, RecursionError) as problem:
            return Turn(asked=question, seconds=seconds, fault=_exception(problem))
        return Turn(asked=question, seconds=seconds, answer=raw)

    def ranking(self, question: str, by: Retrieval) -> tuple[Any, ...] | None:
        """The citations that the retrieval ranks first; None where it cannot rank."""
        try:
            ranked = self.service.ranking(Question(question), by)
        except Exception:  # the question itself has its fault on record already
            return None
        return tuple(_CITATIONS.dump_python(ranked, mode="json"))


class OverHttp:
    """Asks `POST /v1/ask` below a URL."""

    def __init__(self, url: str, timeout: float) -> None:
        """Raises ConfigError for what is no http or https URL."""
        try:
            parts = urlsplit(url)
            self._host, self._port = parts.hostname, parts.port
        except ValueError as problem:
            raise ConfigError(f"url：{url!r} 不是网址：{problem}") from problem
        if parts.scheme not in ("http", "https") or not self._host:
            raise ConfigError(f"url：{url!r} 应以 http:// 或 https:// 开头")
        self._path = parts.path.rstrip("/") + "/v1/ask"
        self._encrypted = parts.scheme == "https"
        self._timeout = timeout

    def ask(self, question: str, conversation_id: str | None) -> Turn:
        """The answer, or what came instead within the time-out."""
        start = time.perf_counter()
        try:
            status, body = self._exchange(question, conversation_id, start + self._timeout)
        except TimeoutError:
            fault = Fault(kind=FaultKind.TIMEOUT, message=f"{self._timeout:g} 秒内没有答完")
        except _TooLarge:
            fault = Fault(kind=FaultKind.GARBAGE, message=f"超过 {MOST_BYTES} 字节")
        except (OSError, http.client.HTTPException, ValueError) as problem:
            fault = Fault(kind=FaultKind.CONNECTION, message=_described(problem))
        else:
            return _turn(question, _since(start), status, body)
        return Turn(asked=question, seconds=_since(start), fault=fault)

    def connect(self) -> None:
        """Raises RunError where nothing answers at the URL."""
        kind = http.client.HTTPSConnection if self._encrypted else http.client.HTTPConnection
        connection = kind(self._host or "", self._port, timeout=self._timeout)
        try:
            connection.connect()
        except (OSError, http.client.HTTPException, ValueError) as problem:
            raise RunError(f"url：连不上 {self._host} 上的服务：{_described(problem)}") from problem
        finally:
            connection.close()

    def ranking(self, question: str, by: Retrieval) -> None:  # noqa: ARG002
        """None: the contract does not show what retrieval found."""
        return

    def _exchange(
        self, question: str, conversation_id: str | None, deadline: float
    ) -> tuple[int, bytes]:
        kind = http.client.HTTPSConnection if self._encrypted else http.client.HTTPConnection
        connection = kind(self._host or "", self._port, timeout=self._timeout)
        try:
            body = json.dumps({"question": question, "conversation_id": conversation_id})
            headers = {"Content-Type": "application/json", "Accept": "application/json"}
            connection.request("POST", self._path, body.encode(), headers)
            line = connection.sock
            reply = connection.getresponse()
            return reply.status, _read(reply, line, deadline)
        finally:
            connection.close()


class _TooLarge(Exception):
    """The answer goes on and on."""


def _read(reply: http.client.HTTPResponse, line: socket.socket, deadline: float) -> bytes:
    """The body. The deadline holds for all of it, however slowly it trickles."""
    data = bytearray()
    while True:
        left = deadline - time.perf_counter()
        if left <= 0:
            raise TimeoutError
        if line.fileno() != -1:
            line.settimeout(left)
        chunk = reply.read1(_CHUNK)
        if not chunk and reply.length:
            raise http.client.IncompleteRead(bytes(data), reply.length)
        if not chunk:
            return bytes(data)
        data += chunk
        if len(data) > MOST_BYTES:
            raise _TooLarge


def _turn(question: str, seconds: float, status: int, body: bytes) -> Turn:
    if not 200 <= status < 300:
        message = body.decode("utf-8", "replace")[:_DETAIL]
        fault = Fault(kind=FaultKind.HTTP, status=status, message=message)
        return Turn(asked=question, seconds=seconds, fault=fault)
    try:
        answer = json.loads(body.decode("utf-8"))
        check_json(answer)
    except NoReply as problem:
        fault = Fault(kind=FaultKind.GARBAGE, message=str(problem))
    except (ValueError, RecursionError) as problem:
        fault = Fault(kind=FaultKind.GARBAGE, message=f"不是 JSON：{_described(problem)}")
    else:
        return Turn(asked=question, seconds=seconds, answer=answer)
    return Turn(asked=question, seconds=seconds, fault=fault)


def _exception(problem: BaseException) -> Fault:
    return Fault(kind=FaultKind.EXCEPTION, message=_described(problem))


def _described(problem: BaseException) -> str:
    text = f"{type(problem).__name__}: {problem}"[:_DETAIL]
    return text.encode("utf-8", "replace").decode("utf-8")


def _since(start: float) -> float:
    return round(time.perf_counter() - start, 6)
