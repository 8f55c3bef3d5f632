"""Grids to tables, in small stages: title, header, columns, rows, levels.

Repeated headers after a page break, two-sided tables (收入 | 支出), merged
header cells and notes under a table are understood here; see `build.py` for
where this stage stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from index.arranging import Arranged, arranged, item_name
from index.columns import Account, columns_of, misread, side_of
from index.headings import Section, numbered_entry
from index.labels import OWN_LEVELS, UNIT_LEVELS, Label, is_grand_total, is_total, plain, read_label
from index.readers.blocks import Block, Grid, GridRow, Line
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
from index.units import is_dash, is_number, parse_number, to_fen, unit_declared, unit_in_heading

_MOST_HEADER_ROWS = 4
_TITLE = re.compile(r"^\S{2,}表(?:[（(].*[）)])?$")
_UNIT_ALONE = re.compile(r"^[（(]?(?:金额)?单位\s*[：:]")
_RULE = re.compile(r"^[-─=]{3,}$")
_TABLE_NUMBER = re.compile(r"^(?:公开|预算)?表?\s*0?(\d{1,2})\s*表?$")
_NUMBERED_TITLE = re.compile(
    r"^(?:公开|预算|附)?表\s*0?(?P<number>\d{1,2})[-—:：、.]?\s*(?P<title>\S.*表(?:[（(].*[）)])?)$"
)
"""A number and a title on one line: 表1收支总体情况表."""
_OWNER_LINE = re.compile(r"^(?:单位名称|部门名称|编制单位|填报单位|部门|单位|预算单位)[：:]")
_NOTE = re.compile(r"^(?:注|备注|说明)[：:]")
_HEADER_ITEM = re.compile(r"^(?:合计|总计)$")
_SUMS = ("合计", "小计", "总计")

_KINDS: tuple[tuple[TableKind, tuple[str, ...]], ...] = (
    (TableKind.KEY_GOALS, ("重点项目", "绩效目标")),
    (TableKind.ADMIN_AND_THREE_PUBLIC, ("三公",)),
    (TableKind.GOVERNMENT_FUND, ("政府性基金", "支出")),
    (TableKind.STATE_CAPITAL, ("国有资本", "支出")),
    (TableKind.FISCAL_TOTALS, ("财政拨款", "收支")),
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
    own_unit: str | None = None
    """The unit that a heading of the table gives, which holds for no other table."""


def collect_tables(
    section: Section,
) -> tuple[tuple[RawTable, ...], tuple[Line, ...]]:
    """The section's tables and the lines that belong to none of them."""
    tables: list[RawTable] = []
    loose: list[Line] = []
    pending: list[Line] = []
    in_note = False
    for block in _captions_apart(section.blocks):
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
        if not header and not body:
            continue  # nothing but ruling lines or column numbers
        if tables and _is_caption_free(pending) and _same_header(header, tables[-1].header):
            tables[-1] = replace(tables[-1], body=(*tables[-1].body, *body))
            continue
        caption, before = _split_caption(pending)
        loose += before
        pending = []
        raw = _raw_table(section, caption, header, body)
        tables.append(raw if raw.unit else replace(raw, unit=_last_unit(before)))
    return tuple(tables), (*loose, *pending)


