"""Text files to paragraphs, cells and pairs of texts that a document itself declares alike."""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from index.parse import parse
from index.readers import read_file

HAN = re.compile(r"[\u3400-\u9fff]")
PAGE_NUMBER = re.compile(r"^[\s\-—–·第页共]*\d{0,4}[\s\-—–·页]*$")
CONTENTS_LINE = re.compile(r"\.{4,}|…{2,}|·{4,}")
NUMBERING = re.compile(
    r"^(?:第[一二三四五六七八九十]+[部章节]分?|[一二三四五六七八九十]{1,3}、|"
    r"[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)|——|[①-⑳])\s*"
)
SENTENCE = re.compile(r"[^。;!?]+[。;!?]?")
TERM = re.compile(  # after NFKC: marks are ASCII ones but for 。 and the quotation marks
    r"^[“\"]?(.{2,40}?)[”\"]?(?::(?:是指|主要是指|指|反映|主要反映)|,?(?:是指|主要反映|指的是|指))(.{10,})$"
)
GOAL_HEADER = re.compile(r"(?:预算|金额).*绩效目标$")
TABLE_END = re.compile(r"\s*(注:|第[一二三四五六七八九十]部分|表?\d+:)")
GOAL_LABEL = re.compile(r"^\s*(?:年度)?(?:总体|绩效|年度)?目标[:：]?\s+(\S.*)$")


@dataclass(frozen=True)
class Pair:
    """Two texts of one document that mean nearly the same, and what declared them so."""

    kind: str
    left: str
    right: str


@dataclass(frozen=True)
class Document:
    """One text file: its joined paragraphs, its table cells, and the pairs found in it."""

    name: str
    paragraphs: tuple[str, ...]
    cells: tuple[str, ...]
    pairs: tuple[Pair, ...]


def han_count(text: str) -> int:
    """The number of Chinese characters in ``text``."""
    return len(HAN.findall(text))


def join_lines(lines: Iterable[str]) -> list[str]:
    """Paragraphs of the prose of a page layout: wrapped lines joined, page numbers dropped."""
    paragraphs: list[str] = []
    open_paragraph = False
    for line in lines:
        text = line.strip()
        if not text or PAGE_NUMBER.match(text):
            continue
        if re.search(r"\S {3,}\S", text) or CONTENTS_LINE.search(text):
            open_paragraph = False  # a table row or a line of the contents
            continue
        text = re.sub(r"\s+", "", text)
        if not han_count(text) and not (open_paragraph and re.search(r"[%,。)]", text)):
            continue
        if open_paragraph and not NUMBERING.match(text):
            paragraphs[-1] += text
        else:
            paragraphs.append(text)
        heading = NUMBERING.match(text) and len(text) <= 22 and not re.search("[,。;:]", text)
        ended = text[-1] in "。!?" and len(text) < 30
        open_paragraph = not heading and not ended
    return [text for text in paragraphs if han_count(text) >= 4]


def table_cells(lines: Iterable[str]) -> list[str]:
    """The cells that hold words, of lines that are set in columns."""
    found = []
    for line in lines:
        parts = re.split(r" {2,}", line.strip())
        if len(parts) > 1:
            found += [part for part in parts if han_count(part) >= 2]
    return found


def columns_of(line: str) -> list[tuple[int, str]]:
    """The runs of ``line`` that two spaces or more separate, each with where it starts."""
    return [(m.start(), m.group()) for m in re.finditer(r"\S+(?: \S+)*", line)]


def goals_in_tables(lines: Sequence[str]) -> Iterator[Pair]:
    """Project and goal of tables headed 项目 | 预算数 | 绩效目标, whose cells wrap over lines.

    A name stands beside its amount, at the top or at half height of its goal. A goal ends with a
    line that ends a sentence and is followed by the start of another project's text.
    """
    for start, header in enumerate(lines):
        squeezed = header.replace(" ", "")
        if not (GOAL_HEADER.search(squeezed) and "项目" in squeezed):
            continue
        block: list[str] = []
        for line in lines[start + 1 : start + 120]:
            if TABLE_END.match(line) or "绩效目标" in line[-8:]:
                break
            if line.strip() and not PAGE_NUMBER.match(line):
                block.append(line)
        yield from goals_of_block(block)


