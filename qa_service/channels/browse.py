"""The index as a reader of the HTTP service sees it: each thing with its address."""

from __future__ import annotations

from urllib.parse import quote

from index.records import BudgetDocument, Column, Finding, Passage, Row, Table
from index.sqlite_store import BudgetStore
from index.units import from_fen
from qa_service.channels.views import (
    CellView,
    ColumnView,
    DocumentHead,
    DocumentList,
    DocumentView,
    FindingView,
    PassageView,
    RowInTable,
    RowView,
    SectionView,
    TableHead,
    TableView,
)

_NEIGHBOURS = 2
"""How many rows before and after a row are shown with it."""


def all_documents(store: BudgetStore) -> DocumentList:
    """The documents of the index."""
    return DocumentList(tuple(document_head(d) for d in store.documents()))


def one_document(store: BudgetStore, document_id: str) -> DocumentView | None:
    """The document, or None where no such is indexed."""
    document = store.document(document_id)
    if document is None:
        return None
    return DocumentView(
        document_head(document),
        tuple(table_head(table) for table in document.tables),
        _sections(document),
        tuple(finding_view(finding) for finding in document.findings),
    )


def one_table(store: BudgetStore, table_id: str) -> TableView | None:
    """The table, or None where no such is indexed."""
    found = store.table(table_id)
    document = store.document(found[0]) if found else None
    if found is None or document is None:
        return None
    notes = [p for p in document.passages if p.table_id == table_id and p.row_id is None]
    return TableView(
        document_head(document),
        table_head(found[1]),
        tuple(_row(document.id, found[1], row) for row in found[1].rows),
        tuple(_passage(document.id, note) for note in notes),
    )


def one_row(store: BudgetStore, row_id: str) -> RowInTable | None:
    """The row, or None where no such is indexed."""
    table_id = store.table_of_row(row_id)
    found = store.table(table_id) if table_id else None
    if found is None:
        return None
    document_id, table = found
    document = next(d for d in store.documents() if d.id == document_id)
    row = next(row for row in table.rows if row.id == row_id)
    beside = [other for other in table.rows if other.side == row.side]
    at = beside.index(row)
    around = beside[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1]
    return RowInTable(
        document_head(document),
        table_head(table),
        _row(document_id, table, row),
        tuple(_row(document_id, table, other) for other in _above(table, row)),
        tuple(_row(document_id, table, other) for other in around),
    )


def document_head(document: BudgetDocument) -> DocumentHead:
    """The document's head with its addresses."""
    return DocumentHead(
        document.id,
        document.title,
        document.department,
        document.year,
        document.kind,
        document.source,
        document.digest,
        f"/v1/documents/{quote(document.id)}",
        source_url(document.id),
    )


def table_head(table: Table) -> TableHead:
    """The table's head with its addresses."""
    url = f"/v1/tables/{quote(table.id)}"
    return TableHead(
        table.id,
        table.number,
        table.title,
        table.kind,
        table.unit,
        table.section,
        table.place.page,
        table.place.line,
        tuple(_column(column) for column in table.columns),
        url,
        f"{url}.csv",
    )


def finding_view(finding: Finding) -> FindingView:
    """What a check found."""
    return FindingView(
        finding.kind,
        finding.check,
        finding.message,
        finding.row_ids,
        finding.passage_ids,
        _yuan(finding.difference_fen),
    )


def table_name(table: Table) -> str:
    """How people call the table: its number and title."""
    return f"表{table.number} {table.title}" if table.number is not None else table.title


def source_url(document_id: str, anchor: str = "") -> str:
    """The address of the document's page, at the anchor."""
    return f"/source/{quote(document_id)}" + (f"#{quote(anchor)}" if anchor else "")


def _above(table: Table, row: Row) -> list[Row]:
    """The rows that the row is a part of, the outermost first."""
    rows = {other.id: other for other in table.rows}
    found: list[Row] = []
    while row.parent_id is not None and row.parent_id in rows:
        row = rows[row.parent_id]
        found.insert(0, row)
    return found


def _column(column: Column) -> ColumnView:
    return ColumnView(column.index, column.name, column.path, column.role)


def _row(document_id: str, table: Table, row: Row) -> RowView:
    names = {column.index: column.name for column in table.columns}
    return RowView(
        row.id,
        row.label,
        row.printed,
        row.code,
        row.level,
        row.parent_id,
        row.kind,
        row.side,
        row.place.page,
        row.place.line,
        tuple(
            CellView(c.column, names[c.column], c.printed, c.kind, _yuan(c.fen)) for c in row.cells
        ),
        f"/v1/rows/{quote(row.id)}",
        source_url(document_id, f"row-{row.id}"),
    )


def _passage(document_id: str, p: Passage) -> PassageView:
    return PassageView(
        p.id,
        p.kind,
        p.item,
        p.title,
        p.text,
        p.place.page,
        p.place.line,
        p.parent_id,
        p.table_id,
        p.row_id,
        source_url(document_id, f"passage-{p.id}"),
    )


def _sections(document: BudgetDocument) -> tuple[SectionView, ...]:
    held: dict[str, list[PassageView]] = {}
    for passage in document.passages:
        held.setdefault(passage.section, []).append(_passage(document.id, passage))
    return tuple(SectionView(title, tuple(own)) for title, own in held.items())


def _yuan(fen: int | None) -> str | None:
    return None if fen is None else f"{from_fen(fen, '元'):.2f}"
