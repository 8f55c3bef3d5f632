"""Amounts that are plainly asked for: of one name or two, their change, unit and parts."""

from __future__ import annotations

import re

from index.labels import plain
from qa_service.understand.entries import ASPECTS, KINDS_OF_SPENDING
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.plain.marks import NUMBER, TERM, THEN
from qa_service.understand.plain.slots import Slots
from qa_service.understand.plain.words import (
    AGO,
    APART,
    COUNTED,
    DENIED,
    EACH,
    IN_ORDER,
    IN_SHARES,
    IN_YI,
    IN_YUAN,
    LARGER,
    LEAST,
    LEFT_OUT,
    MONEY,
    MOST,
    SHARE,
    SINCE,
    WORKED_OUT,
    downwards,
)
from qa_service.understand.side_by_side import OF_BOTH_KINDS

IN_PERCENT = re.compile("百分|%|百份")
_TIMES = re.compile(
    f"倍|÷|除以|商是|除数|乘以|(?:几|多少)个{TERM}|几[份回](?!预)|{TERM}/{TERM}[^{TERM}]*="
)
_IS_TIMES = re.compile(
    f"{TERM}[^{TERM},，倍]*?(?:是|为|系|等于|相当于|达到|抵得?上?|顶得?上?|合|折合|除以|÷|/)[^{TERM},，]*?{TERM}"
)
_SMALLER = re.compile(
    "更少|更小|更低|较少|较小|较低|少的|小的|低的|便宜|省钱|[哪谁孰][^,，多大高]{0,6}[少小低]$"
)
_MUCH = re.compile("[多大高贵](?!少)")
_JOINED = re.compile("[和与跟同及、;；,，+＋加并]|以及|还有|再|连同|[12]\\.|[①②]")
_ADDED = re.compile(
    "加|合|总|共|之和|的和|和[是。?？]|求和|并|拢|凑|汇|累|小计|一块|一起|\\+|连同|里外里|打包|[=＝][?？]?$"
)
_SIDE_BY_SIDE = re.compile(
    "(?:的?(?:预算|经费|金额|数额|数)?(?:分别|各)?(?:是|有|安排|列|花|用|给|拨|批)?了?(?:多少|几)(?:钱|万元|万|元)?)?[呀啊呢]?[?？]?"
    "(?:[、。+＋]|和|与|跟|同|及|以及|还有|[,，;；?？](?:以及|还有|那么?|和|再)?)[?？]?[又再]?"
)
"""What stands between two names whose amounts are asked for side by side."""
_COUNTED_IN = re.compile("算(?:进|上|在|入)|都算")
_COMPARED_TO = re.compile(f"(?:比|跟|与|和){TERM}[^{TERM}]{{0,4}}比|比{TERM}")
_KINDS = set(KINDS_OF_SPENDING)
_SECOND = re.compile("次[大高多席]")
_A_FIGURE = re.compile("(?:[看报给填要写说]|一)个数|有多少(?![个项条款类样种])")
_ASKS_WHICH = re.compile("哪|谁|孰|边[个样]")
_TOTAL_SAID = re.compile("的?(?:合计数?|总计数?|总额|总数|总量|总和|小计)$")
_WHOLE = re.compile("总|^(?:部门|单位|本年)*(?:支出|收入)(?:预算|合计)|^本年(?:收入|支出)$")
"""Names of the whole budget."""
_MORE_THAN_ANY = 10**15
_WHOLE_AMOUNT = 10**18
"""Stand for the amount of a kind of spending and of the whole, which nothing exceeds."""
_ONCE = re.compile("原来|原先|当时|那时|那会儿|那一年")
_THEN = re.compile(
    f"(?:{AGO.pattern})(?:度)?(?:的|那会儿|同期|同口径|应|该|到底|究竟)*(?:{TERM}|数|基数|金额|预算|数额|是|有|为|多少|安排|列|花|给)"
)
_COMPARED = re.compile(
    f"(?:{AGO.pattern})(?:到|至|和|与|跟|对)(?:今年|本年)|(?:今年|本年)(?:到|至|和|与|跟|对)(?:{AGO.pattern})|(?:比|较|跟|与|和|同|对照?|相对于?|以|从|减|于)(?:的|起)?(?:{AGO.pattern})"
)
_CHANGED = re.compile(
    "[多少高低大小]了?多少|出入|调整|增|减|涨|跌|降|升|变|差|多了|少了|多出|少出|±|砍|缩|高了|低了|不一样|多还是少|上下|动了|幅|率|百分|%"
)
_OF_RATE = re.compile("百分|%|巴仙")
_OF_RATE_TOO = re.compile("幅|率|比例|几成|同比")
_OF_MONEY = re.compile("钱|万|元|额|数(?!据)|绝对")
_BY_HOW_MUCH = re.compile("[多少]了多少|(?:增加|减少)了?多少")
_HOW_MUCH = re.compile("多少|多大|几何|几多|几个钱|几钱|是几|啥数|什么数|额")
_NOW_AT = re.compile("[增涨升减降](?:加|少)?(?:到|至|为|成)了?(?:多少|几)")
"""What an amount was changed to: 涨到多少."""
_CHANGED_AT_ALL = re.compile("[增涨跌降](?!值税)|变动|变化|减(?:少|了|掉)|升了")
_WHETHER = re.compile("有没|有无|是否|[吗嘛]|没[?？,，]|不[?？,，]|还是没|空的|零|批没批|给没给")
_ASKED = re.compile(
    f"多少|几|数(?!据)|额|钱|报|给(?:出|了|个|一下|我看)|填|预算|查|^[^\u4e00-\u9fff]*{TERM}[^\u4e00-\u9fff]*[:：]?$"
)
_FROM_THE_LARGEST = re.compile(
    "(?:从|先|由)[^,，]{0,6}最[大多高]的?[^,，]{0,6}?(?:起|开始|往下|说|列|念|讲)"
)
_NTH = re.compile(f"第(?:{NUMBER}|[一二三四五])")
_FIRST = re.compile("第一(?![是])|头一|打头|冠军|榜首|老大|排第一|最[多大高巨][的是一]")
_BELOW = re.compile(
    "下级|下属|下面|底下|里面|里头|下设|所属|项下|名下|之下|各|子|细|明细|构成|组成|分项|小项|科目|拆|展开|分成|其中|往下|当中|中|下|里|哪一?[项块款类笔]|几[样项]|分几|由"
)
_THINGS = re.compile("(?:几|多少)(?P<unit>[辆台套平间名人个])")
_MONEY_UNITS = ("元", "万元", "亿元", "%")
_DETAILED = re.compile(f"明细|分项|子项|细项|科目(?!代码|编码)|前{NUMBER}|下面的?(?:各|哪|几)")
_LEVEL = re.compile("[类项]级|[三七37]位")
_ONE_OF = re.compile("最|第一|哪一?[项个类款块]|老大|谁|冠军|头号|榜首")
_PARTS_ASKED = re.compile("科目|明细|分项|构成|组成|逐项|各|哪些|哪几|排|列出|列示|清单")
_TOTAL = re.compile("^(?:基本|项目|三公|政府采购)|总|合计|“?三公|预算$|支出$|收入$")
_DESCRIBED = re.compile(
    "讲明白|讲清|讲解|说明白|讲讲|聊聊|科普|通俗|理解|什么(?!数|价)|啥(?!数|价)|怎|为何|哪些|哪几|哪里|哪儿?来|哪儿|从哪|来自|来源|用途|目的|目标|作用|解释|含义|意思|依据|原因|干嘛|做么|谁|介绍|区别|不同"
)
"""Something else than an amount is asked for."""
_NO_PERCENT = re.compile("(?:别|不要|不用|不是|不说)[说要给报]?(?:百分比|百分数|比例|幅度)")
_PART_OF_LAST = re.compile(
    "(?:是|为|相当于|等于|占)(?:了)?(?:去年|上年|上一年|前一年)的?(?:百分|几成|几倍|多少倍|%)"
)
_AVERAGE = re.compile("平均|均值|均数|除以项数|除以个数|÷|匀")
_TAKEN_OFF = re.compile("减|抠|拿走|扣|去|没有|不花|不算|排除|剔|-")
_SPREAD = re.compile("平均|均摊|均值|均数|摊|每|人均|匀|除以|÷")
_TWO, _MOST = 2, 4


