"""Sums, counts, averages, rankings, lists, shares and differences, each over cited cells.

The rows come from SQLite by the plan's selection; the amounts of a share or a
comparison are those of its two halves. What cannot be computed without a guess
is not computed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from index.records import BudgetDocument, Row, RowKind, Table
from index.units import format_decimal, from_fen
from qa_service.cite import cite_cell, cite_rows
from qa_service.library import Library
from qa_service.numbers import cell_label, look_up
from qa_service.types import (
    AmountEvidence,
    Citation,
    Operation,
    QueryPlan,
    Selection,
)

MOST_ROW_CITATIONS = 20
_SHOWN_OPERANDS = 6
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


def compute(plan: QueryPlan, library: Library) -> Computed | None:
    """What the plan's operation gives, or None where it cannot be computed."""
    if plan.selection is not None:
        return _over_rows(plan, plan.selection, library)
    if plan.parts:
        return _of_halves(plan, library)
    return None


def _over_rows(plan: QueryPlan, selection: Selection, library: Library) -> Computed | None:
    ready = library.ready(selection.document_id)
    table = ready.lexicon.tables[selection.table_id].table
    rows = library.store.select_rows(
        selection.table_id,
        selection.column,
        row_ids=selection.row_ids,
        kinds=selection.kinds,
        level=selection.level,
        parent_id=selection.parent_id,
        contains=selection.contains,
        least_fen=selection.least_fen,
        most_fen=selection.most_fen,
        descending=selection.descending,
    )
    if selection.contains is not None and not rows:
        return None
    if plan.operation is Operation.RANK:
        rows = _ranked(rows, selection)
    rows = rows[: selection.limit] if plan.operation is Operation.LIST else rows
    document = ready.document
    amounts = tuple(_amount(document, table, row, selection.column) for row in rows)
    what = _what(selection, table, library)
    whole = not selection.narrowed
    base = Computed(
        plan.operation,
        what,
        None,
        table.unit,
        None,
        None,
        amounts,
        _citations(amounts, selection, table, rows, library, what),
        bool(selection.descending),
        document.year,
    )
    match plan.operation:
        case Operation.COUNT:
            return replace(base, value=Decimal(len(rows)), unit="个")
        case Operation.SUM | Operation.AVERAGE:
            return _summed(plan, base, rows, selection, table, library, whole=whole)
        case Operation.RANK | Operation.LIST:
            return base if rows else None
        case _:
            return None


def _ranked(rows: tuple[Row, ...], selection: Selection) -> tuple[Row, ...]:
    """The places asked for; rows of the same amount as the last place share it."""
    end = len(rows) if selection.limit is None else selection.offset + selection.limit
    kept = rows[selection.offset : end]
    if kept and end < len(rows):
        last = _fen(kept[-1], selection.column)
        kept += tuple(row for row in rows[end:] if _fen(row, selection.column) == last)
    return kept


def _summed(
    plan: QueryPlan,
    base: Computed,
    rows: tuple[Row, ...],
    selection: Selection,
    table: Table,
    library: Library,
    *,
    whole: bool,
) -> Computed | None:
    """A sum or an average; the sum of all rows is the one that is printed."""
    if not rows:
        return None
    fen = sum(_fen(row, selection.column) or 0 for row in rows)
    operands = [_printed(row, selection.column) for row in rows]
    formula = " + ".join(operands) if len(operands) <= MOST_ROW_CITATIONS else ""
    citations = base.citations
    if whole:
        total = _printed_total(rows, selection, library)
        off = abs(fen - (_fen(total, selection.column) or 0)) if total else 0
        if total is None or off > len(rows) * _ROUNDED_FEN:
            return None
        fen = _fen(total, selection.column) or 0
        formula = _printed(total, selection.column)
        cell = next(c for c in total.cells if c.column == selection.column)
        document = library.ready(selection.document_id).document
        citations = (cite_cell(document, table, total, cell), *citations)
    if plan.operation is Operation.SUM:
        value = from_fen(fen, table.unit)
        return replace(
            base,
            value=value,
            fen=fen,
            formula=formula or None,
            citations=citations,
        )
    average = Decimal(fen) / len(rows)
    long = whole or len(rows) > _SHOWN_OPERANDS
    shown = format_decimal(from_fen(fen, table.unit)) if long else f"({formula})"
    return replace(
        base,
        value=_rounded(from_fen(1, table.unit) * average, 2),
        fen=int(average.to_integral_value(ROUND_HALF_UP)),
        formula=f"{shown} ÷ {len(rows)}",
        citations=citations,
    )


