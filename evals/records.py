"""Saved answers: one JSON object a line, written as soon as a case is asked, read back to score."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.errors import RunError
from qa_service.types import Retrieval


class FaultKind(StrEnum):
    """Why no answer came back."""

    HTTP = "http"
    TIMEOUT = "timeout"
    CONNECTION = "connection"
    GARBAGE = "garbage"
    EXCEPTION = "exception"
    CONTRACT = "contract"


class _Saved(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fault(_Saved):
    """What came instead of an answer."""

    kind: FaultKind
    message: str
    status: int | None = None
    """The HTTP status, where there was one."""


class Turn(_Saved):
    """One question with its raw answer, or with what came instead."""

    asked: str
    seconds: float
    answer: Any = None
    fault: Fault | None = None


class Saved(_Saved):
    """All turns of one case; the last is judged."""

    suite: str
    id: str
    turns: tuple[Turn, ...]
    ranking: tuple[Any, ...] | None = None
    """What retrieval found, best first, in the form of citations, where the asker could see it."""
    rankings: dict[Retrieval, tuple[Any, ...]] | None = None
    """The same of the other retrievals, each alone."""


@dataclass(frozen=True, slots=True)
class CaseKey:
    """What names a case in a run."""

    suite: str
    id: str


class AnswerFile:
    """A file of saved answers that grows by a line a case. Each line is on disk before the next."""

    def __init__(self, path: Path, keep: Iterable[Saved] = ()) -> None:
        """Starts the file anew with the answers to keep."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(_line(saved) for saved in keep)
        fresh.replace(path)
        self._out = path.open("a", encoding="utf-8", newline="\n")

    def add(self, saved: Saved) -> None:
        """Appends the answers of one case."""
        self._out.write(_line(saved))
        self._out.flush()

    def close(self) -> None:
        """Puts everything on disk."""
        self._out.flush()
        os.fsync(self._out.fileno())
        self._out.close()

    def __enter__(self) -> AnswerFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read_answers(path: Path) -> dict[CaseKey, Saved]:
    """The saved answers of a run. A torn last line, as a crash leaves it, is left out.

    Raises RunError for a file that is missing or that holds something else.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as problem:
        raise RunError(f"{path}：读不出保存的回答：{problem}") from problem
    found: dict[CaseKey, Saved] = {}
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        try:
            saved = Saved.model_validate(json.loads(line))
        except (ValueError, ValidationError) as problem:
            if number == len(lines):
                break
            raise RunError(f"{path}:{number}：不是保存的回答：{problem}") from problem
        found[CaseKey(saved.suite, saved.id)] = saved
    return found


def _line(saved: Saved) -> str:
    fields: dict[str, Any] = {
        "suite": saved.suite,
        "id": saved.id,
        "turns": [_turn_fields(turn) for turn in saved.turns],
    }
    if saved.ranking is not None:
        fields["ranking"] = list(saved.ranking)
    if saved.rankings is not None:
        fields["rankings"] = {by.value: list(found) for by, found in saved.rankings.items()}
    return json.dumps(fields, ensure_ascii=False) + "\n"


def _turn_fields(turn: Turn) -> dict[str, Any]:
    """The turn with its answer as it came, nulls and all."""
    fields: dict[str, Any] = {"asked": turn.asked, "seconds": turn.seconds}
    if turn.fault is not None:
        return fields | {"fault": turn.fault.model_dump(mode="json", exclude_none=True)}
    return fields | {"answer": turn.answer}
