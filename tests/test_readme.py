"""README.md names every command and shows a real answer; every command says what it does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from qa_service.channels.cli import app
from qa_service.settings import Settings
from qa_service.types import Question
from qa_service.wiring import open_service

README = Path(__file__).parent.parent / "README.md"


def _commands() -> dict[str, TyperCommand]:
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    return {name: c for name, c in group.commands.items() if isinstance(c, TyperCommand)}


@pytest.mark.parametrize("name", _commands())
def test_readme_names_the_command(name: str) -> None:
    assert f"budget-qa {name}" in README.read_text("utf-8")


def test_the_answer_in_readme_is_the_real_one(sample_settings: Settings) -> None:
    text = README.read_text("utf-8")
    asked = re.search(r'"question": "([^"]+)"', text)
    assert asked
    with open_service(sample_settings) as service:
        answer = service.ask(Question(asked[1]))
    assert f'"text": "{answer.text}"' in text
    first = answer.citations[0]
    assert f'"quote": "{first.quote}"' in text
    assert f'"line": {first.line}' in text
    assert f'"value": "{answer.values[0].value}", "unit": "{answer.values[0].unit}"' in text


@pytest.mark.parametrize(("name", "command"), _commands().items())
def test_command_has_help(name: str, command: TyperCommand) -> None:
    assert command.help, f"budget-qa {name} has no help"
