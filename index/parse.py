"""Blocks to one `BudgetDocument`: who, which year, which tables, passages and facts."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from index.checks import check
from index.columns import Account
from index.errors import DocumentError
from index.facts import read_facts
from index.headings import NUMERALS, Outline, numbered_entry, outline
from index.labels import plain, whole_department
from index.passages import goal_passages, list_passages, note_passages, section_passages
from index.readers import ReadFile
from index.readers.blocks import Line
from index.records import (
    BudgetDocument,
    DocumentKind,
    Finding,
    FindingKind,
    Passage,
    PassageKind,
    Table,
)
from index.tables import RawTable, collect_tables, has_amounts, read_table, units_of, why_left_out
from index.units import read_numeral

_NAME = r"[\u4e00-\u9fff（）()·]{2,40}?"
_TITLES = (
    re.compile(rf"(?P<year>20\d\d)\s*年(?:度)?(?P<name>{_NAME})(?:部门|单位)?(?P<kind>预算|决算)"),
    re.compile(rf"(?P<name>{_NAME})(?P<year>20\d\d)\s*年(?:度)?(?:部门|单位)?(?P<kind>预算|决算)"),
)
_LEVELS_ALONE = ("省级", "市级", "区级", "县级", "本级")
"""What stands before 部门预算 and names no department: 某区2025年区级部门预算."""
_OWNER = re.compile(
    r"^(?:单位名称|部门名称|编制单位|填报单位|预算主管部门|主管部门)[：:]\s*(?P<name>\S+)"
)
_ENTRY_NUMBER = re.compile(rf"^(?P<number>[{NUMERALS}]+)、")
_TABLE_TITLE = re.compile(r"表(?:[（(].*[）)])?$")
_BOTH_NAMES = re.compile(r"^(?P<one>[^（(]+)[（(](?P<other>[^（()）]{2,})[）)]$")


@dataclass(frozen=True, slots=True)
class _Identity:
    title: str
    department: str
    year: int
    kind: DocumentKind


def parse(file: ReadFile, digest: str) -> BudgetDocument:
    """The document that the file holds, checked.

    Raises DocumentError where the file names no department and year, or holds
    no budget table.
    """
    plan = outline(file.blocks)
    who = _identity(file, plan)
    document_id = document_identity(who.department, who.year, who.kind)
    tables, passages, left_out = _body(file, plan, document_id, who)
    if not tables:
        raise DocumentError(file.path, "没有找到任何预算表，不像是部门预算或决算文件")
    document = BudgetDocument(
        id=document_id,
        title=who.title,
        department=who.department,
        year=who.year,
        kind=who.kind,
        source=file.path.name,
        digest=digest,
        tables=tables,
        passages=passages,
        facts=read_facts(passages, who.year),
        aliases=tuple(_aliases(passages)),
    )
    missing = tuple(_missing_tables(plan, tables))
    return replace(document, findings=(*missing, *left_out, *check(document)))


def _missing_tables(plan: Outline, tables: tuple[Table, ...]) -> Iterator[Finding]:
    """A finding for each table that the contents name and the document does not hold."""
    held = {plain(table.title) for table in tables}
    for entry in plan.contents:
        title = numbered_entry(entry)
        listed = _ENTRY_NUMBER.match(entry) and _TABLE_TITLE.search(title)
        if listed and plain(title) not in held:
            message = f"目录列有《{title}》，正文里没有找到这张表，文件可能不完整"
            yield Finding(FindingKind.CONFLICT, "目录", message)


def document_identity(department: str, year: int, kind: DocumentKind) -> str:
    """The id of the document of a department, year and kind: the same at each build."""
    name = f"{plain(department)}|{year}|{kind.value}"
    return "d" + hashlib.sha256(name.encode()).hexdigest()[:10]


def _identity(file: ReadFile, plan: Outline) -> _Identity:
    lines = [b for b in file.blocks if isinstance(b, Line)]
    owners = Counter(m["name"] for line in lines if (m := _OWNER.match(line.text)))
    front = plan.front or tuple(lines[:12])
    cover = re.sub(r"\s+", "", "".join(line.text for line in front[:12]))
    for found in (match for pattern in _TITLES for match in pattern.finditer(cover)):
        name = found["name"].removesuffix("部门").removesuffix("单位").strip("·")
        if not name or (name in _LEVELS_ALONE and not owners):
            continue  # 甲市财政局2026年部门预算: the name stands before the year
        department = whole_department(owners.most_common(1)[0][0] if owners else name)
        kind = DocumentKind(found["kind"])
        year = int(found["year"])
        return _Identity(f"{year}年{department}部门{kind.value}", department, year, kind)
    raise DocumentError(
        file.path,
        "开头没有“某年某部门预算（决算）”字样的标题，不像是部门预算或决算文件",
        line=front[0].place.line if front else None,
        page=front[0].place.page if front else None,
    )


def _body(
    file: ReadFile, plan: Outline, document_id: str, who: _Identity
) -> tuple[tuple[Table, ...], tuple[Passage, ...], tuple[Finding, ...]]:
    numbers = _contents_numbers(plan)
    passage_ids = (f"{document_id}-p{i}" for i in count(1))
    tables: list[Table] = []
    passages: list[Passage] = []
    left_out: list[Finding] = []
    unit: str | None = None
    units: frozenset[str] = frozenset()
    for section in plan.sections:
        raws, loose = collect_tables(section)
        passages += section_passages(section, loose, passage_ids)
        for raw in raws:
            unit = raw.unit or unit
            table_id = f"{document_id}-t{len(tables) + 1}"
            table = _table(file, raw, raw.own_unit or unit, numbers, (who, units), table_id)
            left_out += _left_out(raw)
            units |= units_of(table)
            tables.append(table)
            passages += note_passages(table, raw.notes, passage_ids)
            passages += goal_passages(table, passage_ids)
            passages += list_passages(table, section, passage_ids)
    return tuple(tables), tuple(passages), tuple(left_out)


def _left_out(raw: RawTable) -> Iterator[Finding]:
    """A finding where the table's columns cannot be told apart."""
    why = why_left_out(raw)
    if why is not None:
        where = f"（第{raw.place.line}行）" if raw.place.line is not None else ""
        message = f"表《{raw.title}》{where}没有读懂，里面的数没有收录：{why}"
        yield Finding(FindingKind.CONFLICT, "表格", message)


