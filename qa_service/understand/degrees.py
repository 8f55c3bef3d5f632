"""How far something is to be reached, which a project's goal tells and no amount of money.

满意度要达到多少, 覆盖率不能低于百分之几, 多久报一次进度.
"""

from __future__ import annotations

import re

from qa_service.understand.cue_words import CueWords

_VERBS = (
    "(?:不能|不得|不可|不应|要求|目标|指标|至少|最低|最少|起码|必须|需要|应该|应当|预计|计划|规定|[要应该得需能可会定设是为在有]|"
    "达到|达|做到|保持|控制|维持|提升|提高|低于|高于|少于|小于|超过|到|[,，])*"
)
_DEGREE = re.compile(
    "(?P<noun>[\u4e00-\u9fff]{1,6}(?:(?<![年季月额制角态])度|率))(?:的)?"
    f"{_VERBS}(?P<asked>百分之(?:几|多少)|几(?:成|个百分点)|多少(?:个百分点)?(?![钱万亿元])|多高)"
)
"""A rate or a degree, and how much of it is asked for."""
DEGREE_NEED = "|".join(
    (
        r"(?:(?<![年季月])度|率)[^\d,，。；;]{0,8}\d",
        r"\d[\d.]*[%％][^,，。；;]{0,6}(?:率|(?<![年季月])度)",
    )
)
"""A rate or a degree, and its number beside it."""
_HOW_OFTEN = re.compile(
    "(?:每?隔)?(?:多久|多长时间|几天|几个月)(?:要|得|该|应|就|才)?[^,，。?？]{0,8}?[一1](?:次|回|趟|遍|轮)"
)
OFTEN_NEED = (
    r"每(?:半?年|季|个?季度|个?月|周|星期|天|日|\d)|[按逐](?:年|季|月|周|日)|半年|定期|\d+次"
)
"""How often something is done."""


def degree_asked(spoken: str, changes: CueWords) -> re.Match[str] | None:
    """A rate or a degree of which it is asked how high it is to be; None for no such question.

    `changes` are the words for the rate at which an amount grows, which is none of a goal.
    """
    found = _DEGREE.search(spoken)
    return None if found is None or changes.stand_in(found["noun"]) else found


def asks_how_often(spoken: str) -> bool:
    """Whether a question asks how often something is done: 多久报一次."""
    return _HOW_OFTEN.search(spoken) is not None


def without_how_often(text: str) -> str:
    """The text without the words that ask how often, which ask for no time of day or year."""
    return _HOW_OFTEN.sub("", text)
