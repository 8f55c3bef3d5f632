"""Questions with a subject of their own, which a conversation does not complete.

哪五个项目花钱最多 names what is ranked and 你们部门比去年少花多少钱 whose money it is: both are
read by themselves, whatever was spoken of before. 一年多少钱 leaves out of what, which the last
turn tells; but an amount that was just told is not asked for again by 总共能花多少钱.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from index.labels import plain
from index.records import PROJECT_TABLES
from qa_service.route import is_sure
from qa_service.types import NormalisedQuestion, Operation, QueryPlan, Route
from qa_service.understand.followup_shares import OF_CHANGE
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.turn import Turn

PlanAlone = Callable[[], QueryPlan]
"""The plan of the question as it is read without a conversation."""

_POINTS_BACK = re.compile(
    "[它其]|他们|[这那](?!么)|里[面头]|当中|上面|前面|刚才|前者|后者|呢|再|还|又|也|除|别的|另外|剩|余|占|第"
)
"""What speaks of something said before, a 那 that begins the question aside."""
_LEAD = re.compile(
    "^(?:那么|那|对了|另外|好的?|嗯|请问|我想知道|想问一下)*[,，]?(?!个|项|笔|些|几|[两三四五]个)"
)
_PROJECTS = re.compile("项目(?!支出|经费|资金|预算|收入|库|化|的钱)")
_OF_PROJECTS = re.compile(
    "(?:几|多少)个[^,，。?？]{0,16}?项目(?!支出)|哪[些几]个?项目|项目(?:都)?(?:有|是)?(?:哪|几个|多少个)|最[^,，。?？]*项目|"
    "项目[^,，。?？]*最"
)
"""The last question was about some projects, which the next one may be about as well."""
_COUNTED = re.compile("(?<![哪这那好])(?:几|多少)个")
"""A number that was just told is not asked for again."""
_OVER_PROJECTS = frozenset(
    (Operation.RANK, Operation.COUNT, Operation.LIST, Operation.SUM, Operation.AVERAGE)
)
_WHOSE = "你们?|您们?|咱们?|我们|贵|本|该|整个|全"
_ORGAN = f"(?:(?:{_WHOSE})(?:这个|那个|整个)?(?:部门|单位|局|机关)|全局|部门)"
_OWN = re.compile(f"{_ORGAN}(?!预算[里中表]|[的]?(?:人员|经费|职责|职能))")
"""The department itself, as the subject."""
_WHOLE = re.compile(
    f"{_ORGAN}|你们|咱们|我们|(?:今年|全年|本年度?)[的]?(?:总的?)?预算|预算总[额数]|全年|(?:总共|一共|合计|总计)[能可以要会得]{{0,2}}[花用支]"
)
"""The department, its budget, or all that is spent."""
_ALL_OF_IT = re.compile(
    f"(?:{_ORGAN}|你们|咱们|我们)[^,，。?？]{{0,4}}?(?:总共|一共|合计|总计|全年|一年)"
)
"""All that the department spends, said with it as the subject: 你们一共花多少钱."""
_SIDE = re.compile(
    "^(?:总的?|全部|全年)?(?P<side>收入|支出)(?:总额|总数)?(?:一共|总共)?(?:是|有)?多少"
)
_OF_A_FUND = re.compile("基金|拨款|预算|资本")
_SPENT = re.compile(
    f"^(?:{_ORGAN}|你们|咱们|我们)的?(?:今年|全年|一年|今年一年|20\\d\\d年|总共|一共|合计|总计|[要能可以会得])*"
    "[花用](?:掉|出)?了?(?:多少|几)(?:钱|万元|万|元)?[呢啊呀]?[?？。]*$"
)
"""What the department spends, no thing named: 你们局花多少钱."""
_SPENT_SINCE = re.compile(
    "(?P<whose>(?:你们?|咱们?|我们|贵|本)(?:部门|单位|局|机关)?|(?:整个|全)?(?:部门|单位|局|机关))的?(?P<year>今年)?[,，]?"
    "(?:一共|总共|合计)?比(?P<ago>去年|上年|上一年|前一年)(?:的时候)?(?:一共|总共)?(?P<way>多|少|增加|减少)"
    "(?P<verb>[花用支拿]?(?:出|掉)?)了?(?P<asked>多少(?:钱|万元?|元)?|百分之几|几成)[呢啊呀]?[?？。]*$"
)
"""By how much the department's own spending differs from last year's, no other thing named."""


def of_whole_spending(question: NormalisedQuestion) -> NormalisedQuestion:
    """你们部门比去年少花多少钱, which names nothing else, as asked of the spending budget."""
    if _SPENT.match(_LEAD.sub("", question.text)):
        return replace(question, text="总支出是多少", plain="总支出是多少")
    found = _SPENT_SINCE.search(question.text)
    if found is None:
        return question
    head = question.text[: found.start()]
    if plain(_LEAD.sub("", head)):
        return question
    side = "支出" if found["verb"] else ""
    text = f"部门{side}预算比{found['ago']}{found['way']}了{found['asked']}"
    return replace(question, text=text, plain=plain(text))


def stands_alone(
    question: NormalisedQuestion, last: Turn, lexicon: Lexicon, alone: PlanAlone
) -> bool:
    """Whether the question names what it is about, so that nothing of the last turn is meant."""
    text = _LEAD.sub("", question.text)
    if _POINTS_BACK.search(text):
        return False
    again = _COUNTED.search(text) is not None and _COUNTED.search(last.question) is not None
    if _PROJECTS.search(text) and (again or not _is_of_projects(last)):
        plan = alone()
        return not plan.missing and _is_over_projects(plan, lexicon)
    if _is_of_whole(text, last):
        plan = alone()
        return not plan.missing and is_sure(plan) and _means_whole(plan, lexicon)
    return False


def may_be_alone(question: NormalisedQuestion, leaning: QueryPlan) -> bool:
    """Whether a question that is not understood after the last turn may be one by itself.

    今年预算比去年少了多少 after a thing of which no change is told asks for the whole budget's,
    and 有几辆车 for what is counted.
    """
    if is_sure(leaning) or leaning.selections or leaning.parts or leaning.passage_kinds:
        return False
    text = _LEAD.sub("", question.text)
    if _POINTS_BACK.search(text):
        return False
    named = _WHOLE.search(text) is not None or _PROJECTS.search(text) is not None
    return named or (leaning.counts and bool(leaning.counted))


def answers_alone(plan: QueryPlan, lexicon: Lexicon) -> bool:
    """Whether the plan of the question alone is surely of the whole budget, or counts things."""
    if not plan.missing and _is_over_projects(plan, lexicon):
        return True
    if plan.missing or not is_sure(plan):
        return False
    counts = plan.counts and bool(plan.facts)
    return counts or _means_whole(plan, lexicon)


def _is_of_projects(last: Turn) -> bool:
    """Whether the last turn told several projects, of which more may be asked."""
    return bool(last.listed) or last.summed or _OF_PROJECTS.search(last.question) is not None


def _is_over_projects(plan: QueryPlan, lexicon: Lexicon) -> bool:
    """Whether the plan is of the projects, or of all that is spent on them."""
    if not plan.selections:
        return plan.operation is Operation.LOOKUP and is_sure(plan) and _means_whole(plan, lexicon)
    if any(selection.contains for selection in plan.selections):
        return False  # 是给哪几个项目做咨询 is said of the last thing
    tables = {selection.table_id for selection in plan.selections}
    of_projects = all(lexicon.tables[key].table.kind in PROJECT_TABLES for key in tables)
    return of_projects and plan.operation in _OVER_PROJECTS


def _is_of_whole(text: str, last: Turn) -> bool:
    """Whether the wording is of the whole budget, or asks for what was just told otherwise."""
    if OF_CHANGE.search(text):
        return _OWN.search(text) is not None
    told = last.route is Route.NUMERIC and bool(last.label) and not last.offered
    if (told or last.listed) and _ALL_OF_IT.search(text):
        return True
    told = told and not OF_CHANGE.search(last.question)
    side = _SIDE.match(text)
    if side is not None:
        of_it = f"{last.subject}{last.label}"
        return told and side["side"] not in of_it and not _OF_A_FUND.search(of_it)
    return told and not last.listed and _WHOLE.search(text) is not None


def _means_whole(plan: QueryPlan, lexicon: Lexicon) -> bool:
    """Whether all that the plan means are totals, or what prose says of the whole budget."""
    whole = {entry.fact.id for entry in lexicon.facts if entry.of_whole}
    told = bool(plan.cells or plan.facts)
    told = told and {target.row_id for target in plan.cells} <= lexicon.sums
    return told and {target.fact_id for target in plan.facts} <= whole
