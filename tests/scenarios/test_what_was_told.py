"""Follow-ups about one of a list or the whole of a sum; amounts held against other amounts."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus
from qa_service.wiring import Service
from tests.scenarios.conftest import Ask, talk


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (("最贵的五个项目是哪些", "第二个是做什么的"), "东南片办税服务开展"),
        (("最便宜的三个项目", "最后一个是做什么的"), "服务器硬件升级"),
        (("100万以上的项目有哪些", "第二个多少钱"), "1,495.10"),
        (("最贵的五个项目是哪些", "第三个占总支出多少"), "5.88%"),
    ],
)
def test_one_of_a_list_is_asked_about_by_its_place(
    service: Service, turns: tuple[str, ...], told: str
) -> None:
    assert told in talk(service, *turns).text


def test_a_place_beyond_the_list_is_none_of_it(service: Service) -> None:
    answer = talk(service, "100万以上的项目有哪些", "第20个是做什么的")
    assert answer.status is not AnswerStatus.ANSWERED, answer.text


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("预算前三名项目合计多少钱", "占项目支出多少"), "48.37"),
        (("培训费和会议费一共多少", "占基本支出多少"), "0.18"),
        (("租赁类的项目一共多少钱", "占总预算的比例"), "27.21"),
        (("办公费占基本支出的百分之几", "差旅费呢"), "0.17"),
        (("项目支出占总支出多少", "基本支出呢"), "37.90"),
        (("办公费占基本支出的百分之几", "那差旅费多少钱"), "6.00"),
    ],
)
def test_a_share_of_a_sum_is_one_of_all_that_was_added(
    service: Service, turns: tuple[str, ...], value: str
) -> None:
    assert talk(service, *turns).values[0].value == value


@pytest.mark.parametrize(
    ("turns", "count"),
    [
        (("100万以上的项目有几个", "300万以上呢"), "5"),
        (("100万以上的项目有几个", "那超过五百万的有几个"), "3"),
        (("100万以上的项目有几个", "其中300万以上的有几个"), "5"),
        (("100万以上的项目有几个", "不到10万的有多少个"), "16"),
    ],
)
def test_another_limit_takes_the_place_of_the_last(
    service: Service, turns: tuple[str, ...], count: str
) -> None:
    assert talk(service, *turns).values[0].value == count


@pytest.mark.parametrize("asked", ["都是项目支出吗", "里面有项目支出吗"])
def test_how_much_of_the_last_amount_is_of_a_kind(service: Service, asked: str) -> None:
    answer = talk(service, "一般公共服务支出多少钱", asked)
    assert answer.values[0].value == "4,404.33"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("总支出和项目支出相差多少", "3,598.19"),
        ("支出总计比项目支出多多少", "3,598.19"),
        ("总支出扣掉基本支出剩多少", "5,894.79"),
        ("一般公共服务支出不算基本支出有多少", "4,404.33"),
        ("total minus project expenditure", "3,598.19"),
        ("how much is left after basic expenditure is deducted from total", "5,894.79"),
    ],
)
def test_a_kind_of_spending_is_taken_from_the_whole(ask: Ask, question: str, value: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert value in answer.text


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("有几个项目比物业费贵", "3"),
        ("比餐饮外包贵的项目有几个", "9"),
        ("比物业管理费便宜的项目有几个", "48"),
    ],
)
def test_rows_that_cost_more_than_another(ask: Ask, question: str, count: str) -> None:
    assert ask(question).values[0].value == count


@pytest.mark.parametrize("question", ["水费是不是比电费高", "电费比水费多吗"])
def test_whether_one_is_more_than_another(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert "160.16" in answer.text


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("what % of the total expenditure goes to projects", "62.10"),
        ("what share of spending is basic expenditure", "37.90"),
        ("spending on science and technology as a share of the total", "15.70"),
        ("ratio of project to basic expenditure", "1.64"),
        ("what is the average cost of a project", "113.36"),
        ("budget vs last year", "1,083.01"),
    ],
)
def test_english_shares_ratios_and_averages(ask: Ask, question: str, value: str) -> None:
    assert ask(question).values[0].value == value


@pytest.mark.parametrize("question", ["what share do wages take in the basic budget", "a median"])
def test_what_english_does_with_amounts_is_never_left_out(ask: Ask, question: str) -> None:
    assert ask(question).status is AnswerStatus.NOT_FOUND


def test_a_number_of_things_is_told_by_a_text_and_is_no_amount(ask: Ask) -> None:
    assert [(v.value, v.unit) for v in ask("云窗上线了多少事项").values] == [("50", "个")]
    assert "14个" in ask("这个局设了多少科室").text
    assert not ask("热线服务了多少群众").values


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("科技那边的一般行政管理事务多少", "1,490.46"),
        ("一般行政管理事务，不要科技的，是多少", "4,227.22"),
        ("一般行政管理事务是多少，不算政府办公厅的", "1,490.46"),
    ],
)
def test_one_of_a_name_is_told_by_where_the_other_stands(
    ask: Ask, question: str, value: str
) -> None:
    assert ask(question).values[0].value == value


def test_two_rents_are_added_up_under_a_total_of_their_sort(ask: Ask) -> None:
    answer = ask("自己办公大厅的房租加上东南片办税点的房租，一年总租金是多少")
    assert answer.values[0].value == "2,293.20"


@pytest.mark.parametrize("question", ["商品和服务支出下面哪三项最多", "工资福利支出下面哪三项最多"])
def test_so_many_of_the_lines_below_are_told(ask: Ask, question: str) -> None:
    assert "最多的三项" in ask(question).text


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("基本支出，百分之多少是发工资福利的？", "90.31%"),
        ("总支出百分之几用在项目上", "62.10%"),
        ("支出盘子今年缩了，那缩之前，也就是上一年，是多少", "10,575.98"),
        ("我局做横向比较，需要贵局2024年“福利费”科目的预算数。", "90.83"),
        ("总支出有没有超过一个亿", "507.03"),
    ],
)
def test_what_stands_around_a_question_changes_none_of_it(
    ask: Ask, question: str, value: str
) -> None:
    assert value in ask(question).text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("原审批部门和政务服务局怎么分工", ("1. 区政务服务数据管理局负责", "2. 原审批部门负责")),
        ("14个科室当中，有一个叫财务科的吗", ("没有。",)),
        ("内设机构里有人事科吗", ("有。",)),
        ("财政拨款收支包括哪些预算", ("财政拨款收支情况包括一般公共预算",)),
        ("项目支出跟经营支出，差别在什么地方？", ("七、项目支出", "八、经营支出")),
        ("最大的项目是哪个，是做什么的", ("1,495.10", "租赁我局办公用房")),
        ("最贵的项目是哪个、花多少、图个啥", ("1,495.10", "租赁我局办公用房")),
        ("职责（十）讲什么", ("（十）负责组织实施相对集中行政许可权改革",)),
    ],
)
def test_texts_that_tell_of_several(ask: Ask, question: str, told: tuple[str, ...]) -> None:
    answer = ask(question)
    assert all(part in answer.text for part in told), answer.text


@pytest.mark.parametrize(
    "question", ["退休费为什么这么少", "本年度哪些支出增加了", "社保卡丢了去哪补"]
)
def test_no_near_text_answers_what_no_text_tells(ask: Ask, question: str) -> None:
    assert ask(question).status is not AnswerStatus.ANSWERED


def test_after_a_lease_the_platform_beside_it_is_told(service: Service) -> None:
    answer = talk(service, "自助终端租赁项目的目标？", "那它平台的运维呢")
    assert "自助服务平台软件运维" in answer.text


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("一共有多少个项目？平均每个多少钱？", ("52", "113.36")),
        ("租赁项目有几个，一共多少钱", ("9", "2,583.00")),
    ],
)
def test_rows_are_counted_and_added_up(ask: Ask, question: str, count: tuple[str, ...]) -> None:
    answer = ask(question)
    assert all(figure in answer.text for figure in count), answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("登记注册科有几个啊", "6个"),
        ("登记注册有几个科", "6个"),
        ("经营收入跟其他收入差在哪", "四、其他收入"),
        ("买公车时交的购置税、上牌的钱，也进三公吗", "车辆购置税、牌照费"),
        ("别管规则，公务接待费到底是多少", "1.00万元"),
        ("项目支出按经济科目看，租赁费最高，那排第二的款级科目是啥", "委托业务费"),
        ("给新租的办公室搞装修 花费讲一讲", "27.11万元"),
    ],
)
def test_everyday_turns_of_phrase(ask: Ask, question: str, told: str) -> None:
    assert told in ask(question).text


@pytest.mark.parametrize("question", ["物业公司最后定了哪一家", "帮我算下3万块存银行三年利息"])
def test_what_no_budget_tells(ask: Ask, question: str) -> None:
    assert ask(question).status is not AnswerStatus.ANSWERED


def test_the_other_side_of_a_term(service: Service) -> None:
    assert "八、经营支出" in talk(service, "经营收入是什么意思", "那花出去的呢").text


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("其他交通费用是不是就是公车那4.4万？不是的话是多少", "40.00"),
        ("表12里带“视频”两个字的项目预算之和", "52.42"),
        ("表7的商品和服务支出加上资本性支出，跟该表合计相差多少？", "0.01"),
        ("养着那几辆公务车一年多少", "4.40"),
        ("政府办公厅（室）及相关机构事务，其中基本支出多少？", "2,536.00"),
        ("预算比去年涨了一千多万，是吗？实际减少了多少", "1,083.01"),
        ("2023年多云管理平台建设项目，本年度预算安排几何？", "8.60"),
        ("区政务服务大厅采购办公耗材项目才150.18元？实际是多少", "150.18"),
    ],
)
def test_the_first_figure_is_the_one_asked_for(ask: Ask, question: str, value: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value


def test_each_of_four_things_is_described(ask: Ask) -> None:
    text = ask("监理、验收测评、符合性检查、定点评审，这四样把关的服务分别是做什么的？").text
    assert all(name in text for name in ("监理服务", "验收测评", "符合性检查", "定点评审"))


@pytest.mark.parametrize(
    "question", ["越秀区政务服务数据管理局三公经费多少", "50个视频导办事项具体是哪些，请附清单。"]
)
def test_neither_another_district_nor_members_that_are_not_printed(ask: Ask, question: str) -> None:
    assert ask(question).status is AnswerStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (("业务用房物业管理费用来干什么？", "租赁经费那笔呢，业务用房的？"), "租赁我局办公用房"),
        (("政府性基金那张表怎么什么数都没有？",), "本表本年无发生额"),
        (("Does this bureau help with agency services for key projects?",), "代办服务"),
        (("倒数三个项目，从少到多排一下",), "0.10万元"),
        (("养公务车一年要多少？",), "4.40万元"),
        (("住房保障支出是多少", "里面住房公积金呢", "占比呢"), "29.05%"),
        (("三公经费多少", "其中公务接待费是多少", "占比呢"), "18.52%"),
        (("一百万以上但不到一百五十万的项目，数一数有几个",), "4个"),
        (("不低于100万且不超过150万的项目有几个",), "5个"),
        (("机关运行经费嘅增幅系几多个百分比？",), "4.44%"),
        (("盘子比上年缩了多少万？",), "1,083.01"),
        (("今年支出预算一共压下来多少钱？",), "1,083.01"),
    ],
)
def test_what_is_asked_in_a_turn_of_phrase(
    service: Service, turns: tuple[str, ...], told: str
) -> None:
    assert told in talk(service, *turns).text


@pytest.mark.parametrize("question", ["局里在编人员多少名？", "窗口辅助人员招人要什么学历？"])
def test_neither_numbers_of_people_nor_what_is_asked_of_them(ask: Ask, question: str) -> None:
    assert ask(question).status is AnswerStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("今年搞几个升级改造？", "合起来多少钱"), "40.74"),
        (("有几个通讯链路租赁项目", "合计呢"), "79.38"),
        (("一共有多少个项目", "加起来多少钱"), "5,894.78"),
        (("有几个升级改造项目", "最贵的是哪个"), "16.60"),
        (("业务用房租赁经费多少", "再加上物业费，一共多少"), "1,865.77"),
        (("业务用房物业管理费是多少", "加上房租呢"), "1,865.77"),
        (("窗口外包多少钱", "还有个餐饮外包吧，跟它加起来呢"), "488.10"),
        (("政务云租赁多少钱", "另外还有个云窗吧，和它加在一起多少"), "68.15"),
    ],
)
def test_amounts_are_added_to_the_last_or_of_what_was_counted(
    service: Service, turns: tuple[str, ...], value: str
) -> None:
    answer = talk(service, *turns)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value
