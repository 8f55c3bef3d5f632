"""Questions about whole tables: counts, sums by level, top and bottom, thresholds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from evals.cases import Case, NamesExpected, Place, ValueExpected
from evals.places import row_place, table_id
from evals.printed import Cell, Document, Row, Table

TOLERANCE = Decimal("0.005")
"""Half of the last printed digit of an amount in 万元."""
LEVELS = {3: "类级科目", 5: "款级科目", 7: "项级科目"}
THRESHOLDS = tuple(map(Decimal, (1, 5, 10, 50, 100, 200, 500, 1000)))
MOST_NAMES = 6
"""A list that is asked for by name has no more entries than this."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one level of a table, none of which is part of another; `what` names them."""

    id: str
    table: Table
    where: str
    what: str
    rows: tuple[Row, ...]
    above: Row | None
    """The row that sums them, if one is printed."""

    def amounts(self, column: str) -> dict[Row, Decimal]:
        """The amounts of a column by row."""
        cells = ((row, cell) for row in self.rows for cell in row.amounts)
        return {row: cell.amount for row, cell in cells if cell.column.name == column}

    def slack(self, column: str, total: Decimal) -> Decimal:
        """How far the printed sum is from the added rows, where that can be rounding."""
        cells = self.above.amounts if self.above else ()
        printed = next((c.amount for c in cells if c.column.name == column), total)
        difference = abs(printed - total)
        return difference if difference <= len(self.rows) * 2 * TOLERANCE else Decimal(0)


def table_cases(document: Document) -> Iterator[Case]:
    """The cases of every level, side and family of rows of every table."""
    for table in document.tables:
        for group in chain(_levels(table, document), _families(table)):
            yield from _group_cases(group)


def _levels(table: Table, document: Document) -> Iterator[Group]:
    """All rows of a level, or of a side."""
    rows = [r for r in table.rows if not r.is_total and r.name not in document.units()]
    totals = [row for row in table.rows if row.is_total]
    whole = totals[0] if len(totals) == 1 else None
    identity, title = table_id(table), table.title
    coded = [row for row in rows if row.code]
    for length in sorted({len(row.code or "") for row in coded}):
        level = tuple(row for row in coded if len(row.code or "") == length)
        what = LEVELS[length]
        yield Group(f"{identity}.{what}", table, f"{title}里", what, level, whole)
    sides = [side for side in dict.fromkeys(row.side for row in rows) if side]
    for side in sides:
        level = tuple(row for row in rows if row.side == side)
        sums = [row for row in totals if row.side == side]
        above = sums[-1] if sums else None
        yield Group(f"{identity}.{side}", table, f"{title}的{side}方", "科目", level, above)
    if rows and not coded and not sides and not any(_depth(row) for row in rows):
        what = "项目" if any(row.texts for row in rows) else "支出类别"
        yield Group(f"{identity}.{what}", table, f"{title}里", what, tuple(rows), whole)


def _families(table: Table) -> Iterator[Group]:
    """The direct parts of a row that has at least two."""
    for number, row in enumerate(table.rows):
        parts = tuple(_parts(table.rows, number))
        if len(parts) > 1 and not row.is_total:
            name = f"{row.name}（{row.code}）" if row.code else row.name
            what = LEVELS[len(parts[0].code)] if parts[0].code else "分项"
            identity = f"{table_id(table)}.{row.code or row.name}"
            yield Group(identity, table, f"{table.title}里，{name}下面", what, parts, row)


def _parts(rows: tuple[Row, ...], number: int) -> Iterator[Row]:
    parent = rows[number]
    if parent.code:
        yield from (
            row
            for row in rows
            if row.code
            and row.code.startswith(parent.code)
            and len(row.code) == len(parent.code) + 2
        )
        return
    for row in rows[number + 1 :]:
        if row.side or row.code or _depth(row) <= _depth(parent):
            return
        if _depth(row) == _depth(parent) + 1:
            yield row


def _depth(row: Row) -> int:
    """How deep the label's numbering puts the row: （一） below a plain name, 1. below （一）."""
    label = row.label.removeprefix("其中：")
    if re.match(r"\d+[.．]", label):
        return 2
    return 1 if label.startswith("（") else 0


def _group_cases(group: Group) -> Iterator[Case]:
    whole = group.table.whole(group.rows[0])
    if whole is None:
        return
    name = whole.column.name
    if group.table.rows[0].side is None:  # a side is a form: that it lists a name says nothing
        question = f"{group.where}一共有几个{group.what}？"
        yield _counted(group, "count", question, len(group.rows))
    known = []
    for cell in group.rows[0].amounts:
        amounts = group.amounts(cell.column.name)
        if len(amounts) == len(group.rows) and any(amounts.values()) and amounts not in known:
            known.append(amounts)
            words = "" if cell.column.name == name else cell.column.spoken
            yield from _measured(group, cell, words, amounts)


