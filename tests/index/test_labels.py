"""Printed labels, taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.labels import Label, is_grand_total, is_total, plain, read_label


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("[2010301]行政运行", Label("行政运行", "2010301", 0, False)),
        ("【30217】公务接待费", Label("公务接待费", "30217", 0, False)),
        ("201 一般公共服务支出", Label("一般公共服务支出", "201", 0, False)),
        ("20805行政事业单位养老支出", Label("行政事业单位养老支出", "20805", 0, False)),
        ("2080505 机关事业单位养老", Label("机关事业单位养老", "2080505", 0, False)),
        ("一、预算拨款", Label("预算拨款", None, 1, False)),
        ("二十八、结转下年", Label("结转下年", None, 1, False)),
        ("（二）公务用车", Label("公务用车", None, 2, False)),
        ("其中：（一）因公出国（境）支出", Label("因公出国（境）支出", None, 2, True)),
        pytest.param("（一）其中：上年结转", Label("上年结转", None, 2, True)),
        ("1. 公务用车购置费", Label("公务用车购置费", None, 3, False)),
        ("2、公务用车运行费", Label("公务用车运行费", None, 3, False)),
        ("(1)办公费", Label("办公费", None, 4, False)),
        ("其中：基本支出", Label("基本支出", None, 0, True)),
        ("业务用房  租赁经费", Label("业务用房 租赁经费", None, 0, False)),
        ("三公经费", Label("三公经费", None, 0, False)),
        ("一般公共服务支出", Label("一般公共服务支出", None, 0, False)),
    ],
)
def test_numbering_code_and_name(printed: str, label: Label) -> None:
    assert read_label(printed) == label


@pytest.mark.parametrize(
    "printed",
    [
        "2023年天河区多云管理平台建设项目",
        "2021年度信息化项目",
        "12345热线服务项目",
        "5G专网租赁项目",
        pytest.param("300个点位接入项目"),
        "110报警系统维护",
        "1.5米绿化带养护",
    ],
)
def test_a_number_that_begins_a_name_is_no_code(printed: str) -> None:
    assert read_label(printed) == Label(printed, None, 0, False)


@pytest.mark.parametrize(
    "name", ["合计", "总计", "小计", "合 计", "收入总计", "支出合计", "本年支出合计", "收支总计"]
)
def test_totals(name: str) -> None:
    assert is_total(name)
    assert is_grand_total(name) is not name.startswith("本年")


@pytest.mark.parametrize("name", ["", "行政经费", "其他支出", "合计项目", "小计算机采购"])
def test_other_names_are_no_totals(name: str) -> None:
    assert not is_total(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“三公”经费", "三公经费"),
        ("因公出国（境）费", "因公出国(境)费"),
        ("ＩＴ 设备", "it设备"),
        ("天河区“雪亮工程”", "天河区《雪亮工程》"),
    ],
)
def test_labels_that_differ_only_in_marks_are_plainly_the_same(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@given(st.text("（）“”《》()、，。：- 　０９09ＡZa费支出的①㎡", max_size=40))
def test_plain_of_plain_is_plain(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text(max_size=40))
def test_any_text_is_a_label(text: str) -> None:
    read_label(text)
