"""The document as it is printed, read in a way of its own.

What the harness expects of an answer comes from here, so nothing of the packages
`index` and `qa_service` takes part. `read_printed` reads the text form of a department
budget: headings, paragraphs, and tables whose cells are parted by tabs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

AMOUNT = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
CODE = re.compile(r"\d{3}(?:\d{2}){0,2}")
CODED_LABEL = re.compile(r"\[(\d+)\](.+)")
NUMERALS = "一二三四五六七八九十百"
PART = re.compile(rf"第[{NUMERALS}]+部分\s*(.*)")
HEADING = re.compile(rf"([{NUMERALS}]+)、([^。；]+)")
CLAUSE = re.compile(rf"（([{NUMERALS}]+)）")
NUMBERED_POINT = re.compile(r"\d+[.．、]\s*\D")
NUMBERING = re.compile(
    rf"(?:其中：)?(?:[{NUMERALS}]+、|（[{NUMERALS}]+）|\d+[.．]\s*)|其中：", re.ASCII
)
CONTENTS = re.compile(r"目\s*录")
UNIT = re.compile(r"单位[:：]\s*(亿元|万元|元)")
OWNER = re.compile(r"单位名称[:：]\s*(\S+)")
TABLE_NUMBER = re.compile(r"表\s*(\d+)")
RULE = re.compile(r"[-—\s]+")
WHOLE = frozenset({"合计", "小计", "总计", "预算", "预算数", "决算", "决算数"})
TOTALS = re.compile(r"(?:本年)?(?:收入|支出)?(?:合计|总计)")


class ColumnKind(StrEnum):
    """What the cells of a column hold."""

    CODE = "code"
    LABEL = "label"
    AMOUNT = "amount"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Column:
    """A column with all its header cells from the top, as ("财政拨款", "一般公共预算")."""

    index: int
    path: tuple[str, ...]
    kind: ColumnKind

    @property
    def name(self) -> str:
        return "/".join(self.path)

    @property
    def last(self) -> str:
        """The lowest header cell without 其中 and without its unit."""
        return re.sub(r"^其中：|（单位[:：].*）$", "", self.path[-1])

    @property
    def spoken(self) -> str:
        """What people call the column: 财政拨款合计, as 合计 alone is that of the row."""
        return "".join(self.path[-2:]) if self.last in WHOLE else self.last


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its text as printed."""

    column: Column
    text: str

    @property
    def amount(self) -> Decimal:
        return Decimal(self.text.replace(",", ""))


