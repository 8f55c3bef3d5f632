"""What is written around the tables: duties, offices, and 情况说明 with the tables' figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from tests.variants.facts import phrases
from tests.variants.money import changed, hundredths, printed, short
from tests.variants.records import Ledger, Project, Publisher
from tests.variants.tables import (
    ABROAD,
    CARS_BOUGHT,
    CARS_RUN,
    FISCAL,
    RECEPTION,
    RUNNING_COSTS,
)
from tests.variants.template import template

NUMERALS = (*"一二三四五六七八九十", *(f"十{ones}" for ones in "一二三四五六"))


def duties(who: Publisher, chance: Random) -> Iterator[str]:
    """The clauses of 主要职责; some departments end with points that they share with others."""
    drawn = chance.sample(phrases().duties, chance.randint(5, len(phrases().duties)))
    topics = chance.sample(who.trade.topics, len(who.trade.topics))
    clauses = [
        pattern.format(
            **who.words(),
            topic=topics[at % len(topics)],
            system=chance.choice(who.trade.systems),
            site=chance.choice(who.trade.sites),
            unit=chance.choice(who.trade.units),
        )
        for at, pattern in enumerate(drawn)
    ]
    clauses.append(phrases().last_duty.format(**who.words()))
    shares = chance.random() < 0.5
    clauses += [phrases().shared_duty] * shares
    yield from (f"（{number}）{text}" for number, text in zip(NUMERALS, clauses, strict=False))
    if shares:
        for number, point in enumerate(phrases().shared_points, 1):
            yield f"{number}. {point.format(**who.words(), topic=topics[0])}"


def organisation(who: Publisher) -> str:
    """How many offices it has, and which."""
    listed = "、".join(who.offices)
    return f"本部门内设机构有{len(who.offices)}个，分别为：{listed}。"


def composition(who: Publisher) -> str:
    """Whose budgets are in it."""
    if not who.units:
        return "本部门预算为局本级预算，无下属单位。"
    units = "、".join(f"{who.region}{unit}" for unit in who.units)
    return (
        "本部门预算为汇总预算，包括：局本级预算，以及纳入编制范围的下属非独立核算单位。"
        f"下属单位具体包括：{units}。"
    )


def growth(ledger: Ledger, who: Publisher, chance: Random) -> str:
    """收入 and 支出 against last year's."""
    now = hundredths(ledger.total())
    before = _before(now, chance)
    change, why = changed(now, before), _why(now, before, who, chance)
    way = "与上年持平" if now == before else f"较上年{'增加' if now > before else '减少'}"
    income, spending = (
        f"{side}预算{short(now)}万元，{change}，主要原因是{why}，本年{side}预算{way}"
        for side in ("收入", "支出")
    )
    return f"{who.year}年本部门{income}；{spending}。"


def three_public(ledger: Ledger, who: Publisher, chance: Random) -> str:
    """“三公”经费 and its parts against last year's; the changes add up as the amounts do."""
    fiscal = ledger.paid_by(*FISCAL)
    codes = (ABROAD, CARS_BOUGHT, CARS_RUN, RECEPTION)
    now = [hundredths(fiscal.spent_on(code).total()) for code in codes]
    before = [_before(amount, chance) for amount in now]
    (abroad, bought, run, received), (abroad_0, bought_0, run_0, received_0) = now, before

    def said(what: str, amount: int, last: int, inside: str = "") -> str:
        why = _why(amount, last, who, chance)
        comma = "" if inside else "，"
        change = changed(amount, last)
        return f"{what}{short(amount)}万元{inside}{comma}{change}，主要原因是{why}"

    inside = "；".join(
        f"{what}{short(amount)}万元，{changed(amount, last).split('，')[0]}"
        for what, amount, last in (
            ("公务用车购置费", bought, bought_0),
            ("公务用车运行维护费", run, run_0),
        )
    )
    parts = (
        said("因公出国（境）费", abroad, abroad_0),
        said("公务用车购置及运行维护费", bought + run, bought_0 + run_0, f"（{inside}。）"),
        said("公务接待费", received, received_0),
    )
    whole = said(f"{who.year}年本部门财政拨款安排“三公”经费", sum(now), sum(before))
    return f"{whole}。其中：{'；'.join(parts)}。"


def running_costs(ledger: Ledger, who: Publisher, chance: Random) -> Iterator[str]:
    """The definition as the sample prints it, page break and all, then this year's amount."""
    now = hundredths(ledger.paid_by(*FISCAL).spent_on(*RUNNING_COSTS).total())
    before = _before(now, chance)
    *first, last = template().running_costs
    yield from first
    yield (
        f"{last}{who.year}年，本部门机关运行经费安排{short(now)}万元，{changed(now, before)}，"
        f"主要原因是{_why(now, before, who, chance)}。"
    )


def purchases(ledger: Ledger, who: Publisher, chance: Random) -> str:
    """政府采购 by kind, a part of what projects cost."""
    whole = hundredths(ledger.on_projects.total()) * chance.randint(30, 80) // 100
    goods = whole * chance.randint(3, 30) // 100
    works = chance.choice((0, 0, whole * chance.randint(2, 20) // 100))
    kinds = (("货物", goods), ("工程", works), ("服务", whole - goods - works))
    listed = "，".join(f"{kind}类采购预算{short(amount)}万元" for kind, amount in kinds)
    return f"{who.year}年本部门政府采购安排{short(whole)}万元，其中：{listed}等。"


def assets(ledger: Ledger, who: Publisher, chance: Random) -> str:
    """Fixed assets on a day, and what is bought this year: 资本性支出 of the tables."""
    day = chance.choice((f"{who.year}年1月6日", f"{who.year - 1}年12月31日"))
    cars = chance.randint(1, 30) if ledger.spent_on(CARS_RUN).total() else 0
    buys = hundredths(ledger.spent_on("310").total())
    things = "、".join(chance.sample(phrases().bought, chance.randint(2, 4)))
    return (
        f"截至{day}，本部门固定资产金额{short(chance.randint(20_000, 2_000_000))}万元，"
        f"分布构成情况为：房屋{chance.choice((0, chance.randint(300, 30_000)))}平方米，"
        f"车辆{cars}辆，单价在100万元以上的设备{chance.randint(0, 9)}台等。"
        f"本年度拟购置固定资产{short(buys)}万元，主要是购置{things}等。"
    )


def key_projects(ledger: Ledger, chance: Random) -> Iterator[tuple[str, str, str]]:
    """The rows of one to four key projects; in some one word is not that of the other table."""
    projects = [p for p in ledger.projects() if p.source in FISCAL]
    for project in chance.sample(projects, chance.randint(1, 4)):
        amount = ledger.total(lambda e, p=project: e.project is p)  # type: ignore[misc]
        yield project.name, printed(amount), _goal(project, chance)


def _goal(project: Project, chance: Random) -> str:
    return project.goal.replace("提高", "提升") if chance.random() < 0.5 else project.goal


def _before(now: int, chance: Random) -> int:
    """Last year's amount: a fifth less to a quarter more, the same, or nothing at all."""
    if chance.random() < 0.25:
        return now
    if now == 0 or chance.random() < 0.05:
        return chance.choice((0, 0, chance.randint(100, 3_000))) if now < 10_000 else now
    return max(1, now * chance.randint(800, 1_250) // 1_000 + chance.randint(-9, 9))


def _why(now: int, before: int, who: Publisher, chance: Random) -> str:
    reasons: Sequence[str] = phrases().reasons[
        "same" if now == before else "more" if now > before else "less"
    ]
    return chance.choice(reasons).format(**who.words(), topic=chance.choice(who.trade.topics))
