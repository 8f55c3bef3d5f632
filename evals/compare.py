"""Two runs, case by case: what got better, what got worse, and whether chance explains it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evals.records import CaseKey
from evals.scoring import Score
from evals.stats import mcnemar
from evals.verdicts import Verdict

_RANK = {Verdict.CORRECT: 2, Verdict.DECLINED: 1, Verdict.WRONG: 0, Verdict.ERROR: 0}


class Change(StrEnum):
    """What became of a case."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A case that both runs asked in the same words and judge alike."""

    suite: str
    id: str
    category: str
    asked: tuple[str, ...]
    change: Change
    before: str
    after: str
    text_before: str
    text_after: str


@dataclass(frozen=True, slots=True)
class SuiteChange:
    """The changes of one suite."""

    name: str
    compared: int
    better: int
    worse: int
    same: int
    gained: int
    """Correct now and not before; the test weighs these against the lost."""
    lost: int
    p_value: float
    """McNemar's exact two-sided test on correct or not."""
    only_before: int
    only_after: int
    rewritten: int
    """Cases whose question or expectation is another one now; not compared."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that changed between two runs."""

    suites: tuple[SuiteChange, ...]
    changes: tuple[CaseChange, ...]
    """The better and the worse cases, in the order of the later run."""


def compare(before: Sequence[Score], after: Sequence[Score]) -> Comparison:
    """The comparison of an earlier run with a later one."""
    old = {CaseKey(s.suite, s.case.id): s for s in before}
    new = {CaseKey(s.suite, s.case.id): s for s in after}
    names = dict.fromkeys(key.suite for key in (*old, *new))
    pairs = [(old[key], new[key]) for key in new if key in old and old[key].case == new[key].case]
    changes = [_change(*pair) for pair in pairs]
    return Comparison(
        tuple(_suite(name, old, new, pairs, changes) for name in names),
        tuple(change for change in changes if change.change is not Change.SAME),
    )


def change_figures(comparison: Comparison) -> dict[str, float | None]:
    """The counts that a comparison can have floors for, named `suite.got_better` and so on."""
    found: dict[str, float | None] = {}
    for suite in comparison.suites:
        found[f"{suite.name}.got_better"] = suite.better
        found[f"{suite.name}.got_worse"] = suite.worse
    return found


def standing(score: Score) -> tuple[int, int]:
    """How good a score is: the verdict first, then what proves it."""
    return _RANK[score.verdict], sum(
        (score.cited is not False, score.exact is not False, not score.unproven)
    )


def _suite(
    name: str,
    old: Mapping[CaseKey, Score],
    new: Mapping[CaseKey, Score],
    pairs: Sequence[tuple[Score, Score]],
    changes: Sequence[CaseChange],
) -> SuiteChange:
    here = [pair for pair in pairs if pair[1].suite == name]
    count = [change.change for change in changes if change.suite == name]
    right = [tuple(s.verdict is Verdict.CORRECT for s in pair) for pair in here]
    gained, lost = right.count((False, True)), right.count((True, False))
    before = {key for key in old if key.suite == name}
    after = {key for key in new if key.suite == name}
    return SuiteChange(
        name=name,
        compared=len(here),
        better=count.count(Change.BETTER),
        worse=count.count(Change.WORSE),
        same=count.count(Change.SAME),
        gained=gained,
        lost=lost,
        p_value=mcnemar(gained, lost),
        only_before=len(before - after),
        only_after=len(after - before),
        rewritten=len(before & after) - len(here),
    )


def _change(before: Score, after: Score) -> CaseChange:
    was, now = standing(before), standing(after)
    change = Change.SAME if was == now else Change.BETTER if now > was else Change.WORSE
    return CaseChange(
        suite=after.suite,
        id=after.case.id,
        category=after.case.category,
        asked=after.case.asked,
        change=change,
        before=_name(before),
        after=_name(after),
        text_before=before.outcome.text,
        text_after=after.outcome.text,
    )


def _name(score: Score) -> str:
    marks = [score.verdict.value]
    marks += ["uncited"] if score.cited is False else []
    marks += ["inexact"] if score.exact is False else []
    marks += ["unproven"] if score.unproven else []
    return ", ".join(marks)
