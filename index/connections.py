"""Connections to an index that wait for the next query, each query broken off when it is slow.

To take a connection anew costs as much as a query.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

_MOST_IDLE = 4
"""So many connections are kept between queries."""
_PROGRESS_STEPS = 10_000


class _Reader:
    """A connection whose statements are broken off at its deadline."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._deadline = 0.0
        raw = connection.connection.driver_connection
        if isinstance(raw, sqlite3.Connection):
            raw.set_progress_handler(self._is_late, _PROGRESS_STEPS)

    def begin(self, seconds: float) -> None:
        """Gives the statements that follow so many seconds."""
        self._deadline = time.monotonic() + seconds

    def _is_late(self) -> int:
        return int(time.monotonic() > self._deadline)


class Connections:
    """The connections of one engine: one query at a time on each."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._idle: list[_Reader] = []
        self._closed = False

    @contextmanager
    def reading(self, seconds: float) -> Iterator[Connection]:
        """A connection whose statements are broken off after so many seconds.

        One on which something failed is not used again.
        """
        try:
            reader = self._idle.pop()
        except IndexError:
            reader = _Reader(self._engine.connect())
        reader.begin(seconds)
        try:
            yield reader.connection
            reader.connection.rollback()  # no transaction waits with it
        except BaseException:
            reader.connection.close()
            raise
        if self._closed or len(self._idle) >= _MOST_IDLE:
            reader.connection.close()
        else:
            self._idle.append(reader)

    def close(self) -> None:
        """Gives the connections back; one that is in use, when its query ends."""
        self._closed = True
        while self._idle:
            self._idle.pop().connection.close()
        self._engine.dispose()
