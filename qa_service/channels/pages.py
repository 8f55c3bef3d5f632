"""What browsers get of the HTTP channel: pages for people, the widget and its files."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from qa_service.channels.api_errors import ApiError, ErrorCode
from qa_service.channels.opening import Opened
from qa_service.channels.source_page import source_page
from qa_service.channels.widget_files import LOADER, MODULES, WidgetFiles

STATIC = Path(__file__).parent / "static"

pages = APIRouter(include_in_schema=False)


@pages.get("/")
def demo() -> FileResponse:
    """The page that shows the widget at work and lets one try its options."""
    return FileResponse(STATIC / "demo" / "index.html", headers={"Cache-Control": "no-cache"})


@pages.get("/docs")
def docs() -> FileResponse:
    """The description of the API, from files of our own."""
    return FileResponse(STATIC / "swagger" / "docs.html")


@pages.get("/source/{document_id}")
def source(document_id: str, service: Opened) -> HTMLResponse:
    """The document's page, which citations point into."""
    document = service.store.document(document_id)
    if document is None:
        raise ApiError(404, ErrorCode.NOT_FOUND)
    return HTMLResponse(source_page(document))


@pages.get(LOADER)
def widget(request: Request) -> Response:
    """The one script that a host page names."""
    files: WidgetFiles = request.app.state.widget
    return files.loader(request)


@pages.get(MODULES + "{version}/{name}")
def widget_module(request: Request, version: str, name: str) -> Response:
    """A module or the style of the widget."""
    files: WidgetFiles = request.app.state.widget
    found = files.module(request, version, name)
    if found is None:
        raise ApiError(404, ErrorCode.NOT_FOUND)
    return found
