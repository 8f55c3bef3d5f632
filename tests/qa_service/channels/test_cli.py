"""The command line: in this process where that shows the same, else as a program of its own."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx2
import pytest
import typer
from typer.testing import CliRunner, Result

from index.build import SAMPLES
from qa_service.channels.cli import app
from qa_service.settings import Settings

ROOT = Path(__file__).parents[3]
PROGRAM = [sys.executable, "-m", "qa_service.channels.cli"]
_MOST_SIGNALS = 6


def _run(settings: Settings | Path, *arguments: str, typed: str | None = None) -> Result:
    root = settings.index_dir if isinstance(settings, Settings) else settings
    return CliRunner().invoke(app, arguments, input=typed, env={"BUDGET_QA_INDEX_DIR": str(root)})


def _environment(**settings: str | Path | None) -> Mapping[str, str]:
    given = {f"BUDGET_QA_{n.upper()}": str(v) for n, v in settings.items() if v is not None}
    path = {"PYTHONPATH": str(ROOT)}  # the program may run in another folder
    return {**os.environ, **path, **given}


def _digests(root: Path) -> dict[str, str]:
    """Every file below the folder; the lock that builds take is no part of an index."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != "build.lock"
    }


@pytest.fixture
def own_index(sample_settings: Settings, tmp_path: Path) -> Path:
    """A copy of the sample's index that a test may change."""
    return shutil.copytree(sample_settings.index_dir, tmp_path / "index")


class TestHelp:
    def test_every_command_and_option_says_what_it_does(self) -> None:
        commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
        assert set(commands) == {"index", "ask", "chat", "check", "serve", "eval"}
        for name, command in commands.items():
            assert f"例：budget-qa {name}" in command.help
            for parameter in command.params:
                assert parameter.help, f"{name} {parameter.name}"

    def test_help_is_quick(self) -> None:
        code = (
            "import sys, qa_service.channels.cli; sys.exit(any(m in sys.modules for m in sys.argv))"
        )
        slow = ["chromadb", "fastapi", "sqlalchemy", "pydantic", "numpy", "langchain_core"]
        assert subprocess.run([sys.executable, "-c", code, *slow], cwd=ROOT).returncode == 0


class TestIndex:
    def test_the_sample_is_indexed_by_default(self, tmp_path: Path) -> None:
        done = _run(tmp_path / "index", "index")
        assert done.exit_code == 0
        assert "已收录：2024年广州市天河区政务服务数据管理局部门预算（13 张表" in done.stdout
        progress = done.stderr.splitlines()
        assert progress[:2] == ["读取 0/1", "读取 1/1"]
        assert any(re.fullmatch(r"编码段落 \d+/\d+", line) for line in progress)
        assert progress[-1] == "发布 1/1"

    def test_what_has_not_changed_is_said(self, own_index: Path) -> None:
        done = _run(own_index, "index", "--json")
        report = json.loads(done.stdout)
        assert (done.exit_code, report["published"]) == (0, False)
        assert [Path(path).suffix for path in report["unchanged"]] == [".txt"]

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("空.txt", b"", "空.txt：文件是空的"),
            ("信.txt", "尊敬的市民：\n您好。\n".encode(), "信.txt，第1行："),
            ("图.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "图.txt，第1行：不是 UTF-8"),
            ("码.txt", "第一行\n".encode() + "预算".encode("gbk"), "码.txt，第2行：不是 UTF-8"),
            ("零.txt", "2024年部门预算\n\x00\x01".encode(), "零.txt，第2行：含有控制字符"),
            ("图.png", b"\x89PNG", "不认识的文件格式“.png”"),
            ("没有.txt", None, "没有.txt：文件不存在"),
        ],
    )
    def test_a_file_that_is_no_budget_leaves_the_index_alone(
        self, own_index: Path, tmp_path: Path, name: str, content: bytes | None, said: str
    ) -> None:
        file = tmp_path / name
        if content is not None:
            file.write_bytes(content)
        before = _digests(own_index)
        done = _run(own_index, "index", str(file))
        assert done.exit_code == 1
        assert said in done.stderr
        assert "原有索引没有改动" in done.stderr
        assert "Traceback" not in done.output
        assert _digests(own_index) == before

    def test_a_file_that_the_system_cannot_open_leaves_the_index_alone(
        self, own_index: Path, tmp_path: Path
    ) -> None:
        loop = tmp_path / "绕圈.txt"
        loop.symlink_to(loop)
        before = _digests(own_index)
        done = _run(own_index, "index", str(loop))
        assert done.exit_code == 1
        assert "绕圈.txt：无法读取" in done.stderr
        assert _digests(own_index) == before

    def test_the_rest_is_indexed_and_the_refused_file_is_named(self, tmp_path: Path) -> None:
        bad = tmp_path / "bad.txt"
        bad.write_bytes(b"")
        done = _run(tmp_path / "index", "index", "--json", str(bad), str(SAMPLES))
        report = json.loads(done.stdout)
        assert done.exit_code == 1
        assert report["refused"] == [
            {"file": str(bad), "page": None, "line": None, "reason": "文件是空的，没有任何文字"}
        ]
        assert [one["rows"] for one in report["indexed"]] == [248]
        assert report["published"]


