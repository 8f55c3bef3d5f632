"""Files to blocks. One module a format; a reader knows layout and nothing about budgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from index.errors import DocumentError
from index.readers.blocks import Block, Grid, GridRow, Line
from index.readers.text import read_text

Reader = Callable[[Path], "tuple[Block, ...]"]

READERS: dict[str, Reader] = {".txt": read_text}

__all__ = ["READERS", "Block", "Grid", "GridRow", "Line", "ReadFile", "read_file"]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file's blocks in reading order."""

    path: Path
    blocks: tuple[Block, ...]


def read_file(path: Path) -> ReadFile:
    """The blocks of the file, by the reader of its format.

    Raises DocumentError for an unknown format and for what a reader cannot read.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = "、".join(sorted(READERS))
        raise DocumentError(
            path, f"不认识的文件格式“{path.suffix or '无后缀'}”，可读的格式：{known}"
        )
    blocks = reader(path)
    if not blocks:
        raise DocumentError(path, "文件是空的，没有任何文字")
    return ReadFile(path, blocks)
