"""Numbers, narrative or both: a decision from the wording and from what the index explains."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.records import FactMeasure, PassageKind
from qa_service.types import Operation, QueryPlan, Route

SURE = 0.78
"""The least share of a question that a reading must explain to answer it with an amount."""
WHOLE_SAID = 0.9
MOST_SAID = 0.7
SURE_OF_ALL = 0.85
MOST_BESIDE = 0.65
"""The most that may be left of a question that says a name in full: it qualifies the name."""
LEAST_SAID = 0.62
"""The least share where most of the name is said and no word is left that says anything."""
LEAST_SCORE = 0.55
"""The least score, what it adds deducted, of a reading that answers."""
WORTH_ASKING = 0.7
"""The least share that makes a reading worth offering as an option."""
WHOLE_NAME = 0.75
"""The least share of a name that means one row where a sum might be meant: 一共."""
NAMED = 0.5
"""The least share of a row's name that asks for its amount without a word for it."""
ALL_EXPLAINED = 0.95
"""The least share of a question whether there is something that an amount answers."""
_MUCH = 8.0
"""A question of so much content tells its row from all others."""
_AHEAD = 0.2
"""How much more than all others a row must explain to be the only one that is meant."""
_HELD_TOGETHER = {Operation.COMPARE, Operation.RATIO, Operation.SHARE, Operation.DIFFERENCE}
_OF_EVENTS = re.compile("[了过](?:多少|几)[笔份件次单宗](?!钱|项目|支出|款|经费)")
"""How often something was done is no amount: 成交了多少笔."""
_OF_SUBJECTS = re.compile(
    "(?:功能|经济)(?:分类|科目)|[类款项]级科目|(?:下面|底下|里面|里头|项下|还有)[^,，。?？]{0,4}(?:哪些|哪几个)科目|"
    "科目(?:还|都|各)?有(?:哪|什么)|科目(?:里|中|当中)|项目[^,，。?？]{0,8}(?:政府性基金|国有资本经营)|(?:政府性基金|国有资本经营)[^,，。?？]{0,8}项目|(?:大类|哪[一几些]?类)[^,，?？]*(?:基本支出|项目支出)"
)
"""Subjects, and the projects that a fund pays for, are listed by tables alone."""
_OF_MONEY = re.compile("钱|租金|价|金额|费用|花[得费销]|贵|便宜|[多少高低](?:多少|几)|更[高低贵]")
"""Amounts held against each other, which no passage tells."""
_ASKS_WHAT = re.compile("谁|哪(?:一)?(?:块|头|方面|边)|怎|如何|什么|啥")
"""Asks for more than an amount, whatever change is spoken of: 砍了这么多，先保哪一块."""
_OF_LIMITS = re.compile(
    r"(?:超|大于|高于|多于|以上|之上|不到|不足|低于|小于|少于|以下|之下|之间|介于|一致|等于|正好|刚好|逾|破)[^,，。?？]{0,8}"
    r"\d[\d.]*个?(?:亿|万|元)[^,，。?？]{0,14}项目|"
    r"\d[\d.]*个?(?:亿|万|元)元?(?:以上|之上|以下|之下|之间|一致|[（(][^）)]*[）)])[^,，。?？]{0,10}项目"
)
"""Projects above, below or at an amount."""
_MOST = (
    "(?:[最更](?:[多少贵]|便宜|[大小](?!限度|程度|化|规模|区|学|组)|[高低](?!生活|工资|收入|人民|标准|效)|[花费烧省值]钱)|"
    "[花费烧省]钱|贵|便宜|[\u4e00-\u9fff](?:得|的)(?:钱)?(?:更|比较)?[多少])"
)
_WHICH_IS_MOST = re.compile(
    f"(?:哪|谁)[^,，。?？]{{0,10}}?{_MOST}(?:一些|一点|些|点)?的?[呢啊呀]?(?=[,，。?？]|$)|"
    f"最(?:[多少大小高低贵]|便宜|[花费烧省]钱)的?[^,，。?？的]{{0,6}}?(?:是|叫|为)(?:哪|谁)"
)
"""The largest or the larger of several, which no single description tells: 哪个最贵, 哪边花得多."""
_LOOKED_UP = {Operation.LOOKUP}
_SELF_CONTAINED = {PassageKind.GOAL}
_COUNTED_IN_PROSE = {PassageKind.ORGANISATION, PassageKind.COMPOSITION}


@dataclass(frozen=True, slots=True)
class RouteChoice:
    """The route to take, and whether the other one is worth trying when it finds nothing."""

    route: Route
    other: Route


def choose(plan: QueryPlan) -> RouteChoice:
    """The route of a plan; Route.NONE where its readings and wording ask for nothing we hold."""
    if plan.missing or _is_of_limits(plan) or _WHICH_IS_MOST.search(plan.read_as):
        return RouteChoice(Route.NONE, Route.NONE)
    sure = is_sure(plan)
    both = _names_project(plan) or (plan.told_as_well and bool(plan.facts))
    if plan.numeric >= 1 and sure and both and (plan.facts or not plan.counts):
        return RouteChoice(Route.BOTH, Route.NUMERIC)
    if PassageKind.EXPLANATION in plan.passage_kinds:
        amount = plan.amount_asked and plan.measure is FactMeasure.AMOUNT
        if sure and amount and plan.fit.asked >= NAMED:
            return RouteChoice(Route.NUMERIC, Route.NARRATIVE)
        return RouteChoice(Route.NARRATIVE, Route.NONE)
    if plan.counts:
        return _of_count(plan)
    return _of_amount(plan) if plan.numeric >= 1 else _of_wording(plan, sure=sure)