class TestAsk:
    def test_an_answer_is_shown_with_its_proof(self, sample_settings: Settings) -> None:
        done = _run(sample_settings, "ask", "2024年“三公”经费预算是多少？")
        assert done.exit_code == 0
        assert "5.40万元[1]" in done.stdout
        assert "“三公”经费：5.40万元 [1]" in done.stdout
        assert "表8 财政拨款安排的行政经费及“三公”经费预算表" in done.stdout
        assert "第334行" in done.stdout

    def test_json_is_the_contracts_object_alone(self, sample_settings: Settings) -> None:
        done = _run(sample_settings, "ask", "--json", "2024年“三公”经费预算是多少？")
        answer = json.loads(done.stdout)
        assert answer["values"][0]["amount_yuan"] == "54000.00"
        assert "三公" in done.stdout
        assert not done.stderr

    @pytest.mark.parametrize("question", ["", " \u3000", "预" * 501])
    def test_a_question_out_of_bounds_is_refused(
        self, sample_settings: Settings, question: str
    ) -> None:
        done = _run(sample_settings, "ask", question)
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr.startswith("错误：")

    def test_a_question_that_is_no_utf8_is_refused(self, sample_settings: Settings) -> None:
        done = subprocess.run(
            [*map(os.fsencode, PROGRAM), b"ask", "三公".encode("gbk")],
            cwd=ROOT,
            env=_environment(index_dir=sample_settings.index_dir),
            capture_output=True,
        )
        assert (done.returncode, done.stdout) == (1, b"")
        assert "UTF-8" in done.stderr.decode()
        assert b"Traceback" not in done.stderr

    @pytest.mark.parametrize("command", [("ask", "三公经费？"), ("chat",), ("check",)])
    def test_a_missing_index_names_the_command(
        self, tmp_path: Path, command: tuple[str, ...]
    ) -> None:
        done = _run(tmp_path / "none", *command)
        assert (done.exit_code, done.stdout) == (1, "")
        assert "budget-qa index" in done.stderr

    @pytest.mark.parametrize("command", [("ask", "三公经费？"), ("check",), ("index",)])
    def test_an_outdated_index_names_the_command(
        self, own_index: Path, command: tuple[str, ...]
    ) -> None:
        manifest = own_index / (own_index / "CURRENT").read_text("utf-8") / "manifest.json"
        manifest.write_text(json.dumps({"schema": 0, "encoder": "x"}), "utf-8")
        done = _run(own_index, *command)
        assert (done.exit_code, done.stdout) == (1, "")
        assert "budget-qa index --fresh" in done.stderr


class TestChat:
    def test_a_conversation_with_help_options_and_an_end(self, sample_settings: Settings) -> None:
        typed = "/help\n\n/nothing\n租赁费\n1\n/quit\n三公经费？\n"
        done = _run(sample_settings, "chat", typed=typed)
        assert done.exit_code == 0
        assert "没有 /nothing 这个命令" in done.stdout
        assert "\n  1. " in done.stdout
        asked, chosen = done.stdout.split("\n  1. ")
        assert "租赁费" in asked
        assert "出处" in chosen

    def test_the_end_of_input_ends_it(self, sample_settings: Settings) -> None:
        done = _run(sample_settings, "chat", typed="预" * 501 + "\n三公经费？")
        assert done.exit_code == 0
        assert "5.40万元" in done.stdout

    def test_ctrl_c_ends_it_without_a_trace(self, sample_settings: Settings) -> None:
        outer, inner = pty.openpty()
        with _started("chat", sample_settings.index_dir, terminal=inner) as chatting:
            os.close(inner)
            shown = _read_until(outer, "问> ")
            # A signal between the prompt and the reading of it only shows at the next one.
            for _ in range(_MOST_SIGNALS):
                chatting.send_signal(signal.SIGINT)
                with suppress(subprocess.TimeoutExpired):
                    chatting.wait(5)
                if chatting.poll() is not None:
                    break
            else:
                pytest.fail("it goes on after the signals; is SIGINT ignored where the tests run?")
            shown += _read_until(outer, None)
        os.close(outer)
        assert chatting.returncode == 0
        assert "Traceback" not in shown


@contextmanager
def _started(
    command: str,
    index_dir: Path | None,
    *arguments: str,
    terminal: int | None = None,
    folder: Path = ROOT,
) -> Iterator[subprocess.Popen[str]]:
    """The command as a program of its own, which ends with the context at the latest."""
    with subprocess.Popen(
        [*PROGRAM, command, *arguments],
        cwd=folder,
        env=_environment(index_dir=index_dir),
        stdin=terminal,
        stdout=terminal or subprocess.PIPE,
        stderr=terminal or subprocess.PIPE,
        text=True,
    ) as program:
        try:
            yield program
        finally:
            program.kill()


