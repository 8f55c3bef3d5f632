"""Case files: what is read, what is written, what is refused and how that is said."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from evals.cases import Case, Place, ValueExpected, load_cases, write_cases
from evals.errors import CaseError

VALUE = {
    "id": "n1",
    "category": "lookup",
    "question": "办公费是多少？",
    "expect": {"kind": "value", "value": 1490.46, "unit": "万元", "tolerance": 0.005},
    "must_cite": [{"table": "表3", "row": "办公费", "column": "预算", "column_alt": ["合计"]}],
    "all": False,
    "note": "",
}
DESCRIBED = {
    "id": "d1",
    "category": "duty",
    "turns": ["有哪些职责？", "还有呢？"],
    "route": "narrative",
    "gold": ["负责立项审批"],
    "min_gold": 1,
    "answer_must": [["立项", "审批"]],
    "forbid": ["教育"],
    "must_cite": [{"section": "主要职责", "item": "（四）"}],
}


def _file(folder: Path, *lines: object, name: str = "a.jsonl") -> Path:
    path = folder / name
    path.write_text(
        "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8"
    )
    return path


def test_numbers_are_decimals_as_printed(tmp_path: Path) -> None:
    (case,) = load_cases([_file(tmp_path, VALUE)])
    assert isinstance(case.expect, ValueExpected)
    assert case.expect.value == Decimal("1490.46")
    assert case.expect.tolerance == Decimal("0.005")
    assert case.must_cite == (
        Place(table="表3", row="办公费", column="预算", column_alt=("合计",)),
    )
    assert case.asked == ("办公费是多少？",)


def test_written_cases_read_back_the_same(tmp_path: Path) -> None:
    cases = load_cases([_file(tmp_path, VALUE, "", DESCRIBED)])
    written = tmp_path / "b.jsonl"
    assert write_cases(written, cases) == 2
    assert load_cases([written]) == cases
    first, second = (json.loads(line) for line in written.read_text("utf-8").splitlines())
    assert first["expect"]["value"] == 1490.46
    assert second["min_gold"] == 1


def test_folders_give_their_case_files_in_order_of_name(tmp_path: Path) -> None:
    _file(tmp_path, VALUE, name="b.jsonl")
    _file(tmp_path, DESCRIBED, name="a.jsonl")
    assert [case.id for case in load_cases([tmp_path])] == ["d1", "n1"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"expect": {"kind": "value", "value": "viel"}}, "expect.value.value"),
        ({"expect": {"kind": "guess"}}, "expect"),
        ({"must_cit": []}, "must_cit"),
        ({"must_cite": [{"tabel": "表3"}]}, "must_cite.0.tabel"),
        ({"question": ""}, "question"),
        ({"turns": ["还有呢？"]}, "either `question` or `turns`"),
        ({"expect": None}, "needs `expect`"),
        ({"expect": None, "route": "narrative"}, "`gold` is empty"),
        ({"expect": None, "route": "narrative", "gold": ["x"], "min_gold": 2}, "`min_gold`"),
    ],
)
def test_a_bad_case_is_refused_by_file_line_and_field(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    path = _file(tmp_path, DESCRIBED, VALUE | change)
    with pytest.raises(CaseError) as refused:
        load_cases([path])
    assert str(refused.value).startswith(f"{path}:2: ")
    assert said in str(refused.value)


@pytest.mark.parametrize("line", ["{", "[1]", "null", "[" * 100_000])
def test_a_line_that_is_no_object_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(CaseError, match=r"a\.jsonl:1: "):
        load_cases([_file(tmp_path, line)])


def test_an_id_that_occurs_twice_is_refused_with_both_places(tmp_path: Path) -> None:
    first = _file(tmp_path, VALUE, name="a.jsonl")
    second = _file(tmp_path, DESCRIBED, VALUE, name="b.jsonl")
    with pytest.raises(CaseError) as refused:
        load_cases([first, second])
    assert str(refused.value) == f"{second}:2: id 'n1' already stands at {first}:1"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="gone"):
        load_cases([tmp_path / "gone.jsonl"])


def test_a_case_cannot_be_changed() -> None:
    case = Case.model_validate(VALUE)
    with pytest.raises(ValueError, match="frozen"):
        case.id = "other"  # type: ignore[misc]
