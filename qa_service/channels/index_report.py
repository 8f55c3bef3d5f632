"""What a build did, for `budget-qa index`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from index.errors import DocumentError
from index.records import BudgetDocument
from qa_service.channels import browse
from qa_service.channels.views import DocumentHead


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document that was put into the index, and how much of each kind it holds."""

    document: DocumentHead
    tables: int
    rows: int
    passages: int
    facts: int
    findings: int


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that is no readable budget: the place where reading failed, and why."""

    file: str
    page: int | None
    line: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a build did. `published` says whether the index is another one now."""

    indexed: tuple[IndexedDocument, ...]
    unchanged: tuple[str, ...]
    refused: tuple[RefusedFile, ...]
    published: bool


def index_report(
    indexed: Iterable[BudgetDocument],
    unchanged: Iterable[Path],
    refused: Iterable[DocumentError],
    published: bool,
) -> IndexReport:
    """The report of a build that put in, skipped and refused these."""
    return IndexReport(
        tuple(_indexed(document) for document in indexed),
        tuple(str(path) for path in unchanged),
        tuple(RefusedFile(str(p.path), p.page, p.line, p.reason) for p in refused),
        published,
    )


def show_report(report: IndexReport) -> None:
    """Prints what was indexed on stdout and what was refused on stderr."""
    console, errors = Console(), Console(stderr=True)
    for one in report.indexed:
        _say(console, f"已收录：{one.document.title}（{_counts(one)}）", "green")
    for path in report.unchanged:
        _say(console, f"没有变化：{path}")
    for refused in report.refused:
        _say(errors, f"未收录：{_where(refused)}：{refused.reason}", "red")
    if report.refused and report.published:
        _say(errors, f"{len(report.refused)} 个文件未收录，其余的已收录。")
    elif report.refused:
        _say(errors, "没有收录新的文件，原有索引没有改动。")
    if any(one.findings for one in report.indexed):
        _say(console, "核对结果见：budget-qa check")


def _indexed(document: BudgetDocument) -> IndexedDocument:
    return IndexedDocument(
        browse.document_head(document),
        len(document.tables),
        sum(len(table.rows) for table in document.tables),
        len(document.passages),
        len(document.facts),
        len(document.findings),
    )


def _counts(one: IndexedDocument) -> str:
    return (
        f"{one.tables} 张表 {one.rows} 行，{one.passages} 段文字，"
        f"{one.facts} 个文中数字，核对发现 {one.findings} 处"
    )


def _where(refused: RefusedFile) -> str:
    page = f"，第{refused.page}页" if refused.page is not None else ""
    line = f"，第{refused.line}行" if refused.line is not None else ""
    return f"{refused.file}{page}{line}"


def _say(console: Console, text: str, style: str = "") -> None:
    console.print(Text(text, style), soft_wrap=True)
