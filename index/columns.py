"""What the columns of a table hold, and which of them are read together.

A table may print its lines side by side, 编码 | 名称 | 决算数 | 编码 | 名称 | 决算数: each
group of columns has names and amounts of its own. Where the groups cannot be told apart,
`misread` says so, and the table is left out rather than read wrongly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from index.labels import account_named, plain
from index.readers.blocks import GridRow
from index.records import Column, ColumnRole, DocumentKind
from index.units import is_dash, is_number

SIDES = ("收入", "支出")
_CODE_HEADER = re.compile(r"(?:科目|功能|经济|项目)?(?:编码|代码)$|^[类款项]$")
_CODE = re.compile(r"[235]\d{2}(?:\d{2}){0,2}")
_NO_MONEY_HEADER = re.compile(
    r"^(?:序号|行次|编号|年份?|年度|数量|人数|个数|次数|台数|件数|批次|天数|面积|比例|占比|权重|分值|得分)"
    r"(?:[（(].*[）)])?$"
)
"""What counts something other than money."""
_AMOUNT_WORDS = (
    "预算",
    "决算",
    "金额",
    "合计",
    "小计",
    "支出",
    "收入",
    "拨款",
    "资金",
    "结转",
    "结余",
)
_NAME_HEADER = re.compile(r"(?:名称|科目|项目)$")
_YEAR = r"(?:20\d\d年(?:度)?|本年(?:度)?|全年|当年|年初|调整)?"
_WHOLE_HEADER = re.compile(
    rf"^{_YEAR}(?:合计|总计|小计|(?:支出)?预算数?|预算金额|金额|(?:支出)?决算数?)(?:（.*）|\(.*\))?$"
)
_OTHER_YEAR = re.compile(r"20\d\d|上年|去年")


@dataclass(frozen=True, slots=True)
class Account:
    """The year and the kind of the document that a table stands in."""

    year: int
    kind: DocumentKind


@dataclass(frozen=True, slots=True)
class Grouped:
    """The header path and the kind of each column, and the columns of each group."""

    paths: tuple[tuple[str, ...], ...]
    kinds: tuple[ColumnRole, ...]
    groups: tuple[range, ...]

    def heading(self, index: int) -> str:
        """The lowest header cell of a column, as headings are compared."""
        return plain(self.paths[index][-1])


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
        tuple(re.sub(r"\s+", "", line[i]) for line in lines if line[i]) or ("",)
        for i in range(width)
    )


def grouped(header: tuple[GridRow, ...], body: tuple[GridRow, ...]) -> Grouped:
    """The columns of a table, in groups that have names and amounts of their own."""
    paths = header_paths(header)
    width = max([len(paths), *(len(row.cells) for row in body)])
    paths = (*paths, *[("",)] * (width - len(paths)))
    kinds = tuple(_kind(path, i, body) for i, path in enumerate(paths))
    whole = Grouped(paths, kinds, (range(width),))
    starts = [0] if width else []
    for i in range(1, width):
        if _begins_group(whole, starts, i):
            starts.append(i)
    groups = tuple(range(one, other) for one, other in pairwise([*starts, width]))
    return Grouped(_with_sides(paths, groups), kinds, groups)


def columns_of(layout: Grouped, account: Account | None) -> tuple[Column, ...]:
    """The columns with what they are to the rows of their group."""
    columns: list[Column] = []
    for group in layout.groups:
        roles = _roles(layout, group)
        whole = _whole(layout, [i for i in group if roles[i] is ColumnRole.AMOUNT], account)
        columns += [Column(i, layout.paths[i], roles[i], i == whole) for i in group]
    return tuple(columns)


def side_of(path: tuple[str, ...]) -> str | None:
    """The side of a two-sided table that a column is headed with."""
    return path[0] if path[0] in SIDES and len(path) > 1 else None


def misread(layout: Grouped) -> str | None:
    """Why the columns cannot be told apart; None where each amount has its name."""
    for group in layout.groups:
        amounts = [i for i in group if layout.kinds[i] is ColumnRole.AMOUNT]
        names = {layout.heading(i) for i in group if i < min(amounts, default=0)} - {""}
        for i in group:
            if not amounts or i < amounts[0] or layout.kinds[i] is ColumnRole.AMOUNT:
                continue
            heading = layout.paths[i][-1]
            again = layout.kinds[i] is ColumnRole.CODE or plain(heading) in names
            named = _NAME_HEADER.search(heading) and i < amounts[-1]
            if again or (named and layout.kinds[i] is ColumnRole.LABEL):
                return f"第{i + 1}列“{heading}”在金额之后又列出名称或编码，分不清金额属于谁"
    return None


def _kind(path: tuple[str, ...], index: int, body: tuple[GridRow, ...]) -> ColumnRole:
    """What the cells hold: codes, money, other counts, or words as in a column of names."""
    cells = [row.cells[index] for row in body if index < len(row.cells) and row.cells[index]]
    words = [c for c in cells if not is_number(c) and not is_dash(c)]
    if any(_CODE_HEADER.search(part) for part in path) or _are_codes(path, cells):
        return ColumnRole.CODE
    if _NO_MONEY_HEADER.match(path[-1]):
        return ColumnRole.TEXT
    if len(words) * 2 > len(cells) or (not cells and not _is_amount_header(path)):
        return ColumnRole.LABEL
    return ColumnRole.AMOUNT


def _are_codes(path: tuple[str, ...], cells: list[str]) -> bool:
    """Whether the cells are codes of subjects under a heading that does not say so: 科目 |."""
    codes = [c for c in cells if _CODE.fullmatch(c)]
    nested = any(one != other and other.startswith(one) for one, other in pairwise(codes))
    return nested and len(codes) == len(cells) and not _is_amount_header(path[-1:])


def _is_amount_header(path: tuple[str, ...]) -> bool:
    return any(word in path[-1] for word in _AMOUNT_WORDS)


def _begins_group(layout: Grouped, starts: list[int], index: int) -> bool:
    """Whether names begin anew at a column, behind the amounts of other names."""
    kinds = layout.kinds
    before = kinds[starts[-1] : index]
    named = ColumnRole.LABEL in before or ColumnRole.CODE in before
    if kinds[index] is ColumnRole.AMOUNT or ColumnRole.AMOUNT not in before or not named:
        return False
    amount = next((i for i in range(index, len(kinds)) if kinds[i] is ColumnRole.AMOUNT), None)
    if amount is None:
        return False
    side, first = (_side_said(layout.paths[i][0]) for i in (index, 0))
    if side and first and side != first:
        return kinds[index] is not ColumnRole.TEXT
    if layout.heading(index) and layout.heading(index) in {layout.heading(i) for i in starts}:
        return True
    same_amount = layout.heading(amount) == layout.heading(kinds.index(ColumnRole.AMOUNT))
    return same_amount and kinds[index] is not ColumnRole.TEXT


def _with_sides(
    paths: tuple[tuple[str, ...], ...], groups: tuple[range, ...]
) -> tuple[tuple[str, ...], ...]:
    """The paths with the side first: 收入 | 预算数 | 支出 | 预算数, and 本年收入 for 收入."""
    heads = [paths[group[0]] for group in groups]
    sides = [_side_said(head[0]) for head in heads]
    if set(sides) != set(SIDES):
        return paths
    found = list(paths)
    for group, side, head in zip(groups, sides, heads, strict=True):
        for i in group:
            above = len(head) > 1 and paths[i][0] == head[0]
            own = paths[i][1:] if above else paths[i]
            named = len(head) == 1 and plain(paths[i][0]) == side
            found[i] = (side or "", *(("项目",) if named else own or ("项目",)))
    return tuple(found)


def _side_said(heading: str) -> str | None:
    """The side that a heading names: 收入, 本年支出, 支出项目."""
    text = heading.removeprefix("本年")
    return next((side for side in SIDES if text.startswith(side)), None)


def _roles(layout: Grouped, group: range) -> dict[int, ColumnRole]:
    """The codes before the first names, the names, and what else is money or text."""
    roles: dict[int, ColumnRole] = {}
    for i in group:
        kind = layout.kinds[i]
        passed = any(role is not ColumnRole.CODE for role in roles.values())
        named = ColumnRole.LABEL in roles.values()
        if kind is ColumnRole.CODE and passed and (named or ColumnRole.CODE in roles.values()):
            kind = ColumnRole.TEXT
        if kind is ColumnRole.LABEL and named:
            kind = ColumnRole.TEXT
        roles[i] = kind
    return roles


def _whole(layout: Grouped, amounts: list[int], account: Account | None) -> int | None:
    """The first amount column that is headed as a sum, of the document's own year and kind."""
    headed = [i for i in amounts if _WHOLE_HEADER.match(layout.paths[i][-1])] or amounts
    if account is not None:
        headed = [i for i in headed if not _is_of_another_year(layout.paths[i], account)] or headed
        headed = [i for i in headed if _is_of_kind(layout.paths[i], account)] or headed
    return headed[0] if headed else None


def _is_of_another_year(path: tuple[str, ...], account: Account) -> bool:
    said = [found[0] for part in path for found in _OTHER_YEAR.finditer(part)]
    return bool(said) and str(account.year) not in said


def _is_of_kind(path: tuple[str, ...], account: Account) -> bool:
    return any(account_named(part) == account.kind.value for part in path)
