"""The tables of an index in SQLAlchemy Core; nothing here is SQLite's alone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, MetaData, String
from sqlalchemy import Column as SqlColumn
from sqlalchemy import Table as SqlTable

SCHEMA_VERSION = 4
"""Raised as well where documents are read otherwise: what is indexed is read again only then."""

metadata = MetaData()


def _key(name: str, target: str) -> SqlColumn[Any]:
    return SqlColumn(name, String, ForeignKey(target), nullable=False, index=True)


documents = SqlTable(
    "documents",
    metadata,
    SqlColumn("id", String, primary_key=True),
    SqlColumn("title", String, nullable=False),
    SqlColumn("department", String, nullable=False),
    SqlColumn("year", Integer, nullable=False),
    SqlColumn("kind", String, nullable=False),
    SqlColumn("source", String, nullable=False),
    SqlColumn("digest", String, nullable=False),
    SqlColumn("aliases", String, nullable=False),
)
tables = SqlTable(
    "tables",
    metadata,
    SqlColumn("id", String, primary_key=True),
    _key("document_id", "documents.id"),
    SqlColumn("ordinal", Integer, nullable=False),
    SqlColumn("number", Integer),
    SqlColumn("title", String, nullable=False),
    SqlColumn("kind", String, nullable=False),
    SqlColumn("unit", String, nullable=False),
    SqlColumn("section", String),
    SqlColumn("page", Integer),
    SqlColumn("line", Integer),
)
columns = SqlTable(
    "columns",
    metadata,
    SqlColumn("table_id", String, ForeignKey("tables.id"), primary_key=True),
    SqlColumn("idx", Integer, primary_key=True),
    SqlColumn("path", String, nullable=False),
    SqlColumn("role", String, nullable=False),
    SqlColumn("is_whole", Boolean, nullable=False),
)
rows = SqlTable(
    "rows",
    metadata,
    SqlColumn("id", String, primary_key=True),
    _key("table_id", "tables.id"),
    _key("document_id", "documents.id"),
    SqlColumn("ordinal", Integer, nullable=False),
    SqlColumn("label", String, nullable=False),
    SqlColumn("plain", String, nullable=False, index=True),
    SqlColumn("printed", String, nullable=False),
    SqlColumn("code", String, index=True),
    SqlColumn("level", Integer, nullable=False),
    SqlColumn("parent_id", String),
    SqlColumn("kind", String, nullable=False),
    SqlColumn("side", String),
    SqlColumn("page", Integer),
    SqlColumn("line", Integer),
)
cells = SqlTable(
    "cells",
    metadata,
    SqlColumn("row_id", String, ForeignKey("rows.id"), primary_key=True),
    SqlColumn("idx", Integer, primary_key=True),
    SqlColumn("printed", String, nullable=False),
    SqlColumn("kind", String, nullable=False),
    SqlColumn("fen", Integer),
)
passages = SqlTable(
    "passages",
    metadata,
    SqlColumn("id", String, primary_key=True),
    _key("document_id", "documents.id"),
    SqlColumn("ordinal", Integer, nullable=False),
    SqlColumn("kind", String, nullable=False),
    SqlColumn("section", String, nullable=False),
    SqlColumn("item", String),
    SqlColumn("title", String),
    SqlColumn("text", String, nullable=False),
    SqlColumn("page", Integer),
    SqlColumn("line", Integer),
    SqlColumn("parent_id", String),
    SqlColumn("table_id", String),
    SqlColumn("row_id", String, index=True),
)
facts = SqlTable(
    "facts",
    metadata,
    SqlColumn("id", String, primary_key=True),
    _key("document_id", "documents.id"),
    _key("passage_id", "passages.id"),
    SqlColumn("ordinal", Integer, nullable=False),
    SqlColumn("subject", String, nullable=False),
    SqlColumn("plain", String, nullable=False, index=True),
    SqlColumn("context", String),
    SqlColumn("measure", String, nullable=False),
    SqlColumn("value", String),
    SqlColumn("unit", String, nullable=False),
    SqlColumn("fen", Integer),
    SqlColumn("printed", String, nullable=False),
    SqlColumn("year", Integer, nullable=False),
    SqlColumn("start", Integer, nullable=False),
    SqlColumn("end", Integer, nullable=False),
    SqlColumn("formula", String),
)
findings = SqlTable(
    "findings",
    metadata,
    _key("document_id", "documents.id"),
    SqlColumn("ordinal", Integer, nullable=False),
    SqlColumn("kind", String, nullable=False),
    SqlColumn("check_name", String, nullable=False),
    SqlColumn("message", String, nullable=False),
    SqlColumn("row_ids", String, nullable=False),
    SqlColumn("passage_ids", String, nullable=False),
    SqlColumn("difference_fen", Integer),
    SqlColumn("column_idx", Integer),
)
Index("rows_in_order", rows.c.table_id, rows.c.ordinal)
