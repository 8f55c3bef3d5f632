"""The generated cases: enough of each, the same every time, and true where that is easily seen."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from evals.cases import Case, ClarifyExpected, NamesExpected, ValueExpected
from evals.generate import generate
from evals.printed import read_printed

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def sample() -> Path:
    (path,) = (ROOT / "index" / "samples").glob("*.txt")
    return path


@pytest.fixture(scope="module")
def cases(sample: Path) -> dict[str, Case]:
    return {case.id: case for case in generate(sample)}


def _value(case: Case) -> Decimal:
    assert isinstance(case.expect, ValueExpected)
    return case.expect.value


def _names(case: Case) -> tuple[str, ...]:
    assert isinstance(case.expect, NamesExpected)
    return case.expect.names


def test_there_are_at_least_three_thousand(cases: dict[str, Case]) -> None:
    assert len(cases) >= 3000
    kinds = Counter(case.category for case in cases.values())
    assert {"aggregate", "ranking", "filter_count", "lookup", "existence_zero"} <= set(kinds)
    assert min(kinds["aggregate"], kinds["ranking"], kinds["filter_count"]) >= 40


def test_the_same_document_gives_the_same_cases(sample: Path, cases: dict[str, Case]) -> None:
    assert list(generate(sample)) == list(cases.values())


def test_no_question_and_no_id_comes_twice(sample: Path, cases: dict[str, Case]) -> None:
    assert len(cases) == sum(1 for _ in generate(sample))
    assert len({case.question for case in cases.values()}) == len(cases)


def test_every_amount_is_asked_for_by_its_own_place(sample: Path, cases: dict[str, Case]) -> None:
    """Each cell stands in the places of a case that expects its amount."""
    asked = {
        (place.table, place.row, place.code, place.column)
        for case in cases.values()
        for place in case.must_cite
        if isinstance(case.expect, ValueExpected | ClarifyExpected)
    }
    printed = {
        (table.title, row.label, row.code, cell.column.name)
        for table in read_printed(sample).tables
        for row in table.rows
        for cell in row.amounts
    }
    assert printed <= asked


def test_an_amount_is_asked_for_in_three_shapes(cases: dict[str, Case]) -> None:
    by_table = cases["t03.r04.基本支出.table"]
    by_code = cases["t03.r04.基本支出.code"]
    by_column = cases["t03.r04.基本支出.column"]
    assert {_value(c) for c in (by_table, by_code, by_column)} == {Decimal("2185.85")}
    assert "支出总体情况表" in (by_table.question or "")
    assert "2010301" in (by_code.question or "")
    assert "行政运行的基本支出" in (by_column.question or "")


def test_a_code_with_two_amounts_is_asked_with_its_table_as_well(cases: dict[str, Case]) -> None:
    alone, in_table = cases["t06.r17.预算.code"], cases["t06.r17.预算.code-table"]
    assert isinstance(alone.expect, ClarifyExpected)
    assert alone.expect.values == (Decimal("12.00"), Decimal("24.60"))
    assert _value(in_table) == Decimal("12.00")


def test_one_name_under_two_codes_has_two_readings(cases: dict[str, Case]) -> None:
    case = cases["t03.r05.合计.table"]
    assert isinstance(case.expect, ClarifyExpected)
    assert case.expect.values == (Decimal("1490.46"), Decimal("4227.22"))


def test_other_columns_with_the_same_amount_may_be_cited_but_no_other_zero(
    cases: dict[str, Case],
) -> None:
    (place,) = cases["t12.r03.总计.table"].must_cite
    assert place.column_alt == ("财政拨款/合计", "财政拨款/一般公共预算")
    (zero,) = cases["t12.r03.其他资金.table"].must_cite
    assert zero.column_alt == ()


def test_tables_are_counted_summed_and_ranked(cases: dict[str, Case]) -> None:
    assert _value(cases["t12.项目.count"]) == 52
    assert _value(cases["t05.项级科目.count"]) == 10
    assert _value(cases["t06.302.count"]) == 18
    assert _value(cases["t12.项目.sum"]) == Decimal("5894.82")
    assert _names(cases["t12.项目.top1"]) == ("业务用房租赁经费",)
    assert _names(cases["t06.款级科目.bottom3"]) == ("手续费", "奖励金", "公务接待费")
    assert _value(cases["t12.项目.over500"]) == 3


def test_a_sum_may_be_the_printed_total_within_rounding_only(cases: dict[str, Case]) -> None:
    expect = cases["t12.项目.sum"].expect
    assert isinstance(expect, ValueExpected)
    assert abs(expect.value - Decimal("5894.78")) <= expect.tolerance < Decimal("0.05")


@pytest.mark.parametrize(
    ("case", "gold"),
    [
        ("p.主要职责.八.item", "负责全区公共资源交易管理和网上中介服务超市相关工作。"),
        ("p.经营支出.what", "指事业单位在专业业务活动及其辅助活动之外"),
        ("p.政府采购情况.read", "货物类采购预算182.73万元"),
        ("t12.r05.绩效目标.goal", "保障工作人员早午餐供应"),
        ("p.部门机构设置.tell", "本部门内设机构有14个"),
    ],
)
def test_passages_are_asked_for_by_their_heading(
    cases: dict[str, Case], case: str, gold: str
) -> None:
    assert gold in "".join(cases[case].gold)
    assert cases[case].route == "narrative"


def test_a_document_of_other_words_gives_its_own_cases(sample: Path, tmp_path: Path) -> None:
    """Nothing of the sample is written in the generator."""
    text = sample.read_text("utf-8")
    for old, new in (("工会经费", "甲乙经费"), ("39.01", "47.11"), ("表（按", "一览表（按")):
        text = text.replace(old, new)
    changed = tmp_path / "changed.txt"
    changed.write_text(text, "utf-8")
    cases = {case.id: case for case in generate(changed)}
    case = cases["t06.r26.预算.table"]
    assert "甲乙经费" in (case.question or "")
    assert "基本支出情况一览表（按经济分类科目）" in (case.question or "")
    assert _value(case) == Decimal("47.11")
