"""Sums, counts, averages, rankings and lists over the rows that a selection chooses.

Each rests on its cited rows. Where the document prints the sum of the very rows,
that one is told, and the rounding beside it is disclosed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from index.records import PROJECT_TABLES, NamePart, Row, Table, TableKind
from index.units import format_decimal, from_fen, write_numeral
from qa_service.cite import cite_cell, cite_rows
from qa_service.library import Library
from qa_service.numbers import cell_label
from qa_service.types import AmountEvidence, Citation, Operation, Selection
from qa_service.understand.lexicon import Lexicon

MOST_ROW_CITATIONS = 20
_NAMED = {
    NamePart.ANYWHERE: "含“{names}”",
    NamePart.BEGINNING: "以“{names}”开头",
    NamePart.END: "以“{names}”结尾",
}
_SHOWN_OPERANDS = 6
_HAD = {
    TableKind.INCOME: "收入",
    TableKind.BASIC: "基本支出",
    TableKind.PROJECTS: "项目支出",
    TableKind.KEY_GOALS: "重点项目预算",
}
"""What the lines of units have in each table that prints some."""
_ROUNDED_FEN = 10_000
"""What a row may be off by rounding, at most: a hundredth of 万元."""


@dataclass(frozen=True, slots=True)
class Computed:
    """What was computed, the rows that it rests on, and what the rows are."""

    operation: Operation
    what: str
    value: Decimal | None
    """None for a list or a ranking, whose values are the rows' own amounts."""
    unit: str
    fen: int | None
    formula: str | None
    rows: tuple[AmountEvidence, ...]
    citations: tuple[Citation, ...]
    descending: bool
    year: int
    heading: str = ""
    """The table that the rows stand in, where it tells this outcome from another."""

    @property
    def outcome(self) -> tuple[object, ...]:
        """What must be the same for two ways of choosing the rows to give one answer."""
        if self.value is not None:
            return (self.value, self.unit)
        return tuple((row.label, row.fen) for row in self.rows)


def over_rows(operation: Operation, selection: Selection, library: Library) -> Computed | None:
    ready = library.ready(selection.document_id)
    table = ready.lexicon.tables[selection.table_id].table
    rows = selected_rows(selection, library)
    if (selection.contains or selection.row_ids) and not rows:
        return None
    if operation in (Operation.SUM, Operation.AVERAGE):
        rows = rows[: selection.limit]  # rows that share the last place are not all added
    document = ready.document
    amounts = tuple(_amount(ready.lexicon, table, row, selection.column) for row in rows)
    what = _what(operation, selection, table, library)
    base = Computed(
        operation,
        what,
        None,
        table.unit,
        None,
        None,
        amounts,
        _citations(amounts, selection, table, rows, library, what),
        bool(selection.descending),
        document.year,
        f"《{table.title}》",
    )
    if not base.citations:
        return None
    match operation:
        case Operation.COUNT:
            return replace(base, value=Decimal(len(rows)), unit="个")
        case Operation.SUM | Operation.AVERAGE:
            return _summed(base, rows, selection, library)
        case Operation.RANK:
            return base if rows else None
        case Operation.LIST:
            return base
        case _:
            return None


def selected_rows(selection: Selection, library: Library) -> tuple[Row, ...]:
    """The rows of the selection; rows of the same amount as the last place share it."""
    rows = library.store.select_rows(
        selection.table_id,
        selection.column,
        row_ids=selection.row_ids,
        kinds=selection.kinds,
        level=selection.level,
        side=selection.side,
        parent_ids=selection.parent_ids,
        contains=selection.contains,
        name_part=selection.name_part,
        excluded_ids=selection.excluded_ids,
        least_fen=selection.least_fen,
        most_fen=selection.most_fen,
        multiple_fen=selection.multiple_fen,
        descending=selection.descending,
    )
    end = len(rows) if selection.limit is None else selection.offset + selection.limit
    kept = rows[selection.offset : end]
    if kept and end < len(rows) and selection.descending is not None:
        last = _fen(kept[-1], selection.column)
        kept += tuple(row for row in rows[end:] if _fen(row, selection.column) == last)
    return kept


def _summed(
    base: Computed, rows: tuple[Row, ...], selection: Selection, library: Library
) -> Computed | None:
    """A sum or an average; where the document prints the sum of these rows, that one is told."""
    if not rows:
        return None
    column, unit = selection.column, base.unit
    fen = sum(_fen(row, column) or 0 for row in rows)
    printed = [_printed(row, column) for row in rows]
    formula = " + ".join(printed) if len(rows) <= MOST_ROW_CITATIONS else f"{len(rows)}项相加"
    citations, told = base.citations, False
    total = _printed_total(selection, library)
    if total is not None and abs(fen - (_fen(total, column) or 0)) <= len(rows) * _ROUNDED_FEN:
        fen, told = _fen(total, column) or 0, True
        formula = _printed(total, column)
        cell = next(c for c in total.cells if c.column == column)
        document = library.ready(selection.document_id).document
        table = library.lexicon(selection.document_id).tables[selection.table_id].table
        citations = (cite_cell(document, table, total, cell), *citations)
    if base.operation is Operation.SUM:
        value = from_fen(fen, unit)
        return replace(base, value=value, fen=fen, formula=formula, citations=citations)
    average = Decimal(fen) / len(rows)
    long = told or len(rows) > _SHOWN_OPERANDS
    shown = format_decimal(from_fen(fen, unit)) if long else f"({formula})"
    return replace(
        base,
        value=rounded(from_fen(1, unit) * average, 2),
        fen=int(average.to_integral_value(ROUND_HALF_UP)),
        formula=f"{shown} ÷ {len(rows)}",
        citations=citations,
    )


