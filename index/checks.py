"""What must add up. A check gives findings and never raises: a document is what it is.

Sums are checked down the rows and across the columns of every table, equal
figures between tables, prose against tables and prose against itself, and
texts that are printed twice against each other. A difference that rounding
explains (尾差) is told apart from a real contradiction.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from index.labels import account_named, is_grand_total, plain
from index.records import (
    BudgetDocument,
    Column,
    ColumnRole,
    Fact,
    FactMeasure,
    Finding,
    FindingKind,
    Row,
    RowKind,
    Table,
    TableKind,
)
from index.units import FEN_PER, format_decimal, from_fen

_ENDINGS = ("预算", "支出", "费用", "经费", "费")
_SHOWN_CONTEXT = 4
_SIDES = ("收入", "支出")
_THIS_YEAR = "本年"
"""A column of 本年收入合计 leaves out what is carried over, which 收入总计 holds."""
_SUM_CHECKS = ("纵向合计", "横向合计")


@dataclass(frozen=True, slots=True)
class _Figure:
    """An amount with the words that name it."""

    name: str
    fen: int
    row: Row
    table: Table


def check(document: BudgetDocument) -> tuple[Finding, ...]:
    """All findings about the document, in the order of its tables."""
    return (
        *(f for table in document.tables for f in _down_the_rows(table)),
        *(f for table in document.tables for f in _across_the_columns(table)),
        *_between_tables(document),
        *_prose_against_tables(document),
        *_prose_against_itself(document.facts),
        *_texts_printed_twice(document),
    )


def _down_the_rows(table: Table) -> Iterator[Finding]:
    for column in _amounts(table):
        for whole, parts in _row_sums(table, column):
            yield from _sum_finding(
                table,
                column,
                whole,
                parts,
                f"表《{table.title}》“{column.name}”列“{whole.printed}”",
            )


def _row_sums(table: Table, column: Column) -> Iterator[tuple[Row, list[Row]]]:
    """Each row that is a sum, with the rows it is the sum of.

    A sum below another adds up what stands between them, and the last all that is above it.
    """
    for side in dict.fromkeys(row.side for row in table.rows):
        rows = [r for r in table.rows if r.side == side and _fen(r, column) is not None]
        held: list[Row] = []
        totals = [r for r in rows if r.kind is RowKind.TOTAL]
        for row in rows:
            part = row.kind is RowKind.SUBTOTAL and row.level == 0
            if row.kind is RowKind.TOTAL or part:
                sums = [at for at, r in enumerate(held) if part and r.kind is RowKind.SUBTOTAL]
                after = max(sums, default=-1) + 1
                if held[after:]:
                    yield row, held[after:]
                    held = [*held[:after], row]
            elif row.level == 1:
                held.append(row)
        if totals and rows and rows[0] is totals[0] and len(held) > 0:
            yield totals[0], held
        for row in rows:
            children = [r for r in rows if r.parent_id == row.id]
            if children:
                yield row, children


def _across_the_columns(table: Table) -> Iterator[Finding]:
    for whole, parts in _column_sums(table):
        for row in table.rows:
            total = _fen(row, whole)
            amounts = [_fen(row, part) for part in parts]
            if total is None or all(a is None for a in amounts):
                continue
            difference = sum(a or 0 for a in amounts) - total
            if difference:
                names = " + ".join(part.path[-1].removeprefix("其中：") for part in parts)
                yield _difference(
                    table.unit,
                    difference,
                    len(parts),
                    "横向合计",
                    f"表《{table.title}》“{row.printed}”行 {names} 与“{whole.name}”",
                    total,
                    (row.id,),
                    whole.index,
                )


def _column_sums(table: Table) -> Iterator[tuple[Column, list[Column]]]:
    """Each column that is a whole, with the columns that are its parts."""
    for side in dict.fromkeys(row.side for row in table.rows):
        columns = [c for c in _amounts(table) if side is None or c.path[0] == side]
        whole = next((c for c in columns if c.is_whole), None)
        if whole is None:
            continue
        groups: dict[str, list[Column]] = {}
        for column in columns:
            if column is not whole and account_named(column.path[-1]) is None:
                head = column.path[0] if whole.path[0] != column.path[0] else column.path[-1]
                groups.setdefault(head, []).append(column)
        parts: list[Column] = []
        for members in groups.values():
            sums = [c for c in members if len(members) > 1 and c.path[-1] in ("合计", "小计")]
            if sums:
                yield sums[0], [c for c in members if c is not sums[0]]
            parts += sums[:1] or members
        if len(parts) > 1:
            yield whole, parts


def _between_tables(document: BudgetDocument) -> Iterator[Finding]:
    by_kind: dict[TableKind, Table] = {}
    for table in document.tables:
        by_kind.setdefault(table.kind, table)
    figures = [f for table in by_kind.values() for f in _named_figures(table)]
    groups: dict[str, list[_Figure]] = {}
    for figure in figures:
        groups.setdefault(figure.name, []).append(figure)
    for name, same in groups.items():
        for other in same[1:]:
            if other.fen != same[0].fen:
                yield _difference(
                    same[0].table.unit,
                    other.fen - same[0].fen,
                    1,
                    "表间一致",
                    f"“{name}”：表《{other.table.title}》与表《{same[0].table.title}》",
                    same[0].fen,
                    (same[0].row.id, other.row.id),
                )


def _named_figures(table: Table) -> Iterator[_Figure]:
    """The amounts of the table that another table must print as well."""
    wholes = [c for c in reversed(_amounts(table)) if c.is_whole]  # the first of a side counts
    by_side = {c.path[0] if c.path[0] in _SIDES else None: c for c in wholes}
    for row in table.rows:
        column = by_side.get(row.side) or by_side.get(None)
        fen = _fen(row, column) if column else None
        if fen is None:
            continue
        this_year = column is not None and column.path[-1].startswith(_THIS_YEAR)
        if row.kind is RowKind.TOTAL and is_grand_total(row.label):
            names = () if this_year else _names_of_total(table.kind, row)
            yield from _parts_of_total(table, row)
        elif table.kind is TableKind.INCOME and this_year:
            names = ()
        else:
            names = _names_of_part(table, row, fen)
        for name in names:
            yield _Figure(name, fen, row, table)


def _names_of_total(kind: TableKind, row: Row) -> tuple[str, ...]:
    """What the grand total of a kind of table is called wherever it is printed."""
    if kind is TableKind.TOTALS:
        return f"{row.side}总计", "收支总计"
    names = {
        TableKind.FISCAL_TOTALS: "财政拨款收支总计",
        TableKind.INCOME: "收入总计",
        TableKind.SPENDING: "支出总计",
        TableKind.GENERAL_BASIC: "一般公共预算基本支出",
        TableKind.GENERAL_PROJECT: "一般公共预算项目支出",
        TableKind.BASIC: "部门基本支出",
        TableKind.PROJECTS: "部门项目支出",
    }
    return (names[kind],) if kind in names else ()


def _names_of_part(table: Table, row: Row, fen: int) -> tuple[str, ...]:
    """What a row below the total is called in other tables.

    A project whose name stands twice in its table, under two units, is not told by it.
    """
    kind = table.kind
    if kind is TableKind.TOTALS and row.side == "支出" and fen:
        return (f"功能分类 {plain(row.label)}",)
    if kind is TableKind.INCOME and row.code:
        return (f"功能分类 {row.code}",)
    if kind is TableKind.SPENDING and row.code:
        by_name = (f"功能分类 {plain(row.label)}",) if row.level == 1 else ()
        return (f"功能分类 {row.code}", *by_name)
    if kind in (TableKind.PROJECTS, TableKind.KEY_GOALS) and row.kind is RowKind.LEAF:
        once = sum(other.label == row.label for other in table.rows) == 1
        return (f"项目 {row.label}",) if once else ()
    return ()


def _parts_of_total(table: Table, row: Row) -> Iterator[_Figure]:
    """基本支出 and 项目支出 of the total, which have tables of their own."""
    prefix = {TableKind.SPENDING: "部门", TableKind.GENERAL_SPENDING: "一般公共预算"}.get(
        table.kind
    )
    for column in _amounts(table) if prefix else ():
        fen = _fen(row, column)
        for part in ("基本支出", "项目支出"):
            if fen is not None and column.path[-1].endswith(part):
                yield _Figure(f"{prefix}{part}", fen, row, table)


def _prose_against_tables(document: BudgetDocument) -> Iterator[Finding]:
    aliases = {plain(a): plain(b) for a, b in document.aliases}
    aliases |= {b: a for a, b in aliases.items()}
    printed = _figures_for_prose(document)
    for fact in document.facts:
        if fact.measure is not FactMeasure.AMOUNT or fact.fen is None:
            continue
        names = (_stem(fact.subject), _stem(aliases.get(plain(fact.subject), fact.subject)))
        figure = next((printed[n] for n in names if n in printed), None)
        if figure is not None and figure.fen != fact.fen:
            what = (
                f"情况说明“{fact.subject}{fact.printed}”与表《{figure.table.title}》"
                f"“{figure.row.printed}”"
            )
            found = _difference(
                figure.table.unit,
                fact.fen - figure.fen,
                1,
                "文表一致",
                what,
                figure.fen,
                (figure.row.id,),
            )
            yield replace(found, passage_ids=(fact.passage_id,))


def _figures_for_prose(document: BudgetDocument) -> dict[str, _Figure]:
    """The amounts that 情况说明 speaks of, by the stem of their name."""
    printed: dict[str, _Figure] = {}
    for table in document.tables:
        this_year: dict[str | None, int] = {}
        for row in table.rows:
            columns = (c for c in _amounts(table) if c.is_whole)
            fen = next((f for c in columns if (f := _fen(row, c)) is not None), None)
            if fen is None:
                continue
            if table.kind is TableKind.ADMIN_AND_THREE_PUBLIC:
                printed.setdefault(_stem(row.label), _Figure(row.label, fen, row, table))
            elif row.kind is RowKind.SUBTOTAL and row.label.startswith(_THIS_YEAR):
                this_year[row.side] = fen
            elif table.kind is TableKind.TOTALS and is_grand_total(row.label) and row.side:
                if this_year.get(row.side, fen) != fen:
                    continue  # 收入 in prose may be either
                printed.setdefault(row.side, _Figure(row.label, fen, row, table))
    return printed


def _prose_against_itself(facts: tuple[Fact, ...]) -> Iterator[Finding]:
    """The printed rate of change against the one that the printed amounts give."""
    for rate in facts:
        if rate.measure is not FactMeasure.RATE or rate.value is None or rate.unit != "%":
            continue
        of = [f for f in facts if f.passage_id == rate.passage_id and f.subject == rate.subject]
        change = next(
            (f for f in of if f.measure is FactMeasure.CHANGE and f.value is not None), None
        )
        prior = next((f for f in of if f.measure is FactMeasure.PRIOR and f.value), None)
        if change is None or prior is None or not change.value or not prior.value:
            continue
        given = change.value / prior.value * 100
        if abs(given - rate.value) > _half_of_last_digit(rate.value) + Decimal("0.0001"):
            yield Finding(
                FindingKind.CONFLICT,
                "增长率",
                f"“{rate.subject}”写明变动 {rate.printed}，"
                f"按金额计算为 {format_decimal(round(given, 2))}%",
                passage_ids=(rate.passage_id,),
            )


def _half_of_last_digit(value: Decimal) -> Decimal:
    """By how much rounding to the digits that are printed may change a figure."""
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    return Decimal(1).scaleb(-places) / 2


def _texts_printed_twice(document: BudgetDocument) -> Iterator[Finding]:
    """Texts of the same project in different tables that are not the same to the letter.

    A name that stands twice in a table is of two units, whose texts may differ.
    """
    first: dict[tuple[str, str], tuple[Row, str, Table]] = {}
    for table in document.tables:
        texts = {c.index: c.path[-1] for c in table.columns if c.role is ColumnRole.TEXT}
        names = Counter(plain(row.label) for row in table.rows)
        for row in table.rows:
            for cell in row.cells if names[plain(row.label)] == 1 else ():
                if cell.column not in texts or not cell.printed:
                    continue
                key = (plain(row.label), texts[cell.column])
                before = first.setdefault(key, (row, cell.printed, table))
                if before[2] is not table and plain(before[1]) != plain(cell.printed):
                    places = "；".join(_differing(before[1], cell.printed))
                    yield Finding(
                        FindingKind.WORDING,
                        "文字一致",
                        f"“{row.label}”的{texts[cell.column]}在表《{before[2].title}》与"
                        f"表《{table.title}》中不一致：{places}",
                        (before[0].id, row.id),
                    )


def _differing(one: str, other: str) -> Iterator[str]:
    for tag, a, b, c, d in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag != "equal":
            left, right = max(0, a - _SHOWN_CONTEXT), max(0, c - _SHOWN_CONTEXT)
            yield f"“{one[left : b + _SHOWN_CONTEXT]}”/“{other[right : d + _SHOWN_CONTEXT]}”"


def _sum_finding(
    table: Table, column: Column, whole: Row, parts: list[Row], what: str
) -> Iterable[Finding]:
    total = _fen(whole, column) or 0
    difference = sum(_fen(part, column) or 0 for part in parts) - total
    if not difference:
        return ()
    names = f"{len(parts)}个分项之和与{what}"
    return (
        _difference(
            table.unit, difference, len(parts), "纵向合计", names, total, (whole.id,), column.index
        ),
    )


def _difference(
    unit: str,
    fen: int,
    parts: int,
    check: str,
    what: str,
    total: int,
    row_ids: tuple[str, ...],
    column: int | None = None,
) -> Finding:
    """A finding about a difference; each rounded part may be off by half of the last digit."""
    last_digit = FEN_PER[unit] / 100
    rounding = abs(fen) <= last_digit * (parts + 1) / 2
    size = format_decimal(abs(from_fen(fen, unit)))
    more = ("多" if fen > 0 else "少") if check in _SUM_CHECKS else "相差"
    return Finding(
        FindingKind.ROUNDING if rounding else FindingKind.CONFLICT,
        check,
        f"{what}（{format_decimal(from_fen(total, unit))} {unit}）相比，{more} {size} {unit}",
        row_ids,
        difference_fen=fen,
        column=column,
    )


def _amounts(table: Table) -> list[Column]:
    return [c for c in table.columns if c.role is ColumnRole.AMOUNT]


def _fen(row: Row, column: Column) -> int | None:
    return next((c.fen for c in row.cells if c.column == column.index), None)


def _stem(label: str) -> str:
    """A label without the endings that differ between prose and tables."""
    text = plain(label)
    for ending in _ENDINGS:
        if text.endswith(ending) and len(text) > len(ending) + 1:
            text = text.removesuffix(ending)
    return text
