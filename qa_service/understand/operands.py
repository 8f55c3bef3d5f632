"""The operands of a sum, share, ratio or difference: plans of single amounts, or of rows.

What two operands share may be said once; an operand that borrows words from the
other adds up nothing and is no mere total, so that no amount is taken twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from index.labels import plain
from index.records import PROJECT_TABLES
from index.units import read_numeral
from qa_service.route import SURE, is_sure
from qa_service.types import (
    CellTarget,
    Language,
    NormalisedQuestion,
    Operation,
    QueryPlan,
    Scope,
)
from qa_service.understand.cues import read_cues
from qa_service.understand.entries import ASPECTS
from qa_service.understand.exclusions import of_projects
from qa_service.understand.held_apart import (
    adds_another,
    counted_twice,
    holds_another,
    names_twice,
    of_other_columns,
    without_whole,
)
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.named import tables_named
from qa_service.understand.operand_ways import (
    AT_PLACE,
    OF_WHOLES,
    SELECTED,
    TABLE_TOLD,
    Split,
    Way,
    splits,
)
from qa_service.understand.parts import ENDS
from qa_service.understand.rewording import Patterns
from qa_service.understand.selections import select
from qa_service.understand.single_amounts import (
    amount_plan,
    amounts_of,
    is_named,
    is_single,
    named_amount,
    of_all_funds,
    told_together,
)
from qa_service.understand.unit_sets import UNITS_COUNTED
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weigh import weigh
from qa_service.understand.weighed import GENERIC, Weighed

ProjectOf: TypeAlias = Callable[[str], CellTarget | None]
"""A text that describes a project to the amount of the one project so described, or None."""
OF_OPERANDS = {
    Operation.SHARE,
    Operation.RATIO,
    Operation.COMPARE,
    Operation.SUM,
    Operation.AVERAGE,
    Operation.RANK,
}
_ADDED_SAID = re.compile("加|合|共|之和|总|两项|[两三四]者")
"""Two names are one operand of a comparison where they are added up."""
MOST_OF_A_NAME = 4
_COUNTED = re.compile(r"(?P<count>[两二三四]|[2-4])(?:个(?!字)|项|张|处|笔|块|种|样|条|份)")
_IN_PROSE = re.compile(
    "(?:情况|文字|预算)?(?:说明|文字|正文)(?:部分)?(?:里面|里头|里|中|上)(?:面)?(?:写|说|讲|提到?)?的"
)
"""An operand that the text tells, and no table: 情况说明里的机关运行经费."""
_PARTS_NAMED = re.compile(
    "[(（](?P<parts>[^()（）]{1,12}(?:加上?|和|与|跟|、|及)[^()（）]{1,12})[)）]$"
)
"""What an amount is made of, said behind it: 公务用车（买车加养车）."""
_THAT_TABLE = re.compile(
    "^(?:这|那|该|此|本)?(?:张|个|份)?表(?:格)?(?:上|里|中|内|里面)?(?:的|所列|印的|写的)?"
)
_THESE = re.compile(
    "(?:和|与|跟|、|以及|加上|再加).{2,}(?:这|那)?(?<!\\d)[两二三四五2-5](?:个(?!字)|项|笔|块|样|类|年|头|边|处)|"
    "[两二三四五2-5](?:个|项|笔|块|样|类)[^,，。（(]{0,6}[（(][^）)]+(?:和|与|跟|、)|"
    "[两二三四五2-5](?:个|项|笔|块|样|类)(?:项目|钱|支出|费用)?[,，:：](?:也?就是|即|分别是|是|指)?[^,，]{2,}(?:和|与|跟|、|加)"
)
_IN_LIST = "、"
_JOINTS = ("和", "跟", "与", "及", "加", "以及", "加上")
_EACH_ALONE = re.compile("(?:分别|各自|各)(?:是|有|花|用|要|安排|给)?(?:了)?(?:多少|几)")
_EACH_ASKED = re.compile(
    "(?:和|与|跟|同|、|以及|还有).{1,30}(?:分别|各自|各)(?:是|占|有|花|用|要|安排|列|拨|给|得)?(?:了|掉)?(?:多少|几)"
)
_PROJECTS_TOGETHER = re.compile(
    "[两二三四五六七八九2-9]个[^,，。]{0,8}?项目(?!支出).*(?:共|合计|加起来|总计)"
)
"""Several projects are added up, so that one of them is no answer."""
_SAME_LINE = re.compile("^(?:只|光|仅|单)(?:算|看|按|计)")
"""只算财政拨款的数 is of the line that the other operand names."""
_ADDED_UP = {Operation.SUM, Operation.LOOKUP, Operation.RANK}
_DEPARTMENTS_COUNTED = re.compile(r"[两二三四五六七八九\d]个(?:委办局|局|委|部门)")
"""Departments are listed, and no amounts: 统计、科技、应急这三个局."""
_LEAST_DESCRIBED = 3.0
"""What a text must weigh to describe a project: 会议 alone describes none."""
ALL_SAID = 0.9
"""From this share on, one row is the sum that is asked for: 三公加起来."""


_PROJECTS_SAID = re.compile(
    "项目(?!支出|库)(?:的)?(?:预算|金额|钱)?(?:合计|一共|总共|共|总额|总和|加起来|合起来|相加|之和)*$"
)
"""An operand that means projects and no subject: 租赁类的项目合计."""


_PROJECTS_LISTED = re.compile("(?:、|和|及|与|跟)[^,，。、和及与跟]{2,12}(?<!单个)项目(?!支出|库)")
"""What is listed are projects, and no subjects: 业务培训及会议项目."""


_SEVERAL_NAMED = Patterns(_THESE, _PROJECTS_TOGETHER, UNITS_COUNTED)


def asks_each(weighed: Weighed) -> bool:
    """Whether the amount of each of several things is asked for: 水费和电费各多少."""
    joined = any(a.end == b.start for a, b in zip(weighed.exact, weighed.exact[1:], strict=False))
    asked = _EACH_ALONE.search(weighed.spoken) is not None
    units = UNITS_COUNTED.search(weighed.spoken) is not None
    return _EACH_ASKED.search(weighed.spoken) is not None or ((joined or units) and asked)


def names_several(weighed: Weighed) -> bool:
    """Whether the wording says that several amounts are named: A和B这两个项目."""
    return _SEVERAL_NAMED.search(weighed.spoken) is not None


def are_joined(weighed: Weighed, lexicon: Lexicon) -> bool:
    """Whether two terms of the document stand side by side: 邮电费和电费, 水费、电费.

    Those inside the title of a table do not.
    """
    _, title = tables_named(weighed, lexicon)
    listed_at: set[int] = set()
    at = 0
    for char in weighed.spoken:
        at += len(plain(char))
        if char == _IN_LIST:
            listed_at.add(at)
    return any(
        one.end in listed_at
        if one.end == other.start
        else weighed.text[one.end : other.start] in _JOINTS
        for one, other in zip(weighed.exact, weighed.exact[1:], strict=False)
        if not (one.mask | other.mask) & title
    )


def each_amount(plan: QueryPlan, weighed: Weighed, lexicon: Lexicon) -> tuple[QueryPlan, ...]:
    """The different amounts of one name, where they are to be added up.

    The wording says how many there are, or that they are added and not how many.
    """
    amounts = amounts_of(plan, lexicon)
    if any(target.row_id in lexicon.sums for target in plan.cells):
        return ()  # one whole is a part of the other
    told = _COUNTED.search(weighed.spoken)
    number = read_numeral(told["count"]) if told else None
    sure = is_sure(plan) and plan.fit.asked >= ALL_SAID
    sure = sure or (number == len(amounts) and _all_of_them(plan, lexicon))
    if not sure or not 1 < len(amounts) <= MOST_OF_A_NAME:
        return ()
    added = plan.operation is Operation.SUM or (plan.together and _side_by_side(plan, lexicon))
    if number != len(amounts) and (number is not None or not added):
        return ()
    one = replace(plan, operation=Operation.LOOKUP)
    return tuple(replace(one, cells=cells, facts=()) for cells in amounts.values())


def _side_by_side(plan: QueryPlan, lexicon: Lexicon) -> bool:
    """Whether the readings are rows of several names below one row: 水费 and 电费 for 水电费."""
    rows = [lexicon.rows[target.row_id] for target in plan.cells]
    apart = len({row.label.text for row in rows}) == len(rows) and not plan.facts
    return (
        apart
        and len({row.row.parent_id for row in rows}) == 1
        and rows[0].row.parent_id is not None
    )


def _all_of_them(plan: QueryPlan, lexicon: Lexicon) -> bool:
    """Whether the question names projects by what all their names hold, and nothing else."""
    kinds = {lexicon.tables[t.table_id].table.kind for t in plan.cells}
    good = plan.fit.explained >= SURE and plan.fit.is_whole and not plan.fit.unexplained
    return good and not plan.facts and kinds <= set(PROJECT_TABLES)


def operands(
    question: NormalisedQuestion,
    weighed: Weighed,
    plan: QueryPlan,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    project_of: ProjectOf,
    *,
    nested: bool = False,
) -> tuple[QueryPlan, ...]:
    """The plans of the operands; empty where one of them is not understood.

    A table that the question names holds for each operand that names none; `nested` operands
    have theirs already.
    """
    if _DEPARTMENTS_COUNTED.search(question.text):
        return ()
    for ways in splits(question, weighed, plan.operation, lexicon, vocabulary):
        found = _understood(ways, weighed, plan, lexicon, vocabulary, project_of, nested=nested)
        if found:
            return found
    return ()


def _understood(
    split: Split,
    weighed: Weighed,
    plan: QueryPlan,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    project_of: ProjectOf,
    *,
    nested: bool,
) -> tuple[QueryPlan, ...]:
    """The plans of the operands of one split; empty where one of them is not understood.

    What stands before the first of a list and is a part of its name holds for all of them.
    """
    against = plan.operation in (Operation.COMPARE, Operation.RATIO)
    found: list[QueryPlan] = []
    read: list[str] = []
    table = "" if nested else _table_said(weighed, lexicon)
    listing = plan.operation in SELECTED or plan.operation is Operation.LOOKUP
    lead = ""

    def meant(way: Way) -> QueryPlan | None:
        """The operand as it is meant in one way; None where it cannot be."""
        text = _in_table(way.text, table, lexicon, vocabulary)
        part = operand(text, plan.scope, lexicon, vocabulary, project_of)
        if part is None or (listing and any(not s.chosen for s in part.selections)):
            return None
        if way.added and (part.parts or _names_rows(part)):
            return None
        several = bool(part.parts) or _names_rows(part)
        if several and against and not _ADDED_SAID.search(way.text):
            return None  # 运行维护和窗口外包 are two that are compared
        leans = way.leans and _of_total(part, lexicon) and not TABLE_TOLD.search(way.text)
        return None if leans else part

    for ways in split:
        bare = min((way.text for way in ways), key=len)
        if listing and _says_nothing(bare, lexicon, vocabulary):
            continue
        led = (way for way in ways if way.text.startswith(lead))
        one = next(((way.text, part) for way in led if (part := meant(way))), None)
        if one is None or _is_of_several(bare, one, lexicon, vocabulary):
            return ()
        found.append(one[1])
        read.append(plain(_in_table(one[0], table, lexicon, vocabulary)))
        before = one[0].partition(bare)[0] if listing and not lead else ""
        lead = lead or ("" if _says_nothing(before, lexicon, vocabulary) else before)
    of_two = plan.operation in (Operation.SHARE, Operation.COMPARE, Operation.RATIO)
    if (listing or of_two) and not (nested or _all_read(weighed, read, kinds=not against)):
        return ()
    if listing and _PROJECTS_LISTED.search(weighed.spoken):
        found = [_as_project(part, lexicon) for part in found]
        if _is_mixed(found, lexicon):
            return ()
    if not listing and any(
        _of_total(part, lexicon) and _SAME_LINE.search(text)
        for part, text in zip(found, read, strict=True)
    ):
        return ()
    return _apart(found, plan.operation, lexicon, listing=listing)


def _is_of_several(
    bare: str, one: tuple[str, QueryPlan], lexicon: Lexicon, vocabulary: Vocabulary
) -> bool:
    """Whether one project was chosen by words that were added, of several that are meant alike.

    修检测室 may be its repair or its rent, whichever holds 支出 or 费.
    """
    text, part = one
    if not text.endswith(tuple(bare + end for end in ENDS)) or not of_projects(part, lexicon):
        return False
    asked = NormalisedQuestion(bare, bare, plain(bare), Language.ZH)
    weighed = weigh(asked, lexicon, vocabulary)
    cues = replace(read_cues(weighed, vocabulary), numeric=1.0)
    alone = amount_plan(bare, weighed, cues, part.scope, lexicon)
    chosen = {lexicon.rows[target.row_id].label.text for target in part.cells}
    meant = {lexicon.rows[target.row_id].label.text for target in alone.cells}
    return chosen < meant and of_projects(alone, lexicon)


def _apart(
    found: list[QueryPlan], operation: Operation, lexicon: Lexicon, *, listing: bool
) -> tuple[QueryPlan, ...]:
    """The operands, where none is a part of another; one where all of a list are one line.

    加油、保险、修车 are one line.
    """
    lines = {(part.cells, part.facts, part.selections, part.parts) for part in found}
    if listing and len(lines) == 1:
        whole = any(_of_total(part, lexicon) for part in found)
        return (found[0],) if len(found) > 1 and not whole else ()
    if operation is Operation.RANK and len(found) > 2:
        found = without_whole(found, lexicon)
    wholes = sum(_of_total(part, lexicon) for part in found) if listing else 0
    together = operation in (Operation.SUM, Operation.LIST)
    mixed = 0 < wholes < len(found) or (wholes and not together)
    mixed = mixed or names_twice(found, lexicon)
    beside = of_other_columns(found, lexicon) or holds_another(found, lexicon)
    mixed = mixed or (listing and beside)
    mixed = mixed or (operation in _ADDED_UP and counted_twice(found, lexicon))
    mixed = mixed or adds_another(found)
    return () if mixed else tuple(found)


def _as_project(part: QueryPlan, lexicon: Lexicon) -> QueryPlan:
    """The operand as the project that it is paid as; itself where it is none, or already one."""
    paid_as = {lexicon.paid_as.get(target.row_id) for target in part.cells}
    row_id = next(iter(paid_as)) if len(paid_as) == 1 else None
    if row_id is None:
        return part
    table_id = lexicon.rows[row_id].table_id
    whole = lexicon.tables[table_id].whole
    if whole is None:
        return part
    score = max(target.score for target in part.cells)
    cell = CellTarget(row_id, table_id, lexicon.document.id, whole, score)
    return replace(part, cells=(cell,))


def _is_mixed(parts: list[QueryPlan], lexicon: Lexicon) -> bool:
    """Whether some of the operands are projects and some are not."""
    kinds = [
        {lexicon.tables[target.table_id].table.kind in PROJECT_TABLES for target in part.cells}
        for part in parts
        if part.cells
    ]
    return any(True in kind for kind in kinds) and any(kind == {False} for kind in kinds)


def _all_read(weighed: Weighed, read: list[str], *, kinds: bool) -> bool:
    """Whether each term that the question names stands in one of the operands.

    `kinds` says whether that holds of 基本支出 and 项目支出, of which both may be parts, as well.
    """
    terms = {weighed.text[span.start : span.end] for span in weighed.exact}
    named = terms if kinds else terms.difference(ASPECTS)
    return all(any(term in text for text in read) for term in named)


def _says_nothing(text: str, lexicon: Lexicon, vocabulary: Vocabulary) -> bool:
    """Whether a piece of a list names nothing: 单位, 一年."""
    asked = NormalisedQuestion(text, text, plain(text), Language.ZH)
    weighed = weigh(asked, lexicon, vocabulary)
    return weighed.total <= GENERIC and not told_together(weighed)


def _table_said(weighed: Weighed, lexicon: Lexicon) -> str:
    """How the question names a table; empty where it names none."""
    _, mask = tables_named(weighed, lexicon)
    if not mask:
        return ""
    last = mask.bit_length()
    first = (mask & -mask).bit_length() - 1
    whole = mask == ((1 << last) - 1) & ~((1 << first) - 1)
    return weighed.text[first:last] if whole else ""


def _in_table(text: str, table: str, lexicon: Lexicon, vocabulary: Vocabulary) -> str:
    """The operand with the table that the question names, where it names none itself."""
    if not table or plain(table) in plain(text) or _IN_PROSE.search(text):
        return text
    asked = NormalisedQuestion(text, text, plain(text), Language.ZH)
    own, _ = tables_named(weigh(asked, lexicon, vocabulary), lexicon)
    return text if own is not None else f"{table}的{_THAT_TABLE.sub('', text)}"


def _names_rows(part: QueryPlan) -> bool:
    """Whether a part is made of rows that are named side by side."""
    return any(selection.row_ids for selection in part.selections)


def _of_total(part: QueryPlan, lexicon: Lexicon) -> bool:
    """Whether a part means the whole of a table."""
    return any(target.row_id in lexicon.sums for target in part.cells)


def operand(
    text: str, scope: Scope, lexicon: Lexicon, vocabulary: Vocabulary, project_of: ProjectOf
) -> QueryPlan | None:
    """The plan of one operand, read as a question for an amount or for the sum of rows."""
    asked = NormalisedQuestion(text, text, plain(text), Language.ZH)
    inside = _PARTS_NAMED.search(text)
    if inside is not None:
        asked = replace(asked, text=inside["parts"], plain=plain(inside["parts"]))
    weighed = weigh(asked, lexicon, vocabulary)
    cues = replace(read_cues(weighed, vocabulary), numeric=1.0)
    if inside is not None:
        head = text[: inside.start()]
        whole = named_amount(head, scope, lexicon, vocabulary) if plain(head) else None
        if whole is not None and is_single(whole, lexicon):
            return whole
        rest = QueryPlan(Operation.SUM, scope, numeric=1.0)
        parts = operands(asked, weighed, rest, lexicon, vocabulary, project_of, nested=True)
        return replace(rest, parts=parts) if parts else None
    plan = of_all_funds(amount_plan(text, weighed, cues, scope, lexicon), lexicon)
    if plan.facts and _IN_PROSE.search(text):
        plan = replace(plan, cells=())
    kinds = {lexicon.tables[target.table_id].table.kind for target in plan.cells}
    of_projects = _PROJECTS_SAID.search(text) is not None
    of_subject = of_projects and not kinds <= set(PROJECT_TABLES)  # 租赁项目 is no 租赁费
    by_place = AT_PLACE.fullmatch(text) is not None  # 第三大的项目 is no 第三方
    if is_named(plan, weighed) and is_single(plan, lexicon) and not (of_subject or by_place):
        return None if _is_hinted_at(plan, weighed) else plan
    rest = replace(plan, operation=Operation.SUM, cells=(), facts=())
    summed = select(weighed, replace(cues, operation=Operation.SUM), lexicon, vocabulary)
    if len(summed) == 1 and weighed.codes and not (summed[0].parent_ids or summed[0].row_ids):
        return None  # 201类下四个项级科目 are not all of the table
    if len(summed) == 1:
        return replace(rest, selections=summed)
    parts = operands(asked, weighed, rest, lexicon, vocabulary, project_of, nested=True)
    if parts:
        return replace(rest, parts=parts)
    described = weighed.total >= _LEAST_DESCRIBED and not summed and not weighed.exact
    project = project_of(text) if described else None
    return replace(plan, cells=(project,), facts=()) if project is not None else None


def _is_hinted_at(plan: QueryPlan, weighed: Weighed) -> bool:
    """Whether the text says but a common word of the name: 项目 of a centre for projects."""
    common = not weighed.left_over(0) and not weighed.exact and not told_together(weighed)
    return bool(plan.cells) and common and not OF_WHOLES.search(weighed.text)
