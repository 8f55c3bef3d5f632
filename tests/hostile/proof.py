"""What is wrong with an answer: its proof is looked up again in the store, cell by cell.

Nothing of how the answer came about is used, only what was sent and what the index prints.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from index.records import Cell, Passage, Row, Table
from index.sqlite_store import BudgetStore
from index.units import FEN_PER, read_numeral
from qa_service.library import Library
from qa_service.types import Answer, AnswerStatus, Citation, CitationKind, Operation, Value
from qa_service.understand.normalise import normalise
from qa_service.verify import unproven
from qa_service.wording import Reply
from tests.hostile.payloads import TELLTALES

_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_SUM = r"-?[\d,.]+(?: [-+] -?[\d,.]+)*"
_TERM = rf"(?:\({_SUM}\)|-?[\d,.]+)"
_FORMULA = re.compile(rf"{_TERM}(?: [-+÷] {_TERM})*")
_NAMED = re.compile("名称含“.+?”(?:或“.+?”)*的")
"""What is counted of a list by a part of its members' names."""
_SPOKEN = re.compile("[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九][百千]?")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


def faults(answer: Answer, library: Library) -> tuple[str, ...]:
    """What is wrong with the answer, the kind of fault before a colon; empty where all is well."""
    return (*_statuses(answer), *_proofs(answer, library), *_echoes(answer))


def _statuses(answer: Answer) -> Iterator[str]:
    answered = answer.status is AnswerStatus.ANSWERED
    if answered and not answer.citations:
        yield "answered without a citation"
    if answer.values and answer.status not in (AnswerStatus.ANSWERED, AnswerStatus.CLARIFY):
        yield f"values where nothing is answered: {answer.status}"
    if not answer.text.strip():
        yield "an empty text"
    if answered and "[1]" not in answer.text:
        yield "answered without a mark in the text"
    for value in answer.values:
        if not value.citations:
            yield f"a value without a citation: {value.label} {value.value}{value.unit}"


def _proofs(answer: Answer, library: Library) -> Iterator[str]:
    plan = answer.plan
    asked = f"{normalise(answer.question).text} {plan.read_as if plan else ''}"
    reply = Reply(answer.status, answer.route, answer.text, answer.values, answer.citations)
    if answer.status is not AnswerStatus.NOT_FOUND:
        for loose in unproven(reply, asked):
            yield f"not proved: {loose}"
    numbers = [c.n for c in answer.citations]
    if set(numbers) != set(range(1, len(set(numbers)) + 1)):
        yield f"citations that are not numbered from 1: {numbers}"
    elif len(set(numbers)) < len(numbers):
        yield f"a number that stands for two citations: {numbers}"
    cells: dict[int, list[tuple[Cell, str]]] = {}
    for citation in answer.citations:
        found = _cited(citation, library)
        if isinstance(found, str):
            yield f"a citation that does not resolve: [{citation.n}] {citation.url}, {found}"
        else:
            cells[citation.n] = found
    for value in answer.values:
        wrong = _wrong_value(value, answer, cells) if value.citations else None
        if wrong:
            yield f"a value of another proof: {value.label} {value.value}{value.unit}, {wrong}"


def _echoes(answer: Answer) -> Iterator[str]:
    shown = [answer.text, *answer.notices, *answer.suggestions]
    shown += [text for v in answer.values for text in (v.label, v.value, v.unit, v.formula or "")]
    asked_back = answer.clarification
    if asked_back is not None:
        shown += [asked_back.question, *(f"{o.label}{o.question}" for o in asked_back.options)]
    for text in shown:
        for telltale in TELLTALES:
            if telltale in text:
                yield f"an echo: {telltale!a}"
        hidden = {c for c in text if unicodedata.category(c) in _INVISIBLE} - {"\n"}
        if hidden:
            yield f"shows invisible characters: {''.join(sorted(hidden))!a}"


def _cited(citation: Citation, library: Library) -> list[tuple[Cell, str]] | str:
    """The cells that are cited, with the table's unit; or why the citation does not resolve."""
    page, _, anchor = citation.url.partition("#")
    what, _, found = anchor.partition("-")
    if page != f"/source/{citation.document.id}":
        return "not a page of its document"
    match what:
        case "row":
            return _cited_row(citation, found, library)
        case "table":
            return _cited_rows(citation, found, library.store)
        case "passage":
            passage = library.store.passages([found]).get(found)
            return _passage(citation, passage)
        case _:
            return "no such kind of place"


