"""What makes a passage likely to answer: `python -m tests.bench.likely`.

`asked.jsonl` holds conversations about the sample, most of them one question, with words of the
passages that answer the last, or with none where the document does not. Those with a `seed` are
about three generated departments, of that seed and of the two after it. From them is learned which
of the passages that are found answers, and whether any does. Printed is what each thing counts, as
`qa_service.likely` holds it, and what both are worth on questions that they were not learned from.
"""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import typer
from numpy.typing import NDArray
from scipy.optimize import minimize

from index.build import SAMPLES
from index.labels import plain
from qa_service.ask import ask
from qa_service.library import Ready
from qa_service.likely import FIT, Fit, Hope, hope, shares
from qa_service.passage_index import PassageEntry
from qa_service.passages import fitting
from qa_service.settings import Settings
from qa_service.turns import turn_of
from qa_service.types import QueryPlan, Question
from qa_service.understand.normalise import normalise
from qa_service.understand.plan import make_plan
from qa_service.understand.turn import Turn
from qa_service.understand.vocabulary import load_vocabulary
from qa_service.wiring import Service, build_index, open_service
from tests.conftest import Silent
from tests.variants import write_variants

QUESTIONS = Path(__file__).with_name("asked.jsonl")
_PARTS = 6
"""In so many parts the questions are divided; each is answered by what the others taught."""
_SHOWN, _MOST = (1, 3, 4), 4
_SMALL = 0.0002
"""What it costs to count much: a weight that few questions ask for stays small."""
_LEAST_COUNTS = Fit(*(0.0,) * len(Fit._fields))._replace(beside=2.0)
"""What more of something counts at least. The sample has one unit: what it counts to be of the
unit that is named can't be learned from it.
"""
_UNANSWERED = 3.0
"""So many times as much as a question that is answered counts one that is not."""

_BEREFT = 0.03
"""The same for one whose answers are left out of what was found."""

_TOGETHER = 3
"""So many generated departments stand in one index."""

Vector = NDArray[np.float64]
_Case = dict[str, Any]


@dataclass(frozen=True)
class Known:
    """A question with the passages that were found for it."""

    fits: tuple[Fit, ...]
    right: NDArray[np.bool_]
    """Which of them answer."""
    plan: QueryPlan

    @property
    def answered(self) -> bool:
        return bool(self.right.any())

    def without_answers(self) -> Known:
        """The question as it would be, were none of its answers printed."""
        left = tuple(fit for fit, right in zip(self.fits, self.right, strict=True) if not right)
        return Known(left, np.zeros(len(left), np.bool_), self.plan)


def main() -> None:
    """Prints all figures."""
    known = list(_all_known())
    answered = sum(one.answered for one in known)
    typer.echo(f"{len(known)} questions with passages, {answered} of them answered")
    chances = np.zeros(len(known))
    held: list[tuple[int, ...]] = [()] * len(known)
    for part in range(_PARTS):
        rest = [one for place, one in enumerate(known) if place % _PARTS != part]
        counts = _fit_learned(rest)
        curve = _hope_learned(rest, counts)
        for place in range(part, len(known), _PARTS):
            chances[place], held[place] = _told(known[place], counts, curve)
    _worth(known, chances, held)
    counts = _fit_learned(known)
    curve = _hope_learned(known, counts)
    typer.echo(f"FIT = Fit({', '.join(f'{one:.2f}' for one in counts)})")
    typer.echo(f"HOPE, NONE = Hope({', '.join(f'{c:.2f}' for c in curve[:-1])}), {curve[-1]:.2f}")


def _all_known() -> Iterator[Known]:
    cases: dict[int | None, list[_Case]] = defaultdict(list)
    for line in QUESTIONS.read_text("utf-8").splitlines():
        case = json.loads(line)
        cases[case.get("seed")].append(case)
    for seed, own in cases.items():
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(index_dir=Path(folder) / "index")
            texts = [SAMPLES]
            if seed is not None:
                texts = write_variants(Path(folder), range(seed, seed + _TOGETHER))
            build_index(settings, texts, Silent())
            with open_service(settings) as service:
                yield from _known(service, own)


def _known(service: Service, cases: Sequence[_Case]) -> Iterator[Known]:
    library, vocabulary = service.library, load_vocabulary()
    for case in cases:
        last: Turn | None = None
        for said in case["turns"][:-1]:
            answer = ask(Question(said), library, vocabulary, last)
            last = turn_of(answer, library, last) or last
        read = normalise(case["turns"][-1])
        understood = make_plan(read, library.documents, library.lexicon, vocabulary, last)
        plan, weighed = understood.plan, understood.weighed
        if weighed is None or plan.item is not None or plan.missing:
            continue
        if len(plan.scope.document_ids) != 1:
            continue
        ready = library.ready(plan.scope.document_ids[0])
        found = fitting(plan, weighed.fully(), ready)
        if found:
            told = [_holds(one.entry, case["gold"], ready) for one, _ in found]
            if any(told) or not case["gold"]:
                yield Known(tuple(fit for _, fit in found), np.asarray(told), plan)


