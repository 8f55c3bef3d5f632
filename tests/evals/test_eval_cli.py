"""`budget-qa eval` as its users run it."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from evals.cases import load_cases
from qa_service.channels.cli import app
from qa_service.settings import Settings

ROOT = Path(__file__).parents[2]


def _eval(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["eval", *map(str, arguments)])


@pytest.fixture(scope="module")
def finished(sample_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run over our own cases about prose and amounts."""
    out = tmp_path_factory.mktemp("cli") / "out"
    index = str(sample_settings.index_dir)
    done = _eval("run", "--suite", "cases", "--only", "lookup", "--index", index, "--out", out)
    assert done.exit_code == 0, done.output
    assert f"报告：{out}" in done.stdout.replace("\n", "")
    return out


def test_every_command_and_option_says_what_it_does() -> None:
    group = typer.main.get_command(app).commands["eval"]  # type: ignore[attr-defined]
    assert set(group.commands) == {"run", "score", "compare", "generate"}
    readme = (ROOT / "README.md").read_text("utf-8") + (ROOT / "evals/README.md").read_text("utf-8")
    for name, command in group.commands.items():
        assert f"例：budget-qa eval {name}" in command.help
        assert f"budget-qa eval {name}" in readme
        for parameter in command.params:
            assert parameter.help, f"{name} {parameter.name}"


def test_a_run_leaves_its_files(finished: Path) -> None:
    names = {"summary.json", "report.html", "junit.xml", "answers.jsonl", "config.json", "cases"}
    assert {path.name for path in finished.iterdir()} == names
    assert json.loads((finished / "config.json").read_text("utf-8"))["only"] == ["lookup"]


def test_scoring_again_asks_nobody_and_prints_json(finished: Path) -> None:
    done = _eval("score", finished, "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["cases"]["cases"] > 10


def test_a_broken_floor_is_named_and_ends_with_1(finished: Path) -> None:
    done = _eval("score", finished, "--floor", "cases.cases=9999", "--floor", "cases.error=0")
    assert done.exit_code == 1
    assert "没有达到底线：cases.cases 应不低于 9999" in done.stderr
    assert "cases.error" not in done.stderr


def test_a_floor_of_a_file_holds_as_well(finished: Path, tmp_path: Path) -> None:
    (tmp_path / "f.toml").write_text("[floors]\ncases.got_better = 1\n", "utf-8")
    done = _eval("compare", finished, finished, "--config", tmp_path / "f.toml")
    assert done.exit_code == 1
    assert "cases.got_better 应不低于 1，实际 0" in done.stderr


def test_a_run_compared_with_itself_is_the_same(finished: Path) -> None:
    done = _eval("compare", finished, finished, "--json", "--floor", "cases.got_worse=0")
    assert done.exit_code == 0
    (suite,) = json.loads(done.stdout)["suites"]
    assert (suite["better"], suite["worse"], suite["p_value"]) == (0, 0, 1.0)


def test_generated_cases_are_a_case_file(tmp_path: Path) -> None:
    out = tmp_path / "g.jsonl"
    assert _eval("generate", "--out", out).exit_code == 0
    assert len(load_cases([out])) >= 3000


def test_a_run_taken_up_again_keeps_its_configuration_and_floors(
    sample_settings: Settings, tmp_path: Path
) -> None:
    out, index = tmp_path / "out", sample_settings.index_dir
    begun = _eval(
        *("run", "--suite", "cases", "--only", "glossary", "--index", index, "--out", out),
        *("--floor", "cases.cases=9999"),
    )
    assert begun.exit_code == 1
    again = _eval("run", "--resume", "--out", out, "--floor", "cases.error=0")
    assert again.exit_code == 1
    assert "cases.cases 应不低于 9999" in again.stderr
    saved = json.loads((out / "config.json").read_text("utf-8"))
    assert saved["only"] == ["glossary"]
    assert saved["floors"] == {"cases.cases": 9999, "cases.error": 0}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "--suite", "all"), "suites"),
        (("run", "--url", "ftp://x", "--suite", "cases"), "ftp://x"),
        (("run", "--floor", "x"), "底线"),
        (("run", "--floor", "cases.corect=0.9"), "没有这个指标"),
        (("run", "--floor", "cases.correct=97"), "0 到 1 的数"),
        (("run", "--floor", "cases.p95=nan"), "不能是 nan"),
        (("run", "--config", "no.toml"), "no.toml"),
        (("run", "--suite", "cases", "--only", "none"), "没有用例"),
        (("run", "--suite", "exhaustive", "--doc", "no.txt"), "no.txt"),
        (("run", "--resume", "--out", "nowhere"), "nowhere"),
        (("score", "nowhere"), "nowhere"),
        (("compare", "nowhere", "nowhere"), "nowhere"),
        (("generate", "no.txt"), "no.txt"),
    ],
)
def test_what_cannot_be_done_is_one_message(
    arguments: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = _eval(*arguments)
    assert done.exit_code == 1
    assert "错误：" in done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.output


def test_ctrl_c_keeps_what_was_asked(sample_settings: Settings, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "qa_service.channels.cli", "eval", "run"]
    options = ["--index", str(sample_settings.index_dir), "--out", str(out)]
    running = subprocess.Popen([*command, *options], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    answers = out / "answers.jsonl"
    while time.monotonic() < deadline and not (answers.exists() and answers.stat().st_size):
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=30)
    assert running.returncode == 130
    assert "--resume" in told
    assert "Traceback" not in told
    asked = len(answers.read_text("utf-8").splitlines())
    assert asked > 0
    done = _eval("score", out)
    assert done.exit_code == 0
    assert "没有问到" in done.stdout
    held = _eval("score", out, "--floor", "exhaustive.wrong=1")
    assert held.exit_code == 1
    assert "没有问到" in held.stderr


def test_a_service_that_never_answers_ends_with_1(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        done = _eval(
            *("run", "--suite", "cases", "--only", "glossary", "--out", tmp_path / "out"),
            *("--url", f"http://127.0.0.1:{silent.getsockname()[1]}", "--timeout", "0.2"),
        )
    assert done.exit_code == 1
    assert "没有得到任何可用的回答" in done.stderr


def test_a_service_that_cannot_be_reached_leaves_the_last_results(
    finished: Path, tmp_path: Path
) -> None:
    out = shutil.copytree(finished, tmp_path / "out")
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    done = _eval("run", "--url", "http://127.0.0.1:9", "--suite", "cases", "--out", out)
    assert done.exit_code == 1
    assert "连不上" in done.stderr
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == before


def test_the_index_that_is_set_is_the_one_that_is_asked(
    sample_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("run", "--suite", "cases", "--only", "glossary", "--out", tmp_path / "out")
    monkeypatch.setenv("BUDGET_QA_INDEX_DIR", str(tmp_path / "indx"))
    done = _eval(*asked)
    assert done.exit_code == 1
    assert str(tmp_path / "indx") in done.stderr
    assert not (tmp_path / "out").exists()
    monkeypatch.setenv("BUDGET_QA_INDEX_DIR", str(sample_settings.index_dir))
    assert _eval(*asked).exit_code == 0
    saved = json.loads((tmp_path / "out" / "config.json").read_text("utf-8"))
    assert saved["index_dir"] == str(sample_settings.index_dir)
