"""The page of one document: its text and tables as printed, each row and passage with an anchor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from index.records import BudgetDocument, Passage, Place, Row, Table
from qa_service.channels.browse import table_head, table_name
from qa_service.channels.printed_table import PrintedCell, printed_lines

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/source.css">
</head>
<body>
<a class="skip" href="#text">跳到正文</a>
<header>
<h1>{title}</h1>
<p>{department} · {year}年{kind} · 来源文件：{source}</p>
</header>
<nav aria-label="目录" id="contents"><h2>目录</h2><ol>
{contents}
</ol></nav>
<main id="text">
{body}
</main>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class _Part:
    """A section or a table of the page, with its name in the table of contents."""

    place: Place
    name: str
    html: str


def source_page(document: BudgetDocument) -> str:
    """The document as one HTML page without scripts, in printed order.

    A row has the id `row-` and its id, a passage `passage-` and its id, a table `table-` and
    its id. Notes stand under their tables, and the goal of a project in its cell. Where the
    published file has pages, their numbers stand where they begin.
    """
    parts: list[_Part] = []
    passages = document.passages
    for section, own in groupby([p for p in passages if p.table_id is None], lambda p: p.section):
        texts = list(own)
        parts.append(_Part(texts[0].place, section, _section(section, texts)))
    for table in document.tables:
        about = [p for p in passages if p.table_id == table.id]
        parts.append(_Part(table.place, table_name(table), _table(table, about)))
    parts.sort(key=lambda part: (part.place.page or 0, part.place.line or 0))
    return _PAGE.format(
        title=escape(document.title),
        department=escape(document.department),
        year=document.year,
        kind=escape(document.kind.value),
        source=escape(document.source),
        contents="\n".join(_entry(n, part) for n, part in enumerate(parts, 1) if part.name),
        body="\n".join(
            f'<section id="part-{n}">\n{part.html}\n</section>' for n, part in enumerate(parts, 1)
        ),
    )


def _entry(n: int, part: _Part) -> str:
    page = f" <small>{_page(part.place.page)}</small>" if part.place.page else ""
    return f'<li><a href="#part-{n}">{escape(part.name)}</a>{page}</li>'


def _page(number: int) -> str:
    return f"第{number}页"


def _section(title: str, passages: Sequence[Passage]) -> str:
    parts = [f"<h2>{escape(title)}</h2>"] if title else []
    page = None
    for passage in passages:
        if passage.place.page and passage.place.page != page:
            page = passage.place.page
            parts.append(f'<p class="page">{_page(page)}</p>')
        parts.append(_passage(passage))
    return "\n".join(parts)


def _passage(passage: Passage) -> str:
    anchor = escape(f"passage-{passage.id}")
    return f'<p class="passage" id="{anchor}">{escape(passage.text)}</p>'


def _table(table: Table, about: Sequence[Passage]) -> str:
    goals = {p.row_id: p for p in about if p.row_id is not None}
    notes = [_passage(p) for p in about if p.row_id is None]
    name, csv = escape(table_name(table)), escape(table_head(table).csv_url)
    unit = f"单位：{escape(table.unit)}" if table.unit else ""
    page = _page(table.place.page) if table.place.page else ""
    about_table = "，".join(part for part in (unit, page) if part)
    caption = (
        f"<caption><h2>{name}</h2><span>{about_table}</span> "
        f'<a class="csv" href="{csv}">下载 CSV</a></caption>'
    )
    return "\n".join(
        [
            f'<div class="wide" tabindex="0" role="group" aria-label="{name}">',
            f'<table id="{escape(f"table-{table.id}")}">',
            *(caption, "<thead>", *_heads(table), "</thead>", "<tbody>"),
            *_lines(table, goals),
            *("</tbody>", "</table></div>", *notes),
        ]
    )


def _lines(table: Table, goals: dict[str, Passage]) -> Iterator[str]:
    """The rows; before the first one of each further page, that page's number."""
    page = table.place.page
    for cells in printed_lines(table):
        at = next((cell.row.place.page for cell in cells if cell.row is not None), page)
        if at and at != page:
            page = at
            yield f'<tr class="page"><td colspan="{len(table.columns)}">{_page(page)}</td></tr>'
        yield _line(cells, goals)


def _heads(table: Table) -> Iterator[str]:
    """The header lines: a path's parts stand under each other, what is shared spans its columns."""
    paths = [column.path for column in table.columns]
    depth = max((len(path) for path in paths), default=0)
    for level in range(depth):
        cells = []
        for start, width in _spans(paths, level):
            path = paths[start]
            last = level == len(path) - 1
            down = f' rowspan="{depth - level}"' if last and depth - level > 1 else ""
            across = f' colspan="{width}"' if width > 1 else ""
            cells.append(f'<th scope="col"{down}{across}>{escape(path[level])}</th>')
        yield f"<tr>{''.join(cells)}</tr>"


def _spans(paths: Sequence[tuple[str, ...]], level: int) -> Iterator[tuple[int, int]]:
    """(first column, number of columns) of each header cell that starts at the level."""
    start = 0
    while start < len(paths):
        width = 1
        if level < len(paths[start]) - 1:
            shared = paths[start][: level + 1]
            while (
                start + width < len(paths)
                and len(paths[start + width]) > level + 1
                and paths[start + width][: level + 1] == shared
            ):
                width += 1
        if level < len(paths[start]):
            yield start, width
        start += width


def _line(cells: tuple[PrintedCell, ...], goals: dict[str, Passage]) -> str:
    rows = [cell.row for cell in cells if cell.row is not None]
    alone = rows[0] if len(rows) == 1 else None
    goal = goals.get(alone.id) if alone else None
    parts = [_cell(cell, mark=alone is None, goal=goal) for cell in cells]
    return f"<tr{_anchor(alone)}>{''.join(parts)}</tr>"


def _cell(cell: PrintedCell, *, mark: bool, goal: Passage | None) -> str:
    """One cell. `mark` puts the row's anchor here, where two rows share the line."""
    text = escape(cell.text)
    if cell.row is not None:
        level = min(cell.row.level, 4)
        anchor = _anchor(cell.row if mark else None)
        return f'<th scope="row" class="level-{level}"{anchor}>{text}</th>'
    if cell.number:
        return f'<td class="number">{text}</td>'
    if goal is not None and cell.text and cell.text == goal.text:
        return f'<td class="text" id="{escape(f"passage-{goal.id}")}">{text}</td>'
    return f"<td>{text}</td>"


def _anchor(row: Row | None) -> str:
    return f' id="{escape(f"row-{row.id}")}"' if row is not None else ""
