"""How far long work has come: a bar on a terminal, else plain lines, always on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn


class Lines:
    """Prints a line for each step: the stage, what is done, what there is to do."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._name, self._steps, self._done = "", 0, 0

    def stage(self, name: str, steps: int) -> None:
        """Starts a stage."""
        self._name, self._steps, self._done = name, steps, 0
        self._show()

    def step(self, count: int = 1) -> None:
        """Takes steps of the stage that was started last."""
        self._done += count
        self._show()

    def _show(self) -> None:
        print(f"{self._name} {self._done}/{self._steps}", file=self._out, flush=True)


class Bars:
    """Draws a bar for each stage."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._task: TaskID | None = None

    def stage(self, name: str, steps: int) -> None:
        """Starts a stage."""
        self._task = self._bars.add_task(name, total=steps)

    def step(self, count: int = 1) -> None:
        """Takes steps of the stage that was started last."""
        if self._task is not None:
            self._bars.advance(self._task, count)


class Seldom:
    """Hands steps on in hundredths of a stage, so that thousands of them make no flood of lines."""

    def __init__(self, progress: Lines | Bars) -> None:
        self._progress = progress
        self._left, self._held, self._batch = 0, 0, 1

    def stage(self, name: str, steps: int) -> None:
        """Starts a stage."""
        self._left, self._held, self._batch = steps, 0, max(1, steps // 100)
        self._progress.stage(name, steps)

    def step(self, count: int = 1) -> None:
        """Takes steps of the stage that was started last."""
        self._left, self._held = self._left - count, self._held + count
        if self._held >= self._batch or self._left <= 0:
            self._progress.step(self._held)
            self._held = 0


@contextmanager
def shown_progress() -> Iterator[Lines | Bars]:
    """Progress as whoever watches stderr can read it."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Lines(sys.stderr)
        return
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=console
    ) as bars:
        yield Bars(bars)
