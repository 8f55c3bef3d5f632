"""The kinds of one amount by their first words alone: 政府采购里服务多少, for its 服务类.

服务 tells of nothing by itself, so that the whole amount would be read.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.labels import plain
from qa_service.types import NormalisedQuestion
from qa_service.understand.lexicon import Lexicon

_BEFORE = "(?:(?<=里)|(?<=里面)|(?<=里头)|(?<=中)|(?<=当中)|(?<=的)|(?<=[,，、和与跟]))"
_BEHIND = "(?=的?(?:占|是|有|要|花|安排|多少|几|呢|各|分别|一共|金额|[,，、和与跟]))"
_OF_WHOLE = 2
"""So many characters of what the kinds share tell what they are kinds of: 采购."""


def kinds_in_full(question: NormalisedQuestion, lexicon: Lexicon) -> NormalisedQuestion:
    """The question with 类 behind the first words of kinds of what it is about."""
    text = question.text
    for end, heads in lexicon.same_ends:
        if end[:_OF_WHOLE] in text:
            said = "|".join(map(re.escape, heads))
            text = re.sub(f"{_BEFORE}(?:{said}){_BEHIND}", r"\g<0>类", text)
    return question if text == question.text else replace(question, text=text, plain=plain(text))
