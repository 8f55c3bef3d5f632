"""Two departments of different places: what pays for projects, their parts, and which has more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa_service.settings import Settings
from qa_service.types import AnswerStatus, Question
from qa_service.wiring import Service, build_index, open_service
from tests.conftest import Silent
from tests.scenarios.conftest import Ask, talk


def _written(department: str, meals: str, first: str, second: str, services: str) -> str:
    return f"""2026年
{department}部门预算

第一部分 {department}概况

一、主要职责

（一）负责水利工作。

第二部分 2026年部门预算表

表1财政拨款安排的行政经费及“三公”经费预算表
单位：万元

项目\t合计\t一般公共预算
“三公”经费\t{meals}\t{meals}
公务接待费\t{meals}\t{meals}

注：无。
表2部门预算项目支出及其他支出预算表
单位：万元

支出项目类别（资金使用单位）\t总计\t财政拨款\t\t\t其他资金\t绩效目标
\t\t合计\t一般公共预算\t政府性基金预算\t\t
合计\t60.00\t60.00\t45.00\t15.00\t0.00\t
{department}\t60.00\t60.00\t45.00\t15.00\t0.00\t
闸门监控系统升级改造项目\t{first}\t{first}\t{first}\t0.00\t0.00\t升级闸门监控。
闸门监控系统升级改造项目（二期）\t{second}\t{second}\t{second}\t0.00\t0.00\t再升级闸门监控。
闸门监控系统运行维护服务项目\t6.00\t6.00\t6.00\t0.00\t0.00\t维护闸门监控。
雨量站网二期建设项目\t4.00\t4.00\t4.00\t0.00\t0.00\t建设雨量站网。
移民安置补助经费\t15.00\t15.00\t0.00\t15.00\t0.00\t补助移民。
水情短信平台和防汛热线运维服务项目\t5.00\t5.00\t5.00\t0.00\t0.00\t维护短信平台和热线。
节水示范社区创建项目\t7.00\t7.00\t7.00\t0.00\t0.00\t创建社区。
护水示范社区创建项目\t3.00\t3.00\t3.00\t0.00\t0.00\t创建社区。

注：无。
第三部分 2026年部门预算情况说明

一、政府采购情况

2026年本部门政府采购安排30万元，其中：货物类采购预算10万元，工程类采购预算0万元，服务类采购预算{services}万元等。
"""


TEXTS = {
    "丙州市丰泽县水务局": ("5.00", "12.00", "8.00", "20"),
    "丁海市兰溪区林业局": ("2.00", "11.00", "9.00", "16"),
}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("places")
    for number, (department, amounts) in enumerate(TEXTS.items()):
        (folder / f"{number}.txt").write_text(_written(department, *amounts), "utf-8")
    settings = Settings(index_dir=folder / "index")
    build_index(settings, sorted(folder.glob("*.txt")), Silent())
    with open_service(settings) as service:
        yield service


@pytest.mark.parametrize(
    "asked",
    [
        "哪些项目的钱出自政府性基金",
        "哪几个项目的资金来自政府性基金",
        "哪些项目的经费取自政府性基金预算",
        "哪些项目用的是政府性基金",
    ],
)
def test_projects_are_listed_by_the_fund_that_pays(both: Service, asked: str) -> None:
    answer = both.ask(Question(f"丰泽县水务局{asked}"))
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert [value.value for value in answer.values] == ["15.00"]
    assert "移民安置补助经费" in answer.text


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("丰泽、兰溪这两家，哪家公务接待费多？",), "3.00"),
        (("丰泽县和兰溪区两家，公务接待费谁高？",), "3.00"),
        (("丰泽、兰溪这两家，哪家买服务花得多？我指政府采购里的",), "4.00"),
        (("政府采购里，丰泽、兰溪这两家哪家买服务花得多",), "4.00"),
        (("丰泽水务局公务接待费多少", "兰溪林业局呢", "哪个多，多多少？"), "3.00"),
        (("丰泽水务局公务接待费多少", "那朝阳区的呢", "那兰溪林业局的呢"), "2.00"),
        (("兰溪林业局买货物的政府采购额",), "10.00"),
        (("丰泽水务局的公务接待费是兰溪林业局的几倍？结果保留两位小数",), "2.50"),
        (("丰泽水务局闸门监控系统升级改造，一期（不带“二期”的那条）多少钱？",), "12.00"),
        (("丰泽水务局闸门监控系统升级改造项目，没有“二期”字样的那个是多少",), "12.00"),
        (("丰泽水务局两个示范社区，加起来投多少？",), "10.00"),
        (("丰泽水务局闸门监控系统运维要花多少", "那二期呢？"), "8.00"),
    ],
)
def test_the_amount_that_is_meant_is_told(
    both: Service, turns: tuple[str, ...], value: str
) -> None:
    answer = talk(both, *turns)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value or value in answer.text, answer.text


@pytest.mark.parametrize(
    "asked",
    [
        "短信平台和热线那个项目，单热线占几万？",
        "短信平台和防汛热线的项目里光热线要多少钱",
        "光防汛热线运维要多少万",
        "三个示范社区，加起来投多少？",
        "哪些项目不是政府性基金出的钱",
    ],
)
def test_what_is_not_told_apart_gets_no_amount(both: Service, asked: str) -> None:
    answer = both.ask(Question(f"丰泽县水务局{asked}"))
    assert answer.status is not AnswerStatus.ANSWERED, answer.text
    assert not answer.values


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("这一年打算新置多少固定资产", "236.46"),
        ("今年拟新增固定资产多少", "236.46"),
        ("今年拟添的固定资产相当于现有固定资产的百分之几", "3.39"),
        ("固定资产一共多少", "6,965.79"),
        ("叫人去听课的钱，今年留了几万", "5.00"),
        ("项目支出按经济分类，哪个款占得最多", "2,623.82"),
        ("基本支出里给个人和家庭的补助分成几个款级科目", "2"),
        ("把表12的项目一行行加了一遍，跟印的合计差多少", "0.04"),
        ("名字里带“租赁”的项目，预算求个和", "2,583.00"),
        ("听人说公务接待费翻了一番，比去年实际多列了多少", "0.00"),
        ("办公费多少？我指项目支出里的", "150.18"),
        ("三公经费里光公务接待要多少", "1.00"),
        ("办税服务场地那个，光房租要多少", "798.10"),
    ],
)
def test_what_is_printed_is_told_in_other_words(ask: Ask, question: str, value: str) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value


def test_the_fellow_of_a_part_is_told_by_what_tells_it_apart(service: Service) -> None:
    answer = talk(service, "政府采购预算总额？", "里面货物类多少", "服务类又是多少")
    assert answer.values[0].value == "5,445.86"
