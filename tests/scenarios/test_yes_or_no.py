"""Whether it is so: yes or no first where the document settles it, else its words alone."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus
from tests.scenarios.conftest import Ask

SAID = ("是的。", "有。", "不是。", "没有。")

YES = [
    # duties of the department itself
    ("网上中介服务超市归这个局管吗？", "是的。"),
    ("公共资源交易是不是这个局负责？", "是的。"),
    ("政务服务大厅由这个局统筹管理吗？", "是的。"),
    ("区里那个办事大厅是不是这个局在管？", "是的。"),
    # units that are listed
    ("有没有政策法规科？", "有。"),
    ("局里有没有专门管人事的科？", "有。"),
    ("电子政务服务中心是不是这个局下面的？", "是的。"),
    ("热线中心的钱也算在这本预算里面吗？", "是的。"),
    # parts of a term
    ("差旅费算不算机关运行经费？", "是的。"),
    ("三公经费包括公务接待费吗？", "是的。"),
    ("存款利息收入算其他收入吗？", "是的。"),
    ("招待外宾的钱，也归到公务接待费里去吗？", "是的。"),
    ("公务用车购置费包括牌照费吗？", "是的。"),
    # what a project gets, and a number that is printed
    ("有没有请法律顾问？", "有。"),
    ("内设机构是14个吗？", "是的。"),
]

NO = [
    ("下面的单位是自己单独记账吗？", "不是。"),
    ("下属单位是独立核算的吗？", "不是。"),
    ("经营收入是独立核算经营活动取得的吗？", "不是。"),
    ("内设机构有15个吗？", "不是。"),
    ("政务云窗有没有60个视频导办事项？", "不是。"),
]

UNSETTLED = [
    # somebody else's duty, or another doer
    "事中事后监管是不是这个局负责？",
    "行业标准是这个局制定的吗？",
    "政务服务大厅归街道管吗？",
    "街道负责考核各街道政务服务工作吗？",
    "各街道监督考核这个局吗？",
    "热线中心负责12345热线的牵头工作吗？",
    # a part of a duty, or more than it
    "各街道归这个局管吗？",
    "政务大厅的保安归这个局管吗？",
    "行政审批制度改革是这个局牵头吗？",
    "国内外机构归这个局管吗？",
    # what is not listed
    "有没有财务科？",
    "有没有登记注册七科？",
    "人事科是不是下属单位？",
    "政务服务中心有没有下属单位？",
    "政务服务中心有没有人事科？",
    "街道的钱算在这份预算里吗？",
    # terms that are told apart, and parts the other way round
    "基本支出算不算项目支出？",
    "事业收入算不算其他收入？",
    "其他收入包括财政拨款收入吗？",
    "公务接待费算不算因公出国费？",
    "机关运行经费算不算差旅费？",
    "三公经费包括培训费吗？",
    "公务用车购置费包括保险费吗？",
    "购房补贴算不算机关运行经费？",
    # what a goal does not settle
    "场所码系统停用了吗？",
    "餐饮服务是不是政府采购的？",
    "大数据平台有没有手机应用？",
    # restricted, denied, compared
    "这份预算是不是只算了局机关自己的账？",
    "管注册登记的科是不是不止一个？",
    "内设机构超过14个吗？",
    "有没有两个人事科？",
    "公司刚成立，刻印章要收费吗？",
]


@pytest.mark.parametrize(("question", "said"), YES + NO)
def test_yes_or_no_comes_first_with_its_proof(ask: Ask, question: str, said: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.text.startswith(said), answer.text
    assert answer.citations


@pytest.mark.parametrize("question", UNSETTLED)
def test_what_the_document_does_not_settle_is_answered_by_its_words_alone(
    ask: Ask, question: str
) -> None:
    assert not ask(question).text.startswith(SAID)


@pytest.mark.parametrize("question", ["谁管政务服务大厅？", "内设机构有哪些？", "什么是其他收入？"])
def test_what_asks_for_no_yes_or_no_gets_none(ask: Ask, question: str) -> None:
    assert not ask(question).text.startswith(SAID)
