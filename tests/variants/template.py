"""What every variant has in common with the sample: headers, forms, notes and definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_SAMPLES = Path(__file__).parents[2] / "index" / "samples"
_AMOUNT = re.compile(r"-?[\d,]+\.\d\d")
_OWNER = "单位名称："
_RUNNING_COSTS = re.compile(r"\d{4}年，本部门机关运行经费安排")

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A table of the sample: its header, its rows and the lines under it."""

    header: tuple[Cells, ...]
    rows: tuple[Cells, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """What the sample prints that says nothing about its own department."""

    forms: tuple[Form, ...]
    """The twelve tables, the first of them at 0."""
    key_header: tuple[str, ...]
    """The lines above the key projects: a header with a rule, and the header again."""
    running_costs: tuple[str, ...]
    """What 机关运行经费 is, in lines as cut by a page break."""
    glossary: tuple[str, ...]
    """The lines of the last part, below its title."""


@cache
def template() -> Template:
    """The sample's template, read once."""
    (path,) = _SAMPLES.glob("*.txt")
    lines = path.read_text("utf-8").split("\n")
    tables = list(_blocks(lines, "第二部分", "第三部分"))
    prose = next(_blocks(lines, "第三部分", "第四部分", begin="三、"))
    key = next(_blocks(lines, "第三部分", "第四部分", begin="项目\t预算数"))
    body = lines[_body_start(lines, "第四部分") + 1 :]
    return Template(
        forms=tuple(map(_form, tables)),
        key_header=(*key, key[0]),
        running_costs=tuple(_definition(prose)),
        glossary=tuple(body),
    )


def _body_start(lines: list[str], title: str) -> int:
    """The line of the part's title in the body, where it is printed for the second time."""
    return [at for at, line in enumerate(lines) if line.startswith(title)][1]


def _blocks(
    lines: list[str], part: str, following: str, begin: str = _OWNER
) -> Iterator[list[str]]:
    """The lines of the part from each line that begins so to the next one."""
    inside = lines[_body_start(lines, part) : _body_start(lines, following)]
    starts = [at for at, line in enumerate(inside) if line.startswith(begin)]
    for start, end in zip(starts, [*starts[1:], len(inside)], strict=True):
        yield inside[start:end]


def _form(lines: list[str]) -> Form:
    table = [tuple(line.split("\t")) for line in lines if "\t" in line]
    first = next(at for at, cells in enumerate(table) if any(map(_AMOUNT.fullmatch, cells)))
    header = tuple(table[:first])
    noted = next(at for at, line in enumerate(lines) if line.startswith("注："))
    notes = lines[noted : next(at for at in range(noted, len(lines)) if not lines[at])]
    return Form(header, tuple(row for row in table if row not in header), tuple(notes))


def _definition(lines: list[str]) -> Iterator[str]:
    """The lines below the heading up to this year's amount, blank ones as printed."""
    for line in lines[2:]:
        end = _RUNNING_COSTS.search(line)
        yield line[: end.start()] if end else line
        if end:
            return
