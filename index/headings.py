"""Blocks to sections: what stands before the contents, the contents, and each heading's blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.readers.blocks import Block, Line

NUMERALS = "一二三四五六七八九十百"
_PART = re.compile(rf"^第[{NUMERALS}]+部分[\s：:]*(?P<text>.*)$")
_CHAPTER = re.compile(rf"^[{NUMERALS}]+、\s*(?P<text>\S.*)$")
_LISTED = re.compile(
    rf"^(?:第[{NUMERALS}]+部分|[{NUMERALS}]+[、.．]|[（(][{NUMERALS}\d]+[）)]|\d+[、.．]|[-–•])"
    r"|[.．…·]{2,}\s*\d*$"
)
"""An entry of the contents: numbered, or with leaders to its page."""
_LEADER = re.compile(r"[\s.．…·]*\d*$")
_BULLET = re.compile(r"^[-–•]\s*")
_LONGEST_HEADING = 40
_SENTENCE_MARKS = re.compile(r"[。；;：:，,！？]")


@dataclass(frozen=True, slots=True)
class Section:
    """The blocks under one heading; `part` and `heading` are without their numbers."""

    part: str | None
    heading: str | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A document in its sections."""

    front: tuple[Line, ...]
    """The lines before the contents: the cover."""
    contents: tuple[str, ...]
    """The entries of the contents, without leaders and page numbers."""
    sections: tuple[Section, ...]


def outline(blocks: tuple[Block, ...]) -> Outline:
    """The document's cover, contents and sections, in their order."""
    start = next((i for i, b in enumerate(blocks) if _is_contents(b)), None)
    if start is None:
        first = next((i for i, b in enumerate(blocks) if heading_of(b) is not None), len(blocks))
        return Outline(_lines(blocks[:first]), (), _sections(blocks[first:]))
    body = _body_start(blocks, start)
    contents = tuple(_entry(line.text) for line in _lines(blocks[start + 1 : body]))
    return Outline(_lines(blocks[:start]), contents, _sections(blocks[body:]))


def heading_of(block: Block) -> tuple[int, str] | None:
    """Level (1 part, 2 chapter) and text of a heading, or None for anything else."""
    if not isinstance(block, Line) or len(block.text) > _LONGEST_HEADING:
        return None
    part = _PART.match(block.text)
    if part:
        return 1, part["text"].strip()
    chapter = _CHAPTER.match(block.text)
    if chapter and not _SENTENCE_MARKS.search(block.text):
        return 2, chapter["text"].strip()
    return None


def numbered_entry(text: str) -> str:
    """The text without a chapter number before it."""
    found = _CHAPTER.match(text)
    return found["text"].strip() if found else text


def _is_contents(block: Block) -> bool:
    return isinstance(block, Line) and re.sub(r"\s", "", block.text) == "目录"


def _body_start(blocks: tuple[Block, ...], contents: int) -> int:
    """The body starts where the first entry of the contents is printed again.

    Where none is before the first table, it starts behind the entries, which are numbered.
    """
    seen: set[str] = set()
    for i in range(contents + 1, len(blocks)):
        block = blocks[i]
        if not isinstance(block, Line):
            return _behind_entries(blocks, contents, i)
        entry = re.sub(r"\s", "", _entry(block.text))
        if entry in seen:
            return i
        seen.add(entry)
    return contents + 1


def _behind_entries(blocks: tuple[Block, ...], contents: int, table: int) -> int:
    """The first line apart from the contents that is no entry of theirs; the table else."""
    numbered = False
    for i in range(contents + 1, table):
        block = blocks[i]
        if not isinstance(block, Line):
            break
        is_entry = _LISTED.match(block.text) is not None
        if numbered and block.after_gap and not is_entry:
            return i
        numbered = numbered or is_entry
    return table


def _entry(text: str) -> str:
    return _LEADER.sub("", _BULLET.sub("", text)).strip() or text


def _lines(blocks: tuple[Block, ...]) -> tuple[Line, ...]:
    return tuple(b for b in blocks if isinstance(b, Line))


def _sections(blocks: tuple[Block, ...]) -> tuple[Section, ...]:
    sections: list[Section] = []
    part: str | None = None
    heading: str | None = None
    held: list[Block] = []

    def close() -> None:
        if held:
            sections.append(Section(part, heading, tuple(held)))
            held.clear()

    for block in blocks:
        found = heading_of(block)
        if found is None:
            held.append(block)
            continue
        close()
        level, text = found
        if level == 1:
            part, heading = text, None
        else:
            heading = text
    close()
    return tuple(sections)
