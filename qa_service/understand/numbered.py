"""Sections of one name, told apart by numbers alone: 登记注册一科, 登记注册二科."""

from __future__ import annotations

import re

from index.records import PassageKind
from qa_service.understand.lexicon import Lexicon

_ASKED = re.compile(
    "(?P<name>[\u4e00-\u9fff]{2,8})(?:的)?(?P<sort>科|处)(?:室)?(?:在局里|局里|现在|一共|总共|都|共)*"
    "(?:有|分成了?|分了?|分为|设了?|是)?(?:几|多少|哪)"
)
_ASKED_FIRST = re.compile(
    "(?P<name>[\u4e00-\u9fff]{2,8}?)(?:的)?(?:一共|总共|都|共)*(?:有|分成了?|分了?|分为|设了?)(?:几|多少|哪几)个?(?P<sort>科|处)"
)
"""The number first: 登记注册分几个科."""
_NUMBER = "[一二三四五六七八九十]"


def numbered_sections(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The name that several numbered sections share, of which the text asks; empty for none."""
    if "科" not in text and "处" not in text:
        return ()
    asked = _ASKED.search(text) or _ASKED_FIRST.search(text)
    if asked is None:
        return ()
    said = [p.text for p in lexicon.document.passages if p.kind is PassageKind.ORGANISATION]
    whole = asked["name"].removesuffix("的")
    for start in range(len(whole) - 1):
        name = whole[start:]
        numbered = re.compile(f"{re.escape(name)}{_NUMBER}{asked['sort']}")
        if any(map(numbered.search, said)):
            return (name,)
    return ()
