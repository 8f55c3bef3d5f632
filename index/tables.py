"""Grids to tables, in small stages: title, header, columns, rows, levels.

Repeated headers after a page break, two-sided tables (收入 | 支出), merged
header cells and notes under a table are understood here; see `build.py` for
where this stage stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.headings import Section, numbered_entry
from index.labels import OWN_LEVELS, UNIT_LEVELS, Label, is_grand_total, is_total, plain, read_label
from index.readers.blocks import Grid, GridRow, Line
from index.records import (
    Cell,
    CellKind,
    Column,
    ColumnRole,
    Place,
    Row,
    RowKind,
    Table,
    TableKind,
)
from index.units import is_dash, is_number, parse_number, to_fen, unit_declared

SIDES = ("收入", "支出")
_MOST_HEADER_ROWS = 4
_RULE = re.compile(r"^[-─=]{3,}$")
_TABLE_NUMBER = re.compile(r"^(?:公开|预算)?表?\s*0?(\d{1,2})\s*表?$")
_NUMBERED_TITLE = re.compile(
    r"^(?:公开|预算|附)?表\s*0?(?P<number>\d{1,2})[-—:：、.]?\s*(?P<title>\S.*表(?:[（(].*[）)])?)$"
)
"""A number and a title on one line: 表1收支总体情况表."""
_OWNER_LINE = re.compile(r"^(?:单位名称|部门名称|编制单位|填报单位|部门|单位|预算单位)[：:]")
_NOTE = re.compile(r"^(?:注|备注|说明)[：:]")
_CODE_HEADER = re.compile(r"(?:科目|功能|经济|项目)?(?:编码|代码)$|^[类款项]$")
_WHOLE_HEADER = re.compile(r"^(?:合计|总计|小计|预算数?|预算金额|金额|决算数?)(?:（.*）|\(.*\))?$")
_HEADER_ITEM = re.compile(r"^(?:合计|总计)$")

_KINDS: tuple[tuple[TableKind, tuple[str, ...]], ...] = (
    (TableKind.KEY_GOALS, ("重点项目", "绩效目标")),
    (TableKind.FISCAL_TOTALS, ("财政拨款", "收支")),
    (TableKind.ADMIN_AND_THREE_PUBLIC, ("三公",)),
    (TableKind.GOVERNMENT_FUND, ("政府性基金", "支出")),
    (TableKind.STATE_CAPITAL, ("国有资本", "支出")),
    (TableKind.GENERAL_BASIC, ("一般公共预算", "基本支出")),
    (TableKind.GENERAL_PROJECT, ("一般公共预算", "项目支出")),
    (TableKind.GENERAL_SPENDING, ("一般公共预算", "支出")),
    (TableKind.PROJECTS, ("项目支出",)),
    (TableKind.BASIC, ("基本支出",)),
    (TableKind.TOTALS, ("收支",)),
    (TableKind.INCOME, ("收入",)),
    (TableKind.SPENDING, ("支出",)),
)
"""The first kind all of whose words stand in the title is the table's."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note under a table."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table's printed lines, pages joined and repeated headers dropped."""

    title: str
    number: int | None
    unit: str | None
    section: str | None
    place: Place
    header: tuple[GridRow, ...]
    body: tuple[GridRow, ...]
    notes: tuple[Note, ...]


def collect_tables(
    section: Section,
) -> tuple[tuple[RawTable, ...], tuple[Line, ...]]:
    """The section's tables and the lines that belong to none of them."""
    tables: list[RawTable] = []
    loose: list[Line] = []
    pending: list[Line] = []
    in_note = False
    for block in section.blocks:
        if isinstance(block, Line):
            in_note = bool(tables) and not pending and _continues_note(block, in_note)
            if in_note:
                note = Note(block.text, block.place)
                tables[-1] = replace(tables[-1], notes=(*tables[-1].notes, note))
            else:
                pending.append(block)
            continue
        in_note = False
        header, body = split_header(_without_rules(block))
        if tables and _is_caption_free(pending) and _same_header(header, tables[-1].header):
            tables[-1] = replace(tables[-1], body=(*tables[-1].body, *body))
            continue
        caption, before = _split_caption(pending)
        loose += before
        pending = []
        tables.append(_raw_table(section, caption, header, body))
    return tuple(tables), (*loose, *pending)


