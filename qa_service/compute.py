"""What a plan's operation gives: over selected rows, or over single amounts.

The rows come from SQLite by the plan's selections (row_outcomes); the operands of
a share, ratio, difference or sum are plans of their own. What cannot be computed
without a guess is not computed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from index.records import RowKind
from index.units import format_decimal, from_fen, is_money
from qa_service.library import Library
from qa_service.numbers import look_up
from qa_service.row_outcomes import Computed, over_rows, rounded
from qa_service.types import AmountEvidence, Citation, Operation, QueryPlan, Selection
from qa_service.understand.elsewhere import differ_elsewhere
from qa_service.understand.entries import ASPECTS

_TWO = 2


def compute(plan: QueryPlan, library: Library) -> tuple[Computed, ...]:
    """What the plan's operation gives: one outcome, or the different ones of its selections.

    Empty where it cannot be computed.
    """
    if plan.selections:
        found = [over_rows(plan.operation, selection, library) for selection in plan.selections]
        told = [one for one in found if one is not None and (one.rows or one.value)]
        kept = told or [one for one in found if one is not None]
        outcomes = {one.outcome: one for one in reversed(kept)}
        apart = any(
            differ_elsewhere(selection.row_ids, library.lexicon(selection.document_id))
            for selection in plan.selections
            if plan.operation is Operation.SUM
        )
        return _by_table(tuple(reversed(outcomes.values())), apart=apart)
    computed = _of_operands(plan, library) if plan.parts else None
    return (computed,) if computed is not None else ()


def _by_table(outcomes: tuple[Computed, ...], *, apart: bool) -> tuple[Computed, ...]:
    """The outcomes, those under one name told apart by the tables that their rows stand in.

    `apart` says that a name of theirs has another amount in another table.
    """
    if len({one.what for one in outcomes}) == len(outcomes) and not apart:
        return outcomes
    names = ("、".join(dict.fromkeys(row.label for row in one.rows)) for one in outcomes)
    return tuple(
        replace(one, what=f"{one.heading}的{one.what or name}")
        for one, name in zip(outcomes, names, strict=True)
    )


def _of_operands(plan: QueryPlan, library: Library) -> Computed | None:
    """A share, ratio, difference, sum, average or order of single amounts."""
    found = [_operand(part, library) for part in plan.parts]
    if plan.divisor is not None:
        return _spread(plan, found[0], Decimal(plan.divisor)) if found[0] is not None else None
    if plan.against is not None:
        return _against(plan, found[0], plan.against) if found[0] is not None else None
    if plan.over_count:
        whole, number = found
        if whole is None or number is None or number.value is None:
            return None
        return _spread(plan, whole, number.value, number.citations) if number.citations else None
    counts = [one for one in found if one is not None and one.value is not None]
    if counts and len(counts) == len(found):
        return _of_counts(plan, counts)
    if len(found) == 1 and plan.operation is Operation.SHARE:
        found.append(_total_of(plan.parts[0], library))
    elif len({one.fen for one in found if one}) < len(found):
        found = [_operand(_by_hand(part), library) for part in plan.parts]
    operands = [one for one in found if one is not None and one.fen is not None and one.citations]
    if len(operands) < len(found) or _twice(operands):
        return None
    if len({one.citations[0].document.id for one in operands}) > 1:
        operands = [_with_department(one) for one in operands]
    if len({one.label for one in operands}) < len(operands):
        operands = _told_apart(operands)
    return _worked_out(plan, operands)


def _told_apart(operands: list[AmountEvidence]) -> list[AmountEvidence]:
    """The amounts under names that say where each stands, many of them in short."""
    in_short = [
        replace(one, label=f"{kind}的{one.label}")
        for one in operands
        if (kind := next((a for a in ASPECTS if a in one.heading), None)) is not None
    ]
    if len({one.label for one in in_short}) == len(operands) > _TWO:
        return in_short
    return [replace(one, label=f"{one.heading}的{one.label}") for one in operands]


def _worked_out(plan: QueryPlan, operands: list[AmountEvidence]) -> Computed | None:
    """What the operation makes of its operands."""
    if plan.operation not in (Operation.LIST, Operation.RANK):
        operands = _in_one_unit(operands)
    if plan.ends:
        return _of_ends(plan, operands)
    match plan.operation:
        case Operation.SHARE:
            return _share(plan, *operands) if len(operands) == _TWO else None
        case Operation.RATIO:
            return _ratio(plan, *operands) if len(operands) == _TWO else None
        case Operation.COMPARE if len(operands) == _TWO:
            return _difference(plan, *operands)
        case Operation.DIFFERENCE if len(operands) >= _TWO:
            return _rest(plan, operands)
        case Operation.SUM | Operation.AVERAGE:
            return _together(plan, operands)
        case Operation.LIST:
            return _base(plan, operands)
        case Operation.RANK | Operation.COMPARE:
            return _in_order(plan, operands)
        case _:
            return None


def _of_ends(plan: QueryPlan, operands: list[AmountEvidence]) -> Computed | None:
    """The largest amount against the smallest; all of them prove which these are."""
    ordered = sorted(operands, key=lambda one: -(one.fen or 0))
    worked_out = _ratio if plan.operation is Operation.RATIO else _difference
    found = worked_out(plan, ordered[0], ordered[-1])
    proof = tuple(c for one in ordered for c in one.citations)
    return replace(found, citations=proof) if found is not None else None


def _in_one_unit(operands: list[AmountEvidence]) -> list[AmountEvidence]:
    """The amounts in the unit of the first, so that a formula is one of like numbers."""
    unit = operands[0].unit
    if all(one.unit == unit or not is_money(one.unit) for one in operands):
        return operands
    return [
        one if one.unit == unit else replace(one, unit=unit, printed="", formula=None)
        for one in operands
    ]


def _operand(part: QueryPlan, library: Library) -> AmountEvidence | None:
    """The one amount of a part: a cell, a fact, or the sum of a selection."""
    if part.selections or part.parts:
        found = compute(part, library)
        return _as_amount(found[0]) if len(found) == 1 else None
    amounts = look_up(part, library).amounts
    return amounts[0] if len(amounts) == 1 else None


def _with_department(amount: AmountEvidence) -> AmountEvidence:
    """The amount under a name that says whose it is."""
    department = amount.citations[0].document.department if amount.citations else ""
    named = amount.label.startswith(department)
    return amount if named else replace(amount, label=f"{department}的{amount.label}")


def _by_hand(part: QueryPlan) -> QueryPlan:
    """The part with its rows added up one by one, whatever sum is printed."""
    rows = tuple(replace(selection, total_id=None) for selection in part.selections)
    return replace(part, selections=rows)


def _as_amount(computed: Computed) -> AmountEvidence:
    if computed.operation is Operation.COUNT:
        return _as_number(computed)
    one = len(computed.rows) == 1
    what = computed.what or "、".join(row.label for row in computed.rows)
    return AmountEvidence(
        label=computed.rows[0].label if one else f"{what}合计",
        fen=computed.fen,
        value=None,
        unit=computed.unit,
        printed="",
        formula=None if one else computed.formula,
        citations=computed.citations,
        heading=computed.heading,
        year=computed.year,
    )


def _as_number(computed: Computed) -> AmountEvidence:
    """The number of the rows that were counted."""
    return AmountEvidence(
        label=f"{computed.what}个数",
        fen=None,
        value=computed.value,
        unit=computed.unit,
        printed="",
        formula=None,
        citations=computed.citations,
        heading=computed.heading,
        year=computed.year,
    )


def _twice(operands: list[AmountEvidence]) -> bool:
    """Whether two operands are the same cell."""
    places = {(o.citations[0].url, o.citations[0].column, o.fen) for o in operands}
    return len(places) < len(operands)


def _base(plan: QueryPlan, operands: list[AmountEvidence]) -> Computed:
    citations = tuple(c for operand in operands for c in operand.citations)
    first = operands[0]
    return Computed(
        plan.operation,
        "",
        None,
        first.unit,
        None,
        None,
        tuple(operands),
        citations,
        True,
        first.year or 0,
    )


def _share(plan: QueryPlan, one: AmountEvidence, other: AmountEvidence) -> Computed | None:
    part, whole = one.fen or 0, other.fen or 0
    if whole <= 0 or part > whole:
        return None
    share = rounded(Decimal(part) / Decimal(whole) * 100, 2)
    formula = f"{_shown(one)} ÷ {_shown(other)}"
    return replace(_base(plan, [one, other]), value=share, unit="%", formula=formula)


def _ratio(plan: QueryPlan, one: AmountEvidence, other: AmountEvidence) -> Computed | None:
    """How many times the second the first is."""
    if not other.fen:
        return None
    ratio = rounded(Decimal(one.fen or 0) / Decimal(other.fen), 2)
    formula = f"{_shown(one)} ÷ {_shown(other)}"
    return replace(_base(plan, [one, other]), value=ratio, unit="倍", formula=formula)


def _difference(plan: QueryPlan, one: AmountEvidence, other: AmountEvidence) -> Computed:
    more, less = (one, other) if (one.fen or 0) >= (other.fen or 0) else (other, one)
    difference = (more.fen or 0) - (less.fen or 0)
    return replace(
        _base(plan, [more, less]),
        value=from_fen(difference, one.unit),
        unit=one.unit,
        fen=difference,
        formula=f"{_shown(more)} - {_shown(less)}",
    )


def _rest(plan: QueryPlan, operands: list[AmountEvidence]) -> Computed | None:
    """What is left of the first amount without the others; None where they are more than it."""
    first, *others = operands
    rest = (first.fen or 0) - sum(one.fen or 0 for one in others)
    if rest < 0:
        return None
    return replace(
        _base(plan, operands),
        value=from_fen(rest, first.unit),
        fen=rest,
        formula=" - ".join(map(_shown, operands)),
    )


def _together(plan: QueryPlan, operands: list[AmountEvidence]) -> Computed:
    fen, unit = sum(o.fen or 0 for o in operands), operands[0].unit
    formula = " + ".join(map(_shown, operands))
    base = _base(plan, operands)
    if plan.operation is Operation.SUM:
        return replace(base, value=from_fen(fen, unit), fen=fen, formula=formula)
    average = Decimal(fen) / len(operands)
    return replace(
        base,
        value=rounded(from_fen(1, unit) * average, 2),
        fen=int(average.to_integral_value(ROUND_HALF_UP)),
        formula=f"({formula}) ÷ {len(operands)}",
    )


def _spread(
    plan: QueryPlan, whole: AmountEvidence, over: Decimal, counted: tuple[Citation, ...] = ()
) -> Computed | None:
    """The amount over a number: one that the question gives, or that is cited as `counted`."""
    if whole.fen is None or over <= 0 or not whole.citations:
        return None
    average = Decimal(whole.fen) / over
    return replace(
        _base(plan, [whole]),
        value=rounded(from_fen(1, whole.unit) * average, 2),
        fen=int(average.to_integral_value(ROUND_HALF_UP)),
        formula=f"{_shown(whole)} ÷ {format_decimal(over, places=None).replace(',', '')}",
        citations=(*whole.citations, *counted),
    )


def _against(plan: QueryPlan, amount: AmountEvidence, said: int) -> Computed | None:
    """By how much the amount is more or less than one that the question says, in 分."""
    if amount.fen is None or not amount.citations:
        return None
    more, less = max(amount.fen, said), min(amount.fen, said)
    shown = (format_decimal(from_fen(fen, amount.unit)) for fen in (more, less))
    return replace(
        _base(plan, [amount]),
        what=f"{amount.label}与所说的数的差额",
        value=from_fen(more - less, amount.unit),
        fen=more - less,
        formula=" - ".join(shown),
        descending=amount.fen >= said,
    )


def _of_counts(plan: QueryPlan, counts: list[AmountEvidence]) -> Computed | None:
    """The sum, the difference or the share of numbers of things: 两个局的车一共几辆."""
    if len({one.unit for one in counts}) > 1 or not all(one.citations for one in counts):
        return None
    if len({one.citations[0].document.id for one in counts}) > 1:
        counts = [_with_department(one) for one in counts]
    if len({one.label for one in counts}) < len(counts):
        return None
    if plan.operation is Operation.SHARE:
        return _share_of_counts(plan, counts)
    ordered = sorted(counts, key=lambda one: -(one.value or 0))
    shown = [format_decimal(one.value or Decimal(0), places=None) for one in ordered]
    match plan.operation:
        case Operation.SUM:
            value, sign = sum((one.value or Decimal(0) for one in ordered), Decimal(0)), " + "
        case Operation.COMPARE if len(counts) == _TWO:
            value, sign = (ordered[0].value or Decimal(0)) - (ordered[1].value or 0), " - "
        case Operation.LIST:
            return _base(plan, counts)
        case _:
            return None
    return replace(_base(plan, ordered), value=value, formula=sign.join(shown))


def _share_of_counts(plan: QueryPlan, counts: list[AmountEvidence]) -> Computed | None:
    """The share of one number of things in another."""
    if len(counts) != _TWO:
        return None
    part, whole = (one.value or Decimal(0) for one in counts)
    if whole <= 0 or part > whole:
        return None
    share = rounded(part / whole * 100, 2)
    formula = " ÷ ".join(format_decimal(one, places=None) for one in (part, whole))
    return replace(_base(plan, counts), value=share, unit="%", formula=formula)


def _in_order(plan: QueryPlan, operands: list[AmountEvidence]) -> Computed:
    sign = 1 if plan.ascending else -1
    ordered = sorted(operands, key=lambda o: sign * (o.fen or 0))
    return replace(_base(plan, ordered), operation=Operation.RANK, descending=not plan.ascending)


def _total_of(part: QueryPlan, library: Library) -> AmountEvidence | None:
    """The total of the table that a part's only cell stands in."""
    if part.selections:
        selection = part.selections[0]
        lexicon = library.lexicon(selection.document_id)
        total = lexicon.total_of.get((selection.table_id, selection.side))
        whole = replace(selection, row_ids=(total,), descending=None) if total else None
        found = over_rows(part.operation, _only_rows(whole), library) if whole else None
        return _as_amount(found) if found else None
    if not part.cells:
        return None
    target = part.cells[0]
    lexicon = library.lexicon(target.document_id)
    side = lexicon.rows[target.row_id].row.side
    for row_id in lexicon.totals:
        row, table_id = lexicon.rows[row_id].row, lexicon.rows[row_id].table_id
        if table_id == target.table_id and row.kind is RowKind.TOTAL and row.side == side:
            cell = replace(target, row_id=row_id)
            amounts = look_up(replace(part, cells=(cell,), facts=()), library).amounts
            return amounts[0] if amounts else None
    return None


def _only_rows(selection: Selection) -> Selection:
    """The selection of its named rows, all other conditions dropped."""
    return Selection(
        selection.document_id, selection.table_id, selection.column, row_ids=selection.row_ids
    )


def _shown(amount: AmountEvidence) -> str:
    """The amount in a formula; one that was added up, with its own operands."""
    if amount.formula is not None and re.search(" [+-] ", amount.formula):
        return f"({amount.formula})"
    return format_decimal(from_fen(amount.fen or 0, amount.unit))
