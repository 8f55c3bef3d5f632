"""Questions at work: one that nobody waits for stops, one that is sent again is not asked again."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from fastapi.concurrency import run_in_threadpool

from qa_service.types import Answer, Question, Stage
from qa_service.wiring import Service

_MOST_KEPT = 200
_KEPT_SECONDS = 600.0


class Stopped(Exception):
    """Nobody waits for the answer any more."""


class Work:
    """One question, answered on a thread from when somebody waits for it; and all who wait."""

    def __init__(self, service: Service, question: Question) -> None:
        self._service, self._question = service, question
        self._loop = asyncio.get_running_loop()
        self._task: asyncio.Task[None] | None = None
        self._gone = threading.Event()
        self._stages: list[Stage] = []
        self._waiting: set[asyncio.Queue[Stage | None]] = set()
        self.answer: asyncio.Future[Answer] = self._loop.create_future()
        self.answer.add_done_callback(self._done)

    @contextmanager
    def waiting(self) -> Iterator[asyncio.Queue[Stage | None]]:
        """The stages as they begin, None behind the last; without any waiter the work stops."""
        queue: asyncio.Queue[Stage | None] = asyncio.Queue()
        for stage in self._stages:
            queue.put_nowait(stage)
        if self.answer.done():
            queue.put_nowait(None)
        self._waiting.add(queue)
        self._task = self._task or self._loop.create_task(self._run())
        try:
            yield queue
        finally:
            self._waiting.discard(queue)
            if not self._waiting and not self.answer.done():
                self._gone.set()

    @property
    def stopped(self) -> bool:
        """Whether it ends, or has ended, without an answer."""
        ended = self.answer.done() and (self.answer.cancelled() or self.answer.exception())
        return self._gone.is_set() or bool(ended)

    async def _run(self) -> None:
        try:
            answer = await run_in_threadpool(self._service.ask, self._question, self._enter)
        except asyncio.CancelledError:
            self.answer.cancel()
            raise
        except Exception as problem:
            self.answer.set_exception(problem)
        else:
            self.answer.set_result(answer)

    def _enter(self, stage: Stage) -> None:
        """Called on the thread that answers."""
        if self._gone.is_set():
            raise Stopped
        self._loop.call_soon_threadsafe(self._tell, stage)

    def _tell(self, stage: Stage) -> None:
        self._stages.append(stage)
        for queue in self._waiting:
            queue.put_nowait(stage)

    def _done(self, answer: asyncio.Future[Answer]) -> None:
        if not answer.cancelled():
            answer.exception()  # whoever waits sees it; where nobody does, it is no news
        for queue in self._waiting:
            queue.put_nowait(None)


@dataclass(frozen=True, slots=True)
class _Key:
    """What makes two requests the same one; the id alone could be a guess."""

    request_id: str
    question: Question


class Answering:
    """The questions of the moment, by the id that the client gave its request."""

    def __init__(self) -> None:
        self._works: OrderedDict[_Key, tuple[float, Work]] = OrderedDict()

    def work(self, service: Service, question: Question, request_id: str | None) -> Work:
        """The work on the question: what the same request began, or else a new one."""
        if request_id is None:
            return Work(service, question)
        self._forget()
        key = _Key(request_id, question)
        _, known = self._works.get(key, (0.0, None))
        if known is None or known.stopped:
            known = Work(service, question)
            self._works[key] = (time.monotonic(), known)
            self._works.move_to_end(key)
        return known

    def _forget(self) -> None:
        oldest = time.monotonic() - _KEPT_SECONDS
        while self._works:
            since, _ = next(iter(self._works.values()))
            if since > oldest and len(self._works) < _MOST_KEPT:
                return
            self._works.popitem(last=False)
