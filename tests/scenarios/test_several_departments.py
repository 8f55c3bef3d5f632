"""Several departments in one index: whose budget is meant, and amounts side by side."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa_service.settings import Settings
from qa_service.types import AnswerStatus, Question
from qa_service.wiring import Service, build_index, open_service
from tests.conftest import Silent
from tests.scenarios.conftest import talk
from tests.scenarios.two_departments import TEXTS, written


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("市发改委的三公经费是多少",), "5.00"),
        (("甲州发改委公务接待费多少",), "5.00"),
        (("信访局的三公经费是多少",), "2.00"),
        (("信访局的三公经费是多少", "那公务接待费呢"), "2.00"),
        (("信访局的三公经费是多少", "发改委呢"), "5.00"),
        (("三公经费是多少", "信访局"), "2.00"),
        (("发改委的三公经费是多少", "信访局的又是多少"), "2.00"),
        (("粮食储备资金安排了多少",), "40.00"),
        (("储备粮食的那笔资金要花多少钱",), "40.00"),
        (("甲州市发展和改格委员会三公经费多少",), "5.00"),
        (("办公用房修缮花多少钱", "我说的是信访局第一服务中心的"), "2.00"),
        (("计委的三公经费是多少",), "5.00"),
        (("市里管信访的那个局，三公经费是多少",), "2.00"),
        (("发展和改划委员会的三公经费是多少",), "5.00"),
        (("发改委的三公经费是多少，别拿信访局的数给我",), "5.00"),
        (("发改委的三公经费是多少", "信访局呢", "两家相差多少"), "3.00"),
        (("发改委的三公经费是多少", "信访局比发改委少多少"), "3.00"),
        (("信访局哪个服务中心的收入预算最多",), "3.00"),
        (("信访局的三公经费是多少", "发改委比它多多少"), "3.00"),
        (("信访局2026年跟发改委2026年比，三公经费相差多少",), "3.00"),
    ],
)
def test_the_department_is_known_by_its_short_name_and_from_before(
    two: Service, turns: tuple[str, ...], value: str
) -> None:
    answer = talk(two, *turns)
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("发改委的三公经费比信访局多多少？", "3.00", "万元"),
        ("信访局和发改委两家的三公经费合计多少？", "7.00", "万元"),
        ("发改委的三公经费是信访局的几倍？", "2.50", "倍"),
    ],
)
def test_amounts_of_two_departments_are_held_together(
    two: Service, question: str, value: str, unit: str
) -> None:
    answer = two.ask(Question(question))
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert (answer.values[0].value, answer.values[0].unit) == (value, unit)
    assert {c.document.department for c in answer.citations} == set(TEXTS)
    assert all(department in "".join(answer.notices) for department in TEXTS)


@pytest.mark.parametrize(
    ("question", "department", "words"),
    [
        ("储备粮食的那笔资金要保障什么？", "甲州市发展和改革委员会", "按时到位"),
        ("接待大厅的运行要保障什么？", "甲州市信访局", "按时到位"),
    ],
)
def test_a_passage_far_ahead_tells_whose_it_is(
    two: Service, question: str, department: str, words: str
) -> None:
    answer = two.ask(Question(question))
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert {c.document.department for c in answer.citations} == {department}
    assert words in answer.text


def test_what_all_say_alike_is_told_from_one(two: Service) -> None:
    answer = two.ask(Question("更新热线话机是为了什么？"))
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert "更新热线话机" in answer.text


def test_the_asker_is_asked_where_both_could_be_meant(two: Service) -> None:
    answer = two.ask(Question("三公经费是多少"))
    assert answer.status is AnswerStatus.CLARIFY
    assert answer.clarification is not None
    assert len(answer.clarification.options) == len(TEXTS)


@pytest.mark.parametrize(
    "question",
    [
        "市公安局的三公经费是多少",
        "卫计委的三公经费是多少",
        "乙州市信访局的三公经费是多少",
        "丙山区发改局的预算一共多少",
        "今天二手房均价多少一平",
    ],
)
def test_what_is_of_neither_is_declined(two: Service, question: str) -> None:
    assert two.ask(Question(question)).status is AnswerStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("信访局一共有几个项目", "7"),
        ("信访局的项目合计多少钱", "14.00"),
        ("信访局第一服务中心有几个项目", "2"),
        ("信访局两家下属单位的项目支出加总是多少", "4.00"),
    ],
)
def test_a_unit_is_no_project(two: Service, question: str, value: str) -> None:
    answer = two.ask(Question(question))
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("信访局两家下属单位的收入合计多少", ["4.00", "3.00", "1.00"]),
        ("信访局哪个下属单位的收入最少", ["1.00"]),
        ("信访局的下属单位按收入从低到高排一排", ["1.00", "3.00"]),
    ],
)
def test_the_units_below_a_department_are_taken_together(
    two: Service, question: str, values: list[str]
) -> None:
    answer = two.ask(Question(question))
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert [value.value for value in answer.values] == values


def test_what_two_units_call_alike_is_told_with_each_unit(two: Service) -> None:
    for question in ("信访局办公用房修缮多少钱", "信访局的办公用房修缮要达到什么目标"):
        answer = two.ask(Question(question))
        assert answer.status is AnswerStatus.CLARIFY
        assert answer.clarification is not None
        labels = "".join(option.label for option in answer.clarification.options)
        assert "甲州市第一服务中心" in labels
        assert "甲州市第二服务中心" in labels
        assert not any("不一致" in notice for notice in answer.notices)
        for option in answer.clarification.options:
            chosen = two.ask(Question(option.question, answer.conversation_id))
            assert chosen.status is AnswerStatus.ANSWERED, option.question


def test_units_are_ranked_with_the_department_itself_where_it_is_named(two: Service) -> None:
    answer = two.ask(Question("信访局本级和两个下属单位，按收入预算由高到低排个序"))
    assert [v.value for v in answer.values] == ["10.00", "3.00", "1.00"], answer.text


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("信访局的工资福利支出是多少", "5.00"),
        ("信访局第一服务中心的工资福利支出是多少", "1.75"),
        ("信访局基本支出里工资福利支出占多少比例", "83.33"),
    ],
)
def test_the_whole_is_meant_where_no_unit_is_named(two: Service, question: str, value: str) -> None:
    answer = two.ask(Question(question))
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.values[0].value == value


def test_words_before_a_short_name_make_no_other_department(two: Service) -> None:
    answer = two.ask(Question("粮食储备资金在甲州归发改委管吗"))
    assert answer.status is AnswerStatus.ANSWERED, answer.text


@pytest.mark.parametrize(
    "question", ["信访局办公用房租赁多少钱", "信访局的办公用房租赁要达到什么目标"]
)
def test_what_the_department_and_a_unit_call_alike_is_told_apart(
    two: Service, question: str
) -> None:
    answer = two.ask(Question(question))
    assert answer.clarification is not None
    own, unit = answer.clarification.options
    assert "本级" in own.label
    assert "甲州市第二服务中心" in unit.label
    told = [two.ask(Question(o.question, answer.conversation_id)) for o in (own, unit)]
    assert {t.status for t in told} == {AnswerStatus.ANSWERED}
    assert told[0].text != told[1].text


@pytest.fixture(scope="module")
def in_two_units(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service over two departments, one of which prints 元 and the other 万元."""
    folder = tmp_path_factory.mktemp("units")
    (one, amounts), (other, others) = TEXTS.items()
    (folder / "1.txt").write_text(written(one, *amounts), "utf-8")
    in_yuan = written(other, "12,000.00", *others[1:]).replace("单位：万元", "单位：元")
    (folder / "2.txt").write_text(in_yuan, "utf-8")
    settings = Settings(index_dir=folder / "index")
    build_index(settings, sorted(folder.glob("*.txt")), Silent())
    with open_service(settings) as service:
        yield service


@pytest.mark.parametrize(
    ("question", "formula"),
    [
        ("发改委的三公经费比信访局的多多少", "5.00 - 1.20"),
        ("发改委和信访局的三公经费加起来多少", "5.00 + 1.20"),
        ("信访局的三公经费是发改委的几倍", "12,000.00 ÷ 50,000.00"),
    ],
)
def test_a_formula_is_of_numbers_in_one_unit(
    in_two_units: Service, question: str, formula: str
) -> None:
    answer = in_two_units.ask(Question(question))
    assert formula in answer.text
