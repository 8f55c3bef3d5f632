"""Ways of asking that mean no more than a plainer one: a hint, a precision, a sign of division.

Each is a pattern and what stands for it. None may change which amount is asked for.
"""

from __future__ import annotations

import re

from qa_service.understand.rewording import Rewording

_SHARE = re.compile("占|比例|比重|百分|份额|几成|%")
_ASKED_AS_SHARE = re.compile(
    "占比|(?:多大|多少|几)(?:的)?(?:比例|比重|份额)|几成|百分之几|百分之多少|几分之几"
)
_DIVIDED = re.compile(r"(?<=[\u4e00-\u9fff)）”])\s*[÷/]\s*(?=[\u4e00-\u9fff“])")
"""住房保障支出÷支出总计 asks for a share."""
_IN_PERCENT = re.compile(
    "[,，?？(（]?(?:请|帮我|麻烦)?(?:约|大约|大概)?(?:算|给|报|说|等于|换算成|折成|化成|写成|表示成|用|按|是)(?:一)?(?:个|下|出)?"
    "(?:百分比|百分数|百分率|百分之几)(?:给我|就行|即可|出来|表示|说|算)?[)）]?[?？。]*$"
)
"""How a share is to be told."""
_SHARE_OF_WHAT = re.compile("占(?:了|到)?多少$")
"""A share asked for as an amount would be."""
_BY_SUBJECTS = re.compile(
    "(?:如果|要是|若)?按(?:照)?(?:经济|功能)(?:分类)?(?:的)?科目(?:来)?(?:分|看|算|划分|归类|拆)(?=[,，][^,，]+占)"
)
"""项目支出按经济科目分，租赁费占多少: the share is of that kind of spending."""
_WHETHER_AND_HOW_MUCH = re.compile(
    r"^(?P<what>(?!.*(?:项目(?!支出)|科目|单位))[^,，。?？多少几哪比]{2,24}?)(?:有没有|是否|是不是|会不会)?"
    r"(?:超过|超|过|够|破|突破|达到|达|到|上|满|不到)了?\d+(?:\.\d+)?个?[亿万]元?(?:了)?(?:吗|没有|没|么|嘛|啊|呢)?[,，?？]"
    "(?:具体|到底|究竟|实际上?|准确|大概|一共|总共)*(?:(?:折合|换算|折算|折|换|合)成(?P<unit>亿元|万元|元))?(?:是|有|为|要)?(?:多少|几)"
    "(?:个)?(?P<asked>亿元|万元|亿|万|元|钱)?[呢啊呀]?[?？。]*$"
)
"""Whether an amount goes so far, and the amount itself: 有没有过亿，具体多少万."""
_SUCH_TOGETHER = re.compile(
    "(?P<list>[^,，。?？、的里]{2,12}(?:、[^,，。?？、]{2,12}?){1,4})(?:这类|这种|这样的?|之类的?)(?:的)?(?:支出|开支|费用|花销)?(?:大类)?"
    "(?=(?:一共|总共|合计|共|加起来|合起来|总计))"
)
"""Several that are told as a sort, added up: 水费、电费这类开支一共."""
_SO_MANY = {2: "两", 3: "三", 4: "四", 5: "五"}
_PART_COUNTED = re.compile(
    "^(?P<what>[^,，。?？多少几哪占]{2,10}?)(?:科室|处室|科|处|室|股)(?:一共|总共)?占(?:了|到|着)?(?:其中|里面|当中)?的?"
    "(?:几|多少)个[呢啊呀]?(?=[?？。]*$)"
)
"""How many of what was listed are called so: 登记注册科占了其中几个."""
_OF_ONE_THING = re.compile(
    "^(?P<what>[^,，。?？多少几哪和跟与、]{4,24})[,，](?P<one>[^,，。?？多少几哪和跟与、]{2,10})(?<!的)(?:和|跟|与)(?P<other>[^,，。?？多少几哪和跟与、]{2,10})(?<!的)[,，]"
    "(?P<asked>(?:哪(?:一)?(?:头|个|边|项|块|样|笔|处)|谁)[^,，。?？]{0,8}?(?:多|少|贵|便宜|高|低|大|小))(?=[^\u4e00-\u9fff]*$)"
)
"""Two projects of one thing, held against each other: 公园，买设备和日常运行，哪头花钱多."""
_ON_BEHALF = re.compile(
    "(?P<who>(?:给|替|为|帮)[\u4e00-\u9fff]{2,6}?)(?:那边|那头|那块儿?|那里|那儿)(?:的)?(?=[租买修建做办])"
)
"""Whom something is done for: 给税务那边租场地."""
_COUNTED_BY_KIND = re.compile(
    "(?<=[几多][个少])(?P<what>个?(?!人|系统|项)[^,，。?？的目]{2,10}(?:创建|建设|改造|采购|外包|租赁|租用|运维|修缮|购置))[呢啊呀]?(?=[?？。]*$)"
)
"""Projects that are counted by what they do: 搞了几个升级改造."""


