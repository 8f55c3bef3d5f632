"""What is told where no passage is surely meant, and what is said in few words or in passing."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus, Route
from qa_service.wiring import Service
from tests.scenarios.conftest import Ask, talk


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("疫情都结束了，场所码不是停了吗，为啥还给它编预算", "已停用的天河区场所码"),
        ("局与局之间互相调资料的平台出了毛病，谁来修", "政务部门之间稳定、安全的数据共享"),
    ],
)
def test_the_likeliest_passages_are_told_as_the_nearest(
    ask: Ask, question: str, quoted: str
) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert any(quoted in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "用Python帮我写个抓网页的脚本",
        "帮我拟一份离婚协议书",
        "替我写封情书",
        "窗口周六能办事吗",
        "政策法规科具体管哪些事？",
        "天河区2024年财政收入多少亿",
        "业务用房和东南片办税场地的租金，加起来要多少万？",
    ],
)
def test_what_no_passage_answers_is_told_by_none(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.status is not AnswerStatus.ANSWERED, answer.text
    assert not answer.citations


@pytest.mark.parametrize(
    ("question", "projects"),
    [
        (
            "租链路、租专线的项目，帮忙列齐。",
            ("裸光纤链路", "信息网络通讯链路", "常规通讯链路", "专线租赁"),
        ),
        (
            "今年有几个项目是在租线路、租专线，分别叫什么",
            ("裸光纤链路", "信息网络通讯链路", "专线租赁"),
        ),
        (
            "开视频会、电视电话会，预算里有哪几个项目在保障？",
            ("视频会议系统运维", "电视电话会议系统"),
        ),
        ("信息化项目的评审、监理、测评，各是哪个项目在做？", ("定点评审", "监理服务", "验收测评")),
    ],
)
def test_projects_that_do_one_of_several_things(
    ask: Ask, question: str, projects: tuple[str, ...]
) -> None:
    text = ask(question).text
    assert all(project in text for project in projects), text


@pytest.mark.parametrize(
    "question",
    [
        "“财政拨款收支”到底涵盖哪几本账？",
        "财政拨款收支是由哪几类预算组成的",
        "收支总表讲的财政拨款收支，是把哪几本预算算在一起的",
    ],
)
def test_what_a_thing_includes_is_told_by_the_passage_that_says_so(ask: Ask, question: str) -> None:
    assert "政府性基金预算、国有资本经营预算" in ask(question).text


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (("国有资本经营预算支出合计多少", "一分没有？为什么"), "本年无发生额"),
        (("收入预算多少", "这么少？为什么"), "过紧日子"),
        (("公务接待费比去年多了没？", "怎么解释的？"), "与上年持平"),
        (("职责分工里原审批部门管什么？", "那政数局自己呢？"), "承担相应的法律责任"),
        (("定点评审是评啥的", "不是评审 是后面查符不符合那个"), "符合性检查"),
    ],
)
def test_what_the_asker_thinks_of_an_answer_is_no_new_question(
    service: Service, turns: tuple[str, ...], told: str
) -> None:
    assert told in talk(service, *turns).text


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("东南片那个报税的地方，房租是什么水平？", "798.10"),
        ("总支出里花在科学技术上的份额有百分之几", "15.70"),
        ("行政运行减去事业运行，差额是？", "1,835.69"),
        ("会有钱结转到下年么", "0.00"),
        ("基本支出的商品和服务支出里，够得上10万元的款级科目几个", "7"),
        ("表7款级科目里花销最大的三项，由大到小", "2,623.82"),
        ("因公出国比公务接待少很多，差多少", "1.00"),
        ("本年度打算再添多少钱的固定资产", "236.46"),
        ("今年安排出国经费没有？", "0.00"),
        ("在部门预算基本支出预算表中，“对个人和家庭的补助”的总计为何？", "16.73"),
        ("其他交通费用 40还是多少来着", "40.00"),
        ("办公费 基本的和项目的加一起", "170.18"),
        ("公务用车运行维护费与上年持平，那么上年的预算数具体是多少？", "4.40"),
        ("办公业务用房维护维修经费给了多少？我不是问维修（护）费科目。", "27.11"),
        ("budget for meetings this yr?", "1.50"),
        ("预算1.44万元的项目有几个", "1"),
        ("How much is electricity of the Tianhe data administration (天河区政数局)?", "169.86"),
        ("预算只有0.01万元的项目，数数有几个", "0"),
        ("物业管理和餐饮外包两个项目一共多少钱？", "520.67"),
    ],
)
def test_amounts_asked_for_in_passing(ask: Ask, question: str, amount: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert amount in {value.value for value in answer.values}, answer.values


def test_an_amount_and_an_aim_in_shorthand(ask: Ask) -> None:
    answer = ask("资源共享服务平台运维：金额+绩效目标")
    assert answer.route is Route.BOTH
    assert answer.values[0].value == "33.15"


def test_a_subject_is_cited_with_the_project_that_it_is_paid_as(ask: Ask) -> None:
    rows = [c.row.label for c in ask("物业管理费多少").citations if c.row]
    assert rows == ["[30209]物业管理费", "业务用房物业管理费"]


def test_what_was_looked_for_in_vain_says_where(ask: Ask) -> None:
    assert ask("局长的座驾是什么颜色的").route is Route.NARRATIVE
    assert ask("办公费比上年涨了多少").route is Route.NUMERIC


def test_a_name_below_another_one_is_the_last_one_there(service: Service) -> None:
    answer = talk(service, "一般行政管理事务的预算是多少？", "科学技术管理事务下面的那一个。")
    assert answer.values[0].label == "一般行政管理事务"
    assert answer.values[0].value == "1,490.46"


@pytest.mark.parametrize(
    "question",
    ["球馆、运动场对老百姓开放，局里要贴补多少钱？", "大厅里有只猫天天睡觉，猫粮要补贴多少钱？"],
)
def test_what_is_told_first_is_left_aside_only_where_the_rest_names_its_amount(
    ask: Ask, question: str
) -> None:
    answer = ask(question)
    assert answer.status is not AnswerStatus.ANSWERED, answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Which units are in the budget of the Tianhe data administration (天河区政数局)?",
        "Which units are under this bureau?",
    ],
)
def test_units_are_asked_for_in_english(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.route is Route.NARRATIVE
    assert "电子政务服务中心" in answer.text


def test_which_ones_are_asked_for_is_never_told_by_an_amount(ask: Ask) -> None:
    answer = ask("Which units are in the red?")
    assert answer.status is not AnswerStatus.ANSWERED, answer.text
