"""The same question gets the same answer, in every run and in every process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from qa_service.settings import PREFIX, Settings
from tests.scenarios.conftest import Ask

QUESTIONS = [
    "租赁费是多少",
    "公务接待费多少",
    "监控项目是干什么的？",
    "运维项目多少钱",
    "电话是多少",
    "主要职责有哪些",
]
PROGRAM = """
import json, sys
from dataclasses import asdict
from qa_service.settings import load_settings
from qa_service.types import Question
from qa_service.wiring import open_service
with open_service(load_settings()) as service:
    for question in sys.argv[1:]:
        answer = asdict(service.ask(Question(question, "c")))
        print(json.dumps({k: v for k, v in answer.items() if k not in ("id", "timings_ms")}))
"""


def test_ten_runs_in_one_process(ask: Ask) -> None:
    for question in QUESTIONS:
        assert len({_told(asdict(ask(question))) for _ in range(10)}) == 1


def test_processes_that_hash_differently(sample_settings: Settings) -> None:
    assert _asked_in_a_process(sample_settings, "1") == _asked_in_a_process(sample_settings, "2")


def _asked_in_a_process(settings: Settings, seed: str) -> str:
    environment = {
        **os.environ,
        "PYTHONHASHSEED": seed,
        f"{PREFIX}INDEX_DIR": str(settings.index_dir),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *QUESTIONS],
        env=environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def _told(answer: dict[str, object]) -> str:
    own = ("id", "conversation_id", "timings_ms")
    return json.dumps({k: v for k, v in answer.items() if k not in own}, ensure_ascii=False)
