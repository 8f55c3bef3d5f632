"""Limits on amounts in a question: 500万以上, 超过五百万, 一百万到三百万之间, 不为零.

以上, 以下 and 之间 hold their borders; 超过, 大于, 不足 and 不到 do not. Several
limits hold together: 超过100万但不到500万.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from index.units import to_fen
from qa_service.understand.rewording import needed
from qa_service.understand.weighed import plain_span

_UNIT = r"亿元|亿块|万元|万块钱|万块|亿|万|元|块钱|块"
AMOUNT = r"(?P<{0}>\d+(?:\.\d+)?)\s*(?:个(?=亿|万))?(?P<{0}_unit>" + _UNIT + ")?"
"""A number and its unit, under the names `{0}` and `{0}_unit`."""
_FROM_TO = re.compile(
    r"(?:介于|在|从)?"
    + AMOUNT.format("low")
    + r"(?:[（(]含[）)])?(?:到|至|~|-|和|与|—|–)"
    + AMOUNT.format("high")
    + r"(?:[（(]含[）)])?(?:这个|这一|的)?(?:之间|区间|范围|这一档|档次|档位|这一段|价位|的)?"
)
_AFTER = re.compile(
    r"(?:连)?"
    + AMOUNT.format("value")
    + r"(?:钱)?(?:[（(]含[）)])?(?P<word>及以上|及以下|或以上|或以下|以上|以下|以内|之内|"
    r"往上|往下|起"
    r"|\+|＋|(?:都|还|也)(?:不到|没到|不足|没有|不够|没过|没超过|够不着))"
)
_BEFORE = re.compile(
    r"(?P<word>达到|(?<![表册单网书面账])上(?=了)|(?<![不未没])满|不低于|不少于|不小于|大于等于|大于或等于|至少|起码|最少|(?<!不)够(?:得上|得着|上|到)|超过|超|大于|高于|多于|突破|破|(?<![少低])过|多过|高过|大过|少过|低过|"
    r"不超过|没超过|未超过|不高于|不大于|小于等于|小于或等于|至多|最多不超过|不足|不到|没到|没[花用要]到|[花用要]不到|不满|未满|不够|"
    r"小于|低于|少于|没有超过|>=|≥|>|<=|≤|<)了?(?:有)?"
    + AMOUNT.format("value")
    + r"(?:这个|这一)?(?:大关|关口|门槛|大线|这条线|的线)?"
)
_THAN = re.compile(
    r"比" + AMOUNT.format("value") + r"(?:还|要|更)?(?P<word>多|高|大|贵|少|低|小|便宜)"
)
_EXACT = re.compile(
    r"(?:不多不少[,，]?)?(?:刚好|正好|恰好|等于|均为|都是|刚刚好|整整|整)(?:安排|编列|列|有|给|花|拨|批|下达|分|定)?(?:了|是|为)?"
    + AMOUNT.format("value")
    + r"整?"
)
_ONLY = re.compile(
    r"(?<![不没])(?:预算|金额)?(?:都|全)?(?:只|就|才|仅仅|仅)(?:给|安排|编列|列|拨|批|花|用|有|是|分|拿|下达|定|够)?(?:到|的)?了?"
    + AMOUNT.format("value")
    + r"(?:钱|整)?(?![\d元万亿块以之左多往起+几来不]|上下|出头)"
)
"""Just that amount: 只给了100元的项目."""
_ROWS_BEFORE = re.compile("(?:[几哪]|多少)[^,，。?？]{0,12}(?:项目|科目)(?:的)?$")
_ROWS_BEHIND = re.compile("的?(?:项目|科目)(?!支出)")
_BORDER = re.compile(
    r"[,，。?？；;(（]?(?:其中)?(?P<without>不)?(?:刚好|正好|恰好|刚刚好|等于|包括|含|连同)"
    + AMOUNT.format("border")
    + r"整?(?:的|那个|这个)?(?:也|都|就)?(?P<out>不算|不包括|不要|不计|除外|别算)?"
    r"(?:算|要|计)?(?:进去|进来|在内|上|入|数|内)?"
    r"(?:[)）]|(?=[,，。?？!！；;]|$))"
)
"""Whether the border itself counts: 刚好150万的也算."""
_NONZERO = re.compile(
    r"(?:真正)?(?:安排了|有安排|列了|给了|分到了|拿到了)(?:钱|预算|资金|经费|金额)?的|有(?:钱|金额|预算数)的|[（(]?(?:不算为零的|为零[的得地]不算|不是0的|(?<!是)不为零的?|不为0的?|非零的?|不是零的?|不是0的?|不等于0的?|不等于零的?|大于零的?|不含零|不计零|除去零|"
    r"不含为零的|剔除零)[)）]?"
)
_ZERO = re.compile(
    r"(?:预算|金额)?(?:都)?(?<!不)(?:为|是|等于)(?:零|0(?![.\d]))(?:的|元)?|零预算|一分钱(?:都|也)?(?:没有|没)(?:安排|花|列|给)?(?:的)?"
    r"|(?:没有|没)(?:安排|列|给)?(?:一分钱|任何)(?:的)?|一分没(?:有|给|花)(?:的)?"
)
_NO_REST = (
    "(?<!不)(?:(?:刚好|正好|恰好|都是|全是|是|为)+整数(?:万元?)?|"
    "(?:刚好|正好|恰好|都是|全是|是|为)*整万元?(?![\\d])|"
    "(?<!有)(?:没有?|不带|无)(?:零头|尾数|小数))(?:的)?"
)
EVEN = re.compile(f"{_NO_REST}(?:[、,，]?(?:且|并且|也)?{_NO_REST})*")
"""Amounts without a rest: 整万元, 没有零头."""
WITH_A_REST = re.compile(
    "(?:有|带着?|含)(?:零头|尾数|小数)的(?!话)|(?:项目|科目|几[个项笔])[^,，。?？]{0,4}(?:有|带着?|含)(?:零头|尾数|小数)(?!误差)|"
    "不(?:是|为)整[数万]"
)
"""Amounts with one, which are not chosen from: 带零头的项目."""
_DIGIT = re.compile(r"\d")
_AT_LEAST = {
    "+",
    "＋",
    "以上",
    "及以上",
    "或以上",
    "往上",
    "起",
    "达到",
    "满",
    "上",
    "至少",
    "起码",
    "最少",
    "够得上",
    "够得着",
    "够上",
    "够到",
    "不低于",
    "不少于",
    "不小于",
    "大于等于",
    "大于或等于",
    ">=",
    "≥",
}
_OVER = {
    "多过",
    "高过",
    "大过",
    "多",
    "高",
    "大",
    "贵",
    "超过",
    "超",
    "大于",
    "高于",
    "多于",
    "突破",
    "破",
    "过",
    ">",
}
_AT_MOST = {
    "以下",
    "及以下",
    "或以下",
    "往下",
    "以内",
    "之内",
    "不超过",
    "没超过",
    "未超过",
    "没有超过",
    "不高于",
    "不大于",
    "小于等于",
    "小于或等于",
    "至多",
    "最多不超过",
    "<=",
    "≤",
}
_OF_ITS_TABLE = "整"
_MOST_FEN = 2**62
"""More than any budget, and no more than an index can hold."""
_NAMES = {
    "亿": "亿元",
    "亿块": "亿元",
    "万": "万元",
    "万块": "万元",
    "万块钱": "万元",
    "块": "元",
    "块钱": "元",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """The least and the most that an amount may be, both included, in 分; None for no limit."""

    least_fen: int | None
    most_fen: int | None
    mask: int
    """The characters of the question that say so."""
    span: tuple[int, int]
    """Where the text says so, from the first limit to the last."""
    said: str
    """The limits in the asker's words."""
    multiple_of: str = ""
    """An amount is a whole number of these: 万元, or 整 for the unit of its table."""

    def multiple_fen(self, unit: str) -> int | None:
        """What an amount in a table of this unit is a multiple of, in 分; None for nothing."""
        if not self.multiple_of:
            return None
        return to_fen(Decimal(1), unit if self.multiple_of == _OF_ITS_TABLE else self.multiple_of)


