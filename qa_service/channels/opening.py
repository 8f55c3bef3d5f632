"""The service, opened in the background while the server already answers that it is alive."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request

from index.errors import BudgetQaError
from qa_service import wiring
from qa_service.channels.api_errors import ApiError, ErrorCode
from qa_service.channels.middleware import fault_place
from qa_service.settings import Settings
from qa_service.wiring import Service

_log = logging.getLogger(__name__)

Told = Callable[[Exception | None], None]
"""Told once whether the service is open: None, or what went wrong."""


class Opening:
    """A service that is being opened, is open, or could not be opened."""

    def __init__(self, settings: Settings, told: Told) -> None:
        self._settings, self._told = settings, told
        self._service: Service | None = None
        self._problem: Exception | None = None

    async def run(self) -> None:
        """Opens the service on a thread of its own; what goes wrong is kept and told."""
        try:
            self._service = await asyncio.to_thread(wiring.open_service, self._settings)
        except BudgetQaError as problem:
            _log.error("%s", problem)
            self._problem = problem
        except Exception as problem:
            _log.error("the service could not be opened: %s", fault_place(problem))
            self._problem = problem
        self._told(self._problem)

    def service(self) -> Service:
        """The open service. Raises ApiError (503) that says why there is none."""
        if self._service is not None:
            return self._service
        if self._problem is None:
            raise ApiError(503, ErrorCode.STARTING)
        raise ApiError.unavailable(self._problem)

    def close(self) -> None:
        """Closes the service if it is open."""
        if self._service is not None:
            self._service.close()


def open_service(request: Request) -> Service:
    """The open service of the app that the request came to. Raises ApiError (503)."""
    opening: Opening = request.app.state.opening
    return opening.service()


Opened = Annotated[Service, Depends(open_service)]
