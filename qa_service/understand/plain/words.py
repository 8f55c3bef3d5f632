"""Cues of plainly asked questions: whichever order they are said in, they mean the same."""

from __future__ import annotations

import re

from qa_service.understand.plain.marks import NUMBER, TERM

AGO = re.compile("去年|上年|上一年|上一个年度|前一年|一年前|头年|旧年")
SHARE = re.compile("占(?!用)|比例|比重|份额|百分|%|几成")
COUNTED = re.compile(
    "(?<![哪这那好的])几[个项条款样类行种家]|多少[个项条款样类行种家]|数量|(?<![这那半])个数(?!据)|数目|项数|条数|计数|(?:项目|科目)数(?!额|据)|若干[个项]|"
    "点一下(?!名)|数一?[数下]|(?:科目|项目)的?总数(?!额)|共几|计有|报个数|数下来|者几何|总数多少|_{2,}个|(?<!预算)(?<!累计)(?<!金额)(?<!合计)(?<!资金)(?<!经费)(?<!总额)(?<!钱)有多少(?:[呀啊呢?？。,，]|$)"
)
"""How many there are."""
MONEY = re.compile(
    "多少钱|多少万|多少元|几万|几个钱|几多钱|总额|总金额|总数额|总预算|合计金额|总盘子|花多少|用多少|得多少|总和|之和|预算(?:合计|总|之?和)|"
    "盘子|小计|投入|算下来|汇总数|累计数|金额(?:合计|总|加)|(?:加|合|总共|一共)[^,，哪]{0,8}(?:是|有|要|给|花|安排|列)?了?多少(?![个项条家行])"
)
"""How much they are."""
WHICH = re.compile("哪|谁|列|名单|名称|清单|叫什么|什么|啥|找|挑|筛|名字|查找|报|告诉|边啲|边个|念")
ALL_OF_THEM = re.compile(
    "都|全|各|逐|依次|一项项|一项一项|每|哪些|清单|明细|怎么排|列|报|说说|分项|子|科目"
)
IN_ORDER = re.compile(
    "从[^,，]{0,6}?(?:到|往|至|开始)|由[^,，]{0,3}?(?:到|至|往)|自[高多大]而|高→低|降序|递减|倒序|升序|次序|顺序|排列|排序|依次|逐项|排位|排行|一项项|"
    "逐一|一项一项|为序|排名|钱多钱少|先[列讲说]|(?:排|放)(?:在)?(?:前|上|第一)|的在[前上先]|打头|排头|按大小|大小排|按金额|由大|由高|(?<!安)排(?!除|水|第|头|到?前|得?进|行第|名第)|名次|座次|谁先谁后|居前|先念"
)
MOST = re.compile(
    "最(?!后|末|少|小|低|便宜|省|不|抠|近|终|起码)|第一(?!个项目)|头一|居首|顶[多大高贵费]|老大|冠军|头号|榜首|大头|大户|独占鳌头|拔尖|撑起|拔头筹|TOP|top|max"
)
LEAST = re.compile(
    "最(?:少|小|低|便宜|省|不|抠)|顶(?:少|小|低)|第" + NUMBER + "(?:少|小|低|便宜)|垫底|末位|最末|"
    "最后(?=[一二两三四五" + NUMBER + "]?[名个位]|面)|倒数|倒着|排尾"
)
DENIED = re.compile(
    "不(?!止|到|足|满|够|少|着|了|清|太|懂|会|错|住|一样|准|上|多不少|是零|为零|低|高|含)|没(?!有?[?？吗]|到|过|错|记|找|查)|未(?!达|满|到|过)|非|无(?!论)|别(?=再?[算计加要管包])"
)
"""Something is said of what is not, which may narrow what is asked."""
IN_SHARES = re.compile(
    "比例|比重|百分|份额|几成|占比|份儿|分量|分母|%|占(?!用)[^,，]*(?:多大|多少(?!钱|资金|万|元))"
)
APART = re.compile(
    rf"{TERM}\s*[-－]\s*{TERM}|差(?!旅)|相减|减(?!少)|[多少高低大小贵]出|超[出过]|高于|低于|少于|大于|小于|多于|多过|少过|领先|落后|缺口|余下|剩|结余|隔着|"
    "赶得?上|才够|补|添多少|追得?上|提到|抵完|(?:多|少|高|低|大|小|贵|便宜)(?:了|的|花|安排|用|拿|那个数)*(?:多少|几|是多少)|零头|刨|扣|多些?多少"
)
LARGER = re.compile(
    "(?:多|大|高|贵)的?(?:那|一)?(?:一)?[个项笔头](?:是|叫|属)?(?:什么|啥|哪|谁)|(?:数字|金额|钱)[多大高]的(?:是|叫)|(?:哪|谁|孰|边[个样]|什么|二选一|挑|指出|还是|抑或|或者|多的|大的|高的|较大|较多|更).*(?:多|大|高|贵|厉害|居上|胜出|在前|前面|领先|费钱|花钱)|"
    "(?:多|大|高|贵)[^,，]{0,6}(?:哪|谁|孰|还是|抑或|是[?？]?$)|取大|选大|比个?大小|重头|更厚|压谁|(?:大|多|高)[?？][^?？]*(?:大|多|高)[?？]|较大|胜出"
)
SINCE = re.compile(
    "同比|[增变][减动化](?:额|数|率|幅|比|的?绝对)|两年|(?:一年[间来里]|这一年|一年下来)(?=[^,，]*(?:[增减涨降砍缩升跌压]|[多少]了))"
)
WORKED_OUT = re.compile(
    "[推算]回|[倒反]推|倒算|推算|[往退]前?[推挪回数]|之前那一?年|[动变]之?[以]?前"
)
IN_YUAN = re.compile(
    "(?:多少|几|以|用|按|成|到|计|为|是|填|写|说|单位|—|_)[^,，万亿]{0,4}元|元(?:为单位|计|报|表示|整数)|一块钱|多少块|几块"
)
IN_YI = re.compile("亿")
LEFT_OUT = re.compile(
    "除(?!以|数)|刨|扣|剔|撇|去掉|去除|其余|其他|其它|剩|抛开|以外|之外|(?<!算)不算|(?<!含)不含|(?<!计)不计|(?<!包)不包|拿掉|拿走|排除|抠掉|余额|净额|余下|还余"
)
EACH = re.compile("各(?!项)|分别")
"""Each of several things is asked for by itself."""
AND = "(?:[、,，+＋]|和|与|跟|同|以?及|还有)"
"""What joins names."""
LISTED = f"{TERM}(?:{AND}{TERM})+"
"""Several names side by side."""
_UPWARDS = re.compile(
    "(?:少|低|小|便宜)的?(?:到|至|往|排到)最?(?:多|高|大|贵)|升序|递增|(?:少|低|小|便宜)的?(?:排|放|摆)?在?(?:先|前|上|打头|头)|从最?(?:少|小|低)"
)
_DOWNWARDS = re.compile(
    "(?:多|高|大|贵)的?(?:到|至|往|排到)最?(?:少|低|小|便宜)|降序|递减|倒序|从最?(?:大|多|高)"
)
_TAIL = re.compile("(?<![然以之随先])后(?!续|来|[,，])|末|尾|垫底|倒数|倒着数")
_HEAD = re.compile(
    "前(?!年|段)|(?<![里])头(?!年|份)|第一|第" + NUMBER + "|"
    "首|打头|领头|top|TOP|强(?!调)|大户|巨头|先"
)


_LOWEST = re.compile("垫底|最(?:少|小|低|便宜|省)")
"""The smallest, whichever order they are told in."""


def downwards(text: str) -> bool | None:
    """Whether the order that is told goes from the largest down; None where none is told."""
    up, down = _UPWARDS.search(text), _DOWNWARDS.search(text)
    return None if bool(up) == bool(down) else bool(down)


def of_least(text: str) -> bool | None:
    """Whether the smallest of several are asked for; None where neither end is."""
    down = downwards(text)
    head, tail = _HEAD.search(text), _TAIL.search(text)
    least, most = LEAST.search(text), MOST.search(text)
    if _LOWEST.search(text) and not most:
        return True
    order = _DOWNWARDS.search(text) if down else _UPWARDS.search(text)
    if tail and not head and order and tail.start() < order.start():
        return True  # 倒数三个，从少到多排一下: they are put in order only then
    if down is not None and (head or tail) and bool(head) != bool(tail):
        return bool(tail) if down else bool(head)
    if least or most:
        return None if least and most and not tail else bool(least)
    if tail:
        return True
    return False if head else None
