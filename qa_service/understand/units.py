"""The units below a department as people call them: 战略研究院 for 广州市科学技术发展战略研究院."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from index.labels import OWN_LEVELS, UNIT_LEVELS, plain
from index.records import BudgetDocument, PassageKind, Row, RowKind, Table, TableKind
from qa_service.words import words

OWN = "本级"
OWN_WORDS = (OWN, *(f"{organ}{OWN}" for organ in ("局", "委", "厅", "办", "机关", "局机关")))
"""What the department itself is called beside the units below it."""
_LEAST = 4
"""A tail of fewer characters could be of anything: 中心."""
_WORDS_OF_A_SORT = 2
_ONE_WORD = ("院", "站", "所", "队", "馆")
"""How one word ends that names a unit by itself: 研究院."""
_JOINTS = ("和", "与", "及", "暨")
_BODIES = re.compile("(?:包括|分别为|分别是)[:：]?(?P<list>[^。:：]{4,})")
_BETWEEN_BODIES = re.compile("[、，,]|和(?=[\u4e00-\u9fff0-9]{6,})")
_BODY_ENDS = ("中心", "站", "所", "队", "院", "馆", "校", "局", "处")
_SECTION_ENDS = ("科", "处", "室")
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


def bodies_told(
    document: BudgetDocument, units: frozenset[str], outer: tuple[str, ...]
) -> tuple[str, ...]:
    """The bodies below the department, and its sections, that the text names and no table.

    In full and as people call them; none where `units` with lines of their own are listed.
    """
    names = _listed_in(document, PassageKind.COMPOSITION)
    sections = _listed_in(document, PassageKind.ORGANISATION)
    labels = {name for name in names if name.endswith(_BODY_ENDS) and name not in units}
    shorter = called(labels, outer) if not units.intersection(names) else {}
    bare = {label: _without(label, outer) for label in shorter}
    told = [n for label in shorter for n in (label, bare[label], *shorter[label])]
    told += [name for name in sections if name.endswith(_SECTION_ENDS) and len(name) >= _LEAST]
    return tuple(dict.fromkeys(told))


def _listed_in(document: BudgetDocument, kind: PassageKind) -> list[str]:
    """The plain names that the passages of a kind list behind a colon, each once."""
    texts = (p.text for p in document.passages if p.kind is kind)
    listed = (found["list"] for text in texts for found in _BODIES.finditer(text))
    return list(dict.fromkeys(plain(n) for those in listed for n in _BETWEEN_BODIES.split(those)))


def _without(label: str, outer: tuple[str, ...]) -> str:
    """The name of a body without its regions."""
    for name in outer:
        label = label.removeprefix(name)
    return label


def sorts_of(labels: Iterable[str]) -> tuple[str, ...]:
    """How the names of several units end, by which they are called together: 分局, 监测站."""
    ends: dict[str, int] = defaultdict(int)
    for unit in {without_level(label) for label in labels}:
        tokens = words(unit)
        for i in range(max(1, len(tokens) - _WORDS_OF_A_SORT), len(tokens)):
            ends["".join(tokens[i:])] += 1
    several = (end for end, count in ends.items() if count > 1 and len(end) > 1)
    return tuple(sorted(several, key=lambda end: (-len(end), end)))


def called(
    labels: Iterable[str], outer: tuple[str, ...], stems: Iterable[tuple[str, str]] = ()
) -> dict[str, tuple[str, ...]]:
    """The shorter names by which each label's unit is told from all the others.

    `outer` are the names of the department and of its regions, which are left off first; `stems`
    are words of names with what people say for them: 科学技术, 科技.
    """
    units = {label: without_level(label) for label in labels}
    known = frozenset(units.values())
    meant: dict[str, set[str]] = defaultdict(set)
    for unit in known:
        for name in _shorter(unit, outer):
            meant[name].add(unit)
            for stem, said in stems:
                if stem in name:
                    meant[name.replace(stem, said)].add(unit)
    found: dict[str, list[str]] = {unit: [] for unit in known}
    for name, of in meant.items():
        if len(of) == 1 and not any(other.endswith(name) for other in known if other not in of):
            found[next(iter(of))].append(name)
    return {
        label: tuple(([unit] if unit != label else []) + found[unit])
        for label, unit in units.items()
    }


def without_level(label: str) -> str:
    """The name of a unit without what says at which level its line stands: 第一分局（本级）."""
    level = next((end for end in UNIT_LEVELS if end and label.endswith(end)), "")
    return label.removesuffix(level)


def unit_of(table: Table, row: Row, department: str) -> str | None:
    """The unit whose line a row stands under; None where no other row has its name.

    The department's own line is told from the department as a whole.
    """
    if row.parent_id is None or row.kind is RowKind.SUBTOTAL:
        return None
    if [r.label for r in table.rows].count(row.label) == 1:
        return None
    rows = {r.id: r for r in table.rows}
    above: str | None = row.parent_id
    while above is not None:
        if rows[above].kind is RowKind.SUBTOTAL and not rows[above].code:
            unit = rows[above].label
            return f"{unit}{OWN}" if plain(unit) == plain(department) else unit
        above = rows[above].parent_id
    return None


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
