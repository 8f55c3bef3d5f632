"""What a plan must give, worked out in plain Python over the records of a document.

Neither the store nor anything of `qa_service.compute` or `qa_service.numbers` takes part: the
rows are filtered, ordered and added up here by what `Selection` says of its fields.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from index.labels import plain
from index.records import (
    BudgetDocument,
    Cell,
    ColumnRole,
    Fact,
    NamePart,
    Row,
    RowKind,
    Table,
    TableKind,
)
from qa_service.types import CellTarget, FactTarget, Operation, QueryPlan, Selection

ROUNDED_FEN = 10_000
"""What each row of a table in 万元 with two decimals may be off by, at most twice its half unit."""
CITED_SINGLY = 20
CITED_OF_AN_AMOUNT = 6
MOST_PLACES = 6
_TWO = 2


LEAST_NAME = 3
"""A subject of a shorter name is paid as no project of its own."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A printed amount and where it stands."""

    table: Table
    row: Row
    cell: Cell

    @property
    def fen(self) -> int:
        assert self.cell.fen is not None
        return self.cell.fen


@dataclass(frozen=True, slots=True)
class Nothing:
    """The plan gives nothing, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that an operation gives or rests on, and what comes of them."""

    spots: tuple[Spot, ...]
    value: Fraction | None = None
    """In 分, or a number of rows; None for a ranking and a list."""
    total: Spot | None = None
    """The printed sum of the rows, where the document prints one."""
    missed: tuple[Spot, ...] = ()
    """Where no row meets the limits: the rows that were held against them."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount that a part of a plan means, with all the places that print it."""

    fen: int | None
    places: tuple[str, ...]
    """The ids of the rows, tables or passages, as they are cited."""
    columns: tuple[str | None, ...]
    fact_id: str | None = None
    """The fact of the prose that it is read from first; a passage may hold several."""


@dataclass(frozen=True, slots=True)
class Operands:
    """The amounts in the order in which they are told, and what comes of them."""

    amounts: tuple[Amount, ...]
    value: Fraction | None
    """In percent, times or 分; None for an order."""


def over_rows(operation: Operation, chosen: Selection, document: BudgetDocument) -> Rows | Nothing:
    """What a sum, a count, an average, a ranking or a list of the selection gives."""
    table = next(t for t in document.tables if t.id == chosen.table_id)
    met = _chosen(chosen, table)
    if (chosen.contains or chosen.row_ids) and not met:
        return Nothing("no row has such a name, or those that are named do not meet the limits")
    missed = (
        ()
        if met
        else tuple(
            _chosen(replace(chosen, least_fen=None, most_fen=None, multiple_fen=None), table)
        )
    )
    match operation:
        case Operation.COUNT:
            return Rows(tuple(met), Fraction(len(met)), missed=missed)
        case Operation.LIST:
            return Rows(tuple(met), missed=missed)
        case Operation.RANK:
            return Rows(tuple(met)) if met else Nothing("no row is left")
        case Operation.SUM | Operation.AVERAGE:
            return _added(operation, met, chosen, table)
        case _:
            return Nothing("nothing is done with rows")


def _chosen(chosen: Selection, table: Table) -> list[Spot]:
    return _placed(
        _ordered([s for s in _spots(table, chosen.column) if _meets(s, chosen)], chosen), chosen
    )


def _spots(table: Table, column: int) -> list[Spot]:
    """The amounts of a column from top to bottom."""
    return [
        Spot(table, row, cell)
        for row in sorted(table.rows, key=lambda row: row.ordinal)
        for cell in row.cells
        if cell.column == column and cell.fen is not None
    ]


