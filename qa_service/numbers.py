"""Amounts for a plan: the very cells and facts that its readings mean, from SQLite.

Readings that print the same amount are one amount with several citations.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from index.labels import is_total, title_core
from index.records import Cell, Fact, FactMeasure, Passage, Row, RowKind, Table, TableKind
from index.units import is_money
from qa_service.cite import cite_cell, cite_fact
from qa_service.library import Library, Ready
from qa_service.types import AmountEvidence, Evidence, QueryPlan
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.units import unit_of

_MOST_CITATIONS = 6


def look_up(plan: QueryPlan, library: Library) -> Evidence:
    """The amounts of the plan's readings, best reading first, equal amounts together."""
    found = [*_cells(plan, library), *_facts(plan, library)]
    scores = {t.row_id: t.score for t in plan.cells} | {t.fact_id: t.score for t in plan.facts}
    found.sort(key=lambda item: -scores[item[0]])
    groups: dict[tuple[object, ...], list[AmountEvidence]] = {}
    told = [item for item in found if item[1].fen is not None or item[1].value is not None]
    for _, amount in told or found:
        groups.setdefault(_same(amount), []).append(amount)
    return Evidence(tuple(_as_one(amounts, plan.read_as) for amounts in groups.values()))


def _as_one(amounts: list[AmountEvidence], asked: str) -> AmountEvidence:
    """One amount under its plainest name, with all places that print it."""
    cited = [citation for amount in amounts for citation in amount.citations]
    if len(amounts) == 1 and len(cited) <= _MOST_CITATIONS:
        return amounts[0]
    spending = any(char in asked for char in "花支用")
    plainest = min(
        amounts, key=lambda a: (spending and not a.label.startswith("支出"), len(a.label))
    )
    return replace(amounts[0], label=plainest.label, citations=tuple(cited[:_MOST_CITATIONS]))


def _cells(plan: QueryPlan, library: Library) -> list[tuple[str, AmountEvidence]]:
    if not plan.cells:
        return []
    also = _paid_as(plan, library)
    rows = library.store.rows([*(target.row_id for target in plan.cells), *also.values()])
    found: list[tuple[str, AmountEvidence]] = []
    for target in plan.cells:
        ready = library.ready(target.document_id)
        table = ready.lexicon.tables[target.table_id].table
        row = rows[target.row_id]
        cell = next((c for c in row.cells if c.column == target.column), None)
        if cell is not None:
            amount = _cell_amount(ready, table, row, cell)
            project = rows.get(also.get(row.id, ""))
            found.append((row.id, _with_project(amount, ready, project) if project else amount))
    return found


def _paid_as(plan: QueryPlan, library: Library) -> dict[str, str]:
    """The rows of subjects to the project that each is paid as; none where a project is meant."""
    lexicons = [(t, library.lexicon(t.document_id)) for t in plan.cells]
    if any(lexicon.tables[t.table_id].table.kind is TableKind.PROJECTS for t, lexicon in lexicons):
        return {}
    return {
        t.row_id: lexicon.paid_as[t.row_id]
        for t, lexicon in lexicons
        if t.row_id in lexicon.paid_as
    }


def _with_project(amount: AmountEvidence, ready: Ready, project: Row) -> AmountEvidence:
    """The amount, cited where the project prints it as well."""
    entry = ready.lexicon.rows[project.id]
    table = ready.lexicon.tables[entry.table_id].table
    cell = next((c for c in project.cells if c.fen == amount.fen), None)
    if cell is None:  # a part of the amount is meant
        return amount
    cited = cite_cell(ready.document, table, project, cell)
    return replace(amount, citations=(*amount.citations, cited))


_OF_A_PART = {
    TableKind.GOVERNMENT_FUND: "政府性基金预算支出的",
    TableKind.STATE_CAPITAL: "国有资本经营预算支出的",
    TableKind.BASIC: "基本支出的",
    TableKind.PROJECTS: "项目支出的",
}
"""What the whole of a table is, where that is a part of the budget."""


