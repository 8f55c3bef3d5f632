"""The body of `POST /v1/ask`: untrusted bytes to a question, or an error that says why not."""

from __future__ import annotations

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qa_service.channels.api_errors import ApiError, ErrorCode

MAX_BYTES = 64 * 1024
_READ_AT_MOST = 1024 * 1024
"""What is read of a body that is too large, so that its sender gets to see the reply."""
_NOT_BLANK = r"[^\s\u001c-\u001f\u0085]"
"""A character that trimming leaves; \\s alone means fewer in JSON Schema than in Python."""


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


async def read_ask_body(request: Request) -> AskBody:
    """The body, whatever content type it claims.

    Raises ApiError: 413 too large, 400 not UTF-8 or not JSON, 422 another form than AskBody.
    """
    data = await _read(request)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ApiError(400, ErrorCode.NOT_UTF8) from problem
    try:
        return AskBody.model_validate_json(text)
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
