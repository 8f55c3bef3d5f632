"""What a department runs on: pay, pensions, housing, the office. All of it 基本支出."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.variants.facts import functional
from tests.variants.money import about
from tests.variants.records import Entry, Publisher

_PENSION, _ANNUITY, _FUND = "2080505", "2080506", "2210201"
_RETIRED, _DEATH = "2080501", "2080801"
_RENT_SUBSIDY, _HOME_SUBSIDY = "2210202", "2210203"
_MEDICAL, _UNIT_MEDICAL, _OFFICIAL_MEDICAL = "2101101", "2101102", "2101103"

_ALWAYS = ("30201", "30207", "30217", "30227", "30228", "30231", "30239", "30299")
"""Of goods and services: some of these are spent on by projects as well."""
_OFTEN = tuple(
    f"302{kind:02}" for kind in (2, 3, 4, 5, 6, 9, 11, 12, 13, 14, 15, 16, 18, 24, 26, 29, 40)
)


def basic_entries(who: Publisher, chance: Random) -> Iterator[Entry]:
    """The entries of basic spending, by 项 and economic 款."""
    run = f"{who.trade.family}01"
    staff = chance.randint(12, 90)
    helpers = chance.randint(8, 60) if who.units else 0
    yield from _pay(run, staff, chance)
    yield from _helpers_pay(_unit_item(who), helpers, chance)
    yield from _insurance(staff, helpers, chance)
    yield from _housing(staff, chance)
    yield from _office(run, staff, chance)
    yield from _people(run, chance)


def _unit_item(who: Publisher) -> str:
    """The 项 that runs the subordinate units; the department's own where it has none of that."""
    named = (c for c, name in functional().items() if name == "事业运行")
    return next((c for c in named if c[:5] == who.trade.family), f"{who.trade.family}01")


def _pay(run: str, staff: int, chance: Random) -> Iterator[Entry]:
    for economic, least, most in (("30101", 3, 5), ("30102", 5, 12), ("30103", 2, 8)):
        yield Entry(run, economic, about(chance, staff * least, staff * most))
    yield Entry(run, "30112", about(chance, 2, 15))
    if chance.random() < 0.6:
        yield Entry(run, "30199", about(chance, 20, 900))
    if chance.random() < 0.2:
        yield Entry(run, "30106", about(chance, 5, 40))


def _helpers_pay(item: str, helpers: int, chance: Random) -> Iterator[Entry]:
    if helpers:
        yield Entry(item, "30101", about(chance, helpers * 2, helpers * 3))
        yield Entry(item, "30107", about(chance, helpers * 4, helpers * 9))


def _insurance(staff: int, helpers: int, chance: Random) -> Iterator[Entry]:
    """Annuities are half of pensions, as the rates are 8 and 16 of a hundred."""
    annuity = about(chance, staff + helpers, 2 * (staff + helpers))
    yield Entry(_PENSION, "30108", 2 * annuity)
    yield Entry(_ANNUITY, "30109", annuity)
    if chance.random() < 0.6:
        yield Entry(_MEDICAL, "30110", about(chance, staff * 0.6, staff))
        if helpers:
            yield Entry(_UNIT_MEDICAL, "30110", about(chance, helpers * 0.5, helpers))
        if chance.random() < 0.6:
            yield Entry(_OFFICIAL_MEDICAL, "30111", about(chance, staff * 0.3, staff * 0.6))


def _housing(staff: int, chance: Random) -> Iterator[Entry]:
    yield Entry(_FUND, "30113", about(chance, staff * 2, staff * 3))
    if chance.random() < 0.8:
        yield Entry(_HOME_SUBSIDY, "30102", about(chance, staff, staff * 5))
    if chance.random() < 0.3:
        yield Entry(_RENT_SUBSIDY, "30102", about(chance, staff * 0.2, staff * 0.5))


def _office(run: str, staff: int, chance: Random) -> Iterator[Entry]:
    drawn = chance.sample(_OFTEN, chance.randint(4, len(_OFTEN) - 2))
    kept = [code for code in _ALWAYS if code in ("30201", "30227") or chance.random() < 0.9]
    for economic in (*kept, *drawn):
        yield Entry(run, economic, about(chance, 0.1 * staff**0.5, 8 * staff**0.5))
    if chance.random() < 0.7:
        yield Entry(run, "31002", about(chance, 1, 30))


def _people(run: str, chance: Random) -> Iterator[Entry]:
    """对个人和家庭的补助; not every department has any."""
    for item, economic, likely in (
        (_RETIRED, "30302", 0.8),
        (_RETIRED, "30301", 0.1),
        (_DEATH, "30304", 0.2),
        (run, "30305", 0.3),
        (run, "30307", 0.15),
        (run, "30309", 0.5),
    ):
        if chance.random() < likely:
            yield Entry(item, economic, about(chance, 0.1, 60))
