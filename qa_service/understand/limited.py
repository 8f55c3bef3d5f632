"""What a question sets beside a name that makes it another amount: limits, shares, each of many."""

from __future__ import annotations

import re

from index.labels import plain
from qa_service.types import Operation
from qa_service.understand.amounts import read_limits
from qa_service.understand.cues import Cues
from qa_service.understand.hardly_named import is_about_it
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.named import tables_named
from qa_service.understand.operations import TOGETHER
from qa_service.understand.parts import Shield
from qa_service.understand.readings import Readings
from qa_service.understand.rewording import Patterns
from qa_service.understand.single_amounts import ONE_THING, told_together
from qa_service.understand.weighed import Weighed, occurrences, plain_span

_OF_THAT_AMOUNT = re.compile(r"\d(?:万|亿|元|块)(?:元|块|钱)?的(?:那|呢|是|个|项|笔|[?？]|$)")
"""An amount that tells which one is meant: 5万的呢."""
_SHARE_SAID = re.compile(
    "(?<![侵抢霸强])占(?!地|用|有|道)(?![^,，]{0,14}(?:多少|几)个?(?:钱|万|元|亿))[^,，?？]{0,14}(?:多少|几|成|比|百分|多大)"
)
"""A share is asked for, and no amount that makes up a part."""
_OF_EACH = re.compile(
    "(?:各|每)(?:个|一)?(?:家|单位|分局|所|企业|公司)(?!的?(?:平均|均))"
    "(?=[^,，。;；?？]*(?:多少|几|钱|预算|经费|支出|收入|费|分别|列|拿|花))|"
    "(?:每|一)个?(?:人|户|位|名|学生|老人|职工|干部)(?:头上)?(?:能|可以|可|得|要|平均|大概|该)*"
    "(?:领|拿|分|补|发|得|给|花|用|摊)(?:到|得|了)?(?:多少|几)"
)
"""The amounts of many, of which one is none."""


_CLAUSES = re.compile("[,，。;；?？]")
_JOINTS = re.compile("、|和|跟|与|及|加上?")
_TWO_SORTS = re.compile("项目(?!支出)(?:和|与|跟|、|及|加上?)[^,，。;；?？]{1,12}项目(?!支出)")
"""Two sorts of projects, which are no one project: 运维项目和租赁项目一共多少."""
_PART_OF_IT = re.compile(
    "其中的?(?P<part>(?![最前第每各一二两三几多])[^,，。?？有占是多最几哪各分]{1,8}?)(?:占|是|有|要|花|给|列|多少)"
)
"""A part of an amount is asked for: 其中车占多少."""
_ALL_SO_CALLED = re.compile("凡是|但凡")
"""All that are called so, of which one is not enough: 凡是叫“运维项目”的."""
_OF_MANY = Patterns(_OF_EACH, _ALL_SO_CALLED, _OF_THAT_AMOUNT)


def limited(weighed: Weighed, readings: Readings, cues: Cues, lexicon: Lexicon) -> bool:
    """Whether the question sets a limit that is no part of a name: 单价100万元以上的设备.

    So does a share that is asked for in words which are not understood: no amount is one.
    """
    if cues.operation is Operation.LOOKUP and _SHARE_SAID.search(weighed.own):
        return True
    if _OF_MANY.search(weighed.spoken) or is_about_it(readings, weighed, lexicon):
        return True
    if not cues.counts and _names_other_part(weighed, readings):
        return True
    if told_together(weighed) and _TWO_SORTS.search(weighed.spoken):
        return True
    if told_together(weighed) and not ONE_THING.search(weighed.spoken):
        _, title = tables_named(weighed, lexicon)
        if _leaves_a_piece(weighed, readings.mask | title):
            return True
    limits = read_limits(weighed.spoken)
    return limits is not None and bool(limits.mask & ~(readings.mask | weighed.hearsay))


def _names_other_part(weighed: Weighed, readings: Readings) -> bool:
    """Whether a part of an amount is named that the reading does not speak of."""
    part = _PART_OF_IT.search(weighed.spoken)
    return part is not None and not plain_span(weighed.spoken, part, "part").mask & readings.mask


def _leaves_a_piece(weighed: Weighed, mask: int) -> bool:
    """Whether the mask holds no more than half of one of several things that are added up.

    公用经费 is not 人员经费和公用经费.
    """
    shield = Shield(weighed.spoken, weighed.exact)
    clause = next((c for c in _CLAUSES.split(shield.text) if TOGETHER.search(c)), "")
    pieces = _JOINTS.split(clause[: _first_of(TOGETHER, clause)])
    for piece in map(plain, map(shield.open, pieces)) if len(pieces) > 1 else ():
        said = 0
        for span in occurrences(weighed.text, piece) if piece else ():
            said |= span.mask
        if weighed.weight(said) > 0 and weighed.weight(said & mask) <= weighed.weight(said) / 2:
            return True
    return False


def _first_of(pattern: re.Pattern[str], text: str) -> int:
    """Where the first match begins; the end of the text where there is none."""
    found = pattern.search(text)
    return len(text) if found is None else found.start()
