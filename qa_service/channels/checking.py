"""What the checks found, by document and table, for `budget-qa check`."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from index.records import BudgetDocument, FindingKind
from qa_service.channels import browse
from qa_service.channels.views import DocumentHead, FindingView
from qa_service.settings import Settings
from qa_service.wiring import open_store

_SHOWN = {
    FindingKind.CONFLICT: ("矛盾", "bold red"),
    FindingKind.WORDING: ("文字不一致", "magenta"),
    FindingKind.ROUNDING: ("尾差", "yellow"),
}
"""How each kind is called and coloured, the most serious first."""


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """The findings that touch one table first, or, without a table, the text."""

    table_id: str | None
    title: str
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """A document with what its checks found."""

    document: DocumentHead
    tables: tuple[CheckedTable, ...]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the checks found in all indexed documents."""

    documents: tuple[CheckedDocument, ...]


def check_report(settings: Settings) -> CheckReport:
    """The findings of the index. Raises IndexMissing or IndexOutdated."""
    with open_store(settings) as store:
        whole = (store.document(head.id) for head in store.documents())
        return CheckReport(tuple(_checked(document) for document in whole if document))


def show_report(console: Console, report: CheckReport) -> None:
    """Prints the findings by document and table, and how many there are of each kind."""
    for checked in report.documents:
        console.print(Text(checked.document.title, "bold"), soft_wrap=True)
        for table in checked.tables:
            console.print(Text(f"  {table.title}", "cyan"), soft_wrap=True)
            for finding in table.findings:
                name, style = _SHOWN[finding.kind]
                console.print(
                    Text(f"    {name}  ", style).append(finding.message, ""), soft_wrap=True
                )
        console.print(_summary(checked), soft_wrap=True)


def _checked(document: BudgetDocument) -> CheckedDocument:
    table_of = {row.id: table for table in document.tables for row in table.rows}
    held: dict[str | None, list[FindingView]] = {}
    for finding in document.findings:
        table = next((table_of[row] for row in finding.row_ids if row in table_of), None)
        held.setdefault(table.id if table else None, []).append(browse.finding_view(finding))
    titles = {table.id: browse.table_name(table) for table in document.tables}
    return CheckedDocument(
        browse.document_head(document),
        tuple(
            CheckedTable(table_id, titles[table_id] if table_id else "文字", tuple(found))
            for table_id, found in held.items()
        ),
    )


def _summary(checked: CheckedDocument) -> Text:
    kinds = [finding.kind for table in checked.tables for finding in table.findings]
    if not kinds:
        return Text("  核对无误", "green")
    counted = [
        f"{name} {kinds.count(kind)} 处" for kind, (name, _) in _SHOWN.items() if kind in kinds
    ]
    return Text(f"  共：{'，'.join(counted)}")
