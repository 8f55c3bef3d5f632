"""A follow-up about what stands beside the last thing under one name: its 运行保障经费.

After 会展中心辅助人员劳务外包项目 its 运行保障经费 is another row, whose name begins alike.
"""

from __future__ import annotations

from dataclasses import replace

from index.labels import plain
from qa_service.types import NormalisedQuestion, Operation, QueryPlan
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.single_amounts import PlanOf
from qa_service.understand.turn import Turn
from qa_service.understand.weighed import longest_run

_LEAST_LEFT, _LEAST_KIN = 3, 4


def of_its_kin(
    plan: QueryPlan, asked: NormalisedQuestion, last: Turn, lexicon: Lexicon, plan_of: PlanOf
) -> QueryPlan | None:
    """The plan of the row beside the last one that the follow-up names; None where it names none.

    `plan` is that of the question completed by the last subject. Where the words of the
    follow-up are printed and no such row holds them, the plan is of nothing.
    """
    if plan.operation is not Operation.LOOKUP or not plan.amount_asked:
        return None
    if not plan.cells or not last.subject:
        return None
    left = [run for run in plan.fit.unexplained if _is_its_own(run, asked, lexicon)]
    if not left:
        return None
    subject = plain(last.subject)
    kin = [
        label
        for label in lexicon.by_label
        if label not in subject
        and all(run in label for run in left)
        and longest_run(label, subject, _LEAST_KIN)
    ]
    if len(kin) != 1:
        return replace(plan, cells=(), facts=(), limited=True)
    text = f"{kin[0]}是多少"
    return replace(plan_of(replace(asked, text=text, plain=plain(text))), read_as=text)


def _is_its_own(run: str, asked: NormalisedQuestion, lexicon: Lexicon) -> bool:
    """Whether what is left over was said by the follow-up itself, and labels print it."""
    pairs = [run[i : i + 2] for i in range(len(run) - 1)]
    printed = all(pair in lexicon.by_pair for pair in pairs)
    return len(run) >= _LEAST_LEFT and run in asked.plain and printed
