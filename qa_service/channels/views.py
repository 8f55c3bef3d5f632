"""What the HTTP service shows of the index: the JSON of documents, tables and rows."""

from __future__ import annotations

from dataclasses import dataclass

from index.records import (
    CellKind,
    ColumnRole,
    DocumentKind,
    FindingKind,
    PassageKind,
    RowKind,
    TableKind,
)


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """A document without what it holds. `source` is the name of the file that was indexed."""

    id: str
    title: str
    department: str
    year: int
    kind: DocumentKind
    source: str
    digest: str
    url: str
    source_url: str


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column; `name` is its header path joined by "/"."""

    index: int
    name: str
    path: tuple[str, ...]
    role: ColumnRole


@dataclass(frozen=True, slots=True)
class TableHead:
    """A table without its rows."""

    id: str
    number: int | None
    title: str
    kind: TableKind
    unit: str
    section: str | None
    page: int | None
    line: int | None
    columns: tuple[ColumnView, ...]
    url: str
    csv_url: str


@dataclass(frozen=True, slots=True)
class CellView:
    """A printed cell. `amount_yuan` is exact, None where no amount is printed."""

    column: int
    name: str
    printed: str
    kind: CellKind
    amount_yuan: str | None


@dataclass(frozen=True, slots=True)
class RowView:
    """A row with its cells, its place among the others and in the document."""

    id: str
    label: str
    printed: str
    code: str | None
    level: int
    parent_id: str | None
    kind: RowKind
    side: str | None
    page: int | None
    line: int | None
    cells: tuple[CellView, ...]
    url: str
    source_url: str


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage; `row_id` is the row that it describes, `table_id` the table that it notes."""

    id: str
    kind: PassageKind
    item: str | None
    title: str | None
    text: str
    page: int | None
    line: int | None
    parent_id: str | None
    table_id: str | None
    row_id: str | None
    source_url: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """The passages under one heading; the heading is empty for what stands under none."""

    title: str
    passages: tuple[PassageView, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """What a check found. `difference_yuan` is what the sum is off by, where it is a sum."""

    kind: FindingKind
    check: str
    message: str
    row_ids: tuple[str, ...]
    passage_ids: tuple[str, ...]
    difference_yuan: str | None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document with the heads of its tables, its text and what its checks found."""

    document: DocumentHead
    tables: tuple[TableHead, ...]
    sections: tuple[SectionView, ...]
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A table with its rows and the notes under it."""

    document: DocumentHead
    table: TableHead
    rows: tuple[RowView, ...]
    notes: tuple[PassageView, ...]


@dataclass(frozen=True, slots=True)
class RowInTable:
    """A row with the table and the document that it stands in.

    `above` holds the rows that it is a part of, the outermost first; `around` a few rows before
    and after it with the row itself, as printed.
    """

    document: DocumentHead
    table: TableHead
    row: RowView
    above: tuple[RowView, ...]
    around: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class DocumentList:
    """All indexed documents, by department and year."""

    documents: tuple[DocumentHead, ...]
