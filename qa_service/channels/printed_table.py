"""A stored table back to the lines that were printed, and those to CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from index.records import ColumnRole, Row, Table
from index.units import is_dash, is_number

_FORMULA_STARTS = frozenset("=+-@＝＋－＠\t\r\n")
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """The text of one column in one line. `row` is the row that starts here, at its label."""

    text: str = ""
    row: Row | None = None
    number: bool = False


def printed_lines(table: Table) -> Iterator[tuple[PrintedCell, ...]]:
    """One tuple of cells for each printed line, a cell for each column of the table.

    The two sides of a two-sided table, which are rows of their own, share a line again.
    """
    line: list[Row] = []
    for row in table.rows:
        if line and not (len(line) == 1 and _beside(line[0], row)):
            yield _cells(table, line)
            line = []
        line.append(row)
    if line:
        yield _cells(table, line)


def table_csv(table: Table) -> bytes:
    """The table as CSV (RFC 4180, UTF-8 with byte order mark): header paths, then printed texts.

    A text that a spreadsheet would run as a formula gets an apostrophe before it; numbers,
    negative ones too, and dashes stay as printed.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_safe(column.name) for column in table.columns])
    for line in printed_lines(table):
        writer.writerow([_safe(cell.text) for cell in line])
    return (_BYTE_ORDER_MARK + out.getvalue()).encode()


def _beside(left: Row, right: Row) -> bool:
    """Whether two rows are the two sides of one printed line."""
    sides = {left.side, right.side}
    return None not in sides and len(sides) == 2 and left.place == right.place


def _cells(table: Table, line: list[Row]) -> tuple[PrintedCell, ...]:
    at = {column.index: place for place, column in enumerate(table.columns)}
    cells = [PrintedCell() for _ in table.columns]
    for row in line:
        start = min((cell.column for cell in row.cells), default=len(table.columns))
        label = _last_before(table, ColumnRole.LABEL, start)
        code = _last_before(table, ColumnRole.CODE, start)
        if code is not None and row.code is not None:
            cells[at[code]] = PrintedCell(row.code)
        if label is not None:
            cells[at[label]] = PrintedCell(row.printed, row)
        for cell in row.cells:
            cells[at[cell.column]] = PrintedCell(cell.printed, number=is_number(cell.printed))
    return tuple(cells)


def _last_before(table: Table, role: ColumnRole, start: int) -> int | None:
    found = [c.index for c in table.columns if c.role is role and c.index < start]
    return found[-1] if found else None


def _safe(text: str) -> str:
    if text.lstrip(" ")[:1] not in _FORMULA_STARTS or not text.strip():
        return text
    harmless = is_number(text.removesuffix("%")) or is_dash(text)
    return text if harmless else f"'{text}"
