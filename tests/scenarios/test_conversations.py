"""Questions that lean on the one before."""

from __future__ import annotations

import pytest

from qa_service.types import AnswerStatus, Question
from qa_service.wiring import Service
from tests.scenarios.conftest import talk


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("印刷费多少？", "我说的是项目支出里的那个"), "88.81"),
        (("水费是多少", "那电费呢？"), "169.86"),
        (("行政经费是多少", "比上年增加了多少？"), "164.66"),
        (("行政经费是多少", "比上年增加了多少？", "那上年是多少"), "3,711.52"),
        (("哪个项目花钱最多？", "它的预算是多少"), "1,495.10"),
        (("餐饮服务外包项目是做什么的", "这个项目多少钱？"), "150.00"),
        (("总支出是多少？", "项目支出占百分之几？", "那基本支出占多少"), "37.90"),
        (("三公经费是多少", "里面公车的部分呢", "那公车占了百分之几"), "81.48"),
        (("支出预算比上年减少了多少？", "下降的幅度是百分之几？"), "10.24"),
        (("支出预算比去年少了多少钱？", "百分比是多少"), "10.24"),
        (("公务接待费是多少？", "公务用车呢？"), "4.40"),
        (("固定资产有多少？", "今年还打算再买多少？"), "236.46"),
        (("水费是多少", "那电费呢？", "合起来是多少"), "179.56"),
        (("哪个项目最贵？", "第二名呢", "第二名要多少钱"), "798.10"),
        (("固定资产里车有几辆？", "那房子呢"), "0"),
        (("公务接待费是多少？", "天河区政务服务数据管理局有几辆车"), "2"),
        (("买车花多少？", "那养车呢"), "4.40"),
        (("你们有几个科室？", "审批科占其中的几个"), "2"),
        (("你们有几个科室", "登记注册科占到里面多少个"), "6"),
        (("基本支出里的印刷费是多少", "项目支出里呢", "加起来一共多少"), "93.81"),
        (("政府采购有多少？", "服务类占了多少，用百分比表示"), "96.75"),
        (("政府采购里货物类多少？", "那工程类呢？"), "0.00"),
        (("维修费是多少？", "我要看的是项目支出里头那份"), "28.25"),
        (("哪个项目钱最多？", "第一名和第二名加起来多少"), "2,293.20"),
        (("What is the unified SMS platform for?", "And how much is budgeted for it?"), "24.42"),
        (("How much is the unified SMS platform?", "What share of the total is it?"), "0.26"),
    ],
)
def test_an_amount_is_found_from_what_was_said_before(
    service: Service, turns: tuple[str, ...], value: str
) -> None:
    answer = talk(service, *turns)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value


@pytest.mark.parametrize(
    ("turns", "words"),
    [
        (("主要职责第三条是什么", "第五条呢？"), "标准化工作"),
        (("哪个项目花钱最多？", "它的绩效目标是什么？"), "租赁我局办公用房"),
        (("餐饮服务外包项目多少钱", "这个项目是做什么的？"), "早午餐"),
        (("电子证照系统是做什么的", "那统一短信平台呢？"), "降低出错率"),
        (("统一短信平台多少钱", "买这个服务的目的是什么？"), "降低出错率"),
        (("餐饮服务外包是做什么的", "每天都做午餐吗？"), "早午餐"),
        (("数据资源共享和开放是职责第几条？", "这条里另外还管哪些？"), "采集、分类"),
        (("审批管理服务云平台运维的目标是什么？", "我问的是升级改造，不是运维"), "改造和扩建"),
        (("电子证照系统用在哪些方面？", "是按什么规范来建的？"), "全省统一规范"),
        (("餐饮外包多少钱？", "监理服务又有什么用处？"), "监理"),
        (("业务用房是租来干嘛的？", "我说的不是办公楼，是东南片办税那个。"), "东南片办税服务开展"),
        (("How much is the catering outsourcing?", "What is it for?"), "早午餐"),
        (("主要职责第六条讲什么", "再往后一条呢"), "安全保障工作"),
        (("政务云租来做什么？", "多云管理平台呢，跟它一样吗"), "集中管理"),
        (("场所码系统开发项目花多少钱？", "场所码不是停用了吗，这系统现在拿来干嘛"), "人口"),
    ],
)
def test_a_passage_is_found_from_what_was_said_before(
    service: Service, turns: tuple[str, ...], words: str
) -> None:
    answer = talk(service, *turns)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert words in answer.citations[0].quote