def _table(
    file: ReadFile,
    raw: RawTable,
    unit: str | None,
    numbers: dict[str, int],
    owners: tuple[_Identity, frozenset[str]],
    table_id: str,
) -> Table:
    if unit is None and has_amounts(raw):
        raise DocumentError(
            file.path,
            f"表《{raw.title}》没有写明金额单位（元、万元……）",
            page=raw.place.page,
            line=raw.place.line,
        )
    number = raw.number or numbers.get(plain(raw.title))
    raw = replace(raw, number=number)
    who, units = owners
    account = Account(who.year, who.kind)
    return read_table(raw, table_id, unit or "", who.department, units, account=account)


def _contents_numbers(plan: Outline) -> dict[str, int]:
    """The number of each table by its title, from the contents."""
    numbers: dict[str, int] = {}
    for entry in plan.contents:
        found = _ENTRY_NUMBER.match(entry)
        title = plain(numbered_entry(entry))
        if found and "表" in title:
            numbers.setdefault(title, read_numeral(found["number"]))
    return numbers


def _aliases(passages: tuple[Passage, ...]) -> Iterator[tuple[str, str]]:
    """Names that the glossary gives as one: 行政经费（机关运行经费）."""
    for passage in passages:
        if passage.kind is PassageKind.GLOSSARY and passage.title:
            found = _BOTH_NAMES.match(passage.title)
            if found:
                yield found["one"].strip(), found["other"].strip()
