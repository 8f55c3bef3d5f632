"""Floors: figures that a run must reach, or must not exceed, to be released."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from evals.errors import ConfigError
from evals.summary import Latency, Shares, SuiteSummary

_SHARES = tuple(field.name for field in fields(Shares))
_FIGURES = (
    "cases",
    "score",
    *_SHARES,
    *(field.name for field in fields(Latency)),
    "got_better",
    "got_worse",
)

_AT_MOST = (
    "declined",
    "wrong",
    "error",
    "declined_needlessly",
    "asked_back_needlessly",
    "unproven",
    "got_worse",
    "p50",
    "p95",
    "p99",
)
"""Figures of which less is better: their floor is a ceiling."""


@dataclass(frozen=True, slots=True)
class BrokenFloor:
    """A figure on the wrong side of its floor; `got` is None where nothing measured it."""

    name: str
    floor: float
    got: float | None

    def __str__(self) -> str:
        side = "不高于" if is_ceiling(self.name) else "不低于"
        got = "没有测到" if self.got is None else f"{self.got:g}"
        return f"{self.name} 应{side} {self.floor:g}，实际 {got}"


def figures(suites: tuple[SuiteSummary, ...]) -> dict[str, float | None]:
    """Every figure that can have a floor, named `suite.figure`.

    `correct`, `wrong` and the other shares go from 0 to 1, `cases` is a count,
    `score` is in percent, `p50`, `p95` and `p99` are milliseconds.
    """
    found: dict[str, float | None] = {}
    for suite in suites:
        measured: dict[str, float | None] = {
            "cases": suite.verdicts.cases,
            "score": suite.verdicts.score,
            **{name: part["share"] for name, part in asdict(suite.shares).items()},
            **asdict(suite.latency_ms),
        }
        found |= {f"{suite.name}.{name}": value for name, value in measured.items()}
    return found


def broken(floors: Mapping[str, float], got: Mapping[str, float | None]) -> tuple[BrokenFloor, ...]:
    """The floors that are not kept, in the order of their names."""
    return tuple(
        BrokenFloor(name, floors[name], got.get(name))
        for name in sorted(floors)
        if not _holds(name, floors[name], got.get(name))
    )


def parse_floor(text: str) -> tuple[str, float]:
    """`exhaustive.correct=0.995` as name and number. Raises ConfigError."""
    name, equals, number = text.partition("=")
    try:
        if not equals or "." not in name:
            raise ValueError
        return name.strip(), float(number)
    except ValueError as problem:
        raise ConfigError(
            f"底线 {text!r} 不能用，应为 套件.指标=数，如 exhaustive.correct=0.995"
        ) from problem


def check_floors(floors: Mapping[str, float]) -> None:
    """Raises ConfigError for a floor that no run can be held to: no such figure, or number."""
    for name, floor in floors.items():
        figure = name.rpartition(".")[2]
        if figure not in _FIGURES:
            raise ConfigError(f"底线 {name}：没有这个指标；有 {'、'.join(_FIGURES)}")
        if not math.isfinite(floor) or (figure in _SHARES and not 0 <= floor <= 1):
            expected = "0 到 1 的数" if figure in _SHARES else "一个数"
            raise ConfigError(f"底线 {name} 不能是 {floor:g}，应为{expected}")


def is_ceiling(name: str) -> bool:
    """Whether less of the figure is better."""
    return name.rpartition(".")[2] in _AT_MOST


def _holds(name: str, floor: float, got: float | None) -> bool:
    if got is None:
        return False
    return got <= floor if is_ceiling(name) else got >= floor
