"""Server-sent events: how far a question has come, then its proved answer piece by piece."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from enum import StrEnum

from pydantic import TypeAdapter

from qa_service.channels.answering import Work
from qa_service.channels.api_errors import ApiError, ErrorBody, ErrorCode, error_body
from qa_service.channels.middleware import note_fault
from qa_service.types import Answer, Citation, Language

MEDIA_TYPE = "text/event-stream"
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""A proxy that keeps events back until it has many would undo the streaming."""

_BEAT_SECONDS = 15.0
_BEAT = b": still at work\n\n"
_PIECE = 24
_UNBROKEN = re.compile(r"\[\d+\]|[\d.,%]+|.", re.DOTALL)
_MARK = re.compile(r"\[(\d+)\]")


class EventKind(StrEnum):
    """The events of a stream, in the order in which their first ones come."""

    STATUS = "status"
    CITATION = "citation"
    DELTA = "delta"
    ANSWER = "answer"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Status:
    """How far it has come: received, then the stages of `ask`."""

    stage: str


@dataclass(frozen=True, slots=True)
class Delta:
    """The next piece of the answer's text."""

    text: str


_JSON: TypeAdapter[Status | Delta | Citation | Answer | ErrorBody] = TypeAdapter(
    Status | Delta | Citation | Answer | ErrorBody
)


async def events(work: Work, language: Language) -> AsyncIterator[bytes]:
    """The events of the work. Text comes only when all of it is proved; then nothing is taken back.

    Closing the iterator takes this waiter off the work, which stops when it was the last.
    """
    yield _event(EventKind.STATUS, Status("received"))  # before the work, so that it comes at once
    with work.waiting() as stages:
        while True:
            try:
                stage = await asyncio.wait_for(stages.get(), _BEAT_SECONDS)
            except TimeoutError:
                yield _BEAT
                continue
            if stage is None:
                break
            yield _event(EventKind.STATUS, Status(stage))
        try:
            answer = await work.answer
        except Exception as problem:
            yield _event(EventKind.ERROR, error_body(_code(problem), language))
            return
        for event in _told(answer):
            yield event


def pieces(text: str) -> Iterator[str]:
    """The text in pieces of about two dozen characters; no numeral and no mark is broken."""
    piece = ""
    for token in _UNBROKEN.findall(text):
        piece += token
        if len(piece) >= _PIECE:
            yield piece
            piece = ""
    if piece:
        yield piece


def _told(answer: Answer) -> Iterator[bytes]:
    """The answer's events; a citation comes before the text whose mark points to it."""
    citations = {str(citation.n): citation for citation in answer.citations}
    for piece in pieces(answer.text):
        for mark in _MARK.findall(piece):
            cited = citations.pop(mark, None)
            if cited is not None:
                yield _event(EventKind.CITATION, cited)
        yield _event(EventKind.DELTA, Delta(piece))
    for cited in citations.values():
        yield _event(EventKind.CITATION, cited)
    yield _event(EventKind.ANSWER, answer)


def _event(kind: EventKind, data: Status | Delta | Citation | Answer | ErrorBody) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (kind.encode(), _JSON.dump_json(data))


def _code(problem: Exception) -> ErrorCode:
    if isinstance(problem, ApiError):
        return problem.code
    note_fault(problem)
    return ErrorCode.INTERNAL_ERROR