def _meets(spot: Spot, chosen: Selection) -> bool:
    row = spot.row
    return (
        (not chosen.row_ids or row.id in chosen.row_ids)
        and row.id not in chosen.excluded_ids
        and (not chosen.kinds or row.kind in chosen.kinds)
        and (chosen.level is None or row.level == chosen.level)
        and (chosen.side is None or row.side == chosen.side)
        and (not chosen.parent_ids or row.parent_id in chosen.parent_ids)
        and (not chosen.contains or any(_named(row, p, chosen) for p in chosen.contains))
        and (chosen.least_fen is None or spot.fen >= chosen.least_fen)
        and (chosen.most_fen is None or spot.fen <= chosen.most_fen)
        and (chosen.multiple_fen is None or spot.fen % chosen.multiple_fen == 0)
    )


def _named(row: Row, text: str, chosen: Selection) -> bool:
    name = plain(row.label)
    match chosen.name_part:
        case NamePart.BEGINNING:
            return name.startswith(text)
        case NamePart.END:
            return name.endswith(text)
        case _:
            return text in name


def _ordered(spots: list[Spot], chosen: Selection) -> list[Spot]:
    """By amount where an order is asked for; the same amounts stay in printed order."""
    if chosen.descending is None:
        return spots
    sign = -1 if chosen.descending else 1
    return sorted(spots, key=lambda spot: sign * spot.fen)


def _placed(spots: list[Spot], chosen: Selection) -> list[Spot]:
    """The places from `offset` on; whoever has as much as the last of them has its place too."""
    if chosen.limit is None:
        return spots[chosen.offset :]
    kept: list[Spot] = []
    for place, spot in enumerate(spots):
        within = chosen.offset <= place < chosen.offset + chosen.limit
        if within or (kept and chosen.descending is not None and spot.fen == kept[-1].fen):
            kept.append(spot)
    return kept


def _added(
    operation: Operation, spots: list[Spot], chosen: Selection, table: Table
) -> Rows | Nothing:
    """The sum or average; that of the printed sum, where the rows come to it but for rounding."""
    if not spots:
        return Nothing("no row is left")
    fen, total = sum(spot.fen for spot in spots), _printed_sum(chosen, table)
    if total is not None and abs(total.fen - fen) <= ROUNDED_FEN * len(spots):
        fen = total.fen
    else:
        total = None
    return Rows(tuple(spots), Fraction(fen, 1 if operation is Operation.SUM else len(spots)), total)


def _printed_sum(chosen: Selection, table: Table) -> Spot | None:
    """The sum that the selection says the document prints, where nothing leaves rows out."""
    limits = (chosen.least_fen, chosen.most_fen, chosen.descending)
    if chosen.row_ids or chosen.contains or chosen.excluded_ids or limits != (None, None, None):
        return None
    return next((s for s in _spots(table, chosen.column) if s.row.id == chosen.total_id), None)


def of_operands(plan: QueryPlan, document: BudgetDocument) -> Operands | Nothing:
    """What comes of the plan's parts; of one part, its share of its table."""
    found = [_operand(part, document) for part in plan.parts]
    if len(found) == 1:
        found.append(_sum_of_its_table(plan.parts[0], document))
    elif len({one.fen for one in found if one}) < len(found):
        # The same amount twice may be one printed sum twice: the rows are added up instead.
        found = [_operand(_row_by_row(part), document) for part in plan.parts]
    known = [one for one in found if one is not None and one.fen is not None]
    if len(known) < len(found):
        return Nothing("an operand means no amount, several or a blank, or its table has no sum")
    if len(set(plan.parts)) < len(plan.parts):
        return Nothing("an operand is named twice")
    if plan.operation is Operation.DIFFERENCE:
        return _without(known)
    return _of_two(plan.operation, *known) if len(known) == _TWO else _of_many(plan, known)


def _row_by_row(part: QueryPlan) -> QueryPlan:
    rows = tuple(replace(chosen, total_id=None) for chosen in part.selections)
    return replace(part, selections=rows)


def _without(known: list[Amount]) -> Operands | Nothing:
    """The first amount without the others."""
    first, *others = (one.fen or 0 for one in known)
    rest = first - sum(others)
    return Operands(tuple(known), Fraction(rest)) if rest >= 0 else Nothing("more than the whole")


