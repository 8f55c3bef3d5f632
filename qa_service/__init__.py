"""A question to a cited answer. Read `ask.py` first."""
