"""Limits on amounts as people say them: which borders they hold."""

from __future__ import annotations

import pytest

from qa_service.understand.amounts import read_limits
from qa_service.understand.normalise import normalise

WAN = 1_000_000
"""分 in 万元."""


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("100万以上", 100 * WAN, None),
        ("一百万元或以上", 100 * WAN, None),
        ("达到三百万元", 300 * WAN, None),
        ("50万+", 50 * WAN, None),
        ("超过100万", 100 * WAN + 1, None),
        ("超百万元", 100 * WAN + 1, None),
        ("不超过100万", None, 100 * WAN),
        ("100万以下", None, 100 * WAN),
        ("不到一万块", None, WAN - 1),
        ("一万元都不到", None, WAN - 1),
        ("不足4.8万元", None, 48 * WAN // 10 - 1),
        ("两百万到四百万之间", 200 * WAN, 400 * WAN),
        ("超过100万但不到500万", 100 * WAN + 1, 500 * WAN - 1),
        ("20万（含）以上、30万以下", 20 * WAN, 30 * WAN),
        ("刚好五万元", 5 * WAN, 5 * WAN),
        ("金额为零的", 0, 0),
        ("不为零的", 1, None),
        ("（为零的不算）", 1, None),
    ],
)
def test_a_border_is_held_or_not_as_it_is_said(
    said: str, least: int | None, most: int | None
) -> None:
    limits = read_limits(normalise(said).text)
    assert limits is not None
    assert (limits.least_fen, limits.most_fen) == (least, most)


@pytest.mark.parametrize("said", ["多少万元", "2024年的项目", "第三个项目", "超过500万又不到100万"])
def test_what_sets_no_limit_is_none(said: str) -> None:
    assert read_limits(normalise(said).text) is None


def test_a_remark_on_the_border_keeps_that_amounts_have_no_rest() -> None:
    limits = read_limits(normalise("超过100万元、没有零头的项目，刚好100万元的也算").text)
    assert limits is not None
    assert limits.multiple_of
    assert limits.least_fen == 100 * WAN


def test_a_limit_beyond_any_budget_still_fits_an_index() -> None:
    limits = read_limits("超过" + "8" * 40 + "亿元")
    assert limits is not None
    assert limits.least_fen is not None
    assert limits.least_fen < 2**63
