"""A part of the cases that stands for all: every category and table in proportion."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from evals.cases import Case
from evals.due import table_of


def stratified(cases: Sequence[Case], count: int) -> tuple[Case, ...]:
    """So many of the cases, in their order; the same ones every time.

    Each category and table gives its first case before any gives its second
    share, and then in proportion to its size.
    """
    strata: dict[tuple[str, str], list[Case]] = {}
    for case in sorted(cases, key=lambda case: _lot(case.id)):
        strata.setdefault((case.category, table_of(case)), []).append(case)
    ranked = sorted(
        (at / len(stratum), _lot(case.id), case.id)
        for stratum in strata.values()
        for at, case in enumerate(stratum)
    )
    chosen = {case_id for _, _, case_id in ranked[:count]}
    return tuple(case for case in cases if case.id in chosen)


def _lot(case_id: str) -> str:
    return sha256(case_id.encode()).hexdigest()
