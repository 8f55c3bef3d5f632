"""Printed numbers and money. Only this module converts between units."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

import cn2an

FEN_PER = {
    "元": Decimal(100),
    "千元": Decimal(100_000),
    "万元": Decimal(1_000_000),
    "百万元": Decimal(100_000_000),
    "亿元": Decimal(10_000_000_000),
}
_NUMBER = re.compile(r"[-−－]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?")
_DASHES = {"-", "--", "—", "——", "－", "－－", "–"}
_UNIT_LINE = re.compile(r"单位[：:]\s*(?:人民币)?\s*(亿元|百万元|万元|千元|元)")

_UNIT_IN_HEADING = re.compile(r"[（(](亿元|百万元|万元|千元|元)[）)]$")


def is_number(text: str) -> bool:
    """Whether the whole text is one printed number."""
    return _NUMBER.fullmatch(text.strip()) is not None


def is_dash(text: str) -> bool:
    """Whether the text is the dash that stands for "nothing here"."""
    return text.strip() in _DASHES


def parse_number(text: str) -> Decimal:
    """The number that is printed, separators removed.

    Raises ValueError where the text is no number.
    """
    text = text.strip()
    if not is_number(text):
        raise ValueError(f"expected a printed number, got {text!r}")
    return Decimal(re.sub(r"[,，]", "", text).replace("−", "-").replace("－", "-"))


def read_numeral(text: str) -> int:
    """The number that a Chinese numeral or digits write: 二十一, 三百, 21.

    Raises ValueError where the text is neither.
    """
    return int(text) if text.isdigit() else int(cn2an.cn2an(text.replace("两", "二"), "smart"))


def write_numeral(number: int) -> str:
    """The Chinese numeral of a small number: 二十一."""
    return (
        str(cn2an.an2cn(number)).replace("一十", "十", 1)
        if number < 20
        else str(cn2an.an2cn(number))
    )


def to_fen(value: Decimal, unit: str) -> int:
    """The amount in 分, rounded half up where the print is finer than that.

    Raises ValueError for a unit that is no unit of money.
    """
    if unit not in FEN_PER:
        raise ValueError(f"expected one of {'、'.join(FEN_PER)}, got {unit!r}")
    return int((value * FEN_PER[unit]).to_integral_value(ROUND_HALF_UP))


def from_fen(fen: int, unit: str) -> Decimal:
    """The amount in the unit, exact."""
    return Decimal(fen) / FEN_PER[unit]


def is_money(unit: str) -> bool:
    """Whether the unit is one of money."""
    return unit in FEN_PER


def unit_declared(text: str) -> str | None:
    """The unit of money that a line such as "单位：万元" declares, or None."""
    found = _UNIT_LINE.search(re.sub(r"\s+", "", text))
    return found.group(1) if found else None


def unit_in_heading(text: str) -> str | None:
    """The unit of money that a heading such as "预算金额（万元）" ends with, or None."""
    found = _UNIT_IN_HEADING.search(re.sub(r"\s+", "", text))
    return found.group(1) if found else None


def format_decimal(value: Decimal, *, places: int | None = 2) -> str:
    """The number with thousands separators.

    With `places` it has at least that many decimals and more where the value
    has them, so that nothing is lost; with None, only the decimals it needs.
    """
    exact = value.normalize()
    exponent = exact.as_tuple().exponent
    decimals = max(0, -exponent if isinstance(exponent, int) else 0)
    return f"{value:,.{max(decimals, places or 0)}f}"
