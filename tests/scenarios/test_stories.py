"""What people tell beside their question, and what they take back or go back to."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus, Route
from qa_service.wiring import Service
from tests.scenarios.conftest import Ask, talk


@pytest.mark.parametrize(
    ("question", "value"),
    [
        # clauses and sentences that ask for nothing
        ("我这人眼神不好，表上字太小，奖励金那一项到底是多少", "0.18"),
        ("楼上老陈天天念叨公款吃喝，我也跟着纳闷。公务接待费今年多少钱？", "1.00"),
        ("设备旧了总得换，帮我看看维修（护）费在项目支出那张表里是多少？", "28.25"),
        ("有的项目才几百块，真是节俭。不到一万块的项目一共有几个？", "6"),
        ("给退休老同志过节送点东西的项目是多少钱，我跟朋友打了赌，他非不信。", "0.10"),
        # how short the answer may be
        ("下属单位有几家？不用念名字，告诉我几家就行", "3"),
        # what is held up for being checked is not asked for
        ("三公经费比去年涨了一万对吧？今年到底是多少", "5.40"),
        # what is done together adds up nothing
        ("把热线工单跟信访件放在一起分析的系统，预算是多少？", "24.56"),
        # a code behind the name of its own row
        ("科学技术支出（206）项下的“一般行政管理事务”是多少？", "1,490.46"),
        # a share of what is named last
        ("项目支出里的资本性支出，信息网络及软件购置更新占百分之多少？", "84.59"),
        ("接待费占三公经费百分几", "18.52"),
        # a space before what is not meant
        ("行政审批管理服务平台升级改造多少 不要云平台运维那个", "16.60"),
    ],
)
def test_the_question_is_read_without_it(ask: Ask, question: str, value: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value, answer.text


@pytest.mark.parametrize(
    "question",
    [
        # the name stands in what is told: the rest alone would ask for the whole budget
        "新开的店不是白送一盒章嘛，这个财政要掏多少钱",
        # a share in words that are not understood is no amount
        "接待费在三公里占去的那份是多大比重呢到底几分",
        # one of many is not all of them
        "各家单位的办公费分别是多少",
        # each of several years is no one year
        "机关信息网络平台和IT设备运行维护，2025年到2028年每年各安排多少？",
        # an amount that is no limit
        "一个亿的项目有几个",
        # people of a section are no sections
        "综合审批科有多少个人编制？",
    ],
)
def test_what_is_not_understood_is_not_answered(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.status in (AnswerStatus.NOT_FOUND, AnswerStatus.CLARIFY), answer.text


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("社会保障和就业支出325.55亿？没看错吧，实际是多少万元", "325.55"),
        ("先不说采购。政务智能咨询热线服务外包给了多少？", "45.00"),
        ("报社要核稿，确认一下政府采购今年多少钱？", "5,628.59"),
        ("听说项目支出的电费不到二十万，真的假的，给个准数", "169.86"),
        ("维修（护）费那格写着5.00，一个局才五块钱？基本支出里到底多少万元？", "5.00"),
        ("服务类采购才182.73万？我怎么记得不止，准确的数是？", "5,445.86"),
        ("网上在传三公经费有好几十万，实际是多少？", "5.40"),
    ],
)
def test_what_is_told_beside_the_question_changes_nothing(
    ask: Ask, question: str, value: str
) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value


@pytest.mark.parametrize(
    ("question", "names"),
    [
        (
            "名字里写着“链路租赁”的项目，从贵到便宜排一下",
            ["裸光纤链路租赁", "信息网络通讯链路租赁", "常规通讯链路租赁"],
        ),
        ("三项三公经费，小的排在前，列一下", ["因公出国", "公务接待费", "公务用车"]),
        ("名称带有2023年字样的项目列下", ["多云管理平台", "市民诉求数据分析"]),
    ],
)
def test_an_order_is_understood_in_any_wording(ask: Ask, question: str, names: list[str]) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    places = [answer.text.find(name) for name in names]
    assert -1 not in places, answer.text
    assert places == sorted(places), answer.text


@pytest.mark.parametrize(("name", "count"), [("登记注册", "6"), ("审批", "2"), ("招商", "0")])
def test_members_of_a_list_are_counted_by_their_names(ask: Ask, name: str, count: str) -> None:
    answer = ask(f"名字里带“{name}”的科室总共有几个？")
    assert answer.text.startswith(f"名称含“{name}”的内设机构共{count}个")
    assert answer.values[0].value == count
    assert "内设机构有14个" in answer.citations[0].quote


def test_an_amount_that_tells_what_a_project_is_about_is_not_asked_for(ask: Ask) -> None:
    answer = ask("刻一套章要多少钱都不用新公司自己掏，是哪个项目出的？")
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.route is Route.NARRATIVE
    assert "刻制" in (answer.citations[0].row.label if answer.citations[0].row else "")


@pytest.mark.parametrize(
    ("turns", "words"),
    [
        # the same asked of another thing
        (("电子证照系统要达到什么目标？", "统一短信平台那个又是什么目标？"), "降低出错率"),
        # taken back: what was told is not told again
        (("政务窗口外包是为了什么？", "不是这个，我说的是“云窗”那个"), "云窗口"),
        (("云平台系统运维是干什么的", "说错了 是资源共享平台运维那个"), "数据共享服务"),
        (("“天河e企查”是什么项目？", "影像管理系统跟它不一样吧，那个是做什么的？"), "影像的采集"),
        # back to the first thing
        (
            ("电子证照系统是做什么的？", "天河e企查又是什么？", "回到第一个，它要推动什么？"),
            "应用电子证照",
        ),
        # whether something can be done asks for no amount
        (("场所码系统现在用来做什么？", "能群发短信吗"), "群发短信"),
    ],
)
def test_another_thing_is_told(service: Service, turns: tuple[str, ...], words: str) -> None:
    answer = talk(service, *turns)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert words in answer.citations[0].quote


def test_what_a_term_is_made_of_is_no_amount(ask: Ask) -> None:
    answer = ask("“三公”是哪三公？")
    assert "公务接待费" in answer.text
    assert answer.citations[0].section == "名词解释"