def _read_until(terminal: int, awaited: str | None) -> str:
    """What the terminal shows until the text appears, or until its program has ended."""
    shown = b""
    waiting = select.poll()  # as many files may be open as there are
    waiting.register(terminal, select.POLLIN)
    while awaited is None or awaited.encode() not in shown:
        assert waiting.poll(30_000), f"{awaited!r} did not appear after {shown!r}"
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        shown += piece
    return shown.decode(errors="replace")


class TestCheck:
    def test_findings_are_listed_by_table(self, sample_settings: Settings) -> None:
        done = _run(sample_settings, "check")
        assert done.exit_code == 0
        assert "  表12 部门预算项目支出及其他支出预算表\n    尾差  " in done.stdout
        assert "文字不一致  " in done.stdout
        assert "\x1b[" not in done.stdout

    def test_json_has_them_too(self, sample_settings: Settings) -> None:
        report = json.loads(_run(sample_settings, "check", "--json").stdout)
        found = [f for table in report["documents"][0]["tables"] for f in table["findings"]]
        assert {finding["kind"] for finding in found} == {"rounding", "wording"}


class TestServe:
    def test_a_bad_setting_is_named(self, tmp_path: Path) -> None:
        for command in (("serve",), ("ask", "三公经费？"), ("index",)):
            done = CliRunner().invoke(
                app, command, env={"BUDGET_QA_PORT": "abc", "BUDGET_QA_INDEX_DIR": str(tmp_path)}
            )
            assert done.exit_code == 1
            assert "BUDGET_QA_PORT" in done.stderr
            assert "abc" in done.stderr

    def test_a_port_in_use_is_named(self, sample_settings: Settings) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            done = _run(sample_settings, "serve", "--port", str(port))
        assert done.exit_code == 1
        assert f"端口 {port} 已被占用" in done.stderr

    def test_an_address_of_another_machine_is_named(self, sample_settings: Settings) -> None:
        done = _run(sample_settings, "serve", "--host", "192.0.2.1")
        assert done.exit_code == 1
        assert "192.0.2.1" in done.stderr

    def test_a_named_folder_without_an_index_is_named(self, tmp_path: Path) -> None:
        nowhere = tmp_path / "indx"
        done = _run(nowhere, "serve", "--port", str(_free_port()))
        assert done.exit_code == 1
        assert "BUDGET_QA_INDEX_DIR" in done.stderr
        assert str(nowhere) in done.stderr.replace("\n", "")
        assert not nowhere.exists()

    def test_feedback_that_cannot_be_written_is_named(
        self, sample_settings: Settings, tmp_path: Path
    ) -> None:
        (tmp_path / "file").write_text("", "utf-8")
        for bad in (tmp_path / "file" / "feedback.jsonl", Path("/proc/no/feedback.jsonl")):
            done = CliRunner().invoke(
                app,
                ["serve", "--port", str(_free_port())],
                env={
                    "BUDGET_QA_INDEX_DIR": str(sample_settings.index_dir),
                    "BUDGET_QA_FEEDBACK_FILE": str(bad),
                },
            )
            assert done.exit_code == 1
            assert "BUDGET_QA_FEEDBACK_FILE" in done.stderr

    def test_it_builds_the_samples_index_serves_and_stops(self, tmp_path: Path) -> None:
        port = _free_port()
        address = f"http://127.0.0.1:{port}"
        with _started("serve", None, "--port", str(port), folder=tmp_path) as server:
            assert server.stdout is not None
            ready = server.stdout.readline()
            answer = httpx2.post(
                f"{address}/v1/ask", json={"question": "三公经费是多少？"}, trust_env=False
            )
            server.send_signal(signal.SIGINT)
            _, errors = server.communicate(timeout=20)
        assert f"{address}/docs" in ready
        assert answer.json()["status"] == "answered"
        assert server.returncode == 0
        assert "发布 1/1" in errors
        assert "自带的样例" in errors
        assert "广州市天河区政务服务数据管理局_2024年部门预算" in errors
        assert (tmp_path / "var" / "index" / "CURRENT").is_file()
        assert "三公" not in errors
        assert "Traceback" not in errors

    def test_an_outdated_index_stops_it(self, own_index: Path) -> None:
        manifest = own_index / (own_index / "CURRENT").read_text("utf-8") / "manifest.json"
        manifest.write_text(json.dumps({"schema": 0, "encoder": "x"}), "utf-8")
        done = subprocess.run(
            [*PROGRAM, "serve", "--port", str(_free_port())],
            cwd=ROOT,
            env=_environment(index_dir=own_index),
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert (done.returncode, done.stdout) == (1, "")
        assert "budget-qa index --fresh" in done.stderr
        assert "Traceback" not in done.stderr

    def test_it_is_ready_in_time(self, sample_settings: Settings) -> None:
        started = time.monotonic()
        arguments = ("--port", str(_free_port()))
        with _started("serve", sample_settings.index_dir, *arguments) as server:
            assert server.stdout is not None
            assert server.stdout.readline()
            took = time.monotonic() - started
        assert took < 8


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port
