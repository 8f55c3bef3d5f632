"""Connections that wait for the next query: used again, dropped after a fault, closed at last."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool

from index.connections import Connections


@pytest.fixture
def opened() -> list[sqlite3.Connection]:
    """The connections that were opened."""
    return []


@pytest.fixture
def engine(opened: list[sqlite3.Connection]) -> Iterator[Engine]:
    """An engine that notes each connection it opens."""
    engine = create_engine("sqlite://", poolclass=QueuePool)
    event.listen(engine, "connect", lambda raw, _record: opened.append(raw))
    yield engine
    engine.dispose()


def test_the_next_query_takes_the_connection_of_the_last(
    engine: Engine, opened: list[sqlite3.Connection]
) -> None:
    connections = Connections(engine)
    for _ in range(3):
        with connections.reading(1.0) as connection:
            assert connection.execute(text("SELECT 1")).scalar() == 1
            assert connection.in_transaction()
    assert len(opened) == 1


def test_no_transaction_waits_between_queries(engine: Engine) -> None:
    connections = Connections(engine)
    with connections.reading(1.0) as connection:
        connection.execute(text("SELECT 1"))
    assert not connection.in_transaction()


def test_a_connection_on_which_a_query_failed_is_not_kept(engine: Engine) -> None:
    connections = Connections(engine)
    with pytest.raises(DatabaseError), connections.reading(1.0) as connection:
        connection.execute(text("SELECT * FROM nowhere"))
    assert connection.closed


def test_a_query_that_ends_after_the_close_leaves_no_connection(engine: Engine) -> None:
    connections = Connections(engine)
    with connections.reading(1.0) as connection:
        connections.close()
        assert connection.execute(text("SELECT 1")).scalar() == 1
    assert connection.closed
