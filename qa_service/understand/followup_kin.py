"""A follow-up about what stands beside the last thing under one name: its 运行保障经费.

After 会展中心辅助人员劳务外包项目 its 运行保障经费 is another row, whose name begins alike.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.labels import plain
from qa_service.types import NormalisedQuestion, Operation, QueryPlan, Route
from qa_service.understand.followup_several import added_on
from qa_service.understand.followup_shares import TABLE_OF
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.single_amounts import PlanOf, one_amount
from qa_service.understand.turn import Turn
from qa_service.understand.weighed import longest_run

_TWO, _LEAST_LEFT, _LEAST_KIN = 2, 3, 4
_WITHIN = re.compile(
    "^(?:那么|那)?(?:(?:里面|里头|其中|当中|这里面|这里头|它里面)的?[^,，。?？多少几]{1,8}?"
    "|同(?:一|样)(?:的)?[套个家处座栋间][^,，。?？多少几]{2,14}?)的?(?:呢|部分)?[?？。]*$"
)
"""A part of what was told last, or another thing of the same: 里面车的呢, 同一套系统租云的呢."""


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
    alike = _alike(plan, last.subject, lexicon)
    if alike is not plan:
        return alike
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


def _alike(plan: QueryPlan, subject: str, lexicon: Lexicon) -> QueryPlan:
    """The plan of those of several rows that are called as the last one is; itself where none is,
    or all are: after 监控系统运维, 二期建设 is that of the same system.
    """
    rows = {target.row_id: lexicon.rows[target.row_id] for target in plan.cells}
    if plan.facts or len({entry.label.text for entry in rows.values()}) < _TWO:
        return plan
    bare = plain(subject)
    bare = next((bare.removeprefix(name) for name in lexicon.names if bare.startswith(name)), bare)
    kin = [i for i, e in rows.items() if longest_run(e.core.text, bare, _LEAST_KIN)]
    if not kin or len(kin) == len(rows):
        return plan
    return replace(plan, cells=tuple(t for t in plan.cells if t.row_id in kin))


def added_to_last(
    question: NormalisedQuestion, last: Turn, lexicon: Lexicon, plan_of: PlanOf
) -> NormalisedQuestion:
    """The question for the last amount and another one together: 加上租金一共多少.

    What is added may be said short: after 某处物业管理费, 租金 is 某处租赁经费, where it
    means no one amount by itself. Itself where nothing is added.
    """
    about = added_on(question.text)
    if not about or not last.subject or last.route is not Route.NUMERIC or last.listed:
        return question
    subject = TABLE_OF.sub("", last.subject)
    other = _one_row(about, question, lexicon, plan_of)
    runs = {longest_run(label, plain(subject), _LEAST_KIN) for label in lexicon.by_label}
    for run in () if other else sorted(filter(None, runs), key=len, reverse=True):
        if run != plain(subject) and other is None:
            other = _one_row(f"{run}{about}", question, lexicon, plan_of)
    if other is None or plain(other) == plain(subject):
        return question
    text = f"{last.subject}、{other}这两项加起来一共多少"
    return replace(question, text=text, plain=plain(text))


def _one_row(name: str, asked: NormalisedQuestion, lexicon: Lexicon, plan_of: PlanOf) -> str | None:
    """How the one row is called whose amount a name surely means; None where it means no such."""
    text = f"{name}是多少"
    plan = one_amount(replace(asked, text=text, plain=plain(text)), lexicon, plan_of)
    labels = {lexicon.rows[target.row_id].row.label for target in plan.cells} if plan else set()
    return labels.pop() if len(labels) == 1 else None


def is_whole_again(
    plan: QueryPlan, asked: NormalisedQuestion, last: Turn, lexicon: Lexicon
) -> bool:
    """Whether a part of what was told last is asked for, and the plan means all of it again."""
    if plan.operation is not Operation.LOOKUP or not _WITHIN.match(asked.text):
        return False
    labels = {lexicon.rows[target.row_id].row.label for target in plan.cells}
    whole = all(
        column.is_whole or column.index != target.column
        for target in plan.cells
        for column, _ in lexicon.tables[target.table_id].columns
    )
    return whole and bool(labels) and labels <= {last.subject, last.label}


def _is_its_own(run: str, asked: NormalisedQuestion, lexicon: Lexicon) -> bool:
    """Whether what is left over was said by the follow-up itself, and labels print it."""
    pairs = [run[i : i + 2] for i in range(len(run) - 1)]
    printed = all(pair in lexicon.by_pair for pair in pairs)
    return len(run) >= _LEAST_LEFT and run in asked.plain and printed
