"""Money asked of a part of a project, of which no part is printed: 单邮箱占几万.

A project whose name joins several things, or that was named before the part was, has one amount
for all of it. That amount is none of the part's.
"""

from __future__ import annotations

import re

from index.labels import plain
from index.records import PROJECT_TABLES
from qa_service.types import Operation, QueryPlan
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.weighed import longest_run

_ALONE = re.compile(
    "(?:^|(?<=[,，、:：。;；里中面头内下的局委厅办]))(?P<narrowing>(?:那|这|其中|当中|里面|里头)*"
    "(?:光(?![伏明纤荣盘临缆])|单(?![位价个项独列据一次证点])|仅仅?|单单|单独|只)(?:是|说|论|看|算|算上|给|为|做|买|租|修|建|搞)?)"
    "(?P<part>[^,，。?？多少几占]{2,14}?)(?:这|那)?(?:一)?(?:块|部分|项|笔|头|样)?(?:就|会|能|得|大概|大约|预算|的预算|的钱)*"
    "(?:占|要|花|用|需|有|是|给|分|拿|投)?(?:去|到|掉|了|得)?(?:多少|几)"
)
"""One thing without what stands beside it: 光网站要多少钱."""
_JOINS = re.compile("[和与及、]|以及")
_NAMED_SO = 0.7
"""The least share of a name that means the project itself."""
_BESIDE = 0.5
"""The least share of what is joined to it that is said of it as well."""
_RUN = 2


def is_of_a_part(plan: QueryPlan, text: str, lexicon: Lexicon) -> bool:
    """Whether a part alone is asked about, and the plan means the whole project it belongs to."""
    found = _ALONE.search(text)
    if found is None or plan.operation is not Operation.LOOKUP or plan.facts or not plan.cells:
        return False
    entries = [lexicon.rows[target.row_id] for target in plan.cells]
    kinds = {lexicon.tables[target.table_id].table.kind for target in plan.cells}
    if not kinds.issubset(PROJECT_TABLES):
        return False
    part, lead = plain(found["part"]), plain(text[: found.start()])
    return any(_holds_more(entry.core.text, part, lead) for entry in entries)


def _holds_more(name: str, part: str, lead: str) -> bool:
    """Whether a project's name says more than the part: things joined to it, or named before."""
    said = _share(name, part)
    if said >= _NAMED_SO:
        return False
    run = longest_run(name, lead, _RUN)
    if said and run and run not in part:
        return True
    pieces = [piece for piece in _JOINS.split(name) if len(piece) > 1]
    return len(pieces) > 1 and any(_share(piece, part) < _BESIDE for piece in pieces)


def _share(name: str, part: str) -> float:
    """The share of a name's characters that the part says in pairs."""
    said = {place for i in range(len(name) - 1) if name[i : i + 2] in part for place in (i, i + 1)}
    return len(said) / len(name) if name else 0.0
