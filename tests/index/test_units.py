"""Printed numbers and money: exact both ways."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.units import (
    FEN_PER,
    format_decimal,
    from_fen,
    is_dash,
    is_number,
    parse_number,
    to_fen,
    unit_declared,
)

FEN = st.integers(-(10**18), 10**18)


@given(FEN, st.sampled_from(sorted(FEN_PER)))
def test_an_amount_is_the_same_after_any_unit_and_back(fen: int, unit: str) -> None:
    assert to_fen(from_fen(fen, unit), unit) == fen


@given(FEN, st.sampled_from(sorted(FEN_PER)), st.sampled_from([None, 0, 2, 6]))
@example(-1, "亿元", None)
@example(0, "元", 2)
def test_what_is_printed_is_read_again(fen: int, unit: str, places: int | None) -> None:
    value = from_fen(fen, unit)
    assert parse_number(format_decimal(value, places=places)) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, max_value=10**9))
def test_yuan_and_wan_yuan_agree(value: Decimal) -> None:
    assert to_fen(value, "万元") == to_fen(value * 10_000, "元")


@pytest.mark.parametrize(
    ("text", "unit", "fen"),
    [
        ("9,492.97", "万元", 9_492_970_000),
        ("9492.97", "万元", 9_492_970_000),
        ("350034.42", "元", 35_003_442),
        ("42.338884", "万元", 42_338_884),
        ("18037", "万元", 18_037_000_000),
        ("-1,083.01", "万元", -1_083_010_000),
        ("−5", "元", -500),
        ("－5", "元", -500),
        ("1，234.5", "千元", 123_450_000),
        ("1.5", "亿元", 15_000_000_000),
        ("0.00", "万元", 0),
    ],
)
def test_printed_amounts_in_fen(text: str, unit: str, fen: int) -> None:
    assert to_fen(parse_number(text), unit) == fen


def test_what_is_finer_than_a_fen_is_rounded_half_up() -> None:
    assert to_fen(Decimal("0.005"), "元") == 1
    assert to_fen(Decimal("0.00000049"), "万元") == 0


@pytest.mark.parametrize("text", ["", "-", "1,23", "12,3456.00", "1.2.3", "12元", "２０年", "1e3"])
def test_other_texts_are_no_numbers(text: str) -> None:
    assert not is_number(text)
    with pytest.raises(ValueError, match="expected a printed number"):
        parse_number(text)


@pytest.mark.parametrize("text", ["-", "--", "—", "——", "－", " - "])
def test_dashes(text: str) -> None:
    assert is_dash(text)


def test_a_unit_that_is_no_money_is_named() -> None:
    with pytest.raises(ValueError, match="平方米"):
        to_fen(Decimal(1), "平方米")


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("单位：万元", "万元"),
        ("单位:元", "元"),
        ("金额单位：人民币万元", "万元"),
        ("单 位 ： 千 元", "千元"),
        ("预算数（单位：万元）", "万元"),
        ("单位名称：甲区乙局", None),
        ("单位：甲区乙局", None),
    ],
)
def test_declared_units(line: str, unit: str | None) -> None:
    assert unit_declared(line) == unit


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("9492.97", 2, "9,492.97"),
        ("5.4", 2, "5.40"),
        ("42.338884", 2, "42.338884"),
        ("0", 2, "0.00"),
        ("-1083.01", 2, "-1,083.01"),
        ("100", None, "100"),
        ("2.50", None, "2.5"),
        ("1E+3", 2, "1,000.00"),
    ],
)
def test_numbers_are_printed_with_separators_and_nothing_lost(
    value: str, places: int | None, text: str
) -> None:
    assert format_decimal(Decimal(value), places=places) == text
