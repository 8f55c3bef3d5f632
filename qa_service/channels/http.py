"""The HTTP channel: its addresses, and what each hands in and gives out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import quote

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles

from qa_service.channels import browse
from qa_service.channels.api_errors import ApiError, ErrorBody, ErrorCode, install_error_replies
from qa_service.channels.ask_body import AskBody, read_ask_body
from qa_service.channels.middleware import AnswerHead, HideFaults, SafetyHeaders
from qa_service.channels.opening import Opening, Told
from qa_service.channels.printed_table import table_csv
from qa_service.channels.source_page import source_page
from qa_service.channels.views import DocumentList, DocumentView, RowInTable, TableView
from qa_service.errors import InvalidQuestion
from qa_service.settings import Settings
from qa_service.types import Answer, Question
from qa_service.wiring import Service

_T = TypeVar("_T")

STATIC = Path(__file__).parent / "static"

_ERRORS: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": ErrorBody, "description": "请求不对，或没有所要的内容"},
    "5XX": {"model": ErrorBody, "description": "服务未就绪或内部出错"},
}
_ASK_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": AskBody.model_json_schema()}},
    }
}

_api = APIRouter(responses=_ERRORS)
_pages = APIRouter(include_in_schema=False)


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
    app.include_router(_api)
    app.include_router(_pages)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    install_error_replies(app)
    for layer in (HideFaults, AnswerHead, SafetyHeaders):  # the last one is outermost
        app.add_middleware(layer)
    return app


def _open_service(request: Request) -> Service:
    opening: Opening = request.app.state.opening
    return opening.service()


Opened = Annotated[Service, Depends(_open_service)]


@_api.post("/v1/ask", summary="提问", tags=["问答"], openapi_extra=_ASK_BODY)
async def ask(request: Request) -> Answer:
    """有出处的回答。问题为 1 至 500 个字；追问时带上一次回答的 conversation_id。"""
    body = await read_ask_body(request)
    service = _open_service(request)
    try:
        return await run_in_threadpool(service.ask, Question(body.question, body.conversation_id))
    except InvalidQuestion as problem:
        raise ApiError(422, ErrorCode(problem.code), said=body.question) from problem


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
    name = quote(f"{browse.table_name(table)}（{table.unit}）.csv", safe="")
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


@_pages.get("/source/{document_id}")
def source(document_id: str, service: Opened) -> HTMLResponse:
    """The document's page, which citations point into."""
    return HTMLResponse(source_page(_found(service.store.document(document_id))))


@_pages.get("/docs")
def docs() -> FileResponse:
    """The description of the API, from files of our own."""
    return FileResponse(STATIC / "swagger" / "docs.html")


@_pages.get("/")
def root() -> RedirectResponse:
    """Sends a visitor to the description of the API."""
    return RedirectResponse("/docs", 302)


def _found(thing: _T | None) -> _T:
    if thing is None:
        raise ApiError(404, ErrorCode.NOT_FOUND)
    return thing


def _version() -> str:
    try:
        return version("budget-qa")
    except PackageNotFoundError:  # run from a folder that is not installed
        return "0"
