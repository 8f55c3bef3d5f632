"""What a case expects, in a line for people."""

from __future__ import annotations

from evals.cases import (
    AbstainExpected,
    Case,
    ClarifyExpected,
    NamesExpected,
    Place,
    TextExpected,
    ValueExpected,
)
from evals.verdicts import wanted_values, wants_all


def expected(case: Case) -> str:
    """The expected answer, without its places."""
    expect = case.expect
    if expect is None:
        return _described(case)
    if isinstance(expect, AbstainExpected):
        return "说明文件里没有"
    if isinstance(expect, NamesExpected):
        return ("依次：" if expect.ordered else "") + "、".join(expect.names)
    if isinstance(expect, TextExpected):
        return "、".join(f"“{gold}”" for gold in expect.gold)
    amounts = "、".join(f"{w.value} {w.unit or ''}".strip() for w in wanted_values(expect))
    if isinstance(expect, ValueExpected):
        return amounts
    return f"反问，或列出：{amounts}" if isinstance(expect, ClarifyExpected) else f"含：{amounts}"


def places(case: Case) -> tuple[str, ...]:
    """The places that must be cited, each in a line; the first says whether one is enough."""
    lines = tuple(map(_place, case.must_cite))
    if len(lines) < 2:
        return lines
    return ("须全部引用：" if wants_all(case) else "引用其一即可：", *lines)


def _described(case: Case) -> str:
    parts = []
    if case.route == "abstain":
        parts.append("说明文件里没有，或反问")
    if case.gold:
        parts.append(f"引文含其中 {case.min_gold} 处：" + "、".join(f"“{g}”" for g in case.gold))
    parts += ["说到 " + " 或 ".join(words) for words in case.answer_must]
    if case.forbid:
        parts.append("不说 " + "、".join(case.forbid))
    return "；".join(parts)


def _place(place: Place) -> str:
    column = " 或 ".join(filter(None, (place.column, *place.column_alt)))
    parts = (place.title, place.table, place.code, place.row, column, place.section, place.item)
    page = f"第 {place.page} 页" if place.page else None
    return " / ".join(part for part in (*parts, page) if part)
