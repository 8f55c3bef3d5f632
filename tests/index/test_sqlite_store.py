"""The connection that answers questions cannot write and gives up in time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Integer, Select, column, func, insert, literal, select, text
from sqlalchemy.exc import OperationalError

from index import schema, sqlite_store
from index.errors import QueryTooSlow
from index.records import BudgetDocument
from index.sqlite_store import BudgetStore, open_readonly
from index.sqlite_write import create_writable, write_document
from tests.index.written import read_document, small_budget


@pytest.fixture
def document() -> BudgetDocument:
    return read_document(small_budget())


@pytest.fixture
def path(tmp_path: Path, document: BudgetDocument) -> Path:
    return written(tmp_path / "budget.sqlite", document)


@pytest.fixture
def store(path: Path) -> Iterator[BudgetStore]:
    opened = BudgetStore(open_readonly(path))
    yield opened
    opened.close()


def written(path: Path, *documents: BudgetDocument) -> Path:
    engine = create_writable(path)
    with engine.begin() as connection:
        for document in documents:
            write_document(connection, document)
    engine.dispose()
    return path


# --- what is written comes back ---


def test_a_document_comes_back_as_it_was_written(
    store: BudgetStore, document: BudgetDocument
) -> None:
    assert store.document(document.id) == document


def test_a_document_written_again_is_there_once(tmp_path: Path, document: BudgetDocument) -> None:
    other = replace(document, tables=document.tables, passages=(), facts=())
    again = BudgetStore(open_readonly(written(tmp_path / "again.sqlite", document, other)))
    assert again.document(document.id) == other
    assert len(again.documents()) == 1
    again.close()


def test_parts_are_found_by_their_ids(store: BudgetStore, document: BudgetDocument) -> None:
    (table,) = document.tables
    (passage, *_) = document.passages
    (fact, *_) = document.facts
    assert store.table(table.id) == (document.id, table)
    assert store.rows([table.rows[0].id, "no such row"]) == {table.rows[0].id: table.rows[0]}
    assert store.table_of_row(table.rows[0].id) == table.id
    assert store.passages([passage.id, "?"]) == {passage.id: (document.id, passage)}
    assert store.facts([fact.id, "?"]) == {fact.id: (document.id, fact)}
    assert store.tables() == ((document.id, replace(table, rows=())),)
    assert store.digests() == {"no digest": document.id}


@pytest.mark.parametrize("wanted", ["no such id", "", "'; DROP TABLE rows; --"])
def test_what_is_not_there_is_none(store: BudgetStore, wanted: str) -> None:
    assert store.document(wanted) is None
    assert store.table(wanted) is None
    assert store.table_of_row(wanted) is None
    assert not store.rows([wanted])
    assert not store.passages([wanted])
    assert not store.facts([wanted])


@pytest.mark.parametrize(
    "name",
    [
        "甲 区#",
        pytest.param("甲?区"),
        pytest.param("甲%20区"),
    ],
)
def test_an_index_in_a_folder_with_odd_characters_opens(
    tmp_path: Path, document: BudgetDocument, name: str
) -> None:
    folder = tmp_path / name
    folder.mkdir()
    opened = BudgetStore(open_readonly(written(folder / "budget.sqlite", document)))
    assert len(opened.documents()) == 1
    opened.close()


# --- it cannot write ---

STATEMENTS = [
    "INSERT INTO documents SELECT * FROM documents",
    "UPDATE cells SET fen = 0",
    "DELETE FROM rows",
    "DROP TABLE cells",
    "CREATE TABLE mine (id INTEGER)",
    "PRAGMA user_version = 7",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_reading_connection_cannot_write(path: Path, statement: str) -> None:
    before = path.read_bytes()
    engine = open_readonly(path)
    with engine.connect() as connection, pytest.raises(OperationalError, match="readonly"):
        connection.execute(text(statement))
    engine.dispose()
    assert path.read_bytes() == before


def test_not_even_where_it_is_told_that_it_may(path: Path) -> None:
    engine = open_readonly(path)
    with engine.connect() as connection:
        connection.execute(text("PRAGMA query_only = OFF"))
        with pytest.raises(OperationalError, match="readonly"):
            connection.execute(
                insert(schema.documents).values(
                    id="mine",
                    title="",
                    department="",
                    year=1,
                    kind="",
                    source="",
                    digest="",
                    aliases="",
                )
            )
    engine.dispose()


# --- it gives up in time ---


def very_long() -> Select[int]:
    """Counts for most of a minute."""
    counting = select(literal(1, Integer).label("n")).cte(recursive=True)
    counting = counting.union_all(select(counting.c.n + 1).where(counting.c.n < 10**8))
    return select(func.max(column("n", Integer))).select_from(counting)


def test_a_query_over_the_time_limit_is_stopped(
    store: BudgetStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_store, "QUERY_SECONDS", 0.2)
    started = time.monotonic()
    with pytest.raises(QueryTooSlow, match="已中止"):
        store._all(very_long())
    assert 0.1 < time.monotonic() - started < 5
    assert len(store.documents()) == 1


def test_a_query_gives_no_more_rows_than_the_limit(
    store: BudgetStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_store, "ROW_LIMIT", 3)
    assert len(store._all(select(schema.rows))) == 3