def _cell_amount(ready: Ready, table: Table, row: Row, cell: Cell) -> AmountEvidence:
    document = ready.document
    return AmountEvidence(
        label=cell_label(table, row, cell, ready.lexicon),
        fen=cell.fen,
        value=None,
        unit=table.unit,
        printed=cell.printed,
        formula=None,
        citations=(cite_cell(document, table, row, cell),),
        heading=_heading(table, row),
        year=document.year,
        account=document.kind,
    )


def cell_label(table: Table, row: Row, cell: Cell, lexicon: Lexicon) -> str:
    """What the amount of a cell is called: the row's name, and its column where that is a part.

    A name that stands under several units is said with its unit.
    """
    unit = unit_of(table, row, lexicon.document.department)
    called = lexicon.called(row.id)
    if called != row.label:
        row = replace(row, label=called)
    return f"{unit}的{_label(table, row, cell)}" if unit else _label(table, row, cell)


def _label(table: Table, row: Row, cell: Cell) -> str:
    column = table.columns[cell.column]
    part = column.path[-1].removeprefix("其中：")
    if is_total(row.label):
        if not column.is_whole and not is_total(part):
            return f"{_OF_A_PART.get(table.kind, '')}{part}"
        return row.label if len(row.label) > len("合计") else _total_name(table)
    if column.is_whole:
        own = row.kind is RowKind.SUBTOTAL
        return f"{row.label}的{_total_name(table)}" if own else row.label
    return f"{row.label}的{'—'.join(_parts(column.path))}"


def _total_name(table: Table) -> str:
    """What the 合计 of a whole table is called."""
    match table.kind:
        case TableKind.INCOME:
            return "收入总计"
        case TableKind.SPENDING:
            return "支出总计"
        case _:
            return title_core(table.title)


def _parts(path: tuple[str, ...]) -> list[str]:
    return [part.removeprefix("其中：") for part in path]


def _heading(table: Table, row: Row) -> str:
    code = f"，科目编码{row.code}" if row.code else ""
    return f"《{table.title}》{code}"


def _facts(plan: QueryPlan, library: Library) -> list[tuple[str, AmountEvidence]]:
    if not plan.facts:
        return []
    facts = library.store.facts([target.fact_id for target in plan.facts])
    passages = library.store.passages([fact.passage_id for _, fact in facts.values()])
    return [
        (target.fact_id, _fact_amount(library, *facts[target.fact_id], passages))
        for target in plan.facts
        if target.fact_id in facts
    ]


def _fact_amount(
    library: Library, document_id: str, fact: Fact, passages: dict[str, tuple[str, Passage]]
) -> AmountEvidence:
    document = library.ready(document_id).document
    passage = passages[fact.passage_id][1]
    return AmountEvidence(
        label=fact_label(fact),
        fen=fact.fen,
        value=None if is_money(fact.unit) else fact.value,
        unit=fact.unit,
        printed=fact.printed,
        formula=fact.formula,
        citations=(cite_fact(document, passage, fact),),
        heading=f"“{passage.section}”",
        prose=True,
        year=fact.year,
        account=document.kind,
    )


def fact_label(fact: Fact) -> str:
    """What the figure of a fact is called."""
    within = f"{fact.context}中的" if fact.context and fact.context not in fact.subject else ""
    match fact.measure:
        case FactMeasure.CHANGE:
            return f"{within}{fact.subject}比上年{'减少' if _is_down(fact) else '增加'}"
        case FactMeasure.RATE:
            return f"{within}{fact.subject}比上年{'下降' if _is_down(fact) else '增长'}"
        case FactMeasure.PRIOR:
            return f"{fact.year}年{within}{fact.subject}"
        case _:
            return f"{within}{fact.subject}"


def _is_down(fact: Fact) -> bool:
    return fact.value is not None and fact.value < Decimal(0)


def _same(amount: AmountEvidence) -> tuple[object, ...]:
    if amount.fen is not None:
        return ("money", amount.fen, amount.year)
    return (amount.value, amount.unit, amount.printed, amount.year)
