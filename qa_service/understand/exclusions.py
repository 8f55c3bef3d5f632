"""What a question leaves out: 除了工资福利支出，其余三大类加起来; 剔除租赁费后还剩多少.

The question without the words that leave something out is read by itself; what is
left out is then taken from its rows, or from its one amount. Something that is no
part of what is asked is left out of nothing, so such a question is not answered.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from index.labels import plain
from index.records import PROJECT_TABLES, Row
from index.units import read_numeral
from qa_service.route import is_sure
from qa_service.types import CellTarget, NormalisedQuestion, Operation, QueryPlan, Selection
from qa_service.understand.entries import ASPECTS, pairs_of
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.parts import Shield
from qa_service.understand.plain.asides import any_narrows
from qa_service.understand.single_amounts import is_single
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weighed import Weighed

_WORD = (
    r"(?:假如没有|要是没有|抠掉|抠去|抠开|剔掉|去除|拿走|扣(?![除掉])|不花|撇开|除了|除去|除开|除掉|除(?!外)|剔除掉|剔除|刨去|刨掉|刨除|刨开|抛开|撇开|撇去|去掉|拿掉|扣掉|扣除|"
    r"减掉|减去|排除|(?<!要)不要(?![钱紧说报给管拿百])|不算上|不算|不计|不含|不包括|不包含|不考虑)"
)
_THESE = r"(?:[这那](?:一|几|[两二三四五六]|\d)?(?:个|项|块|笔|类|样|部分)?)?"
_BEHIND = r"(?:以外|之外|除外|外|之后|以后|后|的话|不算|不计|不谈|不看)"
_LEFT_OUT = (
    re.compile(
        rf"(?:把|将)(?P<what>[^,。;?!]{{2,40}}?){_THESE}(?:都|全)?"
        r"(?:除去|除开|除掉|剔除掉|剔除|刨去|刨掉|刨除|刨开|抛开|撇开|撇去|去掉|拿掉|拿走|扣掉|扣除|减掉|减去|排除)"
        r"(?:以?后|之后|的话|了)?[,，]?"
    ),
    re.compile(rf"{_WORD}(?P<what>[^,。;?!]{{1,40}}?){_THESE}{_BEHIND}[,，]?"),
    re.compile(rf"{_WORD}(?P<what>[^,。;?!()（）]{{1,40}}?){_THESE}(?:[,，]|[。?？!！]?$|[)）])"),
    re.compile(
        r"[(（](?P<what>[^,，。;?!()（）]{1,20}?)(?:[这那](?:一)?(?:个|项|块|笔|类|样|部分))?"
        r"(?:不算在内|不计在内|不算|不计|不要|别算|除外|不含|不包括)[)）]"
    ),
    re.compile(
        rf"{_WORD}(?P<what>[^,。;?!的]{{1,40}}?)(?=是?多少|有多少|一?共|合计|总计|总共|加起来|还?剩|的)的?"
    ),
    re.compile(r"^(?P<what>[^,。;?!]{1,40}?)(?:以外|之外)的"),
    re.compile(
        r"(?:^|[,，])(?P<what>[^,。;?!]{1,40}?)(?:除外|(?:不|别|不用|不要|不必)(?:算|计)(?:在内|进来|进去|进|上)?|(?<!要)不要(?=[,，]))[,，]?"
    ),
)
_LEAVES_OUT = re.compile("[抠没花除剔刨抛撇去拿扣减排不别外]")
"""One of these stands in each of the ways above; a text without one leaves out nothing."""
_ASKED = re.compile("哪|谁|几|多少|什么|为零|是零|为0|是0")
"""What a question asks for, or the lines without an amount, is not left out by its name."""
_BY_PLACE = re.compile(
    r"^(?:里面|其中|当中)?(?:金额|预算|钱|花钱|数额|价钱)?(?:排?在?最(?:前|高|大|多)的?|最(?P<end>大|多|高|贵|花钱|费钱|小|少|低|便宜|省钱)的?)"
    r"(?:那|这)?(?P<count>[一两二三四五六七八九十]|\d{1,2})?(?:个|笔|项|类|款)?(?:项目|科目|支出|开支)?$"
)
"""What is left out by its place among the rest: 去掉金额最大的那个."""
_NUMBER = re.compile("^(?P<count>[两二三四五六]|\\d)(?:个|笔|项|块|样|种)")
"""How many are left out: 两笔房租."""
_SMALL = ("小", "少", "低", "便宜", "省钱")
_REST = re.compile(
    r"(?:都)?(?:其余|剩余|剩下|余下|还剩下?|剩)(?:来|下)?(?:的|各|那)?|(?<=[,，])(?:其他|其它)(?:的)?|还(?=有)"
)
_ONLY_THAT = re.compile("^(?:光|只|单|仅|就)(?:看|算|说|要)?(?=.{2})")
"""That no more is asked of goes without saying: 不算项目支出，光基本支出里的."""
_BESIDE = re.compile(r"、|,|，|以及|还有|和|与|跟|及")


THAT_ONE_NOT = re.compile(
    "[,，。;；?？][^,，。;；?？]{4,}[这那](?:一)?[笔个项块]?(?:钱|费用)?(?:别|不用|不要|可别|不)(?:算|计|加|包)"
)
"""Something described that is not meant: 打广告搞宣传那笔别算."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What a question leaves out, and the question without it."""

    left_out: tuple[str, ...]
    rest: NormalisedQuestion


