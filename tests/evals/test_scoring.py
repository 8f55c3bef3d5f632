"""Each measure, on the smallest answer that moves it."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from evals.cases import Case
from evals.due import Asking
from evals.records import Fault, FaultKind, Saved, Turn
from evals.scoring import Score, score
from evals.summary import summarise
from evals.verdicts import Verdict
from qa_service.types import Retrieval

Json = dict[str, Any]


def _score(case: Case, answer: object, ranking: tuple[Any, ...] | None = None) -> Score:
    turn = Turn(asked=case.asked[-1], seconds=0.01, answer=answer)
    return score("s", case, Saved(suite="s", id=case.id, turns=(turn,), ranking=ranking))


def _with(answer: Json, *path: str | int, to: object) -> Json:
    changed = copy.deepcopy(answer)
    part: Any = changed
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = to
    return changed


def _described(**fields: object) -> Case:
    given = {"id": "d1", "category": "duty", "question": "管什么？", "route": "narrative"}
    return Case.model_validate({**given, "gold": ["立项"], "min_gold": 1, **fields})


def test_a_right_answer_has_nothing_against_it(case: Case, answer: Json) -> None:
    got = _score(case, answer)
    assert (got.verdict, got.points, got.is_clean) == (Verdict.CORRECT, 1, True)
    assert (got.cited, got.exact, got.routed, got.unproven) == (True, True, True, ())
    assert (got.right_citations, got.citations) == (1, 1)
    assert (got.found_places, got.wanted_places) == (1, 1)


def test_a_wrong_value_costs_ten(case: Case, answer: Json) -> None:
    got = _score(case, _with(answer, "values", 0, "value", to="5.04"))
    assert (got.verdict, got.points, got.exact) == (Verdict.WRONG, -10, False)


def test_money_may_come_in_another_unit_of_money_but_not_without_one(
    case: Case, answer: Json
) -> None:
    in_yuan = _with(_with(answer, "values", 0, "value", to="54,000"), "values", 0, "unit", to="元")
    assert _score(case, in_yuan).exact is True
    swapped = _with(answer, "values", 0, "unit", to="元")
    assert _score(case, swapped).verdict is Verdict.WRONG
    assert _score(case, _with(answer, "values", 0, "unit", to=None)).verdict is Verdict.WRONG


def test_a_share_is_no_money_for_the_exact_measure(case: Case, answer: Json) -> None:
    """The judge looks at the unit only where money is wanted."""
    percent = Case.model_validate(
        case.model_dump() | {"expect": {"kind": "value", "value": 5.4, "unit": "%"}}
    )
    got = _score(percent, answer)
    assert (got.verdict, got.exact) == (Verdict.CORRECT, False)
    assert _score(percent, _with(answer, "values", 0, "unit", to="％")).exact is True


def test_a_citation_of_the_neighbouring_row_is_seen(case: Case, answer: Json) -> None:
    next_row = {"label": "[30202]印刷费", "code": "30202"}
    got = _score(case, _with(answer, "citations", 0, "row", to=next_row))
    assert (got.verdict, got.cited, got.exact) == (Verdict.CORRECT, False, False)
    assert (got.right_citations, got.citations, got.found_places) == (0, 1, 0)
    assert got.retrieval is not None
    assert (got.retrieval.kind, got.retrieval.rank) == ("row", 0)


def test_a_value_must_rest_on_the_right_citation_itself(case: Case, answer: Json) -> None:
    other = {**answer["citations"][0], "n": 2, "row": {"label": "[30202]印刷费"}}
    both = _with(answer, "citations", to=[*answer["citations"], other])
    got = _score(case, _with(both, "values", 0, "citations", to=[2]))
    assert (got.cited, got.exact) == (True, False)


def test_a_numeral_that_nothing_proves_is_named(case: Case, answer: Json) -> None:
    got = _score(case, _with(answer, "text", to="办公费5.40万元，比上年多31.7%。"))
    assert (got.unproven, got.is_clean) == (("31.7",), False)


def test_a_decline_is_free_where_an_answer_was_due(case: Case, answer: Json) -> None:
    got = _score(case, _with(answer, "status", to="not_found"))
    assert (got.verdict, got.points, got.declined, got.decline_due) == (
        Verdict.DECLINED,
        0,
        True,
        False,
    )


def test_a_decline_is_right_where_it_is_due(answer: Json) -> None:
    case = Case.model_validate(
        {"id": "u", "category": "unanswerable", "question": "?", "expect": {"kind": "abstain"}}
    )
    assert _score(case, answer).verdict is Verdict.WRONG
    assert _score(case, _with(answer, "status", to="not_found")).verdict is Verdict.CORRECT


def test_a_question_back_is_needed_needless_or_either(case: Case, answer: Json) -> None:
    asked_back = _with(answer, "status", to="clarify")
    assert _score(case, asked_back).asking is Asking.NEEDLESS
    needed = case.model_copy(update={"needs_clarification": True})
    got = _score(needed, asked_back)
    assert (got.asking, got.asked_back) == (Asking.NEEDED, True)
    either = {"kind": "clarify_or_values", "values": [5.4, 7], "unit": "万元"}
    vague = Case.model_validate(case.model_dump() | {"expect": either})
    assert _score(vague, answer).asking is Asking.EITHER


def test_one_option_is_no_question_back(case: Case, answer: Json) -> None:
    expect = {"kind": "clarify_or_values", "values": [5.4, 7], "unit": "万元"}
    vague = Case.model_validate(case.model_dump() | {"expect": expect})
    asked = _with(answer, "status", to="clarify")
    one = _with(asked, "clarification", to={"question": "?", "options": [{"label": "一"}]})
    two = _with(asked, "clarification", to={"question": "?", "options": [{}, {}]})
    assert _score(vague, one).verdict is Verdict.WRONG
    assert _score(vague, two).verdict is Verdict.CORRECT


def test_a_ranking_counts_before_the_citations() -> None:
    case = _described(must_cite=[{"section": "主要职责", "item": "（四）"}])
    answer = {"status": "not_found", "route": "none", "text": "没有"}
    ranking = (
        {"section": "主要职责", "item": "（一）", "quote": "一"},
        "no citation at all",
        {"section": "主要职责", "item": "（四）", "quote": "立项"},
    )
    without, ranked = _score(case, answer), _score(case, answer, ranking)
    assert without.retrieval is not None
    assert ranked.retrieval is not None
    assert (without.retrieval.rank, ranked.retrieval.rank) == (0, 3)
    (retrieval,) = summarise([without, ranked])[0].retrieval
    assert retrieval.kind == "passage"
    assert (retrieval.ranks.recall_at_1.count, retrieval.ranks.recall_at_3.count) == (0, 1)
    assert retrieval.ranks.mrr == pytest.approx(1 / 6, abs=1e-6)


def test_retrievals_are_ranked_side_by_side_where_all_are_seen() -> None:
    case = _described(must_cite=[{"section": "主要职责", "item": "（四）"}])
    right, other = {"quote": "负责立项"}, {"quote": "别的"}
    turn = Turn(asked="管什么？", seconds=0.1, answer={"status": "not_found", "text": "没有"})
    old = Saved(suite="s", id="d1", turns=(turn,), ranking=(right,))
    rankings = {Retrieval.BM25: (other, other), Retrieval.ENCODER: (other, right)}
    new = old.model_copy(update={"rankings": rankings})
    scores = [score("s", case, saved) for saved in (old, new)]
    assert scores[0].ranks == ()
    (suite,) = summarise(scores)
    assert [(r.by, r.ranks.mrr, r.ranks.recall_at_1.of) for r in suite.retrievals] == [
        (Retrieval.ENCODER, 0.5, 1),
        (Retrieval.BM25, 0.0, 1),
        (Retrieval.HYBRID, 1.0, 1),
    ]


def test_a_route_that_is_not_the_wanted_one_is_counted() -> None:
    answer = {"status": "answered", "route": "numeric", "text": "", "citations": []}
    wrong = _score(_described(), answer)
    abstained = _score(_described(id="d2"), {**answer, "status": "not_found"})
    (suite,) = summarise([wrong, abstained])
    assert [(cell.wanted, cell.got, cell.count) for cell in suite.routes] == [
        ("narrative", "abstain", 1),
        ("narrative", "numeric", 1),
    ]
    assert (suite.shares.routed.count, suite.shares.routed.of) == (0, 2)


@pytest.mark.parametrize(
    ("status", "verdict"), [(422, Verdict.DECLINED), (400, Verdict.DECLINED), (500, Verdict.ERROR)]
)
def test_a_clear_refusal_of_the_input_is_a_decline(
    case: Case, status: int, verdict: Verdict
) -> None:
    fault = Fault(kind=FaultKind.HTTP, status=status, message="nein")
    turn = Turn(asked="?", seconds=0.1, fault=fault)
    assert score("s", case, Saved(suite="s", id="n1", turns=(turn,))).verdict is verdict


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        "5.40",
        {},
        {"status": "answered", "values": {"a": 1}},
        {"status": "answered", "values": [[]]},
        {"status": {"a": 1}},
        {"status": "answered", "citations": [{"row": {"label": ["x"]}}]},
        {"status": "clarify", "clarification": {"options": "ja"}},
        {"status": "answered", "text": ["5.40"]},
    ],
)
def test_what_is_no_answer_of_the_contract_is_an_error(case: Case, broken: object) -> None:
    got = _score(case, broken)
    assert got.verdict is Verdict.ERROR
    assert got.outcome.fault is not None
    assert got.outcome.fault.kind is FaultKind.CONTRACT
