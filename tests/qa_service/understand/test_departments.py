"""Departments in short: by their end, with their place and a pointing word before it."""

from __future__ import annotations

import pytest

from qa_service.understand.departments import short_names

CENTRE = "乙州市政府投资市政项目工务中心"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("工务中心的三公经费", "工务中心"),
        ("问一下工务中心有几个项目", "工务中心"),
        ("丙州工务中心有几个项目", ""),
        ("乙州那个工务中心有几个人", "乙州那个工务中心"),
        ("审计中心的三公经费", ""),
        ("丙州医务中心的三公经费", ""),
    ],
)
def test_a_centre_is_named_by_its_end(text: str, said: str) -> None:
    spans = short_names(text, CENTRE)
    assert "".join(text[span.start : span.end] for span in spans[:1]) == said
