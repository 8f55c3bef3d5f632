"""Other departments' budgets of the sample's template, made from a seed. See `variant.py`."""

from tests.variants.records import Variant
from tests.variants.variant import variant, write_variants

__all__ = ["Variant", "variant", "write_variants"]
