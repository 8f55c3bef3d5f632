"""Amounts held up, amounts without a rest, and another of several that is said afterwards."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus, Route
from qa_service.wiring import Service
from tests.scenarios.conftest import Ask, talk


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("281.56万元是哪个项目", "一网通新开办企业免费印章刻制服务项目"),
        ("那笔1,495.10万元是什么钱？", "业务用房租赁经费"),
        ("14951000元属于哪一笔支出", "业务用房租赁经费"),
    ],
)
def test_an_amount_tells_the_one_name_it_is_printed_beside(
    ask: Ask, question: str, name: str
) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].label == name


def test_what_an_amount_is_for_is_told_by_the_goal_beside_it(ask: Ask) -> None:
    answer = ask("281.56万元拿去干嘛了？")
    assert answer.route is Route.NARRATIVE, answer.text
    assert "为新开办企业提供免费刻制印章服务" in answer.text


@pytest.mark.parametrize(
    "question", ["281.57万元是哪个项目", "0.18万元是哪个项目", "5万元是什么钱"]
)
def test_an_amount_of_none_or_of_several_is_not_guessed(ask: Ask, question: str) -> None:
    assert ask(question).status is not AnswerStatus.ANSWERED


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("有几个项目的预算是整数万元", "4"),
        ("预算是整数的项目有几个", "4"),
        ("预算刚好是整万元的项目一共多少钱", "222.00"),
    ],
)
def test_amounts_without_a_rest_are_chosen(ask: Ask, question: str, value: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value


@pytest.mark.parametrize(
    "question", ["带零头的项目有几个", "预算不是整万元的项目有几个", "有几个项目带小数"]
)
def test_amounts_with_a_rest_are_not_taken_for_all(ask: Ask, question: str) -> None:
    assert ask(question).status is not AnswerStatus.ANSWERED


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (
            ("租房子那笔要达到什么目标？", "不是局里办公的，我说办税那处。"),
            "保障天河区东南片办税服务开展",
        ),
        (
            ("门户网站运维要保障什么？", "不问技术，问管内容的那个，它想提升什么？"),
            "公众服务水平、服务质量、服务效能和传播能力",
        ),
    ],
)
def test_another_of_several_is_told_and_not_the_same_again(
    service: Service, turns: tuple[str, ...], told: str
) -> None:
    assert told in talk(service, *turns).text


def test_a_platform_of_another_name_is_not_the_last_thing(service: Service) -> None:
    answer = talk(service, "自助终端租赁花多少？", "那平台运维呢")
    assert "自助服务平台运维" in answer.text
    assert "31.50" not in answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("财政拨款收入，钱是哪来的？", "从本级财政部门取得"),
        ("行政审批管理服务平台升级后，能让全区怎么办理业务？", "跨地区、跨业务协同办理"),
        ("项目名里写着“政务自助”的有几个，各做什么？", "软件运维、终端基础设备运维"),
    ],
)
def test_where_money_comes_from_and_what_things_are_for(ask: Ask, question: str, told: str) -> None:
    assert told in ask(question).text


def test_which_single_project_is_the_largest(ask: Ask) -> None:
    answer = ask("Which single project gets the most money, and how much is it?")
    assert answer.values[0].value == "1,495.10"


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("项目支出的经济分类款级科目中，金额仅次于租赁费的是哪一个", "委托业务费"),
        ("仅次于业务用房租赁经费的项目是哪个", "天河区东南片办税服务场地租赁经费"),
    ],
)
def test_the_next_one_in_order_is_told(ask: Ask, question: str, name: str) -> None:
    answer = ask(question)
    assert [value.label for value in answer.values] == [name]


def test_what_is_next_to_one_of_several_amounts_is_not_guessed(ask: Ask) -> None:
    assert ask("金额仅次于租赁费的科目是哪个").status is not AnswerStatus.ANSWERED


@pytest.mark.parametrize(
    ("turns", "value", "unit"),
    [
        (("2024年收入预算多少", "去年呢？", "换成亿元"), "1.057598", "亿元"),
        (("公务接待费多少", "培训费呢", "会议费？", "三样加总"), "7.50", "万元"),
        (("水费多少", "福利费呢", "手续费呢", "后面两样加起来"), "90.93", "万元"),
        (
            ("商事登记影像管理系统建设要多少钱", "e企查呢？", "再算上电子证照系统，三个一共"),
            *("27.06", "万元"),
        ),
        (("委托业务费是多少？", "两张表的都要，加起来"), "1,839.43", "万元"),
        (("办公设备购置列了多少", "要日常运转的那块，项目的不要"), "11.00", "万元"),
        (("天河区教育局的基本支出是多少", "打错了，是政务服务数据管理局"), "3,598.18", "万元"),
        (("裸光纤链路租赁的预算摊到150个点位上，每个点位多少元？",), "7,288.67", "元"),
        (
            ("行政单位离退休占社会保障和就业支出的比例？", "机关事业单位基本养老保险缴费的占比呢"),
            *("63.28", "%"),
        ),
    ],
)
def test_what_was_said_before_is_kept(
    service: Service, turns: tuple[str, ...], value: str, unit: str
) -> None:
    answer = talk(service, *turns)
    assert (answer.values[0].value, answer.values[0].unit) == (value, unit)


def test_what_is_left_of_an_amount_is_no_section_of_the_department(service: Service) -> None:
    turns = ("住房保障支出一共多少", "里面公积金多少？", "剩下的那部分是哪个科目？")
    assert "内设机构" not in talk(service, *turns).text


@pytest.mark.parametrize(
    "question",
    ["广州市政务服务数据管理局三公经费多少", "广州政数局的基本支出是多少"],
)
def test_the_department_of_the_city_is_another_one(ask: Ask, question: str) -> None:
    assert ask(question).status is AnswerStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("分项加起来跟合计差一点点，有说法吗？", "尾数误差"),
        ("“政务云窗”要上多少个能视频导办的事项？", "50个视频导办事项"),
        ("请介绍局名下的车有几辆、房子多大", "房屋0平方米，车辆2辆"),
        ("Is there any subordinate unit? Which ones?", "12345政府服务热线中心"),
    ],
)
def test_what_the_prose_counts_and_explains_is_told(ask: Ask, question: str, told: str) -> None:
    assert told in ask(question).text


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (("公共资源交易归这个局管吗？", "网上中介那个超市，也是它来管？"), "网上中介服务超市"),
        (("打12345热线归哪里管？", "信息系统立项，也是它审批？"), "立项审批"),
    ],
)
def test_whether_the_department_does_another_thing_as_well(
    service: Service, turns: tuple[str, ...], told: str
) -> None:
    assert told in talk(service, *turns).text


@pytest.mark.parametrize(
    "question", ["退休干部过节慰问，每个人能领到多少？", "那两条12M专线签了几年合同？"]
)
def test_what_each_one_gets_and_contracts_are_not_told(ask: Ask, question: str) -> None:
    assert ask(question).status is not AnswerStatus.ANSWERED


def test_the_term_on_the_other_side_is_explained(service: Service) -> None:
    answer = talk(service, "经营收入是什么？", "对应花出去的那头怎么叫、什么意思？")
    assert "所发生的支出" in answer.text
    assert "经营支出" in answer.text


def test_several_said_beside_a_question_are_not_counted(ask: Ask) -> None:
    answer = ask("搭了几个应用系统，放在租来的云上，是为了什么？")
    assert answer.route is Route.NARRATIVE


def test_a_limit_is_no_amount_that_is_held_up(ask: Ask) -> None:
    assert "免费印章刻制" not in ask("超过281.56万元的项目都是做什么的").text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("先不说这个，它的下属单位有哪几家", "电子政务服务中心"),
        ("它有几个科室？", "内设机构有14个"),
    ],
)
def test_what_a_department_has_is_not_of_the_amount_told_last(
    service: Service, asked: str, told: str
) -> None:
    assert told in talk(service, "三公经费多少？", asked).text


@pytest.mark.parametrize("question", ["租赁服务的目标是什么", "升级改造是为了做成什么样？"])
def test_no_project_is_told_alone_whose_words_others_hold_as_well(ask: Ask, question: str) -> None:
    answer = ask(question)
    named = {citation.row.label for citation in answer.citations if citation.row}
    assert len(named) > 1
    assert answer.status is AnswerStatus.CLARIFY or answer.text.startswith("没有完全对上的说法")


@pytest.mark.parametrize("asked", ["算了，改查热线外包的", "换成热线外包那个"])
def test_a_question_changed_to_another_project_is_not_of_the_last(
    service: Service, asked: str
) -> None:
    assert "45.00万元" in talk(service, "餐饮外包花多少？", asked).text
