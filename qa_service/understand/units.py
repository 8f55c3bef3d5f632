"""The units below a department as people call them: 战略研究院 for 广州市科学技术发展战略研究院."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from index.labels import OWN_LEVELS, plain
from index.records import BudgetDocument, RowKind, Table, TableKind
from qa_service.words import words

_LEAST = 4
"""A tail of fewer characters could be of anything: 中心."""
_ONE_WORD = ("院", "站", "所", "队", "馆")
"""How one word ends that names a unit by itself: 研究院."""
_JOINTS = ("和", "与", "及", "暨")
_UNIT_LINES = {
    TableKind.INCOME: RowKind.LEAF,
    TableKind.BASIC: RowKind.SUBTOTAL,
    TableKind.PROJECTS: RowKind.SUBTOTAL,
    TableKind.KEY_GOALS: RowKind.SUBTOTAL,
}


def unit_labels(document: BudgetDocument, names: tuple[str, ...]) -> frozenset[str]:
    """The plain labels of the lines of units; the department's own, by its `names`, are none."""
    own = {name + level for name in names for level in OWN_LEVELS}
    return frozenset(
        plain(row.label)
        for table in document.tables
        if table.kind in _UNIT_LINES
        for row in table.rows
        if _is_unit_line(table, row.kind, row.code, row.side) and plain(row.label) not in own
    )


def called(labels: Iterable[str], outer: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The shorter names by which each label's unit is told from all the others.

    `outer` are the names of the department and of its regions, which are left off first.
    """
    known = tuple(labels)
    meant: dict[str, set[str]] = defaultdict(set)
    for label in known:
        for name in _shorter(label, outer):
            meant[name].add(label)
    found: dict[str, list[str]] = defaultdict(list)
    for name, of in meant.items():
        if len(of) == 1 and not any(other.endswith(name) for other in known if other not in of):
            found[next(iter(of))].append(name)
    return {label: tuple(own) for label, own in found.items()}


def _is_unit_line(table: Table, kind: RowKind, code: str | None, side: str | None) -> bool:
    return kind is _UNIT_LINES[table.kind] and not code and not side


def _shorter(label: str, outer: tuple[str, ...]) -> Iterator[str]:
    """The ends of a name that begin with a word, alone and behind its first word."""
    bare = label
    for name in outer:
        bare = bare.removeprefix(name)
    if bare != label and len(bare) >= _LEAST:
        yield bare
    parts = words(bare)
    for i in range(1, len(parts)):
        tail = "".join(parts[i:])
        if parts[i] in _JOINTS:
            continue
        if i == len(parts) - 1 and not (len(tail) >= _LEAST - 1 and tail.endswith(_ONE_WORD)):
            continue
        if len(tail) >= _LEAST or i == len(parts) - 1:
            yield tail
        if i > 1 and len(parts[0]) > 1:
            yield parts[0] + tail
