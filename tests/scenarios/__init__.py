"""Whole questions over the real index of the sample, as people ask them."""
