"""Operands that can be no two amounts of one sum: one is the other, or is a part of it."""

from __future__ import annotations

import re

from index.records import PROJECT_TABLES
from qa_service.types import CellTarget, QueryPlan
from qa_service.understand.lexicon import Lexicon

_OF_ALL = re.compile("总计$|^本年(?:收入|支出)合计$")
"""How the row is called that holds all others of its side."""


def of_other_columns(parts: list[QueryPlan], lexicon: Lexicon) -> bool:
    """Whether the whole of one row and a part of another of its table are put together."""
    columns: dict[str, set[bool]] = {}
    for part in parts:
        for target in part.cells:
            column = lexicon.tables[target.table_id].table.columns[target.column]
            columns.setdefault(target.table_id, set()).add(column.is_whole)
    common = (
        set.intersection(*({t.table_id for t in part.cells} for part in parts)) if parts else set()
    )
    return any(len(columns[table_id]) > 1 for table_id in common)


def names_twice(parts: list[QueryPlan], lexicon: Lexicon) -> bool:
    """Whether two parts mean one project, which may stand in two tables."""
    projects = [
        [t for t in part.cells if lexicon.tables[t.table_id].table.kind in PROJECT_TABLES]
        for part in parts
    ]
    return any(
        one.row_id == other.row_id
        or (one.table_id != other.table_id and _label(one, lexicon) == _label(other, lexicon))
        for i, ours in enumerate(projects)
        for theirs in projects[:i]
        for one in ours
        for other in theirs
    )


def holds_another(parts: list[QueryPlan], lexicon: Lexicon) -> bool:
    """Whether one fact is of what another is a part of: 政府采购 and its 服务类."""
    subjects = {entry.fact.id: entry.fact.subject for entry in lexicon.facts}
    said = [{subjects[t.fact_id] for t in part.facts} for part in parts if part.facts]
    return any(
        one != other and one in other
        for i, ours in enumerate(said)
        for theirs in said[:i] + said[i + 1 :]
        for one in ours
        for other in theirs
    )


def counted_twice(parts: list[QueryPlan], lexicon: Lexicon) -> bool:
    """Whether one part holds another, so that a sum would count it twice: 三公 and 公务用车."""
    rows = [{t.row_id for t in part.cells} for part in parts]
    above = [{a for row_id in own for a in lexicon.above(row_id)} for own in rows]
    whole = any(_OF_ALL.search(_label(t, lexicon)) for part in parts for t in part.cells)
    return (whole and len(parts) > 1) or any(
        ours & higher for i, ours in enumerate(rows) for j, higher in enumerate(above) if i != j
    )


def adds_another(parts: list[QueryPlan]) -> bool:
    """Whether one part adds up amounts of which another part is one."""
    cells = [set(part.cells) for part in parts]
    added = [{cell for one in part.parts for cell in one.cells} for part in parts]
    return any(
        ours & theirs for i, ours in enumerate(cells) for j, theirs in enumerate(added) if i != j
    )


def without_whole(parts: list[QueryPlan], lexicon: Lexicon) -> list[QueryPlan]:
    """The parts without the first of them, where it is what all others are parts of."""
    first = {t.row_id for t in parts[0].cells}
    others = [{a for t in p.cells for a in lexicon.above(t.row_id)} for p in parts[1:]]
    return parts[1:] if first and all(first & above for above in others) else parts


def _label(target: CellTarget, lexicon: Lexicon) -> str:
    return lexicon.rows[target.row_id].label.text
