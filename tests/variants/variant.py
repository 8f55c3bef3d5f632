"""READ FIRST. A seed to another department's budget of the sample's template, stage by stage.

    publisher   publisher                        who publishes, and for which year
    entries     basic_entries, project_entries   what is spent, in 元
    tables      twelve_tables                    sums over the entries, in the sample's forms
    prose       growth, three_public, …          the same sums in words, and what else is told
    pages       _contents, _table, _section      all of it in the sample's layout

Amounts are kept in 元 and rounded only when printed, so that totals differ from the sum
of their parts by 0.01 here and there, as in the sample, and by no more than rounding can.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from tests.variants import prose
from tests.variants.basic import basic_entries
from tests.variants.facts import phrases
from tests.variants.projects import project_entries
from tests.variants.publisher import publisher
from tests.variants.records import Ledger, Publisher, Variant
from tests.variants.tables import Drawn, twelve_tables
from tests.variants.template import template

_OVERVIEW = ("主要职责", "部门机构设置", "部门预算构成")
_EXPLAINED = (
    "部门预算收支增减变化情况",
    "“三公”经费安排情况",
    "机关运行经费安排情况",
    "政府采购情况",
    "国有资产占有使用情况",
    "重点项目预算绩效目标情况",
)
_LONG_ROWS = 200
"""A table with more text than this in a row has few rows on a page."""


def variant(seed: int) -> Variant:
    """The variant of the seed: always the same bytes."""
    chance = Random(seed)
    who = publisher(seed, chance)
    ledger = Ledger((*basic_entries(who, chance), *project_entries(who, chance)))
    lines = [
        *_contents(who, titles := _titles(chance)),
        *_overview(who, chance),
        *_tables(who, ledger, titles, chance),
        *_explanation(who, ledger, chance),
        *_glossary(),
    ]
    names = tuple(project.name for project in ledger.projects())
    return Variant(seed, who.department, who.year, "\n".join(lines), names)


def write_variants(folder: Path, seeds: Iterable[int]) -> list[Path]:
    """The variants of the seeds as files in the folder, which is made where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for seed in seeds:
        made = variant(seed)
        path = folder / made.file_name
        path.write_bytes(made.text.encode())
        paths.append(path)
    return paths


def _titles(chance: Random) -> tuple[str, ...]:
    """The titles in one government's manner, one or two of them in another's."""
    manners = phrases().titles
    titles = list(chance.choice(manners))
    for at in chance.sample(range(len(titles)), chance.randint(0, 2)):
        titles[at] = chance.choice(manners)[at]
    return tuple(titles)


def _parts(who: Publisher) -> tuple[str, ...]:
    return (
        f"第一部分 {who.department}概况",
        f"第二部分 {who.year}年部门预算表",
        f"第三部分 {who.year}年部门预算情况说明",
        "第四部分 名词解释",
    )


def _contents(who: Publisher, titles: tuple[str, ...]) -> Iterator[str]:
    overview, tables, explanation, glossary = _parts(who)
    yield from ("", "", f"{who.year}年", f"{who.department}部门预算", "", "目 录", "")
    for part, entries in ((overview, _OVERVIEW), (tables, titles)):
        yield from (part, "")
        yield from (f"- {number}、{entry}" for number, entry in _numbered(entries))
        yield ""
    yield from (explanation, "", glossary, "")


def _overview(who: Publisher, chance: Random) -> Iterator[str]:
    bodies = (prose.duties(who, chance), [prose.organisation(who)], [prose.composition(who)])
    yield from (_parts(who)[0], "")
    for (number, heading), body in zip(_numbered(_OVERVIEW), bodies, strict=True):
        yield from _section(number, heading, body)


def _tables(
    who: Publisher, ledger: Ledger, titles: tuple[str, ...], chance: Random
) -> Iterator[str]:
    """The part of the tables; some print a number above the first, some above each."""
    yield from (_parts(who)[1], "")
    numbered = chance.choice((1, len(titles), 0))
    drawn = twelve_tables(ledger, who)
    for number, (title, table) in enumerate(zip(titles, drawn, strict=True), 1):
        if number <= numbered:
            yield from (f"表{number}", "")
        yield from (title, "", f"单位名称：{who.department}", "", "单位：万元", "")
        yield from _table(table, chance)


def _table(table: Drawn, chance: Random) -> Iterator[str]:
    """The table's lines; each new page begins with the header again."""
    long = sum(len("".join(row)) for row in table.rows) > _LONG_ROWS * len(table.rows) / 2
    height = chance.randint(3, 7) if long else chance.randint(20, 32)
    for start in range(0, len(table.rows), height):
        rows = (*table.header, *table.rows[start : start + height])
        yield from ("\t".join(cells) for cells in rows)
        yield ""
    yield from (*table.notes, "")


def _explanation(who: Publisher, ledger: Ledger, chance: Random) -> Iterator[str]:
    bodies = (
        [prose.growth(ledger, who, chance)],
        [prose.three_public(ledger, who, chance)],
        prose.running_costs(ledger, who, chance),
        [prose.purchases(ledger, who, chance)],
        [prose.assets(ledger, who, chance)],
        [f"{who.year}年，本部门重点项目绩效目标情况如下："],
    )
    yield from (_parts(who)[2], "")
    for (number, heading), body in zip(_numbered(_EXPLAINED), bodies, strict=True):
        yield from _section(number, heading, body)
    yield from template().key_header
    yield from ("\t".join(row) for row in prose.key_projects(ledger, chance))
    yield from ("", "注：无。", "")


def _section(number: str, heading: str, body: Iterable[str]) -> Iterator[str]:
    """A heading and its paragraphs, parted by blank lines; a page break brings its own."""
    yield from (f"{number}、{heading}", "")
    for paragraph in body:
        if paragraph:
            yield from (paragraph, "")


def _glossary() -> Iterator[str]:
    yield "第四部分 名词解释"
    yield from template().glossary


def _numbered(entries: Iterable[str]) -> Iterator[tuple[str, str]]:
    return zip(prose.NUMERALS, entries, strict=False)
