"""Questions in everyday words about passages of the training texts.

`questions.tsv` holds a question a line, with the document and the digest of the passage that
answers it; the texts themselves are not part of the project. They were written for it by
reading the passages, in the words of ordinary people.
"""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.train_encoder.reading import NUMBERING, Document

QUESTIONS = Path(__file__).parent / "questions.tsv"
_TITLED = {"goal": "项目绩效目标", "term": "名词解释"}
_DUTY = re.compile(
    r"负责|承担|组织|指导|贯彻|拟订|拟定|制定|研究|监督|管理|推进|统筹|协调|依法|参与|开展|会同|综合|主管|"
    r"起草|编制|建立|完善|执行|落实|办理"
)
"""How a clause of 主要职责 begins."""
_DIGITS = 12


@dataclass(frozen=True)
class Asked:
    """A question, and the passage that answers it."""

    document: str
    question: str
    sort: str
    """Where such a passage stands in a budget, as 主要职责."""
    title: str | None
    """The project or term that the passage is about."""
    text: str

    @property
    def about(self) -> str:
        """What stands before the text in an index: its sort, and the project or term."""
        return f"{self.sort}:{self.title}:" if self.title else f"{self.sort}:"

    @property
    def passage(self) -> str:
        """The passage as an index holds it."""
        return f"{self.about}{self.text}"


def digest(text: str) -> str:
    """What points at a passage."""
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def sort_of(text: str) -> str:
    """Where a paragraph without a title stands, by how it begins."""
    return "主要职责" if _DUTY.match(NUMBERING.sub("", text)) else "情况说明"


def read_questions(path: Path, documents: Sequence[Document]) -> list[Asked]:
    """The questions about passages of the documents, in the order of the file.

    Questions about other documents, and about passages that are not found, are left out.
    """
    passages: dict[tuple[str, str], tuple[str, str | None, str]] = {}
    for document in documents:
        for text in document.paragraphs:
            passages.setdefault((document.name, digest(text)), (sort_of(text), None, text))
        for pair in document.pairs:
            key = (document.name, digest(pair.right))
            if pair.kind in _TITLED:
                passages[key] = (_TITLED[pair.kind], pair.left, pair.right)
            else:
                passages.setdefault(key, (sort_of(pair.right), None, pair.right))
    found: list[Asked] = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            known = passages.get((row["document"], row["passage"]))
            if known is not None:
                question = unicodedata.normalize("NFKC", row["question"])
                found.append(Asked(row["document"], question, *known))
    return found