def split_header(rows: tuple[GridRow, ...]) -> tuple[tuple[GridRow, ...], tuple[GridRow, ...]]:
    """The header lines and the lines below them; a line of column numbers is neither."""
    count = 0
    for row in rows[:_MOST_HEADER_ROWS]:
        filled = [c for c in row.cells if c]
        if any(is_number(c) or is_dash(c) for c in filled) or _HEADER_ITEM.match(row.cells[0]):
            break
        if count and len(row.cells) > 1 and filled == [row.cells[0]]:
            break
        if filled and (read_label(filled[0]).code or read_label(filled[0]).rank == 1):
            break
        count += 1
    header, body = rows[:count], rows[count:]
    while body and _is_column_numbers(body[0]):
        body = body[1:]
    return header, _without_repeats(header, body)


def _without_repeats(header: tuple[GridRow, ...], body: tuple[GridRow, ...]) -> tuple[GridRow, ...]:
    """The body without header lines that stand in it again after a page break."""
    lines = {row.cells for row in header if sum(map(bool, row.cells)) > 1}
    return tuple(row for row in body if row.cells not in lines)


def header_paths(header: tuple[GridRow, ...]) -> tuple[tuple[str, ...], ...]:
    """The full header path of each column, merged cells spread over what they cover."""
    width = max((len(row.cells) for row in header), default=0)
    lines = [[*row.cells, *[""] * (width - len(row.cells))] for row in header]
    for depth, line in enumerate(lines[:-1]):
        for i in range(1, width):
            below = any(lower[i] for lower in lines[depth + 1 :])
            parted = any(upper[i] != upper[i - 1] for upper in lines[:depth])
            if not line[i] and below and line[i - 1] and not parted:
                line[i] = line[i - 1]
    return tuple(
        tuple(_header_text(line[i]) for line in lines if line[i]) or ("",) for i in range(width)
    )


def read_table(
    raw: RawTable, table_id: str, unit: str, department: str, units: frozenset[str] = frozenset()
) -> Table:
    """The table with its columns, rows, codes, levels and sums understood.

    `units` are the plain names of the units whose lines hold the lines below them.
    """
    columns = _columns(raw)
    rows = _rows(raw, columns, table_id, unit)
    kind = kind_of(raw.title)
    return Table(
        id=table_id,
        number=raw.number,
        title=raw.title,
        kind=kind,
        unit=unit,
        section=raw.section,
        place=raw.place,
        columns=columns,
        rows=_levelled(rows, _lines_of(units, department), holding=not _lists_units(kind, rows)),
    )


def kind_of(title: str) -> TableKind:
    """The kind of table that the title names."""
    text = plain(title)
    for kind, words in _KINDS:
        if all(word in text for word in words):
            return kind
    return TableKind.OTHER


def _without_rules(grid: Grid) -> tuple[GridRow, ...]:
    """The grid without ruling lines such as "----"."""
    return tuple(r for r in grid.rows if not all(_RULE.match(c) for c in r.cells if c))


def _is_caption_free(lines: list[Line]) -> bool:
    return all(_TABLE_NUMBER.match(line.text) or line.text.isdigit() for line in lines)


def _same_header(one: tuple[GridRow, ...], other: tuple[GridRow, ...]) -> bool:
    """Whether two headers are one; a page without any header goes on with the last table."""
    return not one or [r.cells for r in one] == [r.cells for r in other]


def _continues_note(line: Line, in_note: bool) -> bool:
    if _NOTE.match(line.text):
        return True
    names_next = any(p.match(line.text) for p in (_TABLE_NUMBER, _NUMBERED_TITLE, _OWNER_LINE))
    return in_note and not line.after_gap and not names_next


def _is_column_numbers(row: GridRow) -> bool:
    filled = [c for c in row.cells if c and c != "栏次"]
    return len(filled) > 1 and filled == [str(i) for i in range(1, len(filled) + 1)]


