"""A sample of cases that two documents have in equal numbers: so many of each kind and shape."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from evals.cases import Case

_SEPARATED = "."


class Kind(NamedTuple):
    """What is asked for, where, and in which words."""

    category: str
    table: str
    rows: str
    shape: str


def kind_of(case: Case) -> Kind:
    """The kind of a generated case, by its id: t03.r05.基本支出.table or t03.20805.over50."""
    where, *middle, shape = case.id.split(_SEPARATED)
    rows = "" if not middle or middle[0].startswith("r") else middle[0]
    return Kind(
        category=case.category,
        table=where if re.match(r"t\d\d|t-", where) else "p",
        rows="family" if rows.isdigit() else rows if where.startswith("t") else "",
        shape=re.sub(r"\d+", "", shape),
    )


def drawn_alike(documents: Sequence[Iterable[Case]], most: int) -> tuple[tuple[Case, ...], ...]:
    """For each document the same number of cases of each kind that all have, at most so many."""
    sorted_ = [_by_kind(cases) for cases in documents]
    common = [kind for kind in sorted_[0] if all(kind in kinds for kinds in sorted_)]
    counts = {kind: min(most, *(len(kinds[kind]) for kinds in sorted_)) for kind in common}
    return tuple(
        tuple(case for kind in common for case in kinds[kind][: counts[kind]]) for kinds in sorted_
    )


def _by_kind(cases: Iterable[Case]) -> Mapping[Kind, list[Case]]:
    """The cases of each kind, in an order drawn by lot that is the same every time."""
    kinds: dict[Kind, list[Case]] = defaultdict(list)
    for case in sorted(cases, key=lambda case: sha256(case.id.encode()).digest()):
        kinds[kind_of(case)].append(case)
    return dict(sorted(kinds.items()))
