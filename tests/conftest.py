"""What tests share: the real index of the sample, built once."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from qa_service.settings import PREFIX, Settings
from qa_service.wiring import build_index


class Silent:
    """Progress that nobody watches."""

    def stage(self, name: str, steps: int) -> None:
        """Takes note of nothing."""

    def step(self, count: int = 1) -> None:
        """Takes note of nothing."""


@pytest.fixture(scope="session", autouse=True)
def _no_settings_from_outside() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(PREFIX)]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def sample_settings(
    tmp_path_factory: pytest.TempPathFactory, _no_settings_from_outside: None
) -> Settings:
    """Settings whose index holds the shipped sample. Nobody may change that index."""
    folder = tmp_path_factory.mktemp("sample")
    settings = Settings(
        index_dir=folder / "index", feedback_file=folder / "feedback.jsonl", rate_limit=0
    )
    report = build_index(settings, (), Silent())
    assert report.published, report.refused
    return settings
