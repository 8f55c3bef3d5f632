"""An answer in events: what comes, in which order, how soon, and when nobody waits for it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from qa_service import wiring
from qa_service.ask import Entering, unwatched
from qa_service.channels.stream import pieces
from qa_service.types import Answer, Question, Stage

THREE_PUBLIC = "2024年“三公”经费预算是多少？"
DUTIES = "部门的主要职责有哪些？"
_Ask = Callable[[wiring.Service, Question, Entering], Answer]


@dataclass(frozen=True)
class Event:
    """One event of a stream."""

    kind: str
    data: dict[str, Any]


def _events(reply: httpx2.Response) -> Iterator[Event]:
    kind = ""
    for line in reply.iter_lines():
        if line.startswith("event: "):
            kind = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield Event(kind, json.loads(line.removeprefix("data: ")))


def _streamed(client: httpx2.Client, question: str, **more: str) -> list[Event]:
    with client.stream("POST", "/v1/ask/stream", json={"question": question, **more}) as reply:
        assert reply.status_code == 200
        assert reply.headers["content-type"].startswith("text/event-stream")
        assert reply.headers["cache-control"] == "no-store"
        return list(_events(reply))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that reached the service."""
    real: _Ask = wiring.Service.ask
    questions: list[str] = []

    def counted(
        service: wiring.Service, question: Question, entering: Entering = unwatched
    ) -> Answer:
        questions.append(question.text)
        return real(service, question, entering)

    monkeypatch.setattr(wiring.Service, "ask", counted)
    return questions