def _holds(entry: PassageEntry, gold: Sequence[str], ready: Ready) -> bool:
    """Whether the passage, its heading or the name of its row holds words that answer."""
    passage = entry.passage
    label = ready.lexicon.rows[passage.row_id].row.label if passage.row_id else ""
    text = plain(f"{passage.text}{passage.title or ''}{passage.section}{label}")
    return any(plain(words) in text for words in gold)


def _fit_learned(known: Sequence[Known]) -> Fit:
    """What makes one of the passages the likeliest, of those questions that are answered."""
    cases = [(np.asarray(one.fits), one.right) for one in known if one.answered]
    start = np.asarray(FIT)

    def cost(counts: Vector) -> tuple[float, Vector]:
        loss, slope = 0.0, np.zeros(len(counts))
        for features, right in cases:
            odds = features @ counts
            chance = np.exp(odds - odds.max())
            chance /= chance.sum()
            told = chance * right
            whole = told.sum()
            loss -= np.log(whole + 1e-12)
            slope -= (told / (whole + 1e-12)) @ features - chance @ features
        return _with_cost_of_size(loss / len(cases), slope / len(cases), counts)

    return Fit(*_least(cost, start, _LEAST_COUNTS))


def _hope_learned(known: Sequence[Known], counts: Fit) -> Vector:
    """What tells that any passage answers; what stands for none comes last.

    Learned as well from the answered questions as they would be, were no answer printed.
    """
    bereft = [one.without_answers() for one in known if one.answered]
    asked = [*known, *(one for one in bereft if one.fits)]
    rows = [(*hope(one.fits, shares(one.fits, counts), one.plan), 1.0) for one in asked]
    features, right = np.asarray(rows), np.asarray([one.answered for one in asked])
    weight = np.where(right, 1.0, _UNANSWERED)
    weight[len(known) :] = _BEREFT

    def cost(curve: Vector) -> tuple[float, Vector]:
        odds = features @ curve
        loss = weight * np.logaddexp(0, np.where(right, -odds, odds))
        slope = features.T @ (weight * (1 / (1 + np.exp(-odds)) - right))
        return _with_cost_of_size(float(loss.mean()), slope / len(rows), curve)

    return _least(cost, np.zeros(len(Hope._fields) + 1))


def _with_cost_of_size(loss: float, slope: Vector, counts: Vector) -> tuple[float, Vector]:
    return loss + _SMALL * float(counts @ counts) / 10, slope + _SMALL * counts / 5


def _least(
    cost: Callable[[Vector], tuple[float, Vector]],
    start: Vector,
    least: Sequence[float] | None = None,
) -> Vector:
    """Where the cost is least, with no number below those of `least`."""
    bounds = [(one, None) for one in least] if least else None
    found: Vector = minimize(cost, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return found


def _told(one: Known, counts: Fit, curve: Vector) -> tuple[float, tuple[int, ...]]:
    """The chance that the likeliest passages answer, and these, the likeliest first."""
    likely = shares(one.fits, counts)
    order = sorted(range(len(likely)), key=lambda i: -likely[i])
    odds = float(np.asarray((*hope(one.fits, likely, one.plan), 1.0)) @ curve)
    return sum(sorted(likely)[-_MOST:]) / (1 + np.exp(-odds)), tuple(order)


def _worth(known: Sequence[Known], chances: Vector, orders: Sequence[tuple[int, ...]]) -> None:
    answered = [(one, order) for one, order in zip(known, orders, strict=True) if one.answered]
    for first in _SHOWN:
        share = np.mean([one.right[list(order[:first])].any() for one, order in answered])
        typer.echo(f"  one of the first {first} answers: {share:.3f}")
    typer.echo("told from this chance on, the first four: right of those that have an answer,")
    typer.echo("wrong of them, and wrong of those that have none")
    for least in (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8):
        shown = zip(known, chances >= least, orders, strict=True)
        right = [
            (one.answered, kept, kept and one.right[list(order[:_MOST])].any())
            for one, kept, order in shown
        ]
        good = np.mean([told for has, _, told in right if has])
        bad = np.mean([kept and not told for has, kept, told in right if has])
        loose = np.mean([kept for has, kept, _ in right if not has])
        typer.echo(f"  {least:.2f}: {good:.3f}, {bad:.3f}, {loose:.3f}")


if __name__ == "__main__":
    main()
