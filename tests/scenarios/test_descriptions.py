"""Descriptions: duties, goals, explanations, terms, each in the document's own words."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus, Route
from tests.scenarios.conftest import Ask

FOUND = [
    # duties
    ("网上中介服务超市归谁管？", "主要职责", "（八）", "公共资源交易管理"),
    ("谁负责政务数据资源的共享和开放？", "主要职责", "（六）", "共享和开放"),
    ("主要职责第九条是什么？", "主要职责", "（九）", "重点项目代办"),
    # how the department is made up
    ("内设机构有哪些？", "部门机构设置", None, "人事科"),
    ("下属单位是哪几家？", "部门预算构成", None, "广州市天河区电子政务服务中心"),
    # explanations
    ("今年预算为什么减少了？", "部门预算收支增减变化情况", None, "过紧日子"),
    ("机关运行经费增加的原因是什么", "机关运行经费安排情况", None, "编列经济科目"),
    # terms
    ("什么是其他收入？", "名词解释", "四、其他收入", "存款利息收入"),
    ("“三公”经费指的是什么", "名词解释", "十、“三公”经费", "公务接待费"),
    ("项目支出是什么意思", "名词解释", "七、项目支出", "特定行政任务"),
]

NEAREST = [
    # no passage is surely meant, and one of those that are told answers
    ("红头文件在网上传、信在网上寄，哪笔钱撑着不断？", "公文流转"),
]

IN_OTHER_WORDS = [
    ("开视频会议牵涉到哪些项目，都说说。", "会前调试"),
    ("办事窗口隔着屏幕有人教着办的，提供些什么服务？", "在线导办帮办"),
    ("新开公司的老板来办事，拎走的袋子是哪儿出钱做的？", "手提袋"),
    ("打扫、看门这些杂活，怎么挑的人来干？", "政府采购方式选定服务供应商"),
    ("搭建那套数字化家底、往后养着它的钱，攥在谁手里？", "运维资金管理"),
]

GOALS = [
    ("餐饮服务外包项目是做什么的？", "餐饮服务外包项目", "早午餐"),
    ("电子证照系统的绩效目标", "天河区电子证照系统实施项目", "电子证照"),
    ("统一短信平台有什么用", "天河区政府统一短信平台服务采购项目", "降低出错率"),
    ("印刷经费用来干什么", "专项印刷项目经费", "营业执照"),
]


@pytest.mark.parametrize(("question", "words"), IN_OTHER_WORDS)
def test_what_is_said_in_other_words_is_told(ask: Ask, question: str, words: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert words in answer.text
    assert not answer.text.startswith("没有完全对上的说法")


@pytest.mark.parametrize(("question", "words"), NEAREST)
def test_the_nearest_passages_are_told_as_such(ask: Ask, question: str, words: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.text.startswith("没有完全对上的说法")
    assert any(words in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(("question", "section", "item", "words"), FOUND)
def test_the_passage_that_answers_is_quoted(
    ask: Ask, question: str, section: str, item: str | None, words: str
) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.route is Route.NARRATIVE
    first = answer.citations[0]
    assert (first.section, first.item) == (section, item)
    assert words in first.quote
    assert words in answer.text


@pytest.mark.parametrize(("question", "project", "words"), GOALS)
def test_a_goal_is_cited_as_its_row(ask: Ask, question: str, project: str, words: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    first = answer.citations[0]
    assert first.row is not None
    assert first.row.label == project
    assert first.column == "绩效目标"
    assert words in first.quote


def test_all_duties_are_listed_in_their_order(ask: Ask) -> None:
    answer = ask("主要职责有哪些？")
    items = [citation.item for citation in answer.citations]
    numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
    assert items == [*(f"（{n}）" for n in numerals), "（十二）1", "（十二）2"]


def test_two_terms_are_told_apart_by_both_entries(ask: Ask) -> None:
    answer = ask("事业收入和经营收入有什么区别？")
    assert {c.item for c in answer.citations} >= {"二、事业收入", "三、经营收入"}


def test_amount_and_purpose_are_answered_together(ask: Ask) -> None:
    answer = ask("餐饮服务外包项目多少钱，做什么用？")
    assert answer.route is Route.BOTH
    assert answer.values[0].value == "150.00"
    assert "早午餐" in answer.text
    assert {c.column for c in answer.citations} == {"总计", "绩效目标"}


def test_projects_that_fit_alike_are_both_named(ask: Ask) -> None:
    answer = ask("监控项目是干什么的？")
    assert answer.status is AnswerStatus.CLARIFY
    assert answer.clarification is not None
    named = " ".join(option.label for option in answer.clarification.options)
    assert "视频监控建设项目" in named
    assert "机房环境监控系统" in named


def test_each_of_the_projects_is_described(ask: Ask) -> None:
    answer = ask("名称里带“租赁项目”的有几个，分别是做什么的？")
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.route is Route.NARRATIVE
    assert len({c.row.id for c in answer.citations if c.row}) == len(answer.citations) > 1
    assert str(len(answer.citations)) in answer.text


def test_how_two_projects_differ_is_told_from_both(ask: Ask) -> None:
    answer = ask("第三方验收测评跟信息化监理有什么区别？")
    labels = {c.row.label for c in answer.citations if c.row}
    assert any("验收测评" in label for label in labels)
    assert any("监理" in label for label in labels)


def test_projects_named_alike_are_asked_about(ask: Ask) -> None:
    answer = ask("租赁项目是做什么的？")
    assert answer.status is AnswerStatus.CLARIFY
    assert answer.clarification is not None
    assert all("租赁" in option.label for option in answer.clarification.options)


def test_words_in_quotation_marks_are_looked_for(ask: Ask) -> None:
    answer = ask("“最后一公里”写在哪个项目的目标里？")
    assert "最后一公里" in answer.text


def test_what_one_section_does_is_not_told_where_only_its_name_is_printed(ask: Ask) -> None:
    assert ask("政策法规科分管哪些事？").status is not AnswerStatus.ANSWERED
