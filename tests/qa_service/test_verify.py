"""Proof before sending: what nothing proves is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa_service.types import (
    AnswerStatus,
    Citation,
    CitationKind,
    DocumentRef,
    Route,
    RowRef,
    TableRef,
    Value,
)
from qa_service.verify import unproven
from qa_service.wording import Reply

DOCUMENT = DocumentRef("d1", "2024年某局部门预算", "某局", 2024, "预算")
CITATION = Citation(
    n=1,
    kind=CitationKind.ROW,
    document=DOCUMENT,
    quote="[30211]差旅费 | 预算 1,206.00",
    url="/source/d1#row-r1",
    table=TableRef("t1", 6, "基本支出表"),
    row=RowRef("r1", "[30211]差旅费", "30211"),
    column="预算",
    value="1,206.00",
    unit="万元",
)
VALUE = Value("差旅费", "1,206.00", "万元", "12060000.00", None, (1,))
REPLY = Reply(
    AnswerStatus.ANSWERED,
    Route.NUMERIC,
    "2024年差旅费预算为1,206.00万元[1]。",
    (VALUE,),
    (CITATION,),
)


def test_a_proved_reply_has_nothing_loose() -> None:
    assert unproven(REPLY, "差旅费多少") == ()


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("2024年差旅费预算为1,205.00万元[1]。", ("1205.00",)),
        ("2025年差旅费预算为1,206.00万元[1]。", ("2025",)),
        ("差旅费预算为206.00万元[1]。", ("206.00",)),
        ("差旅费预算为1,206.00万元[2]。", ("[2]",)),
        ("差旅费预算为１，２０７万元[1]。", ("1207",)),
    ],
)
def test_a_wrong_numeral_or_mark_is_found(text: str, loose: tuple[str, ...]) -> None:
    assert unproven(replace(REPLY, text=text), "差旅费多少") == loose


def test_the_same_number_may_be_written_shorter() -> None:
    assert unproven(replace(REPLY, text="差旅费为1206万元[1]。"), "") == ()


def test_a_numeral_of_the_question_is_proved() -> None:
    reply = replace(REPLY, text="超过1000万元的有差旅费，1,206.00万元[1]。")
    assert unproven(reply, "哪些超过1000万元？") == ()


def test_a_value_may_cite_only_what_is_there() -> None:
    reply = replace(REPLY, values=(replace(VALUE, citations=(1, 3)),))
    assert unproven(reply, "") == ("[3]",)
