"""An amount spread evenly over a number that the question gives: 基本支出平摊到12个月."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.labels import plain
from index.units import read_numeral
from qa_service.types import NormalisedQuestion
from qa_service.words import COUNTERS

_COUNT = r"(?P<count>\d{1,8}|[一二两三四五六七八九十百千万]{1,7})"
_OVER = r"(?:个)?(?P<each>月|季度|季|星期|周|天|人|户|家|台|辆|处|间)"
_SPREAD = (
    re.compile(
        rf"(?:按|照)?(?:平摊|分摊|均摊|摊|平均|均分|平分)(?:到|给|成|在|于){_COUNT}{_OVER}(?:里|上|头上|身上|来算)?"
    ),
    re.compile(rf"(?:按|照){_COUNT}{_OVER}(?:来)?(?:平摊|分摊|均摊|平均|均分|平分)"),
    re.compile(rf"除以{_COUNT}(?:个)?(?P<each>月|季度|天|人|户|家|台|辆)?"),
    re.compile(
        r"(?:平摊|分摊|均摊|摊|平均|均分|平分)(?:到|下来|下去)?(?:每|一)个?(?P<each>月|季度)"
    ),
)
_EACH_OF_THEM = re.compile(
    rf"{_COUNT}(?P<counter>[{COUNTERS}])(?!项目|科目|单位|部门|经费).{{1,30}}?"
    r"(?P<each>[,，]?(?:(?:平摊|分摊|均摊|摊|平均|均分|平分|落)到|平均(?:下来|算下来)?)[,，]?(?:每一|每|一|单)(?P=counter)"
    r"[\u4e00-\u9fff]{0,4}?(?:头上|身上|上)?)(?=合|是|要|花|得|用|大概|大约|约|差不多|多少|几)"
)
"""Several things whose number the question gives: 8个系统做测评，平均一个合多少."""
_A_YEAR = {"月": 12, "季度": 4, "季": 4}
_EACH = re.compile(
    r"[,，]?(?:那)?(?:平均)?(?:每(?:一)?|一)(?:个)?(?:月|季度|季|星期|周|天|人|户|家|台|辆|处|间)"
)


@dataclass(frozen=True, slots=True)
class Spread:
    """What an amount is divided by, and the question for the amount itself."""

    over: int
    rest: NormalisedQuestion


def read_spread(question: NormalisedQuestion) -> Spread | None:
    """What the question spreads an amount over; None where it spreads none."""
    for pattern in _SPREAD:
        found = pattern.search(question.text)
        if found is None:
            continue
        said = found.groupdict()
        over = read_numeral(said["count"]) if said.get("count") else _A_YEAR[said["each"]]
        rest = question.text[: found.start()] + question.text[found.end() :]
        rest = _EACH.sub("", rest)
        if over > 0 and plain(rest):
            return Spread(over, replace(question, text=rest, plain=plain(rest)))
    things = _EACH_OF_THEM.search(question.text)
    if things is None:
        return None
    over = read_numeral(things["count"])
    rest = question.text[: things.start("each")] + question.text[things.end("each") :]
    return Spread(over, replace(question, text=rest, plain=plain(rest))) if over > 1 else None
