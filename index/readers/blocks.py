"""What every reader gives: lines of text and grids of cells, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from index.records import Place


@dataclass(frozen=True, slots=True)
class Line:
    """A line or paragraph of text; `after_gap` says that blank space stands before it."""

    text: str
    place: Place
    after_gap: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """The cells of one printed table line, blanks included."""

    cells: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Grid:
    """Table lines that stand together."""

    rows: tuple[GridRow, ...]


Block = Line | Grid
