"""Which readings of a question stand side by side: those that explain it as well as the best one.

So ambiguity is seen; a reading that leaves out what the best one explains is no rival of it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from index.records import PROJECT_TABLES, RowKind
from index.units import is_money
from qa_service.types import CellTarget, FactTarget
from qa_service.understand.entries import FactEntry, Form, RowEntry, make_form, stem_of
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.weighed import GENERIC, Weighed

ALIKE = 0.06
"""Readings whose scores differ by less are equally good."""
_AS_MUCH = 0.02
"""A reading that explains less of a question by no more than that explains as much of it."""
_LESS_NAMED = 0.3
"""A reading whose name is said by so much less than the best one's is no rival."""
_MOST_OF_LONGER = 0.55
"""The least share of a longer name that must be said for it to be meant."""
_WHOLES = ("总支出", "总收入", "总的支出", "总的收入", "总预算", "支出总计", "收入总计")
_OTHERS = "其他"
"""How the line of all that has no line of its own begins."""
_A_WORD = 2
_TWO = 2
_FEW = 5
"""A pair of characters that more labels hold tells none of them."""
_BOTH = 0b11
_NEARLY_AS_MUCH = 0.15
_HEAD, _WHOLE_HEAD = 4, 0.9
_ROUNDED = 0.001
"""More than a score can be by being rounded."""
_SORT = re.compile("(?:服务|建设|改造|升级|工程|工作|专项|采购|费用|经费|项目|费)+$")
"""How names of projects end that are of very different sorts."""


class Scored(NamedTuple):
    """One reading; very many are made for each question and few kept, hence no dataclass."""

    score: float
    entry: RowEntry | FactEntry
    column: int
    """Of a row; a fact has none."""
    explained: float
    asked: float
    mask: int
    said: int
    """The characters that its own name, and not its goal, explains."""
    whole: bool
    """Whether the question says the very name, not only what tells it from others."""

    def target(self, document_id: str) -> CellTarget | FactTarget:
        """What the reading means."""
        if isinstance(self.entry, RowEntry):
            row, table_id = self.entry.row, self.entry.table_id
            return CellTarget(row.id, table_id, document_id, self.column, self.score)
        fact = self.entry.fact
        counts = not is_money(fact.unit)
        return FactTarget(fact.id, document_id, fact.measure, self.score, counts)


class Rivals(NamedTuple):
    """The readings that stand side by side, the best one first."""

    kept: list[Scored]
    reach: float
    """Sums of tables of which none explains or scores as much as that change nothing."""


def equally_good(scored: list[Scored], question: Weighed, lexicon: Lexicon) -> Rivals:
    """The best of the readings, sorted by score, and those that are as good as it.

    Where the best one's name is asked for in full, or all terms of the question
    are in it, a reading of which that is not so is no rival.
    """
    if not scored or scored[0].score <= 0:
        return Rivals([], 0.0)
    first = scored[0]
    scored = _headed(scored, question, lexicon)
    best = _fuller(scored)
    reach = min(
        min(one.score - ALIKE, one.explained - _NEARLY_AS_MUCH) for one in (first, scored[0], best)
    )
    terms = question.terms_outside(best.mask)
    kept = [
        s
        for s in scored
        if (s.score >= best.score - ALIKE or _says_as_much(s, best))
        and (s.asked == 1 or best.asked < 1)
        and question.terms_outside(s.mask) <= terms
        and (s.whole or not best.whole)
        and not _says_less(s, best, question, lexicon)
    ]
    kept += [s for s in scored if s not in kept and _is_called_so_too(s, best, lexicon)]
    kept = _grand(_without_others(kept, question), question)
    left = _letter_left(kept, question)
    if left is not None:
        return Rivals(_told_by_a_letter(kept, left, question), reach - _ROUNDED)
    kept = _without_parts_of(kept, question, lexicon)
    family = _family(kept, scored, lexicon)
    return Rivals(family, 0.0) if family else Rivals(kept, reach - _ROUNDED)


