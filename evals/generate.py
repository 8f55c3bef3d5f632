"""Every question that a printed document answers by itself, with what the answer must hold.

    each amount    by label and table, by code, by label and column, by the table's number
    each passage   from its own number, heading, term or project
    each table     counts, sums by level, top and bottom, thresholds

What is expected is read by `printed.py`, never from the service's index. A question with
several right readings expects all of their amounts or a question back; one that cannot be
asked fairly is left out. The same document always gives the same cases in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from pathlib import Path

from evals.cases import Case, ClarifyExpected, Expect, Place, ValueExpected
from evals.generate_passages import passage_cases
from evals.generate_tables import TOLERANCE, table_cases
from evals.places import row_id, row_place, section_text
from evals.printed import Cell, Document, Row, Table, read_printed

YUAN_PER = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}

AMOUNT_QUESTIONS = (
    "{where}{what}是多少？",
    "{where}{what}安排了多少{unit}？",
    "请问{where}{what}有多少钱",
    "{where}{what}的预算数是几多？",
)
ZERO_QUESTIONS = (
    "{where}{what}是多少？",
    "{where}有没有安排{what}？",
    "{where}{what}有安排吗，多少？",
)


def generate(path: Path) -> Iterator[Case]:
    """The cases of the document. Raises ValueError where it is no printed budget."""
    document = read_printed(path)
    asked: set[str] = set()
    for case in chain(_amounts(document), passage_cases(document), table_cases(document)):
        if case.question is not None and case.question not in asked:
            asked.add(case.question)
            yield case


@dataclass(frozen=True, slots=True)
class Spot:
    """One printed amount with its row and table."""

    table: Table
    row: Row
    cell: Cell
    number: int
    """Its place among all amounts of the document, from 0."""

    @property
    def is_whole(self) -> bool:
        return self.cell == self.table.whole(self.row)

    @property
    def measure(self) -> str:
        """What people call its column; empty for the whole of its row."""
        if self.is_whole:
            return ""
        return self.cell.column.spoken

    @property
    def yuan(self) -> Decimal:
        return self.cell.amount * YUAN_PER[self.table.unit]

    @property
    def what(self) -> str:
        """Row and column in words."""
        return f"{self.row.name}的{self.measure}" if self.measure else self.row.name

    @property
    def line(self) -> str:
        """The same for a row that only its table explains, as a total."""
        return f"{self.row.name}这一行的{self.measure or self.cell.column.last}"


def _amounts(document: Document) -> Iterator[Case]:
    spots = _spots(document)
    named, coded, totals = (
        _grouped(spots, key)
        for key in (
            lambda s: s.row.name,
            lambda s: s.row.code or "",
            lambda s: s.measure if s.row.is_total else "",
        )
    )
    for spot in spots:
        namesakes = named[spot.row.name]
        here = [s for s in namesakes if s.table is spot.table and s.measure == spot.measure]
        sums_all = spot.row.is_total or spot.row.name in document.units()
        what = spot.line if sums_all else spot.what
        yield _asked(spot, "table", f"{spot.table.title}中，", what, here)
        if spot.row.code:
            yield from _by_code(spot, coded[spot.row.code])
        elif spot.table.number:
            yield _asked(spot, "number", f"表{spot.table.number}里", what, here)
        if sums_all:
            continue
        readings = _readings(spot, namesakes, totals.get(spot.row.name, []))
        if readings:
            prose = () if spot.measure else _prose_places(spot, document)
            yield _asked(spot, "column", "", spot.what, readings, prose)


def _by_code(spot: Spot, same_code: list[Spot]) -> Iterator[Case]:
    """By code; where the code stands for several amounts, by code and table as well."""
    what = f"科目{spot.row.code}" + (f"的{spot.measure}" if spot.measure else "")
    readings = [s for s in same_code if _measures(s, spot.measure)]
    yield _asked(spot, "code", "", what, readings)
    if len({s.yuan for s in readings}) > 1:
        here = [s for s in readings if s.table is spot.table]
        yield _asked(spot, "code-table", f"{spot.table.title}里", what, here)


def _spots(document: Document) -> list[Spot]:
    found = [(t, row, cell) for t in document.tables for row in t.rows for cell in row.amounts]
    return [Spot(*place, number) for number, place in enumerate(found)]


def _grouped(spots: list[Spot], key: Callable[[Spot], str]) -> dict[str, list[Spot]]:
    groups: dict[str, list[Spot]] = {}
    for spot in spots:
        groups.setdefault(key(spot), []).append(spot)
    return groups


def _measures(spot: Spot, measure: str) -> bool:
    """Whether it is the amount of that measure: by its column, or by its table's title."""
    return spot.measure == measure or (spot.is_whole and measure in spot.table.title)


def _readings(spot: Spot, namesakes: list[Spot], columns: list[Spot]) -> list[Spot]:
    """All amounts that label and column alone may mean; none where they cannot be asked fairly.

    `columns` are the totals of columns that are called as the row is.
    """
    found = [s for s in namesakes if _measures(s, spot.measure)]
    if spot.measure:
        return found
    return [] if len({s.yuan for s in columns}) > 1 else found + columns


def _asked(
    spot: Spot,
    shape: str,
    where: str,
    what: str,
    readings: list[Spot],
    prose: Iterable[Place] = (),
) -> Case:
    amounts = tuple(sorted({s.yuan / YUAN_PER[spot.table.unit] for s in readings}))
    expect: Expect
    if len(amounts) == 1:
        expect = ValueExpected(value=amounts[0], unit=spot.table.unit, tolerance=TOLERANCE)
        category = "lookup" if amounts[0] else "existence_zero"
    else:
        expect = ClarifyExpected(values=amounts, unit=spot.table.unit, tolerance=TOLERANCE)
        category = "ambiguous"
    questions = AMOUNT_QUESTIONS if spot.cell.amount else ZERO_QUESTIONS
    question = questions[spot.number % len(questions)]
    return Case(
        id=f"{_id(spot)}.{shape}",
        category=category,
        question=question.format(where=where, what=what, unit=spot.table.unit),
        expect=expect,
        must_cite=(*map(_place, readings), *prose),
        note=f"第{spot.row.line}行",
    )


def _id(spot: Spot) -> str:
    """As t03.r05.基本支出: table, row and column, each by its place or name."""
    return f"{row_id(spot.table, spot.row)}.{spot.cell.column.name.replace('/', '-')}"


def _place(spot: Spot) -> Place:
    alike = [
        other.column.name
        for other in spot.row.amounts
        if spot.cell.amount and other != spot.cell and other.amount == spot.cell.amount
    ]
    column = spot.cell.column.name
    return row_place(spot.table, spot.row, column, tuple(alike))


def _prose_places(spot: Spot, document: Document) -> list[Place]:
    """Sections that print the same amount of the same name."""
    amount = format(spot.cell.amount.normalize(), "f")
    printed = re.compile(rf"(?<![\d.]){re.escape(amount)}(?:\.?0*){spot.table.unit}")
    name = re.sub(r"支出$|（[^）]*）$", "", spot.row.name)
    return [
        Place(section=section.heading)
        for section in document.sections
        if name in section_text(section) and printed.search(section_text(section).replace(",", ""))
    ]
