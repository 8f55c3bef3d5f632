"""Who publishes: a department of another region, in another year."""

from __future__ import annotations

from random import Random

from tests.variants.facts import phrases, trades
from tests.variants.records import Publisher

YEARS = (2022, 2023, 2024, 2025, 2026)
_STEP = 2741
"""Has no divisor in common with the number of departments: each seed below it has its own."""


def publisher(seed: int, chance: Random) -> Publisher:
    """The publisher of a seed. Seeds that follow each other give different departments."""
    cities, areas, kinds = phrases().cities, phrases().areas, trades()
    at = seed * _STEP % (len(cities) * len(areas) * len(kinds))
    at, kind = divmod(at, len(kinds))
    area, city = divmod(at, len(cities))
    trade = kinds[kind]
    units = chance.sample(trade.units, chance.randint(0, len(trade.units)))
    own = chance.sample(trade.offices, chance.randint(3, len(trade.offices)))
    common = chance.sample(phrases().offices[1:], chance.randint(1, 6))
    return Publisher(
        trade=trade,
        city=cities[city],
        short=areas[area] or cities[city],
        year=chance.choice(YEARS),
        units=tuple(units),
        offices=(phrases().offices[0], *own, *common),
    )