@dataclass(frozen=True, slots=True)
class Row:
    """A row, or one side of a row of a two-sided table; `line` counts from 1."""

    label: str
    code: str | None
    side: str | None
    line: int
    amounts: tuple[Cell, ...]
    texts: tuple[Cell, ...]

    @property
    def name(self) -> str:
        """The label without code, numbering and 其中."""
        coded = CODED_LABEL.fullmatch(self.label)
        return coded[2] if coded else NUMBERING.sub("", self.label, count=1)

    @property
    def is_total(self) -> bool:
        return TOTALS.fullmatch(self.label) is not None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, joined across page breaks, with the line that it begins on."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title and number as in the contents."""

    title: str
    number: int | None
    unit: str
    line: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Paragraph, ...]

    def whole(self, row: Row) -> Cell | None:
        """The cell that holds the whole of the row: its first amount."""
        return row.amounts[0] if row.amounts else None


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause of a section, as （四）, with the points below it."""

    item: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section of prose. `part` is the title of the part that it stands in."""

    part: str
    number: str
    heading: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses （一）, （二）… of the section; none where it has no such numbers."""
        found: list[tuple[str, list[Paragraph]]] = []
        for paragraph in self.paragraphs:
            number = CLAUSE.match(paragraph.text)
            if number:
                found.append((number[0], []))
            if found:
                found[-1][1].append(paragraph)
        return tuple(Clause(item, tuple(paragraphs)) for item, paragraphs in found)


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the glossary; `item` is its number and name, `text` the whole entry."""

    item: str
    name: str
    text: str
    line: int

    @property
    def meaning(self) -> str:
        """What stands after the colon."""
        return self.text.split("：", 1)[1]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole printed budget."""

    department: str
    year: int
    tables: tuple[Table, ...]
    sections: tuple[Section, ...]
    glossary: str
    """The title of the part that explains terms."""
    terms: tuple[Term, ...]

    def table(self, title: str) -> Table:
        """The table of that title. Raises LookupError where there is none."""
        for table in self.tables:
            if table.title == title:
                return table
        raise LookupError(f"no table {title!r} is printed; there are {self._titles()}")

    def section(self, heading: str) -> Section:
        """The section of that heading. Raises LookupError where there is none."""
        for section in self.sections:
            if section.heading == heading:
                return section
        raise LookupError(f"no section {heading!r} is printed")

    def units(self) -> frozenset[str]:
        """Names of rows that stand for a whole unit: its line sums what is below it."""
        return frozenset({self.department, f"{self.department}（本级）"})

    def _titles(self) -> str:
        return "、".join(table.title for table in self.tables)


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str

    @property
    def cells(self) -> list[str]:
        return [cell.strip() for cell in self.text.split("\t")]


@dataclass(frozen=True, slots=True)
class _Part:
    title: str
    lines: tuple[_Line, ...]


def read_printed(path: Path) -> Document:
    """The document of a text file. Raises ValueError where it has no part or no department."""
    lines = [
        _Line(number, text.rstrip("\r\n ")) for number, text in enumerate(_text(path), start=1)
    ]
    contents, body = _split_contents(lines)
    parts = _parts(body)
    owner = next((m[1] for line in lines if (m := OWNER.match(line.text.strip()))), None)
    year = next((m[1] for line in lines if (m := re.match(r"\s*(\d{4})年", line.text))), None)
    if not parts or owner is None or year is None:
        raise ValueError(
            f"{path}: expected parts, 单位名称 and a year; mend the file or the reader"
        )
    numbers = _numbers(contents)
    glossary = next((part for part in parts if "名词" in part.title), None)
    return Document(
        department=owner,
        year=int(year),
        tables=tuple(table for part in parts for table in _tables(part, numbers)),
        sections=tuple(s for part in parts if part is not glossary for s in _sections(part)),
        glossary=glossary.title if glossary else "",
        terms=tuple(_terms(glossary)) if glossary else (),
    )


def _text(path: Path) -> list[str]:
    return path.read_text("utf-8-sig").split("\n")


def _split_contents(lines: list[_Line]) -> tuple[list[_Line], list[_Line]]:
    """The lines of the contents and those of the body, which begins with the first part anew."""
    start = next((i for i, line in enumerate(lines) if CONTENTS.fullmatch(line.text.strip())), None)
    if start is None:
        return [], lines
    first = next((line.text for line in lines[start:] if PART.fullmatch(line.text)), None)
    begins = [i for i, line in enumerate(lines) if line.text == first]
    end = begins[1] if len(begins) > 1 else start
    return lines[start:end], lines[end:]


def _numbers(contents: list[_Line]) -> dict[str, int]:
    """The number of each table in the contents, by title."""
    numbers: dict[str, int] = {}
    for line in contents:
        entry = HEADING.fullmatch(line.text.lstrip("-• ").strip())
        if entry and entry[2].endswith(("表", "）")) and "表" in entry[2]:
            numbers[entry[2]] = _numeral(entry[1])
    return numbers


def _numeral(text: str) -> int:
    """The value of a Chinese numeral below a hundred."""
    digits = {c: n for n, c in enumerate("一二三四五六七八九", start=1)}
    tens, ten, ones = text.rpartition("十")
    return (digits.get(tens, 1) * 10 if ten else 0) + digits.get(ones, 0)


def _parts(lines: list[_Line]) -> list[_Part]:
    found: list[tuple[str, list[_Line]]] = []
    for line in lines:
        part = PART.fullmatch(line.text.strip())
        if part:
            found.append((part[1], []))
        elif found:
            found[-1][1].append(line)
    return [_Part(title, tuple(part)) for title, part in found]


def _sections(part: _Part) -> Iterator[Section]:
    heading: re.Match[str] | None = None
    lines: list[_Line] = []
    for line in part.lines:
        begins = HEADING.fullmatch(line.text) if "\t" not in line.text else None
        if begins:
            if heading:
                yield Section(part.title, heading[1], heading[2], _paragraphs(lines))
            heading, lines = begins, []
        else:
            lines.append(line)
    if heading:
        yield Section(part.title, heading[1], heading[2], _paragraphs(lines))


def _terms(part: _Part) -> Iterator[Term]:
    entry = re.compile(rf"([{NUMERALS}]+、([^：]+))：.+", re.DOTALL)
    for paragraph in _paragraphs(list(part.lines)):
        term = entry.fullmatch(paragraph.text)
        if term:
            yield Term(term[1], term[2], paragraph.text, paragraph.line)


def _paragraphs(lines: list[_Line]) -> tuple[Paragraph, ...]:
    """The paragraphs of the lines that belong to no table; one cut by a page break is joined."""
    found: list[Paragraph] = []
    for line in lines:
        text = line.text.strip()
        if not text or "\t" in line.text:
            continue
        numbered = CLAUSE.match(text) or HEADING.match(text) or NUMBERED_POINT.match(text)
        if found and not numbered and not text.startswith("注") and not _ends(found[-1].text):
            found[-1] = Paragraph(found[-1].text + text, found[-1].line)
        else:
            found.append(Paragraph(text, line.number))
    return tuple(found)


def _ends(text: str) -> bool:
    return text.endswith(("。", "！", "？", "；", "：", "。”", "。）"))


@dataclass(slots=True)
class _Drawn:
    """A table as it is met line by line."""

    title: str
    number: int | None
    unit: str
    lines: list[_Line]
    notes: list[_Line]


@dataclass(slots=True)
class _Above:
    """What the lines above a table say of it."""

    title: str = ""
    number: int | None = None
    unit: str = "万元"
    heading: str = ""

    def read(self, text: str) -> None:
        if found := UNIT.fullmatch(text):
            self.unit = found[1]
        elif found := TABLE_NUMBER.fullmatch(text):
            self.number = int(found[1])
        elif found := HEADING.fullmatch(text):
            self.heading, self.title = found[2], ""
        elif not OWNER.match(text) and not _ends(text):
            self.title = text

    def begin(self, numbers: dict[str, int]) -> _Drawn:
        number = numbers.get(self.title, self.number)
        drawn = _Drawn(self.title or self.heading, number, self.unit, [], [])
        self.title, self.number = "", None
        return drawn


def _tables(part: _Part, numbers: dict[str, int]) -> Iterator[Table]:
    """The tables of the part; a page break within one does not end it."""
    above = _Above()
    drawn: _Drawn | None = None
    noting = False
    for line in part.lines:
        text = line.text.strip()
        if "\t" in line.text:
            drawn = drawn or above.begin(numbers)
            drawn.lines.append(line)
            noting = False
        elif not text:
            noting = False
        elif drawn is not None and (noting or text.startswith("注")):
            drawn.notes.append(line)
            noting = True
        else:
            if drawn is not None:
                yield _table(drawn)
                drawn = None
            above.read(text)
    if drawn is not None:
        yield _table(drawn)


def _table(drawn: _Drawn) -> Table:
    lines = [line for line in drawn.lines if not RULE.fullmatch(line.text)]
    width = max(len(line.cells) for line in lines)
    header = _header(lines)
    printed = {line.text for line in header}
    body = [line for line in lines if line.text not in printed]
    grid = [(line.number, line.cells + [""] * (width - len(line.cells))) for line in body]
    columns = _columns([line.cells + [""] * (width - len(line.cells)) for line in header], grid)
    in_header = UNIT.search("".join(printed))
    return Table(
        title=drawn.title,
        number=drawn.number,
        unit=in_header[1] if in_header else drawn.unit,
        line=lines[0].number,
        columns=columns,
        rows=tuple(_rows(grid, columns)),
        notes=_paragraphs(drawn.notes),
    )


def _header(lines: list[_Line]) -> list[_Line]:
    """The lines above the first amount; a page break repeats them all."""
    header: list[_Line] = []
    for line in lines:
        if any(AMOUNT.fullmatch(cell) for cell in line.cells):
            break
        if line.text not in {known.text for known in header}:
            header.append(line)
    return header


def _columns(header: list[list[str]], grid: list[tuple[int, list[str]]]) -> tuple[Column, ...]:
    """Columns with paths: an upper cell reaches over the blanks to its right."""
    width = len(header[0]) if header else 0
    paths: list[tuple[str, ...]] = []
    for index in range(width):
        path: list[str] = []
        for depth, cells in enumerate(header):
            below = any(lower[index] for lower in header[depth + 1 :])
            text = cells[index]
            if not text and below:
                text = next((cells[left] for left in range(index, -1, -1) if cells[left]), "")
            if text:
                path.append(text)
        paths.append(tuple(path))
    amounts = [
        _holds_amounts(path, [cells[i] for _, cells in grid]) for i, path in enumerate(paths)
    ]
    return tuple(
        Column(index, path, _kind(index, path, amounts)) for index, path in enumerate(paths)
    )


def _holds_amounts(path: tuple[str, ...], cells: list[str]) -> bool:
    is_code = bool(path) and "编码" in path[-1]
    return not is_code and any(AMOUNT.fullmatch(cell) for cell in cells)


def _kind(index: int, path: tuple[str, ...], amounts: list[bool]) -> ColumnKind:
    if amounts[index]:
        return ColumnKind.AMOUNT
    if path and "编码" in path[-1]:
        return ColumnKind.CODE
    return ColumnKind.LABEL if any(amounts[index:]) else ColumnKind.TEXT


def _rows(grid: list[tuple[int, list[str]]], columns: tuple[Column, ...]) -> Iterator[Row]:
    labels = [c for c in columns if c.kind is ColumnKind.LABEL]
    for line, cells in grid:
        code_cell = next((cells[c.index] for c in columns if c.kind is ColumnKind.CODE), "")
        for side, label_column in enumerate(labels):
            label = cells[label_column.index]
            if not label:
                continue
            end = labels[side + 1].index if side + 1 < len(labels) else len(columns)
            mine = [c for c in columns if label_column.index < c.index < end and cells[c.index]]
            coded = CODED_LABEL.fullmatch(label)
            yield Row(
                label=label,
                code=coded[1] if coded else code_cell or None,
                side=label_column.path[0] if len(labels) > 1 else None,
                line=line,
                amounts=tuple(
                    Cell(c, cells[c.index])
                    for c in mine
                    if c.kind is ColumnKind.AMOUNT and AMOUNT.fullmatch(cells[c.index])
                ),
                texts=tuple(Cell(c, cells[c.index]) for c in mine if c.kind is ColumnKind.TEXT),
            )
