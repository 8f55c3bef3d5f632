"""What a document's tables, rows and facts are compared by.

Texts are kept as `Form`s, whose character pairs are counted when they are made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache

from index.labels import account_named, bare_department, plain
from index.records import Column, ColumnRole, Fact, Row, RowKind, Table, TableKind

_ACCOUNT = re.compile("(?<!公共)(?<!基金)(?<!经营)(?<!部门)(?:预算|决算)")
KINDS_OF_SPENDING = ("基本支出", "项目支出")
"""Both kinds of spending, of which every line is one."""
ASPECTS = (*KINDS_OF_SPENDING, "政府性基金", "国有资本", "三公", "财政拨款", "一般公共预算")
"""What a table's title may narrow its amounts to."""
OF_CODES = ("科目", "编码", "代码")
"""Words that belong to every row with a code, whatever its table's title says."""
_REGION = re.compile(
    r"^(?P<province>[\u4e00-\u9fff]{2,8}?(?:省|自治区))?(?P<city>[\u4e00-\u9fff]{2,6}?市)?"
    r"(?P<district>[\u4e00-\u9fff]{1,6}?(?:区|县|旗))?"
)
_LEADING_YEAR = re.compile(r"^20\d\d年?(?:度)?")
_INSERTED = re.compile(r"[（(][^（）()]{1,2}[）)](?=.)")
_OF_UNITS = (TableKind.PROJECTS, TableKind.KEY_GOALS, TableKind.INCOME, TableKind.BASIC)
"""Tables whose lines are projects or units."""
_PROJECT_TAIL = re.compile(r"(?:服务)?(?:项目|经费)+$")


class SubjectSort(StrEnum):
    """Which classification the codes of a table belong to."""

    FUNCTIONAL = "功能分类"
    ECONOMIC = "经济分类"


@dataclass(frozen=True, slots=True)
class Form:
    """A text as it is compared: `text` is plain, `pairs` its neighbouring characters."""

    text: str
    pairs: frozenset[str]
    places: dict[str, int] = field(compare=False, hash=False)
    """Where the text holds each of its own pairs, as bits of its characters."""


@dataclass(frozen=True, slots=True)
class TableEntry:
    """A table's head, ready for matching."""

    table: Table
    title: Form
    aspects: frozenset[str]
    columns: tuple[tuple[Column, tuple[Form, ...]], ...]
    """The amount columns, with the forms of their header path."""
    wholes: frozenset[int]
    """The places of those that hold the whole amount of a row."""
    column_names: tuple[str | None, ...]
    """What a question says that asks for each of them; None where its header is too short."""
    label_heads: tuple[Form, ...]
    """The heads of the columns that hold the names."""
    subjects: SubjectSort | None
    """None where the rows have no codes."""
    levels: tuple[int, ...]
    """The levels of its subjects, from 类 (1) down; empty where the rows have no codes."""
    sides: tuple[str, ...]
    """收入 and 支出 in a two-sided table."""
    grouped: bool
    """Whether some of its rows are parts of others."""
    accounts: dict[int, str]
    """预算 or 决算 by the place of a column; empty where the table does not print both."""

    @property
    def whole(self) -> int | None:
        """The place of the first column of whole amounts; None where it prints none."""
        return min(self.wholes, default=None)

    def amount(self, row: Row) -> int | None:
        """The whole amount of one of its rows in 分; None where none is printed."""
        return next((cell.fen for cell in row.cells if cell.column in self.wholes), None)


@dataclass(frozen=True, slots=True)
class RowEntry:
    """A row, ready for matching."""

    row: Row
    table_id: str
    label: Form
    core: Form
    """The label without the department's own name, its region, a year and 项目."""
    printed: tuple[Form, ...]
    """The label and the two names below, as far as it has them."""
    also: Form | None
    """Another name that the document itself gives the row."""
    short: Form | None
    """The label without a character or two that it prints in brackets: 维修费."""
    called: tuple[Form, ...]
    """The shorter names of a unit: 战略研究院."""
    names: tuple[Form, ...]
    """All of these, each text once."""
    goal: Form | None
    """The row's 绩效目标, where it has one."""
    side_forms: tuple[Form, ...]
    """Its side of a two-sided table, alone and behind its label."""


@dataclass(frozen=True, slots=True)
class FactEntry:
    """A fact of the prose, ready for matching."""

    fact: Fact
    subject: Form
    also: Form | None
    """Another name that the document itself gives the subject."""
    around: Form
    """What the subject is a part of and the section it stands in."""
    least_fen: int | None = None
    """The limit that is a part of the subject, in 分: 单价在100万元以上的设备."""
    of_whole: bool = False
    """Whether the subject is all income or all spending."""


def make_form(text: str) -> Form:
    """The form of a text."""
    return form_of(plain(text))


def form_of(bare: str, more: frozenset[str] = frozenset()) -> Form:
    """The form of a plain text; `more` are pairs that explain a question as well as its own."""
    places: dict[str, int] = {}
    for i in range(len(bare) - 1):
        pair = bare[i : i + 2]
        places[pair] = places.get(pair, 0) | 3 << i
    return Form(bare, frozenset(places) | more, places)