def of_two(text: str, one: str, other: str, lexicon: Lexicon) -> str | None:
    """A share, a ratio, a difference, the larger one or the sum of two names."""
    if AGO.search(text) or MOST.search(text) or LEAST.search(text) or _SECOND.search(text):
        return None
    if EACH.search(text):
        return added(text, (one, other), lexicon)
    if _DETAILED.search(text):
        return None
    larger, apart = LARGER.search(text), APART.search(text)
    percent = IN_PERCENT.search(text) is not None and "倍" not in text
    if _TIMES.search(text) and not (percent or SHARE.search(text)):
        return _ratio(text, one, other, lexicon)
    if (percent or IN_SHARES.search(text)) and not apart:
        return share(one, other, lexicon) if SHARE.search(text) else None
    if apart and not _ASKS_WHICH.search(text):
        rest = _without(text, one, other, lexicon)
        return rest or f"{one}和{other}相差多少"
    if larger and not apart:
        less = _SMALLER.search(text) and not _MUCH.search(text)
        return f"{one}和{other}哪个更{'少' if less else '多'}"
    if LEFT_OUT.search(text):
        return _without(text, one, other, lexicon)
    if larger and apart:
        return f"{one}和{other}哪个更多，多多少"
    if larger or apart:
        return None
    if (plain(one) in _KINDS) != (plain(other) in _KINDS) and not _ADDED.search(text):
        return _in_one_kind(text, one, other)
    return added(text, (one, other), lexicon)