def _cited_row(citation: Citation, row_id: str, library: Library) -> list[tuple[Cell, str]] | str:
    row = library.store.rows([row_id]).get(row_id)
    if row is None or citation.row is None or citation.table is None:
        return "no such row"
    table_id = library.store.table_of_row(row_id)
    document_id, table = next(found for found in library.store.tables() if found[1].id == table_id)
    if (citation.row.id, citation.row.label, citation.row.code) != (row.id, row.printed, row.code):
        return f"row {row.printed} is called {citation.row.label}"
    if (citation.table.id, citation.document.id) != (table.id, document_id):
        return "the row stands in another table"
    if (citation.page, citation.line) != (row.place.page, row.place.line):
        return "the row stands in another place"
    if citation.value is None:
        return _goal(citation, row, library)
    cell = _cell(row, table, citation.column)
    if cell is None or cell.printed != citation.value or citation.unit != table.unit:
        return f"{citation.value}{citation.unit} is not what the cell prints: {cell}"
    return [(cell, table.unit)] if citation.value in citation.quote else "the quote lacks the value"


def _goal(citation: Citation, row: Row, library: Library) -> list[tuple[Cell, str]] | str:
    passages = library.ready(citation.document.id).document.passages
    goals = [p.text for p in passages if p.row_id == row.id]
    return [] if citation.quote in goals else "not the goal of the row"


def _cited_rows(
    citation: Citation, table_id: str, store: BudgetStore
) -> list[tuple[Cell, str]] | str:
    found = store.table(table_id)
    if found is None or citation.kind is not CitationKind.ROWS:
        return "no such table"
    document_id, table = found
    if document_id != citation.document.id:
        return "the table stands in another document"
    printed: dict[str, list[Cell]] = {}
    for row in table.rows:
        cell = _cell(row, table, citation.column)
        if cell is not None:
            printed.setdefault(f"{row.printed} {cell.printed}", []).append(cell)
    quoted = citation.quote.split("；")
    if len(quoted) != citation.rows_count or not all(quote in printed for quote in quoted):
        return "its rows are not those of the table"
    return [(printed[quote][0], table.unit) for quote in quoted]


def _cell(row: Row, table: Table, column: str | None) -> Cell | None:
    named = {c.index for c in table.columns if c.name == column}
    return next((cell for cell in row.cells if cell.column in named), None)


def _passage(citation: Citation, found: tuple[str, Passage] | None) -> list[tuple[Cell, str]] | str:
    if found is None or found[0] != citation.document.id:
        return "no such passage"
    passage = found[1]
    if not citation.quote or citation.quote not in passage.text:
        return "the passage does not say what is quoted"
    if (citation.section or "") != passage.section or citation.item != passage.item:
        return "the passage stands under another heading"
    return []


def _wrong_value(
    value: Value, answer: Answer, cells: dict[int, list[tuple[Cell, str]]]
) -> str | None:
    """Why what is cited does not give the value; None where it does."""
    cited = [c for c in answer.citations if c.n in value.citations]
    own = [cell for n in value.citations for cell in cells.get(n, [])]
    if value.amount_yuan is not None and value.unit in FEN_PER:
        shown = Decimal(value.value.replace(",", "")) * FEN_PER[value.unit]
        fen = Decimal(value.amount_yuan) * 100
        if abs(abs(shown) - abs(fen)) > FEN_PER[value.unit] / 200:
            return f"not {value.amount_yuan}元"
    if value.formula is not None and _FORMULA.fullmatch(value.formula):
        return _wrong_formula(value, value.formula, cited, answer)
    if value.unit == "个" and Decimal(value.value.replace(",", "")) == len(own):
        return None
    if value.unit == "个" and _counts_rows(answer):
        # That there is none is proved by all rows that were held against the limits.
        counted = Decimal(value.value)
        return None if counted in (0, len(own)) else f"{len(own)} rows are cited"
    if value.amount_yuan is not None and any(cell.fen is not None for cell, _ in own):
        fens = [cell.fen for cell, _ in own if cell.fen is not None]
        fen = Decimal(value.amount_yuan) * 100
        return (
            None if fen in (*fens, sum(fens)) else "no cited cell prints it, nor are they its sum"
        )
    if _is_quoted(value, cited) or _is_recounted(value, cited):
        return None
    return "no citation quotes it"


