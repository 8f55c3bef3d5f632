"""Subjects that one project pays for: of one amount, and the project's name holds theirs."""

from __future__ import annotations

from collections import defaultdict

from index.records import RowKind, TableKind
from qa_service.understand.entries import RowEntry, TableEntry

_LEAST_PAID = 3
"""A name of fewer characters stands in too many others."""
_SUMS = (RowKind.TOTAL, RowKind.SUBTOTAL)


def paid_as(rows: dict[str, RowEntry], tables: dict[str, TableEntry]) -> dict[str, str]:
    """Rows of subjects to the project that pays for them, as 业务培训费 does for 培训费."""
    projects: dict[int, list[RowEntry]] = defaultdict(list)
    for entry in rows.values():
        table = tables[entry.table_id]
        fen = table.amount(entry.row)
        if table.table.kind is TableKind.PROJECTS and fen and entry.row.kind not in _SUMS:
            projects[fen].append(entry)
    found: dict[str, str] = {}
    for row_id, entry in rows.items():
        fen = tables[entry.table_id].amount(entry.row)
        if entry.row.code is None or not fen or len(entry.label.text) < _LEAST_PAID:
            continue
        of_it = [one for one in projects.get(fen, ()) if entry.label.text in one.label.text]
        if len(of_it) == 1:
            found[row_id] = of_it[0].row.id
    return found
