"""Places as cases name them: the form in which a citation is compared."""

from __future__ import annotations

from evals.cases import Place
from evals.printed import Row, Section, Table


def table_id(table: Table) -> str:
    """As t03; by its title where the contents do not number it."""
    return f"t{table.number:02}" if table.number else f"t-{table.title}"


def row_id(table: Table, row: Row) -> str:
    """As t03.r05, counted over the whole table."""
    return f"{table_id(table)}.r{table.rows.index(row) + 1:02}"


def row_place(
    table: Table, row: Row, column: str | None = None, alike: tuple[str, ...] = ()
) -> Place:
    """The place of a row, or of its cell in the column; `alike` print the same amount."""
    return Place(table=table.title, row=row.label, code=row.code, column=column, column_alt=alike)


def section_text(section: Section) -> str:
    """All paragraphs in a row."""
    return "".join(paragraph.text for paragraph in section.paragraphs)
