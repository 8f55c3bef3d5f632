"""Projects that a question hardly names: one that is about what it asks for, or one word of a name.

信息化建设 is no 信息化建设监理, and 智慧城市 no project of which one word is 智能.
"""

from __future__ import annotations

from index.records import PROJECT_TABLES
from qa_service.understand.entries import RowEntry
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.readings import Readings
from qa_service.understand.weighed import Weighed

_HARDLY_SAID = 0.2
"""Of a name that is meant by everyday words alone, so little tells no project."""
_NOTHING_ELSE, _ALL = 6.0, 0.95
"""A question that says so little, and all of it in the name, tells of no other work."""
_ON_OTHER_WORK = ("监理", "评审", "检查", "审计", "评估", "论证")
"""What is done about other work, whose amount is not that of the work: 信息化建设监理."""
_PAIR = 2


def hardly_named(readings: Readings, weighed: Weighed, lexicon: Lexicon) -> bool:
    """Whether the cells are of projects of whose names everyday words alone say next to nothing."""
    said = 0
    for meaning in weighed.meanings:
        said |= meaning.mask
    if not said or readings.fit.asked >= _HARDLY_SAID:
        return False
    rows = _projects(readings, lexicon)
    own = any(weighed.weight(weighed.mask(row.label) & ~said) > 0 for row in rows)
    return bool(rows) and not own


def is_about_it(readings: Readings, weighed: Weighed, lexicon: Lexicon) -> bool:
    """Whether nothing but other work is spoken of than that of the projects, which is about it."""
    if weighed.total > _NOTHING_ELSE or readings.fit.explained < _ALL:
        return False
    rows = _projects(readings, lexicon)
    return bool(rows) and all(_is_about(row, weighed) for row in rows)


def _projects(readings: Readings, lexicon: Lexicon) -> list[RowEntry]:
    """The rows of the readings; none where some are of no projects."""
    rows = [lexicon.rows[cell.row_id] for cell in readings.cells]
    kinds = {lexicon.tables[row.table_id].table.kind for row in rows}
    return [] if readings.facts or not kinds.issubset(PROJECT_TABLES) else rows


def _is_about(row: RowEntry, weighed: Weighed) -> bool:
    """Whether what is said stands in the name before work on it that is not spoken of."""
    label = row.label.text
    told = [weighed.text, *(t for m in weighed.meanings for t in m.terms if t in label)]
    for work in _ON_OTHER_WORK:
        at = label.find(work)
        before = label[max(at - _PAIR, 0) : at]
        spoken_of = any(work in one for one in told)
        if at >= _PAIR and not spoken_of and any(before in one for one in told):
            return True
    return False
