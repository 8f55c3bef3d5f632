"""The plan of a question as it was read, before anything is computed."""

from __future__ import annotations

import re

from index.records import PROJECT_TABLES, FactMeasure, PassageKind
from qa_service.types import CellTarget, Missing, QueryPlan, Scope
from qa_service.understand.cues import Cues
from qa_service.understand.hardly_named import hardly_named
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.limited import limited
from qa_service.understand.named import THAT_PROJECT
from qa_service.understand.operands import names_several
from qa_service.understand.readings import Readings
from qa_service.understand.scope import Scoped
from qa_service.understand.single_amounts import ONE_THING, told_together
from qa_service.understand.weigh import without_claims
from qa_service.understand.weighed import Weighed

_CHANGED = re.compile(
    "增|减|涨|降|升|砍|缩|持平|分[文毫]?[不没未][差变动]|一模一样|[没不未]变|[没不未]动|变化|变动|一样|照旧|原样"
)
_OF_THE_WHOLE = re.compile("预算|总共|一共|总的|全部|全年|一年|今年|合计|全局|整个")
"""The whole budget is named by such a word alone: 今年一共能花多少钱."""
_MOSTLY, _AHEAD = 0.7, 0.1
"""What a reading explains at least, and more than any other, to tell whose things are counted."""


def first_plan(
    scoped: Scoped,
    scope: Scope,
    cues: Cues,
    readings: Readings,
    missing: tuple[Missing, ...],
    weighed: Weighed,
    asked: str,
    lexicon: Lexicon,
) -> QueryPlan:
    """The plan before anything is computed; `asked` is the question that was weighed."""
    cells, facts = readings.cells, readings.facts
    if hardly_named(readings, weighed, lexicon):
        cells = ()
    if THAT_PROJECT.search(weighed.own):
        cells, facts = _of_projects(cells, lexicon), ()
    counted_by: tuple[str, ...] = ()
    if cues.counts:
        counted_by = () if cues.several else _counted_by(readings, lexicon)
        cells, facts = (), tuple(f for f in facts if f.counts)
    return QueryPlan(
        operation=cues.operation,
        scope=Scope(scope.document_ids, scope.year, assumed=not scoped.named or scope.assumed),
        cells=cells,
        facts=facts,
        measure=cues.measure,
        passage_kinds=_kinds_meant(cues, weighed, lexicon),
        entity_row_ids=readings.named_rows,
        unit=cues.unit,
        numeric=cues.numeric,
        descriptive=cues.descriptive,
        existence=cues.existence,
        amount_asked=cues.amount_asked,
        counts=cues.counts,
        several=cues.several,
        which=cues.which,
        told_as_well=cues.told_as_well,
        counted=cues.counted,
        counted_by=counted_by,
        item=cues.item,
        needs=cues.needs,
        fit=readings.fit,
        empty=weighed.total <= weighed.weight(cues.wording_mask)
        and not scoped.named
        and not _OF_THE_WHOLE.search(weighed.spoken),
        limited=limited(weighed, readings, cues, lexicon) or names_several(weighed),
        together=told_together(weighed)
        and cues.measure is FactMeasure.AMOUNT
        and not ONE_THING.search(weighed.spoken),
        missing=missing,
        content=round(weighed.total - weighed.weight(cues.wording_mask), 2),
        read_as=without_claims(asked),
    )


def _counted_by(readings: Readings, lexicon: Lexicon) -> tuple[str, ...]:
    """The projects of which a number of things is asked, where the question tells them apart."""
    rows = dict.fromkeys(target.row_id for target in readings.cells)
    fit = readings.fit
    told = fit.explained >= _MOSTLY and fit.lead >= _AHEAD and not readings.facts
    return tuple(rows) if told and all(lexicon.rows[row_id].goal for row_id in rows) else ()


def _kinds_meant(cues: Cues, weighed: Weighed, lexicon: Lexicon) -> tuple[PassageKind, ...]:
    """The kinds of passage that are asked for: of a term that is explained, what it means.

    事业收入怎么解释 asks for no reason of a change.
    """
    kinds = cues.passage_kinds
    both = PassageKind.GLOSSARY in kinds and PassageKind.EXPLANATION in kinds
    changed = both and _CHANGED.search(weighed.spoken) is not None
    if both and not changed and any(term in weighed.text for term in lexicon.explained):
        return tuple(kind for kind in kinds if kind is not PassageKind.EXPLANATION)
    return kinds


def _of_projects(cells: tuple[CellTarget, ...], lexicon: Lexicon) -> tuple[CellTarget, ...]:
    """The cells of projects."""
    return tuple(c for c in cells if lexicon.tables[c.table_id].table.kind in PROJECT_TABLES)
