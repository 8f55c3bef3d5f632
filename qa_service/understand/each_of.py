"""What an amount is divided by that no row is: 平均每个工作人员, 人均, 摊到每户.

A budget prints no number of persons, households or streets, so neither the whole amount nor an
average of rows answers such a question. What it counts itself, as vehicles, is read by `spread`.
"""

from __future__ import annotations

import re

_EACH = re.compile(
    "(?:每一?|(?<=平均)一|(?<=[摊分]到)一|(?<=[摊分]给)一)"
    "(?:[位名户口人辆台套间栋](?![\u4e00-\u9fff]?级)|(?P<counter>个)(?P<what>[^,，。;；?？]{0,8}))"
)
"""Each of some sort: the measure words of persons and of things are those of no rows."""
_ONE_PERSON = re.compile(
    "(?<![每这那哪有])一(?:个|位|名)(?:普通|在职|在编|退休)?(?:人|[\u4e00-\u9fff]{1,3}?(?:人员|人|员工|职工|干部|居民|市民|村民|学生|户))"
    "(?=一年|每年|一个?月|每月|头上|身上|平均|能|可以|得|要|拿|领|花|用|的|分|摊)"
)
"""One person, of whom a budget tells nothing: 一个干部一年拿多少."""
_ONE_OF_MANY = re.compile(
    r"(?:多少|几)(?:钱|块钱?|元钱?|毛钱?|分钱?)(?:一|每)"
    r"(?:[条台次个张份枚套辆件顿餐桌户位名人间盏瓶支只幅本](?!月|季|共)|个?月|天|周|分钟|小时|平方?米|平|公里|公斤|吨|度)"
    r"[呢啊呀]?[?？。]*$|"
    r"(?<![每这那哪有同统唯专年月第十百万])一(?:[台辆张枚顿餐条瓶支桌](?!龙|线|网|鞭|心|块)|"
    r"次(?!性|[元方])(?=[\u4e00-\u9fff]{2})|平方?米|公里)(?=[^,，。?？]{0,16}(?:多少|几)(?!个|台|条|次|张))"
)
"""The price of one of many: 多少钱一条, 一台终端租金多少."""
_ONE_THING = re.compile(
    "^(?:请问|问一下)?[租买装印刻接]?一个(?!月|季|星期|礼拜)(?P<what>[^,，。?？]{1,16}?)多少(?![个倍])"
)
"""The price of one thing: 一个点位的租金多少."""
_PART_OF_YEAR = re.compile(
    r"(?<![每年\d一二三四五六七八九十])(?:20\d\d年|今年|去年|本年)?(?:(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?:份|(?![份日底末初\d]))(?!\d)|"
    r"(?:第|前)?[一二三四1-4]个?季度|[上下]半年|(?:上|这|本|下|当)个?月(?!的?活动))"
)
"""A part of the year, of which a budget tells no amount: 12月发多少工资, 一季度三公经费."""
_PER_HEAD = re.compile(
    "(?<![\u4e00-\u9fff]{3}个)[人户]均|(?:平均|平摊|均摊|分摊|摊|分)(?:到|给|在)(?:人头|个人|人|户|头)"
)
_A_ROW = re.compile("项目|科目|单位|部门")
_WHOLE_THING = re.compile("项目|系统|平台|工程|服务|中心|大厅|部门|单位|科目|数据库|网站|网络")
"""What a project may be of, whose amount is that of the one thing: 一个监控系统."""
_ROWS = re.compile(
    "^的?(?:(?:下级|下属|子|大|小|明细|[类款项]级)*(?:项目(?!部|组)|科目|[细子名条]目|类|款|项|笔|条|行|块|开支|支出|收入|来源|明细|分项|子项|小项)|"
    '(?:下属|直属|所属|事业|预算|二级)*单位|[“"]?[^,，]{1,6}[”"]?(?:类|型)?(?:的)?项目)'
)
"""What stands behind 每个 where rows are meant."""
_ASKS = re.compile(
    "^(?:$|的|月|年|季|星期|周|礼拜|工作日|学期|多|几|是|有|要|花|安排|合|大|约|差不多|平均|能|得|为|各|拿|分|摊|列|给|占|用|预算|金额|"
    "钱|拨|算|批|都|也|下来|该|需|投|到|又|就|在|里|均|折)"
)
"""What follows where 每个 stands alone, or measures time."""
_SHARED_OUT = re.compile("平均|均摊|均分|平摊|分摊|摊")
_ASKED = re.compile("多少|几")
_FOR = re.compile("(?<![摊分发补派])[给为对让向替帮在]$")
"""Before each of those for whom something is done, which describes it: 给每个街道装监控."""


def is_of_each(text: str) -> bool:
    """Whether an amount is asked for each of something that is no row."""
    if not _ASKED.search(text):
        return False
    if _PER_HEAD.search(text) or _ONE_PERSON.search(text):
        return True
    one = _ONE_THING.search(text)
    priced = _ONE_OF_MANY.search(text)
    if priced and not (_A_ROW.search(text) and priced.group(0).rstrip("?？。呢啊呀")[-1] == "个"):
        return True
    if one and not _WHOLE_THING.search(one["what"]):
        return True
    shared = _SHARED_OUT.search(text) is not None
    return any(
        _is_no_row(found) and (shared or not _FOR.search(text[: found.start()]))
        for found in _EACH.finditer(text)
    )


def _is_no_row(found: re.Match[str]) -> bool:
    """Whether it is each of something else than rows: 每个工作人员, 每户."""
    if not found["counter"]:
        return True
    return not (_ROWS.match(found["what"]) or _ASKS.match(found["what"]))


def part_of_year(text: str) -> str:
    """The part of the year that an amount is asked for; empty where none is named."""
    found = _PART_OF_YEAR.search(text)
    return found.group(0) if found else ""
