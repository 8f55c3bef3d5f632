"""The HTTP channel: its addresses, and what each hands in and gives out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Literal, TypeVar
from urllib.parse import quote

from fastapi import APIRouter, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response, StreamingResponse
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel

from qa_service.channels import browse, stream
from qa_service.channels.answering import Answering
from qa_service.channels.api_errors import (
    ApiError,
    ErrorBody,
    ErrorCode,
    asker_language,
    install_error_replies,
)
from qa_service.channels.bodies import AskBody, FeedbackBody, read_body
from qa_service.channels.cors import CrossOrigin
from qa_service.channels.feedback import FeedbackFile
from qa_service.channels.middleware import AnswerHead, HideFaults, SafetyHeaders
from qa_service.channels.opening import Opened, Opening, Told, open_service
from qa_service.channels.pages import STATIC, pages
from qa_service.channels.printed_table import table_csv
from qa_service.channels.rate_limit import RateLimit
from qa_service.channels.views import DocumentList, DocumentView, RowInTable, TableView
from qa_service.channels.widget_files import WidgetFiles
from qa_service.settings import LIMIT, Settings
from qa_service.types import Answer

_T = TypeVar("_T")

_ERRORS: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": ErrorBody, "description": "请求不对，或没有所要的内容"},
    "5XX": {"model": ErrorBody, "description": "服务未就绪或内部出错"},
}
_EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "事件依次为 status、citation、delta、answer；出错时为 error",
        "content": {stream.MEDIA_TYPE: {"schema": {"type": "string"}}},
    }
}


def _takes(form: type[BaseModel]) -> dict[str, Any]:
    """What the API's description says of a body that we read ourselves."""
    content = {"application/json": {"schema": form.model_json_schema()}}
    return {"requestBody": {"required": True, "content": content}}


_api = APIRouter(responses=_ERRORS)


@dataclass(frozen=True, slots=True)
class Health:
    """What a probe of the service is told."""

    status: Literal["alive", "ready"]


def create_app(settings: Settings, told: Told = lambda _problem: None) -> FastAPI:
    """The app. It opens the service once it has started and tells `told` how that went."""
    opening = Opening(settings, told)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        task = asyncio.create_task(opening.run())
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        opening.close()

    app = FastAPI(
        title="budget-qa",
        description="回答关于部门预算的问题，每个答案都注明出处。",
        version=_version(),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.opening = opening
    app.state.answering = Answering()
    app.state.feedback = FeedbackFile(settings.feedback_file)
    app.state.widget = WidgetFiles()
    app.include_router(_api)
    app.include_router(pages)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    install_error_replies(app)
    app.add_middleware(HideFaults)  # innermost; the last one added is outermost
    app.add_middleware(AnswerHead)
    app.add_middleware(
        RateLimit,
        per_minute=LIMIT if settings.rate_limit is None else settings.rate_limit,
        trusted=settings.trusted_proxies,
        spare_own=settings.rate_limit is None,
    )
    app.add_middleware(CrossOrigin, origins=settings.allowed_origins)
    app.add_middleware(SafetyHeaders)
    return app


@_api.post("/v1/ask", summary="提问", tags=["问答"], openapi_extra=_takes(AskBody))
async def ask(request: Request) -> Answer:
    """有出处的回答。问题为 1 至 500 个字；追问时带上一次回答的 conversation_id。"""
    body = await read_body(request, AskBody)
    service, question = open_service(request), body.asked()
    answering: Answering = request.app.state.answering
    work = answering.work(service, question, body.request_id)
    with work.waiting():
        return await work.answer


@_api.post(
    "/v1/ask/stream",
    summary="提问，逐步回答",
    tags=["问答"],
    response_class=StreamingResponse,
    responses=_EVENTS,
    openapi_extra=_takes(AskBody),
)
async def ask_in_steps(request: Request) -> StreamingResponse:
    """同一个回答，以服务器发送事件（SSE）逐步给出；最后的 answer 即 /v1/ask 的回答。"""
    body = await read_body(request, AskBody)
    service, question = open_service(request), body.asked()
    answering: Answering = request.app.state.answering
    work = answering.work(service, question, body.request_id)
    language = asker_language(body.question, request.headers.get("accept-language", ""))
    told = stream.events(work, language)
    return StreamingResponse(told, headers=stream.HEADERS, media_type=stream.MEDIA_TYPE)


@_api.post(
    "/v1/feedback",
    summary="评价一个回答",
    tags=["问答"],
    status_code=204,
    openapi_extra=_takes(FeedbackBody),
)
async def feedback(request: Request) -> None:
    """保存评价、补充说明和所附的问题；不保存是谁写的。"""
    body = await read_body(request, FeedbackBody)
    file: FeedbackFile = request.app.state.feedback
    await run_in_threadpool(file.keep, body)


@_api.get("/v1/documents", summary="已收录的文件", tags=["文件"])
def documents(service: Opened) -> DocumentList:
    """所有已收录的预算文件。"""
    return browse.all_documents(service.store)


@_api.get("/v1/documents/{document_id}", summary="一份文件", tags=["文件"])
def document(document_id: str, service: Opened) -> DocumentView:
    """一份文件的表格目录、文字和核对结果。"""
    return _found(browse.one_document(service.store, document_id))


@_api.get(
    "/v1/tables/{table_id}.csv",
    summary="一张表（CSV）",
    tags=["文件"],
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}},
)
def table_as_csv(table_id: str, service: Opened) -> Response:
    """一张表，UTF-8 编码的 CSV，数字照原文。"""
    _, table = _found(service.store.table(table_id))
    unit = f"（{table.unit}）" if table.unit else ""
    name = quote(f"{browse.table_name(table)}{unit}.csv", safe="")
    where = {"Content-Disposition": f"attachment; filename=\"table.csv\"; filename*=UTF-8''{name}"}
    return Response(table_csv(table), media_type="text/csv; charset=utf-8", headers=where)


@_api.get("/v1/tables/{table_id}", summary="一张表", tags=["文件"])
def table(table_id: str, service: Opened) -> TableView:
    """一张表的栏目、各行和附注。"""
    return _found(browse.one_table(service.store, table_id))


@_api.get("/v1/rows/{row_id}", summary="一行", tags=["文件"])
def row(row_id: str, service: Opened) -> RowInTable:
    """一行和它所在的表、文件。"""
    return _found(browse.one_row(service.store, row_id))


@_api.get("/healthz", summary="进程是否在运行", tags=["运行"])
def healthz() -> Health:
    """进程在运行。"""
    return Health("alive")


@_api.get("/readyz", summary="是否可以提问", tags=["运行"])
def readyz(service: Opened) -> Health:
    """索引可读，可以提问；否则是 503 和原因。"""
    service.store.documents()
    return Health("ready")


def _found(thing: _T | None) -> _T:
    if thing is None:
        raise ApiError(404, ErrorCode.NOT_FOUND)
    return thing


def _version() -> str:
    try:
        return version("budget-qa")
    except PackageNotFoundError:  # run from a folder that is not installed
        return "0"
