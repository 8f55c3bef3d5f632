"""Two runs compared, floors held or broken, and configurations that are read or refused."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from evals.cases import Case
from evals.compare import Change, change_figures, compare
from evals.config import EvalConfig, config_json, load_config, read_saved_config
from evals.errors import ConfigError
from evals.floors import broken, figures, parse_floor
from evals.records import Saved, Turn
from evals.scoring import Score, score
from evals.summary import summarise

Json = dict[str, Any]


def _scored(case: Case, answer: Json, case_id: str) -> Score:
    named = case.model_copy(update={"id": case_id})
    turn = Turn(asked=case.asked[0], seconds=0.01, answer=answer)
    return score("s", named, Saved(suite="s", id=case_id, turns=(turn,)))


@pytest.fixture
def wrong(answer: Json) -> Json:
    """The answer with another value."""
    changed = copy.deepcopy(answer)
    changed["values"][0]["value"] = "7.00"
    return changed


@pytest.fixture
def uncited(answer: Json) -> Json:
    """The right answer that proves nothing."""
    return {**answer, "citations": []}


def test_better_and_worse_are_told_case_by_case(
    case: Case, answer: Json, wrong: Json, uncited: Json
) -> None:
    declined = {**answer, "status": "not_found"}
    before = {"a": wrong, "b": answer, "c": declined, "d": answer, "e": answer, "gone": answer}
    after = {"a": answer, "b": declined, "c": wrong, "d": uncited, "e": answer, "new": answer}
    comparison = compare(
        [_scored(case, given, name) for name, given in before.items()],
        [_scored(case, given, name) for name, given in after.items()],
    )
    (suite,) = comparison.suites
    assert (suite.compared, suite.better, suite.worse, suite.same) == (5, 1, 3, 1)
    assert (suite.gained, suite.lost, suite.p_value) == (1, 1, 1.0)
    assert (suite.only_before, suite.only_after, suite.rewritten) == (1, 1, 0)
    assert {change.id: change.change for change in comparison.changes} == {
        "a": Change.BETTER,
        "b": Change.WORSE,
        "c": Change.WORSE,
        "d": Change.WORSE,
    }
    by_id = {change.id: change for change in comparison.changes}
    assert (by_id["d"].before, by_id["d"].after) == ("correct", "correct, uncited, inexact")
    assert change_figures(comparison) == {"s.got_better": 1, "s.got_worse": 3}


def test_a_case_that_expects_something_else_now_is_not_compared(case: Case, answer: Json) -> None:
    other = case.model_copy(update={"all": True})
    (suite,) = compare([_scored(case, answer, "a")], [_scored(other, answer, "a")]).suites
    assert (suite.compared, suite.rewritten) == (0, 1)


def test_floors_and_ceilings(case: Case, answer: Json, wrong: Json) -> None:
    got = figures(summarise([_scored(case, answer, "a"), _scored(case, wrong, "b")]))
    kept = {"s.correct": 0.5, "s.wrong": 0.5, "s.cases": 2, "s.score": -450, "s.p95": 10.0}
    assert broken(kept, got) == ()
    failed = broken({"s.correct": 0.51, "s.wrong": 0.4, "s.p50": 9.9, "t.correct": 0}, got)
    assert list(map(str, failed)) == [
        "s.correct 应不低于 0.51，实际 0.5",
        "s.p50 应不高于 9.9，实际 10",
        "s.wrong 应不高于 0.4，实际 0.5",
        "t.correct 应不低于 0，实际 没有测到",
    ]


@pytest.mark.parametrize("text", ["correct=1", "exhaustive.correct", "a.b=viel", ""])
def test_a_floor_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="底线"):
        parse_floor(text)


def test_file_and_command_line_make_one_configuration(tmp_path: Path) -> None:
    path = tmp_path / "run.toml"
    path.write_text(
        'workers = 4\nsample = 9\ncases = ["mine"]\n[floors]\nexhaustive.correct = 0.9\n'
        '"cases.wrong" = 0\n',
        "utf-8",
    )
    made = load_config(path, {"workers": 3, "floors": {"cases.wrong": 0.1}})
    assert made == EvalConfig(
        workers=3,
        sample=9,
        cases=(Path("mine"),),
        floors={"exhaustive.correct": 0.9, "cases.wrong": 0.1},
    )
    saved = tmp_path / "config.json"
    saved.write_text(config_json(made), "utf-8")
    assert read_saved_config(saved) == made


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("workers = 0", "workers 的值不能用，应为：1 到 64 的整数"),
        ('suites = ["all"]', "suites"),
        ("worker = 2", "worker 的值不能用，没有这一项"),
        ("floors = 1", "floors"),
        ('[floors]\na.b = "viel"', "floors"),
        ("workers =", "不能读作 TOML"),
    ],
)
def test_a_bad_configuration_names_its_field(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "run.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as refused:
        load_config(path, {})
    assert said in str(refused.value)


def test_a_configuration_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no\.toml"):
        load_config(tmp_path / "no.toml", {})
