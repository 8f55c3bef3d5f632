"""Read-only queries over an index in SQLite, through SQLAlchemy Core.

Only `open_readonly` and the texts of queries by ids are SQLite's alone, so that
another database is near. Queries bind their parameters; the connection that
answers questions cannot write and gives up after a time limit.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Engine,
    RowMapping,
    Select,
    bindparam,
    create_engine,
    or_,
    select,
)
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool

from index.connections import Connections
from index.errors import BudgetIndexError, IndexOutdated, QueryTooSlow
from index.records import (
    BudgetDocument,
    Cell,
    CellKind,
    Column,
    ColumnRole,
    DocumentKind,
    Fact,
    FactMeasure,
    Finding,
    FindingKind,
    NamePart,
    Passage,
    PassageKind,
    Place,
    Row,
    RowKind,
    Table,
    TableKind,
)
from index.schema import cells, columns, documents, facts, findings, passages, rows, tables

QUERY_SECONDS = 2.0
ROW_LIMIT = 5000
_ESCAPE = "/"
_FEW = 32
_NAMES = tuple(f"id{i}" for i in range(_FEW))
"""What so few ids are called in a query."""
_CELL_KINDS = {kind.value: kind for kind in CellKind}
_ROW_KINDS = {kind.value: kind for kind in RowKind}


class _ByIds:
    """A query by ids, made ready once for each small number of them."""

    def __init__(self, query: Select[Any], column: ColumnElement[str]) -> None:
        self._query = query
        self._column = column
        self._many = query.where(column.in_(bindparam("ids", expanding=True)))
        self._few: dict[int, Select[Any]] = {}
        """By the number of ids."""

    def read(self, connection: Connection, ids: Sequence[str]) -> CursorResult[Any]:
        """What the query finds for these ids."""
        count = len(ids)
        if not 0 < count <= _FEW:
            return connection.execute(self._many, {"ids": list(ids)})
        if count not in self._few:
            self._few[count] = self._of(count)
        return connection.execute(self._few[count], dict(zip(_NAMES, ids, strict=False)))

    def _of(self, count: int) -> Select[Any]:
        named = [bindparam(name, type_=self._column.type) for name in _NAMES[:count]]
        return self._query.where(self._column.in_(named))


_ROWS_BY_ID = _ByIds(select(rows).limit(ROW_LIMIT), rows.c.id)
_CELLS_OF_ROWS = _ByIds(
    select(cells.c.row_id, cells.c.idx, cells.c.printed, cells.c.kind, cells.c.fen).order_by(
        cells.c.idx
    ),
    cells.c.row_id,
)
_PASSAGES_BY_ID = _ByIds(select(passages).limit(ROW_LIMIT), passages.c.id)
_FACTS_BY_ID = _ByIds(select(facts).limit(ROW_LIMIT), facts.c.id)


def open_readonly(path: Path) -> Engine:
    """An engine whose connections cannot write and stop after `QUERY_SECONDS`."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        connection.execute("PRAGMA query_only=ON")
        return connection

    return create_engine("sqlite://", creator=connect, poolclass=QueuePool, max_overflow=-1)


def _translated(problem: DatabaseError) -> BudgetIndexError:
    """What a fault of the database is to the project: too slow a query, or a damaged index."""
    if "interrupted" in str(problem.orig):
        return QueryTooSlow(f"查询超过 {QUERY_SECONDS:g} 秒，已中止；请把问题问得更具体")
    return IndexOutdated(
        f"索引的数据库无法读取（{problem.orig}）。重新建立：budget-qa index --fresh 文件…"
    )