def _is_recounted(value: Value, cited: list[Citation]) -> bool:
    """Whether as many passages are cited, or one of their sentences sets as many apart."""
    if value.amount_yuan is not None or not value.value.isdigit():
        return False
    number = int(value.value)
    named = _NAMED.match(value.label)
    if named is not None:
        return number == _members(re.findall("“(.+?)”", named[0]), cited)
    sentences = (s for c in cited for s in re.split("[。；;：:]", c.quote))
    apart = [(s.count("、"), len(re.findall("和|及|与", s))) for s in sentences]
    items = {re.match("[（(]?[一二三四五六七八九十]+", c.item or "") for c in cited}
    numbered = {found[0] for found in items if found}
    return (number > 1 and number in (len(cited), len(numbered))) or any(
        marks + 1 <= number <= marks + joints + 1 for marks, joints in apart if marks
    )


def _members(names: list[str], cited: list[Citation]) -> int:
    """How many members of the lists that are cited have one of the names in theirs."""
    members = (m for c in cited for m in re.split("[、，。；：,;:]|和(?=[^、]*。)", c.quote))
    return sum(any(name in member for name in names) for member in members)


def _counts_rows(answer: Answer) -> bool:
    plan = answer.plan
    return bool(plan and plan.operation is Operation.COUNT and plan.selections)


def _is_quoted(value: Value, cited: list[Citation]) -> bool:
    """Whether a citation prints the number, in whichever unit of money."""
    wanted = abs(Decimal(value.value.replace(",", ""))) if _NUMBER.fullmatch(value.value) else None
    if wanted is None:
        return any(value.value in c.quote for c in cited)
    printed = {abs(n) for c in cited for n in _numbers(unicodedata.normalize("NFKC", c.quote))}
    if value.unit not in FEN_PER:
        return wanted in printed
    fen = wanted * FEN_PER[value.unit]
    return any(abs(n * per - fen) < 1 for n in printed for per in FEN_PER.values())


def _wrong_formula(value: Value, formula: str, cited: list[Citation], answer: Answer) -> str | None:
    """Why the formula does not give the value, or its operands are not cited."""
    printed = {abs(n) for c in cited for n in _numbers(unicodedata.normalize("NFKC", c.quote))}
    rows = sum(c.rows_count or 1 for c in cited)
    summed = sum((_decimal(v.value) for v in answer.values[1:]), Decimal(0))
    known = printed | {Decimal(rows), Decimal(rows - 1), abs(summed)}
    known |= _divisors(normalise(answer.question).text)
    loose = [n for n in _numbers(formula) if abs(n) not in known]
    if loose:
        return f"{loose[0]} of its formula {formula} is not cited"
    result = _result(formula)
    shown = _decimal(value.value)
    if value.unit == "%":
        result *= 100
    places = Decimal(1).scaleb(int(shown.as_tuple().exponent)) / 2
    scales = (
        [a / b for a in FEN_PER.values() for b in FEN_PER.values()] if value.amount_yuan else []
    )
    if any(abs(result * scale - shown) <= places for scale in (Decimal(1), *scales)):
        return None
    return f"{formula} gives {result}"


_IN_YUAN = re.compile(r"(\d[\d,]*(?:\.\d+)?)元")


def _divisors(question: str) -> set[Decimal]:
    """What the question itself says that an amount is spread over, and what a year has of it.

    What it says in 元 is told in 万元 as well.
    """
    numerals = _SPOKEN.findall(question)
    said = {*_numbers(question), *(Decimal(read_numeral(n)) for n in numerals)}
    in_yuan = {*_IN_YUAN.findall(question), *(n for n in numerals if f"{n}元" in question)}
    said |= {
        (_decimal(n) if n[0].isdigit() else Decimal(read_numeral(n))) / 10_000 for n in in_yuan
    }
    return said | {Decimal(n) for word, n in (("月", 12), ("季", 4)) if word in question}


def _result(formula: str) -> Decimal:
    """What it comes to: a sum, parts of which may be sums, over a divisor if it has one."""
    flat = re.sub(r"\(([^()]*)\)", lambda found: str(_added(found[1])), formula)
    over, _, under = flat.partition(" ÷ ")
    return _added(over) / _added(under) if under else _added(over)


def _added(text: str) -> Decimal:
    terms = re.findall(r"(?:(?<= )([-+]) )?(-?[\d,.]+)", text)
    return sum((-_decimal(n) if sign == "-" else _decimal(n) for sign, n in terms), Decimal(0))


def _numbers(text: str) -> list[Decimal]:
    return [_decimal(n) for n in _NUMBER.findall(text)]


def _decimal(number: str) -> Decimal:
    return Decimal(number.replace(",", ""))