def _header_text(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _split_caption(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines directly above a table that name it, and those before them."""
    start = len(lines)
    while start > 0 and not re.search(r"[。；;，,]", lines[start - 1].text):
        start -= 1
    return lines[start:], lines[:start]


def _raw_table(
    section: Section, caption: list[Line], header: tuple[GridRow, ...], body: tuple[GridRow, ...]
) -> RawTable:
    unit = next((u for line in caption if (u := unit_declared(line.text))), None)
    for cell in (c for row in header for c in row.cells):
        unit = unit or unit_declared(cell)
    numbers = [
        int(found[1])
        for line in caption
        if (found := _TABLE_NUMBER.match(line.text) or _NUMBERED_TITLE.match(line.text))
    ]
    titles = [
        line
        for line in caption
        if not _TABLE_NUMBER.match(line.text)
        and not _OWNER_LINE.match(line.text)
        and not line.text.endswith(("：", ":"))
    ]
    if titles:
        numbered = _NUMBERED_TITLE.match(titles[-1].text)
        title = numbered["title"] if numbered else numbered_entry(titles[-1].text)
        place = titles[-1].place
    else:
        first = (header or body)[0]
        title, place = section.heading or section.part or "未命名的表", first.place
    number = numbers[0] if numbers else None
    return RawTable(title, number, unit, section.heading or section.part, place, header, body, ())


def _columns(raw: RawTable) -> tuple[Column, ...]:
    paths = header_paths(raw.header)
    width = max([len(paths), *(len(row.cells) for row in raw.body)])
    paths = (*paths, *[("",)] * (width - len(paths)))
    roles = _roles(raw, paths)
    return tuple(Column(i, paths[i], roles[i], _is_whole(paths, roles, i)) for i in range(width))


def _roles(raw: RawTable, paths: tuple[tuple[str, ...], ...]) -> list[ColumnRole]:
    roles: list[ColumnRole] = []
    for i, path in enumerate(paths):
        cells = [row.cells[i] for row in raw.body if i < len(row.cells) and row.cells[i]]
        words = [c for c in cells if not is_number(c) and not is_dash(c)]
        if _CODE_HEADER.search(path[-1]):
            roles.append(ColumnRole.CODE)
        elif len(words) * 2 > len(cells) or (not cells and not _is_amount_header(path)):
            follows = [r for r in roles if r is not ColumnRole.CODE]
            new_side = not follows or (
                follows[-1] is ColumnRole.AMOUNT and path[0] in SIDES and path[0] != paths[0][0]
            )
            roles.append(ColumnRole.LABEL if new_side else ColumnRole.TEXT)
        else:
            roles.append(ColumnRole.AMOUNT)
    return roles


def _is_amount_header(path: tuple[str, ...]) -> bool:
    return any(
        word in path[-1]
        for word in ("预算", "金额", "合计", "小计", "支出", "收入", "拨款", "资金")
    )


def _is_whole(paths: tuple[tuple[str, ...], ...], roles: list[ColumnRole], index: int) -> bool:
    """The whole is the first amount column of its side that is headed as a sum."""
    if roles[index] is not ColumnRole.AMOUNT:
        return False
    side = _side(paths[index])
    amounts = [i for i, p in enumerate(paths) if roles[i] is ColumnRole.AMOUNT and _side(p) == side]
    headed = [i for i in amounts if _WHOLE_HEADER.match(paths[i][-1])]
    return index == (headed or amounts)[0]


def _side(path: tuple[str, ...]) -> str | None:
    return path[0] if path[0] in SIDES and len(path) > 1 else None


def _rows(
    raw: RawTable, columns: tuple[Column, ...], table_id: str, unit: str
) -> list[tuple[Row, Label]]:
    rows: list[tuple[Row, Label]] = []
    sides: list[list[Column]] = []
    for column in columns:
        if (
            column.role is ColumnRole.LABEL
            and sides
            and any(c.role is ColumnRole.LABEL for c in sides[-1])
        ) or not sides:
            sides.append([])
        sides[-1].append(column)
    codes = [_codes(raw.body, side) for side in sides]
    for at, line in enumerate(raw.body):
        for side, code in zip(sides, codes, strict=True):
            ordinal = len(rows) + 1
            row_id = f"{table_id}-r{ordinal}"
            row = _row(line, side, code[at], row_id, ordinal, unit, len(sides))
            if row is not None:
                rows.append(row)
    return rows


def _codes(body: tuple[GridRow, ...], side: list[Column]) -> list[str | None]:
    """The code of each line; 类, 款 and 项 in columns of their own are put together.

    A line that leaves the first of them blank goes on from the line above.
    """
    columns = [c.index for c in side if c.role is ColumnRole.CODE]
    above: list[str] = []
    codes: list[str | None] = []
    for line in body:
        parts = [line.cells[i] if i < len(line.cells) else "" for i in columns]
        first = next((i for i, part in enumerate(parts) if part), None)
        if first is None:
            codes.append(None)
            continue
        above = [*above[:first], *(part for part in parts[first:] if part)]
        codes.append("".join(above) if len(columns) > 1 else parts[0])
    return codes


def _row(
    line: GridRow,
    side: list[Column],
    code: str | None,
    row_id: str,
    ordinal: int,
    unit: str,
    sides: int,
) -> tuple[Row, Label] | None:
    def printed_in(role: ColumnRole) -> str:
        found = [line.cells[c.index] for c in side if c.role is role and c.index < len(line.cells)]
        return next((text for text in found if text), "")

    printed = printed_in(ColumnRole.LABEL)
    cells = tuple(
        _cell(column, line.cells[column.index] if column.index < len(line.cells) else "", unit)
        for column in side
        if column.role in (ColumnRole.AMOUNT, ColumnRole.TEXT)
    )
    if not printed and all(cell.kind is CellKind.BLANK for cell in cells):
        return None
    label = read_label(printed)
    code = code or label.code
    side_name = _side(side[0].path) if sides > 1 else None
    kind = (
        RowKind.TOTAL
        if is_grand_total(label.name)
        else (RowKind.SUBTOTAL if is_total(label.name) else RowKind.LEAF)
    )
    row = Row(
        row_id, ordinal, label.name, printed, code, 0, None, kind, side_name, line.place, cells
    )
    return row, label


def _cell(column: Column, printed: str, unit: str) -> Cell:
    if not printed:
        return Cell(column.index, "", CellKind.BLANK, None)
    if column.role is ColumnRole.AMOUNT and is_dash(printed):
        return Cell(column.index, printed, CellKind.DASH, None)
    if column.role is ColumnRole.AMOUNT and is_number(printed):
        return Cell(column.index, printed, CellKind.AMOUNT, to_fen(parse_number(printed), unit))
    return Cell(column.index, printed, CellKind.TEXT, None)


def _levelled(
    rows: list[tuple[Row, Label]], units: frozenset[str], *, holding: bool
) -> tuple[Row, ...]:
    """The rows with level, parent and kind, each side of the table on its own.

    `holding` tells whether the line of a unit holds the lines below it.
    """
    sides = dict.fromkeys(row.side for row, _ in rows)
    done = [
        row
        for side in sides
        for row in _levelled_side([r for r in rows if r[0].side == side], units, holding=holding)
    ]
    parents = {row.parent_id for row in done}
    return tuple(
        replace(r, kind=RowKind.GROUP) if r.kind is RowKind.LEAF and r.id in parents else r
        for r in sorted(done, key=lambda row: row.ordinal)
    )


def _levelled_side(
    rows: list[tuple[Row, Label]], units: frozenset[str], *, holding: bool
) -> list[Row]:
    """Level and parent by code, else by numbering, below the unit's row where there is one."""
    done: list[Row] = []
    open_rows: list[tuple[Row, int]] = []
    unit_row: Row | None = None
    whole: Row | None = None
    for row, label in rows:
        if row.kind in (RowKind.TOTAL, RowKind.SUBTOTAL):
            open_rows, unit_row = [], None
            done.append(row)
            continue
        if plain(row.label) in units and not row.code:
            line = replace(row, level=1, kind=RowKind.SUBTOTAL)
            unit_row, open_rows = (line if holding else None), []
            done.append(line)
            continue
        if label.among and not row.code and not label.rank and whole is not None:
            done.append(replace(row, level=whole.level + 1, parent_id=whole.id))
            continue
        parent = _parent(row, label, open_rows) or unit_row
        level = parent.level + 1 if parent else 1
        row = replace(row, level=level, parent_id=parent.id if parent else None)
        rank = len(row.code) if row.code else label.rank
        open_rows = [(r, k) for r, k in open_rows if k < rank] + [(row, rank)]
        whole = row
        done.append(row)
    return done


def _parent(row: Row, label: Label, open_rows: list[tuple[Row, int]]) -> Row | None:
    for above, rank in reversed(open_rows):
        if row.code and above.code:
            if row.code.startswith(above.code) and row.code != above.code:
                return above
        elif rank < label.rank and not row.code:
            return above
    return None


def units_of(table: Table) -> frozenset[str]:
    """The plain names of the units that a table of income lists."""
    if table.kind is not TableKind.INCOME:
        return frozenset()
    lines = (row for row in table.rows if row.kind is RowKind.LEAF and not row.code)
    return frozenset(plain(row.label) for row in lines if row.side is None)


def _lines_of(units: frozenset[str], department: str) -> frozenset[str]:
    """How the lines of the units and of the department itself are called: 第一分局（本级）."""
    own = {plain(department) + level for level in OWN_LEVELS}
    return frozenset(own | {name + level for name in units for level in UNIT_LEVELS})


def _lists_units(kind: TableKind, rows: list[tuple[Row, Label]]) -> bool:
    """Whether the table tells the income of each unit in one line, which holds no others."""
    return kind is TableKind.INCOME and not any(row.code for row, _ in rows)
