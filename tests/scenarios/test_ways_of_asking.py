"""However a question is put, its answer is that of the plainest way of asking it.

`ways_of_asking.tsv` holds, in each line, a kind of question and one way of asking it: {X} and its
like stand for names and amounts of the sample, and ` / ` parts the turns of a conversation.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from qa_service.types import Answer, AnswerStatus
from qa_service.wiring import Service
from tests.scenarios.conftest import talk

_YUAN = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_TWO = {"X": "业务用房租赁经费", "Y": "业务用房物业管理费"}
_WITHIN = {"X": "住房保障支出", "T": "支出总计"}
_PLAINEST: dict[str, tuple[str, dict[str, str]]] = {
    "lookup": ("{X}是多少", {"X": "福利费"}),
    "sum2": ("{X}和{Y}合计多少", _TWO),
    "sum3": ("{X}、{Y}、{Z}三项合计多少", {"X": "基本工资", "Y": "津贴补贴", "Z": "奖金"}),
    "share": ("{X}占{T}的百分之几", _WITHIN),
    "ratio": ("{X}是{Y}的几倍", _TWO),
    "diff": ("{X}比{Y}多多少", _TWO),
    "more": ("{X}和{Y}哪个多", _TWO),
    "prior": ("上年的{X}是多少", {"X": "机关运行经费"}),
    "change": ("{X}比上年增加或减少了多少", {"X": "机关运行经费"}),
    "rate": ("{X}比上年增长或下降百分之几", {"X": "机关运行经费"}),
    "unit_yuan": ("{X}是多少元", {"X": "福利费"}),
    "unit_yi": ("{X}是多少亿元", {"X": "支出总计"}),
    "zero": ("{X}有没有安排，是多少", {"X": "公务用车购置费"}),
    "top1": ("预算最多的项目是哪个", {}),
    "bottom1": ("预算最少的项目是哪个", {}),
    "topk": ("预算最多的{K}个项目是哪些", {"K": "三"}),
    "bottomk": ("预算最少的{K}个项目是哪些", {"K": "三"}),
    "nth": ("预算第{K}多的项目是哪个", {"K": "二"}),
    "top_of": ("{P}下面最多的是哪一项", {"P": "工资福利支出"}),
    "list_of": ("{P}下面各项从多到少排一下", {"P": "工资福利支出"}),
    "count_over": ("超过{A}的项目有几个", {"A": "100万"}),
    "list_over": ("超过{A}的项目有哪些", {"A": "五百万元"}),
    "list_under": ("低于{A}的项目有哪些", {"A": "1万元"}),
    "count_under": ("低于{A}的项目有几个", {"A": "10万"}),
    "between": ("{A}到{B}之间的项目有哪些", {"A": "100万", "B": "200万"}),
    "count_between": ("{A}到{B}之间的项目有几个", {"A": "10万", "B": "50万"}),
    "sum_over": ("超过{A}的项目合计多少钱", {"A": "100万"}),
    "exactly": ("正好{A}的项目是哪个", {"A": "20万元"}),
    "has_list": ("名称里含“{W}”的项目有哪些", {"W": "租赁"}),
    "has_count": ("名称里含“{W}”的项目有几个", {"W": "运维"}),
    "has_sum": ("名称里含“{W}”的项目合计多少钱", {"W": "租赁"}),
    "has_top": ("名称里含“{W}”的项目中最多的是哪个", {"W": "运维"}),
    "count_all": ("一共有多少个项目", {}),
    "avg": ("平均每个项目多少钱", {}),
    "count_lines": ("{P}下面有多少个款级科目", {"P": "工资福利支出"}),
    "kind_basic": ("基本支出里的{X}是多少", {"X": "办公费"}),
    "kind_project": ("项目支出里的{X}是多少", {"X": "办公费"}),
    "kind_both": ("基本支出和项目支出里的{X}合计多少", {"X": "办公费"}),
    "col_project": ("{X}的项目支出是多少", {"X": "行政运行"}),
    "col_basic": ("{X}的基本支出是多少", {"X": "事业运行"}),
    "rest": ("{T}除去{X}后是多少", _WITHIN),
    "sum_top": ("预算最多的{K}个项目合计多少钱", {"K": "三"}),
    "share_top": ("预算最多的项目占{T}的百分之几", {"T": "支出总计"}),
    "avg_of": ("{P}下面各项平均多少钱", {"P": "工资福利支出"}),
    "f_other": ("{Y}是多少", _TWO),
    "f_sum": ("{X}和{Y}合计多少", _TWO),
    "f_diff": ("{X}比{Y}多多少", {"X": "福利费", "Y": "工会经费"}),
    "f_share": ("{X}占{T}的百分之几", _WITHIN),
    "f_unit": ("{X}是多少元", {"X": "福利费"}),
    "f_prior": ("上年的{X}是多少", {"X": "机关运行经费"}),
    "f_change": ("{X}比上年增加了多少", {"X": "机关运行经费"}),
    "f_rank": ("预算第二多的项目是多少钱", {}),
    "f_kind": ("项目支出里的{X}是多少", {"X": "办公费"}),
    "f_both": ("基本支出和项目支出里的{X}合计多少", {"X": "办公费"}),
    "f_count": ("超过{A}的项目有哪些", {"A": "300万"}),
    "f_list_sum": ("超过{A}的项目合计多少钱", {"A": "300万"}),
    "f_which": ("预算最多的项目是多少钱", {}),
    "f_top_share": ("业务用房租赁经费占{T}的百分之几", {"T": "支出总计"}),
    "f_correct": ("{Y}是多少", _TWO),
    "f_rate": ("{X}比上年增长或下降百分之几", {"X": "机关运行经费"}),
    "f_yi": ("{X}是多少亿元", {"X": "业务用房租赁经费"}),
    "f_max_of": ("{X}和{Y}哪个多", _TWO),
    "f_rest": ("{T}除去{X}后是多少", _WITHIN),
    "f_name": ("名称里含“{W}”的项目合计多少钱", {"W": "运维"}),
    "f_list_max": ("名称里含“{W}”的项目中最多的是哪个", {"W": "租赁"}),
}
"""Of each kind, the plainest way of asking and what fills it.