def _of_halves(plan: QueryPlan, library: Library) -> Computed | None:
    sides = [look_up(part, library).amounts for part in plan.parts]
    if any(len(amounts) != 1 for amounts in sides):
        return None
    one = sides[0][0]
    other = sides[1][0] if len(sides) > 1 else _total_of(plan.parts[0], library)
    if other is None or one.fen is None or other.fen is None or not one.citations:
        return None
    operands = (one, other)
    citations = (*one.citations, *other.citations)
    if one.citations[0].url == other.citations[0].url and one.label == other.label:
        return None
    year = one.year or 0
    if plan.operation is Operation.SHARE:
        if other.fen <= 0 or one.fen > other.fen:
            return None
        share = Decimal(one.fen) / Decimal(other.fen) * 100
        return Computed(
            plan.operation,
            "",
            _rounded(share, 2),
            "%",
            None,
            f"{_shown(one)} ÷ {_shown(other)}",
            operands,
            citations,
            True,
            year,
        )
    more, less = (one, other) if one.fen >= other.fen else (other, one)
    difference = (more.fen or 0) - (less.fen or 0)
    return Computed(
        plan.operation,
        "",
        from_fen(difference, one.unit),
        one.unit,
        difference,
        f"{_shown(more)} - {_shown(less)}",
        (more, less),
        citations,
        True,
        year,
    )


def _total_of(part: QueryPlan, library: Library) -> AmountEvidence | None:
    """The total of the table that a part's only cell stands in."""
    if not part.cells:
        return None
    target = part.cells[0]
    lexicon = library.lexicon(target.document_id)
    for row_id in lexicon.totals:
        entry = lexicon.rows[row_id]
        if entry.table_id == target.table_id and entry.row.kind is RowKind.TOTAL:
            cell = replace(target, row_id=row_id)
            found = look_up(replace(part, cells=(cell,), facts=()), library).amounts
            return found[0] if found else None
    return None


def _amount(document: BudgetDocument, table: Table, row: Row, column: int) -> AmountEvidence:
    cell = next(c for c in row.cells if c.column == column)
    return AmountEvidence(
        label=cell_label(table, row, cell),
        fen=cell.fen,
        value=None,
        unit=table.unit,
        printed=cell.printed,
        formula=None,
        citations=(cite_cell(document, table, row, cell),),
        heading=f"《{table.title}》",
        year=document.year,
    )


def _citations(
    amounts: tuple[AmountEvidence, ...],
    selection: Selection,
    table: Table,
    rows: tuple[Row, ...],
    library: Library,
    what: str,
) -> tuple[Citation, ...]:
    """Each row, or one citation for a selection of very many rows of the table."""
    if len(amounts) <= MOST_ROW_CITATIONS:
        return tuple(amount.citations[0] for amount in amounts)
    document = library.ready(selection.document_id).document
    return (cite_rows(document, table, table.columns[selection.column], rows, what),)


def _printed_total(rows: tuple[Row, ...], selection: Selection, library: Library) -> Row | None:
    """The printed row that the rows are the parts of."""
    above = {row.parent_id for row in rows}
    parent = above.pop() if len(above) == 1 else None
    if parent is None:
        lexicon = library.lexicon(selection.document_id)
        totals = [r for r in lexicon.totals if lexicon.rows[r].table_id == selection.table_id]
        parent = totals[0] if len(totals) == 1 else None
    return library.store.rows([parent]).get(parent) if parent else None


def _what(selection: Selection, table: Table, library: Library) -> str:
    """What the rows are, in words."""
    lexicon = library.lexicon(selection.document_id)
    if selection.parent_id is not None:
        text = f"{lexicon.rows[selection.parent_id].row.label}的下级科目"
    elif selection.level is not None:
        text = f"《{table.title}》的{'类款项'[selection.level - 1]}级科目"
    elif selection.row_ids:
        text = "、".join(lexicon.rows[row_id].row.label for row_id in selection.row_ids)
    else:
        text = "项目"
    if selection.contains:
        text = f"名称含“{selection.contains}”的{text}"
    limited = selection.least_fen is not None or selection.most_fen is not None
    return f"金额符合条件的{text}" if limited else text


def _fen(row: Row, column: int) -> int | None:
    return next((c.fen for c in row.cells if c.column == column), None)


def _printed(row: Row, column: int) -> str:
    return next((c.printed for c in row.cells if c.column == column), "")


def _shown(amount: AmountEvidence) -> str:
    return format_decimal(from_fen(amount.fen or 0, amount.unit))


def _rounded(value: Decimal, places: int) -> Decimal:
    """Rounded half up, to more places where the value would else lose its second digit."""
    while value and places < 6 and abs(value) < Decimal(10) ** (1 - places):
        places += 1
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