def goal_column(block: Sequence[str]) -> int | None:
    """Where the last column of ``block`` starts, or None where no start is common enough."""
    starts = Counter(columns_of(line)[-1][0] // 2 * 2 for line in block if han_count(line) >= 12)
    enough = min(3, len(block))
    common = [start for start, count in starts.items() if count >= enough and start >= 12]
    return min(common, default=None)


def goals_of_block(block: Sequence[str]) -> Iterator[Pair]:
    """Pairs of one table body; nothing where the columns cannot be told apart."""
    goal_at = goal_column(block)
    if goal_at is None:
        return
    names: list[tuple[int, int, str]] = []  # line, column, name
    goals: list[tuple[float, str]] = []  # line at half height, goal
    text, begun, pending = "", 0, ""
    for number, line in enumerate(block):
        cells = columns_of(line)
        left = [cell for cell in cells if cell[0] < goal_at - 1 and han_count(cell[1])]
        amount = any(at < goal_at - 1 and re.fullmatch(r"[\d,.]+", cell) for at, cell in cells)
        if amount:
            at, name = left[-1] if left else (0, "")
            names.append((number, at, pending + name))
            pending = ""
        elif left and names and number - names[-1][0] <= 2 and abs(left[-1][0] - names[-1][1]) <= 3:
            names[-1] = (number, left[-1][0], names[-1][2] + left[-1][1])
        elif left:
            pending = left[-1][1]
        right = "".join(cell for at, cell in cells if at >= goal_at - 1)
        right = re.sub(r"^[\d,]+\.\d\d(?=\D)", "", right)
        begun = begun if text else number
        text += right
        if text and right[-1:] in "。;":
            goals.append(((begun + number) / 2, text))
            text = ""
    for number, _, name in names:
        goal = min(goals, key=lambda goal: abs(goal[0] - number), default=(0, ""))[1]
        if han_count(name) >= 3 and han_count(goal) >= 12:
            yield Pair("goal", name, goal)


def goals_in_forms(lines: Sequence[str]) -> Iterator[Pair]:
    """Project and goal of forms: 项目名称 on one line, 总体目标 with its text some lines below."""
    name = ""
    for number, line in enumerate(lines):
        found = re.match(r"\s*项目名称[:：]?\s+(\S+(?: \S+)*)", line)
        if found:
            name = found.group(1)
        label = GOAL_LABEL.match(line)
        if name and label and han_count(label.group(1)) >= 8:
            text = prose_around(lines, number, label.group(1))
            yield Pair("goal", name, text)
            name = ""


def prose_around(lines: Sequence[str], number: int, own: str) -> str:
    """The goal whose label stands at half height: the unlabelled lines above and below it."""
    above: list[str] = []
    for line in reversed(lines[max(0, number - 12) : number]):
        cells = columns_of(line)
        if len(cells) != 1 or han_count(line) < 6:
            break
        above.insert(0, cells[0][1])
    below: list[str] = []
    for line in lines[number + 1 : number + 12]:
        cells = columns_of(line)
        if len(cells) != 1 or han_count(line) < 2 or "一级指标" in line:
            break
        below.append(cells[0][1])
    return "".join([*above, own, *below])


def is_term(text: str) -> bool:
    """Whether ``text`` can be the word that a definition explains, not part of a sentence."""
    return han_count(text) >= 2 and not re.search("[,。;]", text)


def pairs_of_paragraphs(paragraphs: Sequence[str]) -> Iterator[Pair]:
    """Term and definition, heading and text, halves of a clause, neighbouring sentences."""
    heading = ""
    for paragraph in paragraphs:
        body = NUMBERING.sub("", NUMBERING.sub("", paragraph))
        term = TERM.match(body)
        if term and term.group(2)[0] != "标" and is_term(term.group(1)):
            yield Pair("term", term.group(1), term.group(2))
        if len(body) <= 26 and not body.endswith("。"):
            heading = body
            continue
        sentences = [s for s in SENTENCE.findall(body) if han_count(s) >= 6]
        if heading and sentences:
            yield Pair("heading", heading, sentences[0])
            heading = ""
        title = re.match(r"^(.{4,20}?)[。:](.{12,})$", body)
        if title and not term and han_count(title.group(1)) >= 4:
            yield Pair("heading", title.group(1), title.group(2))
        for left, right in pairwise(sentences):
            yield Pair("neighbours", left, right)
        if len(sentences) == 1 and len(body) >= 24:
            parts = body.split(",")
            if len(parts) >= 2:
                half = len(parts) // 2
                yield Pair("halves", ",".join(parts[:half]), ",".join(parts[half:]))


def departments_of(folder: Path) -> tuple[str, ...]:
    """The departments whose budgets lie in ``folder``, as the index reads them."""
    return tuple(parse(read_file(path), "").department for path in sorted(folder.glob("*.txt")))


def read_documents(folder: Path, unread: Collection[str]) -> list[Document]:
    """The documents of ``folder`` in the order of their names, but those that name one of
    ``unread``: departments that the encoder is measured on.
    """
    unread = [unicodedata.normalize("NFKC", name) for name in unread]
    documents = []
    for path in sorted(folder.glob("*.txt.gz")):
        text = gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
        text = unicodedata.normalize("NFKC", text)
        closed_up = re.sub(r"\s+", "", text)
        if any(name in closed_up for name in unread):
            continue
        lines = text.replace("\f", "\n").split("\n")
        paragraphs = join_lines(lines)
        pairs = [*goals_in_tables(lines), *goals_in_forms(lines), *pairs_of_paragraphs(paragraphs)]
        documents.append(
            Document(
                path.name.split(".")[0],
                tuple(paragraphs),
                tuple(table_cells(lines)),
                tuple(dict.fromkeys(pairs)),
            )
        )
    return documents
