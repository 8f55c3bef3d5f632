"""What a service answered, as the harness reads it: it comes from other hands, so it is checked."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

MOST_NESTED = 64
"""The deepest JSON that is read; the contract needs 5."""
_QUOTES = str.maketrans("“”‘’「」『』", "\"\"''\"\"''")
_SHORT = 200
_SPACE = re.compile(r"\s+")
_PLACE_FIELDS = ("document", "table", "page", "line", "unit", "column", "n")


class NoReply(ValueError):
    """What came is no answer of the contract; says where it differs."""


def plain(text: str) -> str:
    """Text as labels are compared: no spaces, one width, one kind of quotes, small letters."""
    return _short_plain(text) if len(text) < _SHORT else _plain(text)


def _plain(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", text).translate(_QUOTES)).lower()


_short_plain = lru_cache(maxsize=16384)(_plain)
"""Labels come again and again; whole answers do not."""


def _said(value: object) -> str:
    """A scalar as text; null and false are nothing."""
    return _printed(value or "")


def _printed(value: object) -> str:
    """A scalar as text; null is nothing."""
    if isinstance(value, dict | list):
        raise ValueError("a text or a number is expected")  # noqa: TRY004  # for pydantic
    return "" if value is None else str(value)


def _items(value: object) -> tuple[object, ...]:
    if value and not isinstance(value, list):
        raise ValueError("a list is expected")
    return tuple(value) if isinstance(value, list) else ()


Said = Annotated[str, BeforeValidator(_said)]
OrEmpty = BeforeValidator(lambda value: value or {})
Items = BeforeValidator(_items)


class _Part(BaseModel):
    """What is missing or null is empty; fields that the harness does not read are left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class DocumentSaid(_Part):
    """The document of a citation."""

    title: Said = ""


class TableSaid(_Part):
    """The table of a citation."""

    title: Said = ""


class RowSaid(_Part):
    """The row of a citation."""

    label: Said = ""
    code: Said = ""


class CitationSaid(_Part):
    """One citation."""

    n: Said = ""
    kind: Said = ""
    document: Annotated[DocumentSaid, OrEmpty] = DocumentSaid()
    table: Annotated[TableSaid, OrEmpty] = TableSaid()
    row: Annotated[RowSaid, OrEmpty] = RowSaid()
    column: Said = ""
    value: Said = ""
    unit: Said = ""
    section: Said = ""
    item: Said = ""
    quote: Said = ""
    page: Said = ""


class ValueSaid(_Part):
    """One of the values."""

    label: Said = ""
    value: Annotated[str, BeforeValidator(_printed)] = ""
    unit: Said = ""
    citations: Annotated[tuple[Said, ...], Items] = ()


class OptionSaid(_Part):
    """One way to make a question clear."""

    label: Said = ""


class ClarificationSaid(_Part):
    """What is asked back."""

    options: Annotated[tuple[OptionSaid, ...], Items] = ()


class Reply(_Part):
    """One answer, with the parts of its JSON in which numerals and names are looked for."""

    status: Said
    route: Said = ""
    text: Annotated[str, BeforeValidator(lambda text: text or "")] = ""
    values: Annotated[tuple[ValueSaid, ...], Items] = ()
    citations: Annotated[tuple[CitationSaid, ...], Items] = ()
    clarification: Annotated[ClarificationSaid, OrEmpty] = ClarificationSaid()
    values_json: str = ""
    places_json: str = ""
    clarification_json: str = ""


def read_reply(answer: object) -> Reply:
    """The reply in an answer's JSON. Raises NoReply."""
    if not isinstance(answer, dict):
        raise NoReply(f"an object is expected, not {type(answer).__name__}")
    try:
        reply = Reply.model_validate(answer)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        raise NoReply(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from problem
    citations = answer.get("citations") or []
    parts = {
        "values_json": answer.get("values") or [],
        "places_json": [[cited.get(name) for name in _PLACE_FIELDS] for cited in citations],
        "clarification_json": answer.get("clarification"),
    }
    return reply.model_copy(
        update={name: json.dumps(part, ensure_ascii=False) for name, part in parts.items()}
    )


def evidence(reply: Reply) -> str:
    """Everything that the citations quote, their labels included."""
    quoted = ((c.row.label, c.quote, c.value, c.section, c.item) for c in reply.citations)
    return "\n".join(part for parts in quoted for part in parts if part)


def check_json(value: object) -> None:
    """Raises NoReply for what cannot be saved and read back: nested too deep, or not text."""
    level = [value]
    for _ in range(MOST_NESTED):
        level = [inner for outer in level for inner in _inside(outer)]
    if level:
        raise NoReply(f"nested deeper than {MOST_NESTED} levels")
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as problem:
        raise NoReply("half of a surrogate pair") from problem


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
