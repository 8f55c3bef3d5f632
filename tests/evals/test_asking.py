"""Asking: what a service does badly is recorded, what was asked is kept, and no worker is lost."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from evals.askers import InProcess, OverHttp
from evals.asking import Progress, Task, ask_all
from evals.cases import Case, write_cases
from evals.config import EvalConfig
from evals.errors import ConfigError, RunError
from evals.records import AnswerFile, CaseKey, Fault, FaultKind, Saved, Turn, read_answers
from evals.run import run
from qa_service.errors import InvalidQuestion
from qa_service.settings import Settings
from qa_service.types import Answer, AnswerStatus, Citation, Question, Retrieval, Route
from tests.evals.broken_service import BODIES, QUESTIONS, broken_service


def _cases(questions: Sequence[str]) -> list[Case]:
    return [
        Case.model_validate(
            {
                "id": question,
                "category": "broken",
                "question": question,
                "expect": {"kind": "value", "value": 5.4, "unit": "万元"},
            }
        )
        for question in questions
    ]


def _tasks(*questions: str) -> list[Task]:
    return [Task("s", case) for case in _cases(questions)]


class Scripted:
    """Answers at once; hangs, fails or stops the run at the questions that say so."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None]] = []
        self.freed = threading.Event()

    def ranking(self, question: str, by: Retrieval) -> None:
        """Cannot see what retrieval found."""

    def ask(self, question: str, conversation_id: str | None) -> Turn:
        self.asked.append((question, conversation_id))
        if question == "挂起":
            self.freed.wait(20)
        if question == "坏":
            raise RuntimeError("坏了")
        return Turn(asked=question, seconds=0.001, answer={"conversation_id": f"nach {question}"})


class Stopping:
    """Progress of someone who presses Ctrl-C after so many cases."""

    def __init__(self, after: int) -> None:
        self._left = after

    def stage(self, name: str, steps: int) -> None:
        """Takes note of nothing."""

    def step(self, count: int = 1) -> None:
        """Interrupts."""
        self._left -= count
        if self._left <= 0:
            raise KeyboardInterrupt


def test_every_misdeed_of_a_service_is_counted_and_none_is_a_traceback(
    tmp_path: Path, silent: Progress
) -> None:
    write_cases(tmp_path / "cases.jsonl", _cases(QUESTIONS))
    with broken_service() as url:
        config = EvalConfig(
            suites=("cases",),
            cases=(tmp_path / "cases.jsonl",),
            url=url,
            out=tmp_path / "out",
            workers=8,
            timeout=1.5,
        )
        results = run(config, Settings(), silent)
    got = {score.case.id: score for score in results.scores}
    assert set(got) == set(QUESTIONS)
    kinds = {name: s.outcome.fault.kind.value for name, s in got.items() if s.outcome.fault}
    assert Counter(kinds.values()) == dict(results.summary[0].faults)
    assert kinds["不答"] == kinds["慢"] == "timeout"
    assert kinds["挂断"] == kinds["中途挂断"] == kinds["不是HTTP"] == "connection"
    assert kinds["500"] == kinds["422"] == "http"
    assert kinds["没完"] == kinds["很深"] == kinds["空"] == kinds["大数"] == "garbage"
    assert kinds["列表"] == kinds["没有状态"] == kinds["值是文字"] == "contract"
    verdicts = {name: score.verdict.value for name, score in got.items()}
    assert verdicts.pop("好的") == "wrong"
    assert verdicts.pop("422") == verdicts.pop("413") == "declined"
    assert set(verdicts.values()) == {"error"}
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert all(name in page for name in QUESTIONS)


def test_a_service_that_is_not_there_is_counted() -> None:
    turn = OverHttp("http://127.0.0.1:9", 2).ask("问", None)
    assert turn.fault is not None
    assert turn.fault.kind is FaultKind.CONNECTION


@pytest.mark.parametrize("url", ["ftp://x", "127.0.0.1:8000", "http://", "http://[", "http://a:b"])
def test_what_is_no_url_is_refused(url: str) -> None:
    with pytest.raises(ConfigError, match="url"):
        OverHttp(url, 1)


def test_answers_are_saved_as_they_came(tmp_path: Path, silent: Progress) -> None:
    with broken_service() as url:
        asker = OverHttp(url, 5)
        ask_all(_tasks("列表", "好的"), asker, tmp_path / "a.jsonl", silent, workers=1, timeout=5)
    saved = read_answers(tmp_path / "a.jsonl")
    assert saved[CaseKey("s", "列表")].turns[0].answer == json.loads(BODIES["列表"])


def test_turns_share_their_conversation(tmp_path: Path, silent: Progress) -> None:
    case = _cases(["x"])[0].model_copy(update={"question": None, "turns": ("一", "坏", "三")})
    asker = Scripted()
    ask_all([Task("s", case)], asker, tmp_path / "a.jsonl", silent, workers=1, timeout=5)
    assert asker.asked == [("一", None), ("坏", "nach 一"), ("三", "nach 一")]
    turns = read_answers(tmp_path / "a.jsonl")[CaseKey("s", "x")].turns
    assert [turn.fault.kind if turn.fault else None for turn in turns] == [
        None,
        FaultKind.EXCEPTION,
        None,
    ]


