"""English questions, as the Chinese ones that they ask, without a document."""

from __future__ import annotations

import pytest

from qa_service.understand.english import read_english
from qa_service.understand.english.glossary import load_english


def _read(question: str) -> str:
    return read_english(question, load_english())


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        # amounts
        ("How much is budgeted for electricity?", "电费是多少"),
        ("What's the cost of training under basic expenditure?", "基本支出里的培训费是多少"),
        ("Is there any money for overseas trips? How much?", "因公出国（境）费用是多少"),
        ("How much are the basic salaries (基本工资)?", "基本工资是多少"),
        ("How much does the bureau spend?", "总预算是多少"),
        ("How much is the welfare fund in yuan?", "福利费合多少元"),
        ("Express public security in hundred millions of yuan.", "公共安全支出是多少亿元"),
        # two amounts
        (
            "What percentage of total expenditure goes to project expenditure?",
            "项目支出占支出总计的百分之几",
        ),
        ("Training makes up what share of basic expenditure?", "培训费占基本支出的百分之几"),
        ("What is the difference between electricity and water?", "电费和水费相差多少"),
        ("How much more is spent on printing than on meetings?", "印刷费比会议费多多少"),
        ("How many times basic expenditure is project expenditure?", "项目支出是基本支出的几倍"),
        ("Which is larger, printing or training?", "印刷费和培训费哪个多，相差多少"),
        (
            "How much do electricity, water and heating cost together?",
            "电费、水费和取暖费加起来多少",
        ),
        # the year before
        ("By how much did the revenue budget fall?", "收入预算比上年减少多少"),
        ("By what percentage did spending rise over last year?", "部门预算比上年增长百分之几"),
        (
            "What percentage did agency operating funds increase by?",
            "机关运行经费比上年增长百分之几",
        ),
        ("What was last year's total expenditure?", "上年的支出预算是多少"),
        ("Why was the expenditure budget cut?", "支出预算比上年减少的原因是什么"),
        # rows
        ("How many projects exceed 1 million yuan?", "金额超过100万元的项目有几个"),
        (
            "Which projects are between 2 and 3 million yuan?",
            "金额在200万元到300万元之间的项目有哪些",
        ),
        ("What are the three largest projects?", "金额最多的3个项目是哪些"),
        ("Which project ranks second?", "项目中金额第2多的是哪个"),
        ("What is the average budget per project?", "项目平均每个多少"),
        ("How many projects have “运维” in their names?", "名称含“运维”的项目有几个"),
        (
            "Which economic category of basic expenditure is largest?",
            "基本支出经济分类科目中金额最多的是哪个",
        ),
        ("How many cars does the bureau own?", "车辆有几辆"),
        ("What are the top 5 projects by budget?", "金额最多的5个项目是哪些"),
        ("What is the single largest project?", "金额最多的1个项目是哪些"),
        ("What is the second smallest project?", "项目中金额倒数第2的是哪个"),
        ("How many projects cost 5,000 yuan or less?", "金额不超过5000元的项目有几个"),
        (
            "How many projects are above 2 million but below 5 million yuan?",
            "金额超过200万元且低于500万元的项目有几个",
        ),
        (
            "What is the total budget of the projects over 1 million yuan?",
            "金额超过100万元的项目加起来多少",
        ),
        ("What is the total budget for training?", "培训费是多少"),
        # descriptions
        ("What does “basic expenditure” mean?", "基本支出是什么意思"),
        ("What do the “three public” expenses cover?", "“三公”经费包含哪些"),
        ("What is the catering outsourcing project for?", "餐饮服务外包的绩效目标是什么"),
        ("Who is responsible for data security?", "谁负责数据安全"),
        ("What are the bureau's main duties?", "主要职责是什么"),
        ("Which subordinate units are there?", "下属单位有哪些"),
        # what leans on the question before
        ("And what about water?", "那水费呢"),
    ],
)
def test_what_is_asked(question: str, asked: str) -> None:
    assert _read(question) == asked


def test_the_year_is_kept() -> None:
    assert _read("How much was spent on training in 2019?") == "2019年培训费是多少"


def test_another_department_is_named() -> None:
    assert "教育局" in _read("What is the budget of the Tianhe District Education Bureau?")


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("How much is spent on electricity for stadiums?", "stadiums"),
        ("How much is left of the training budget?", "left"),
        ("How much is the rent per month?", "month"),
        ("What is the phone number of the service hall?", "phone"),
        ("How much does each vehicle cost to run?", "each"),
        ("Which projects were cancelled?", "cancelled"),
        ("How many citizens called the hotline?", "citizens"),
        ("How do I apply for a business licence?", "apply"),
        ("How much more was spent than budgeted?", "more"),
        ("How many electric vehicles does the bureau have?", "electric"),
        ("How many vehicles will be bought?", "bought"),
        ("What is the floor area of the rented office building?", "floor"),
        ("Which projects have more than 5 access points?", "access"),
        ("Which projects cost exactly 150 wan?", "exactly"),
        ("Which department reviews complaints about the service hall?", "department"),
    ],
)
def test_what_is_not_understood_is_kept(question: str, kept: str) -> None:
    assert kept in _read(question)


def test_a_question_that_names_nothing_stays_as_it_is() -> None:
    assert _read("Is it raining?") == "Is it raining?"