def _in_one_kind(text: str, one: str, other: str) -> str | None:
    """The amount of a name in one kind of spending: 请报基本支出范围内的办公费金额."""
    if DENIED.search(text) or SHARE.search(text) or COUNTED.search(text) or not _ASKED.search(text):
        return None
    kind, name = (one, other) if plain(one) in _KINDS else (other, one)
    return None if _DESCRIBED.search(text) else f"{kind}里的{name}是多少"


def _without(text: str, one: str, other: str, lexicon: Lexicon) -> str | None:
    """An amount without one of its parts; None where the wording leaves out nothing of it."""
    if not (LEFT_OUT.search(text) or _TAKEN_OFF.search(text)):
        return None
    if not any(_holds_others(name, lexicon) for name in (one, other)):
        return None
    between = text.split(TERM)[1]
    taken = LEFT_OUT.search(between) or _TAKEN_OFF.search(between)
    if taken and plain(other) in _KINDS and _is_told_by_kind(one, plain(other), lexicon):
        return f"{one}除去{other}后是多少"
    return without_part(one, other, lexicon)


def _is_told_by_kind(name: str, kind: str, lexicon: Lexicon) -> bool:
    """Whether a column beside a name's amount tells how much of it is of a kind of spending."""
    rows = (lexicon.rows[row_id] for row_id in lexicon.by_label.get(plain(name), ()))
    return any(kind in lexicon.tables[row.table_id].column_names for row in rows)


def without_part(one: str, other: str, lexicon: Lexicon) -> str | None:
    """The larger of two amounts without the other; None where neither is known to be larger."""
    first, second = fen(one, lexicon), fen(other, lexicon)
    if first is None or second is None or first == second:
        return None
    whole, part = (one, other) if first > second else (other, one)
    return f"{whole}除去{part}后是多少"


def _holds_others(name: str, lexicon: Lexicon) -> bool:
    """Whether other amounts are parts of a name's: of 项目支出 something may be left out."""
    return _has_parts(name, lexicon) or _TOTAL.search(name) is not None


def added(text: str, terms: tuple[str, ...], lexicon: Lexicon) -> str | None:
    """The sum of several names, or each of them; None where they are not put side by side."""
    if len(terms) > _MOST or DENIED.search(text) or AGO.search(text):
        return None
    kinds = [term for term in terms if plain(term) in _KINDS]
    whole = [term for term in terms if fen(term, lexicon) == _WHOLE_AMOUNT]
    if EACH.search(text) and not whole:
        figures, cues = _A_FIGURE.sub("", text), (APART, SHARE, LARGER, COUNTED, _SPREAD)
        apart = any(pattern.search(figures) for pattern in cues)
        return None if apart else _each(text, terms, lexicon)
    others = tuple(term for term in terms if term not in kinds)
    if len(kinds) == _TWO and len(others) == 1 and _ADDED.search(text) and not SHARE.search(text):
        return f"{others[0]}，{OF_BOTH_KINDS}是多少"
    if len(kinds) + len(whole) == len(terms) and not (_ADDED.search(text) or SHARE.search(text)):
        return _each(text, terms, lexicon)
    if len(kinds) == 1 and len(others) > 1:
        rest = added(text, others, lexicon)
        return None if rest is None else f"{kinds[0]}里的{rest}"
    if any(plain(term) in ASPECTS or fen(term, lexicon) is None for term in terms):
        return None
    if APART.search(text) or LARGER.search(text) or _COMPARED_TO.search(text):
        return None
    if SHARE.search(text) or COUNTED.search(_A_FIGURE.sub("", text)):
        return None
    if not _ADDED.search(text):
        return _each(text, terms, lexicon)
    amounts = [fen(term, lexicon) or 0 for term in terms]
    if len(terms) > _TWO and _TWO * max(amounts) == sum(amounts):
        return None  # a whole and its parts are not added up
    return f"{'、'.join(terms)}一共多少" if _JOINED.search(text) else None


