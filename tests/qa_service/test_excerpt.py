"""The part of a passage that answers: one sentence where words and meaning agree on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from index.clauses import clauses
from index.labels import plain
from index.records import Passage, PassageKind, Place
from qa_service.excerpt import LEFT_OUT, told_part
from qa_service.passage_index import PassageEntry
from qa_service.passages import Scored
from qa_service.settings import Settings
from qa_service.types import QueryPlan
from qa_service.understand.entries import make_form
from qa_service.understand.normalise import normalise
from qa_service.understand.plan import make_plan
from qa_service.understand.vocabulary import load_vocabulary
from qa_service.understand.weighed import Weighed
from qa_service.wiring import Service, open_service

Asked = Callable[[str], tuple[QueryPlan, Weighed]]

DUTY = (
    "（三）负责统筹推进全区养老服务体系建设。指导、监督、考核各街道食堂工作。"
    "牵头负责全区热线管理工作。其中热线的经费由本局安排。负责公园绿化养护工作。"
)
FOOD, LINE, MONEY, PARK = (
    "指导、监督、考核各街道食堂工作。",
    "牵头负责全区热线管理工作。",
    "其中热线的经费由本局安排。",
    "负责公园绿化养护工作。",
)


@pytest.fixture(scope="module")
def service(sample_settings: Settings) -> Iterator[Service]:
    with open_service(sample_settings) as opened:
        yield opened


@pytest.fixture
def asked(service: Service) -> Asked:
    """The plan of a question and its words weighed in full."""

    def understood(text: str) -> tuple[QueryPlan, Weighed]:
        library = service.library
        found = make_plan(normalise(text), library.documents, library.lexicon, load_vocabulary())
        assert found.weighed is not None
        return found.plan, found.weighed.fully()

    return understood


def of(
    text: str,
    near: str,
    kind: PassageKind = PassageKind.DUTY,
    title: str | None = None,
) -> Scored:
    """A passage of which the clause `near` is nearest in meaning; empty for none."""
    passage = Passage("p1", kind, "主要职责", None, title, text, Place(page=1, line=1))
    titled = make_form(plain(title)) if title else None
    entry = PassageEntry(passage, make_form(plain(text)), titled, make_form("主要职责"))
    number = next((n for n, c in enumerate(clauses(text), 1) if near and near in c), 0)
    return Scored(entry, 2.0, clause=number)


def test_the_sentence_that_words_and_meaning_agree_on_is_told(asked: Asked) -> None:
    assert told_part(of(DUTY, FOOD), *asked("街道食堂谁来考核？")) == FOOD
    assert told_part(of(DUTY, PARK), *asked("公园绿化归谁管？")) == PARK


@pytest.mark.parametrize("near", [PARK, ""])
def test_all_of_it_is_told_where_they_do_not_agree(asked: Asked, near: str) -> None:
    assert told_part(of(DUTY, near), *asked("街道食堂谁来考核？")) == DUTY


def test_a_sentence_comes_with_the_one_that_it_leans_on(asked: Asked) -> None:
    assert told_part(of(DUTY, MONEY), *asked("热线的经费谁安排？")) == LINE + MONEY


def test_what_is_left_out_between_two_sentences_is_marked(asked: Asked) -> None:
    text = DUTY.replace("食堂", "公园")
    park = FOOD.replace("食堂", "公园")
    told = told_part(of(text, park), *asked("公园归谁管？"))
    assert told == park + LEFT_OUT + PARK


@pytest.mark.parametrize(
    "question",
    ["街道食堂的职责有哪些？", "讲讲街道食堂考核", "食堂有几个？", "街道食堂考核的目标是什么？"],
)
def test_a_list_a_number_or_the_whole_is_told_whole(asked: Asked, question: str) -> None:
    assert told_part(of(DUTY, FOOD), *asked(question)) == DUTY


def test_what_is_short_or_a_term_or_certain_is_told_whole(asked: Asked) -> None:
    plan, question = asked("街道食堂谁来考核？")
    short = FOOD + PARK
    assert told_part(of(short, FOOD), plan, question) == short
    assert told_part(of(DUTY, FOOD, PassageKind.GLOSSARY), plan, question) == DUTY
    assert told_part(replace(of(DUTY, FOOD), certain=True), plan, question) == DUTY


def test_a_reason_is_told_where_a_reason_is_asked_for(asked: Asked) -> None:
    text = (
        "公园养护经费指用于公园的钱，包括浇水、修剪、清扫、补种等各项费用。公园养护经费比上年增加，"
        "主要原因是新建的公园多了。公园养护经费由本局安排使用，接受审计部门的监督检查。"
    )
    told = told_part(of(text, clauses(text)[0]), *asked("公园养护经费为什么增加？"))
    assert told == "公园养护经费比上年增加，主要原因是新建的公园多了。"


def test_what_the_title_says_tells_no_sentence_from_another(asked: Asked) -> None:
    text = (
        "公园养护，包括浇水、修剪、清扫、补种等各项工作，保障居民的休息和健康，让城市更加美丽。"
        "提供绿化队伍，定期巡查，及时处理病虫害，减少农药的使用，保护环境。"
    )
    goal = of(text, clauses(text)[0], PassageKind.GOAL, "公园养护项目")
    assert told_part(goal, *asked("公园养护有没有人巡逻？")) == text
    near = of(text, "定期巡查，", PassageKind.GOAL, "公园养护项目")
    assert told_part(near, *asked("公园养护有没有人巡查？")).startswith("提供绿化队伍")


def test_brackets_are_never_cut(asked: Asked) -> None:
    text = (
        "本单位负责街道食堂考核工作，每年按季度开展检查、评分、整改和公开通报工作。"
        "公园绿化（包括浇水；修剪；清扫。）养护工作由本局统筹安排；其余事项由街道承担。"
    )
    told = told_part(of(text, "公园绿化（包括浇水；"), *asked("公园绿化归谁管？"))
    assert told == "公园绿化（包括浇水；修剪；清扫。）养护工作由本局统筹安排。"
