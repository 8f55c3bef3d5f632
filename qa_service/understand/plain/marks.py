"""What holds the place of names, limits, words and numbers in a question, and joins questions."""

from __future__ import annotations

TERM, AMOUNT, WORD, NUMBER = "龘鱻麤犇"
"""Hold the place of a name, a limit, a word that names hold and a number of things."""
THEN = "？"
"""Parts questions that are put plainly; a question as it was asked, normalised, holds none."""