def _is_called_so_too(other: Scored, best: Scored, lexicon: Lexicon) -> bool:
    """Whether a project's name is the best one's and a word, and neither is said literally.

    系统的运维 is 系统运行维护 and 系统日常运行维护 alike.
    """
    if best.whole or other.explained < best.explained or _head(best, lexicon) is None:
        return False
    short, long = sorted((name_of(best), name_of(other)), key=len)
    more = len(long) - len(short)
    if _head(other, lexicon) is None or not 0 < more <= _A_WORD:
        return False
    return any(long[:i] + long[i + more :] == short for i in range(len(short) + 1))


def _letter_left(kept: list[Scored], question: Weighed) -> int | None:
    """Where the question has one character that none of the readings explains; None for another.

    It may tell one of them: 肉储备.
    """
    explained = 0
    for s in kept:
        explained |= s.mask
    left = [i for i, weight in enumerate(question.weights) if weight > GENERIC]
    left = [i for i in left if not explained >> i & 1]
    return left[0] if len(left) == 1 else None


def _told_by_a_letter(kept: list[Scored], at: int, question: Weighed) -> list[Scored]:
    """The readings whose name holds the one character that none of them explains."""
    if len(kept) < _TWO:
        return kept
    letter, mask = question.text[at], 1 << at
    more = question.weight(mask) / question.total
    return [
        s._replace(mask=s.mask | mask, explained=s.explained + more)
        for s in kept
        if letter in _name_of(s)
    ] or kept


def _headed(scored: list[Scored], question: Weighed, lexicon: Lexicon) -> list[Scored]:
    """The readings without projects of whose sort nothing is said, where another's is said.

    免费刻章 is said of a project that makes seals, and not of cameras where they are made.
    """
    best = scored[0]
    near = [s for s in scored if s.explained >= best.explained - _NEARLY_AS_MUCH]
    said = [s.explained for s in near if _share_of_head(s, question, lexicon) >= _WHOLE_HEAD]
    if not said:
        return scored
    most = max(said) + _AS_MUCH
    kept = [
        s
        for s in scored
        if s.asked == 1
        or s.explained > most
        or (s.mask & best.mask == best.mask and s.asked >= best.asked - ALIKE)
        or _share_of_head(s, question, lexicon) != 0
    ]
    return kept or scored


def _head(one: Scored, lexicon: Lexicon) -> Form | None:
    """What sort of thing a project is, by the end of its name; None for what is no project."""
    if not isinstance(one.entry, RowEntry):
        return None
    if lexicon.tables[one.entry.table_id].table.kind not in PROJECT_TABLES:
        return None
    return _head_of(one.entry.core.text)


@lru_cache(maxsize=4096)
def _head_of(project: str) -> Form | None:
    name = _SORT.sub("", project)
    return make_form(name[-_HEAD:]) if len(name) > 2 * _HEAD else None


def _share_of_head(one: Scored, question: Weighed, lexicon: Lexicon) -> float:
    """The share of a project's sort that the question says; below 0 for what is no project."""
    head = _head(one, lexicon)
    return -1.0 if head is None else question.share_said(head)


def _fuller(scored: list[Scored]) -> Scored:
    """The best reading, or the one of a longer name that explains more: 拟购置固定资产."""
    best = scored[0]
    name = name_of(best)
    longer = [
        s
        for s in scored[1:]
        if s.explained > best.explained + _AS_MUCH
        and s.asked >= _MOST_OF_LONGER
        and name != name_of(s)
        and name in name_of(s)
    ]
    return max(longer, key=lambda s: s.score, default=best)


def name_of(one: Scored) -> str:
    """The plain name of what a reading means."""
    return one.entry.label.text if isinstance(one.entry, RowEntry) else one.entry.subject.text


