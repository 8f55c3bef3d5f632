"""The twelve tables: every amount a sum over the ledger, set in the sample's own forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.variants.facts import economic, functional
from tests.variants.money import printed
from tests.variants.records import Ledger, Publisher, Source
from tests.variants.template import Cells, Form, template

FISCAL = (Source.GENERAL, Source.FUND)
ABROAD, RECEPTION, CARS_BOUGHT, CARS_RUN = "30212", "30217", "31013", "30231"
RUNNING_COSTS = (
    *(
        f"302{kind:02}"
        for kind in (1, 2, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 24, 29, 31, 39)
    ),
    *("30307", "31002", "31003", "31007", "31013", "31019"),
)
"""The economic 款 that the definition of 机关运行经费 lists."""
_NUMBERING = re.compile(r"^[一二三四五六七八九十]+、")
_NOTHING = ("注：本表本年无发生额。",)
_NO_NOTE = ("注：无。",)
_ZERO = printed(0)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A table to print: header, rows and the lines under it."""

    header: tuple[Cells, ...]
    rows: tuple[Cells, ...]
    notes: tuple[str, ...]


def twelve_tables(ledger: Ledger, who: Publisher) -> tuple[Drawn, ...]:
    """The tables in their order, the first at 0."""
    bodies: tuple[Callable[[Ledger, Publisher], Iterator[Cells]], ...] = (
        _all_money,
        _income,
        _spending,
        _fiscal_money,
        _general,
        _general_basic,
        _general_projects,
        _three_public,
        _fund,
        _state_capital,
        _basic,
        _projects,
    )
    return tuple(
        _drawn(form, tuple(body(ledger, who)))
        for form, body in zip(template().forms, bodies, strict=True)
    )


def _drawn(form: Form, rows: tuple[Cells, ...]) -> Drawn:
    """A table of nothing but a total says so in its note."""
    notes = _NOTHING if len(rows) == 1 else form.notes if form.notes != _NOTHING else _NO_NOTE
    return Drawn(form.header, rows, notes)


def _all_money(ledger: Ledger, _: Publisher) -> Iterator[Cells]:
    income = {
        "预算拨款": ledger.paid_by(*FISCAL).total(),
        "其他资金": ledger.paid_by(Source.OTHER).total(),
    }
    return _two_sides(template().forms[0], income, ledger)


def _fiscal_money(ledger: Ledger, _: Publisher) -> Iterator[Cells]:
    income = {source.value: ledger.paid_by(source).total() for source in FISCAL}
    return _two_sides(template().forms[3], income, ledger.paid_by(*FISCAL))


def _two_sides(form: Form, income: Mapping[str, int], ledger: Ledger) -> Iterator[Cells]:
    """The rows of the form, with its labels; what the department has nothing of is 0.00."""
    whole = ledger.total()
    spending = {functional()[c]: ledger.on(c).total() for c in ledger.functions() if len(c) == 3}
    for left, _, right, _ in form.rows:
        cells: list[str] = []
        for label, known in ((left, income), (right, spending)):
            name = _NUMBERING.sub("", label)
            amount = whole if name.endswith(("合计", "总计")) else known.get(name, 0)
            cells += [label, printed(amount) if label else ""]
        yield tuple(cells)


def _income(ledger: Ledger, _: Publisher) -> Iterator[Cells]:
    for code, name, part in _by_function(ledger):
        general, fund, other = (part.paid_by(source).total() for source in Source)
        amounts = (part.total(), general, fund, *[0] * 5, other, *[0] * 3)
        yield code, name, *map(printed, amounts)


def _spending(ledger: Ledger, _: Publisher) -> Iterator[Cells]:
    for code, name, part in _by_function(ledger):
        yield code, name, *_basic_and_projects(part), *[_ZERO] * 4


def _general(ledger: Ledger, _: Publisher) -> Iterator[Cells]:
    for code, name, part in _by_function(ledger.paid_by(Source.GENERAL)):
        yield f"[{code}]{name}" if code else name, *_basic_and_projects(part)


def _general_basic(ledger: Ledger, _: Publisher) -> Iterator[Cells]:
    return _by_economic(ledger.basic.paid_by(Source.GENERAL))


def _general_projects(ledger: Ledger, _: Publisher) -> Iterator[Cells]:
    return _by_economic(ledger.on_projects.paid_by(Source.GENERAL))


def _three_public(ledger: Ledger, _: Publisher) -> Iterator[Cells]:
    """行政经费, and 因公出国, 公务用车 and 公务接待 as the economic tables have them."""
    held = (
        RUNNING_COSTS,
        (ABROAD, CARS_BOUGHT, CARS_RUN, RECEPTION),
        (ABROAD,),
        (CARS_BOUGHT, CARS_RUN),
        (CARS_BOUGHT,),
        (CARS_RUN,),
        (RECEPTION,),
    )
    labels = [row[0] for row in template().forms[7].rows]
    for label, codes in zip(labels, held, strict=True):
        part = ledger.spent_on(*codes)
        amounts = (part.paid_by(*FISCAL), *(part.paid_by(source) for source in FISCAL))
        yield label, *(printed(a.total()) for a in amounts), _ZERO


def _fund(ledger: Ledger, _: Publisher) -> Iterator[Cells]:
    for code, name, part in _by_function(ledger.paid_by(Source.FUND)):
        yield code, name, *_basic_and_projects(part)


def _state_capital(_: Ledger, __: Publisher) -> Iterator[Cells]:
    yield "", "合计", _ZERO, _ZERO, _ZERO


def _basic(ledger: Ledger, who: Publisher) -> Iterator[Cells]:
    basic = ledger.basic
    kinds = [code for code in basic.economics() if len(code) == 3]
    parts = [(economic()[code], basic.spent_on(code)) for code in kinds]
    for label, part in (("合计", basic), (f"{who.department}（本级）", basic), *parts):
        yield label, *[printed(part.total())] * 3, *[_ZERO] * 3


def _projects(ledger: Ledger, who: Publisher) -> Iterator[Cells]:
    whole = ledger.on_projects
    for label in ("合计", who.department):
        yield label, *_by_source(whole), ""
    for project in whole.projects():
        part = whole.only(lambda e, p=project: e.project is p)  # type: ignore[misc]
        yield project.name, *_by_source(part), project.goal


def _by_source(part: Ledger) -> Sequence[str]:
    general, fund, other = (part.paid_by(source).total() for source in Source)
    return tuple(map(printed, (part.total(), general + fund, general, fund, 0, 0, other)))


def _basic_and_projects(part: Ledger) -> Sequence[str]:
    return tuple(printed(p.total()) for p in (part, part.basic, part.on_projects))


def _by_function(ledger: Ledger) -> Iterator[tuple[str, str, Ledger]]:
    """The total and each 类, 款 and 项 with its entries."""
    yield "", "合计", ledger
    for code in ledger.functions():
        yield code, functional()[code], ledger.on(code)


def _by_economic(ledger: Ledger) -> Iterator[Cells]:
    yield "合计", printed(ledger.total())
    for code in ledger.economics():
        yield f"[{code}]{economic()[code]}", printed(ledger.spent_on(code).total())
