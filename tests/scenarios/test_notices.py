"""What an answer discloses beside itself."""

from __future__ import annotations

from tests.scenarios.conftest import Ask


def test_two_wordings_of_one_goal_are_disclosed(ask: Ask) -> None:
    answer = ask("天河区政府门户网站内容运营和区政务新媒体管理服务项目的绩效目标是什么？")
    (notice,) = [n for n in answer.notices if "不一致" in n]
    assert "规划建设" in notice
    assert "策划建设" in notice


def test_the_wording_of_a_goal_says_nothing_about_its_amount(ask: Ask) -> None:
    answer = ask("天河区政府门户网站内容运营和区政务新媒体管理服务项目多少钱？")
    assert not [n for n in answer.notices if "不一致" in n]


def test_a_rounding_is_disclosed_where_one_of_several_readings_has_it(ask: Ask) -> None:
    answer = ask("商品和服务支出是多少")
    assert any("尾差" in notice for notice in answer.notices)


def test_the_budget_that_was_assumed_is_named(ask: Ask) -> None:
    assert any("按《2024年" in notice for notice in ask("电费是多少").notices)


def test_a_budget_that_the_question_names_is_not_assumed(ask: Ask) -> None:
    answer = ask("天河区政务服务数据管理局2024年电费是多少")
    assert not [n for n in answer.notices if n.startswith("按《")]
