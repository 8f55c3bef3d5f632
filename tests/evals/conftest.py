"""What the tests of the harness share: small cases, answers of the contract, nobody watching."""

from __future__ import annotations

from typing import Any

import pytest

from evals.asking import Progress
from evals.cases import Case
from tests.conftest import Silent

Json = dict[str, Any]


@pytest.fixture
def silent() -> Progress:
    """Progress that nobody watches."""
    return Silent()


@pytest.fixture
def case() -> Case:
    """A case about one amount."""
    return Case.model_validate(
        {
            "id": "n1",
            "category": "lookup",
            "question": "办公费是多少？",
            "expect": {"kind": "value", "value": 5.4, "unit": "万元", "tolerance": 0.005},
            "must_cite": [{"table": "基本支出情况表", "row": "[30201]办公费", "column": "预算"}],
        }
    )


@pytest.fixture
def answer() -> Json:
    """The right answer to the case."""
    return {
        "id": "a",
        "conversation_id": "c",
        "question": "办公费是多少？",
        "status": "answered",
        "route": "numeric",
        "text": "办公费预算为5.40万元[1]。",
        "values": [
            {
                "label": "办公费",
                "value": "5.40",
                "unit": "万元",
                "amount_yuan": "54000.00",
                "formula": None,
                "citations": [1],
            }
        ],
        "citations": [
            {
                "n": 1,
                "kind": "row",
                "document": {"id": "d", "title": "2024年部门预算", "year": 2024},
                "table": {"id": "t", "number": 6, "title": "基本支出情况表"},
                "row": {"id": "r", "label": "[30201]办公费", "code": "30201"},
                "column": "预算",
                "value": "5.40",
                "unit": "万元",
                "section": None,
                "item": None,
                "quote": "办公费 | 预算 5.40",
                "page": None,
                "line": 7,
            }
        ],
        "clarification": None,
    }