class TestEvents:
    @pytest.mark.parametrize("question", [THREE_PUBLIC, DUTIES, "How much is spent on water?"])
    def test_the_events_make_up_the_answer(self, client: httpx2.Client, question: str) -> None:
        events = _streamed(client, question)
        stages = [e.data["stage"] for e in events if e.kind == "status"]
        assert stages == ["received", *Stage]
        *before, last = events
        assert last.kind == "answer"
        plain = client.post("/v1/ask", json={"question": question}).json()
        told = {"id", "conversation_id", "timings_ms"}
        assert {k: v for k, v in last.data.items() if k not in told} == {
            k: v for k, v in plain.items() if k not in told
        }
        text = "".join(e.data["text"] for e in before if e.kind == "delta")
        assert text == last.data["text"]
        assert [e.data for e in before if e.kind == "citation"] == last.data["citations"]

    def test_a_citation_comes_before_its_mark(self, client: httpx2.Client) -> None:
        known: set[str] = set()
        for event in _streamed(client, DUTIES):
            if event.kind == "citation":
                known.add(f"[{event.data['n']}]")
            elif event.kind == "delta":
                assert all(m in known for m in known if m in event.data["text"])

    def test_no_numeral_and_no_mark_is_broken(self) -> None:
        text = "合计为12,345,678.90万元[1][12]，占99.5%，" * 20
        assert "".join(pieces(text)) == text
        for piece in pieces(text):
            assert piece.count("[") == piece.count("]")
            assert "1" not in piece or "12,345,678.90" in piece or "[1" in piece

    def test_a_bad_question_is_refused_before_the_stream(self, client: httpx2.Client) -> None:
        for question, status in ((" ", 422), ("预" * 501, 422)):
            reply = client.post("/v1/ask/stream", json={"question": question})
            assert reply.status_code == status
            assert reply.json()["error"]["message"]

    def test_a_fault_is_told_as_an_event(
        self,
        client: httpx2.Client,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        def broken(_service: wiring.Service, question: Question, _entering: object) -> None:
            raise RuntimeError(question.text)

        monkeypatch.setattr(wiring.Service, "ask", broken)
        for question, word in (("某人的低保", "服务内部出错"), ("my pension", "went wrong")):
            last = _streamed(client, question)[-1]
            assert last.kind == "error"
            assert last.data["error"]["code"] == "internal_error"
            assert word in last.data["error"]["message"]
            assert question not in caplog.text
        assert "RuntimeError" in caplog.text


@dataclass
class Held:
    """Work that goes on no further until it is let go; how far it came."""

    let_go: threading.Event
    stages: list[Stage]
    ended: threading.Event


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """Holds the work on every question at the beginning of its look-up."""
    held = Held(threading.Event(), [], threading.Event())
    real: _Ask = wiring.Service.ask

    def slow(service: wiring.Service, question: Question, entering: Entering) -> Answer:
        def noted(stage: Stage) -> None:
            if stage is Stage.LOOK_UP:
                held.let_go.wait(10)
            entering(stage)
            held.stages.append(stage)

        try:
            return real(service, question, noted)
        finally:
            held.ended.set()

    monkeypatch.setattr(wiring.Service, "ask", slow)
    yield held
    held.let_go.set()


class TestWaiting:
    def test_the_first_event_comes_before_the_work_is_done(
        self, client: httpx2.Client, held: Held
    ) -> None:
        body = {"question": THREE_PUBLIC}
        with client.stream("POST", "/v1/ask/stream", json=body) as reply:
            events = _events(reply)
            assert [next(events).data["stage"] for _ in range(2)] == ["received", "understand"]
            assert not held.ended.is_set()
            held.let_go.set()
            assert list(events)[-1].kind == "answer"

    def test_the_first_event_comes_within_fifty_milliseconds(self, client: httpx2.Client) -> None:
        waits = []
        for _ in range(5):
            start = time.perf_counter()
            with client.stream("POST", "/v1/ask/stream", json={"question": DUTIES}) as reply:
                assert next(_events(reply)).data == {"stage": "received"}
                waits.append(time.perf_counter() - start)
        assert min(waits) < 0.05  # the least, as others may use the machine too

    def test_a_client_that_goes_away_stops_the_work(
        self, client: httpx2.Client, held: Held, caplog: pytest.LogCaptureFixture
    ) -> None:
        body = {"question": THREE_PUBLIC, "conversation_id": "c-away"}
        with client.stream("POST", "/v1/ask/stream", json=body) as reply:
            next(_events(reply))
        time.sleep(0.3)
        held.let_go.set()
        assert held.ended.wait(10)
        assert Stage.LOOK_UP not in held.stages
        assert not caplog.records

    def test_who_stays_gets_the_answer_though_another_leaves(
        self, client: httpx2.Client, held: Held
    ) -> None:
        body = {"question": THREE_PUBLIC, "request_id": "r-shared-by-two"}
        with ThreadPoolExecutor(1) as pool:
            staying = pool.submit(client.post, "/v1/ask", json=body)
            with client.stream("POST", "/v1/ask/stream", json=body) as reply:
                next(_events(reply))
                time.sleep(0.2)
            time.sleep(0.2)
            held.let_go.set()
            assert staying.result(10).json()["status"] == "answered"

    def test_after_it_was_stopped_the_same_request_is_answered(
        self, client: httpx2.Client, held: Held
    ) -> None:
        more = {"request_id": "r-stopped-then-again"}
        body = {"question": THREE_PUBLIC, **more}
        with client.stream("POST", "/v1/ask/stream", json=body) as reply:
            next(_events(reply))
        time.sleep(0.3)
        held.let_go.set()
        assert _streamed(client, THREE_PUBLIC, **more)[-1].data["status"] == "answered"


class TestAgain:
    def test_the_same_request_is_not_asked_twice(
        self, client: httpx2.Client, asked: list[str]
    ) -> None:
        more = {"request_id": "r-lost-connection"}
        first, second = (_streamed(client, THREE_PUBLIC, **more) for _ in range(2))
        assert first == second
        plain = client.post("/v1/ask", json={"question": THREE_PUBLIC, **more})
        assert plain.json() == first[-1].data
        assert asked == [THREE_PUBLIC]

    def test_another_question_is_another_request(
        self, client: httpx2.Client, asked: list[str]
    ) -> None:
        more = {"request_id": "r-used-for-two"}
        for question in (THREE_PUBLIC, DUTIES):
            assert _streamed(client, question, **more)[-1].data["question"] == question
        assert asked == [THREE_PUBLIC, DUTIES]

    def test_what_went_wrong_is_asked_again(
        self, client: httpx2.Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(_service: wiring.Service, _question: Question, _entering: object) -> None:
            raise RuntimeError

        more = {"request_id": "r-went-wrong"}
        with monkeypatch.context() as patch:
            patch.setattr(wiring.Service, "ask", broken)
            assert _streamed(client, THREE_PUBLIC, **more)[-1].kind == "error"
        assert _streamed(client, THREE_PUBLIC, **more)[-1].kind == "answer"