def read_limits(text: str) -> Limits | None:
    """The limits that a question sets, or None; the text still has its decimal points.

    Limits that leave nothing between them are no limits.
    """
    remark = _BORDER.search(text) if _DIGIT.search(text) else None
    if remark is None or not remark["border_unit"]:
        return _together(_limits(text))
    start, end = remark.span()
    limits = _together(_limits(text, text[:start] + "\0" * (end - start) + text[end:]))
    return _together(_limits(text)) if limits is None else _with_border(limits, remark, text)


def _with_border(limits: Limits, remark: re.Match[str], text: str) -> Limits:
    """The limits with what the question says of an amount that is just the border."""
    fen = fen_said(remark["border"], remark["border_unit"])
    least, most = limits.least_fen, limits.most_fen
    if remark["out"] or remark["without"]:
        least = fen + 1 if least == fen else least
        most = fen - 1 if most == fen else most
    else:
        least = fen if least == fen + 1 else least
        most = fen if most == fen - 1 else most
    mask = limits.mask | plain_span(text, remark).mask
    said = f"{limits.said}（{remark.group(0).strip('，,。？?；;()（）')}）"
    span = (min(limits.span[0], remark.start()), max(limits.span[1], remark.end()))
    return Limits(least, most, mask, span, said, limits.multiple_of)


