"""The two halves of a share or a comparison, each a question of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa_service.types import Operation

_SHARE = re.compile(
    r"^(?P<part>.+?)(?:占到|占了|占据|占|在)(?P<whole>.*?)"
    r"(?:里|中|当中|之中)?(?:的)?(?:占比|比例|比重|百分比|百分之几|百分之多少|多少|几成|多大)"
)
_SHARE_WITHIN = re.compile(
    r"^(?P<whole>.+?)(?:里面|里|中|当中|之中)[,，]?(?P<part>.+?)(?:占了|占到|占|的占比|的比例|的比重)(?:百分之几|百分之多少|多少|几成|比例|多大)?"
)
_COMPARED = re.compile(
    r"^(?P<one>.+?)(?:和|与|跟|同|比起|相比|对比|比|、|还是|减去|减)(?P<other>.+?)"
    r"(?:相比|比较|比一比|比|之间|之差|的差额|相差|差多少|差了|差|谁|哪个|哪一个|哪项|多多少|少多少|高多少|低多少|多出|高出|少了|多了|多|少|,|，|是几倍|的几倍|几倍|倍)"
)


@dataclass(frozen=True, slots=True)
class Halves:
    """Two parts of a question; `whole` None where a share is of the table's own total."""

    one: str
    other: str | None


def halves(text: str, operation: Operation) -> Halves | None:
    """The halves that the wording puts side by side, or None."""
    if operation is Operation.SHARE:
        within = _SHARE_WITHIN.search(text)
        if within:
            return Halves(within["part"], within["whole"])
        found = _SHARE.search(text)
        return Halves(found["part"], found["whole"] or None) if found else None
    if operation is Operation.COMPARE:
        found = _COMPARED.search(text)
        return Halves(found["one"], found["other"]) if found else None
    return None