def _is_of_limits(plan: QueryPlan) -> bool:
    """Whether projects are told by an amount that was not understood: no other amount answers."""
    computed = plan.selections or plan.parts or plan.passage_kinds or plan.descriptive >= 1
    return not computed and _OF_LIMITS.search(plan.read_as) is not None


def _of_count(plan: QueryPlan) -> RouteChoice:
    """How many: a fact, or a passage that tells it."""
    in_prose = _COUNTED_IN_PROSE & set(plan.passage_kinds)
    if plan.limited or plan.amount_asked or (plan.name_holds and not in_prose):
        return RouteChoice(Route.NONE, Route.NONE)
    if in_prose or plan.numeric < plan.descriptive:
        return RouteChoice(Route.NARRATIVE, Route.NUMERIC)
    return RouteChoice(Route.NUMERIC, Route.NARRATIVE)


def _of_amount(plan: QueryPlan) -> RouteChoice:
    """An amount; a passage only where none is asked for by a word of its own."""
    if plan.operation not in _LOOKED_UP or _OF_EVENTS.search(plan.read_as):
        return RouteChoice(Route.NONE, Route.NONE)
    asked = plan.amount_asked or plan.unit is not None or plan.together
    if not _ASKS_WHAT.search(plan.read_as):
        asked = asked or plan.measure is not FactMeasure.AMOUNT
        asked = asked or (plan.existence and not plan.descriptive)
    return RouteChoice(Route.NUMERIC, Route.NONE if asked else Route.NARRATIVE)


def _of_wording(plan: QueryPlan, *, sure: bool) -> RouteChoice:
    """What asks for no amount: whether there is one, a name alone, or a description."""
    if plan.operation is Operation.LIST:
        no_text = _OF_SUBJECTS.search(plan.read_as) and not plan.passage_kinds
        return RouteChoice(Route.NONE if no_text else Route.NARRATIVE, Route.NONE)
    if plan.operation in _HELD_TOGETHER and _OF_MONEY.search(plan.read_as):
        return RouteChoice(Route.NONE, Route.NONE)
    named = plan.fit.explained >= ALL_EXPLAINED or (sure and plan.fit.asked >= NAMED)
    if plan.existence and not named and plan.descriptive < 1:
        return RouteChoice(Route.NARRATIVE, Route.NUMERIC)
    if plan.numeric > plan.descriptive or (
        plan.numeric and sure and plan.numeric == plan.descriptive
    ):
        return RouteChoice(Route.NUMERIC, Route.NARRATIVE)
    if not plan.descriptive and not plan.needs:
        whole = plan.fit.explained >= SURE_OF_ALL and plan.fit.asked >= WHOLE_SAID
        told = sure and (whole or plan.fit.explained == 1) and plan.fit.asked >= NAMED
        if told or (not plan.numeric and plan.cells and whole_said(plan)):
            return RouteChoice(Route.NUMERIC, Route.NARRATIVE)
    return RouteChoice(Route.NARRATIVE, Route.NUMERIC if plan.numeric else Route.NONE)


def whole_said(plan: QueryPlan) -> bool:
    """Whether the best reading leaves nothing of the question unexplained."""
    return plan.fit.explained >= WHOLE_SAID and not plan.fit.unexplained


def is_sure(plan: QueryPlan) -> bool:
    """Whether the best reading explains enough of the question to answer with its amount."""
    scores = [*(t.score for t in plan.cells), *(t.score for t in plan.facts)]
    if plan.empty or plan.limited or (plan.fit.asked >= WHOLE_SAID and plan.fit.left > MOST_BESIDE):
        return False
    said = plan.fit.asked >= MOST_SAID and not plan.fit.unexplained
    least = LEAST_SAID if said else SURE
    good = bool(scores) and plan.fit.explained >= least and max(scores) >= LEAST_SCORE
    if plan.together and plan.fit.asked < WHOLE_NAME and not _is_told_apart(plan):
        return False
    return good and plan.fit.is_whole


def _is_told_apart(plan: QueryPlan) -> bool:
    """Whether so much is said of one row that no other can be added to it."""
    one = len(plan.cells) == 1 and not plan.facts and not plan.fit.unexplained
    if one and plan.fit.explained >= SURE_OF_ALL and not plan.fit.left:
        return plan.fit.lead >= _AHEAD
    return one and plan.fit.explained >= ALL_EXPLAINED and plan.content >= _MUCH


def _names_project(plan: QueryPlan) -> bool:
    if not plan.entity_row_ids:
        return False
    purpose = plan.descriptive >= 1 and bool(_SELF_CONTAINED & set(plan.passage_kinds))
    return purpose or plan.told_as_well
