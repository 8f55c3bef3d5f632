"""An answer as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from qa_service.types import Answer, Citation, CitationKind, Value


def show_answer(console: Console, answer: Answer) -> None:
    """Prints the answer with its values, citations, notices and what may be asked next."""
    _say(console, answer.text, "bold")
    _part(console, "数值", [_value(value) for value in answer.values])
    cited = [f"[{c.n}] {_place(c)}\n      {c.quote}" for c in answer.citations]
    _part(console, "出处", cited)
    _part(console, "注意", answer.notices, "yellow")
    if answer.clarification is not None:
        options = [
            f"{n}. {option.label}" for n, option in enumerate(answer.clarification.options, 1)
        ]
        _part(console, answer.clarification.question, options)
    _part(console, "还可以问", answer.suggestions)


def _part(console: Console, title: str, lines: Sequence[str], style: str = "") -> None:
    if not lines:
        return
    console.print()
    _say(console, title, "bold cyan")
    for line in lines:
        _say(console, f"  {line}", style)


def _value(value: Value) -> str:
    marks = "".join(f"[{n}]" for n in value.citations)
    formula = f" = {value.formula}" if value.formula else ""
    return f"{value.label}：{value.value}{value.unit}{formula} {marks}".rstrip()


def _place(citation: Citation) -> str:
    """Where the cited thing stands: document, table, row and column or section, page, line."""
    parts = [citation.document.title]
    if citation.table is not None:
        number = f"表{citation.table.number} " if citation.table.number is not None else ""
        parts.append(f"{number}{citation.table.title}")
    if citation.row is not None:
        code, label = citation.row.code, citation.row.label
        parts.append(f"[{code}]{label}" if code and code not in label else label)
    if citation.kind is CitationKind.ROWS and citation.rows_count is not None:
        parts.append(f"{citation.filter or '各行'}，共{citation.rows_count}行")
    parts += [part for part in (citation.section, citation.item, citation.column) if part]
    if citation.page is not None:
        parts.append(f"第{citation.page}页")
    if citation.line is not None:
        parts.append(f"第{citation.line}行")
    return " · ".join(parts)


def _say(console: Console, text: str, style: str = "") -> None:
    """Prints the text as it is: no mark-up is read from it, no line is cut."""
    console.print(Text(text, style), soft_wrap=True)