def _measured(group: Group, cell: Cell, words: str, amounts: dict[Row, Decimal]) -> Iterator[Case]:
    """Sum, ranks and counts by one column; `words` names it where it is not the whole."""
    measure, mark = words or "金额", f"-{words}" if words else ""
    order = sorted((r for r in amounts if amounts[r]), key=lambda r: -amounts[r])
    column, table, total = cell.column.name, group.table, sum(amounts.values(), Decimal(0))
    if len(order) > 1:
        yield Case(
            id=f"{group.id}.sum{mark}",
            category="aggregate",
            question=f"{group.where}所有{group.what}的{measure}加起来是多少？",
            expect=ValueExpected(
                value=total, unit=table.unit, tolerance=TOLERANCE + group.slack(column, total)
            ),
            must_cite=(Place(table=table.title),),
            note="逐项相加；合计行的尾差不算错",
        )
    if len(order) < len(amounts):
        question = f"{group.where}{measure}不为零的{group.what}有几个？"
        yield _counted(group, f"nonzero{mark}", question, len(order))
    yield from _ranked(group, mark, measure, amounts, order, column)
    for least, above in _thresholds([(row, amounts[row]) for row in order]).items():
        what = f"{group.where}{measure}超过{least}{table.unit}的{group.what}"
        yield _counted(group, f"over{least}{mark}", f"{what}有几个？", len(above))
        if len(above) <= MOST_NAMES and len({row.name for row in above}) == len(above):
            shape = f"over{least}{mark}-names"
            yield _named(group, shape, f"{what}有哪些？", above, column, ordered=False)


def _thresholds(order: list[tuple[Row, Decimal]]) -> dict[Decimal, list[Row]]:
    """Round amounts that part the rows in different ways, with the rows above; at most three."""
    chosen: dict[int, Decimal] = {}
    for least in THRESHOLDS:
        above = sum(amount > least for _, amount in order)
        if 0 < above < len(order) and all(amount != least for _, amount in order):
            chosen.setdefault(above, least)
    picked = list(chosen.values())
    few = picked[:: (len(picked) + 2) // 3] if picked else []
    return {least: [row for row, amount in order if amount > least] for least in few}


def _ranked(
    group: Group,
    mark: str,
    measure: str,
    amounts: dict[Row, Decimal],
    order: list[Row],
    column: str,
) -> Iterator[Case]:
    where, what = f"{group.where}{measure}", group.what
    questions: tuple[tuple[str, int, list[Row], Callable[[int], str]], ...] = (
        ("top", 1, order, lambda _: f"{where}最多的{what}是哪个？"),
        ("top", 3, order, lambda n: f"{where}排前{n}的{what}是哪几个？从多到少列出来"),
        ("top", 5, order, lambda n: f"{where}最多的{n}个{what}依次是什么？"),
        ("bottom", 1, order[::-1], lambda _: f"{where}最少的{what}是哪个（为零的不算）？"),
        (
            "bottom",
            3,
            order[::-1],
            lambda n: f"{where}最少的{n}个{what}（不算为零的）从少到多是哪些？",
        ),
    )
    for shape, n, ranked, question in questions:
        first, rest = ranked[:n], ranked[n:]
        distinct = {amounts[row] for row in first} | {amounts[row] for row in rest[:1]}
        whole = len(distinct) == n + 1 and len({row.name for row in first}) == n
        if rest and whole:
            shape = f"{shape}{n}{mark}"
            yield _named(group, shape, question(n), first, column, ordered=n > 1)


def _named(
    group: Group, shape: str, question: str, rows: list[Row], column: str, *, ordered: bool
) -> Case:
    return Case(
        id=f"{group.id}.{shape}",
        category="ranking" if shape.startswith(("top", "bottom")) else "filter_count",
        question=question,
        expect=NamesExpected(names=tuple(row.name for row in rows), ordered=ordered),
        must_cite=tuple(row_place(group.table, row, column) for row in rows),
        all=True,
    )


def _counted(group: Group, shape: str, question: str, count: int) -> Case:
    return Case(
        id=f"{group.id}.{shape}",
        category="filter_count",
        question=question,
        expect=ValueExpected(value=Decimal(count)),
        must_cite=(Place(table=group.table.title),),
    )
