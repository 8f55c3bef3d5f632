"""The readings of a question: which cells and facts it may mean, each with a score.

A reading explains characters of the question by its label, its column, its
table and its side, and costs for what it says that the question does not ask.
Readings that score alike stay side by side, so that ambiguity is seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from index.records import Column, DocumentKind, Fact, FactMeasure, RowKind
from index.units import is_money
from qa_service.types import CellTarget, FactTarget, Fit
from qa_service.understand.alike import LEAST_LABEL, rows_alike
from qa_service.understand.amounts import read_limits, sets_as
from qa_service.understand.cues import Cues
from qa_service.understand.elsewhere import held_within_words, of_other_tables
from qa_service.understand.entries import (
    OF_CODES,
    FactEntry,
    Form,
    RowEntry,
    TableEntry,
    accounts_said,
    column_name,
)
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.named import codes_named, projects_meant, tables_named
from qa_service.understand.rivals import Scored, equally_good, name_of
from qa_service.understand.units import OWN, OWN_WORDS
from qa_service.understand.weighed import GENERIC, Span, Weighed, occurrences

_LABEL_SHARE = 0.35
"""How much of its score a label loses when none of it is asked for."""
_GOAL_TRUST = 0.7
"""What a character is worth that only the project's goal explains."""
_NARROWED = 0.3
_QUALIFIED = 0.03
_OF_A_UNIT = 0.1
"""What it costs to be one unit's, where the question names no unit."""
_SOFT_ASPECTS = ("财政拨款", "一般公共预算")
_SPENDING, _LEAST_PLACE = "支出", 4
"""A longer name tells where a row stands without its last word as well: 科学技术下面的."""
_COUNTED = 0.8
"""How far 几辆车 asks for 车辆, whose unit is 辆."""
_NO_COLUMN = -1
_WHOLE = ("总", "总的", "全部", "整个", "全年")
"""Said of the income or the spending of a whole budget: 总预算."""
_MONEY = re.compile(
    "(?<=[那这])(?:一)?(?:块|笔|部分)|钱|元|预算|经费|资金|费|花|拨款|开[销支]|支出|成本|(?:列|安排|编|批|留|备|给|投)了?多少|"
    "一年(?:下来|到头)?(?:大概|大约|总共|一共)?(?:得|要|需要)多少(?![辆个台名人位间])"
)
_WHOLE_OF_A_UNIT = re.compile("(?<!项目)(?<!基本支出)预算|盘子|总共|一共|总计|总额|收入")
_MONEY_OF = re.compile("的(?P<money>费用|经费|资金|支出|开支|款项|花费|花销|预算)")


@dataclass(frozen=True, slots=True)
class Readings:
    """The best readings of each sort, and how much of the question the best one explains."""

    cells: tuple[CellTarget, ...]
    facts: tuple[FactTarget, ...]
    fit: Fit
    named_rows: tuple[str, ...]
    """Rows that the question names, the best named first."""
    mask: int = 0
    """The characters that the best reading explains."""


class _HeadColumn(NamedTuple):
    """A column that may be meant, with the characters of the question that its path explains."""

    column: Column
    mask: int


class _Head(NamedTuple):
    """A table's head beside one question."""

    title: int
    columns: list[_HeadColumn]
    aspects_unasked: list[str]
    cost: float
    """What it costs that the table tells what was spent, where the question asks for 预算."""
    """What the title narrows the amounts to and the question does not say."""


class _Placed(NamedTuple):
    """The rows that others are parts of, as the question says them."""

    mask: int
    said: bool


def read(question: Weighed, cues: Cues, lexicon: Lexicon) -> Readings:
    """All good readings of the question over one document."""
    if cues.numeric >= 1 and not cues.counts:
        question = question.leniently()
    if question.total == 0 and cues.numeric < 1:
        return Readings((), (), Fit(), ())
    tables, table_mask = tables_named(question, lexicon)
    question = question.without(table_mask)
    codes, code_mask = codes_named(question, lexicon)
    fixed = code_mask | cues.measure_mask | cues.wording_mask | _of_money(question)
    rows = codes or projects_meant(rows_alike(question, lexicon), question, lexicon)
    of_rows: list[Scored] = []
    of_facts: list[Scored] = []
    beside = _Beside(question, lexicon, tables, fixed, bool(codes))
    if cues.measure is FactMeasure.AMOUNT:
        for row_id in dict.fromkeys(rows):
            of_rows += beside.readings(row_id)
    if tables is None and not codes:
        for fact in lexicon.facts_of.get(cues.measure, ()):
            of_facts += _fact(question, fact, fixed, cues)
    kept, reach = equally_good(_sorted(of_rows, of_facts), question, lexicon)
    if cues.measure is FactMeasure.AMOUNT and not codes and reach <= beside.most_of_sums():
        chosen = frozenset(rows)
        for row_id in lexicon.totals:
            if row_id not in chosen:
                of_rows += beside.readings(row_id)
        kept, _ = equally_good(_sorted(of_rows, of_facts), question, lexicon)
    targets = [s.target(lexicon.document.id) for s in kept]
    return Readings(
        cells=tuple(target for target in targets if isinstance(target, CellTarget)),
        facts=tuple(target for target in targets if isinstance(target, FactTarget)),
        fit=_fit(kept, [*of_rows, *of_facts], question, fixed, lexicon),
        named_rows=_named(question, lexicon, rows),
        mask=kept[0].mask if kept else 0,
    )


