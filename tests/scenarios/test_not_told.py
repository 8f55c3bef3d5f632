"""What looks alike and is no answer: another kind of passage, another term, another thing."""

from __future__ import annotations

import pytest

from index.records import PassageKind
from qa_service.types import AnswerStatus
from tests.scenarios.conftest import Ask

NOWHERE = [
    # terms of the tables that the document does not explain
    "转移性支出是什么意思？",
    "政府性基金预算是什么意思？",
    # numbers of things that it does not count, beside others that it does
    "服务器有几台？",
    "大数据平台有几个系统？",
    "自助机都摆在哪些小区？",
    "自助终端装在什么地方？",
    "租来的政务大厅面积有多大？",
    "数据交易服务区在几楼？",
    "大厅一天来多少人办事？",
    "数据交易服务区去年成交了多少笔？",
    "窗口外包的人到手工资几千？",
    "12345热线中心有几个话务员？",
    "自助终端摆在哪几个地方？",
    # the whole budget of a unit, which the document does not print
    "12345政府服务热线中心自己一年的预算是多少？",
    "办执照时身份证带原件还是复印件？",
    # another limit than the one that a number is printed for
    "单价50万元以上的设备有几台？",
    # a department of the same name elsewhere
    "佛山市政数局有几个下属单位？",
    "深圳政数局的职责有哪些？",
    "政务云租的是甲云还是乙云家的？",
    # amounts of one person, of one of many, and of what was done to an amount
    "你们主任一年拿多少工资？",
    "食堂外包，一份午饭定的是几块钱？",
    "今年支出省了多少？",
    # an amount of each of something that the document does not count
    "每个干部平均分到多少差旅费？",
    "工资福利支出人均多少？",
    "工资福利支出平均到每个编制是多少？",
    "差旅费和会议费平均每个人多少？",
    "每名干部的差旅费是多少？",
    "一般公共预算支出摊到每个居民头上是多少？",
    "项目支出平均每个部门多少？",
    # several projects, of which the names hold but one
    "这些窗口外包项目一共多少？",
    # the dearest of several, of which one alone is described
    "两个物业项目哪个贵？",
    "管档案、管影像的几个系统，哪个最花钱？",
    # a year that is not last year's
    "支出预算降了10.24%，没降之前，2020年是多少？",
]


@pytest.mark.parametrize("question", NOWHERE)
def test_what_the_document_does_not_tell_is_not_told(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.NOT_FOUND, answer.text
    assert not answer.citations


def test_whoever_asks_for_duties_is_told_duties(ask: Ask) -> None:
    answer = ask("政府网站和新媒体方面的职责是什么？")
    assert {citation.section for citation in answer.citations} == {"主要职责"}
    assert PassageKind.DUTY in (answer.plan.passage_kinds if answer.plan else ())


EVERYDAY = [
    ("老有人反复告状、成群来闹，区里想怎么提前看出苗头？", "预测突发事件发展趋势"),
    ("大项目要落到天河，有没有人替着跑手续？", "组织、协调、督办全区重点项目代办服务工作"),
    ("衙门之间互相递数据的那座桥，平常修修补补是为了什么？", "数据共享服务"),
    ("隔着屏幕碰头，开始前试麦、散场后收摊，有没有人伺候？", "会前调试、会中保障、会后收尾"),
]


@pytest.mark.parametrize(("question", "words"), EVERYDAY)
def test_everyday_words_find_what_they_mean(ask: Ask, question: str, words: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert words in answer.citations[0].quote
