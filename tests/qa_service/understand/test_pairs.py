"""A project and what goes on with it, as questions ask for both."""

from __future__ import annotations

import pytest

from index.labels import plain
from qa_service.types import Language, NormalisedQuestion
from qa_service.understand.pairs import means_a_pair


def _asked(text: str) -> NormalisedQuestion:
    return NormalisedQuestion(text, text, plain(text), Language.ZH)


@pytest.mark.parametrize(
    "text",
    [
        "养护站外包，一期二期加起来是多少",
        "水电保障，连同补充的那一笔，总共多少",
        "系统建设连二期在内，今年共投多少",
        "示范街道，首期和二期加一块儿花多少",
    ],
)
def test_both_are_meant(text: str) -> None:
    assert means_a_pair(_asked(text))


@pytest.mark.parametrize("text", ["二期是多少", "补充经费一共多少", "第一名和第二名差多少"])
def test_one_alone_is_no_pair(text: str) -> None:
    assert not means_a_pair(_asked(text))
