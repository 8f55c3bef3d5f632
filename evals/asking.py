"""Asks all cases with several workers, and saves each answer as soon as it is there."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, Protocol

from evals.askers import Asker
from evals.cases import Case
from evals.records import AnswerFile, CaseKey, Fault, FaultKind, Saved, Turn, read_answers
from qa_service.types import Retrieval

_LOOK = 0.1
"""Seconds between two looks for workers that hang."""
_GRACE = 1.0
"""Seconds that a worker has beyond its asker's own time-out."""


class Progress(Protocol):
    """Told how far the run has come."""

    def stage(self, name: str, steps: int) -> None: ...

    def step(self, count: int = 1) -> None: ...


@dataclass(frozen=True, slots=True)
class Task:
    """One case to ask, and the suite that it belongs to."""

    suite: str
    case: Case

    @property
    def key(self) -> CaseKey:
        """What names the case in this run."""
        return CaseKey(self.suite, self.case.id)


def ask_all(
    tasks: Iterable[Task],
    asker: Asker,
    path: Path,
    progress: Progress,
    *,
    workers: int,
    timeout: float,
    resume: bool = False,
) -> None:
    """Asks the tasks and saves every answer to the file; with `resume` only those not yet there.

    A case that takes longer than the time-out for each of its turns is recorded
    as such, and another worker takes the place of the one that hangs.
    """
    tasks = list(tasks)
    kept = _still_asked(tasks, read_answers(path)) if resume and path.exists() else {}
    left = [task for task in tasks if task.key not in kept]
    progress.stage("提问", len(tasks))
    if kept:
        progress.step(len(kept))
    with AnswerFile(path, kept.values()) as file:
        crew = _Crew(left, asker, min(workers, len(left)), timeout)
        try:
            for saved in crew.answers():
                file.add(saved)
                progress.step()
        finally:
            crew.dismiss()


def _still_asked(tasks: Iterable[Task], saved: Mapping[CaseKey, Saved]) -> dict[CaseKey, Saved]:
    """The saved answers to cases that are asked in the same words today."""
    asked = {task.key: task.case.asked for task in tasks}
    return {
        key: answers
        for key, answers in saved.items()
        if asked.get(key) == tuple(turn.asked for turn in answers.turns)
    }


class _Crew:
    """Workers that share what is waiting. One that hangs is replaced and no longer listened to."""

    def __init__(self, tasks: Sequence[Task], asker: Asker, size: int, timeout: float) -> None:
        self._asker, self._timeout = asker, timeout
        self._waiting, self._left = deque(tasks), len(tasks)
        self._done: SimpleQueue[Saved] = SimpleQueue()
        self._working = {self._hire() for _ in range(size)}

    def answers(self) -> Iterator[Saved]:
        """The answers to all tasks, as they come."""
        while self._left:
            try:
                saved = self._done.get(timeout=_LOOK)
            except Empty:
                pass
            else:
                self._left -= 1
                yield saved
            for saved in self._given_up():
                self._left -= 1
                yield saved

    def dismiss(self) -> None:
        """Lets every worker end after the case that it is at."""
        self._waiting.clear()

    def _given_up(self) -> list[Saved]:
        """What is recorded for workers that hang, after others have taken their places."""
        now, given_up = time.perf_counter(), []
        for worker in list(self._working):
            task = worker.late(now)
            if task is not None:
                self._working.remove(worker)
                self._working.add(self._hire())
                given_up.append(_hung(task, self._timeout))
        return given_up

    def _hire(self) -> _Worker:
        worker = _Worker(self._waiting, self._asker, self._done, self._timeout)
        worker.start()
        return worker


class _Worker(Thread):
    """Asks case after case. A daemon: one that hangs cannot keep the process from ending."""

    def __init__(
        self,
        waiting: deque[Task],
        asker: Asker,
        done: SimpleQueue[Saved],
        timeout: float,
    ) -> None:
        super().__init__(daemon=True)
        self._waiting, self._asker, self._done, self._timeout = waiting, asker, done, timeout
        self._lock = Lock()
        self._task: Task | None = None
        self._deadline = 0.0
        self._given_up = False

    def run(self) -> None:
        """Asks until nothing waits, or until it was given up."""
        while (task := self._next()) is not None:
            self._hand_in(_converse(task, self._asker))

    def _next(self) -> Task | None:
        with self._lock:
            if self._given_up:
                return None
            try:
                self._task = self._waiting.popleft()
            except IndexError:
                return None
            allowed = self._timeout * len(self._task.case.asked) + _GRACE
            self._deadline = time.perf_counter() + allowed
            return self._task

    def _hand_in(self, saved: Saved) -> None:
        """Hands the answers in, unless they come after the worker was given up."""
        with self._lock:
            self._task = None
            if not self._given_up:
                self._done.put(saved)

    def late(self, now: float) -> Task | None:
        """The task that it hangs at, which from now on is not its own; None where it is in time."""
        with self._lock:
            if self._task is None or now < self._deadline:
                return None
            self._given_up = True
            return self._task


def _converse(task: Task, asker: Asker) -> Saved:
    """All turns in one conversation; one that fails does not end it."""
    conversation: str | None = None
    turns = []
    for question in task.case.asked:
        try:
            turn = asker.ask(question, conversation)
        except Exception as problem:  # an asker's own fault must not stop its worker
            fault = Fault(kind=FaultKind.EXCEPTION, message=f"{type(problem).__name__}: {problem}")
            turn = Turn(asked=question, seconds=0.0, fault=fault)
        turns.append(turn)
        conversation = _conversation_of(turn) or conversation
    return Saved(
        suite=task.suite,
        id=task.case.id,
        turns=tuple(turns),
        ranking=_ranking(task.case, asker, Retrieval.HYBRID),
        rankings=_rankings(task.case, asker),
    )


def _ranking(case: Case, asker: Asker, by: Retrieval) -> tuple[Any, ...] | None:
    """What retrieval found for a case that passages answer, asked in a single turn."""
    return asker.ranking(case.asked[0], by) if case.gold and len(case.asked) == 1 else None


def _rankings(case: Case, asker: Asker) -> dict[Retrieval, tuple[Any, ...]] | None:
    """The same of the encoder and of BM25, each alone; None where the asker cannot see them."""
    found = {by: _ranking(case, asker, by) for by in (Retrieval.ENCODER, Retrieval.BM25)}
    seen = {by: ranked for by, ranked in found.items() if ranked is not None}
    return seen if len(seen) == len(found) else None


def _conversation_of(turn: Turn) -> str | None:
    said = turn.answer.get("conversation_id") if isinstance(turn.answer, dict) else None
    return said if isinstance(said, str) else None


def _hung(task: Task, timeout: float) -> Saved:
    fault = Fault(kind=FaultKind.TIMEOUT, message=f"{timeout:g} 秒内没有答完")
    turns = [Turn(asked=question, seconds=timeout, fault=fault) for question in task.case.asked]
    return Saved(suite=task.suite, id=task.case.id, turns=tuple(turns))