Kinds that begin with f_ are told by a follow-up alone.
"""
_ORDERED = {
    "topk", "bottomk", "nth", "top1", "bottom1", "top_of", "list_of", "has_top", "f_list_max",
}  # fmt: skip
_NAMED = {
    "list_over", "list_under", "between", "exactly", "has_list", "f_count",
}  # fmt: skip
_ROUNDED = {"avg", "share", "f_share", "ratio", "f_top_share", "share_top"}
_EITHER_SIGN = {"change"}


def _ways() -> dict[str, list[str]]:
    """The ways of asking, by kind."""
    ways = defaultdict(list)
    text = Path(__file__).with_name("ways_of_asking.tsv").read_text("utf-8")
    for line in text.splitlines():
        kind, way = line.split("\t")
        ways[kind].append(way)
    return dict(ways)


_WAYS = _ways()


def _filled(text: str, fills: dict[str, str]) -> str:
    """The text with its names and amounts."""
    for mark, word in fills.items():
        text = text.replace("{" + mark + "}", word)
    return text


def _amount(answer: Answer) -> tuple[str, Decimal]:
    """The first value told: in yuan where it is money, else in its own unit."""
    value = answer.values[0]
    number = Decimal(value.value.replace(",", "").rstrip("%"))
    if value.unit in _YUAN:
        return "元", number * _YUAN[value.unit]
    return value.unit, number


def _agree(kind: str, given: Answer, plain: Answer) -> bool:
    """Whether both say the same, whatever the order of their words."""
    if given.status is not AnswerStatus.ANSWERED:
        return False
    if kind in {"more", "f_max_of"}:
        return given.text.startswith(plain.text.split("更多")[0])
    if kind in _ORDERED:
        return [value.label for value in given.values] == [value.label for value in plain.values]
    if kind in _NAMED:
        return {value.label for value in given.values} == {value.label for value in plain.values}
    if kind == "zero" and not given.values:
        return True
    (unit, number), (unit_of_plain, number_of_plain) = _amount(given), _amount(plain)
    if kind in _EITHER_SIGN:
        number, number_of_plain = abs(number), abs(number_of_plain)
    allowed = abs(number_of_plain) / 50 if kind in _ROUNDED else Decimal(0)
    return unit == unit_of_plain and abs(number - number_of_plain) <= allowed


def test_every_kind_has_its_plainest_way() -> None:
    assert _WAYS.keys() == _PLAINEST.keys()


@pytest.mark.parametrize("kind", _PLAINEST)
def test_each_way_gets_the_answer_of_the_plainest(service: Service, kind: str) -> None:
    plainest, fills = _PLAINEST[kind]
    plain = talk(service, _filled(plainest, fills))
    assert plain.status is AnswerStatus.ANSWERED, plain.text
    assert plain.values, plain.text
    others = []
    for way in _WAYS[kind]:
        given = talk(service, *_filled(way, fills).split(" / "))
        if not _agree(kind, given, plain):
            others.append(f"{_filled(way, fills)}: {given.text}")
    assert not others, "\n".join(others)


def test_other_names_and_amounts_are_not_the_same_answer(service: Service) -> None:
    first = talk(service, "福利费是多少")
    assert not _agree("lookup", talk(service, "工会经费是多少"), first)
    assert not _agree(
        "topk", talk(service, "预算最多的四个项目是哪些"), talk(service, "预算最多的三个项目是哪些")
    )