def _of_two(operation: Operation, one: Amount, other: Amount) -> Operands | Nothing:
    first, second = one.fen or 0, other.fen or 0
    match operation:
        case Operation.SHARE if second <= 0 or first > second:
            return Nothing("a part that is more than the whole, or a whole of nothing")
        case Operation.SHARE:
            return Operands((one, other), Fraction(first * 100, second))
        case Operation.RATIO if not second:
            return Nothing("how many times nothing")
        case Operation.RATIO:
            return Operands((one, other), Fraction(first, second))
        case Operation.COMPARE:
            told = (one, other) if first >= second else (other, one)
            return Operands(told, Fraction(abs(first - second)))
        case _:
            return _added_up(operation, [one, other])


def _of_many(plan: QueryPlan, known: list[Amount]) -> Operands | Nothing:
    if plan.operation in (Operation.SHARE, Operation.RATIO):
        return Nothing("a share of more than one whole")
    return _added_up(plan.operation, known)


def _added_up(operation: Operation, known: list[Amount]) -> Operands:
    """The sum or the average of the operands in their order, or the operands from the most on."""
    total = sum(one.fen or 0 for one in known)
    match operation:
        case Operation.SUM:
            return Operands(tuple(known), Fraction(total))
        case Operation.AVERAGE:
            return Operands(tuple(known), Fraction(total, len(known)))
        case _:
            return Operands(tuple(sorted(known, key=lambda one: -(one.fen or 0))), None)


def _operand(part: QueryPlan, document: BudgetDocument) -> Amount | None:
    """The one amount of a part: of its readings, or the sum of its selection."""
    if not part.selections:
        found = amounts(part, document)
        return found[0] if len(found) == 1 else None
    (chosen,) = part.selections
    rows = over_rows(part.operation, chosen, document)
    if isinstance(rows, Nothing) or rows.value is None:
        return None
    column = _table_of(chosen, document).columns[chosen.column].name
    cited = [spot.row.id for spot in rows.spots]
    cited = cited if len(cited) <= CITED_SINGLY else [chosen.table_id]
    cited = [rows.total.row.id, *cited] if rows.total else cited
    return Amount(int(rows.value), tuple(cited), (column,) * len(cited))


def _table_of(chosen: Selection, document: BudgetDocument) -> Table:
    return next(t for t in document.tables if t.id == chosen.table_id)


def amounts(plan: QueryPlan, document: BudgetDocument) -> list[Amount]:
    """The different amounts of the plan's readings, the best reading first."""
    targets: list[CellTarget | FactTarget] = [*plan.cells, *plan.facts]
    groups: dict[object, list[Amount]] = {}
    ordered = sorted(targets, key=lambda target: -target.score)
    projects = {t.id for t in document.tables if t.kind is TableKind.PROJECTS}
    meant = any(cell.table_id in projects for cell in plan.cells)
    reads = [
        ((same, amount if meant else _with_project(amount, target, document)), target)
        for target in ordered
        for same, amount in filter(None, [_read(target, document)])
    ]
    filled = [read for read, target in reads if _is_filled(read[1], target, document)]
    for same, amount in filled or [read for read, _ in reads]:
        groups.setdefault(same, []).append(amount)
    return [_as_one(same[:CITED_OF_AN_AMOUNT]) for same in groups.values()]


def _is_filled(amount: Amount, target: CellTarget | FactTarget, document: BudgetDocument) -> bool:
    """Whether a number is printed; a blank beside an amount is no other amount."""
    if amount.fen is not None or isinstance(target, CellTarget):
        return amount.fen is not None
    return next(f for f in document.facts if f.id == target.fact_id).value is not None


def _as_one(same: list[Amount]) -> Amount:
    return replace(
        same[0],
        places=tuple(place for one in same for place in one.places),
        columns=tuple(column for one in same for column in one.columns),
    )


