"""What a department sets out to do: its projects with names, goals and amounts. 项目支出."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from tests.variants.facts import ProjectKind, functional, phrases
from tests.variants.money import about
from tests.variants.records import Entry, Project, Publisher, Source

_RUNNING = ("行政运行", "事业运行")
_ADMINISTRATION = "一般行政管理事务"
_OFFICE_SUPPLIES = "30201"
_SECOND = "二期"
_HOW_MANY = re.compile(r"\d+(?=个)")
_ROUNDED = (30, 49)
"""元 that printing drops; three of them together are one last digit more."""


def project_entries(who: Publisher, chance: Random) -> tuple[Entry, ...]:
    """The entries of project spending, each project's side by side."""
    wanted = chance.randint(8, 46)
    bare: dict[str, tuple[str, ProjectKind]] = {}
    for kind in (*_needed(), *chance.choices(phrases().projects, k=wanted)):
        name = _filled(kind.name, who, chance)
        bare.setdefault(_HOW_MANY.sub("", name), (name, kind))
    names = {_owned(name, who, chance): kind for name, kind in bare.values()}
    names |= _twins(names, chance)
    order = list(names.items())
    items, sources = _items(who, chance), _sources(who, len(order), chance)
    chance.shuffle(order)
    entries: list[Entry] = []
    for at, ((name, kind), source) in enumerate(zip(order, sources, strict=True)):
        project = Project(name, _goal(kind, name, who, chance), source)
        item = _item(items, at, source, who, chance)
        entries += _spent(project, kind, item, chance)
    return _with_rest(entries, chance)


def _needed() -> Iterator[ProjectKind]:
    """A project on an economic 款 that basic spending has too, and one with a year in its name."""
    kinds = phrases().projects
    yield next(k for k in kinds if _OFFICE_SUPPLIES in k.spent_on and "{year}" not in k.name)
    yield next(k for k in kinds if "{year}" in k.name)


def _owned(name: str, who: Publisher, chance: Random) -> str:
    """The name behind whose project it is, as some departments write it."""
    owner = _filled(chance.choice(phrases().owners), who, chance)
    return name if owner == who.short and who.short in name else owner + name


def _filled(pattern: str, who: Publisher, chance: Random, about_what: str = "") -> str:
    """The phrase in the words of the department; what its name speaks of is spoken of again."""
    trade = who.trade
    drawn = {
        what: next((w for w in words if w in about_what), None) or chance.choice(words)
        for what, words in (
            ("topic", trade.topics),
            ("system", trade.systems),
            ("site", trade.sites),
        )
    }
    return pattern.format(
        **who.words(),
        **drawn,
        year=who.year - chance.choice((0, 0, 1, 1, 2)),
        n=chance.randint(3, 60),
        percent=chance.choice((85, 90, 95)),
    )


def _twins(names: dict[str, ProjectKind], chance: Random) -> dict[str, ProjectKind]:
    """One to three more projects, each called almost as one that there is."""
    found: dict[str, ProjectKind] = {}
    most = chance.randint(1, 3)
    for name in chance.sample(list(names), len(names)):
        fitting = [(o, n) for o, n in phrases().twins if o in name and not _is_second(name, n)]
        if fitting and len(found) < most:
            old, new = chance.choice(fitting)
            found[new.join(name.rsplit(old, 1))] = names[name]
    return {name: kind for name, kind in found.items() if name not in names}


def _is_second(name: str, added: str) -> bool:
    """Whether a second stage (二期) of the project would be a second one of a second one."""
    return _SECOND in name and _SECOND in added


def _goal(kind: ProjectKind, name: str, who: Publisher, chance: Random) -> str:
    opening = chance.choice(phrases().purposes[kind.purpose])
    middles = chance.sample(phrases().middles, chance.choice((0, 0, 1, 1, 2)))
    pattern = "".join((opening, *middles, chance.choice(phrases().aims)))
    return _filled(pattern, who, chance, about_what=name)


def _items(who: Publisher, chance: Random) -> tuple[str, ...]:
    """The 项 that projects are booked on; two of them of one name under two codes."""
    names = functional()
    namesakes = [c for c, name in names.items() if name == _ADMINISTRATION]
    family = who.trade.family
    own = [c for c in names if len(c) == 7 and c[:5] == family and names[c] not in _RUNNING]
    beside = [c for c in names if len(c) == 7 and c[:5] in who.trade.beside]
    drawn = chance.sample(own, chance.randint(1, len(own)))
    drawn += chance.sample(beside, chance.randint(0, min(2, len(beside))))
    pair = (f"{family}02", chance.choice([c for c in namesakes if c[:5] != family]))
    return tuple(dict.fromkeys((*pair, *drawn)))


def _item(items: tuple[str, ...], at: int, source: Source, who: Publisher, chance: Random) -> str:
    """The first projects take one 项 each, so that none is empty; a fund pays its own."""
    if source is Source.FUND:
        fund = [c for c in functional() if len(c) == 7 and c[:5] == who.trade.fund]
        return chance.choice(fund)
    return items[at] if at < len(items) else chance.choice(items)


def _sources(who: Publisher, count: int, chance: Random) -> list[Source]:
    """Who pays each project; mostly the general budget, and it alone in most departments."""
    funds = chance.randint(1, 3) if who.trade.fund and chance.random() < 0.6 else 0
    others = chance.randint(1, 2) if chance.random() < 0.2 else 0
    rest = count - funds - others
    return [Source.GENERAL] * rest + [Source.FUND] * funds + [Source.OTHER] * others


def _spent(project: Project, kind: ProjectKind, item: str, chance: Random) -> list[Entry]:
    """The project's amount, on the first economic 款 of its kind or on all of them."""
    yuan = about(chance, 0.1, chance.choice((30, 300, 3_000)))
    if len(kind.spent_on) == 1 or yuan < 1_000_000 or chance.random() < 0.5:
        return [Entry(item, kind.spent_on[0], yuan, project)]
    part = about(chance, yuan * 2e-5, yuan * 4e-5)
    first, second = kind.spent_on[:2]
    return [Entry(item, first, yuan - part, project), Entry(item, second, part, project)]


def _with_rest(entries: list[Entry], chance: Random) -> tuple[Entry, ...]:
    """Some 元 more for a few general projects, which printing drops and totals keep."""
    general = [at for at, e in enumerate(entries) if e.source is Source.GENERAL]
    odd = set(chance.sample(general, chance.randint(3, 5)))
    return tuple(
        Entry(e.function, e.economic, e.yuan + chance.randint(*_ROUNDED), e.project)
        if at in odd
        else e
        for at, e in enumerate(entries)
    )
