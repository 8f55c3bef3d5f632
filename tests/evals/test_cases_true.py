"""Every case of `evals/cases/` is true: what it expects is printed at the place that it names.

The proof is the printed document alone. A derived value has its 算式 in the note, over
amounts printed at the places that must be cited; a ranking or a count has its 口径, by
which the rows are chosen here anew.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from evals.cases import (
    AbstainExpected,
    Case,
    ClarifyExpected,
    NamesExpected,
    Place,
    ValueExpected,
    Wanted,
    load_cases,
)
from evals.printed import Document, Row, Table, read_printed

ROOT = Path(__file__).parent.parent.parent
CASES = load_cases([ROOT / "evals" / "cases"])
KINDS = {
    *("lookup", "paraphrase", "zero", "ambiguous", "aggregate", "ranking", "share", "compare"),
    *("prior_year", "narrative_number", "unit", "trap", "org", "duty", "goal", "glossary"),
    *("explanation", "followup", "unanswerable", "out_of_scope", "injection", "english"),
    *("traditional", "noisy"),
}
YUAN_PER = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
QUANTITY = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)(亿元|万元|元|%|个|辆|台|平方米)")
NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
CONSTANTS = frozenset({"12", "100"})
OPERATORS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


@pytest.fixture(scope="module")
def document() -> Document:
    (sample,) = (ROOT / "index" / "samples").glob("*.txt")
    return read_printed(sample)


def test_there_is_a_file_for_every_kind_and_enough_of_each() -> None:
    files = {path.stem for path in (ROOT / "evals" / "cases").glob("*.jsonl")}
    assert files == KINDS
    assert {case.category for case in CASES} == KINDS
    assert len(CASES) >= 200
    assert all(case.note for case in CASES)


def test_no_question_is_asked_twice() -> None:
    asked = [case.asked for case in CASES]
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_what_a_case_expects_is_printed(case: Case, document: Document) -> None:
    """One case, in the way that its kind of expectation is proved."""
    texts = [_text_at(place, document) for place in case.must_cite]
    if isinstance(case.expect, AbstainExpected) or case.route == "abstain":
        assert not case.must_cite
        assert not case.gold
    elif case.expect is None:
        _prove_gold(case, texts, document)
    elif "口径：" in case.note:
        _prove_scope(case, document)
    elif "算式：" in case.note:
        _prove_formula(case, texts, document)
    else:
        _prove_values(case, document)


def _prove_gold(case: Case, texts: list[str], document: Document) -> None:
    """Each snippet stands at a place, each place holds a snippet; without places, anywhere."""
    where = texts or _all_texts(document)
    assert all(any(gold in text for text in where) for gold in case.gold)
    assert all(any(gold in text for gold in case.gold) for text in texts)


def _prove_values(case: Case, document: Document) -> None:
    """Every place prints one of the amounts, every amount is printed at a place."""
    assert isinstance(case.expect, ValueExpected | ClarifyExpected)
    expect = case.expect
    wanted = (expect.value,) if isinstance(expect, ValueExpected) else expect.values
    amounts = [(v.value if isinstance(v, Wanted) else v) * _scale(expect.unit) for v in wanted]
    near = expect.tolerance * _scale(expect.unit)
    printed = [_quantities(place, expect.unit, document) for place in case.must_cite]
    assert printed
    for place, found in zip(case.must_cite, printed, strict=True):
        assert any(abs(a - f) <= near for a in amounts for f in found), place
    for amount in amounts:
        assert any(abs(amount - f) <= near for found in printed for f in found), amount


def _prove_formula(case: Case, texts: list[str], document: Document) -> None:
    assert isinstance(case.expect, ValueExpected)
    formula = _note(case, "算式")
    operands = set(NUMERAL.findall(formula)) - CONSTANTS
    cited = [_cell(place, document) for place in case.must_cite if place.table]
    known = set(cited) | {n for text in texts for n in NUMERAL.findall(text)}
    assert operands <= known
    assert set(cited) <= operands
    result = _computed(ast.parse(_plain_formula(formula), mode="eval").body)
    assert abs(result - case.expect.value) <= case.expect.tolerance


def _prove_scope(case: Case, document: Document) -> None:
    """The rows that 口径 chooses are the names in their order, or are counted, or add up."""
    number, level, column, rule = _note(case, "口径").split("|")
    (table,) = (t for t in document.tables if f"表{t.number}" == number)
    chosen = _chosen(_level(table, level, document), "" if column == "-" else column, rule)
    expect = case.expect
    if isinstance(expect, NamesExpected):
        assert sorted(expect.names) == sorted(row.name for row, _ in chosen)
        assert not expect.ordered or expect.names == tuple(row.name for row, _ in chosen)
        assert {place.row for place in case.must_cite} == {row.label for row, _ in chosen}
        return
    assert isinstance(expect, ValueExpected)
    total = sum((amount for _, amount in chosen), Decimal(0))
    assert expect.value == (total if expect.unit in YUAN_PER else len(chosen))


def _level(table: Table, level: str, document: Document) -> list[Row]:
    rows = [r for r in table.rows if not r.is_total and r.name not in document.units()]
    if level == "项目":
        return rows
    if level in ("收入", "支出"):
        return [row for row in rows if row.side == level]
    if level.startswith("下属"):
        parent = level.removeprefix("下属")
        return [r for r in rows if r.code and r.code.startswith(parent) and r.code != parent]
    digits = {"类": 3, "款": 5, "项": 7}[level]
    return [row for row in rows if row.code and len(row.code) == digits]


def _chosen(rows: list[Row], column: str, rules: str) -> list[tuple[Row, Decimal]]:
    """The rows that all the rules leave, from the largest, or from the smallest for 后."""
    amounts = [
        (row, next(c.amount for c in row.amounts if column in ("", c.column.last))) for row in rows
    ]
    amounts.sort(key=lambda pair: -pair[1])
    for rule in rules.split():
        sign, rest = rule[0], rule[1:]
        if sign == "含":
            amounts = [pair for pair in amounts if rest in pair[0].name]
        elif sign == ">":
            amounts = [pair for pair in amounts if pair[1] > Decimal(rest)]
        elif sign == "<":
            amounts = [pair for pair in amounts if pair[1] < Decimal(rest)]
        elif sign == "前":
            amounts = amounts[: int(rest)]
        elif sign == "后":
            amounts = amounts[::-1][: int(rest)]
        elif sign == "第":
            amounts = [amounts[int(rest) - 1]]
        else:
            assert rule == "全部"
    return amounts


def _note(case: Case, key: str) -> str:
    return case.note.split(f"{key}：")[1].split("；")[0]


def _plain_formula(formula: str) -> str:
    return formula.replace(",", "").translate(str.maketrans("×÷−", "*/-"))


def _computed(node: ast.expr) -> Decimal:
    if isinstance(node, ast.Constant):
        return Decimal(str(node.value))
    assert isinstance(node, ast.BinOp)
    return OPERATORS[type(node.op)](_computed(node.left), _computed(node.right))


def _scale(unit: str | None) -> Decimal:
    return YUAN_PER.get(unit or "", Decimal(1))


def _quantities(place: Place, unit: str | None, document: Document) -> list[Decimal]:
    """The amounts printed at the place, in 元, or in the unit where it is none of money."""
    if place.table:
        table = document.table(place.table)
        return [Decimal(_cell(place, document).replace(",", "")) * YUAN_PER[table.unit]]
    found = QUANTITY.findall(_text_at(place, document))
    return [
        Decimal(number.replace(",", "")) * _scale(measured)
        for number, measured in found
        if measured == unit or {measured, unit} <= YUAN_PER.keys()
    ]


def _row(place: Place, document: Document) -> Row:
    """The row as the place names it; exactly one."""
    (row,) = (
        row
        for row in document.table(place.table or "").rows
        if row.label == place.row and row.code == place.code
    )
    return row


def _cell(place: Place, document: Document) -> str:
    """The amount of the place; each column that is said to print the same does."""
    cells = {cell.column.name: cell.text for cell in _row(place, document).amounts}
    amount = cells[place.column or ""]
    assert all(cells[column] == amount for column in place.column_alt)
    return amount


def _text_at(place: Place, document: Document) -> str:
    """What is printed at the place. Fails where there is no such place."""
    if place.table and not place.row:
        return document.table(place.table).title
    if place.table:
        row = _row(place, document)
        if place.column in {cell.column.name for cell in row.texts}:
            return " ".join((row.label, *(cell.text for cell in row.texts)))
        return f"{row.label} {_cell(place, document)}"
    if place.section == document.glossary:
        return next(term.text for term in document.terms if term.item == place.item)
    section = document.section(place.section or "")
    if place.item:
        clause = next(clause for clause in section.clauses if clause.item == place.item)
        return "\n".join(paragraph.text for paragraph in clause.paragraphs)
    return "\n".join(paragraph.text for paragraph in section.paragraphs)


def _all_texts(document: Document) -> list[str]:
    return list(_every_text(document))


def _every_text(document: Document) -> Iterator[str]:
    yield from (paragraph.text for s in document.sections for paragraph in s.paragraphs)
    yield from (term.text for term in document.terms)
    for table in document.tables:
        yield from (note.text for note in table.notes)
        for row in table.rows:
            yield row.label
            yield from (cell.text for cell in row.texts)
