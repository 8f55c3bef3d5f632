"""How many a list holds: printed, numbered, or counted where its members are told apart surely."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.clauses import sentence_spans
from index.records import PassageKind
from index.units import read_numeral
from qa_service.passages import Scored
from qa_service.types import QueryPlan, Tally
from qa_service.understand.weighed import Weighed

_ASKS = re.compile(
    r"哪些|哪几|哪两|哪三|有哪|列出|列一下|列举|名单|清单|都有谁|都有什么|都有啥|报一下|"
    r"(?<![那这])(?:几|多少)(?:个|家|条|项|类|点|款)"
)
_ITEM = re.compile(r"^[（(]?(?P<number>[一二三四五六七八九十]+)(?:[）)]|、)")
_LIST = re.compile(
    r"(?P<head>[^，,。；;：:]*?)(?:具体)?(?:包括|分别为|分别是|如下)[：:]?(?P<members>[^。；;：:]+)[。；;]?$"
)
_PRINTED = re.compile(
    r"(?P<number>\d+)(?P<unit>[个家项条类])[，,]?(?:具体|分别)?(?:包括|为|是)?[：:]?$"
)
_NAMED = re.compile(
    r"^(?:本部门|本单位|我局|其中)|(?:共|共有|有)?\d+.*$|(?:具体)?(?:包括|分别为|分别是|如下).*$"
)
"""What stands about the name of what a list holds."""
_OPEN = re.compile("等$|等等")
_LAST_AND = re.compile("和|及|以及|与")
_UNITS = re.compile(
    "(?:中心|局|所|站|院|校|学校|馆|队|处|科|室|会|社|园|办公室|委员会|厅|公司|大队|支队|部|"
    "系统|平台|收入|支出|费用|费|经费|预算|项目)$"
)
"""How the name of a unit, a system, a kind of money ends: what stands before 和 is a whole name."""
_BELOW = re.compile("下属|所属|下级|二级")
_BELOW_ASKED = re.compile("下属|所属|下级|二级|下面|底下|手下|下头|名下|挂着|附属")
"""A list of what stands below is asked for by such a word: the body itself is none of it."""


def tally(chosen: Sequence[Scored], plan: QueryPlan, question: Weighed) -> Tally | None:
    """How many there are of what is listed; None where it is no list, or not surely counted."""
    if not chosen or not _ASKS.search(question.spoken):
        return None
    if len(chosen) > 1:
        return _of_clauses(chosen) or (_of_projects(chosen) if plan.several else None)
    passage = chosen[0].entry.passage
    found = [
        _of_list(listed, plan.name_holds)
        for start, end in sentence_spans(passage.text)
        for listed in [_LIST.search(passage.text[start:end].strip())]
        if listed is not None and _is_asked(_leading(listed), plan, question)
    ]
    return next((counted for counted in found if counted is not None), None)


def _of_clauses(chosen: Sequence[Scored]) -> Tally | None:
    """The clauses of a whole section, whose printed numbers run from one without a gap."""
    section = chosen[0].entry.passage.section
    if not all(s.certain and s.entry.passage.section == section for s in chosen):
        return None
    found = [_ITEM.match(s.entry.passage.item or "") for s in chosen]
    numbers = sorted({int(read_numeral(item["number"])) for item in found if item})
    if None in found or len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
        return None
    return Tally(len(numbers), "条", section, complete=True)


def _of_projects(chosen: Sequence[Scored]) -> Tally | None:
    """The projects that were found; there may be more."""
    rows = {s.entry.passage.row_id for s in chosen}
    kinds = {s.entry.passage.kind for s in chosen}
    if kinds != {PassageKind.GOAL} or len(rows) < 2:
        return None
    return Tally(len(rows), "个", "项目", complete=False)


def _is_asked(head: str, plan: QueryPlan, question: Weighed) -> bool:
    """Whether the list that the head leads to is the one that is asked for."""
    if _BELOW.search(head) and not _BELOW_ASKED.search(question.spoken):
        return False
    said = any(head[i : i + 2] in question.text for i in range(len(head) - 1))
    return said or bool(set(plan.passage_kinds) & {PassageKind.ORGANISATION})


def _leading(found: re.Match[str]) -> str:
    """What the sentence says before its list: 内设机构有14个."""
    return found.string[: found.start("members")]


def _of_list(found: re.Match[str], named: Sequence[str]) -> Tally | None:
    """The printed number of the members, else their own, where they are told apart surely.

    Where names must hold something, the members whose names do.
    """
    printed = _PRINTED.search(_leading(found))
    label = _NAMED.sub("", _leading(found).partition("，")[0])
    if named:
        members = members_of(found["members"])
        held = sum(any(name in member for name in named) for member in members)
        label = f"名称含“{'”或“'.join(named)}”的{label}"
        return Tally(held, "个", label, complete=True) if members else None
    if printed is not None:
        return Tally(int(printed["number"]), printed["unit"], label, complete=True)
    members = members_of(found["members"])
    return Tally(len(members), "个", label, complete=True) if len(members) > 1 else None


def members_of(listed: str) -> tuple[str, ...]:
    """The members of a list set apart by 、, the last two by 和; empty where that is not sure."""
    if _OPEN.search(listed) or re.search("[，,]", listed):
        return ()
    *first, last = listed.split("、")
    parts = [last]
    for joint in _LAST_AND.finditer(last):
        one, other = last[: joint.start()], last[joint.end() :]
        if _UNITS.search(one) and _UNITS.search(other):
            parts = [one, other]
            break
    members = [*first, *parts]
    return tuple(members) if all(_UNITS.search(one) for one in members) else ()
