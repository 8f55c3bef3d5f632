"""Subjects that one project pays for: of one amount, and the project's name holds theirs."""

from __future__ import annotations

from collections import defaultdict

from index.records import RowKind, TableKind
from qa_service.understand.entries import RowEntry, TableEntry

_LEAST_PAID = 3
"""A name of fewer characters stands in too many others."""
_SUMS = (RowKind.TOTAL, RowKind.SUBTOTAL)


def paid_as(rows: dict[str, RowEntry], tables: dict[str, TableEntry]) -> dict[str, str]:
    """物业管理费 is what the project 业务用房物业管理费 pays where both are of one amount."""
    projects: dict[int, list[RowEntry]] = defaultdict(list)
    for entry in rows.values():
        fen = _whole(entry, tables)
        if (
            tables[entry.table_id].table.kind is TableKind.PROJECTS
            and fen
            and entry.row.kind not in _SUMS
        ):
            projects[fen].append(entry)
    found: dict[str, str] = {}
    for row_id, entry in rows.items():
        fen = _whole(entry, tables)
        if entry.row.code is None or not fen or len(entry.label.text) < _LEAST_PAID:
            continue
        of_it = [one for one in projects.get(fen, ()) if entry.label.text in one.label.text]
        if len(of_it) == 1:
            found[row_id] = of_it[0].row.id
    return found


def _whole(entry: RowEntry, tables: dict[str, TableEntry]) -> int | None:
    """The whole amount of a row in 分; None where its table prints none."""
    columns = tables[entry.table_id].columns
    whole = next((column.index for column, _ in columns if column.is_whole), None)
    return next((cell.fen for cell in entry.row.cells if cell.column == whole), None)
