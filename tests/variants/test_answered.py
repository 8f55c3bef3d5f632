"""The service answers about variants as it does about the sample, and never wrongly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pytest

from evals.askers import InProcess
from evals.cases import Case
from evals.generate import generate
from evals.records import Saved
from evals.run import printed
from evals.scoring import Score, score
from evals.verdicts import Verdict
from qa_service.settings import Settings
from qa_service.wiring import build_index, open_service
from tests.conftest import Silent
from tests.variants import write_variants
from tests.variants.drawing import drawn_alike

SEEDS = (0, 2, 7)
MOST_OF_A_KIND = 2
POINT = 0.01


class Compared(NamedTuple):
    """The scores of the same kinds of questions about the sample and about a variant."""

    seed: int
    sample: tuple[Score, ...]
    variant: tuple[Score, ...]


@pytest.fixture(scope="module", params=SEEDS)
def compared(
    request: pytest.FixtureRequest,
    sample_settings: Settings,
    tmp_path_factory: pytest.TempPathFactory,
) -> Compared:
    folder = tmp_path_factory.mktemp("answered")
    (path,) = write_variants(folder, [request.param])
    settings = Settings(index_dir=folder / "index")
    assert build_index(settings, (path,), Silent()).published
    (sample_path,) = printed(())
    about_sample, about_variant = drawn_alike(
        [generate(sample_path), generate(path)], MOST_OF_A_KIND
    )
    return Compared(
        request.param, _scores(sample_settings, about_sample), _scores(settings, about_variant)
    )


def test_no_answer_is_wrong(compared: Compared) -> None:
    wrong = [s for s in compared.variant if s.verdict in (Verdict.WRONG, Verdict.ERROR)]
    assert not [(s.case.question, s.outcome.text) for s in wrong]


def test_every_right_answer_is_proved(compared: Compared) -> None:
    loose = [s for s in compared.variant if s.cited is False or s.unproven]
    assert not [(s.case.question, s.outcome.text, s.unproven) for s in loose]


def test_as_many_are_right_as_about_the_sample(compared: Compared) -> None:
    assert len(compared.variant) == len(compared.sample) > 400
    assert _right(compared.variant) >= _right(compared.sample) - POINT


def _scores(settings: Settings, cases: Iterable[Case]) -> tuple[Score, ...]:
    with open_service(settings) as service:
        asker = InProcess(service)
        return tuple(
            score("exhaustive", case, Saved(suite="exhaustive", id=case.id, turns=turns))
            for case in cases
            for turns in [tuple(asker.ask(asked, None) for asked in case.asked)]
        )


def _right(scores: tuple[Score, ...]) -> float:
    return sum(s.verdict is Verdict.CORRECT for s in scores) / len(scores)
