"""Numbers that stand only in prose."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import pytest

from index.facts import read_facts
from index.records import BudgetDocument, Fact, FactMeasure, Passage, PassageKind, Place

AMOUNT, CHANGE = FactMeasure.AMOUNT, FactMeasure.CHANGE
RATE, PRIOR = FactMeasure.RATE, FactMeasure.PRIOR


class Said(NamedTuple):
    """A fact as this file writes it down."""

    subject: str
    measure: FactMeasure
    value: str | None
    unit: str = "万元"


def facts_in(
    text: str, *, year: int = 2026, kind: PassageKind = PassageKind.EXPLANATION
) -> list[Fact]:
    passage = Passage("d1-p1", kind, "情况说明", None, None, text, Place(None, 1))
    return list(read_facts((passage,), year))


def said(facts: list[Fact]) -> list[Said]:
    return [
        Said(f.subject, f.measure, None if f.value is None else str(f.value), f.unit) for f in facts
    ]


def grown(subject: str, amount: str, change: str, prior: str, rate: str) -> list[Said]:
    """A figure that is compared with last year's."""
    return [
        Said(subject, AMOUNT, amount),
        Said(subject, CHANGE, change),
        Said(subject, PRIOR, prior),
        Said(subject, RATE, rate, "%"),
    ]


# --- all facts of the sample, written down from its text ---

ABROAD, CARS = "因公出国（境）费", "公务用车购置及运行维护费"
BUYING, RUNNING = "公务用车购置费", "公务用车运行维护费"
SAMPLE: dict[str, list[Said]] = {
    "部门机构设置": [Said("内设机构", AMOUNT, "14", "个")],
    "部门预算构成": [],
    "部门预算收支增减变化情况": [
        *grown("收入预算", "9492.97", "-1083.01", "10575.98", "-10.24"),
        *grown("支出预算", "9492.97", "-1083.01", "10575.98", "-10.24"),
    ],
    "“三公”经费安排情况": [
        *grown("“三公”经费", "5.4", "0", "5.4", "0.00"),
        Said(ABROAD, AMOUNT, "0"),
        Said(ABROAD, CHANGE, "0"),
        Said(ABROAD, PRIOR, "0"),
        Said(ABROAD, RATE, None, "%"),
        Said(CARS, AMOUNT, "4.4"),
        Said(BUYING, AMOUNT, "0"),
        Said(BUYING, CHANGE, "0"),
        Said(BUYING, PRIOR, "0"),
        Said(RUNNING, AMOUNT, "4.4"),
        Said(RUNNING, CHANGE, "0"),
        Said(RUNNING, PRIOR, "4.4"),
        Said(CARS, CHANGE, "0"),
        Said(CARS, PRIOR, "4.4"),
        Said(CARS, RATE, "0.00", "%"),
        *grown("公务接待费", "1", "0", "1", "0.00"),
    ],
    "机关运行经费安排情况": grown("机关运行经费", "3876.18", "164.66", "3711.52", "4.44"),
    "政府采购情况": [
        Said("政府采购", AMOUNT, "5628.59"),
        Said("货物类采购预算", AMOUNT, "182.73"),
        Said("工程类采购预算", AMOUNT, "0"),
        Said("服务类采购预算", AMOUNT, "5445.86"),
    ],
    "国有资产占有使用情况": [
        Said("固定资产", AMOUNT, "6965.79"),
        Said("房屋", AMOUNT, "0", "平方米"),
        Said("车辆", AMOUNT, "2", "辆"),
        Said("单价在100万元以上的设备", AMOUNT, "0", "台"),
        Said("拟购置固定资产", AMOUNT, "236.46"),
    ],
    "重点项目预算绩效目标情况": [],
}


@pytest.mark.parametrize("section", SAMPLE)
def test_the_sample_says_these_facts_and_no_others(sample: BudgetDocument, section: str) -> None:
    ids = {p.id for p in sample.passages if p.section == section}
    assert said([f for f in sample.facts if f.passage_id in ids]) == SAMPLE[section]


def test_all_facts_of_the_sample_stand_in_these_sections(sample: BudgetDocument) -> None:
    assert len(sample.facts) == sum(map(len, SAMPLE.values())) == 44


def test_each_fact_of_the_sample_is_printed_where_it_says(sample: BudgetDocument) -> None:
    texts = {p.id: p.text for p in sample.passages}
    for fact in sample.facts:
        if fact.measure is not PRIOR:
            assert texts[fact.passage_id][fact.start : fact.end].endswith(fact.printed)