def pairs_of(text: str) -> frozenset[str]:
    """The neighbouring characters of a plain text."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def department_names(department: str) -> tuple[str, ...]:
    """The names that people call a department by, longest first."""
    return names_and_regions(department)[0]


def table_entry(table: Table) -> TableEntry:
    title = make_form(table.title)
    columns = tuple(
        (column, tuple(make_form(part.removeprefix("其中：")) for part in column.path))
        for column in table.columns
        if column.role is ColumnRole.AMOUNT
    )
    return TableEntry(
        table,
        title,
        frozenset(aspect for aspect in ASPECTS if aspect in title.text),
        columns,
        frozenset(column.index for column, _ in columns if column.is_whole),
        tuple(column_name(parts) for _, parts in columns),
        tuple(make_form(c.path[-1]) for c in table.columns if c.role is ColumnRole.LABEL),
        _subjects(table),
        tuple(sorted({row.level for row in table.rows if row.code})),
        tuple(dict.fromkeys(row.side for row in table.rows if row.side)),
        any(row.kind is RowKind.GROUP for row in table.rows),
        _accounts(columns),
    )


def accounts_said(text: str) -> set[str]:
    """预算 and 决算, where a plain text says them of an amount: not in 一般公共预算, 部门预算."""
    return set(_ACCOUNT.findall(text))


def _accounts(columns: tuple[tuple[Column, tuple[Form, ...]], ...]) -> dict[int, str]:
    """Which columns are planned and which spent, where a table prints both of each row."""
    found = {
        column.index: kind
        for column, _ in columns
        for part in column.path
        if (kind := account_named(part)) is not None
    }
    return found if len(set(found.values())) > 1 else {}


def column_name(parts: tuple[Form, ...]) -> str | None:
    """What names a column itself, not only what it is a part of; None for a single character."""
    last = parts[-1].text
    if last in ("合计", "小计") and len(parts) > 1:
        return parts[-2].text
    return last if len(last) > 1 else None


def _subjects(table: Table) -> SubjectSort | None:
    """功能分类 codes begin with 2, those of 经济分类 with 3 or 5."""
    code = next((row.code for row in table.rows if row.code), None)
    if code is None:
        return None
    return SubjectSort.FUNCTIONAL if code.startswith("2") else SubjectSort.ECONOMIC


_MOST_LABELS = 1 << 14
_JOINTS = ("和", "及", "与")
"""社会保障和就业 is one thing in a list, and not two."""
_STEM_END = re.compile("(?<=..)(?:支出|经费|费用|费)$")


@lru_cache(maxsize=_MOST_LABELS)
def stem_of(label: str) -> str:
    """A plain label without the word for money at its end: 会议 of 会议费; 电费 stays as it is."""
    return _STEM_END.sub("", label)


def row_entry(
    row: Row,
    table: Table,
    names: tuple[str, ...],
    regions: tuple[str, ...],
    others: dict[str, str],
    goal: str | None,
    shorter: dict[str, tuple[str, ...]],
) -> RowEntry:
    label = form_of(plain(row.label), pairs_of(plain(row.printed)))
    core = label.text
    if table.kind in _OF_UNITS and not row.code and label.text not in names:
        core = _core(label.text, names, regions)
        beside = (r.label for r in table.rows if r.label != row.label and r.kind is row.kind)
        if any(core in plain(other) for other in beside):
            core = label.text
    bare = form_of(core)
    also, short = form_or_none(others.get(label.text)), form_or_none(_short(row.label))
    by_text = {form.text: form for form in (bare, label, also, short) if form}
    unit = table.kind in _OF_UNITS and not row.code and not row.side
    called = shorter.get(label.text, ()) if unit else ()
    stem = stem_of(label.text)
    if stem != label.text and any(joint in stem for joint in _JOINTS):
        called = (*called, stem)
    called_so = tuple(map(make_form, called))
    by_text |= {form.text: form for form in called_so}
    return RowEntry(
        row,
        table.id,
        label,
        bare,
        tuple(form for form in (label, also, short) if form),
        also,
        short,
        called_so,
        tuple(by_text.values()),
        make_form(goal) if goal else None,
        (make_form(row.side), make_form(row.label + row.side)) if row.side else (),
    )


def _short(label: str) -> str | None:
    text = _INSERTED.sub("", label)
    return text if text != label and len(text) > len("费用") else None


def form_or_none(text: str | None) -> Form | None:
    return make_form(text) if text else None


def _core(label: str, names: tuple[str, ...], regions: tuple[str, ...]) -> str:
    """What is left of a project's name without who, where, when and the word 项目."""
    text, before = label, ""
    while text != before:
        before = text
        text = _LEADING_YEAR.sub("", text)
        for name in (*names, *regions):
            text = text.removeprefix(name)
    text = _PROJECT_TAIL.sub("", text)
    return text if len(text) > 1 else label


@cache
def names_and_regions(department: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The department's names and its regions' names, longest first."""
    full = plain(department)
    found = _REGION.match(full)
    parts = [p for p in (found.groups() if found else ()) if p]
    bare = full[len("".join(parts)) :]
    names = [full, *(full[full.index(p) :] for p in parts[1:]), bare]
    regions = ["".join(parts), *parts, *(p[:-1] for p in parts if len(p) > 2)]
    if (shorter := bare_department(department)) != department:
        names += names_and_regions(shorter)[0]
    return longest_first(n for n in names if len(n) > 1), longest_first(r for r in regions if r)


def longest_first(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(texts), key=len, reverse=True))