class _Beside:
    """Rows beside one question; what they share, heads of tables and rows above, is read once."""

    def __init__(
        self,
        question: Weighed,
        lexicon: Lexicon,
        tables: frozenset[str] | None,
        fixed: int,
        by_code: bool,
    ) -> None:
        self._question = question
        self._lexicon = lexicon
        self._tables = tables
        self._fixed = fixed
        self._by_code = by_code
        self._apart = held_within_words(question, lexicon)
        self._elsewhere = of_other_tables(question, lexicon, tables) if tables else ()
        self._heads: dict[str, _Head] = {}
        self._placed: dict[str, _Placed] = {}
        self._sides: dict[str, int] = {}
        self._of_codes = question.words_mask(OF_CODES)

    def readings(self, row_id: str) -> list[Scored]:
        """The readings of a row; none where the question names another table or nothing of it."""
        question, lexicon = self._question, self._lexicon
        entry = lexicon.rows[row_id]
        table_id = entry.table_id
        meant = self._tables is None or table_id in self._tables
        own = row_id in lexicon.own_lines
        if not meant or (own and not _may_be_own(row_id, question, lexicon)):
            return []
        if row_id in self._apart:
            return []
        if self._elsewhere and not any(name in entry.label.text for name in self._elsewhere):
            return []
        label = question.mask_of_all(entry.printed)
        if entry.called:
            label |= _shorter_names(question, entry)
        if not (self._by_code or row_id in lexicon.sums or question.says_something(label)):
            return []
        head = self._heads.get(table_id)
        if head is None:
            head = self._heads[table_id] = _head(
                question, lexicon.tables[table_id], lexicon.document.kind
            )
        above = entry.row.parent_id
        within = _placed(above, question, lexicon, self._placed)
        named = self._fixed | label | head.title | within.mask
        if entry.row.code:
            named |= self._of_codes
        if own and lexicon.own_lines[row_id] == "":
            named |= question.words_mask(OWN_WORDS)
        if entry.row.side:
            named |= question.mask_of_all(entry.side_forms) | self._side(entry.row.side)
        asked = row_id in lexicon.sums or self._by_code
        return _cells(question, lexicon, entry, head, named, within, as_whole=asked)

    def _side(self, side: str) -> int:
        """Where a side is named by its character alone: 支 in 收支 names both."""
        found = self._sides.get(side)
        if found is None:
            found = self._sides[side] = _single(self._question, side)
        return found

    def most_of_sums(self) -> float:
        """What no sum of a table explains more of, and by which none scores more."""
        question = self._question
        mask = self._fixed | question.most_explained(self._lexicon.sum_pairs)
        return _explained(question, question.with_examples(mask), 0)


def _sorted(*scored: list[Scored]) -> list[Scored]:
    """All readings, the best first; of those that score alike, the first comes first."""
    return sorted(chain.from_iterable(scored), key=lambda s: -s.score)


def _of_money(question: Weighed) -> int:
    """The word for money behind a 的, which every amount explains: 出国的费用."""
    mask = 0
    for found in _MONEY_OF.finditer(question.text) if "的" in question.text else ():
        span = Span(*found.span("money"))
        if all(question.weights[i] <= GENERIC for i in range(span.start, span.end)):
            mask |= span.mask
    return mask


def _may_be_own(row_id: str, question: Weighed, lexicon: Lexicon) -> bool:
    """Whether a row is no line of the department itself beside its units, or that is said."""
    own = lexicon.own_lines.get(row_id)
    return own is None or (own or OWN) in question.text


def _fit(
    kept: list[Scored], scored: list[Scored], question: Weighed, fixed: int, lexicon: Lexicon
) -> Fit:
    """How the best of the readings that are kept fits, beside all that were scored.

    `fixed` are the characters that no reading needs to explain.
    """
    best = kept[0] if kept else None
    mask = best.mask if best else fixed
    name = name_of(best) if best else ""
    next_best = max((s.explained for s in scored if name_of(s) != name), default=0.0)
    return Fit(
        explained=round(best.explained, 4) if best else 0.0,
        asked=round(best.asked, 4) if best else 0.0,
        left=round(question.weight_beside(mask), 2),
        unexplained=question.left_over(mask),
        terms_left=question.terms_outside(mask),
        broken=question.broken(mask) if best and not best.whole else 0,
        foreign=question.foreign(mask, lexicon.spoken),
        unread=question.unread(mask, lexicon.column_pairs),
        telling=question.told_otherwise(mask),
        lead=round(best.explained - next_best, 4) if best else 0.0,
    )


