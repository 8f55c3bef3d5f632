"""What a formula over printed numbers comes to."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction


def result(formula: str) -> Fraction:
    """The value of a sum, parts of which may be sums, over a divisor if it has one."""
    inner = re.sub(r"\(([^()]*)\)", lambda m: _plainly(_added(m[1])), formula)
    over, _, under = inner.partition(" ÷ ")
    return _added(over) / _added(under) if under else _added(over)


def _plainly(number: Fraction) -> str:
    return f"{Decimal(number.numerator) / Decimal(number.denominator):f}"


def _added(terms: str) -> Fraction:
    found = re.findall(r"([-+] )?(-?[\d,.]+)", terms)
    return sum((-_number(n) if sign == "- " else _number(n) for sign, n in found), Fraction(0))


def _number(printed: str) -> Fraction:
    return Fraction(Decimal(printed.replace(",", "")))
