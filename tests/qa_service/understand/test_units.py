"""The shorter names of units: none that could be of another one."""

from __future__ import annotations

from qa_service.understand.units import called

OUTER = ("甲州市科学技术局", "科学技术局", "甲州市", "甲州")


def test_a_unit_is_called_by_the_end_of_its_name() -> None:
    found = called({"甲州市科学技术发展战略研究院", "甲州市科技项目评审中心"}, OUTER)
    assert {"战略研究院", "研究院"} <= set(found["甲州市科学技术发展战略研究院"])
    assert {"科技评审中心", "评审中心"} <= set(found["甲州市科技项目评审中心"])


def test_an_end_that_two_names_have_names_neither() -> None:
    labels = {"甲州市政务服务中心", "甲州市电子政务服务中心"}
    assert not any("政务服务中心" in names for names in called(labels, OUTER).values())


def test_what_a_name_says_beside_the_department_names_the_unit() -> None:
    found = called({"甲州市科学技术局第一分局", "甲州市科学技术局第二分局"}, OUTER)
    assert "第一分局" in found["甲州市科学技术局第一分局"]
