"""An amount spread evenly over a number: 基本支出平摊到12个月, 运行维护费平摊到现有的每辆车."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.labels import plain
from index.units import read_numeral
from qa_service.types import NormalisedQuestion
from qa_service.words import COUNTERS

_COUNT = r"(?P<count>\d{1,8}|[一二两三四五六七八九十百千万]{1,7})"
_OVER = (
    r"(?:个)?(?P<each>月|季度|季|星期|周|天|人|户|家|台|辆|处|间|"
    r"(?<=个)[\u4e00-\u9fff]{1,4}?(?=上|头上|身上|里|[,，]每))"
)
_SPREAD = (
    re.compile(
        rf"(?:按|照)?(?:平摊|分摊|均摊|摊|匀|平均|均分|平分)(?:到|给|成|在|于){_COUNT}{_OVER}(?:里|上|头上|身上|来算)?"
    ),
    re.compile(rf"(?:按|照){_COUNT}{_OVER}(?:来)?(?:平摊|分摊|均摊|平均|均分|平分)"),
    re.compile(rf"除以{_COUNT}(?:个)?(?P<each>月|季度|天|人|户|家|台|辆)?"),
    re.compile(
        r"(?:平摊|分摊|均摊|摊|匀|平均|均分|平分)(?:到|下来|下去)?(?:每|一)个?(?P<each>月|季度)"
    ),
    re.compile(
        r"每(?:一)?个?(?P<each>月|季度|季)(?:要|得|能|该)?(?:平均)?(?:平摊|分摊|均摊|摊|匀|合)(?:到|下来|掉|上)?(?=多少|几|大概|约)"
    ),
)
_EACH_OF_THEM = re.compile(
    rf"{_COUNT}(?P<counter>[{COUNTERS}])(?!项目|科目|单位|部门|经费).{{1,30}}?"
    r"(?P<each>[,，]?(?:(?:平摊|分摊|均摊|摊|匀|平均|均分|平分|落)到|平均(?:下来|算下来)?)[,，]?(?:每一|每|一|单)(?P=counter)"
    r"[\u4e00-\u9fff]{0,4}?(?:头上|身上|上)?)(?=合|是|要|花|得|用|大概|大约|约|差不多|多少|几)"
)
"""Several things whose number the question gives: 8个系统做测评，平均一个合多少."""
_PROJECTS_COUNTED = re.compile(r"[两二三四五六七八九]个[^,，。做给为对用的]{0,6}的?项目(?!支出)")
"""Of several projects the average is asked for: 两个测评类的项目，平均一个多少."""
_IN_ALL = re.compile(rf"(?:一共|总共|共)(?=[^,，]{{0,4}}{_COUNT}[{COUNTERS}])")
"""That the number of the things is all of them: 一共测8个系统."""
_COUNTED_THINGS = "辆台套间处"
_THING = "车子|车辆|公车|公务车|公务用车|车|设备"
_OVER_THEM = (
    re.compile(
        rf"[,，]?(?:平摊|分摊|均摊|摊|匀|平均|均分|平分|分)(?:到|在|给|下来)(?:现有|现在|目前|所有|全部)?(?:的)?"
        rf"(?:每一?|各|一)(?P<each>[{_COUNTED_THINGS}])(?P<thing>[\u4e00-\u9fff]{{0,4}}?)(?:头上|身上|上)?(?=[,，]|平均|合|是|要|花|得|用|大概|大约|约|差不多|多少|几)"
    ),
    re.compile(
        rf"[,，]?(?:平均(?:下来|算下来|到|每|一|每一)*|每一?)(?P<each>[{_COUNTED_THINGS}])(?P<thing>{_THING})?(?:头上|身上|上)?"
    ),
)
"""Things that the document counts: 平摊到每辆车上, 平均一辆."""
_OF_COUNTER = {"辆": "车"} | dict.fromkeys("台套间处", "")
"""What is counted with a measure word, where no more is said."""
_BY_THEM = re.compile(
    "[,，]?(?:按照?|摊到|分摊到|平摊到|均摊到|就)(?:现有|现在|目前|所有|全部|局里|名下|登记|在册)?(?:的)?"
    rf"(?P<thing>{_THING})"
    "(?:数量|数|总数)?(?:头上|身上|上)?(?:来)?(?:算|摊|分摊|平摊|均摊)?(?=[,，]|平均|每)[,，]?"
)
_A_YEAR = {"月": 12, "季度": 4, "季": 4}
_EACH = re.compile(
    r"[,，]?(?:那)?(?:平均)?(?:每(?:一)?|一)(?:个)?(?:月|季度|季|星期|周|天|人|户|家|台|辆|处|间|"
    r"(?<=每个)[\u4e00-\u9fff]{1,4}?(?=合|是|要|花|得|大概|约|多少|几))"
)


@dataclass(frozen=True, slots=True)
class Spread:
    """What an amount is divided by, and the question for the amount itself."""

    over: int | None
    """None where the document counts what the amount is divided by."""
    rest: NormalisedQuestion
    counted: str = ""
    """The question for that number."""


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
    if things is None or _PROJECTS_COUNTED.search(question.text):
        return _over_them(question)
    over = read_numeral(things["count"])
    rest = question.text[: things.start("each")] + question.text[things.end("each") :]
    rest = _IN_ALL.sub("", rest)
    return Spread(over, replace(question, text=rest, plain=plain(rest))) if over > 1 else None


def _over_them(question: NormalisedQuestion) -> Spread | None:
    """What the question spreads over things that the document counts."""
    by_them = _BY_THEM.search(question.text)
    text = _BY_THEM.sub("", question.text)
    for pattern in _OVER_THEM:
        found = pattern.search(text)
        if found is None:
            continue
        thing = found["thing"] or (by_them["thing"] if by_them else _OF_COUNTER[found["each"]])
        before, after = text[: found.start()], _EACH.sub("", text[found.end() :])
        held = thing if not before and thing[-1:] not in after else ""
        rest = f"{before}{held}{after}"
        if plain(rest):
            counted = f"有几{found['each']}{thing}"
            return Spread(None, replace(question, text=rest, plain=plain(rest)), counted)
    return None