def test_parts_of_the_sample_know_what_they_are_parts_of(sample: BudgetDocument) -> None:
    parts = {f.subject: f.context for f in sample.facts if f.measure is AMOUNT and f.context}
    for subject in (ABROAD, CARS, BUYING, RUNNING, "公务接待费"):
        assert parts[subject] == "“三公”经费"
    assert parts["货物类采购预算"] == "政府采购"
    assert parts["车辆"] == "固定资产"


def test_what_a_new_sentence_speaks_of_is_no_part_of_the_last(sample: BudgetDocument) -> None:
    (bought,) = (f for f in sample.facts if f.subject == "拟购置固定资产")
    assert bought.context is None


# --- last year's figure ---


def test_last_years_figure_shows_its_formula_and_is_last_years() -> None:
    less = facts_in("2026年培训费预算9.00万元，比上年减少1.50万元。")
    more = facts_in("2026年培训费预算9.00万元，比上年增加1.50万元。")
    assert [(f.value, f.year, f.formula, f.printed) for f in (less[2], more[2])] == [
        (Decimal("10.50"), 2025, "9.00 + 1.50", ""),
        (Decimal("7.50"), 2025, "9.00 - 1.50", ""),
    ]
    assert less[2].fen == 10_500_000


def test_no_figure_is_derived_from_a_rate_or_from_another_unit() -> None:
    assert said(facts_in("2026年培训费预算9.00万元，比上年增长12.5%。")) == [
        Said("培训费预算", AMOUNT, "9.00"),
        Said("培训费预算", RATE, "12.5", "%"),
    ]
    facts = facts_in("2026年培训费预算9.00万元，比上年减少500元。")
    assert not [f for f in facts if f.measure is PRIOR]


def test_a_dash_for_a_rate_says_that_there_is_nothing_to_compare_with() -> None:
    facts = facts_in("公务接待费0万元，比上年增加0万元，增长--（基数为0，不可比）。")
    assert said(facts)[-1] == Said("公务接待费", RATE, None, "%")
    assert facts[-1].printed == "--"


# --- brackets, limits, other passages ---


def test_what_follows_a_bracket_belongs_to_the_subject_before_it() -> None:
    facts = facts_in("公务用车费4万元（购置费1万元；运行费3万元），比上年增加2万元。")
    assert said(facts) == [
        Said("公务用车费", AMOUNT, "4"),
        Said("购置费", AMOUNT, "1"),
        Said("运行费", AMOUNT, "3"),
        Said("公务用车费", CHANGE, "2"),
        Said("公务用车费", PRIOR, "2"),
    ]


def test_a_bracket_within_a_name_belongs_to_the_name() -> None:
    assert said(facts_in("因公出国（境）费3万元。")) == [Said("因公出国（境）费", AMOUNT, "3")]


@pytest.mark.parametrize("limit", ["100万元以上", "100万元及以上", "100万元以下"])
def test_a_limit_is_no_fact(limit: str) -> None:
    assert said(facts_in(f"单价{limit}的设备3台。")) == [
        Said(f"单价{limit}的设备", AMOUNT, "3", "台")
    ]


@pytest.mark.parametrize(
    "text", ["详见第12页。", "2026年度无此项支出。", "依据市财函〔2021〕93号文。", "1月6日前完成。"]
)
def test_other_numbers_are_no_facts(text: str) -> None:
    assert facts_in(text) == []


@pytest.mark.parametrize("kind", [PassageKind.DUTY, PassageKind.GOAL, PassageKind.GLOSSARY])
def test_numbers_of_duties_goals_and_the_glossary_are_no_facts(kind: PassageKind) -> None:
    assert facts_in("租赁11条链路，费用3万元。", kind=kind) == []


def test_counts_have_no_money() -> None:
    assert [f.fen for f in facts_in("车辆2辆，设备3万元。")] == [None, 3_000_000]


# --- sentences as other departments and cities phrase them ---

