"""A service that is broken on purpose is caught by the score that should catch it, and no other.

True answers of the real service are broken one way at a time. For each way, `falls` names
what must change in the score of every such answer, `may` what changes along with it;
everything else must stay as it was.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evals.askers import InProcess
from evals.cases import Case, ClarifyExpected, NamesExpected, Place, ValueExpected, load_cases
from evals.generate import generate
from evals.printed import Document, Row, Table, read_printed
from evals.records import Saved, Turn
from evals.scoring import Score, score
from evals.verdicts import Verdict
from qa_service.settings import Settings
from qa_service.wiring import open_service

ROOT = Path(__file__).parent.parent.parent
STRIDE = 17
"""Every so many-th generated case is asked; prime, so that all shapes and tables take part."""
DECLINE = {
    "status": "not_found",
    "route": "none",
    "text": "在已收录的文件里没有找到这个问题的答案。",
    "values": [],
    "citations": [],
}
PROOF = frozenset({"cited", "exact", "precision", "recall", "retrieval"})

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answered:
    """A case with a true answer to it."""

    case: Case
    answer: Json


Break = Callable[[Answered, Document], Answered | None]
"""Breaks an answer; None where it cannot be broken that way."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """One way to be broken, and what the scores must make of it."""

    name: str
    breaks: Break
    falls: frozenset[str]
    may: frozenset[str] = frozenset()
    least: int = 20
    """How many answers can be broken this way at the very least."""


@pytest.fixture(scope="module")
def document() -> Document:
    return read_printed(_sample())


@pytest.fixture(scope="module")
def answers(sample_settings: Settings, document: Document) -> list[Answered]:
    """True answers: of the service to own and generated cases, and some that are made true."""
    own = load_cases([ROOT / "evals" / "cases"])
    cases = [*own, *list(generate(_sample()))[::STRIDE]]
    with open_service(sample_settings) as service:
        asker = InProcess(service)
        given = [
            Answered(case, asker.ask(case.question, None).answer) for case in cases if case.question
        ]
    made = [_as_pair(one) for one in given] + [_ranked(case, document) for case in own]
    made += [_negative(one) for one in given[:200]]
    every = given + [one for one in made if one is not None]
    return [one for one in every if one.answer and _scored(one).is_clean]


def _sample() -> Path:
    (path,) = (ROOT / "index" / "samples").glob("*.txt")
    return path


def _scored(one: Answered) -> Score:
    asked = one.case.asked[-1]
    turn = Turn(asked=asked, seconds=0.01, answer=one.answer)
    return score("mutations", one.case, Saved(suite="mutations", id=one.case.id, turns=(turn,)))


def _measures(found: Score) -> dict[str, object]:
    """The measures by name; a higher one is better, where they can be compared."""
    return {
        "verdict": found.verdict,
        "cited": found.cited,
        "exact": found.exact,
        "precision": found.citations and found.right_citations / found.citations,
        "recall": found.wanted_places and found.found_places / found.wanted_places,
        "routed": found.routed,
        "declined": found.declined,
        "asked back": found.asked_back,
        "unproven": len(found.unproven),
        "retrieval": found.retrieval and found.retrieval.rank,
    }


# True answers that the service does not give in this form


def _as_pair(one: Answered) -> Answered | None:
    """A question back about two amounts, turned into the answer that states them both."""
    values = one.answer.get("values") if one.answer else None
    if not isinstance(one.case.expect, ClarifyExpected) or not values or len(values) < 2:
        return None
    stated = "；".join(f"{v['label']}为{v['value']}{v['unit']}" for v in values)
    changed = {"status": "answered", "clarification": None, "text": f"{stated}。"}
    return Answered(one.case, one.answer | changed)


def _ranked(case: Case, document: Document) -> Answered | None:
    """The answer to a ranking, made of the places that it must cite."""
    expect = case.expect
    if not isinstance(expect, NamesExpected) or not expect.ordered:
        return None
    values, citations = [], []
    for n, place in enumerate(case.must_cite, start=1):
        table, row = _row_of(place, document)
        cell = table.whole(row)
        amount = cell.text if cell else ""
        values.append({"label": row.name, "value": amount, "unit": table.unit, "citations": [n]})
        citations.append(
            {
                "n": n,
                "kind": "row",
                "table": {"title": table.title},
                "row": {"label": row.label, "code": row.code},
                "column": place.column,
                "value": amount,
                "quote": f"{row.label} | {amount}",
            }
        )
    text = "；".join(f"{v['label']}{v['value']}{v['unit']}" for v in values)
    return Answered(
        case,
        {
            "status": "answered",
            "route": "numeric",
            "text": text,
            "values": values,
            "citations": citations,
        },
    )


def _negative(one: Answered) -> Answered | None:
    """The same case below zero: the sample prints no such amount, other documents do."""
    expect = one.case.expect
    if not _is_amount(one) or not isinstance(expect, ValueExpected) or not expect.value:
        return None
    number = one.answer["values"][0]["value"]
    if "." not in number:
        return None
    case = one.case.model_copy(
        update={
            "expect": expect.model_copy(update={"value": -expect.value}),
            "id": f"{one.case.id}-negative",
        }
    )
    return Answered(case, _renumbered(one.answer, number, f"-{number}"))


def _renumbered(answer: Json, old: str, new: str) -> Json:
    """The answer with another number wherever it tells or quotes that one."""
    told = {"text": answer["text"].replace(old, new)}
    for part in ("values", "citations"):
        told[part] = [
            entry
            | {
                name: entry[name].replace(old, new)
                for name in ("value", "quote")
                if entry.get(name)
            }
            for entry in answer[part]
        ]
    return answer | told


# Ways to be broken


def _wrong_column(one: Answered, document: Document) -> Answered | None:
    """Another column of the right row is read, quoted and cited."""
    if not _is_amount(one) or len(one.answer["values"]) != 1:
        return None
    answer = copy.deepcopy(one.answer)
    cited = next((c for c in answer["citations"] if c["kind"] == "row"), None)
    if cited is None:
        return None
    row = _row_at(cited, document)
    value = answer["values"][0]
    right = Decimal(value["value"].replace(",", ""))
    other = next((c for c in row.amounts if c.amount not in (right, -right)), None)
    if other is None or right not in {cell.amount for cell in row.amounts}:
        return None
    answer["text"] = f"{value['label']}为{other.text}{value['unit']}[1]。"
    answer["values"] = [value | {"value": other.text, "citations": [1]}]
    changed = {"column": other.column.name, "value": other.text, "n": 1}
    answer["citations"] = [cited | changed | {"quote": f"{row.label} | {other.text}"}]
    return Answered(one.case, answer)


def _swapped_unit(one: Answered, _: Document) -> Answered | None:
    """The number is right, its unit is not."""
    if not _is_amount(one) or Decimal(one.answer["values"][0]["value"].replace(",", "")) == 0:
        return None
    answer = copy.deepcopy(one.answer)
    unit = answer["values"][0]["unit"]
    other = {"万元": "元", "元": "万元", "亿元": "万元"}.get(unit)
    if other is None:
        return None
    for value in answer["values"]:
        value["unit"] = other
    answer["text"] = answer["text"].replace(unit, other)
    return Answered(one.case, answer)


def _dropped_minus(one: Answered, _: Document) -> Answered | None:
    if not one.case.id.endswith("-negative"):
        return None
    number = one.answer["values"][0]["value"]
    return Answered(one.case, _renumbered(one.answer, number, number.removeprefix("-")))


def _neighbouring_row(one: Answered, document: Document) -> Answered | None:
    """The value is right, the row that shall prove it is the next one."""

    def next_row(citation: Json) -> Json | None:
        table, row = _table_and_row_at(citation, document)
        near = table.rows[table.rows.index(row) + 1 :] + table.rows[::-1]
        wanted = {place.row for place in one.case.must_cite}
        codes = {place.code for place in one.case.must_cite if place.code}
        if row.label not in wanted:
            return None
        # The judge takes a name for any that holds it, and [2010301] for a mention of 20103.
        others = (
            r
            for r in near
            if r.name not in row.name
            and row.name not in r.name
            and r.label not in wanted
            and not (row.code and (r.code or "").startswith(row.code))
            and not any((r.code or "").startswith(code) for code in codes)
        )
        other = next(others, None)
        return {"label": other.label, "code": other.code} if other else None

    return _with_rows(one, next_row)


def _row_that_is_not_there(one: Answered, _: Document) -> Answered | None:
    return _with_rows(one, lambda _: {"label": "查无此行", "code": "9999999"})


def _with_rows(one: Answered, change: Callable[[Json], Json | None]) -> Answered | None:
    """The answer with every cited row changed; None where it cites something else as well."""
    if not _is_amount(one) or any(c["kind"] != "row" for c in one.answer["citations"]):
        return None
    if not all(place.row or place.section for place in one.case.must_cite):
        return None  # any row of the table proves it
    answer = copy.deepcopy(one.answer)
    for citation in answer["citations"]:
        row = change(citation)
        if row is None:
            return None
        citation["row"] = row
        citation["quote"] = f"{row['label']} | {citation['value']}"
    return Answered(one.case, answer)


def _neighbouring_clause(one: Answered, document: Document) -> Answered | None:
    """The clause after the right one is quoted."""
    if one.case.category != "duty" or not one.case.must_cite[0].item:
        return None
    clauses = document.section(one.case.must_cite[0].section or "").clauses
    items = [clause.item for clause in clauses]
    number = items.index(one.case.must_cite[0].item) + 1
    if number == len(clauses):
        return None
    other = clauses[number]
    quote = {"item": other.item, "quote": other.paragraphs[0].text}
    citations = [c | quote for c in one.answer["citations"]]
    return Answered(one.case, one.answer | {"citations": citations})


def _no_proof(one: Answered, _: Document) -> Answered | None:
    return Answered(one.case, one.answer | {"citations": []}) if _is_amount(one) else None


def _changed_digit(one: Answered, _: Document) -> Answered | None:
    """A rewording changes one digit in the text; values and citations stay right."""
    known = json.dumps(one.answer, ensure_ascii=False) + " ".join(one.case.asked)
    if not one.answer["values"]:
        return None
    printed = one.answer["values"][0]["value"]
    start = one.answer["text"].find(printed)
    if start < 0:
        return None
    for digit in "123456789":
        other = digit + printed[1:] if printed[0] != digit else printed[:-1] + digit
        short = other.rstrip("0").rstrip(".") if "." in other else other
        if short.replace(",", "") not in known.replace(",", ""):
            text = one.answer["text"].replace(printed, other, 1)
            return Answered(one.case, one.answer | {"text": text})
    return None


def _extra_numeral(one: Answered, _: Document) -> Answered | None:
    if one.answer["status"] != "answered":
        return None
    return Answered(one.case, one.answer | {"text": one.answer["text"] + "约占全区的83.1947%。"})


def _wrong_route(one: Answered, _: Document) -> Answered | None:
    other = {"numeric": "narrative", "narrative": "numeric"}.get(one.answer["route"])
    if other is None or _scored(one).routed is None or one.answer["status"] != "answered":
        return None
    return Answered(one.case, one.answer | {"route": other})


def _needless_decline(one: Answered, _: Document) -> Answered | None:
    if one.answer["status"] != "answered":
        return None
    return Answered(one.case, dict(DECLINE))


def _answer_where_none_is(one: Answered, _: Document) -> Answered | None:
    if not _scored(one).decline_due:
        return None
    value = {"label": "预算", "value": "12.00", "unit": "万元", "citations": [1]}
    answer = {"status": "answered", "route": "numeric", "text": "预算为12.00万元[1]。"}
    return Answered(one.case, answer | {"values": [value], "citations": [{"n": 1, "kind": "row"}]})


def _one_of_a_pair(one: Answered, _: Document) -> Answered | None:
    if not isinstance(one.case.expect, ClarifyExpected) or one.answer["status"] != "answered":
        return None
    first = one.answer["values"][0]
    text = f"{first['label']}为{first['value']}{first['unit']}。"
    return Answered(one.case, one.answer | {"values": [first], "text": text})


def _one_option(one: Answered, _: Document) -> Answered | None:
    if not isinstance(one.case.expect, ClarifyExpected) or one.answer["status"] != "clarify":
        return None
    answer = copy.deepcopy(one.answer)
    del answer["clarification"]["options"][1:]
    return Answered(one.case, answer)


def _wrong_order(one: Answered, _: Document) -> Answered | None:
    expect = one.case.expect
    if not isinstance(expect, NamesExpected) or not expect.ordered:
        return None
    if len(one.answer["values"]) < 2:
        return None
    return Answered(one.case, one.answer | {"values": one.answer["values"][::-1]})


MUTATIONS = (
    Mutation("wrong column", _wrong_column, frozenset({"verdict", "exact"}), PROOF),
    Mutation("swapped unit", _swapped_unit, frozenset({"verdict", "exact"}), frozenset({"cited"})),
    Mutation(
        "dropped minus", _dropped_minus, frozenset({"verdict", "exact"}), frozenset({"cited"})
    ),
    Mutation("citation of the neighbouring row", _neighbouring_row, PROOF),
    Mutation("citation of a row that is not there", _row_that_is_not_there, PROOF),
    Mutation(
        "citation of the neighbouring clause",
        _neighbouring_clause,
        frozenset({"verdict"}),
        PROOF | {"unproven"},
        least=8,
    ),
    Mutation("no citation", _no_proof, PROOF, frozenset({"unproven"})),
    Mutation("changed digit", _changed_digit, frozenset({"unproven"})),
    Mutation("extra numeral", _extra_numeral, frozenset({"unproven"})),
    Mutation("wrong route", _wrong_route, frozenset({"routed"})),
    Mutation(
        "needless decline",
        _needless_decline,
        frozenset({"verdict", "declined"}),
        PROOF | {"routed"},
    ),
    Mutation(
        "answer where none is",
        _answer_where_none_is,
        frozenset({"verdict", "declined"}),
        frozenset({"cited", "routed"}),
    ),
    Mutation(
        "one of a pair",
        _one_of_a_pair,
        frozenset({"verdict", "exact"}),
        frozenset({"cited"}),
        least=10,
    ),
    Mutation("one option", _one_option, frozenset({"verdict"}), frozenset({"cited"}), least=10),
    Mutation("wrong order", _wrong_order, frozenset({"verdict"}), frozenset({"cited"}), least=5),
)


def test_there_are_true_answers_to_break(answers: list[Answered]) -> None:
    assert len(answers) >= 300


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m.name)
def test_what_is_broken_is_caught_by_the_right_score(
    mutation: Mutation, answers: list[Answered], document: Document
) -> None:
    broken = 0
    for one in answers:
        worse = mutation.breaks(one, document)
        if worse is None:
            continue
        broken += 1
        before, after = _measures(_scored(one)), _measures(_scored(worse))
        changed = {name for name in before if before[name] != after[name]}
        assert mutation.falls <= changed, (one.case.id, changed, worse.answer)
        assert changed <= mutation.falls | mutation.may, (one.case.id, changed, worse.answer)
    assert broken >= mutation.least


def test_a_wrong_answer_costs_more_than_a_decline(
    answers: list[Answered], document: Document
) -> None:
    """The declined ones come to nothing, the wrong ones to ten times what a right one earns."""
    one = next(a for a in answers if _swapped_unit(a, document))
    wrong, declined = _swapped_unit(one, document), _needless_decline(one, document)
    assert wrong is not None
    assert declined is not None
    assert _scored(wrong).verdict is Verdict.WRONG
    assert [_scored(a).points for a in (one, declined, wrong)] == [1, 0, -10]


def _is_amount(one: Answered) -> bool:
    """Whether it is one amount, given as asked."""
    return (
        isinstance(one.case.expect, ValueExpected)
        and bool(one.answer)
        and one.answer["status"] == "answered"
        and len(one.answer["values"]) > 0
        and one.case.expect.unit is not None
        and bool(one.case.must_cite)
    )


def _row_of(place: Place, document: Document) -> tuple[Table, Row]:
    table = document.table(place.table or "")
    return table, next(r for r in table.rows if (r.label, r.code) == (place.row, place.code))


def _table_and_row_at(citation: Json, document: Document) -> tuple[Table, Row]:
    """The printed row that the citation points at."""
    table = document.table(citation["table"]["title"])
    found: Iterator[Row] = (
        row
        for row in table.rows
        if row.line == citation["line"] and row.label == citation["row"]["label"]
    )
    return table, next(found)


def _row_at(citation: Json, document: Document) -> Row:
    return _table_and_row_at(citation, document)[1]
