"""The bodies of requests: untrusted bytes to a typed value, or an error that says why not."""

from __future__ import annotations

from typing import TypeVar

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qa_service.ask import check_question
from qa_service.channels.api_errors import ApiError, ErrorCode
from qa_service.errors import InvalidQuestion
from qa_service.types import Question

MAX_BYTES = 64 * 1024
_READ_AT_MOST = 1024 * 1024
"""What is read of a body that is too large, so that its sender gets to see the reply."""
_NOT_BLANK = r"[^\s\u001c-\u001f\u0085]"
"""A character that trimming leaves; \\s alone means fewer in JSON Schema than in Python."""

_Body = TypeVar("_Body", bound=BaseModel)


class AskBody(BaseModel):
    """提问。没有列出的字段不起作用。"""

    model_config = ConfigDict(
        strict=True,
        json_schema_extra={"examples": [{"question": "2024年“三公”经费预算是多少？"}]},
    )

    question: str = Field(
        description="问题，去掉首尾空白后 1 至 500 个字。",
        json_schema_extra={"minLength": 1, "maxLength": 500, "pattern": _NOT_BLANK},
    )
    conversation_id: str | None = Field(
        None, max_length=200, description="上一次回答给出的 conversation_id，追问时带上。"
    )
    request_id: str | None = Field(
        None,
        min_length=8,
        max_length=100,
        description="调用方自拟的随机编号。断线后用同一编号重试，得到同一个回答，不会再问一遍。",
    )

    def asked(self) -> Question:
        """The question. Raises ApiError (422) for one that is empty or too long."""
        try:
            check_question(self.question)
        except InvalidQuestion as problem:
            raise ApiError(422, ErrorCode(problem.code), said=self.question) from problem
        return Question(self.question, self.conversation_id)


class FeedbackBody(BaseModel):
    """对一个回答的评价。没有列出的字段不起作用。"""

    model_config = ConfigDict(strict=True)

    answer_id: str = Field(min_length=1, max_length=100, description="回答的 id。")
    helpful: bool = Field(description="有没有帮助。")
    comment: str | None = Field(None, max_length=1000, description="补充说明，最多 1000 个字。")
    question: str | None = Field(None, max_length=500, description="所问的问题，随评价保存。")


async def read_body(request: Request, form: type[_Body]) -> _Body:
    """The body in its form, whatever content type it claims.

    Raises ApiError: 413 too large, 400 not UTF-8 or not JSON, 422 another form.
    """
    data = await _read(request)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ApiError(400, ErrorCode.NOT_UTF8) from problem
    try:
        return form.model_validate_json(text)
    except ValidationError as problem:
        if problem.errors()[0]["type"] == "json_invalid":
            raise ApiError(400, ErrorCode.NOT_JSON) from problem
        raise ApiError(422, ErrorCode.INVALID_REQUEST) from problem


async def _read(request: Request) -> bytes:
    data, size = bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= MAX_BYTES:
            data += chunk
        elif size > _READ_AT_MOST:
            break
    if size > MAX_BYTES:
        raise ApiError(413, ErrorCode.BODY_TOO_LARGE)
    return bytes(data)
