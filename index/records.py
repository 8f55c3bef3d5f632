"""What the index holds: frozen records, no input or output.

A `BudgetDocument` is one published budget. Its tables keep every printed cell
with its place; its passages are the smallest citable texts; its facts are the
numbers that stand only in prose. Money is an integer count of 分 (0.01 元).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class DocumentKind(StrEnum):
    """What a document reports: planned or actual money."""

    BUDGET = "预算"
    FINAL_ACCOUNT = "决算"


class TableKind(StrEnum):
    """The kinds of table that department budgets are made of."""

    TOTALS = "收支总表"
    INCOME = "收入总表"
    SPENDING = "支出总表"
    FISCAL_TOTALS = "财政拨款收支总表"
    GENERAL_SPENDING = "一般公共预算支出表"
    GENERAL_BASIC = "一般公共预算基本支出表"
    GENERAL_PROJECT = "一般公共预算项目支出表"
    ADMIN_AND_THREE_PUBLIC = "行政经费及“三公”经费表"
    GOVERNMENT_FUND = "政府性基金预算支出表"
    STATE_CAPITAL = "国有资本经营预算支出表"
    BASIC = "基本支出预算表"
    PROJECTS = "项目支出预算表"
    KEY_GOALS = "重点项目绩效目标表"
    OTHER = "其他表"


PROJECT_TABLES = (TableKind.PROJECTS, TableKind.KEY_GOALS)
"""The tables whose lines are projects."""


class ColumnRole(StrEnum):
    """What the cells of a column hold."""

    CODE = "code"
    LABEL = "label"
    AMOUNT = "amount"
    TEXT = "text"


class NamePart(StrEnum):
    """Where in a name some letters stand."""

    ANYWHERE = "anywhere"
    BEGINNING = "beginning"
    END = "end"


class RowKind(StrEnum):
    """A row's place in the sums of its table; only leaves may be added up."""

    TOTAL = "total"
    SUBTOTAL = "subtotal"
    GROUP = "group"
    LEAF = "leaf"


class CellKind(StrEnum):
    """How a cell is printed. A blank, a dash and a zero are three different things."""

    AMOUNT = "amount"
    TEXT = "text"
    DASH = "dash"
    BLANK = "blank"


class PassageKind(StrEnum):
    """What a passage tells."""

    DUTY = "duty"
    ORGANISATION = "organisation"
    COMPOSITION = "composition"
    EXPLANATION = "explanation"
    GLOSSARY = "glossary"
    GOAL = "goal"
    NOTE = "note"
    OTHER = "other"


class FactMeasure(StrEnum):
    """What a number in prose measures about its subject."""

    AMOUNT = "amount"
    CHANGE = "change"
    RATE = "rate"
    PRIOR = "prior"


class FindingKind(StrEnum):
    """How serious a failed check is."""

    ROUNDING = "rounding"
    CONFLICT = "conflict"
    WORDING = "wording"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is printed: page of the published file and line of the text, from 1."""

    page: int | None
    line: int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its full header path, as ("财政拨款", "一般公共预算")."""

    index: int
    path: tuple[str, ...]
    role: ColumnRole
    is_whole: bool
    """Whether the amount is the whole of its row, of which other columns are parts."""

    @property
    def name(self) -> str:
        return "/".join(self.path)


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell; `fen` is its amount in 分, None where no amount is printed."""

    column: int
    printed: str
    kind: CellKind
    fen: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row, or one side of a row of a two-sided table."""

    id: str
    ordinal: int
    label: str
    """The name alone, without code, numbering or 其中."""
    printed: str
    """The label as printed."""
    code: str | None
    level: int
    """Depth below the table's total, which is 0: 类 1, 款 2, 项 3."""
    parent_id: str | None
    kind: RowKind
    side: str | None
    """收入 or 支出 in a two-sided table."""
    place: Place
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a document, page breaks and repeated headers already mended."""

    id: str
    number: int | None
    title: str
    kind: TableKind
    unit: str
    section: str | None
    place: Place
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest citable text."""

    id: str
    kind: PassageKind
    section: str
    """The heading it stands under, as printed, without its number."""
    item: str | None
    """Its number and first words, as （四）or 六、基本支出."""
    title: str | None
    """What it is about: the term explained, the project of a goal."""
    text: str
    place: Place
    parent_id: str | None = None
    table_id: str | None = None
    row_id: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A number that stands in prose, with what it measures.

    A derived fact (last year's figure) has the formula it follows from over
    the printed texts of its operands, and no span of its own.
    """

    id: str
    passage_id: str
    subject: str
    context: str | None
    """The subject that this one is a part of, as 政府采购 of 货物类采购预算."""
    measure: FactMeasure
    value: Decimal | None
    """None where the document says that there is nothing to compare with."""
    unit: str
    fen: int | None
    printed: str
    year: int
    start: int
    end: int
    formula: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, with the rows and passages that it touches."""

    kind: FindingKind
    check: str
    message: str
    row_ids: tuple[str, ...] = ()
    passage_ids: tuple[str, ...] = ()
    difference_fen: int | None = None
    column: int | None = None
    """The column whose sum is off, where it is one column's."""


@dataclass(frozen=True, slots=True)
class BudgetDocument:
    """One published budget or final account."""

    id: str
    title: str
    department: str
    year: int
    kind: DocumentKind
    source: str
    """The file's name."""
    digest: str
    """SHA-256 of the file."""
    tables: tuple[Table, ...]
    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    """Pairs of names that the document itself says are the same."""
