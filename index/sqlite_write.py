"""Documents into SQLite; see `schema.py` for the tables and `build.py` for when."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, delete, event, insert, select
from sqlalchemy import Table as SqlTable
from sqlalchemy.exc import DatabaseError as DatabaseFault

from index.labels import plain
from index.records import BudgetDocument, Fact, Finding, Passage, Row
from index.schema import (
    cells,
    columns,
    documents,
    facts,
    findings,
    metadata,
    passages,
    rows,
    tables,
)

__all__ = ["DatabaseFault", "create_writable", "remove_document", "write_document"]


def create_writable(path: Path) -> Engine:
    """An engine that writes to the file, its tables made where they are missing."""
    engine = create_engine(URL.create("sqlite", database=str(path)))

    @event.listens_for(engine, "connect")
    def _durable(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA synchronous=FULL")

    metadata.create_all(engine)
    return engine


def write_document(connection: Connection, document: BudgetDocument) -> None:
    """Puts the document in, in place of one with the same id."""
    remove_document(connection, document.id)
    connection.execute(
        insert(documents),
        {
            "id": document.id,
            "title": document.title,
            "department": document.department,
            "year": document.year,
            "kind": document.kind.value,
            "source": document.source,
            "digest": document.digest,
            "aliases": json.dumps(document.aliases, ensure_ascii=False),
        },
    )
    _write_tables(connection, document)
    _insert(
        connection,
        passages,
        (_passage_values(document, i, p) for i, p in enumerate(document.passages)),
    )
    _insert(connection, facts, (_fact_values(document, i, f) for i, f in enumerate(document.facts)))
    _insert(
        connection,
        findings,
        (_finding_values(document, i, f) for i, f in enumerate(document.findings)),
    )


def remove_document(connection: Connection, document_id: str) -> None:
    """Takes out all that belongs to the document."""
    of_document = select(rows.c.id).where(rows.c.document_id == document_id)
    connection.execute(delete(cells).where(cells.c.row_id.in_(of_document)))
    of_tables = select(tables.c.id).where(tables.c.document_id == document_id)
    connection.execute(delete(columns).where(columns.c.table_id.in_(of_tables)))
    for table in (findings, facts, passages, rows, tables):
        connection.execute(delete(table).where(table.c.document_id == document_id))
    connection.execute(delete(documents).where(documents.c.id == document_id))


def _write_tables(connection: Connection, document: BudgetDocument) -> None:
    for ordinal, table in enumerate(document.tables):
        connection.execute(
            insert(tables),
            {
                "id": table.id,
                "document_id": document.id,
                "ordinal": ordinal,
                "number": table.number,
                "title": table.title,
                "kind": table.kind.value,
                "unit": table.unit,
                "section": table.section,
                "page": table.place.page,
                "line": table.place.line,
            },
        )
        _insert(
            connection,
            columns,
            (
                {
                    "table_id": table.id,
                    "idx": c.index,
                    "path": json.dumps(c.path, ensure_ascii=False),
                    "role": c.role.value,
                    "is_whole": c.is_whole,
                }
                for c in table.columns
            ),
        )
        _insert(connection, rows, (_row_values(document.id, table.id, row) for row in table.rows))
        _insert(
            connection,
            cells,
            (
                {
                    "row_id": row.id,
                    "idx": cell.column,
                    "printed": cell.printed,
                    "kind": cell.kind.value,
                    "fen": cell.fen,
                }
                for row in table.rows
                for cell in row.cells
            ),
        )


def _insert(connection: Connection, table: SqlTable, values: Iterable[dict[str, object]]) -> None:
    batch = list(values)
    if batch:
        connection.execute(insert(table), batch)


def _row_values(document_id: str, table_id: str, row: Row) -> dict[str, object]:
    return {
        "id": row.id,
        "table_id": table_id,
        "document_id": document_id,
        "ordinal": row.ordinal,
        "label": row.label,
        "plain": plain(row.label),
        "printed": row.printed,
        "code": row.code,
        "level": row.level,
        "parent_id": row.parent_id,
        "kind": row.kind.value,
        "side": row.side,
        "page": row.place.page,
        "line": row.place.line,
    }


def _passage_values(document: BudgetDocument, ordinal: int, p: Passage) -> dict[str, object]:
    return {
        "id": p.id,
        "document_id": document.id,
        "ordinal": ordinal,
        "kind": p.kind.value,
        "section": p.section,
        "item": p.item,
        "title": p.title,
        "text": p.text,
        "page": p.place.page,
        "line": p.place.line,
        "parent_id": p.parent_id,
        "table_id": p.table_id,
        "row_id": p.row_id,
    }


def _fact_values(document: BudgetDocument, ordinal: int, f: Fact) -> dict[str, object]:
    return {
        "id": f.id,
        "document_id": document.id,
        "passage_id": f.passage_id,
        "ordinal": ordinal,
        "subject": f.subject,
        "plain": plain(f.subject),
        "context": f.context,
        "measure": f.measure.value,
        "value": None if f.value is None else str(f.value),
        "unit": f.unit,
        "fen": f.fen,
        "printed": f.printed,
        "year": f.year,
        "start": f.start,
        "end": f.end,
        "formula": f.formula,
    }


def _finding_values(document: BudgetDocument, ordinal: int, f: Finding) -> dict[str, object]:
    return {
        "document_id": document.id,
        "ordinal": ordinal,
        "kind": f.kind.value,
        "check_name": f.check,
        "message": f.message,
        "row_ids": json.dumps(f.row_ids),
        "passage_ids": json.dumps(f.passage_ids),
        "difference_fen": f.difference_fen,
        "column_idx": f.column,
    }
