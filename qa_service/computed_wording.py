"""A computed value, a list or a ranking to a reply, each with its rows as proof."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.units import format_decimal, from_fen
from qa_service.replies import say
from qa_service.row_outcomes import Computed
from qa_service.types import (
    AmountEvidence,
    AnswerStatus,
    Citation,
    CitationKind,
    Clarification,
    Language,
    Operation,
    Option,
    QueryPlan,
    Route,
    Value,
)
from qa_service.wording import Reply, marks_of, value_of

_STACKED = re.compile(r"[“”‘’「」『』【】〔〕《》<>(){}\[\]\"']{2,}")
"""Brackets and quotation marks upon each other, which no question needs."""


def word_computed(found: Sequence[Computed], plan: QueryPlan, language: Language) -> Reply:
    """The reply that a computed value, a list or a ranking gives; which one, where they differ."""
    if len(found) > 1:
        return _which(found, plan, language)
    return _one(found[0], plan, language)


def _which(found: Sequence[Computed], plan: QueryPlan, language: Language) -> Reply:
    """All outcomes that the question may mean, labelled, and which one is meant."""
    citations: list[Citation] = []
    values: list[Value] = []
    parts: list[str] = []
    options: list[Option] = []
    for computed in found:
        reply = _one(computed, plan, language, after=len(citations))
        citations += reply.citations
        values += reply.values[:1] if computed.value is not None else reply.values
        parts.append(reply.text)
        asked = f"{computed.heading}{computed.what.removeprefix(computed.heading)}中，"
        read = _STACKED.sub("", plan.read_as)
        options.append(Option(computed.what or computed.heading, asked + read))
    return Reply(
        AnswerStatus.CLARIFY,
        Route.NUMERIC,
        say(language, "computed_several", parts="\n".join(parts)),
        tuple(values),
        tuple(citations),
        Clarification(say(language, "which_amount"), tuple(options)),
    )


def _one(computed: Computed, plan: QueryPlan, language: Language, after: int = 0) -> Reply:
    """The reply of one outcome, its citations numbered from `after` + 1."""
    numbers: dict[tuple[str, str | None, str], int] = {}

    def number(citation: Citation) -> Citation:
        key = (citation.url, citation.column, citation.quote)
        return replace(citation, n=numbers.setdefault(key, after + len(numbers) + 1))

    citations = tuple(dict.fromkeys(number(c) for c in computed.citations))
    known = {(c.url, c.column) for c in citations}
    all_of_them = tuple(c for c in citations if c.kind is CitationKind.ROWS)
    rows = tuple(
        replace(
            a,
            citations=tuple(number(c) for c in a.citations if (c.url, c.column) in known)
            or all_of_them,
        )
        for a in computed.rows
    )
    values = _computed_values(computed, rows, citations, plan)
    text = _computed_text(computed, rows, values, citations, language)
    route = Route.NARRATIVE if _tells_names(computed, plan) else Route.NUMERIC
    return Reply(AnswerStatus.ANSWERED, route, text, values, citations)


def _tells_names(computed: Computed, plan: QueryPlan) -> bool:
    """Whether names alone are asked for, by what they hold: 名称带“监控”的项目有哪些."""
    by_name = any(selection.contains for selection in plan.selections)
    limited = any(selection.limits_said for selection in plan.selections)
    return computed.operation is Operation.LIST and by_name and not (limited or plan.amount_asked)


def _computed_values(
    computed: Computed,
    rows: tuple[AmountEvidence, ...],
    citations: tuple[Citation, ...],
    plan: QueryPlan,
) -> tuple[Value, ...]:
    own = tuple(value_of(plan, row) for row in rows)
    if computed.value is None:
        return own
    unit, number = computed.unit, computed.value
    if computed.fen is not None and plan.unit not in (None, unit):
        unit, number = plan.unit, from_fen(computed.fen, plan.unit)
    counted = computed.fen is None and unit not in ("%", "倍", "个")
    places = None if counted else 0 if unit in ("个", "元") else 2
    first = Value(
        label=computed.what or _named(rows),
        value=format_decimal(number, places=places),
        unit=unit,
        amount_yuan=f"{from_fen(computed.fen, '元'):.2f}" if computed.fen is not None else None,
        formula=computed.formula,
        citations=tuple(c.n for c in citations),
    )
    return (first, *own)


def _named(rows: tuple[AmountEvidence, ...]) -> str:
    """What the rows are called together."""
    return "、".join(dict.fromkeys(row.label for row in rows))


def _rows_text(
    computed: Computed,
    rows: tuple[AmountEvidence, ...],
    values: tuple[Value, ...],
    citations: tuple[Citation, ...],
    language: Language,
) -> str:
    """A list or a ranking, a line a row."""
    lines = [
        say(
            language,
            "computed_row",
            label=row.label,
            amount=f"{v.value}{v.unit}",
            marks=marks_of(c for c in row.citations if c.kind is not CitationKind.ROWS),
        )
        for row, v in zip(rows, values, strict=True)
    ]
    lines += [marks_of(c for c in citations if c.kind is CitationKind.ROWS)]
    listed = "\n".join(line for line in lines if line)
    if not rows:
        none = marks_of(citations)
        return say(language, "computed_none", what=computed.what, marks=none)
    if computed.operation is Operation.LIST:
        return say(language, "computed_list", what=computed.what or _named(rows), rows=listed)
    what = computed.what or say(language, "named_rows")
    if len(rows) == 1 and computed.what:
        return say(language, "computed_first", what=what, row=lines[0])
    order = say(language, "order_down" if computed.descending else "order_up")
    return say(language, "computed_rank", what=what, order=order, rows=listed)


def _computed_text(
    computed: Computed,
    rows: tuple[AmountEvidence, ...],
    values: tuple[Value, ...],
    citations: tuple[Citation, ...],
    language: Language,
) -> str:
    if computed.value is None:
        return _rows_text(computed, rows, values, citations, language)
    marks = marks_of(citations)
    amount = f"{values[0].value}{values[0].unit}"
    fields = {"formula": computed.formula or computed.what, "marks": marks}
    what = computed.what or _named(rows)
    dated = {**fields, "what": what, "year": computed.year, "amount": amount}
    match computed.operation:
        case Operation.COUNT if not rows:
            return say(language, "computed_none", what=computed.what, marks=marks)
        case Operation.COUNT:
            return say(language, "computed_count", what=computed.what, value=amount, marks=marks)
        case Operation.SHARE:
            one, other = (row.label for row in rows)
            return say(language, "computed_share", one=one, other=other, value=amount, **fields)
        case Operation.RATIO:
            one, other = (row.label for row in rows)
            return say(language, "computed_ratio", one=one, other=other, value=amount, **fields)
        case Operation.DIFFERENCE:
            first, *others = (row.label for row in rows)
            without = "、".join(others)
            return say(language, "computed_rest", one=first, other=without, **dated)
        case Operation.COMPARE if computed.value == 0:
            named = say(language, "amount_named")
            one, other = (*(row.label for row in rows), named)[:2]
            same = f"{values[1].value}{values[1].unit}"
            return say(language, "computed_same", one=one, other=other, amount=same, marks=marks)
        case Operation.COMPARE if len(rows) == 1:
            own = f"{values[1].value}{values[1].unit}"
            reply = "computed_over" if computed.descending else "computed_under"
            return say(language, reply, one=rows[0].label, own=own, **dated)
        case Operation.COMPARE:
            return say(
                language,
                "computed_more",
                more=rows[0].label,
                less=rows[1].label,
                more_amount=f"{values[1].value}{values[1].unit}",
                less_amount=f"{values[2].value}{values[2].unit}",
                amount=amount,
                **fields,
            )
        case Operation.AVERAGE if len(rows) == 1 and not computed.what:
            return say(language, "computed_spread", **dated)
        case Operation.AVERAGE:
            return say(language, "computed_average", **dated)
        case _:
            return say(language, "computed_sum", **dated)
