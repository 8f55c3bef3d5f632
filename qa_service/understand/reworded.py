"""Turns of phrase said more plainly: letters, southern words, claims before a question.

Each of them says in many words, or in old ones, what a plain question says in few.
"""

from __future__ import annotations

import re

from qa_service.understand.rewording import Rewording

_NEVER_MIND = re.compile(
    "的?(?:是|花|有)?(?:多少钱?|金额|预算|几多)(?:我)?(?:先|就|暂且|暂时|且)?(?:不管|不问|不说|不提|不谈|不看|放一边|撇开不谈)[,，]"
)
"""What is not asked for: 物业费多少先不管，花这钱是要干嘛."""
_FORMAL = re.compile(
    "^(?:谨询|兹询|敬询|函询|兹查|请问贵局|敬请|烦请|恳请|请一并)[:：,，]?(?:函告|答复|告知|示知|赐告|见告|惠告)?[:：,，]?(?=.{4})|"
    "^(?:函告|答复|告知|示知|赐告|见告|惠告)[:：,，]?(?=.{4})|"
    "(?<=^请)(?:贵局|贵单位|贵部门)?(?:函告|答复|告知|示知)[:：,，]?"
)
"""How letters begin: 谨询…, 请函告…."""
_IN_THE_NAME_OF = re.compile("名下的?(?=公?车|汽车|房|固定资产|资产)")
_HOW_MUCH = re.compile(
    "若干(?=[钱呢]?[?？。]*$|[,，])|"
    "(?<=[花投给要批列用得是拨排])了?好多(?=(?:钱|万|元|万元)?[哦啊嘛呢嘞咧呀]?(?:[?？。,，、]|$))"
)
"""Old and southern words for 多少: 预算若干, 花好多."""
_SORT_OF = re.compile("(?P<sort>货物|工程|服务)(?:这)?一类")
_LEFT_FOR_NEXT_YEAR = re.compile(
    "(?:结转|留|转|剩|结|滚)(?:到|给|入|至)(?:下一年|明年|下年|来年)(?:再|接着|继续)?(?:花|用|使用|支出)?(?:的(?:钱|资金|部分)?)?"
)
"""What is carried over: 留到下一年再花的钱."""
_IN_BOTH_KINDS = re.compile(
    "(?:日常|基本)(?:支出|公用)?(?:里|那边|那头)?的?(?:和|跟|与|加上?|、)项目(?:支出)?(?:里|那边|那头)?的(?=[^,，。?？]{2,10}(?:[,，]|合|一共|总|加|共))"
)
"""日常的和项目的办公费 is of both kinds of spending."""
_CLAIMED_CHANGE = re.compile(
    "^(?:听说|听人说|据说|网上说)?(?:今年)?(?P<what>[^,，。?？涨跌增减降升]{2,12}?)(?:比(?:去年|上年))?(?:涨|跌|增加?|减少?|降|升|多|少|砍)了[^?？]{0,14}"
    "(?:是吗|真的吗|对吗|吗|吧|对不对|是不是)[?？,，](?:要是|如果|实际|到底|究竟|还是)?[^?？]{0,8}?(?P<way>涨|跌|增加|减少|下降|上升|增|减|降|升)了?"
    "(?P<asked>多少|百分之几|百分之多少|几个点)[^?？]{0,4}[?？]?$"
)
"""By how much something changed, behind what is said: 预算涨了一千多万，是吗？实际减少了多少."""
_CLAIMED_AMOUNT = re.compile(
    "^(?P<what>[^,，。?？]{2,30}?)(?:才|只有|只|就|不过|居然|竟然|怎么)*(?:是|有|要|列了?|安排了?)?"
    r"\d[\d,]*(?:\.\d+)?(?:亿元|万元|亿|万|元|块)"
    "[^?？,，]{0,6}[?？](?:那)?(?:实际|真正|到底|究竟|正确)(?:上|的数)?(?:是|应该是|应是|有)?多少[^,，]{0,3}[?？]?$"
)
"""The amount itself, behind one that somebody doubts: …项目才150.18元？实际是多少."""
_IF_NOT = re.compile(
    "^(?P<what>[^,，。?？]{2,20}?)是不是(?:就是|等于|就等于)?[^?？]{1,20}[?？,，](?:如果|要是)?(?:不是|不对)(?:的话)?[,，]?那?"
    "(?:应该|到底|究竟|实际)?(?:是|有|为)?多少[^,，]{0,3}[?？]?$"
)
"""The amount itself, where it is none that is said: X是不是Y？不是的话是多少."""
_OR_HOW_MUCH = re.compile(r"\d+(?:\.\d+)?(?:亿|万)?元?(?:还是|或者?是)(?=多少|几)")
"""An amount that is doubted before it is asked for: 40还是多少来着."""
_AMOUNT_IS_WHAT = re.compile("(?<=[计额数算费出款入])为何(?=[?？。]*$)")
"""A written word for 是多少: 总计为何."""
_AMOUNT_NAMED = re.compile("(?<=采购|购置|支出|收入|拨款|补助|经费)(?:金)?额(?=[?？。]*$)")
"""An amount named and not asked for: 货物类的政府采购额."""
_TO_SO_MANY_PLACES = re.compile(
    "[,，。?？(（]?(?:结果|请|答案)?(?:四舍五入)?(?:保留|精确|取|留)(?:到|至)?(?:小数点后面?|小数)?(?:[一二两三四]|\\d)位(?:小数)?(?:就行|即可|就好|就可以)?[)）]?(?=[?？。]*$)"
)
"""How finely an amount is to be told: 几倍？保留两位小数."""
_DRAWN_OUT = re.compile("(?P<one>[啊呀嘛哦呢吧哈嘿哟喂呐诶唉嗯])(?P=one)+")
"""A particle said many times: 啊啊啊啊."""
_FIRST_TOLD = re.compile(
    "[,，](?:[款类项]级)?(?:里头?|里面)?[^,，。?？的]{2,10}?(?:最高|最多|最大|最贵|排第一|第一|居首)[,，](?:那么?|而)?(?=(?:排|排在)?(?:第二|第三))"
)
"""The first of a ranking, said before the next one is asked for: 租赁费最高，那排第二的是啥."""
_CLAUSE_OF = re.compile(
    "(?<=职责|职能|条款)的?[（(](?P<number>[一二三四五六七八九十]{1,3}|\\d{1,2})[)）](?:条|项|款)?"
)
"""A clause by its number alone: 职责（二）."""
_BEFORE_THAT = re.compile(
    "(?P<what>[^,，。?？]{2,24}?)(?:(?:今年|这次|这回)?被?(?:砍|缩|减|涨|增|降|压)(?:少|加|低|水)?了[^,，。?？多少几]{0,6}|"
    "(?:跟|和|与|同|较|比)(?:上年|去年|上一年)(?:度|的)?(?:相比)?(?:是)?(?:持平|一样|没变|不变|一致|相同)[^,，。?？多少几]{0,4})[,，]"
    "(?:那么?)?(?:[^,，]{0,6}(?:之前|以前)[,，]?)?(?:也?就是|即)?(?:上一年|上年|去年|前一年)(?:度|的)*[,，]?(?:预算)?数?(?:又|原来|具体|到底)?(?:是|有|为)?多少(?!了)"
)
"""Last year's amount of what has changed since, or has not: 支出缩了，那缩之前是多少."""
_NOTHING_IN_IT = re.compile(
    "(?P<why>怎么|为什么|为何|咋|为啥)会?(?:就)?(?:连)?(?:什么|啥|一个|半个)(?:数|数字|数据|金额|内容)?(?:也|都)(?:没有|没填|没写|没列|没|不写|不填)(?:出来)?"
)
"""A table with no amounts: 怎么什么数都没填."""
_WHOLE_BUDGET = re.compile(
    "(?:^|(?<=[讲说]讲)|(?<=[讲说]说)|(?<=[今全]年)|(?<=[局部][里门]))盘子(?=比|有|多大|是|缩|涨|今年|总共|一共)"
)
"""The whole budget, said bare: 盘子比上年缩了多少."""
_NARROWED_AFTER = re.compile(
    "^(?P<lead>那么?|还有)?(?P<what>[^,，。?？那]{2,14}?)(?:那|这)?[笔个项]?呢[,，?？](?:是)?(?P<whose>(?![不别没])[^,，。?？]{2,12}?)的(?:那[笔个项])?[?？。]*$"
)
"""What is meant is told apart only afterwards: 接待费呢，外事的."""
_WITHIN_AFTER = re.compile(
    "^(?P<asked>(?=[^?？]*(?:多少|几|哪|谁|最|占))[^?？]{4,}?)[?？,，。;；](?:我)?(?:是)?(?:指|说|问|看)的?是?(?P<within>[^,，。?？]{2,14}?(?:里面?|里头|中|当中))"
    "的?(?:那|这)?(?:一?[块笔项部]分?)?[?？。]*$"
)
"""Where the amount stands, told only afterwards: 哪家买服务花得最多？我指政府采购里的."""
_SHARE = re.compile(
    "的?(?:份额|比例|比重|占比)(?:有|是|为|达到?|到)?(?=百分之几|百分之多少|几成|几分之几)"
)
"""A share as a thing: 科学技术的份额有百分之几."""
_TAKEN_FROM = re.compile(
    "(?P<taken>减去?[^,，。?？]{2,16})[,，](?:差额|结果|得数|差)(?:是|为|等于|有)?(?:多少)?[?？]*$"
)
"""What is left, asked for by name: 甲减去乙，差额是."""
_AROUND = re.compile(
    "围绕(?P<what>[^,，。?？]{2,14}?)(?:[,，](?P<who>[^,，。?？]{2,16}?)的|的|(?:立|安排|设|列)了?)(?:好几个|几个|多个|一批)?项目[,，]?"
    "(?:一共|总共)?[加合](?:一块儿?|起来|在一(?:起|块)|总|计)(?:一共|总共)?(?:是|要|花|有)?(?=多少)"
)
"""Projects about one thing, added up: 围绕某某系统的项目加一块儿多少钱."""
_ADDED_ON = re.compile("再添上")
"""再添上 adds an amount, where 再添 buys a thing."""
_BOTH = re.compile(
    "(?P<amount>金额|预算|多少钱|经费|费用|钱数)[+&/](?=(?:绩效)?(?:目的|用途|目标|作用|内容))|"
    "(?P<aim>目的|用途|目标|作用|内容)[+&/](?=金额|预算|多少钱|经费|费用|钱数)"
)
"""An amount and an aim in shorthand: 金额+目标."""
_PLAINER = Rewording(
    (_NEVER_MIND, ","),
    (_FORMAL, ""),
    (_IN_THE_NAME_OF, ""),
    (_HOW_MUCH, "多少"),
    (_SORT_OF, r"\g<sort>类"),
    (_LEFT_FOR_NEXT_YEAR, "结转下年"),
    (_IN_BOTH_KINDS, "基本支出和项目支出的"),
    (_CLAIMED_CHANGE, r"\g<what>比上年\g<way>了\g<asked>"),
    (_CLAIMED_AMOUNT, r"\g<what>是多少"),
    (_IF_NOT, r"\g<what>是多少"),
    (_OR_HOW_MUCH, "是"),
    (_AMOUNT_IS_WHAT, "是多少"),
    (_AMOUNT_NAMED, "是多少"),
    (_TO_SO_MANY_PLACES, ""),
    (_DRAWN_OUT, r"\g<one>"),
    (_FIRST_TOLD, ","),
    (_CLAUSE_OF, r"第\g<number>条"),
    (_WHOLE_BUDGET, "预算盘子"),
    (_NOTHING_IN_IT, r"\g<why>是空的"),
    (_WITHIN_AFTER, r"\g<within>，\g<asked>"),
    (_NARROWED_AFTER, r"\g<lead>\g<whose>的\g<what>呢"),
    (_SHARE, "占"),
    (_ADDED_ON, "再加上"),
    (_AROUND, lambda said: f"{said['who'] or ''}名称里含“{said['what']}”的项目合计"),
    (_TAKEN_FROM, r"\g<taken>是多少"),
    (_BOTH, lambda said: f"{said['amount'] or said['aim']}和"),
    (_BEFORE_THAT, r"上年的\g<what>是多少"),
)


def reworded(text: str) -> str:
    """The text with each turn of phrase as a plain question puts it."""
    return _PLAINER.of(text)
