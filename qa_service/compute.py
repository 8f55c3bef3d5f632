"""Sums, counts, averages, rankings, lists, shares, ratios and differences over cited cells.

The rows come from SQLite by the plan's selections; the operands of a share, a
comparison or a sum of single amounts are plans of their own. What cannot be
computed without a guess is not computed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from index.records import BudgetDocument, Row, RowKind, Table
from index.units import format_decimal, from_fen, write_numeral
from qa_service.cite import cite_cell, cite_rows
from qa_service.library import Library
from qa_service.numbers import cell_label, look_up
from qa_service.types import AmountEvidence, Citation, Operation, QueryPlan, Selection

MOST_ROW_CITATIONS = 20
_SHOWN_OPERANDS = 6
_ROUNDED_FEN = 10_000
"""What a row may be off by rounding, at most: a hundredth of 万元."""
_TWO = 2


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


def compute(plan: QueryPlan, library: Library) -> tuple[Computed, ...]:
    """What the plan's operation gives: one outcome, or the different ones of its selections.

    Empty where it cannot be computed.
    """
    if plan.selections:
        found = [_over_rows(plan, selection, library) for selection in plan.selections]
        told = [one for one in found if one is not None and (one.rows or one.value)]
        kept = told or [one for one in found if one is not None]
        outcomes = {one.outcome: one for one in reversed(kept)}
        return tuple(reversed(outcomes.values()))
    computed = _of_operands(plan, library) if plan.parts else None
    return (computed,) if computed is not None else ()


def _over_rows(plan: QueryPlan, selection: Selection, library: Library) -> Computed | None:
    ready = library.ready(selection.document_id)
    table = ready.lexicon.tables[selection.table_id].table
    rows = _selected(selection, library)
    if (selection.contains or selection.row_ids) and not rows:
        return None
    document = ready.document
    amounts = tuple(_amount(document, table, row, selection.column) for row in rows)
    what = _what(selection, table, library)
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
        f"《{table.title}》",
    )
    if not base.citations:
        return None
    match plan.operation:
        case Operation.COUNT:
            return replace(base, value=Decimal(len(rows)), unit="个")
        case Operation.SUM | Operation.AVERAGE:
            return _summed(plan, base, rows, selection, library)
        case Operation.RANK:
            return base if rows else None
        case Operation.LIST:
            return base
        case _:
            return None


def _selected(selection: Selection, library: Library) -> tuple[Row, ...]:
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
        least_fen=selection.least_fen,
        most_fen=selection.most_fen,
        descending=selection.descending,
    )
    end = len(rows) if selection.limit is None else selection.offset + selection.limit
    kept = rows[selection.offset : end]
    if kept and end < len(rows) and selection.descending is not None:
        last = _fen(kept[-1], selection.column)
        kept += tuple(row for row in rows[end:] if _fen(row, selection.column) == last)
    return kept


def _summed(
    plan: QueryPlan, base: Computed, rows: tuple[Row, ...], selection: Selection, library: Library
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
    if plan.operation is Operation.SUM:
        value = from_fen(fen, unit)
        return replace(base, value=value, fen=fen, formula=formula, citations=citations)
    average = Decimal(fen) / len(rows)
    long = told or len(rows) > _SHOWN_OPERANDS
    shown = format_decimal(from_fen(fen, unit)) if long else f"({formula})"
    return replace(
        base,
        value=_rounded(from_fen(1, unit) * average, 2),
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


def _of_operands(plan: QueryPlan, library: Library) -> Computed | None:
    """A share, ratio, difference, sum, average or order of single amounts."""
    found = [_operand(part, library) for part in plan.parts]
    if len(found) == 1:
        found.append(_total_of(plan.parts[0], library))
    elif len({one.fen for one in found if one}) < len(found):
        found = [_operand(_by_hand(part), library) for part in plan.parts]
    operands = [one for one in found if one is not None and one.fen is not None and one.citations]
    if len(operands) < len(found) or _twice(operands):
        return None
    match plan.operation:
        case Operation.SHARE:
            return _share(plan, *operands) if len(operands) == _TWO else None
        case Operation.RATIO:
            return _ratio(plan, *operands) if len(operands) == _TWO else None
        case Operation.COMPARE if len(operands) == _TWO:
            return _difference(plan, *operands)
        case Operation.SUM | Operation.AVERAGE:
            return _together(plan, operands)
        case Operation.RANK | Operation.COMPARE:
            return _in_order(plan, operands)
        case _:
            return None


def _operand(part: QueryPlan, library: Library) -> AmountEvidence | None:
    """The one amount of a part: a cell, a fact, or the sum of a selection."""
    if part.selections or part.parts:
        found = compute(part, library)
        return _as_amount(found[0]) if len(found) == 1 else None
    amounts = look_up(part, library).amounts
    return amounts[0] if len(amounts) == 1 else None


def _by_hand(part: QueryPlan) -> QueryPlan:
    """The part with its rows added up one by one, whatever sum is printed."""
    rows = tuple(replace(selection, total_id=None) for selection in part.selections)
    return replace(part, selections=rows)


def _as_amount(computed: Computed) -> AmountEvidence:
    one = len(computed.rows) == 1
    what = computed.what or "、".join(row.label for row in computed.rows)
    return AmountEvidence(
        label=computed.rows[0].label if one else f"{what}合计",
        fen=computed.fen,
        value=None,
        unit=computed.unit,
        printed="",
        formula=None if one else computed.formula,
        citations=computed.citations,
        heading=computed.heading,
        year=computed.year,
    )


def _twice(operands: list[AmountEvidence]) -> bool:
    """Whether two operands are the same cell."""
    places = {(o.citations[0].url, o.citations[0].column, o.fen) for o in operands}
    return len(places) < len(operands)


def _base(plan: QueryPlan, operands: list[AmountEvidence]) -> Computed:
    citations = tuple(c for operand in operands for c in operand.citations)
    first = operands[0]
    return Computed(
        plan.operation,
        "",
        None,
        first.unit,
        None,
        None,
        tuple(operands),
        citations,
        True,
        first.year or 0,
    )


def _share(plan: QueryPlan, one: AmountEvidence, other: AmountEvidence) -> Computed | None:
    part, whole = one.fen or 0, other.fen or 0
    if whole <= 0 or part > whole:
        return None
    share = _rounded(Decimal(part) / Decimal(whole) * 100, 2)
    formula = f"{_shown(one)} ÷ {_shown(other)}"
    return replace(_base(plan, [one, other]), value=share, unit="%", formula=formula)


def _ratio(plan: QueryPlan, one: AmountEvidence, other: AmountEvidence) -> Computed | None:
    """How many times the second the first is."""
    if not other.fen:
        return None
    ratio = _rounded(Decimal(one.fen or 0) / Decimal(other.fen), 2)
    formula = f"{_shown(one)} ÷ {_shown(other)}"
    return replace(_base(plan, [one, other]), value=ratio, unit="倍", formula=formula)


def _difference(plan: QueryPlan, one: AmountEvidence, other: AmountEvidence) -> Computed:
    more, less = (one, other) if (one.fen or 0) >= (other.fen or 0) else (other, one)
    difference = (more.fen or 0) - (less.fen or 0)
    return replace(
        _base(plan, [more, less]),
        value=from_fen(difference, one.unit),
        unit=one.unit,
        fen=difference,
        formula=f"{_shown(more)} - {_shown(less)}",
    )


def _together(plan: QueryPlan, operands: list[AmountEvidence]) -> Computed:
    fen, unit = sum(o.fen or 0 for o in operands), operands[0].unit
    formula = " + ".join(map(_shown, operands))
    base = _base(plan, operands)
    if plan.operation is Operation.SUM:
        return replace(base, value=from_fen(fen, unit), fen=fen, formula=formula)
    average = Decimal(fen) / len(operands)
    return replace(
        base,
        value=_rounded(from_fen(1, unit) * average, 2),
        fen=int(average.to_integral_value(ROUND_HALF_UP)),
        formula=f"({formula}) ÷ {len(operands)}",
    )


def _in_order(plan: QueryPlan, operands: list[AmountEvidence]) -> Computed:
    ordered = sorted(operands, key=lambda o: -(o.fen or 0))
    return replace(_base(plan, ordered), operation=Operation.RANK)


def _total_of(part: QueryPlan, library: Library) -> AmountEvidence | None:
    """The total of the table that a part's only cell stands in."""
    if part.selections:
        selection = part.selections[0]
        lexicon = library.lexicon(selection.document_id)
        total = lexicon.total_of.get((selection.table_id, selection.side))
        whole = replace(selection, row_ids=(total,), descending=None) if total else None
        found = _over_rows(part, _only_rows(whole), library) if whole else None
        return _as_amount(found) if found else None
    if not part.cells:
        return None
    target = part.cells[0]
    lexicon = library.lexicon(target.document_id)
    for row_id in lexicon.totals:
        entry = lexicon.rows[row_id]
        if entry.table_id == target.table_id and entry.row.kind is RowKind.TOTAL:
            cell = replace(target, row_id=row_id)
            amounts = look_up(replace(part, cells=(cell,), facts=()), library).amounts
            return amounts[0] if amounts else None
    return None