OTHER_PHRASINGS: list[tuple[str, list[Said]]] = [
    (
        "2026年本部门收入预算1,904.90万元，较上年增加454.38万元，增长31.33%，主要原因是项目增加。",
        grown("收入预算", "1904.90", "454.38", "1450.52", "31.33"),
    ),
    (
        "2026年委托业务费财政拨款预算为97.92万元，比上年预算减少265.4万元，下降73.05%。",
        grown("委托业务费财政拨款", "97.92", "-265.4", "363.32", "-73.05"),
    ),
    (
        "2026年机关运行经费97.80万元，比2025年预算数减少0.83万元，下降0.84％。",
        grown("机关运行经费", "97.80", "-0.83", "98.63", "-0.84"),
    ),
    (
        "本部门当年培训费支出5.79万元，较上年减少7.21万元，下降55.46%，下降的主要原因是：培训减少。",
        grown("培训费支出", "5.79", "-7.21", "13.00", "-55.46"),
    ),
    (
        "2026年收入预算180万元，其中：财政拨款收入178万元，比2025年预算增加15万元；事业收入2万元。",
        [
            Said("收入预算", AMOUNT, "180"),
            Said("财政拨款收入", AMOUNT, "178"),
            Said("财政拨款收入", CHANGE, "15"),
            Said("财政拨款收入", PRIOR, "163"),
            Said("事业收入", AMOUNT, "2"),
        ],
    ),
    (
        "2026年政府采购支出预算总额188.5万元，其中：货物支出5.5万元、工程支出0万元、服务支出183万元。",
        [
            Said("政府采购支出", AMOUNT, "188.5"),
            Said("货物支出", AMOUNT, "5.5"),
            Said("工程支出", AMOUNT, "0"),
            Said("服务支出", AMOUNT, "183"),
        ],
    ),
    (
        "共有车辆2辆，单价50万元以上通用设备3台，单价100万元以上专用设备1台。",
        [
            Said("车辆", AMOUNT, "2", "辆"),
            Said("单价50万元以上通用设备", AMOUNT, "3", "台"),
            Said("单价100万元以上专用设备", AMOUNT, "1", "台"),
        ],
    ),
    (
        "2026年“三公”经费预算数为24.02万元，与上年预算数持平。",
        [Said("“三公”经费", AMOUNT, "24.02")],
    ),
    (
        "公务接待费5.77万元，较上年减少0.03万元，与上年基本持平。",
        [
            Said("公务接待费", AMOUNT, "5.77"),
            Said("公务接待费", CHANGE, "-0.03"),
            Said("公务接待费", PRIOR, "5.80"),
        ],
    ),
    (
        "因公出国（境）经费0.00万元，比上年减少27.70万元，下降100.00%。",
        grown("因公出国（境）经费", "0.00", "-27.70", "27.70", "-100.00"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), OTHER_PHRASINGS)
def test_other_phrasings(text: str, expected: list[Said]) -> None:
    assert said(facts_in(text)) == expected


# Real phrasings that were misread once: a wrong subject or a figure of the wrong year.
HARDER_PHRASINGS: list[tuple[str, list[Said]]] = [
    (
        "2026年委托业务费预算为42.55万元，比上年预算50.59万元，减少8.04万元，下降15.89%。",
        grown("委托业务费", "42.55", "-8.04", "50.59", "-15.89"),
    ),
    (
        "2026年支出预算249.92万元，比上年增加61.71万元，主要原因是基本支出增加29.53万元。",
        [
            Said("支出预算", AMOUNT, "249.92"),
            Said("支出预算", CHANGE, "61.71"),
            Said("支出预算", PRIOR, "188.21"),
            Said("基本支出", CHANGE, "29.53"),
        ],
    ),
    (
        "培训费支出21.39万元，较上年增加了1.91万元（9.80%）。",
        grown("培训费支出", "21.39", "1.91", "19.48", "9.80"),
    ),
    ("（1）公务用车购置预算0万元。", [Said("公务用车购置预算", AMOUNT, "0")]),
    ("工资福利支出（301）14362.32万元。", [Said("工资福利支出", AMOUNT, "14362.32")]),
    (
        "截至2025年12月31日，本部门共有车辆76辆。",
        [Said("车辆", AMOUNT, "76", "辆")],
    ),
    (
        "单价100万元（含）以上设备（不含车辆）5台（套）。",
        [Said("单价100万元（含）以上设备（不含车辆）", AMOUNT, "5", "台")],
    ),
    ("行政编制20名。", [Said("行政编制", AMOUNT, "20", "名")]),
    (
        "包括人员支出44.99万元，占72.3%；日常公用支出17.23万元，占27.7%。",
        [Said("人员支出", AMOUNT, "44.99"), Said("日常公用支出", AMOUNT, "17.23")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), HARDER_PHRASINGS)
def test_harder_phrasings(text: str, expected: list[Said]) -> None:
    assert said(facts_in(text)) == expected


def test_a_figure_of_a_named_date_is_of_that_year() -> None:
    (fact,) = facts_in("截至2025年12月31日，固定资产金额76万元。", year=2026)
    assert fact.year == 2025
