"""The quick floor: some three hundred questions that stand for all of the exhaustive run."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.config import EvalConfig
from evals.floors import broken, figures
from evals.run import Results, collect, run
from qa_service.settings import Settings
from tests.conftest import Silent

CASES = 300
RELEASE = {"exhaustive.correct": 0.97, "exhaustive.wrong": 0}
"""What a release must reach. Once it does, its test says so, and `TODAY` can go."""
TODAY = {
    "exhaustive.cases": CASES,
    "exhaustive.correct": 0.93,
    "exhaustive.wrong": 0,
    "exhaustive.error": 0,
    "exhaustive.cited": 1,
    "exhaustive.exact": 0.99,
    "exhaustive.unproven": 0,
}
"""What is reached already and must not be lost."""


@pytest.fixture(scope="module")
def results(sample_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Results:
    """The results of a sample over every category and table."""
    config = EvalConfig(
        suites=("exhaustive",),
        sample=CASES,
        index_dir=sample_settings.index_dir,
        out=tmp_path_factory.mktemp("floor"),
    )
    return run(config, sample_settings, Silent())


def test_what_is_reached_is_not_lost(results: Results) -> None:
    assert not broken(TODAY, figures(results.summary)), _failures(results)


def test_the_service_is_fit_for_release(results: Results) -> None:
    assert not broken(RELEASE, figures(results.summary)), _failures(results)


def _failures(results: Results) -> str:
    return "\n".join(
        f"{s.verdict.value} {s.case.id}: {s.case.asked[-1]} -> {s.outcome.text[:80]}"
        for s in results.scores
        if not s.is_clean
    )


def test_every_table_and_category_takes_part(results: Results, tmp_path: Path) -> None:
    whole = collect(EvalConfig(suites=("exhaustive",), out=tmp_path))
    (summary,) = results.summary
    assert {group.name for group in summary.by_category} == {t.case.category for t in whole}