class BudgetStore:
    """Read-only queries over one index; every method gives records, in printed order."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connections = Connections(engine)

    @property
    def engine(self) -> Engine:
        """The engine that its queries run on."""
        return self._engine

    def close(self) -> None:
        """Gives its connections back."""
        self._connections.close()

    def documents(self) -> tuple[BudgetDocument, ...]:
        """All documents, by department and year, without their tables and texts."""
        query = select(documents).order_by(
            documents.c.department, documents.c.year, documents.c.kind
        )
        return tuple(_document(r) for r in self._all(query))

    def tables(self, document_ids: Sequence[str] | None = None) -> tuple[tuple[str, Table], ...]:
        """(document id, table) for all tables of the documents (None: of all), rows left out."""
        query = select(tables).order_by(tables.c.document_id, tables.c.ordinal)
        if document_ids is not None:
            query = query.where(tables.c.document_id.in_(document_ids))
        found = self._all(query)
        heads = self._columns([r["id"] for r in found])
        return tuple((r["document_id"], _table(r, heads[r["id"]], ())) for r in found)

    def table(self, table_id: str) -> tuple[str, Table] | None:
        """(document id, table with its rows), or None."""
        found = self._all(select(tables).where(tables.c.id == table_id))
        if not found:
            return None
        query = select(rows).where(rows.c.table_id == table_id).order_by(rows.c.ordinal)
        own = self._rows_of(query.limit(ROW_LIMIT), {})
        heads = self._columns([table_id])
        return found[0]["document_id"], _table(found[0], heads[table_id], own)

    def rows(self, row_ids: Sequence[str]) -> dict[str, Row]:
        """Rows with their cells by id; unknown ids are left out."""
        with self._reading() as connection:
            found = _with_cells(connection, _ROWS_BY_ID.read(connection, row_ids))
        return {row.id: row for row in found}

    def select_rows(
        self,
        table_id: str,
        column: int,
        *,
        row_ids: Sequence[str] = (),
        kinds: Sequence[RowKind] = (),
        level: int | None = None,
        side: str | None = None,
        parent_ids: Sequence[str] = (),
        contains: Sequence[str] = (),
        name_part: NamePart = NamePart.ANYWHERE,
        excluded_ids: Sequence[str] = (),
        least_fen: int | None = None,
        most_fen: int | None = None,
        multiple_fen: int | None = None,
        descending: bool | None = None,
    ) -> tuple[Row, ...]:
        """Rows of a table that print an amount in the column and meet all conditions.

        `parent_ids` keeps their direct parts, `contains` names that hold one of the texts in
        that part of the name, `excluded_ids` leaves rows out.

        In the order of the amount where `descending` says so, rows of the same
        amount in printed order; else in printed order.
        """
        given = {
            "row_ids": list(row_ids),
            "kinds": [kind.value for kind in kinds],
            "level": level,
            "side": side,
            "parent_ids": list(parent_ids),
            "excluded_ids": list(excluded_ids),
            "least_fen": least_fen,
            "most_fen": most_fen,
            "multiple_fen": multiple_fen,
        }
        values: dict[str, Any] = {n: value for n, value in given.items() if value not in (None, [])}
        query = _selecting(tuple(values), len(contains), name_part, descending)
        values |= {f"part{i}": _escaped(part) for i, part in enumerate(contains)}
        return self._rows_of(query, values | {"table_id": table_id, "idx": column})

    def table_of_row(self, row_id: str) -> str | None:
        """The id of the table that the row stands in, or None."""
        found = self._all(select(rows.c.table_id).where(rows.c.id == row_id))
        return found[0]["table_id"] if found else None

    def document(self, document_id: str) -> BudgetDocument | None:
        """The whole document with tables, rows, passages, facts and findings, or None."""
        found = self._all(select(documents).where(documents.c.id == document_id))
        if not found:
            return None
        with self._reading() as connection:
            return replace(
                _document(found[0]),
                tables=_read_tables(connection, document_id),
                passages=_read_passages(connection, document_id),
                facts=_read_facts(connection, document_id),
                findings=tuple(f for _, f in self.findings(document_id)),
            )

    def passages(self, passage_ids: Sequence[str]) -> dict[str, tuple[str, Passage]]:
        """Passage id to (document id, passage); unknown ids are left out."""
        with self._reading() as connection:
            found = _PASSAGES_BY_ID.read(connection, passage_ids).mappings().all()
        return {r["id"]: (r["document_id"], _passage(r)) for r in found}

    def facts(self, fact_ids: Sequence[str]) -> dict[str, tuple[str, Fact]]:
        """Fact id to (document id, fact); unknown ids are left out."""
        with self._reading() as connection:
            found = _FACTS_BY_ID.read(connection, fact_ids).mappings().all()
        return {r["id"]: (r["document_id"], _fact(r)) for r in found}

    def findings(self, document_id: str | None = None) -> tuple[tuple[str, Finding], ...]:
        """(document id, finding) of one document or of all."""
        query = select(findings).order_by(findings.c.document_id, findings.c.ordinal)
        if document_id is not None:
            query = query.where(findings.c.document_id == document_id)
        return tuple((r["document_id"], _finding(r)) for r in self._all(query))

    def digests(self) -> dict[str, str]:
        """Digest of each indexed file to its document's id."""
        return {r["digest"]: r["id"] for r in self._all(select(documents.c.digest, documents.c.id))}

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A connection whose statements are broken off after `QUERY_SECONDS`."""
        try:
            with self._connections.reading(QUERY_SECONDS) as connection:
                yield connection
        except DatabaseError as problem:
            raise _translated(problem) from problem

    def _all(self, query: Select[Any]) -> Sequence[RowMapping]:
        with self._reading() as connection:
            return connection.execute(query.limit(ROW_LIMIT)).mappings().all()

    def _columns(self, table_ids: Sequence[str]) -> dict[str, tuple[Column, ...]]:
        query = select(columns).where(columns.c.table_id.in_(table_ids)).order_by(columns.c.idx)
        found: dict[str, list[Column]] = {table_id: [] for table_id in table_ids}
        with self._reading() as connection:
            for r in connection.execute(query).mappings():
                found[r["table_id"]].append(_column(r))
        return {table_id: tuple(own) for table_id, own in found.items()}

    def _rows_of(self, query: Select[Any], values: dict[str, Any]) -> tuple[Row, ...]:
        """The rows that a query finds that has its limit, each with its cells."""
        with self._reading() as connection:
            return _with_cells(connection, connection.execute(query, values))


def _with_cells(connection: Connection, read: CursorResult[Any]) -> tuple[Row, ...]:
    """The rows that were read, each with its cells."""
    found = read.all()
    held: dict[str, list[Cell]] = {r[0]: [] for r in found}
    of_rows: Sequence[Any] = _CELLS_OF_ROWS.read(connection, list(held)).all()
    for row_id, column, printed, kind, fen in of_rows:
        held[row_id].append(Cell(column, printed, _CELL_KINDS[kind], fen))
    return tuple(_row(r, tuple(held[r[0]])) for r in found)


_CONDITIONS: dict[str, ColumnElement[bool]] = {
    "row_ids": rows.c.id.in_(bindparam("row_ids", expanding=True)),
    "kinds": rows.c.kind.in_(bindparam("kinds", expanding=True)),
    "level": rows.c.level == bindparam("level"),
    "side": rows.c.side == bindparam("side"),
    "parent_ids": rows.c.parent_id.in_(bindparam("parent_ids", expanding=True)),
    "excluded_ids": rows.c.id.not_in(bindparam("excluded_ids", expanding=True)),
    "least_fen": cells.c.fen >= bindparam("least_fen"),
    "most_fen": cells.c.fen <= bindparam("most_fen"),
    "multiple_fen": cells.c.fen % bindparam("multiple_fen") == 0,
}
"""What a selection may ask of its rows, by the values that it gives."""


@lru_cache(maxsize=256)
def _selecting(
    given: tuple[str, ...], parts: int, name_part: NamePart, descending: bool | None
) -> Select[Any]:
    """The query of a selection that gives these values and so many parts of names.

    To put it together costs more than to run it.
    """
    conditions = [_CONDITIONS[name] for name in given]
    if parts:
        conditions.append(or_(*(_holds(f"part{i}", name_part) for i in range(parts))))
    order = [] if descending is None else [cells.c.fen.desc() if descending else cells.c.fen]
    return (
        select(rows)
        .join(cells, cells.c.row_id == rows.c.id)
        .where(
            rows.c.table_id == bindparam("table_id"),
            cells.c.idx == bindparam("idx"),
            cells.c.fen.is_not(None),
            *conditions,
        )
        .order_by(*order, rows.c.ordinal)
        .limit(ROW_LIMIT)
    )


def _holds(part: str, name_part: NamePart) -> ColumnElement[bool]:
    """Whether a row's plain name holds the text of that parameter in that part of it."""
    text = bindparam(part, type_=rows.c.plain.type)
    match name_part:
        case NamePart.BEGINNING:
            return rows.c.plain.startswith(text, escape=_ESCAPE)
        case NamePart.END:
            return rows.c.plain.endswith(text, escape=_ESCAPE)
        case _:
            return rows.c.plain.contains(text, escape=_ESCAPE)