def _each(text: str, terms: tuple[str, ...], lexicon: Lexicon) -> str | None:
    """The amount of each name; None where they are not put side by side to be told.

    After a name that has parts, a comma alone puts what follows in it: 工资福利支出，基本工资多少.
    """
    if not _ASKED.search(text) or _DESCRIBED.search(text) or _COUNTED_IN.search(text):
        return None
    if len(terms) != text.count(TERM):
        return None
    for between, name in zip(text.split(TERM)[1:-1], terms, strict=False):
        joined = _SIDE_BY_SIDE.fullmatch(between)
        whole = between in ",，" and any(fen(t, lexicon) == _WHOLE_AMOUNT for t in terms[1:])
        if joined is None or whole or (between in ",，" and _holds_others(name, lexicon)):
            return None  # 某项目，预算总计 is one amount
    if any(fen(term, lexicon) == _WHOLE_AMOUNT for term in terms):
        return "".join(f"{term}是多少{THEN}" for term in terms)
    return f"{'、'.join(terms)}分别是多少"


def share(one: str, other: str, lexicon: Lexicon) -> str | None:
    """The share of the smaller of two amounts in the larger; None where neither is known to be."""
    first, second = fen(one, lexicon), fen(other, lexicon)
    if first is None or second is None or first == second:
        return None
    part, whole = (one, other) if first < second else (other, one)
    return f"{part}占{whole}的百分之几"


def _ratio(text: str, one: str, other: str, lexicon: Lexicon) -> str | None:
    first, second = fen(one, lexicon), fen(other, lexicon)
    if first is None or second is None:
        return None
    if first < second and not (_IS_TIMES.search(text) and "乘" not in text):
        one, other = other, one
    return f"{one}是{other}的几倍"


def fen(name: str, lexicon: Lexicon) -> int | None:
    """The largest amount that the document prints of a name, in 分; None where it prints none.

    The whole of a budget is larger than all else, and a kind of spending than all other lines.
    """
    text = plain(name)
    if text not in lexicon.by_label:
        text = plain(_TOTAL_SAID.sub("", name))
    if text not in ASPECTS and _WHOLE.search(plain(name)):
        return _WHOLE_AMOUNT
    rows = [lexicon.rows[row_id].row for row_id in lexicon.by_label.get(text, ())]
    amounts = [cell.fen for row in rows for cell in row.cells if cell.fen is not None]
    amounts += [
        entry.fact.fen
        for entry in lexicon.facts
        if entry.subject.text == text and entry.fact.fen is not None
    ]
    if amounts:
        return max(amounts)
    return _MORE_THAN_ANY if text in ASPECTS else None


def of_one(slots: Slots, name: str, lexicon: Lexicon) -> str | None:
    """An amount of one name, its change, its unit; or the lines below it."""
    text = slots.text
    below = _of_parts(text, name, lexicon)
    if below is not None:
        return below
    if AGO.search(text) or SINCE.search(text) or WORKED_OUT.search(text):
        return of_change(text, name)
    number = _of_things(text, name, lexicon)
    if number is not None:
        return number
    others = (_CHANGED_AT_ALL, SHARE, _TIMES, MOST, LEAST, COUNTED, _SPREAD)
    if any(p.search(text) for p in others) or slots.numbers or _DESCRIBED.search(text):
        return None
    if "项目" in text or _ASKED.search(text) is None:
        return None
    if _has_parts(name, lexicon) and _PARTS_ASKED.search(text):
        return None
    if _WHETHER.search(text):
        return f"{name}有没有安排，是多少"
    if DENIED.search(text):
        return None
    if IN_YI.search(text):
        return f"{name}是多少亿元"
    if IN_YUAN.search(text):
        return f"{name}是多少元"
    return f"{name}是多少"


