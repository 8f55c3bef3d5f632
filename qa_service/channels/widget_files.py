"""The widget's files: read and compressed once, at addresses that change when a file does."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from fastapi import Request, Response

FOLDER = Path(__file__).parent / "widget"
LOADER = "/widget.js"
MODULES = "/widget/"

_LOADER_FILE = "loader.js"
_VERSION_PLACE = b"{version}"
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_KEPT = "public, max-age=31536000, immutable"
_ASKED_ANEW = "no-cache"


@dataclass(frozen=True, slots=True)
class _File:
    plain: bytes
    packed: bytes
    media_type: str
    etag: str


class WidgetFiles:
    """The loader, which host pages name, and the modules and styles that it loads."""

    def __init__(self) -> None:
        found = {path.name: path for path in sorted(FOLDER.iterdir()) if path.suffix in _TYPES}
        texts = {name: path.read_bytes() for name, path in found.items()}
        self.version = hashlib.sha256(b"\0".join(texts.values())).hexdigest()[:12]
        texts[_LOADER_FILE] = texts[_LOADER_FILE].replace(_VERSION_PLACE, self.version.encode())
        self._files = {name: _file(text, found[name].suffix) for name, text in texts.items()}

    @property
    def packed_bytes(self) -> int:
        """How much a browser loads of the widget in all, compressed."""
        return sum(len(file.packed) for file in self._files.values())

    def loader(self, request: Request) -> Response:
        """The script that host pages name; asked for anew each time, so that it is today's."""
        return _sent(self._files[_LOADER_FILE], request, _ASKED_ANEW)

    def module(self, request: Request, version: str, name: str) -> Response | None:
        """A module or style of today's version, whichever the address names; None for no file."""
        file = self._files.get(name)
        if file is None or name == _LOADER_FILE:
            return None
        return _sent(file, request, _KEPT if version == self.version else _ASKED_ANEW)


def is_public(path: str) -> bool:
    """Whether every site may load what is at the path."""
    return path == LOADER or path.startswith(MODULES)


def _file(text: bytes, suffix: str) -> _File:
    digest = hashlib.sha256(text).hexdigest()[:16]
    return _File(text, gzip.compress(text, 9, mtime=0), _TYPES[suffix], f'W/"{digest}"')


def _sent(file: _File, request: Request, kept: str) -> Response:
    headers = {"Cache-Control": kept, "ETag": file.etag, "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == file.etag:
        return Response(status_code=304, headers=headers)
    packed = "gzip" in request.headers.get("accept-encoding", "")
    if packed:
        headers["Content-Encoding"] = "gzip"
    return Response(file.packed if packed else file.plain, 200, headers, file.media_type)
