"""Questions in English, over a document in Chinese."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus, Route
from tests.scenarios.conftest import Ask

AMOUNTS = [
    ("What is the bureau's total budgeted expenditure for 2024?", "9,492.97"),
    ("Is there any money for overseas business trips in 2024? How much?", "0.00"),
    ("How much is budgeted for the electronic certificates and licences system?", "11.49"),
    ("How much do they plan to pay in basic salaries (基本工资)?", "295.00"),
    (
        "How much is budgeted for the operation and maintenance of the video conference system?",
        "0.96",
    ),
    ("What will renting the office and business premises cost?", "1,495.10"),
    ("How much of the government procurement is for services?", "5,445.86"),
    ("What share of total expenditure is basic expenditure?", "37.90"),
    ("By how much did the budget fall compared with the previous year?", "1,083.01"),
    ("What were the agency operating expenses in 2023?", "3,711.52"),
    ("How many projects get less than 50,000 yuan?", "11"),
    ("How many official vehicles does the bureau have?", "2"),
    ("Which costs more, electricity or water, and by how much?", "160.16"),
    ("What amount is budgeted under code 2210203?", "522.63"),
    ("What percentage of general public services expenditure is project expenditure?", "63.46"),
    ("What is the total of the top three projects?", "2,851.51"),
    ("How much lower is the 2024 expenditure budget than that of 2023?", "1,083.01"),
    ("What is the average of the five largest projects?", "712.06"),
    ("What is the total budget for projects?", "5,894.78"),
    ("What is the budgeted expenditure on housing security?", "736.63"),
    ("What will renting the “government cloud window” cost? Not the cloud resources.", "6.58"),
    (
        "How much is the level protection evaluation of eight information systems?",
        "36.50",
    ),
    (
        "Total revenue of Guangzhou Tianhe District Government Services and Data Administration"
        " Bureau in the 2024 budget?",
        "9,492.97",
    ),
]

TEXTS = [
    ("Why did the revenue budget decrease in 2024?", "落实过紧日子要求"),
    ("What is meant by operating income?", "非独立核算经营活动取得的收入"),
    ("Is promoting the investment environment part of this bureau's job?", "投资环境"),
    ("What sorts of expenses count as official reception?", "公务接待"),
    ("Why is the government fund budget table blank?", "本年无发生额"),
    ("What is the compliance inspection service for?", "符合性检查"),
    ("Who takes the lead in managing the 12345 hotline?", "12345政府服务热线管理工作"),
    ("Name the subordinate units of the bureau.", "电子政务服务中心"),
    ("What does item (8) of the main duties say?", "公共资源交易管理"),
    ("Why is the bureau renting the southeast tax service premises?", "办税服务开展"),
    ("What do official vehicle running costs include?", "燃料费"),
    ("What does the seal engraving project provide to companies?", "免费刻制印章服务"),
    ("What is the main reason for the increase in agency operating funds?", "增长4.44%"),
    ("How many access points does the bare fibre project cover?", "150个点位"),
    ("Which units make up the department's budget?", "电子政务服务中心"),
    ("What role does the bureau play in promoting the investment environment?", "投资环境"),
    (
        "What does “using institutional funds to cover the gap between revenue and expenditure”"
        " mean?",
        "以前年度积累的事业基金",
    ),
]

NOT_TOLD = [
    "What is the 2024 budget of the Tianhe District Education Bureau?",
    "How much did the bureau actually spend on training?",
    "What is the training budget for 2026?",
    "What is the population of Tianhe District?",
    "Who is the director of the bureau?",
    "What are the opening hours of the tax service hall?",
    "How much is budgeted for drones?",
    "How much is budgeted for staff housing construction?",
    "What is the price of a seal?",
    "How much tax does the bureau pay?",
    "Which projects are new?",
    "What is the budget of the Tianhe District Health Bureau?",
    "What is the budget of Tianhe District Urban Management Bureau for 2024?",
    "What is the budget of the Tianhe District People's Government?",
    "Who is the head of the bureau?",
    "How much of the 2024 budget has been spent?",
    "Explain “transfer expenditure”.",
    "What is a fixed asset?",
    "How much do three self-service terminals cost?",
    "Which projects were cancelled?",
    "How much did the department spend in actual terms on the catering project?",
    "How much was spent on COVID testing?",
    "How many citizens called the hotline?",
    "How much does each official vehicle cost to run?",
    "What percentage of projects are over 1 million yuan?",
]


@pytest.mark.parametrize(("question", "value"), AMOUNTS)
def test_an_amount_is_told(ask: Ask, question: str, value: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.values[0].value == value
    assert answer.citations


@pytest.mark.parametrize(("question", "text"), TEXTS)
def test_a_description_is_quoted(ask: Ask, question: str, text: str) -> None:
    answer = ask(question)
    assert answer.route is Route.NARRATIVE
    assert any(text in (citation.quote or "") for citation in answer.citations)


@pytest.mark.parametrize("question", NOT_TOLD)
def test_what_the_document_does_not_tell_is_declined(ask: Ask, question: str) -> None:
    assert ask(question).status in (AnswerStatus.NOT_FOUND, AnswerStatus.OUT_OF_SCOPE)


def test_the_words_of_one_label_are_chosen_together(ask: Ask) -> None:
    """Maintenance is 维修（护）费 by itself and 运维 beside a system."""
    alone = ask("How much is budgeted for maintenance under project expenditure?")
    beside = ask("How much is budgeted for maintenance of the video conference system?")
    assert alone.values[0].value == "28.25"
    assert beside.values[0].value == "0.96"
