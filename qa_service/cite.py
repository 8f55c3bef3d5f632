"""Citations: the printed row, or the passage with its words, and where each stands."""

from __future__ import annotations

from dataclasses import replace

from index.records import BudgetDocument, Cell, Column, Fact, Passage, PassageKind, Row, Table
from qa_service.types import Citation, CitationKind, DocumentRef, RowRef, TableRef

_STOPS = ("。", "；")


def cite_cell(document: BudgetDocument, table: Table, row: Row, cell: Cell) -> Citation:
    """The citation of one cell of a row; its number is given when the answer is put together."""
    column = table.columns[cell.column]
    label = row.printed if not row.code or row.code in row.printed else f"{row.code} {row.printed}"
    return Citation(
        n=0,
        kind=CitationKind.ROW,
        document=document_ref(document),
        quote=f"{label} | {column.name} {cell.printed}",
        url=f"/source/{document.id}#row-{row.id}",
        table=TableRef(table.id, table.number, table.title),
        row=RowRef(row.id, row.printed, row.code),
        column=column.name,
        value=cell.printed,
        unit=table.unit,
        page=row.place.page,
        line=row.place.line,
    )


def cite_rows(
    document: BudgetDocument, table: Table, column: Column, rows: tuple[Row, ...], chosen: str
) -> Citation:
    """One citation for a selection of very many rows of a table."""
    printed = {
        row.id: next(c.printed for c in row.cells if c.column == column.index) for row in rows
    }
    return Citation(
        n=0,
        kind=CitationKind.ROWS,
        document=document_ref(document),
        quote="；".join(f"{row.printed} {printed[row.id]}" for row in rows),
        url=f"/source/{document.id}#table-{table.id}",
        table=TableRef(table.id, table.number, table.title),
        column=column.name,
        unit=table.unit,
        page=table.place.page,
        line=table.place.line,
        rows_count=len(rows),
        filter=chosen,
    )


def cite_passage(
    document: BudgetDocument, passage: Passage, table: Table | None, row: Row | None
) -> Citation:
    """The citation of a passage; a goal is cited as its row, a note as the row 注 of its table."""
    ref = TableRef(table.id, table.number, table.title) if table else None
    if passage.kind is PassageKind.GOAL and table is not None and row is not None:
        return Citation(
            n=0,
            kind=CitationKind.ROW,
            document=document_ref(document),
            quote=passage.text,
            url=f"/source/{document.id}#row-{row.id}",
            table=ref,
            row=RowRef(row.id, row.printed, row.code),
            column=passage.item,
            section=passage.section or None,
            page=row.place.page,
            line=row.place.line,
        )
    return Citation(
        n=0,
        kind=CitationKind.PASSAGE,
        document=document_ref(document),
        quote=passage.text,
        url=f"/source/{document.id}#passage-{passage.id}",
        table=ref,
        row=RowRef(passage.id, "注", None) if passage.kind is PassageKind.NOTE else None,
        section=passage.section or None,
        item=passage.item,
        page=passage.place.page,
        line=passage.place.line,
    )


def cite_fact(document: BudgetDocument, passage: Passage, fact: Fact) -> Citation:
    """The citation of a number in prose: its passage, of which the sentence is quoted."""
    start = max((passage.text.rfind(stop, 0, fact.start) for stop in _STOPS), default=-1) + 1
    ends = [at for stop in _STOPS if (at := passage.text.find(stop, fact.end)) >= 0]
    sentence = passage.text[start : min(ends, default=len(passage.text)) + 1]
    return replace(cite_passage(document, passage, None, None), quote=sentence.strip())


def document_ref(document: BudgetDocument) -> DocumentRef:
    """The document as a citation names it."""
    return DocumentRef(
        document.id, document.title, document.department, document.year, document.kind.value
    )