def _read(
    target: CellTarget | FactTarget, document: BudgetDocument
) -> tuple[object, Amount] | None:
    """What makes an amount the same as another, and the amount; None where there is no cell."""
    if isinstance(target, FactTarget):
        fact = next(f for f in document.facts if f.id == target.fact_id)
        return _same_fact(fact), Amount(fact.fen, (fact.passage_id,), (None,), fact.id)
    table = next(t for t in document.tables if t.id == target.table_id)
    row = next(r for r in table.rows if r.id == target.row_id)
    cell = next((c for c in row.cells if c.column == target.column), None)
    if cell is None:
        return None
    amount = Amount(cell.fen, (row.id,), (table.columns[target.column].name,))
    if cell.fen is None:
        return (table.unit, cell.printed, document.year), amount
    return (cell.fen, document.year), amount


def _with_project(
    amount: Amount, target: CellTarget | FactTarget, document: BudgetDocument
) -> Amount:
    """The amount of a subject with the place of the one project of that name and amount."""
    if isinstance(target, FactTarget):
        return amount
    table = next(t for t in document.tables if t.id == target.table_id)
    row = next(r for r in table.rows if r.id == target.row_id)
    whole, name = _whole(row, table), plain(row.label)
    of_it = [
        (one, projects)
        for projects in document.tables
        for one in projects.rows
        if projects.kind is TableKind.PROJECTS
        and one.kind not in (RowKind.TOTAL, RowKind.SUBTOTAL)
        and whole
        and _whole(one, projects) == whole
        and name in plain(one.label)
    ]
    if row.code is None or len(name) < LEAST_NAME or len(of_it) != 1:
        return amount
    ((project, projects),) = of_it
    cell = next((c for c in project.cells if c.fen is not None and c.fen == amount.fen), None)
    if cell is None:
        return amount
    places, columns = (
        (*amount.places, project.id),
        (*amount.columns, projects.columns[cell.column].name),
    )
    return replace(amount, places=places, columns=columns)


def _whole(row: Row, table: Table) -> int | None:
    """The amount of a row in the first whole column of its table."""
    wholes = [i for i, c in enumerate(table.columns) if c.role is ColumnRole.AMOUNT and c.is_whole]
    return next((c.fen for c in row.cells if c.column in wholes[:1]), None)


def _same_fact(fact: Fact) -> object:
    if fact.fen is not None:
        return (fact.fen, fact.year)
    return (fact.value, fact.unit, fact.printed, fact.year)


def _sum_of_its_table(part: QueryPlan, document: BudgetDocument) -> Amount | None:
    """The total of the table of the part's best cell or of its selection, in that column."""
    if part.selections:
        (chosen,) = part.selections
        table = _table_of(chosen, document)
        totals = [r for r in table.rows if r.kind is RowKind.TOTAL and r.side == chosen.side]
        return _in_column(totals, table, chosen.column) if len(totals) == 1 else None
    if not part.cells:
        return None
    table = next(t for t in document.tables if t.id == part.cells[0].table_id)
    side = next(row.side for row in table.rows if row.id == part.cells[0].row_id)
    totals = [row for row in table.rows if row.kind is RowKind.TOTAL and row.side == side]
    return _in_column(totals[:1], table, part.cells[0].column)


def _in_column(rows: list[Row], table: Table, column: int) -> Amount | None:
    printed = [(row, c) for row in rows for c in row.cells if c.column == column]
    if not printed:
        return None
    row, cell = printed[0]
    return Amount(cell.fen, (row.id,), (table.columns[column].name,))


def rounded(value: Fraction) -> Decimal:
    """Half up to two decimals, or to as many as keep two digits, six at most."""
    places = 2
    while value and places < MOST_PLACES and abs(value) < Fraction(1, 10 ** (places - 1)):
        places += 1
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