def read_exclusion(question: NormalisedQuestion, weighed: Weighed) -> Exclusion | None:
    """What the question leaves out; None where it leaves out nothing."""
    if not _LEAVES_OUT.search(question.text):
        return None
    shield = Shield(question.text, weighed.exact)
    for pattern in _LEFT_OUT:
        found = pattern.search(shield.text)
        if found is None:
            continue
        if _ASKED.search(found["what"]):
            continue
        names = tuple(shield.open(piece) for piece in _BESIDE.split(found["what"]) if piece)
        before, after = shield.text[: found.start()], shield.text[found.end() :]
        rest = shield.open(before + _REST.sub("", f",{after}", count=1).lstrip(",，"))
        rest = _ONLY_THAT.sub("", rest)
        if plain(rest) and names:
            return Exclusion(names, replace(question, text=rest, plain=plain(rest)))
    return None


def excluding(
    exclusion: Exclusion,
    rest: QueryPlan,
    named: Callable[[str], QueryPlan | None],
    lexicon: Lexicon,
) -> QueryPlan | None:
    """The plan of the rest without what is left out; None where that is no part of it.

    `named` reads the name of what is left out.
    """
    if rest.missing:
        return rest
    if leaves_a_place(exclusion):
        return _without_place(rest, exclusion.left_out[0])
    out = [named(name) for name in exclusion.left_out]
    known = [one for one in out if one is not None]
    if len(known) < len(out):
        return None
    apart = _told_apart(rest, known, lexicon) or _not_below(rest, known, lexicon)
    if apart is not None:
        return apart
    if rest.selections:
        left = list(zip(known, map(_number_of, exclusion.left_out), strict=True))
        kept = tuple(_without(s, left, lexicon) for s in rest.selections)
        found = tuple(selection for selection in kept if selection is not None)
        return replace(rest, selections=found) if found else None
    known = [
        _kind_within(name, rest, lexicon) or _below(one, rest, lexicon)
        for name, one in zip(exclusion.left_out, known, strict=True)
    ]
    amounts = (rest, *known)
    if rest.operation not in (Operation.LOOKUP, Operation.SUM) or rest.parts:
        return None
    bare = replace(rest, together=False)  # 一共 adds up nothing beside one name
    alone = [is_sure(one) and is_single(one, lexicon) for one in (bare, *known)]
    if all(alone) and all(_stands_beside(one, bare, lexicon) for one in known):
        return replace(bare, operation=Operation.LOOKUP)
    if not all(is_sure(one) and is_single(one, lexicon) for one in amounts):
        return None
    if not all(_is_part(one, rest, lexicon) for one in known):
        return None
    whole = replace(rest, operation=Operation.LOOKUP)
    return replace(rest, operation=Operation.DIFFERENCE, parts=(whole, *known))


