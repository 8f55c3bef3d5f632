"""The page of one document: its text and tables as printed, each row and passage with an anchor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
<header>
<h1>{title}</h1>
<p>{department} · {year}年{kind} · 来源文件：{source}</p>
</header>
<nav aria-label="目录"><ul>
{contents}
</ul></nav>
<main>
{body}
</main>
</body>
</html>
"""


def source_page(document: BudgetDocument) -> str:
    """The document as one HTML page without scripts, in printed order.

    A row has the id `row-` and its id, a passage `passage-` and its id. Notes stand under
    their tables, and the goal of a project in its cell.
    """
    parts: list[tuple[Place, str, str]] = []
    passages = document.passages
    for section, own in groupby([p for p in passages if p.table_id is None], lambda p: p.section):
        texts = list(own)
        parts.append((texts[0].place, section, _section(section, texts)))
    for table in document.tables:
        about = [p for p in passages if p.table_id == table.id]
        parts.append((table.place, table_name(table), _table(table, about)))
    parts.sort(key=lambda part: (part[0].page or 0, part[0].line or 0))
    return _PAGE.format(
        title=escape(document.title),
        department=escape(document.department),
        year=document.year,
        kind=escape(document.kind.value),
        source=escape(document.source),
        contents="\n".join(
            f'<li><a href="#part-{n}">{escape(name)}</a></li>'
            for n, (_, name, _) in enumerate(parts, 1)
            if name
        ),
        body="\n".join(
            f'<section id="part-{n}">\n{html}\n</section>'
            for n, (_, _, html) in enumerate(parts, 1)
        ),
    )


def _section(title: str, passages: Sequence[Passage]) -> str:
    heading = [f"<h2>{escape(title)}</h2>"] if title else []
    return "\n".join([*heading, *map(_passage, passages)])


def _passage(passage: Passage) -> str:
    return f'<p id="{escape(f"passage-{passage.id}")}">{escape(passage.text)}</p>'


def _table(table: Table, about: Sequence[Passage]) -> str:
    goals = {p.row_id: p for p in about if p.row_id is not None}
    notes = [_passage(p) for p in about if p.row_id is None]
    csv = escape(table_head(table).csv_url)
    caption = (
        f"<caption><h2>{escape(table_name(table))}</h2>"
        f'<span>单位：{escape(table.unit)}</span> <a href="{csv}">下载 CSV</a></caption>'
    )
    lines = [_line(cells, goals) for cells in printed_lines(table)]
    opened = ['<div class="wide" tabindex="0"><table>', caption]
    return "\n".join([*opened, *_heads(table), *lines, "</table></div>", *notes])


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