def _those_together(found: re.Match[str]) -> str:
    return f"{found['list']}这{_SO_MANY[found['list'].count('、') + 1]}类支出"


def _amount_asked(found: re.Match[str]) -> str:
    return f"{found['what']}是多少{found['unit'] or found['asked'] or ''}"


_PLAINER = Rewording(
    (_WHETHER_AND_HOW_MUCH, _amount_asked),
    (_SUCH_TOGETHER, _those_together),
    (_COUNTED_BY_KIND, r"\g<what>项目"),
    (_PART_COUNTED, r"其中名字里带“\g<what>”的有几个"),
    (_OF_ONE_THING, r"\g<what>的\g<one>和\g<what>的\g<other>，\g<asked>"),
    (_ON_BEHALF, r"\g<who>"),
    # about how much it is, said of the very name: 福利费90多万那个科目
    (
        re.compile(
            r"(?:预算|金额)?(?:才|就|只有|不过|也就)(?:零点几|好?几[十百千]?|\d+(?:多|来|几))个?[万亿块]元?[,，](?:那|那么)?"
            r"(?=[^,，]*(?:多少|几))"
        ),
        "",
    ),
    # the unit that an amount is to be told in
    (
        re.compile(
            r"[,，]?(?:请)?(?:用|按|以)(?P<unit>亿元|万元|元)(?:来)?(?:说|讲|表示|表达|报|算|计)(?:的话)?[,，]?(?:是|有)?(?:多少|几)?(?=[?？。]*$)"
        ),
        r"是多少\g<unit>",
    ),
    # what
    (re.compile("(?:是)?(?:哪个|哪一个|什么)数(?:字)?(?=[?？。]*$)"), "是多少"),
    # which of two gets more, in any verb: 钱往哪个砸得多, 哪头投进去的钱少
    (
        re.compile(
            "[,，](?:这|那)?(?:笔)?(?:钱|经费|资金|预算)?(?:主要|都|更|是)?(?:往|在|给|朝|向)?(?P<which>哪(?:一)?[个边头家项样])(?:那边|身上|上面|上|里)?"
            "(?P<verb>[\u4e00-\u9fff]{1,2}?)(?:得|了?的|进去的?|下去的?|出去的?)(?:钱|经费|资金)?(?:更|要|比较)?(?P<way>多|少)(?:一些|一点|些|点)?[呢啊呀]?(?=[?？。]*$)"
        ),
        r"，\g<which>花得\g<way>",
    ),
)


def rephrased(text: str) -> str:
    """The text asked more plainly, where there is a plainer way."""
    text = _PLAINER.of(text)
    if not _SHARE.search(text):
        return text
    text = _BY_SUBJECTS.sub("", _DIVIDED.sub("占", text))
    told = _IN_PERCENT.search(text)
    if told is None:
        return text
    rest = text[: told.start()]
    rest = _SHARE_OF_WHAT.sub("占百分之几", rest)
    if _ASKED_AS_SHARE.search(rest):
        return rest
    return f"{rest}的百分之几" if "占" in rest else text