def _captions_apart(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The blocks with captions that a spreadsheet prints as lines of one cell as lines."""
    for block in blocks:
        if isinstance(block, Line):
            yield block
            continue
        count = 0
        for row in block.rows:
            filled = [cell for cell in row.cells if cell]
            if not filled or not all(_is_caption(cell) for cell in filled):
                break
            yield from (Line(cell, row.place, not count) for cell in filled)
            count += 1
        if count < len(block.rows):
            yield Grid(block.rows[count:])


def _is_caption(cell: str) -> bool:
    """Whether a cell above a table names it, its number, its owner or its unit."""
    whole = any(p.match(cell) for p in (_TABLE_NUMBER, _NUMBERED_TITLE, _OWNER_LINE, _TITLE))
    return whole or (unit_declared(cell) is not None and _UNIT_ALONE.match(cell) is not None)


def _last_unit(lines: list[Line]) -> str | None:
    """The unit that is declared last in the lines before a table's own caption."""
    return next((u for line in reversed(lines) if (u := unit_declared(line.text))), None)


def split_header(rows: tuple[GridRow, ...]) -> tuple[tuple[GridRow, ...], tuple[GridRow, ...]]:
    """The header lines and the lines below them; a line of column numbers is neither."""
    count = 0
    for row in rows[:_MOST_HEADER_ROWS]:
        filled = [c for c in row.cells if c]
        if any(is_number(c) or is_dash(c) for c in filled):
            break
        if _HEADER_ITEM.match(row.cells[0]) and filled == [row.cells[0]]:
            break
        if count and len(row.cells) > 1 and filled == [row.cells[0]]:
            break
        if filled and (read_label(filled[0]).code or read_label(filled[0]).rank in (1, 2)):
            break
        if count == 1 and _is_whole_header(rows[0]):
            break
        count += 1
    header, body = rows[:count], rows[count:]
    while body and _is_column_numbers(body[0]):
        body = body[1:]
    return header, _without_repeats(header, body)


def _is_whole_header(row: GridRow) -> bool:
    """Whether a header line leaves nothing to a line below it: no cell is blank or merged."""
    merged = any(not one or one == other for one, other in pairwise((*row.cells, "")))
    return len(row.cells) > 1 and not merged


def _without_repeats(header: tuple[GridRow, ...], body: tuple[GridRow, ...]) -> tuple[GridRow, ...]:
    """The body without header lines that stand in it again after a page break."""
    lines = {row.cells for row in header if sum(map(bool, row.cells)) > 1}
    return tuple(row for row in body if row.cells not in lines)


def read_table(
    raw: RawTable,
    table_id: str,
    unit: str,
    department: str,
    units: frozenset[str] = frozenset(),
    *,
    account: Account | None = None,
) -> Table:
    """The table with its columns, rows, codes, levels and sums understood.

    `units` are the plain names of the units whose lines hold the lines below them. A table
    whose columns cannot be told apart has no rows.
    """
    lines = arranged(raw.header, raw.body, raw.title)
    columns = columns_of(lines.layout, account)
    rows = [] if misread(lines.layout) else _rows(lines, columns, table_id, unit)
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


def has_amounts(raw: RawTable) -> bool:
    """Whether the table prints any money."""
    lines = arranged(raw.header, raw.body, raw.title)
    paid = [c.index for c in columns_of(lines.layout, None) if c.role is ColumnRole.AMOUNT]
    return any(is_number(row.cells[i]) for row in lines.body for i in paid if i < len(row.cells))


def why_left_out(raw: RawTable) -> str | None:
    """Why amounts of the table cannot be read; None where they can."""
    printed = any(is_number(cell) for row in raw.body for cell in row.cells)
    return misread(arranged(raw.header, raw.body, raw.title).layout) if printed else None


def kind_of(title: str) -> TableKind:
    """The kind of table that the title names."""
    text = plain(title)
    both = text.replace("收入支出", "收支")  # 收入支出决算总表 is one of both
    for kind, words in _KINDS:
        if all(word in (both if word == "收支" else text) for word in words):
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
    cells = [cell for row in header for cell in row.cells]
    unit = unit or next((u for cell in cells if (u := unit_declared(cell))), None)
    in_heading = {u for cell in cells if (u := unit_in_heading(cell))}
    own_unit = in_heading.pop() if len(in_heading) == 1 else None
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
    part = section.heading or section.part
    return RawTable(title, number, unit, part, place, header, body, (), own_unit)


def _rows(
    lines: Arranged, columns: tuple[Column, ...], table_id: str, unit: str
) -> list[list[tuple[Row, Label]]]:
    """The rows of each group of columns, in their order on the page."""
    groups = [[columns[i] for i in group] for group in lines.layout.groups]
    rows: list[list[tuple[Row, Label]]] = [[] for _ in groups]
    codes = [_codes(lines.body, group) for group in groups]
    for at, line in enumerate(lines.body):
        for group, code, held in zip(groups, codes, rows, strict=True):
            ordinal = sum(map(len, rows)) + 1
            row_id = f"{table_id}-r{ordinal}"
            found = _row(line, group, code[at], row_id, ordinal, unit, len(groups))
            if found is not None and lines.depths:
                row, label = found
                row = replace(row, label=item_name(row.label))
                found = row, replace(label, rank=lines.depths[at])
            if found is not None:
                held.append(found)
    return [_with_sums(held) for held in rows]


def _with_sums(rows: list[tuple[Row, Label]]) -> list[tuple[Row, Label]]:
    """A line without a code that is called a sum adds up the coded ones: 人员经费合计."""
    if not any(row.code for row, _ in rows):
        return rows
    return [
        (replace(row, kind=RowKind.SUBTOTAL), label)
        if row.kind is RowKind.LEAF and not row.code and plain(row.label).endswith(_SUMS)
        else (row, label)
        for row, label in rows
    ]


def _codes(body: tuple[GridRow, ...], side: list[Column]) -> list[str | None]:
    """The code of each line; 类, 款 and 项 in columns of their own are put together.

    A line that leaves the first of them blank goes on from the line above. Words where the
    code stands are the name of a sum.
    """
    columns = [c.index for c in side if c.role is ColumnRole.CODE]
    above: list[str] = []
    codes: list[str | None] = []
    for line in body:
        parts = [line.cells[i] if i < len(line.cells) else "" for i in columns]
        parts = [part if any(map(str.isdigit, part)) else "" for part in parts]
        first = next((i for i, part in enumerate(parts) if part), None)
        if first is None:
            codes.append(None)
            continue
        above = [*above[:first], *(part for part in parts[first:] if part)]
        whole = len(above) == 1 or above[-1].startswith(above[-2])
        codes.append(above[-1] if whole else "".join(above))
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
    if not printed and code is None:
        printed = printed_in(ColumnRole.CODE)
    own_unit = unit_in_heading(printed)
    if own_unit not in (None, unit):
        unit = ""  # the line is in a unit that is not the table's
    cells = tuple(
        _cell(column, line.cells[column.index] if column.index < len(line.cells) else "", unit)
        for column in side
        if column.role in (ColumnRole.AMOUNT, ColumnRole.TEXT)
    )
    if not printed and all(cell.kind is CellKind.BLANK for cell in cells):
        return None
    label = read_label(printed)
    code = code or label.code
    side_name = side_of(side[0].path) if sides > 1 else None
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
    if column.role is ColumnRole.AMOUNT and is_number(printed) and unit:
        return Cell(column.index, printed, CellKind.AMOUNT, to_fen(parse_number(printed), unit))
    return Cell(column.index, printed, CellKind.TEXT, None)


def _levelled(
    rows: list[list[tuple[Row, Label]]], units: frozenset[str], *, holding: bool
) -> tuple[Row, ...]:
    """The rows with level, parent and kind, each group of columns on its own.

    `holding` tells whether the line of a unit holds the lines below it.
    """
    done = [row for group in rows for row in _levelled_group(group, units, holding=holding)]
    parents = {row.parent_id for row in done}
    return tuple(
        replace(r, kind=RowKind.GROUP) if r.kind is RowKind.LEAF and r.id in parents else r
        for r in sorted(done, key=lambda row: row.ordinal)
    )


def _levelled_group(
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


def _lists_units(kind: TableKind, rows: list[list[tuple[Row, Label]]]) -> bool:
    """Whether the table tells the income of each unit in one line, which holds no others."""
    return kind is TableKind.INCOME and not any(row.code for group in rows for row, _ in group)
