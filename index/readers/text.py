"""Plain text as extracted from a published file: tables are lines with tabs."""

from __future__ import annotations

import re
from pathlib import Path

from index.errors import DocumentError, why_unreadable
from index.readers.blocks import Block, Grid, GridRow, Line
from index.records import Place

MAX_BYTES = 50_000_000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_PAGE_BREAK = "\f"


def read_text(path: Path) -> tuple[Block, ...]:
    """The lines and tab-separated grids of a UTF-8 text file, with line numbers from 1.

    A form feed starts a new page; a file without one has no page numbers.
    Raises DocumentError where the file cannot be read, is too large or is no text.
    """
    text = _decode(path)
    paged = _PAGE_BREAK in text
    blocks: list[Block] = []
    rows: list[GridRow] = []
    page, gap = 1, True

    def close_grid() -> None:
        if rows:
            blocks.append(Grid(tuple(rows)))
            rows.clear()

    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        page += raw.count(_PAGE_BREAK)
        line = raw.replace(_PAGE_BREAK, "").replace("\u00a0", " ").replace("\u3000", " ")
        place = Place(page if paged else None, number)
        if not line.strip():
            close_grid()
            gap = True
            continue
        if "\t" in line:
            rows.append(GridRow(tuple(cell.strip() for cell in line.split("\t")), place))
        else:
            close_grid()
            blocks.append(Line(line.strip(), place, gap))
        gap = False
    close_grid()
    return tuple(blocks)


def _decode(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise DocumentError(path, f"文件有 {size:,} 字节，超过上限 {MAX_BYTES:,} 字节")
        data = path.read_bytes()
    except OSError as problem:
        raise DocumentError(path, why_unreadable(problem)) from problem
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise DocumentError(path, "不是 UTF-8 编码的文本", line=line) from problem
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise DocumentError(path, "含有控制字符，不是纯文本", line=line)
    return text
