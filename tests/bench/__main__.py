"""`python -m tests.bench`: what answering costs beside the bare work, and how it grows.

numeric   median and p95 of `ask` on the numeric questions of our own cases, next to the
          median of the bare work that they need: the question cut into words once, and the
          very statements that it executed, executed anew
descriptive   the same of the questions that a passage answers, next to encoding the question
          once, one query of Chroma and one of BM25
growth    the same questions about one generated department, and about one of 200
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from sqlalchemy import event
from sqlalchemy.engine import Engine

from evals.cases import load_cases
from evals.config import CASES
from evals.generate import generate
from index.build import SAMPLES
from qa_service.retrievers import NEAREST
from qa_service.settings import Settings
from qa_service.types import AnswerStatus, Question, Route
from qa_service.wiring import Service, build_index, open_service
from qa_service.words import cut
from tests.conftest import Silent
from tests.variants import write_variants

DEPARTMENTS = 200
ASKED = 60
"""How many questions about a generated department the growth is measured with."""
REPEATS = 5


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as it was executed."""

    text: str
    values: Any


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of single runs."""

    runs: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.runs)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.runs, n=20)[-1]


def main() -> None:
    """Prints all figures."""
    parser = argparse.ArgumentParser(description="Times of ask, as ratios within one run.")
    parser.add_argument("--departments", type=int, default=DEPARTMENTS)
    departments = parser.parse_args().departments
    with tempfile.TemporaryDirectory() as folder:
        _sample(Path(folder))
        _growth(Path(folder), departments)


def _sample(folder: Path) -> None:
    settings = Settings(index_dir=folder / "sample")
    build_index(settings, [SAMPLES], Silent())
    with open_service(settings) as service:
        _numeric(service, tuple(_answered(service, Route.NUMERIC)))
        _descriptive(service, tuple(_answered(service, Route.NARRATIVE)))


def _numeric(service: Service, questions: Sequence[str]) -> None:
    executed = {question: _executed(service, question) for question in questions}
    asked, engine, driver = [], [], []
    for _ in range(REPEATS):
        for question in questions:
            asked.append(_timed(service.ask, Question(question)))
            engine.append(_timed(_bare, service, question, executed[question]))
            driver.append(_timed(_bare_driver, service, question, executed[question]))
    ask, bare, raw = (Times(tuple(runs)) for runs in (asked, engine, driver))
    typer.echo(f"numeric questions: {len(questions)}, each {REPEATS} times")
    typer.echo(f"  ask            median {ask.median:.2f} ms, p95 {ask.p95:.2f} ms")
    typer.echo(
        f"  bare work      median {bare.median:.2f} ms: ratio {ask.median / bare.median:.1f}"
    )
    typer.echo(f"  at the driver  median {raw.median:.2f} ms: ratio {ask.median / raw.median:.1f}")


def _descriptive(service: Service, questions: Sequence[str]) -> None:
    asked, bare = [], []
    for _ in range(REPEATS):
        for question in questions:
            asked.append(_timed(service.ask, Question(question)))
            bare.append(_timed(_bare_retrieval, service, question))
    ask, work = Times(tuple(asked)), Times(tuple(bare))
    typer.echo(f"descriptive questions: {len(questions)}, each {REPEATS} times")
    typer.echo(f"  ask            median {ask.median:.2f} ms, p95 {ask.p95:.2f} ms")
    typer.echo(
        f"  bare work      median {work.median:.2f} ms: ratio {ask.median / work.median:.1f}"
    )


def _bare_retrieval(service: Service, question: str) -> None:
    """The question encoded once, one query of Chroma, one of BM25."""
    library = service.library
    document_id = library.documents[0].id
    vector = library.encoder.embed_query(question)
    library.vectors.nearest(vector, NEAREST, [document_id])
    library.ready(document_id).passages.word_scores(question)


def _growth(folder: Path, departments: int) -> None:
    paths = write_variants(folder / "texts", range(departments))
    questions = [
        f"{_department(paths[0])}：{case.question}"
        for case in generate(paths[0])
        if case.question is not None and case.category == "lookup"
    ]
    questions = questions[:: max(1, len(questions) // ASKED)]
    medians: list[float] = []
    for count in (1, departments):
        settings = Settings(index_dir=folder / f"of{count}")
        build_index(settings, paths[:count], Silent())
        with open_service(settings) as service:
            answered = [service.ask(Question(q)).status is AnswerStatus.ANSWERED for q in questions]
            runs = [
                _timed(service.ask, Question(question))
                for _ in range(REPEATS)
                for question in questions
            ]
        times = Times(tuple(runs))
        medians.append(times.median)
        typer.echo(
            f"{count} departments: ask median {times.median:.2f} ms, p95 {times.p95:.2f} ms, "
            f"{sum(answered)} of {len(answered)} answered"
        )
    typer.echo(f"  {departments} next to 1: ratio {medians[1] / medians[0]:.2f}")


def _answered(service: Service, route: Route) -> Iterator[str]:
    """The questions of our own cases that are answered on the route."""
    for case in load_cases(sorted(CASES.glob("*.jsonl"))):
        if case.question is not None:
            answer = service.ask(Question(case.question))
            if answer.status is AnswerStatus.ANSWERED and answer.route is route:
                yield case.question


def _department(path: Path) -> str:
    """The department of a generated document, from its first line of the kind."""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("单位名称："):
            return line.removeprefix("单位名称：").strip()
    raise LookupError(f"{path} names no department")


def _executed(service: Service, question: str) -> tuple[Statement, ...]:
    found: list[Statement] = []

    def note(_c: Any, _cursor: Any, text: str, values: Any, _x: Any, _many: bool) -> None:
        found.append(Statement(text, values))

    with _listening(service.store.engine, note):
        service.ask(Question(question))
    return tuple(found)


@contextmanager
def _listening(engine: Engine, listener: Callable[..., None]) -> Iterator[None]:
    event.listen(engine, "before_cursor_execute", listener)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", listener)


def _bare(service: Service, question: str, statements: Sequence[Statement]) -> None:
    """The words of the question and its statements through the engine that answers."""
    cut(question)
    with service.store.engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement.text, statement.values).fetchall()


def _bare_driver(service: Service, question: str, statements: Sequence[Statement]) -> None:
    """The same with nothing but SQLite's own driver."""
    cut(question)
    with service.store.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        for statement in statements:
            raw.execute(statement.text, statement.values).fetchall()


def _timed(work: Callable[..., object], *given: object) -> float:
    """Milliseconds that the work takes."""
    started = time.perf_counter()
    work(*given)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
