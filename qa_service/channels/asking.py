"""Questions in a terminal: one, or a conversation."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress

from rich.console import Console

from qa_service.ask import check_question
from qa_service.channels.answer_text import show_answer
from qa_service.errors import InvalidQuestion
from qa_service.settings import Settings
from qa_service.types import Answer, Option, Question
from qa_service.wiring import Service, open_service

_HELP = """直接输入问题。回答后面列出选项时，输入编号就是选它。
  /help   看这段说明
  /quit   结束（也可以按 Ctrl-D 或 Ctrl-C）"""


def ask_once(settings: Settings, text: str) -> Answer:
    """The answer to one question. Raises InvalidQuestion before anything is opened."""
    question = check_question(_readable(text))
    with open_service(settings) as service:
        return service.ask(Question(question))


def chat(settings: Settings, console: Console) -> None:
    """A conversation until the person ends it."""
    with open_service(settings) as service:
        console.print("请输入问题。/help 看说明，/quit 结束。", highlight=False)
        try:
            _converse(service, console)
        except KeyboardInterrupt:
            console.print()


def _converse(service: Service, console: Console) -> None:
    conversation: str | None = None
    options: tuple[Option, ...] = ()
    for line in _lines():
        if line == "/quit":
            return
        if line.startswith("/"):
            console.print(
                _HELP if line == "/help" else f"没有 {line} 这个命令。\n{_HELP}", markup=False
            )
            continue
        try:
            answer = service.ask(Question(_chosen(_readable(line), options), conversation))
        except InvalidQuestion as problem:
            console.print(str(problem), style="red", markup=False)
            continue
        conversation = answer.conversation_id
        options = answer.clarification.options if answer.clarification is not None else ()
        show_answer(console, answer)
        console.print()


def _lines() -> Iterator[str]:
    """What the person types, line by line; empty lines are left out."""
    prompt = ""
    if sys.stdin.isatty():
        prompt = "问> "
        with suppress(ImportError):
            import readline  # noqa: F401  # gives input() arrow keys and a history
    while True:
        try:
            line = input(prompt).strip()
        except EOFError:
            return
        if line:
            yield line


def _chosen(line: str, options: tuple[Option, ...]) -> str:
    """The question of the option whose number was typed, or what was typed."""
    if line.isdecimal() and 1 <= int(line) <= len(options):
        return options[int(line) - 1].question
    return line


def _readable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as problem:
        raise InvalidQuestion(
            "not_utf8", "问题不是 UTF-8 编码的文字，请检查终端的编码"
        ) from problem
    return text