def _only_rows(selection: Selection) -> Selection:
    """The selection of its named rows, all other conditions dropped."""
    return Selection(
        selection.document_id, selection.table_id, selection.column, row_ids=selection.row_ids
    )


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
    """Each row, or one citation for a selection of very many rows of the table.

    That nothing meets the limits is proved by all rows that they were held against.
    """
    if 0 < len(amounts) <= MOST_ROW_CITATIONS:
        return tuple(amount.citations[0] for amount in amounts)
    document = library.ready(selection.document_id).document
    if not amounts:
        rows = _selected(replace(selection, least_fen=None, most_fen=None), library)
    if not rows:
        return ()
    return (cite_rows(document, table, table.columns[selection.column], rows, what),)


def _what(selection: Selection, table: Table, library: Library) -> str:
    """What the rows are, in words."""
    lexicon = library.lexicon(selection.document_id)
    column = table.columns[selection.column]
    if selection.row_ids:
        text = "、".join(lexicon.rows[row_id].row.label for row_id in selection.row_ids)
    elif selection.parent_ids:
        above = selection.total_id or selection.parent_ids[0]
        text = f"{lexicon.rows[above].row.label}的下级科目"
    elif selection.level is not None:
        text = f"《{table.title}》的{'类款项'[selection.level - 1]}级科目"
    elif selection.side is not None:
        text = f"《{table.title}》的{selection.side}科目"
    else:
        text = "项目" if table.title.count("项目") else f"《{table.title}》的各项"
    if selection.contains:
        names = "”或“".join(selection.contains)
        text = f"名称含“{names}”的{text}"
    if selection.limits_said:
        text = f"金额{selection.limits_said}的{text}"
    if selection.descending is not None and selection.limit is not None:
        order = "最多" if selection.descending else "最少"
        first = f"第{write_numeral(selection.offset + 1)}位"
        place = first if selection.offset else f"{write_numeral(selection.limit)}项"
        text = f"{text}中最{order[-1]}的{place}"
    return text if column.is_whole else f"{text}（{column.path[-1].removeprefix('其中：')}）"


def _fen(row: Row, column: int) -> int | None:
    return next((c.fen for c in row.cells if c.column == column), None)


def _printed(row: Row, column: int) -> str:
    return next((c.printed for c in row.cells if c.column == column), "")


def _shown(amount: AmountEvidence) -> str:
    """The amount in a formula; one that was added up, with its own operands."""
    if amount.formula is not None and " + " in amount.formula:
        return f"({amount.formula})"
    return format_decimal(from_fen(amount.fen or 0, amount.unit))


def _rounded(value: Decimal, places: int) -> Decimal:
    """Rounded half up, to more places where the value would else lose its second digit."""
    while value and places < 6 and abs(value) < Decimal(10) ** (1 - places):
        places += 1
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
