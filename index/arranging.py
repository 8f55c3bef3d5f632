"""Tables that are printed to save space, put as one name a line.

Lines that stand side by side under the same headings are put below each other; a table that
names its items in the header and has one line of amounts is stood up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.columns import Grouped, grouped, side_of
from index.labels import account_named, is_grand_total, read_label
from index.readers.blocks import GridRow
from index.records import ColumnRole
from index.units import is_number

_SUMS = ("合计", "小计", "总计")
_LEAST_GROUPS = 2
_ITEM, _AMOUNT = "项目", "金额"
_OF_UNITS = "三公"
_UNIT_ITEM = re.compile("因公出国|公务接待")
"""What tables of “三公” expenses print of each unit, a column each."""
_WHEN = re.compile(r"^(?:20\d\d年(?:度)?|[上去本]年(?:度)?|当年|(?:增减|变化|比上年).*)$")
"""What stands beside 预算数 and 决算数: the years, and by how much they differ."""


@dataclass(frozen=True, slots=True)
class Arranged:
    """The columns and lines of a table as they are read."""

    layout: Grouped
    body: tuple[GridRow, ...]
    depths: tuple[int, ...] = ()
    """How deep each line stood in a header; none where the lines are as printed."""


def arranged(header: tuple[GridRow, ...], body: tuple[GridRow, ...], title: str = "") -> Arranged:
    """The table with one name a line, where its header tells how."""
    layout = grouped(header, body)
    return _stood_up(layout, body, title) or _put_below(layout, body) or Arranged(layout, body)


def item_name(heading: str) -> str:
    """What an item of a header is called in a line: 拨款安排的“三公”经费预算 is “三公”经费."""
    name = heading.rsplit("安排的", 1)[-1]
    return re.sub("(?<=经费|费用)(?:支出)?(?:预算|决算)数?$", "", name) or heading


def _put_below(layout: Grouped, body: tuple[GridRow, ...]) -> Arranged | None:
    """The groups below each other; None where their headings are not the same."""
    if len(layout.groups) < _LEAST_GROUPS:
        return None
    first, *others = layout.groups
    headings = [layout.heading(i) for i in first]
    if any(side_of(path) for path in layout.paths):
        return None
    if any([layout.heading(i) for i in group] != headings for group in others):
        return None
    lines = [_parted(row, layout) for row in body]
    below = [line[at] for at in range(len(layout.groups)) for line in lines]
    last = [row for row in lines[-1] if _is_grand_total(row)] if lines else []
    rows = [row for row in below if any(row.cells) and row not in last] + last
    width = range(len(first))
    paths = tuple(_common([layout.paths[group[at]] for group in layout.groups]) for at in width)
    kinds = tuple(_kind_in_all(layout, at) for at in width)
    return Arranged(Grouped(paths, kinds, (first,)), tuple(rows))


def _parted(row: GridRow, layout: Grouped) -> list[GridRow]:
    """The cells of each group; a sum that is named to the left of its amount keeps the name."""
    parts = [[row.cells[i] if i < len(row.cells) else "" for i in g] for g in layout.groups]
    width = range(len(layout.groups[0]))
    paid = [i for i in width if _kind_in_all(layout, i) is ColumnRole.AMOUNT]
    names = [i for i in width if i not in paid]
    for left, right in pairwise(parts):
        lacks = any(left[i] for i in names) and not any(left[i] for i in paid)
        if lacks and any(right[i] for i in paid) and not any(right[i] for i in names):
            for i in names:
                left[i], right[i] = "", left[i]
    return [GridRow(tuple(part), row.place) for part in parts]


def _is_grand_total(row: GridRow) -> bool:
    return any(is_grand_total(read_label(cell).name) for cell in row.cells)


def _common(paths: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The lower part of the header that all groups share: 决算数 of 人员经费/决算数."""
    same = [parts[0] for parts in zip(*(reversed(p) for p in paths), strict=False)
            if len(set(parts)) == 1]  # fmt: skip
    return tuple(reversed(same)) or paths[0][-1:]


def _kind_in_all(layout: Grouped, at: int) -> ColumnRole:
    """What the column at a place holds in the groups; one without any cell says nothing."""
    kinds = [layout.kinds[group[at]] for group in layout.groups]
    return ColumnRole.AMOUNT if ColumnRole.AMOUNT in kinds else kinds[0]


def _stood_up(layout: Grouped, body: tuple[GridRow, ...], title: str) -> Arranged | None:
    """The items of the header as lines; None where the lines have items of their own."""
    line = _only_line(layout, body, title)
    amounts = [i for i, kind in enumerate(layout.kinds) if kind is ColumnRole.AMOUNT]
    amounts = [i for i in amounts if layout.paths[i] != ("",)]
    if line is None or len(amounts) < 2:
        return None
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for i in amounts:
        account, item = _account_and_item(layout.paths[i])
        cells = found.setdefault(item, {})
        if account in cells:
            return None
        cells[account] = line.cells[i] if i < len(line.cells) else ""
    accounts = list(dict.fromkeys(account for cells in found.values() for account in cells))
    rows = tuple(
        GridRow((item[-1], *(cells.get(a, "") for a in accounts)), line.place)
        for item, cells in found.items()
    )
    kinds = (ColumnRole.LABEL, *[ColumnRole.AMOUNT] * len(accounts))
    paths = ((_ITEM,), *((account,) for account in accounts))
    return Arranged(Grouped(paths, kinds, (range(len(kinds)),)), rows, tuple(_depths(tuple(found))))


def _only_line(layout: Grouped, body: tuple[GridRow, ...], title: str) -> GridRow | None:
    """The one line of amounts, or that of all units where “三公” items head the columns."""
    lines = [row for row in body if any(is_number(cell) for cell in row.cells)]
    if set(layout.kinds) == {ColumnRole.AMOUNT}:
        return lines[0] if len(lines) == 1 and sum(any(r.cells) for r in body) == 1 else None
    heads = {part for path in layout.paths for part in path}
    if _OF_UNITS not in title or not any(_UNIT_ITEM.search(head) for head in heads):
        return None
    if any(_UNIT_ITEM.search(cell) for row in body for cell in row.cells):
        return None
    totals = [row for row in lines if _is_grand_total(row)]
    return totals[0] if totals else (lines[0] if len(lines) == 1 else None)


def _account_and_item(path: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """预算数 or 决算数, and what it is of: 公用车费/小计 is that of 公用车费."""
    account = next((part for part in path if account_named(part) or _WHEN.match(part)), _AMOUNT)
    item = tuple(part for part in path if part != account)
    while len(item) > 1 and item[-1] in _SUMS:
        item = item[:-1]
    return account, item or (_AMOUNT,)


def _depths(items: tuple[tuple[str, ...], ...]) -> Iterator[int]:
    """How deep each item stands, from 1; 0 for a sum of all."""
    for item in items:
        yield 0 if item[-1] in _SUMS else len(item)
