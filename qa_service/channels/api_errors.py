"""Errors of the HTTP service: always `{"error": {"code", "message"}}`, in the asker's language."""

from __future__ import annotations

import logging
import re
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import TypeAdapter
from starlette.exceptions import HTTPException

from index.errors import BudgetIndexError, IndexMissing, IndexOutdated
from qa_service.prompt_files import read_prompt
from qa_service.types import Language

_log = logging.getLogger(__name__)

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_PREFERENCE = re.compile(r"\s*([A-Za-z*]+)[^;]*(?:;\s*q=([01](?:\.\d*)?))?")


class ErrorCode(StrEnum):
    """What went wrong; `prompts/errors.yaml` holds the words for each."""

    NOT_UTF8 = "not_utf8"
    NOT_JSON = "not_json"
    INVALID_REQUEST = "invalid_request"
    EMPTY_QUESTION = "empty_question"
    QUESTION_TOO_LONG = "question_too_long"
    BODY_TOO_LARGE = "body_too_large"
    TOO_MANY_REQUESTS = "too_many_requests"
    FEEDBACK_FULL = "feedback_full"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    BAD_REQUEST = "bad_request"
    INTERNAL_ERROR = "internal_error"
    STARTING = "starting"
    INDEX_MISSING = "index_missing"
    INDEX_OUTDATED = "index_outdated"
    CANNOT_START = "cannot_start"


_OF_STATUS = {
    404: ErrorCode.NOT_FOUND,
    405: ErrorCode.METHOD_NOT_ALLOWED,
    413: ErrorCode.BODY_TOO_LARGE,
    422: ErrorCode.INVALID_REQUEST,
    429: ErrorCode.TOO_MANY_REQUESTS,
}


@dataclass(frozen=True, slots=True)
class ErrorDetail:
    """A code for programs and a message for people."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class ErrorBody:
    """The body of every reply that is an error."""

    error: ErrorDetail


class ApiError(Exception):
    """A request that gets an error reply; `said` is what the asker wrote, where it is readable."""

    def __init__(self, status: int, code: ErrorCode, *, said: str = "") -> None:
        super().__init__(code)
        self.status, self.code, self.said = status, code, said

    @classmethod
    def unavailable(cls, problem: BaseException) -> ApiError:
        """The error (503) for a service that cannot work with the index or encoder it has."""
        if isinstance(problem, IndexMissing):
            return cls(503, ErrorCode.INDEX_MISSING)
        if isinstance(problem, IndexOutdated):
            return cls(503, ErrorCode.INDEX_OUTDATED)
        return cls(503, ErrorCode.CANNOT_START)


@cache
def error_messages() -> dict[ErrorCode, dict[Language, str]]:
    """The words for each code in each language, from `prompts/errors.yaml`."""
    found = read_prompt("errors.yaml")
    return TypeAdapter(dict[ErrorCode, dict[Language, str]]).validate_python(found)


def asker_language(said: str, accept_language: str) -> Language:
    """The language of what the asker wrote; where that shows none, the one the browser prefers."""
    if _HAN.search(said):
        return Language.ZH
    if _LATIN.search(said):
        return Language.EN
    best = {"zh": 0.0, "en": 0.0}
    for part in accept_language.split(",")[:20]:
        found = _PREFERENCE.match(part)
        language = found[1].lower() if found else ""
        if found and language in best:
            best[language] = max(best[language], float(found[2] or 1))
    return Language.EN if best["en"] > best["zh"] else Language.ZH


def error_reply(request: Request, status: int, code: ErrorCode, *, said: str = "") -> JSONResponse:
    """The reply for an error, in the asker's language."""
    body = error_body(code, asker_language(said, request.headers.get("accept-language", "")))
    return JSONResponse({"error": asdict(body.error)}, status)


def error_body(code: ErrorCode, language: Language) -> ErrorBody:
    """The body for an error, in the language."""
    return ErrorBody(ErrorDetail(code.value, error_messages()[code][language]))


def install_error_replies(app: FastAPI) -> None:
    """Makes the app's own errors and the framework's take the contract's form."""

    @app.exception_handler(ApiError)
    async def _own(request: Request, problem: ApiError) -> JSONResponse:
        return error_reply(request, problem.status, problem.code, said=problem.said)

    @app.exception_handler(BudgetIndexError)
    async def _no_index(request: Request, problem: BudgetIndexError) -> JSONResponse:
        _log.error("%s", problem)
        return error_reply(request, 503, ApiError.unavailable(problem).code)

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, _problem: RequestValidationError) -> JSONResponse:
        return error_reply(request, 422, ErrorCode.INVALID_REQUEST)

    @app.exception_handler(HTTPException)
    async def _framework(request: Request, problem: HTTPException) -> JSONResponse:
        known = _OF_STATUS.get(problem.status_code)
        other = ErrorCode.BAD_REQUEST if problem.status_code < 500 else ErrorCode.INTERNAL_ERROR
        reply = error_reply(request, problem.status_code, known or other)
        reply.headers.update(problem.headers or {})
        return reply