def _escaped(text: str) -> str:
    """The text without what stands for other texts in a pattern of SQL."""
    for char in (_ESCAPE, "%", "_"):
        text = text.replace(char, _ESCAPE + char)
    return text


def _read_tables(connection: Connection, document_id: str) -> tuple[Table, ...]:
    of_document = select(tables.c.id).where(tables.c.document_id == document_id)
    heads: dict[str, list[Column]] = {}
    for r in connection.execute(
        select(columns).where(columns.c.table_id.in_(of_document)).order_by(columns.c.idx)
    ).mappings():
        heads.setdefault(r["table_id"], []).append(_column(r))
    held: dict[str, list[Cell]] = {}
    of_rows = select(rows.c.id).where(rows.c.document_id == document_id)
    for r in connection.execute(
        select(cells).where(cells.c.row_id.in_(of_rows)).order_by(cells.c.idx)
    ).mappings():
        held.setdefault(r["row_id"], []).append(_cell(r))
    own: dict[str, list[Row]] = {}
    for one in connection.execute(
        select(rows).where(rows.c.document_id == document_id).order_by(rows.c.ordinal)
    ):
        own.setdefault(one.table_id, []).append(_row(one, tuple(held.get(one.id, ()))))
    query = select(tables).where(tables.c.document_id == document_id).order_by(tables.c.ordinal)
    return tuple(
        _table(r, tuple(heads.get(r["id"], ())), tuple(own.get(r["id"], ())))
        for r in connection.execute(query).mappings()
    )