def _head(question: Weighed, table: TableEntry, kind: DocumentKind) -> _Head:
    """The head of a table beside the question: the columns that may be meant."""
    text = question.text
    columns = [
        _HeadColumn(column, question.mask_of_all(parts))
        for (column, parts), name in zip(table.columns, table.column_names, strict=True)
        if column.is_whole or (name is not None and name in text)
    ]
    beside = [aspect for aspect in table.aspects if aspect not in text]
    other = kind is DocumentKind.FINAL_ACCOUNT and not table.accounts
    cost = (
        _NARROWED if other and accounts_said(question.text) == {DocumentKind.BUDGET.value} else 0.0
    )
    return _Head(question.mask(table.title), _of_account(question, table, columns), beside, cost)


def _of_account(
    question: Weighed, table: TableEntry, columns: list[_HeadColumn]
) -> list[_HeadColumn]:
    """The columns of what is asked for, 预算 or 决算, where the table prints both of a row."""
    said = accounts_said(question.text).intersection(table.accounts.values())
    if len(said) != 1:
        return columns
    asked = next(c for c, _ in table.columns if table.accounts.get(c.index) in said)
    mask = question.words_mask(tuple(f"{kind}{end}" for kind in said for end in ("数", "")))
    others = [c for c in columns if c.column.index not in table.accounts]
    return [_HeadColumn(asked, mask), *others]


def _shorter_names(question: Weighed, entry: RowEntry) -> int:
    """Where the question says one of the shorter names of a unit."""
    mask = 0
    for form in entry.called:
        mask |= question.words_mask((form.text,)) if form.text in question.text else 0
    return mask


def _cells(
    question: Weighed,
    lexicon: Lexicon,
    entry: RowEntry,
    head: _Head,
    named: int,
    within: _Placed,
    *,
    as_whole: bool,
) -> list[Scored]:
    """The readings of a row, one a column; `named` is what it explains but for its column.

    `as_whole` says that it is asked for, whatever the question says of its name.
    """
    is_sum, side = entry.row.id in lexicon.sums, entry.row.side
    unasked = 0.0 if within.said else _of_one_unit(question, entry, lexicon)
    goal = question.mask(entry.goal) if entry.goal else 0
    asked = 1.0 if as_whole else label_asked(question, entry)
    worth = 1 - _LABEL_SHARE * (1 - asked)
    found: list[Scored] = []
    whole = question.says_whole(entry.label)
    for column, column_mask in head.columns:
        if side and column.path[0] != side:
            continue
        mask = question.with_examples(named | column_mask)
        explained = _explained(question, mask, goal)
        cost = _cost(entry, head, column, is_sum=is_sum) + unasked
        score = round(explained * worth - cost, 4)
        found.append(Scored(score, entry, column.index, explained, asked, mask | goal, mask, whole))
    return found


def _of_one_unit(question: Weighed, entry: RowEntry, lexicon: Lexicon) -> float:
    """What it costs a row to be one unit's, where no unit is named."""
    if entry.row.id in lexicon.unit_parts:
        return _OF_A_UNIT * _of_all_a_unit_has(question, lexicon.tables[entry.table_id])
    return _OF_A_UNIT if entry.row.id in lexicon.of_units else 0.0


def _of_all_a_unit_has(question: Weighed, table: TableEntry) -> bool:
    """Whether the whole budget of a unit is asked for, and not the part that the table prints."""
    narrowed = any(aspect in question.text for aspect in table.aspects)
    return not narrowed and _WHOLE_OF_A_UNIT.search(question.own) is not None


def _placed(
    row_id: str | None, question: Weighed, lexicon: Lexicon, known: dict[str, _Placed]
) -> _Placed:
    """What the question says of the row and of those above it; None is above all rows."""
    if row_id is None:
        return _Placed(0, said=False)
    found = known.get(row_id)
    if found is None:
        entry = lexicon.rows[row_id]
        mask, said = _placed(entry.row.parent_id, question, lexicon, known)
        if _is_placed_in(entry, question):
            mask, said = mask | question.mask(entry.label), True
        if lexicon.own_lines.get(row_id) == "" and OWN in question.text:
            mask, said = mask | question.words_mask(OWN_WORDS), True
        found = known[row_id] = _Placed(mask, said)
    return found