def test_another_conversation_knows_nothing_of_it(service: Service) -> None:
    service.ask(Question("水费是多少"))
    assert service.ask(Question("比上年增加了多少？")).status is not AnswerStatus.ANSWERED


def test_a_whole_question_leans_on_nothing(service: Service) -> None:
    answer = talk(service, "餐饮服务外包项目多少钱", "差旅费是多少")
    assert answer.values[0].value == "6.00"


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("基本工资多少", "奖金呢？", "这两样加一块"), "815.80"),
        (("预算最高的两个项目是哪两个？", "它俩差多少钱"), "697.00"),
        (("机房综合布线改造多少钱？", "说错了，我要的是安防和机房环境监控那个"), "4.64"),
        (("机房环境监控的项目多少钱？", "不是这个，我问刻章场地装监控的"), "0.16"),
        (("餐饮服务外包项目预算多少？", "物业管理费那个项目呢？"), "370.67"),
        (("项目支出合计是多少", "占总支出百分之几？"), "62.10"),
        (("政府采购总额多少", "其中服务类有多少", "那它占了百分之几"), "96.75"),
        (("今年收入预算跟去年比少了多少？", "那去年本来是多少"), "10,575.98"),
        (("名字里带“改造”的项目有哪些？", "最便宜的是哪个？"), "0.22"),
        (("超过五百万的项目有哪几个？", "合起来要多少？"), "2,851.51"),
        (("餐饮服务外包项目多少钱？", "平均到每个月呢？"), "12.50"),
        (("会议费多少", "培训费呢", "两块差多少"), "3.50"),
        (("印刷费今年列了多少", "基本支出和项目支出两块，合计是多少"), "93.81"),
    ],
)
def test_what_was_told_before_is_pointed_at(
    service: Service, turns: tuple[str, ...], value: str
) -> None:
    answer = talk(service, *turns)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value


@pytest.mark.parametrize(
    ("turns", "words"),
    [
        (("事业收入是什么意思？", "那其他收入？"), "除上述"),
        (("电子证照系统做什么用？", "那多云管理那个平台呢"), "统一监控"),
        (("门户网站运维是做什么的", "不对不对，我想问的是内容运营那个"), "新媒体运营"),
        (("行政经费比上年增加多少？", "理由呢？"), "按经济业务实际情况编列经济科目"),
    ],
)
def test_the_same_is_asked_of_what_is_named_then(
    service: Service, turns: tuple[str, ...], words: str
) -> None:
    answer = talk(service, *turns)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert words in answer.citations[0].quote


def test_what_was_counted_is_listed(service: Service) -> None:
    answer = talk(service, "预算超过500万的项目有几个？", "把它们列出来")
    assert [v.value for v in answer.values] == ["1,495.10", "798.10", "558.31"]


def test_the_next_entry_of_the_glossary_is_told(service: Service) -> None:
    answer = talk(service, "名词解释第六个讲什么？", "下一个呢？")
    assert answer.text.startswith("七、项目支出")


def test_what_is_asked_of_the_whole_does_not_lean(service: Service) -> None:
    answer = talk(service, "机关运行经费为什么涨？", "那总的支出为什么反而降？")
    assert "落实过紧日子要求" in answer.text


def test_two_projects_are_told_apart_though_one_was_named_before(service: Service) -> None:
    answer = talk(service, "第三方验收测评是做什么的？", "跟符合性检查有啥不一样？")
    quoted = "".join(citation.quote for citation in answer.citations)
    assert "客观、专业的测试" in quoted
    assert "符合性检查机构" in quoted


@pytest.mark.parametrize(
    "turns",
    [
        ("三公经费是多少", "里面公车的部分呢", "总共多少"),
        ("总支出多少？", "基本支出呢？", "加起来多少"),
    ],
)
def test_a_whole_and_its_part_are_not_added_up(service: Service, turns: tuple[str, ...]) -> None:
    assert not talk(service, *turns).values