def _of_things(text: str, name: str, lexicon: Lexicon) -> str | None:
    """A number of things that the document tells of a name: 登记在册车辆有几辆."""
    asked = _THINGS.search(text) or COUNTED.search(_A_FIGURE.sub("", text))
    if asked is None or any(p.search(text) for p in (AGO, _DESCRIBED, DENIED, _BELOW, MONEY)):
        return None
    units = {e.fact.unit for e in lexicon.facts if e.subject.text == plain(name)}
    unit = asked.groupdict().get("unit") or "".join(units)
    return f"{name}有多少{unit}" if units == {unit} and unit not in _MONEY_UNITS else None


def of_change(text: str, name: str) -> str | None:
    """Last year's amount of a name, or by how much or what share it changed."""
    text = _NO_PERCENT.sub("", text)
    if _PART_OF_LAST.search(text) or _DESCRIBED.search(text):
        return None
    clauses = [clause for clause in re.split("[,，。?？;；]", text) if clause]
    last = clauses[-1] if clauses else ""
    if _ONCE.search(last) and AGO.search(text) and not _CHANGED.search(last):
        return f"上年的{name}是多少"
    compared = _COMPARED.search(text) or (SINCE.search(text) and not _THEN.search(text))
    if _OF_RATE.search(text) and _CHANGED_AT_ALL.search(text):
        return f"{name}比上年变动了百分之几"
    if WORKED_OUT.search(text) or (_THEN.search(last) and not _COMPARED.search(last)):
        return f"上年的{name}是多少"
    if not compared:
        return f"上年的{name}是多少" if _THEN.search(text) else None
    if not _CHANGED.search(text):
        return None
    money = _OF_MONEY.search(text) or _BY_HOW_MUCH.search(text)
    of_rate = _OF_RATE.search(text) or (_OF_RATE_TOO.search(text) and not money)
    return f"{name}比上年变动了{'百分之几' if of_rate else '多少钱'}"


def of_year(piece: str, name: str) -> str | None:
    """What a piece of a question asks of a name whose years are compared; None for nothing.

    An amount, last year's, the change or its rate: 去年是多少, 涨了多少, 涨幅多大.
    """
    if _DESCRIBED.search(piece) or DENIED.search(piece) or LEFT_OUT.search(piece):
        return None
    money = _OF_MONEY.search(piece) or _BY_HOW_MUCH.search(piece)
    if _OF_RATE.search(piece) or (_OF_RATE_TOO.search(piece) and not money):
        return None if "占" in piece else f"{name}比上年变动了百分之几"
    if not _HOW_MUCH.search(piece):
        return None
    changed = _CHANGED.search(piece) is not None and not _NOW_AT.search(piece)
    if AGO.search(piece) and not (changed or _COMPARED.search(piece)):
        return f"上年的{name}是多少"
    return f"{name}比上年变动了多少钱" if changed else f"{name}是多少"


_SO_MANY_OF_THEM = re.compile(
    f"(?:哪|[的前])(?!一)(?:{NUMBER}|[两二三四五六七八九十])[项个类大样笔款名]"
)
"""The largest so many are asked for: 下面哪三项最多."""


def _has_parts(name: str, lexicon: Lexicon) -> bool:
    """Whether lines stand below a name."""
    return any(row_id in lexicon.children for row_id in lexicon.by_label.get(plain(name), ()))


def _of_parts(text: str, name: str, lexicon: Lexicon) -> str | None:
    """The lines below a name: how many, the largest, or all in their order."""
    text = text.replace("占比最", "最")
    if not _has_parts(name, lexicon) or not _BELOW.search(text):
        return None
    if (
        AGO.search(text)
        or SHARE.search(text)
        or DENIED.search(text)
        or _LEVEL.search(text)
        or _SECOND.search(text)
    ):
        return None
    if _SPREAD.search(text):
        return f"{name}下面各项平均多少钱" if _AVERAGE.search(text) else None
    if len(_NTH.findall(text)) > 1 or _SO_MANY_OF_THEM.search(text):
        return None
    down = downwards(text)
    one = _ONE_OF.search(_FROM_THE_LARGEST.sub("", text))
    if IN_ORDER.search(text) and not (one and _FIRST.search(text)):
        return f"{name}下面各项从{'少到多' if down is False else '多到少'}排一下"
    if LEAST.search(text):
        return f"{name}下面最少的是哪一项"
    if MOST.search(text):
        return f"{name}下面最多的是哪一项"
    counted = COUNTED.search(text) and not MONEY.search(text)
    return f"{name}下面一共有几个科目" if counted else None