def test_a_worker_that_hangs_is_replaced(tmp_path: Path, silent: Progress) -> None:
    asker, start = Scripted(), time.monotonic()
    tasks = _tasks("挂起", *map(str, range(50)))
    ask_all(tasks, asker, tmp_path / "a.jsonl", silent, workers=1, timeout=0.2)
    asker.freed.set()
    saved = read_answers(tmp_path / "a.jsonl")
    assert len(saved) == 51
    fault = saved[CaseKey("s", "挂起")].turns[0].fault
    assert fault is not None
    assert fault.kind is FaultKind.TIMEOUT
    assert time.monotonic() - start < 10


def test_a_stop_keeps_what_was_asked_and_resume_asks_the_rest(
    tmp_path: Path, silent: Progress
) -> None:
    path, tasks = tmp_path / "a.jsonl", _tasks(*map(str, range(40)))
    with pytest.raises(KeyboardInterrupt):
        ask_all(tasks, Scripted(), path, Stopping(10), workers=3, timeout=5)
    kept = read_answers(path)
    assert len(kept) == 10
    asker = Scripted()
    ask_all(tasks, asker, path, silent, workers=3, timeout=5, resume=True)
    assert {asked for asked, _ in asker.asked} == {
        task.case.id for task in tasks if task.key not in kept
    }
    assert set(read_answers(path)) == {task.key for task in tasks}


def test_resume_asks_again_what_is_worded_anew(tmp_path: Path, silent: Progress) -> None:
    path = tmp_path / "a.jsonl"
    ask_all(_tasks("一", "二"), Scripted(), path, silent, workers=1, timeout=5)
    changed = [Task("s", _cases(["一"])[0].model_copy(update={"question": "一？"})), *_tasks("二")]
    asker = Scripted()
    ask_all(changed, asker, path, silent, workers=1, timeout=5, resume=True)
    assert asker.asked == [("一？", None)]


def test_a_torn_last_line_is_left_out_and_asked_again(tmp_path: Path, silent: Progress) -> None:
    path, tasks = tmp_path / "a.jsonl", _tasks("一", "二")
    ask_all(tasks, Scripted(), path, silent, workers=1, timeout=5)
    path.write_bytes(path.read_bytes()[:-20])
    assert len(read_answers(path)) == 1
    ask_all(tasks, Scripted(), path, silent, workers=1, timeout=5, resume=True)
    assert len(read_answers(path)) == 2


def test_a_damaged_file_is_named_by_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"suite": 1}\n{}\n', "utf-8")
    with pytest.raises(RunError, match=r"a\.jsonl:1"):
        read_answers(path)


def test_nulls_of_an_answer_are_kept(tmp_path: Path) -> None:
    answer = {"code": None, "values": [None, {"a": None}]}
    saved = Saved(suite="s", id="x", turns=(Turn(asked="问", seconds=1.5, answer=answer),))
    with AnswerFile(tmp_path / "a.jsonl") as file:
        file.add(saved)
    assert read_answers(tmp_path / "a.jsonl") == {CaseKey("s", "x"): saved}


def test_rankings_are_read_back_and_may_be_missing(tmp_path: Path) -> None:
    turn = Turn(asked="问", seconds=1.5, answer={})
    rankings = {Retrieval.ENCODER: ({"quote": "一"},), Retrieval.BM25: ()}
    new = Saved(suite="s", id="new", turns=(turn,), ranking=(), rankings=rankings)
    old = Saved(suite="s", id="old", turns=(turn,), ranking=())
    with AnswerFile(tmp_path / "a.jsonl", (new, old)):
        pass
    assert list(read_answers(tmp_path / "a.jsonl").values()) == [new, old]
    assert "rankings" not in (tmp_path / "a.jsonl").read_text("utf-8").splitlines()[1]


class InProcessService:
    """A service in this process that answers, refuses or breaks."""

    def ranking(self, question: Question, by: Retrieval) -> tuple[Citation, ...]:  # noqa: ARG002
        if question.text == "坏":
            raise KeyError("坏")
        return ()

    def ask(self, question: Question) -> Answer:
        if question.text == "太长":
            raise InvalidQuestion("question_too_long", "太长了")
        if question.text == "坏":
            raise KeyError("坏")
        route = Route.NUMERIC
        return Answer("a", "c", question.text, AnswerStatus.ANSWERED, route, "答")


def test_in_process_answers_are_those_of_http() -> None:
    asker = InProcess(InProcessService())
    answer = asker.ask("问", None).answer
    assert (answer["status"], answer["route"], answer["citations"]) == ("answered", "numeric", [])
    assert asker.ask("太长", None).fault == Fault(kind=FaultKind.HTTP, status=422, message="太长了")
    broken = asker.ask("坏", None).fault
    assert broken is not None
    assert broken.kind is FaultKind.EXCEPTION


def test_cases_that_no_run_has_written_are_never_overwritten(
    tmp_path: Path, silent: Progress
) -> None:
    mine = tmp_path / "cases" / "mine.jsonl"
    mine.parent.mkdir()
    write_cases(mine, _cases(["一"]))
    before = mine.read_bytes()
    config = EvalConfig(suites=("cases",), cases=(mine,), out=tmp_path)
    with pytest.raises(RunError, match="不会覆盖"):
        run(config, Settings(), silent)
    assert [path.name for path in tmp_path.rglob("*.*")] == ["mine.jsonl"]
    assert mine.read_bytes() == before