def _printed_total(selection: Selection, library: Library) -> Row | None:
    """The row that prints the sum of the selection, where its column prints an amount."""
    if selection.total_id is None or selection.narrowed or selection.descending is not None:
        return None
    row = library.store.rows([selection.total_id]).get(selection.total_id)
    return row if row is not None and _fen(row, selection.column) is not None else None


def _amount(lexicon: Lexicon, table: Table, row: Row, column: int) -> AmountEvidence:
    document = lexicon.document
    cell = next(c for c in row.cells if c.column == column)
    return AmountEvidence(
        label=cell_label(table, row, cell, lexicon),
        fen=cell.fen,
        value=None,
        unit=table.unit,
        printed=cell.printed,
        formula=None,
        citations=(cite_cell(document, table, row, cell),),
        heading=f"《{table.title}》",
        year=document.year,
        account=document.kind,
    )


def _citations(
    amounts: tuple[AmountEvidence, ...],
    selection: Selection,
    table: Table,
    rows: tuple[Row, ...],
    library: Library,
    what: str,
) -> tuple[Citation, ...]:
    """Each row, or one citation for a selection of very many rows of the table.

    That nothing meets the limits is proved by all rows that they were held against.
    """
    if 0 < len(amounts) <= MOST_ROW_CITATIONS:
        return tuple(amount.citations[0] for amount in amounts)
    document = library.ready(selection.document_id).document
    if not amounts:
        rows = selected_rows(
            replace(selection, least_fen=None, most_fen=None, multiple_fen=None), library
        )
    if not rows:
        return ()
    return (cite_rows(document, table, table.columns[selection.column], rows, what),)


def _of_units(operation: Operation, selection: Selection, table: Table, library: Library) -> str:
    """What lines of units are, in words: the names of a few that are taken together, or a sort."""
    sort = selection.contains[0] if selection.contains else "单位"
    counted = operation is Operation.COUNT and not selection.limits_said
    together = operation is Operation.SUM or counted
    if together and len(selection.row_ids) <= _SHOWN_OPERANDS:
        lexicon = library.lexicon(selection.document_id)
        column = next(c for c in table.columns if c.index == selection.column)
        named = "、".join(lexicon.called(row_id) for row_id in selection.row_ids)
        return named if counted or not column.is_whole else f"{named}的{_HAD[table.kind]}"
    return f"《{table.title}》里的{sort}"


def _what(operation: Operation, selection: Selection, table: Table, library: Library) -> str:
    """What the rows are, in words."""
    lexicon = library.lexicon(selection.document_id)
    column = table.columns[selection.column]
    units = bool(selection.row_ids) and set(selection.row_ids) <= lexicon.unit_lines
    if units:
        text = _of_units(operation, selection, table, library)
    elif selection.row_ids:
        text = "、".join(lexicon.rows[row_id].row.label for row_id in selection.row_ids)
    elif selection.parent_ids:
        above = selection.total_id or selection.parent_ids[0]
        parts = "下级科目" if any(row.code for row in table.rows) else "各项"
        parts = "项目" if table.kind in PROJECT_TABLES else parts
        text = f"{lexicon.called(above)}的{parts}"
    elif selection.level is not None:
        text = f"《{table.title}》的{'类款项'[selection.level - 1]}级科目"
    elif selection.side is not None:
        text = f"《{table.title}》的{selection.side}科目"
    else:
        text = "项目" if table.title.count("项目") else f"《{table.title}》的各项"
    if selection.contains and not units:
        names = "”或“".join(selection.contains)
        text = f"名称{_NAMED[selection.name_part].format(names=names)}的{text}"
    if selection.excluded_ids:
        labels = dict.fromkeys(lexicon.rows[row_id].row.label for row_id in selection.excluded_ids)
        text = f"除{'、'.join(labels)}以外的{text}"
    if selection.limits_said:
        text = f"金额{selection.limits_said}的{text}"
    if selection.descending is not None and selection.limit is not None:
        order = "最多" if selection.descending else "最少"
        first = f"第{write_numeral(selection.offset + 1)}位"
        if selection.offset and selection.limit > 1:
            first = f"{first}到第{write_numeral(selection.offset + selection.limit)}位"
        place = first if selection.offset else f"{_counted(selection.limit)}项"
        text = f"{text}中最{order[-1]}的{place}"
    elif selection.offset:
        order = "最大" if selection.descending else "最小"
        text = f"除金额{order}的{_counted(selection.offset)}项以外的{text}"
    return text if column.is_whole else f"{text}（{column.path[-1].removeprefix('其中：')}）"


def _counted(number: int) -> str:
    """A number before a measure word: 两 and not 二."""
    return "两" if number == len("两项") else write_numeral(number)


def _fen(row: Row, column: int) -> int | None:
    return next((c.fen for c in row.cells if c.column == column), None)


def _printed(row: Row, column: int) -> str:
    return next((c.printed for c in row.cells if c.column == column), "")


def rounded(value: Decimal, places: int) -> Decimal:
    """Rounded half up, to more places where the value would else lose its second digit."""
    while value and places < 6 and abs(value) < Decimal(10) ** (1 - places):
        places += 1
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
