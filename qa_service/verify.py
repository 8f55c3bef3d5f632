"""Proof before sending: every numeral and every mark of a reply must be proved.

A numeral is proved by a cited row or passage, a listed value or formula, or
the question. Two numerals are the same when they are equal as numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from qa_service.types import Citation
from qa_service.wording import Reply

_MARK = re.compile(r"\[(\d+)\]")
_NUMERAL = re.compile(r"\d+(?:\.\d+)?")
_SEPARATOR = re.compile(r",(?<=\d,)(?=\d{3})")


def unproven(reply: Reply, question: str) -> tuple[str, ...]:
    """The numerals and marks of the reply's text that nothing proves; empty when all is well."""
    text = unicodedata.normalize("NFKC", reply.text)
    numbers = {citation.n for citation in reply.citations}
    broken = [f"[{n}]" for n in _MARK.findall(text) if int(n) not in numbers]
    broken += [f"[{n}]" for value in reply.values for n in value.citations if n not in numbers]
    said = _numerals_of(_MARK.sub("", text))
    left, told = set(said), set[str]()
    for proof in _proofs(reply, question):
        if not left:
            return tuple(broken)
        told.update(_numerals_of(proof))
        left -= told
    known = set(map(Decimal, told)) if left else told
    return (*broken, *(n for n in said if n in left and Decimal(n) not in known))


def _proofs(reply: Reply, question: str) -> Iterable[str]:
    yield question
    for value in reply.values:
        yield value.label
        yield value.value
        yield value.formula or ""
    for citation in reply.citations:
        yield from _said_by(citation)


def _said_by(citation: Citation) -> Iterable[str]:
    yield citation.quote
    yield citation.document.title
    yield str(citation.document.year)
    yield citation.value or ""
    yield citation.column or ""
    yield citation.section or ""
    yield citation.item or ""
    if citation.table:
        yield citation.table.title
    if citation.row:
        yield citation.row.label
        yield citation.row.code or ""


def _numerals_of(text: str) -> list[str]:
    """The numerals of the text, digits of any width and without their thousands separators."""
    plainly = unicodedata.normalize("NFKC", text)
    return _NUMERAL.findall(_SEPARATOR.sub("", plainly) if "," in plainly else plainly)