def _without_others(kept: list[Scored], question: Weighed) -> list[Scored]:
    """The readings without 其他工资福利支出 where 工资福利 alone is said."""
    if _OTHERS in question.text:
        return kept
    return [s for s in kept if not _name_of(s).startswith(_OTHERS)] or kept


def _grand(kept: list[Scored], question: Weighed) -> list[Scored]:
    """The readings that are totals, where the whole is asked for: 总支出 is no 本年支出合计."""
    if not question.words_mask(_WHOLES):
        return kept
    return [
        s for s in kept if isinstance(s.entry, RowEntry) and s.entry.row.kind is RowKind.TOTAL
    ] or kept


def _name_of(one: Scored) -> str:
    """The plain label of a reading's row; empty for a fact."""
    return one.entry.label.text if isinstance(one.entry, RowEntry) else ""


def _family(kept: list[Scored], scored: list[Scored], lexicon: Lexicon) -> list[Scored]:
    """The row that all of several readings are parts of, where it is said as well as they are.

    公车 is said of 公务用车购置费 and of 公务用车运行维护费: what holds both is meant. Empty where
    there is no such row.
    """
    if len(kept) < _TWO:
        return []
    by_table: dict[str, list[tuple[str, int]]] = {}
    for s in kept:
        if isinstance(s.entry, RowEntry):
            by_table.setdefault(s.entry.table_id, []).append((s.entry.row.id, s.column))
    for own in by_table.values():
        above = set.intersection(*({row_id, *lexicon.above(row_id)} for row_id, _ in own))
        if len({row_id for row_id, _ in own} - above) < _TWO:
            continue
        whole = [
            s.entry.label.text
            for s in scored
            if isinstance(s.entry, RowEntry)
            and s.entry.row.id in above
            and s.column == own[0][1]
            and s.entry.row.id not in lexicon.sums
            and s.explained >= kept[0].explained - _AS_MUCH
        ]
        if whole:
            rows = (s for s in scored if isinstance(s.entry, RowEntry))
            return [s for s in rows if _label_of(s) == whole[0]]
    return []


def _without_parts_of(kept: list[Scored], question: Weighed, lexicon: Lexicon) -> list[Scored]:
    """The readings without parts of a row whose very name is said: 住房保障 is no 住房公积金."""
    said = {
        s.entry.row.id
        for s in kept
        if isinstance(s.entry, RowEntry) and stem_of(s.entry.label.text) in question.text
    }
    return [
        s
        for s in kept
        if not isinstance(s.entry, RowEntry)
        or s.entry.row.id in said
        or not said & {s.entry.row.id, *lexicon.above(s.entry.row.id)}
    ]


def _label_of(one: Scored) -> str:
    return one.entry.label.text if isinstance(one.entry, RowEntry) else ""


def _says_less(one: Scored, best: Scored, question: Weighed, lexicon: Lexicon) -> bool:
    """Whether a reading leaves out a word that the best one explains, and explains no other.

    So does one that explains a telling word by its goal alone, where the best one is called by it.
    """
    if question.weight(one.mask & ~best.mask) > 0:
        return False
    if question.weight(best.mask & ~one.mask) >= 2 * GENERIC:
        return True
    return bool(best.said & ~one.said) and _tells(best.said & ~one.said, question, lexicon)


def _tells(mask: int, question: Weighed, lexicon: Lexicon) -> bool:
    """Whether the characters are a pair that few labels hold: 大厅, and not 政府."""
    return any(
        mask >> i & 3 == _BOTH and 0 < len(lexicon.by_pair.get(pair, ())) <= _FEW
        for i, pair in enumerate(question.pairs)
    )


def _says_as_much(one: Scored, best: Scored) -> bool:
    """Whether a reading explains as much as the best one, of which only a part is asked for."""
    if one.asked < best.asked - _LESS_NAMED:
        return False
    return best.asked < 1 and one.explained >= best.explained - _AS_MUCH
