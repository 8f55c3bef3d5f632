"""Which other sites' pages may ask this service: the setting's, and never with credentials."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa_service.channels.widget_files import is_public

_ANY = "*"
_DAY = "86400"


class CrossOrigin:
    """Answers preflights and names the origins that may read a reply.

    The widget's own files may be read from everywhere; without that no site could load its modules.
    """

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self._app = app
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        allowed = self._allowed(scope["path"], headers.get("origin"))
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            preflight = Response(status_code=204)
            _name(preflight.headers, allowed)
            if allowed:
                preflight.headers["Access-Control-Allow-Methods"] = "GET, POST"
                preflight.headers["Access-Control-Allow-Headers"] = "Content-Type"
                preflight.headers["Access-Control-Max-Age"] = _DAY
            await preflight(scope, receive, send)
            return

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                reply = MutableHeaders(scope=message)
                _name(reply, allowed)
                if allowed:
                    reply["Access-Control-Expose-Headers"] = "Retry-After"
            await send(message)

        await self._app(scope, receive, named)

    def _allowed(self, path: str, origin: str | None) -> str | None:
        """What the reply names as allowed; None for nothing."""
        if is_public(path) or _ANY in self._origins:
            return _ANY
        return origin if origin is not None and origin.lower() in self._origins else None


def _name(headers: MutableHeaders, allowed: str | None) -> None:
    if allowed:
        headers["Access-Control-Allow-Origin"] = allowed
    if allowed != _ANY:
        headers.add_vary_header("Origin")
