"""The open service over the sample's index."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from qa_service.settings import Settings
from qa_service.types import Answer, Question
from qa_service.wiring import Service, build_index, open_service
from tests.conftest import Silent
from tests.scenarios.two_departments import TEXTS, written

Ask = Callable[[str], Answer]


def talk(service: Service, *questions: str) -> Answer:
    """The answer to the last of the questions, asked in one conversation."""
    answer = service.ask(Question(questions[0]))
    for question in questions[1:]:
        answer = service.ask(Question(question, answer.conversation_id))
    return answer


@pytest.fixture(scope="session")
def service(sample_settings: Settings) -> Iterator[Service]:
    """The service, opened once."""
    with open_service(sample_settings) as opened:
        yield opened


@pytest.fixture
def ask(service: Service) -> Ask:
    """Asks one question."""
    return lambda text: service.ask(Question(text))


@pytest.fixture(scope="session")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service over two departments, each with a unit of its own."""
    folder = tmp_path_factory.mktemp("two")
    for number, (department, amounts) in enumerate(TEXTS.items()):
        (folder / f"{number}.txt").write_text(written(department, *amounts), "utf-8")
    settings = Settings(index_dir=folder / "index")
    build_index(settings, sorted(folder.glob("*.txt")), Silent())
    with open_service(settings) as service:
        yield service