def _read_passages(connection: Connection, document_id: str) -> tuple[Passage, ...]:
    query = (
        select(passages).where(passages.c.document_id == document_id).order_by(passages.c.ordinal)
    )
    return tuple(_passage(r) for r in connection.execute(query).mappings())


def _read_facts(connection: Connection, document_id: str) -> tuple[Fact, ...]:
    query = select(facts).where(facts.c.document_id == document_id).order_by(facts.c.ordinal)
    return tuple(_fact(r) for r in connection.execute(query).mappings())


def _document(r: RowMapping) -> BudgetDocument:
    aliases = tuple((one, other) for one, other in json.loads(r["aliases"]))
    return BudgetDocument(
        r["id"],
        r["title"],
        r["department"],
        r["year"],
        DocumentKind(r["kind"]),
        r["source"],
        r["digest"],
        (),
        (),
        (),
        (),
        aliases,
    )


def _table(r: RowMapping, heads: tuple[Column, ...], own: tuple[Row, ...]) -> Table:
    return Table(
        r["id"],
        r["number"],
        r["title"],
        TableKind(r["kind"]),
        r["unit"],
        r["section"],
        Place(r["page"], r["line"]),
        heads,
        own,
    )


def _column(r: RowMapping) -> Column:
    return Column(r["idx"], tuple(json.loads(r["path"])), ColumnRole(r["role"]), r["is_whole"])


def _cell(r: RowMapping) -> Cell:
    return Cell(r["idx"], r["printed"], _CELL_KINDS[r["kind"]], r["fen"])


def _row(columns_of_row: Sequence[Any], own: tuple[Cell, ...]) -> Row:
    """The row of all its columns, in the order of the schema."""
    (
        row_id,
        _table_id,
        _document_id,
        ordinal,
        label,
        _plain,
        printed,
        code,
        level,
        parent_id,
        kind,
        side,
        page,
        line,
    ) = columns_of_row
    place = Place(page, line)
    return Row(
        row_id, ordinal, label, printed, code, level, parent_id, _ROW_KINDS[kind], side, place, own
    )


def _passage(r: RowMapping) -> Passage:
    return Passage(
        r["id"],
        PassageKind(r["kind"]),
        r["section"],
        r["item"],
        r["title"],
        r["text"],
        Place(r["page"], r["line"]),
        r["parent_id"],
        r["table_id"],
        r["row_id"],
    )


def _fact(r: RowMapping) -> Fact:
    value = None if r["value"] is None else Decimal(r["value"])
    return Fact(
        r["id"],
        r["passage_id"],
        r["subject"],
        r["context"],
        FactMeasure(r["measure"]),
        value,
        r["unit"],
        r["fen"],
        r["printed"],
        r["year"],
        r["start"],
        r["end"],
        r["formula"],
    )


def _finding(r: RowMapping) -> Finding:
    return Finding(
        FindingKind(r["kind"]),
        r["check_name"],
        r["message"],
        tuple(json.loads(r["row_ids"])),
        tuple(json.loads(r["passage_ids"])),
        r["difference_fen"],
        r["column_idx"],
    )
