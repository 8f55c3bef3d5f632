"""Asks hostile questions by number, in one process or several, and counts what comes of it."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from qa_service.errors import InvalidQuestion
from qa_service.settings import Settings
from qa_service.types import Answer, Question
from qa_service.wiring import Service, open_service
from tests.hostile.proof import faults
from tests.hostile.questions import Hostile, hostile_question

_LOT = 500


@dataclass(slots=True)
class Counts:
    """What became of the questions."""

    questions: int = 0
    raised: int = 0
    unproven: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    by_kind: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_fault: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, other: Counts) -> None:
        """Takes in the counts of another lot."""
        self.questions += other.questions
        self.raised += other.raised
        self.unproven += other.unproven
        self.statuses += other.statuses
        self.by_kind += other.by_kind
        self.by_fault += other.by_fault
        self.failures += other.failures


def ask_all(hostile: Hostile, service: Service) -> Answer | None:
    """The answer to the last turn; None where that is empty or too long to be a question."""
    conversation, answer = None, None
    for turn in hostile.turns:
        try:
            answer = service.ask(Question(turn, conversation))
        except InvalidQuestion:
            return None
        conversation = answer.conversation_id
    return answer


def judge(number: int, seed: int, service: Service) -> Counts:
    """The counts of one question."""
    hostile = hostile_question(number, seed)
    counts = Counts(questions=1)
    status = "invalid question"
    try:
        answer = ask_all(hostile, service)
        wrong = faults(answer, service.library) if answer is not None else ()
        status = answer.status.value if answer is not None else status
        counts.unproven = bool(wrong)
    except Exception as problem:  # whatever it is, it is what is looked for
        wrong, status, counts.raised = (repr(problem),), "raised", 1
    counts.statuses[status] += 1
    counts.by_kind[hostile.kind, status] += 1
    if wrong:
        kinds = {fault.partition(":")[0]: fault for fault in wrong}
        counts.failures.append(f"{number} {hostile.kind} {hostile.turns!a}: {[*kinds.values()]!a}")
        counts.by_fault.update(kinds.keys())
    return counts


_service: Service


def _open(settings: Settings) -> None:
    """Opens the service of this process."""
    global _service
    _service = open_service(settings)


def _judge_lot(seed: int, numbers: range) -> Counts:
    counts = Counts()
    for number in numbers:
        counts.add(judge(number, seed, _service))
    return counts


def run(
    settings: Settings, count: int, seed: int, processes: int, told: Callable[[Counts], None]
) -> Counts:
    """The counts of that many questions; `told` gets those of each lot as it is done."""
    counts = Counts()
    lots = [range(first, min(first + _LOT, count)) for first in range(0, count, _LOT)]
    context = multiprocessing.get_context("spawn")
    with context.Pool(processes, _open, (settings,)) as pool:
        for done in pool.imap(partial(_judge_lot, seed), lots):
            counts.add(done)
            told(done)
    return counts