def _is_placed_in(parent: RowEntry, question: Weighed) -> bool:
    """Whether the question names the row that another one is a part of: 科学技术下面的."""
    if any(name.text in question.text for name in parent.names):
        return True
    short = parent.label.text.removesuffix(_SPENDING)
    return len(short) >= _LEAST_PLACE and (short in question.text or question.places_in(short))


def _cost(entry: RowEntry, head: _Head, column: Column, *, is_sum: bool) -> float:
    """What a reading costs for narrowing the amount in ways that were not asked for."""
    cost = head.cost
    header = "" if column.is_whole else column.path[-1]
    if is_sum:
        for aspect in head.aspects_unasked:
            if aspect in header:
                continue
            cost += _QUALIFIED if aspect in _SOFT_ASPECTS else _NARROWED
    if not column.is_whole:
        cost += _QUALIFIED
    if entry.row.kind is RowKind.SUBTOTAL:
        cost += _QUALIFIED
    return cost


_THOSE = re.compile("[那这]几[辆台间栋套个]")
"""Things that are pointed at, of which no number is asked for: 那几辆车一年多少."""


def _may_count(fact: Fact, question: Weighed, cues: Cues) -> bool:
    """Whether the question may ask for a fact of its unit: 多少钱 asks for no 辆."""
    if is_money(fact.unit) or fact.measure is not FactMeasure.AMOUNT:
        other = cues.counts and fact.unit != cues.counter
        return not (other and fact.measure is FactMeasure.AMOUNT)
    pointed_at = _THOSE.search(question.text) is not None
    if not cues.counts and (pointed_at or "钱" in question.text):
        return False
    if cues.counts:
        return True
    if _MONEY.search(question.text):  # the 辆 of 车辆 asks for no number of them
        return re.search(rf"[几少\d]{re.escape(fact.unit)}", question.text) is not None
    return cues.amount_asked or fact.unit in question.text


def _fact(question: Weighed, entry: FactEntry, fixed: int, cues: Cues) -> list[Scored]:
    counted = cues.counter == entry.fact.unit and cues.counted[:1] in entry.subject.text
    if not (counted or question.shares_with(entry.subject) or entry.also):
        return []
    subject = question.mask(entry.subject) | (question.mask(entry.also) if entry.also else 0)
    if counted:
        at = question.text.find(f"{cues.counter}{cues.counted[:1]}")
        if at >= 0:
            subject |= Span(at, at + 1 + len(cues.counted[:1])).mask
        elif cues.counted:  # 车有几辆
            subject |= question.words_mask((cues.counted, cues.counter or ""))
    if not subject or not _may_count(entry.fact, question, cues):
        return []
    asked = max(
        question.share_said(entry.subject),
        question.share_said(entry.also) if entry.also else 0.0,
        _COUNTED if counted else 0.0,
    )
    if asked < LEAST_LABEL:
        return []
    mask = fixed | subject | question.mask(entry.around)
    mask |= question.words_mask((entry.fact.unit, str(entry.fact.year)))
    if entry.of_whole:
        mask |= question.words_mask(_WHOLE)
    limits = None if entry.least_fen is None else read_limits(question.spoken)
    if limits is not None:
        if not sets_as(limits, entry.least_fen):
            return []
        mask |= limits.mask
    explained = _explained(question, mask, 0)
    score = round(explained * (1 - _LABEL_SHARE * (1 - asked)) - _QUALIFIED, 4)
    whole = entry.subject.text in question.text
    return [Scored(score, entry, _NO_COLUMN, explained, asked, mask, mask, whole)]


def _explained(question: Weighed, mask: int, goal: int) -> float:
    """The share of the question's weight that the mask explains, the goal's part at less."""
    if question.total == 0:
        return 1.0
    by_goal = question.weight(goal & ~mask) if goal else 0.0
    return (question.weight(mask) + _GOAL_TRUST * by_goal) / question.total


def label_asked(question: Weighed, entry: RowEntry) -> float:
    """The share of the row's name that the question says, 0 to 1."""
    return question.most_said(entry.names)


def is_asked(question: Weighed, parts: tuple[Form, ...]) -> bool:
    """Whether the question names the column itself, not only what it is a part of."""
    name = column_name(parts)
    return name is not None and name in question.text


def _single(question: Weighed, side: str) -> int:
    """The characters of the question that name a side by its character alone."""
    return sum(
        span.mask
        for span in occurrences(question.text, side[0])
        if question.weights[span.start] <= GENERIC
    )


def _named(question: Weighed, lexicon: Lexicon, rows: tuple[str, ...]) -> tuple[str, ...]:
    """Rows with a text of their own that the question names."""
    entries = [lexicon.rows[row_id] for row_id in rows]
    return tuple([one.row.id for one in entries if one.goal and question.most_said(one.names) > 0])
