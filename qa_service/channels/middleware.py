"""What every HTTP reply goes through: faults hidden, HEAD answered, headers for safety."""

from __future__ import annotations

import logging
import secrets
import traceback

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa_service.channels.api_errors import ErrorCode, error_reply
from qa_service.channels.widget_files import is_public

_log = logging.getLogger(__name__)

_NO_CONTENT = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_PAGE = f"{_NO_CONTENT}; style-src 'self'; img-src data:"
_DEMO = (
    f"{_NO_CONTENT}; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
_DOCS = (
    f"{_NO_CONTENT}; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'"
)
_SAID = ("/v1/ask", "/v1/feedback")
"""What people said and were told; no cache keeps it."""


class HideFaults:
    """Turns a fault into a 500 without internals.

    The log gets an id (the reply's X-Fault-Id), the kind of fault and its place. It gets no
    message, because the messages of databases and parsers quote what the asker wrote.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception as problem:
            if scope["type"] != "http":
                raise
            fault = note_fault(problem)
            if not started:
                reply = error_reply(Request(scope), 500, ErrorCode.INTERNAL_ERROR)
                reply.headers["X-Fault-Id"] = fault
                await reply(scope, receive, send)


class AnswerHead:
    """Lets HEAD do what GET does; the server leaves the body out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        await self._app(scope, receive, send)


class SafetyHeaders:
    """Adds the headers that keep browsers from guessing types, framing pages and loading more."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
                headers["X-Frame-Options"] = "DENY"
                headers["Content-Security-Policy"] = _policy(scope["path"])
                public = is_public(scope["path"])
                headers["Cross-Origin-Resource-Policy"] = (
                    "cross-origin" if public else "same-origin"
                )
                if scope["path"].startswith(_SAID):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


def note_fault(problem: BaseException) -> str:
    """Logs the fault's kind and place; the id under which the log has it."""
    fault = secrets.token_hex(4)
    _log.error("fault %s: %s", fault, fault_place(problem))
    return fault


def fault_place(problem: BaseException) -> str:
    """The kind of fault and the calls that led to it, without any value."""
    calls = traceback.extract_tb(problem.__traceback__)[-6:]
    trail = " > ".join(f"{call.filename}:{call.lineno}" for call in calls)
    cause = problem.__cause__ or problem.__context__
    behind = f", caused by {type(cause).__name__}" if cause else ""
    return f"{type(problem).__name__}{behind} at {trail}"


def _policy(path: str) -> str:
    if path == "/docs":
        return _DOCS
    if path == "/":
        return _DEMO
    return _PAGE if path.startswith("/source/") else _NO_CONTENT
