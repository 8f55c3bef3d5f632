"""`summary.json`: the figures of each suite under its name, the counts of verdicts first."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from evals.summary import Group, SuiteSummary


def summary_json(suites: tuple[SuiteSummary, ...]) -> str:
    """The text of the file. The same figures give the same text."""
    return json.dumps({s.name: _suite(s) for s in suites}, ensure_ascii=False, indent=1) + "\n"


def _suite(suite: SuiteSummary) -> dict[str, Any]:
    matrix: dict[str, dict[str, int]] = {}
    for cell in suite.routes:
        matrix.setdefault(cell.wanted, {})[cell.got] = cell.count
    return {
        **asdict(suite.verdicts),
        "shares": asdict(suite.shares),
        "latency_ms": asdict(suite.latency_ms),
        "by_category": _groups(suite.by_category),
        "by_table": _groups(suite.by_table),
        "by_route": _groups(suite.by_route),
        "routes": matrix,
        "retrieval": {
            **{ranked.kind: asdict(ranked.ranks) for ranked in suite.retrieval},
            **{ranked.by.value: asdict(ranked.ranks) for ranked in suite.retrievals},
        },
        "faults": dict(suite.faults),
    }


def _groups(groups: tuple[Group, ...]) -> dict[str, Any]:
    return {
        group.name: {
            **asdict(group.verdicts),
            "shares": {
                "correct": asdict(group.correct),
                "cited": asdict(group.cited),
                "exact": asdict(group.exact),
            },
        }
        for group in groups
    }