def _together(found: list[Limits]) -> Limits | None:
    """All limits as one; None where there are none, or where they leave nothing."""
    if not found:
        return None
    least = max((f.least_fen for f in found if f.least_fen is not None), default=None)
    most = min((f.most_fen for f in found if f.most_fen is not None), default=None)
    if least is not None and most is not None and least > most:
        return None
    mask = 0
    for one in found:
        mask |= one.mask
    starts, ends = zip(*(one.span for one in found), strict=True)
    said = "且".join(one.said for one in found)
    multiple_of = max((one.multiple_of for one in found), key=len)
    return Limits(least, most, mask, (min(starts), max(ends)), said, multiple_of)


def _limits(text: str, rest: str = "") -> list[Limits]:
    """Each limit of the text; what one pattern has read, the next does not read again.

    `rest` is the text with what is not to be read blanked out, where something is not.
    """
    found: list[Limits] = []
    rest = rest or text
    held = frozenset(text)
    possible = [
        (pattern, read)
        for one, other, pattern, read in _OF_NOTHING
        if not (held.isdisjoint(one) or held.isdisjoint(other))
    ]
    for pattern, read in (*possible, *(_OF_NUMBERS if _DIGIT.search(text) else ())):
        for match in pattern.finditer(rest):
            limits = read(match, text)
            if limits is not None:
                found.append(limits)
                start, end = match.span()
                rest = rest[:start] + "\0" * (end - start) + rest[end:]
    return found


def _nonzero(match: re.Match[str], text: str) -> Limits:
    return Limits(1, None, plain_span(text, match).mask, match.span(), "不为零")


def _zero(match: re.Match[str], text: str) -> Limits:
    return Limits(0, 0, plain_span(text, match).mask, match.span(), "为零")


def _even(match: re.Match[str], text: str) -> Limits:
    said = match.group(0).removesuffix("的")
    multiple = "万元" if "万" in said else _OF_ITS_TABLE
    return Limits(1, None, plain_span(text, match).mask, match.span(), said, multiple)


def _exact(match: re.Match[str], text: str) -> Limits | None:
    if not match["value_unit"]:
        return None
    fen = fen_said(match["value"], match["value_unit"])
    return Limits(fen, fen, plain_span(text, match).mask, match.span(), match.group(0))


def _only(match: re.Match[str], text: str) -> Limits | None:
    """Rows of just one amount; of a name, 才90万 holds up its amount."""
    before, behind = text[: match.start()], text[match.end() :]
    if not (_ROWS_BEFORE.search(before) or _ROWS_BEHIND.match(behind)):
        return None
    limits = _exact(match, text)
    said = f"正好{match['value']}{match['value_unit']}"
    return None if limits is None else replace(limits, said=said)


def _from_to(match: re.Match[str], text: str) -> Limits | None:
    unit = match["low_unit"] or match["high_unit"]
    if not unit:
        return None
    low, high = fen_said(match["low"], unit), fen_said(match["high"], match["high_unit"] or unit)
    said = match.group(0).removesuffix("的").removeprefix("从")
    return Limits(min(low, high), max(low, high), plain_span(text, match).mask, match.span(), said)


def _one_sided(match: re.Match[str], text: str) -> Limits | None:
    if not match["value_unit"]:
        return None
    fen, word, mask = (
        fen_said(match["value"], match["value_unit"]),
        match["word"],
        plain_span(text, match).mask,
    )
    least: int | None = None
    most: int | None = fen - 1
    if word in _AT_LEAST:
        least, most = fen, None
    elif word in _OVER:
        least, most = fen + 1, None
    elif word in _AT_MOST:
        most = fen
    mask = plain_span(text, match).mask
    return Limits(least, most, mask, match.span(), match.group(0))


_OF_NOTHING = tuple(
    (*needed(pattern), pattern, read)
    for pattern, read in ((_NONZERO, _nonzero), (_ZERO, _zero), (EVEN, _even))
)
_OF_NUMBERS = (
    (_FROM_TO, _from_to),
    (_EXACT, _exact),
    (_ONLY, _only),
    (_BEFORE, _one_sided),
    (_THAN, _one_sided),
    (_AFTER, _one_sided),
)


def fen_said(number: str, unit: str) -> int:
    """An amount as a question says it, 3 and 亿, in 分."""
    return min(to_fen(Decimal(number), _NAMES.get(unit, unit)), _MOST_FEN)


def sets_as(limits: Limits, least_fen: int | None) -> bool:
    """Whether the limits are the very one that a fact's subject holds: 超过100万的设备."""
    least = limits.least_fen
    return limits.most_fen is None and least in (least_fen, (least_fen or 0) + 1)
