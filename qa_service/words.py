"""Chinese text to words: the only importer of jieba."""

from __future__ import annotations

import logging
from functools import cache

import jieba


@cache
def _tokenizer() -> jieba.Tokenizer:
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return tokenizer


def words(text: str) -> list[str]:
    """The words of the text in order; nothing is left out."""
    return list(_tokenizer().cut(text, HMM=False))


def warm_up() -> None:
    """Loads the dictionary, which the first call would else wait for."""
    _tokenizer()
