"""Which passages answer: how they are scored for a plan, and when the best one is sure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from index.records import PassageKind
from qa_service import narrative
from qa_service.certainty import OFFERED, SURE, TOLD, chance, chance_of_best, few_that_hold
from qa_service.library import Ready
from qa_service.passages import Scored, scored
from qa_service.replies import say
from qa_service.settings import Settings
from qa_service.types import Answer, AnswerStatus, Language, QueryPlan, Question
from qa_service.understand.normalise import normalise
from qa_service.understand.plan import make_plan
from qa_service.understand.vocabulary import load_vocabulary
from qa_service.understand.weighed import Weighed
from qa_service.wiring import Service, open_service

Asked = tuple[QueryPlan, Weighed, Ready]
Ranked = Callable[..., list[Scored]]

QUESTION = "网上中介服务超市归谁管？"
"""It asks for a duty."""
TERM = "其他收入怎么理解？"
"""It asks for what is no duty."""


@pytest.fixture(scope="module")
def service(sample_settings: Settings) -> Iterator[Service]:
    with open_service(sample_settings) as opened:
        yield opened


@pytest.fixture
def asked(service: Service) -> Callable[[str], Asked]:
    """The plan of a question, its words weighed in full, and the sample made ready."""

    def understood(text: str) -> Asked:
        library = service.library
        read = normalise(text)
        found = make_plan(read, library.documents, library.lexicon, load_vocabulary())
        assert found.weighed is not None
        (document_id,) = found.plan.scope.document_ids
        return found.plan, found.weighed.fully(), library.ready(document_id)

    return understood


# --- scores for a plan ---


def test_passages_come_best_first_each_once(asked: Callable[[str], Asked]) -> None:
    ranked = scored(*asked(QUESTION))
    assert ranked[0].entry.passage.item == "（八）"
    order = [one.share for one in ranked]
    assert order == sorted(order, reverse=True)
    assert len({one.entry.passage.id for one in ranked}) == len(ranked)
    assert ranked == scored(*asked(QUESTION))


def test_a_clause_that_is_asked_for_by_its_number_is_certain(
    asked: Callable[[str], Asked],
) -> None:
    (only,) = scored(*asked("主要职责第九条是什么？"))
    assert only.certain
    assert (only.entry.passage.section, only.entry.passage.item) == ("主要职责", "（九）")


def test_a_clause_of_a_number_that_is_not_there_is_not_found(
    asked: Callable[[str], Asked],
) -> None:
    plan, question, ready = asked("主要职责第九条是什么？")
    assert scored(replace(plan, item="（九十九）"), question, ready) == []


def test_a_passage_that_prints_the_number_of_the_question_gains(
    asked: Callable[[str], Asked],
) -> None:
    right, wrong = (
        scored(*asked(f"接{number}个点的那个项目是干什么的")) for number in ("300", "400")
    )
    best = right[0].entry.passage
    assert "300个点" in best.text
    other = {one.entry.passage.id: one.score for one in wrong}
    assert right[0].score > other[best.id]


def test_a_year_is_no_number_that_tells_passages_apart(asked: Callable[[str], Asked]) -> None:
    plan, question, ready = asked("2024年网上中介服务超市归谁管？")
    assert "2024" in question.digits
    assert scored(plan, question, ready)[0].entry.passage.item == "（八）"


def test_a_passage_of_a_kind_that_is_asked_for_gains_and_another_loses(
    asked: Callable[[str], Asked],
) -> None:
    plan, question, ready = asked("政务服务大厅")
    plain = replace(plan, passage_kinds=())
    duties = replace(plan, passage_kinds=(PassageKind.DUTY,))
    before = {one.entry.passage.id: one for one in scored(plain, question, ready)}
    after = scored(duties, question, ready)
    kinds = {one.entry.passage.kind for one in after}
    assert {PassageKind.DUTY, PassageKind.GOAL} <= kinds
    for one in after:
        gained = one.score - before[one.entry.passage.id].score
        assert (gained > 0) == (one.entry.passage.kind is PassageKind.DUTY)


def test_a_title_that_is_named_in_full_counts(asked: Callable[[str], Asked]) -> None:
    first, second, *_ = scored(*asked("餐饮服务外包项目是做什么的？"))
    assert first.entry.passage.title == "餐饮服务外包项目"
    assert first.named > 0.9 > second.named


def test_only_a_passage_that_holds_what_is_needed_can_answer(
    asked: Callable[[str], Asked],
) -> None:
    plan, question, ready = asked(QUESTION)
    assert scored(replace(plan, needs=("超市",)), question, ready)
    assert scored(replace(plan, needs=(r"\d+月\d+日",)), question, ready) == []


def test_a_sort_of_thing_that_no_passage_speaks_of_is_not_found(
    asked: Callable[[str], Asked],
) -> None:
    plan, question, ready = asked("餐饮服务外包用的是哪家银行？")
    assert plan.which == "银行"
    assert scored(plan, question, ready) == []
    assert scored(replace(plan, which=""), question, ready)


def test_a_term_is_not_defined_where_a_reason_is_asked_for(
    asked: Callable[[str], Asked],
) -> None:
    defined = scored(*asked("什么是公务接待费？"))
    assert defined[0].entry.passage.kind is PassageKind.GLOSSARY
    reasons = scored(*asked("公务接待费增加的原因是什么？"))
    assert PassageKind.GLOSSARY not in {one.entry.passage.kind for one in reasons}


# --- how likely the best one answers ---


@pytest.fixture
def ranked(asked: Callable[[str], Asked]) -> Ranked:
    """Makes the first passages of a question answer by the given chances, each by its own."""

    def with_chances(*chances: float, of: str = TERM) -> list[Scored]:
        found = scored(*asked(of))[: len(chances)]
        any_answers = sum(chances)
        return [
            replace(one, share=chance / any_answers, any_answers=any_answers)
            for one, chance in zip(found, chances, strict=True)
        ]

    return with_chances


def test_where_nothing_is_found_there_is_no_chance() -> None:
    assert chance([]) == 0


def test_the_chance_of_the_few_is_that_of_each_together(ranked: Ranked) -> None:
    found = ranked(0.4, 0.2, 0.1)
    assert chance(found) == pytest.approx(0.7)
    assert chance_of_best(found) == pytest.approx(0.4)


def test_no_more_are_among_the_few_than_hold_nearly_all(ranked: Ranked) -> None:
    assert len(few_that_hold(ranked(0.9, 0.05, 0.001, 0.001))) == 2
    assert len(few_that_hold(ranked(0.2, 0.2, 0.2, 0.2, 0.2))) == 4


def test_it_takes_more_to_answer_than_to_ask_back() -> None:
    assert 0 < OFFERED < SURE < TOLD < 1


# --- when it is told ---


def is_nearest(answer: Answer) -> bool:
    """Whether the passages are told as the nearest, and none as the answer."""
    said = say(Language.ZH, "nearest")
    return answer.status is AnswerStatus.ANSWERED and answer.text.startswith(said)


A_LITTLE = 0.01


@pytest.fixture
def ask_where(
    service: Service, ranked: Ranked, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Answer]:
    """Asks a question whose best passages answer by the given chances."""

    def asking(*chances: float, question: str = TERM) -> Answer:
        ranking = ranked(*chances, of=question)
        monkeypatch.setattr(narrative, "scored", lambda *_: ranking)
        return service.ask(Question(question))

    return asking


def test_a_passage_is_told_from_a_chance_on_and_not_below(
    ask_where: Callable[..., Answer],
) -> None:
    told = ask_where(SURE + A_LITTLE)
    assert told.status is AnswerStatus.ANSWERED
    assert not is_nearest(told)
    less = ask_where(SURE - A_LITTLE)
    assert less.status is AnswerStatus.NOT_FOUND
    assert less.citations == ()


def test_the_nearest_are_told_where_one_of_them_nearly_surely_answers(
    ask_where: Callable[..., Answer],
) -> None:
    half = (TOLD + A_LITTLE) / 2
    answer = ask_where(half, half)
    assert is_nearest(answer)
    assert len(answer.citations) == 2
    assert all(f"[{citation.n}]" in answer.text for citation in answer.citations)


def test_the_nearest_are_asked_back_where_they_may_answer(
    ask_where: Callable[..., Answer],
) -> None:
    half = (TOLD - A_LITTLE) / 2
    answer = ask_where(half, half)
    assert answer.status is AnswerStatus.CLARIFY
    assert answer.clarification is not None
    assert len(answer.clarification.options) == 2


def test_the_nearest_are_offered_down_to_a_chance_and_not_below(
    ask_where: Callable[..., Answer],
) -> None:
    more, less = (OFFERED + A_LITTLE) / 2, (OFFERED - A_LITTLE) / 2
    assert ask_where(more, more).status is AnswerStatus.CLARIFY
    assert ask_where(less, less).status is AnswerStatus.NOT_FOUND


def test_only_what_may_answer_is_offered(ask_where: Callable[..., Answer]) -> None:
    answer = ask_where(0.15, 0.15, 0.15, 0.001)
    assert answer.clarification is not None
    assert len(answer.clarification.options) == 3


def test_beside_an_answer_what_may_answer_is_cited(ask_where: Callable[..., Answer]) -> None:
    told = ask_where(0.6, 0.2, 0.15, 0.001)
    alone = ask_where(0.95, 0.001)
    assert (len(told.citations), len(alone.citations)) == (3, 1)
    assert told.citations[0] == alone.citations[0]


@pytest.mark.parametrize("brackets", ["（{}）", "({})", "{}、"])
def test_a_clause_is_found_by_its_number_however_it_is_printed(
    asked: Callable[[str], Asked], brackets: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, question, ready = asked("主要职责第八条是什么")
    entries = [
        replace(entry, passage=replace(entry.passage, item=brackets.format("八")))
        for entry in ready.passages.entries
        if entry.passage.item == "（八）"
    ]
    monkeypatch.setattr(ready.passages, "entries", tuple(entries))
    found = scored(plan, question, ready)
    assert [one.entry.passage.item for one in found] == [brackets.format("八")]