def means_left_out(plan: QueryPlan, left_out: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Whether a look-up found its rows by the very words that say what is left out."""
    pairs = {pair for name in left_out for pair in pairs_of(plain(name))}
    names = [lexicon.rows[t.row_id].label.text for t in plan.cells]
    of_names = plan.operation in (Operation.LOOKUP, Operation.RANK)
    looked_up = of_names and not plan.parts and not plan.selections
    return looked_up and bool(names) and all(pairs & pairs_of(name) for name in names)


def _told_apart(rest: QueryPlan, known: list[QueryPlan], lexicon: Lexicon) -> QueryPlan | None:
    """The plan without the readings that are left out, where others remain: 不算宣传那笔."""
    if rest.operation is not Operation.LOOKUP or rest.selections or rest.parts:
        return None
    out = {lexicon.rows[t.row_id].label.text for one in known for t in one.cells}
    kept = tuple(t for t in rest.cells if lexicon.rows[t.row_id].label.text not in out)
    return replace(rest, cells=kept, facts=()) if kept and len(kept) < len(rest.cells) else None


def _not_below(rest: QueryPlan, known: list[QueryPlan], lexicon: Lexicon) -> QueryPlan | None:
    """The plan without the readings below what is left out, of a name that stands there as well.

    一般行政管理事务，不要政府办公厅的 is the one below 科学技术.
    """
    if rest.operation is not Operation.LOOKUP or rest.selections or rest.parts or not rest.cells:
        return None
    out = {lexicon.rows[t.row_id].label.text for one in known for t in one.cells}

    def is_below(row_id: str) -> bool:
        return any(lexicon.rows[above].label.text in out for above in lexicon.above(row_id))

    names = {lexicon.rows[t.row_id].label.text for t in rest.cells}
    if not any(is_below(row_id) for name in names for row_id in lexicon.by_label.get(name, ())):
        return None
    kept = tuple(t for t in rest.cells if not is_below(t.row_id))
    return replace(rest, cells=kept, facts=()) if kept else None


def leaves_a_place(exclusion: Exclusion) -> bool:
    """Whether what is left out is told by its place: 金额最大的那个."""
    return len(exclusion.left_out) == 1 and _BY_PLACE.match(exclusion.left_out[0]) is not None


def leaves_a_kind(exclusion: Exclusion) -> bool:
    """Whether one kind of spending is left out, and the other asked of: 不算项目支出."""
    apart = all(name in ASPECTS for name in exclusion.left_out)
    return apart and any(kind in exclusion.rest.text for kind in ASPECTS)


def _without_place(rest: QueryPlan, left_out: str) -> QueryPlan | None:
    """The plan without the first or last of its rows by amount; None where it has no rows."""
    place = _BY_PLACE.match(left_out)
    if (
        place is None
        or not rest.selections
        or any(s.descending is not None for s in rest.selections)
    ):
        return None
    count = read_numeral(place["count"]) if place["count"] else 1
    down = place["end"] not in _SMALL
    kept = tuple(replace(s, descending=down, offset=count, total_id=None) for s in rest.selections)
    return replace(rest, selections=kept)


def _number_of(name: str) -> int | None:
    """How many rows are left out under a name: two of 两笔房租; None where it does not say."""
    told = _NUMBER.match(name)
    return read_numeral(told["count"]) if told else None


def _without(
    selection: Selection, left_out: list[tuple[QueryPlan, int | None]], lexicon: Lexicon
) -> Selection | None:
    """The selection without the rows left out; None where some of them are not in its table.

    Each plan comes with the number of its rows, or None for any.
    """
    ids: list[str] = []
    for plan, number in left_out:
        own = [t.row_id for t in plan.cells if t.table_id == selection.table_id]
        labels = {lexicon.rows[t.row_id].label.text for t in plan.cells}
        own += [
            row_id
            for label in labels
            for row_id in lexicon.by_label.get(label, ())
            if lexicon.rows[row_id].table_id == selection.table_id
        ]
        own = [row_id for row_id in own if _is_chosen(lexicon.rows[row_id].row, selection)]
        own = list(dict.fromkeys(own))
        if not own or number not in (None, len(own)):
            return None
        ids += own
    return replace(selection, excluded_ids=tuple(dict.fromkeys(ids)), total_id=None)


def _is_chosen(row: Row, selection: Selection) -> bool:
    """Whether the selection would hold the row, whatever its amount."""
    return (
        selection.level in (None, row.level)
        and selection.side in (None, row.side)
        and (not selection.kinds or row.kind in selection.kinds)
        and (not selection.parent_ids or row.parent_id in selection.parent_ids)
        and (not selection.row_ids or row.id in selection.row_ids)
    )


def _is_part(one: QueryPlan, whole: QueryPlan, lexicon: Lexicon) -> bool:
    """Whether an amount stands below the other in its column, or both in one paragraph.

    One that stands beside the other in its row, under the name of a part, is one as well.
    """
    if any(_is_column_of(part, target, lexicon) for part in one.cells for target in whole.cells):
        return True
    printed = {_amount(t, lexicon) for t in one.cells}
    rows = {t.row_id for t in one.cells}
    for target in whole.cells:
        for row_id in rows:
            entry = lexicon.rows[row_id]
            if entry.table_id != target.table_id or row_id == target.row_id:
                continue
            below = target.row_id in lexicon.sums or target.row_id in lexicon.above(row_id)
            here = next((c.fen for c in entry.row.cells if c.column == target.column), None)
            if below and here is not None and here in printed:
                return True
    passages = {entry.fact.id: entry.fact.passage_id for entry in lexicon.facts}
    said = {passages[t.fact_id] for t in whole.facts}
    return any(passages[t.fact_id] in said for t in one.facts)


def _kind_within(name: str, whole: QueryPlan, lexicon: Lexicon) -> QueryPlan | None:
    """The kind of spending of the very rows of an amount; None where no column tells it."""
    kind = plain(name)
    if kind not in ASPECTS:
        return None
    cells = tuple(
        replace(target, column=column.index)
        for target in whole.cells
        for (column, _), said in zip(
            lexicon.tables[target.table_id].columns,
            lexicon.tables[target.table_id].column_names,
            strict=True,
        )
        if said == kind
    )
    return replace(whole, operation=Operation.LOOKUP, cells=cells, facts=()) if cells else None


def _is_column_of(part: CellTarget, whole: CellTarget, lexicon: Lexicon) -> bool:
    """Whether an amount is told by a column of a row whose whole is the other amount.

    So is the 项目支出 of a sum, wherever else the same sum is printed.
    """
    same = part.row_id == whole.row_id
    if not same and not {part.row_id, whole.row_id} <= lexicon.sums:
        return False
    wholes = lexicon.tables[part.table_id].wholes
    printed = {_amount(replace(part, column=index), lexicon) for index in wholes}
    return part.column not in wholes and _amount(whole, lexicon) in printed


def _stands_beside(one: QueryPlan, other: QueryPlan, lexicon: Lexicon) -> bool:
    """Whether two amounts are of different rows below one and the same row."""
    ours, theirs = ({lexicon.rows[t.row_id] for t in plan.cells} for plan in (one, other))
    apart = {e.label.text for e in ours}.isdisjoint(e.label.text for e in theirs)
    above = {e.row.parent_id for e in ours} & {e.row.parent_id for e in theirs}
    return apart and bool(above - {None})


def _below(one: QueryPlan, whole: QueryPlan, lexicon: Lexicon) -> QueryPlan:
    """The amounts of a name that are a part of the other; all of them where none is."""
    cells = tuple(t for t in one.cells if _is_part(replace(one, cells=(t,)), whole, lexicon))
    return replace(one, cells=cells) if cells else one


def _amount(target: CellTarget, lexicon: Lexicon) -> int | None:
    cells = lexicon.rows[target.row_id].row.cells
    return next((c.fen for c in cells if c.column == target.column), None)


def leaves_a_part_out(
    exclusion: Exclusion, plan: QueryPlan, lexicon: Lexicon, vocabulary: Vocabulary
) -> bool:
    """Whether a part of one amount is left out that no line tells: 福利费，不要退休的.

    A project has no parts; and what is named in full stands beside the amount.
    """
    if plan.operation is not Operation.LOOKUP or of_projects(plan, lexicon):
        return False
    return any(
        plain(name) not in lexicon.by_label and any_narrows(name, lexicon, vocabulary)
        for name in exclusion.left_out
    )


def of_projects(plan: QueryPlan, lexicon: Lexicon) -> bool:
    """Whether the plan looks up projects and nothing else."""
    tables = {lexicon.rows[target.row_id].table_id for target in plan.cells}
    kinds = {lexicon.tables[table_id].table.kind for table_id in tables}
    looked_up = plan.operation is Operation.LOOKUP and not plan.facts
    return looked_up and bool(kinds) and kinds.issubset(PROJECT_TABLES)
