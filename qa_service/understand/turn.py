"""What is kept of a question and its answer for the next question of a conversation."""

from __future__ import annotations

from dataclasses import dataclass

from qa_service.types import Route

_KEPT = 4


@dataclass(frozen=True, slots=True)
class Turn:
    """What is kept of a question and its answer for the next question of a conversation."""

    question: str
    """The question as it was read, completed."""
    subject: str | None
    """What the answer was about: the row, the fact's subject, the passage's title or section."""
    section: str | None
    route: Route
    before: tuple[str, ...] = ()
    """The subjects of the answers before it, the last one first."""
    document_ids: tuple[str, ...] = ()
    """The documents that it was about."""
    passages: tuple[str, ...] = ()
    """The ids of the passages that it told, and of the goals of the rows that it cited."""
    told: int = 0
    """So many of these, the first ones, were the answer; the others stood beside it."""
    label: str = ""
    """What the amount that it told was called: 政府采购中的服务类采购预算."""
    documents_before: tuple[str, ...] = ()
    """The documents that the turn before it was about."""
    unit: str = ""
    """The unit of the amount that it told."""
    listed: tuple[str, ...] = ()
    """What it told one by one, in its order; empty where it told no list."""
    summed: bool = False
    """Whether it told several amounts added up."""

    ranked: str = ""
    """The last ranking that was asked for, this turn's or one before it."""
    offered: tuple[str, ...] = ()
    """The questions that it offered to choose from, where it asked back or told all of these."""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The subjects of this answer and those before it, the last one first, each once."""
        own = (self.subject,) if self.subject else ()
        return tuple(dict.fromkeys((*own, *self.before)))[:_KEPT]
