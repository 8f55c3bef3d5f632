"""A question that leans on the ones before it, completed from them.

我问的是项目支出里的那个 narrows the last question, 它的绩效目标 speaks of what
was answered last, 这两笔加起来 of the last two, 两百万以上呢 puts another limit in
the last question, 那电费呢 another subject, and 占总预算多少 says nothing of what it
is about.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.labels import plain
from qa_service.types import NormalisedQuestion, Route
from qa_service.understand.amounts import read_limits
from qa_service.understand.entries import ASPECTS
from qa_service.understand.followup_alike import LEAST_RUN, ORGAN_BEFORE, asked_alike
from qa_service.understand.followup_another import (
    also_done,
    another_thing,
    other_side,
    part_of_it,
    what_it_is_for,
    without_a_part,
)
from qa_service.understand.followup_corrected import (
    corrected,
    takes_back,
)
from qa_service.understand.followup_lists import (
    ASKED_OF,
    at_place,
    best_part,
    listed,
    of_listed,
    other_projects,
    places_behind,
    says_number,
)
from qa_service.understand.followup_several import (
    of_all_places,
    of_one_kind,
    of_several,
    of_them,
)
from qa_service.understand.followup_shares import (
    OF_CHANGE,
    SHARE_OF,
    TABLE_OF,
    percent_of_change,
    share_of_it,
)
from qa_service.understand.plain.words import AGO
from qa_service.understand.side_by_side import OF_BOTH_KINDS
from qa_service.understand.turn import Turn
from qa_service.understand.weighed import longest_run

_EXCLAIMED = re.compile("^(?:哦|噢|啊|呃|哎|嗯|额|唉)+[,，。]?(?=.{3})")
_PRONOUN = re.compile(
    r"它(?!们)|(?<!的)(?:这|那|该)(?:个|一)?(?:项目(?!支出|预算|收入)|费用|经费|服务(?!类)|(?:系统|平台|工程)(?![^,，。?？]{2,8}呢[?？。]*$)|词|名词|说法|术语|笔钱|笔款|项支出|项经费|笔经费|科目|一项|笔|个数)(?!类)|其(?=绩效|预算|目标|中)"
)
_HAD_BY_ORGAN = re.compile(
    "(?:的|下面|底下|自己|手下|有|还|都|一共|共|几个|多少个|哪些|哪几个){0,3}(?:下属|直属|所属|内设|科室|处室|主要职责|职责|职能|编制)"
)
"""What a department has, and no row: 它的下属单位."""
_BOTH_KINDS = re.compile(
    r"^(?:那么|那|把|要|我要)*(?:基本(?:支出)?(?:和|跟|与|、|加)项目(?:支出)?(?:里面|里头|里|中)?(?:的)?(?:两边|两块|两头|两个|两项|两处|两样|两笔|两部分)?"
    r"|(?:两边|两块|两头|两处|两种支出|两类支出)(?:的|里的)?(?:都要|都算(?:上)?|一起算)?)的?[,，]?(?:都|全)?"
    r"(?:加|合|并|凑|算|拢)(?:起来|在一起|到一起|一起|一块|在一块|到一块|总|成一笔|上)|"
    r"^(?:那么|那)?基本(?:支出)?(?:和|跟|与|、|加)项目(?:支出)?(?:里面|里头|里|中)?(?:的)?(?:两边|两块|两头|两个|两项|两处|两样|两笔)?的?[,，]?(?:合计|一共|总共|共)"
)
"""Of both kinds of spending together: what was asked of last."""
_OWN_ONE = re.compile(
    r"(?:还有|也有|有|另外?一?|另有)(?:一)?[个项笔种].{2,}[,，。?？]|是另外?一[个项笔条][^,，]{0,3}[,，]"
)
"""Another thing is named before the pronoun: 还有个管运维的吧，它要保证什么."""
_NAMED_ONE = re.compile(
    r"^(?:那|那么)?[^这那它,，]{2,}[这那](?:一)?(?:个(?:项目|系统|平台|工程|服务|科目)?|项|笔|条)(?:专项|经费|费用|钱|款)?(?:呢|的话)"
)
"""物业管理费那个项目呢 names another one."""
_WITHIN_THEM = re.compile(
    r"^(?:那么|那)?(?:这)?(?:里面|其中|当中|里头|这里面|这些里面|这些里|这里头)"
)
_THAT_COLUMN = re.compile(
    r"(?:的|里的|里面的)?(?:那个|那列|那栏|那一列|那一栏|这一列|那一项|那项|那部分)[?。!]*$"
)
_ALL_ROWS = re.compile(
    "^(?:一共|总共|全部)?(?:有|是)?(?:几|多少)?个?(?P<rows>项目|科目)(?:一共|总共|都)?(?:有|是)?(?:几|多少|哪些|哪几)?个?[呢啊呀]?[?？。]*$"
)
"""All rows were counted or listed: 项目一共几个."""
_ROWS_ASKED = re.compile(
    "(?:的|的项目|的科目)?(?P<asked>(?:一共|总共|共|又|都)?(?:有|是)?(?:几|多少)[个项笔]|"
    "(?:都)?(?:有|是)?(?:哪些|哪几[个项笔]|什么|谁)|(?:一共|合计|总共|加起来)(?:是|有)?多少钱?)[呢啊呀]?[?？。]*$"
)
_AND = re.compile(
    r"^(?:那么|那|还有|然后|另外|再问一下|换成|要是|如果是)?[,，]?(?P<about>.+?)(?:呢|如何|怎么样|的话)[?。!]*$"
)
_AND_BARE = re.compile(
    "^(?:那么|那|还有)(?P<about>(?!.*(?:什么|哪|谁|多少|几|吗|这|它|怎|啥|为|嘛|干|占|比))[^,，。?？]{2,12}?)[?？]$"
)
"""Another subject, and nothing asked of it: 那经营支出？"""
_CHANGED_TO = re.compile(
    "^(?:算了|不了|不用了|先不(?:说|看|问|查)(?:这个|它)?(?:了)?)?[,，]?(?:我)?(?:要|想)?(?:改|换)(?:成|为|到)?(?:查|看|问|说)?(?:一下|下)?"
    "(?P<about>(?!.*(?:什么|哪|谁|多少|几|吗|这|它|怎|啥|为|嘛|元))[^,，。?？]{2,16}?)(?:的|[那这](?:一)?[个笔项])(?:吧)?[。.!]*$"
)
"""Another subject in place of the last one: 算了，改查政务云窗的."""
_PART = re.compile("(?:支出|收入|预算|拨款|表|部分|里面?|中|元|万|亿|年)$")
"""A part of the budget, a table or a unit, of which the same is asked: 换项目支出的."""
_LIKE_IT = re.compile(
    "^(?:跟|和|与|同)(?:它|这个|那个|前面(?:那个)?|上面(?:那个)?)(?:是)?(?:一样|相同|一回事|差不多|有(?:什么|啥)?(?:区别|不同))"
)
"""Whether another thing is like the last one: 多云管理平台呢，跟它一样吗."""
_DOES_IT = re.compile("^(?:也|还)?(?:是|归|由)(?:它|他们|这个局|局里)(?:来)?")
"""Whether the department does that as well: 也归它组织."""
_NARROWED = re.compile(
    r"^(?:那么|那|就|是|要|我要)?[,，]?(?P<within>(?!.*(?:什么|哪|谁|多少|几|吗|这|它|怎|啥|为|嘛|干))[^,，。?!]{2,16}?)(?:里面|里头|里|中|那边|那张表|这边)?的[。?!]*$"
)
"""基本支出的: the last question, asked about a part."""
_THAT_ONE_OF = re.compile(
    r"^(?:那么|那|就|是|要|我要)?[,，]?(?P<within>[^,，。?!]{2,20}?)(?:(?:里面|里头|下面|底下|里|中)的?|的)(?:那|这)(?:一)?(?:个|项|笔|条)[。?!]*$"
)
_OF_TABLE = re.compile(
    "^(?:那|就|要|是|我要)?(?!.*(?:什么|哪|谁|多少|几|吗|怎|啥))[^?？]*表(?:格)?(?:上面|里面|上|里|中)?的(?:那个|那一个|那笔|那项)?[。?？]*$"
)
"""The last question, asked of a table: 按经济分类的那个，基本支出表里的."""
_MORE_BY = re.compile(
    r"^(?:那么|那)?(?P<one>[^,，。?？比跟和与同]{2,10}?)(?P<by>多|少|高|低|贵|便宜)(?:出来|出|了)?(?:多少|几)(?:钱|万|元)?[?？。]*$"
)
_AGAIN = re.compile(
    r"^(?:那么|那|还有)?(?P<about>[^,，。?？]{2,24}?)(?:(?:这|那)(?:一)?(?:个项目|个|项|笔|条|张))?(?:它)?又(?:是|有|要|能|该|得|会|花|用)?(?P<asked>[^,，]{1,12}?)[呢啊呀]?[?？。]*$"
)
"""The same asked of another thing: 通讯链路那个又是多少."""
_OF_ORGAN = re.compile("(?:局|委|委员会|厅|办|办公室)的?$")
"""Another department, of which the same is asked: 审计局的又为什么涨."""
_DESCRIBES = re.compile("什么|啥|怎|哪|谁|为何")
"""What is asked for beside an amount: 又能带来什么好处."""
_WHAT_IT_DOES = re.compile(
    "(?:要)?(?:做|干|管|搞|负责|用来做|用来干|拿来做)(?:些|点)?(?:什么|啥|嘛)"
)
"""Asks all by itself what something is for: 那自助平台的运维又做些什么."""
_SAME_OF = re.compile(
    r"^(?:那么|那|还有)?(?P<about>[^,，。?？]{2,24}?)(?:(?:这|那)(?:一)?(?:个项目|个|项|笔|条|张)(?:表)?)?(?:是不是)?也(?:是|会)?(?:这样|一样|如此|这么回事|同样)?(?:的)?[吗么嘛]?[?？。]*$"
)
"""Whether the same holds of another thing: 政府性基金那张也是这样."""
_TOPIC = re.compile("^(?P<topic>[^,，。?？]{2,20}?)(?=为什么|为啥|为何|怎么|咋)")
"""What a question that asks for a reason is about."""
_APART_FROM_IT = re.compile(
    "(?:跟|和|与|同)(?:它|这个|那个|上面|刚才)[^,，。]{0,3}(?:不一样|不同|两码事|两回事|不是一回事)"
)
"""Said of another thing than the last one: 影像系统跟它不一样吧."""
_OTHERS = re.compile(
    "^(?:那么|那|还有)?(?:别的|其他的?|其它的?|另外的|除(?:了|此)[^,，]{0,4}?[以之]?外,?(?:还有)?(?:没有|哪些|别的)?)(?:项目|系统|平台|工程|服务|单位|科室)(?=[^,，]*(?:有没有|有无|哪|吗|呢[?？]*$|也))"
)
"""Other things than the last one are asked about: 别的项目有没有."""
_OF_IT = re.compile("^(?:目的|目标|效果|作用|用途|内容|要求|好处|意义|依据|原因|理由|结果)$")
"""What is asked of the last thing by its bare name: 原因呢."""
_ITS_AMOUNT = re.compile(
    "^(?:它的)?(?:预算|金额|费用|租金|经费|花费|价钱|价格|钱|数额|开销|成本|款项)$"
)
"""The amount of what was told last: 那租金呢."""
_POINTS = re.compile(f"^(?:它|这|其|他们|她)|{_OF_IT.pattern}")
"""What speaks of the last thing itself."""
_BACK_TO = re.compile(
    r"^(?:回到|说回|再说回|再回到|回头说)(?:刚才|前面|最开始|开头|最早)?(?:的)?(?P<which>第一个|头一个|最早那个|开头那个|前一个|上一个|刚才那个|前面那个)?(?:问题|项目)?[,，]"
)
"""Back to what was spoken of before: 回到第一个，它要达到什么."""
_SPREAD = re.compile(
    "^(?:那么|那)?(?:平均|均摊|分摊|平摊|摊)(?:下来|一下)?(?:到|给)?[,，]?(?:每|一|1)(?:个)?(?:月|天|季度|周|日)"
)
"""The last amount over the months of a year: 平均每个月呢."""
_IN_UNIT = re.compile(
    r"^(?:算了|不|不对|不用了|哦|嗯)?[,，]?(?:那么|那|还是|请|麻烦)*(?:要是|如果)?(?:帮我|给我|跟我)?(?:折合|换算|折算|换|折|合|用|按|以|改|说|写|报|给我|转)(?:回)?(?:成|为|到)?(?P<unit>元|万元|亿元|亿|万)"
)
_MEASURED = re.compile(
    r"^(?:那么|那|它|这)?(?:(?:要|得|会)?比.{2,}(?:多|少|高|低|贵|便宜|大|小|差)|"
    r"(?:跟|和|与|同).{2,}(?:比|相比|差|相差|哪个|谁|区别|差别|不同|一回事|两码事|两回事|不一样|一样|差在哪|关系))"
)
"""比餐饮费多多少: the last subject, held against another."""
_OWN_TOTAL = re.compile(
    "总的?(?:支出|收入|预算|经费)|(?:整个|全)(?:部门|单位|局)|(?:部门|单位)(?:总|全部|整体)"
)
"""What is asked of the whole is not asked of what was answered last."""
_LEAD = re.compile(r"^(?:那么|那)[,，]?")
_EXPLAINED = re.compile("意思|解释|怎么说|定义|什么是|指什么|指的是")
_AT_LAST = re.compile("呢[?？。]*$")
LEAST_OWN = 2
"""A question with fewer characters of its own is about what was asked last."""
_TWO = 2


def of_another(asked: str, completed: str, last: Turn) -> bool:
    """Whether the question names another thing than the last answer told.

    那监理呢 and 说错了，是监理那个 do; 那目标呢, which speaks of the same thing, does not.
    """
    if last.route is not Route.NARRATIVE or (last.subject and last.subject in completed):
        return False
    if takes_back(asked) or _APART_FROM_IT.search(asked) or _OTHERS.match(asked):
        return True
    thing = another_thing(asked)
    if thing is not None:
        return _POINTS.search(thing[0]) is None
    about = _AND.match(asked) or _AGAIN.match(asked)
    if about is None or _POINTS.search(about["about"]):
        return False
    return about.re is not _AND or _DESCRIBES.search(about["about"]) is None


def complete(question: NormalisedQuestion, last: Turn | None, own: float) -> NormalisedQuestion:
    """The question with what it leaves out, from the last turn of its conversation.

    `own` is what the question weighs beside the words that only say what is asked.
    """
    text = None if last is None else _completed(question.text, last, own)
    if text is None:
        return question
    return replace(question, text=text, plain=plain(text))


def _completed(text: str, last: Turn, own: float) -> str | None:
    """The first way to complete the text that its wording calls for; None where none does."""
    text = _APART_FROM_IT.sub("", _EXCLAIMED.sub("", text))
    for complete_so in (
        _of_others,
        also_done,
        part_of_it,
        other_side,
        without_a_part,
        what_it_is_for,
        of_all_places,
        _limited_anew,
        of_one_kind,
        of_them,
        _back,
        _again,
        corrected,
        _than_before,
        _of_things,
        percent_of_change,
        of_several,
        _narrowed,
        _of_subject,
    ):
        found = complete_so(text, last)
        if found is not None:
            return found or None
    other = another_thing(text)
    if other:
        thing, asked = other
        if _LIKE_IT.search(asked):
            return asked_alike(thing, last)
        if _DOES_IT.match(asked):
            return f"{thing}{_DOES_IT.sub('归这个局', asked)}吗"
        return f"{thing}{_PRONOUN.sub('', asked)}"
    about = _AND.match(text) or _AND_BARE.match(text)
    if about:
        limited = _limited_alike(about["about"], last)
        if limited is not None:
            return limited
        if last.subject and _OF_IT.match(about["about"]):
            return f"{last.subject}{_LEAD.sub('', text)}"
        if last.subject and last.route is Route.NARRATIVE and _ITS_AMOUNT.match(about["about"]):
            return f"{last.subject}是多少钱"
        if own > 0:
            return asked_alike(about["about"], last)
    if last.subject and own < LEAST_OWN and not _OWN_TOTAL.search(text):
        subject = TABLE_OF.sub("", last.subject) if OF_CHANGE.search(text) else last.subject
        return f"{subject}{_LEAD.sub('', text)}"
    return None


def _of_others(text: str, last: Turn) -> str | None:
    """Nothing is left out where other things than the last one are asked about."""
    return other_projects(text, last.subject or "") or ("" if _OTHERS.match(text) else None)


def _back(text: str, last: Turn) -> str | None:
    """The question about what was spoken of before the last answer."""
    back = _BACK_TO.match(text)
    subjects = last.subjects
    if back is None or len(subjects) < _TWO:
        return None
    first = back["which"] is None or back["which"][0] in "第头最开"
    subject = subjects[-1] if first else subjects[1]
    rest = text[back.end() :]
    return _PRONOUN.sub(subject, rest, count=1) if _PRONOUN.search(rest) else f"{subject}{rest}"


def _again(text: str, last: Turn) -> str | None:
    """The last question asked of another thing, where it says that it asks the same."""
    found = _AGAIN.match(text) or _SAME_OF.match(text)
    if found is None or _PRONOUN.search(found["about"]):
        return None
    described = found.re is _AGAIN and _DESCRIBES.search(found["asked"]) is not None
    if described and _WHAT_IT_DOES.match(found["asked"]):
        return f"{found['about']}{found['asked']}"
    if described and last.route is Route.NUMERIC:
        return None
    if _OF_ORGAN.search(found["about"]):
        before = ORGAN_BEFORE.match(last.question)
        asked = last.question[before.end() :] if before else last.question
        return f"{found['about'].removesuffix('的')}的{asked}"
    run = longest_run(_own_name(last), last.question, LEAST_RUN)
    if not run:
        topic = _TOPIC.match(last.question)
        run = topic["topic"] if topic else ""
    return last.question.replace(run, found["about"], 1) if run else None


def _own_name(last: Turn) -> str:
    """The last subject; of a part of the one before it, what tells it from its fellows.

    Told after 政府采购, 货物类采购预算 is called 货物类.
    """
    subject = last.subject or ""
    whole = last.before[0] if last.before else ""
    if not whole or whole == subject or not last.label.startswith(whole):
        return subject
    run = longest_run(subject, whole, _TWO)
    return subject.replace(run, " ") if run else subject


def _narrowed(text: str, last: Turn) -> str | None:
    """The last question, asked about a part or a column: 基本支出的, 其中有几个."""
    changed = _CHANGED_TO.match(text)
    if changed and not _PART.search(changed["about"]):
        return asked_alike(changed["about"], last)
    that = _THAT_COLUMN.search(text)
    if that and that.start() > 1:
        return f"{text[: that.start()]}的{last.question}"
    if _WITHIN_THEM.search(text):
        asked = (
            "是多少"
            if last.route is Route.NUMERIC and text.rstrip("?。").endswith(("的", "呢"))
            else ""
        )
        narrower = _LEAD.sub("", text).rstrip("?。")
        narrower = narrower.removesuffix("呢") if asked else narrower
        return ASKED_OF.sub("", last.question) + narrower + asked
    if last.subject and (SHARE_OF.search(text) or _MEASURED.search(text)):
        return None
    if _OF_TABLE.match(text):
        return f"{text.rstrip('。.?？').removesuffix('的')}的{last.question}"
    narrowed = _NARROWED.match(text) or _THAT_ONE_OF.match(text)
    return f"{narrowed['within']}的{last.question}" if narrowed else None


def _of_subject(text: str, last: Turn) -> str | None:
    """The question about what was answered last: 占总预算多少, 比餐饮费多多少, 它的绩效目标."""
    if not last.subject:
        return None
    bare = TABLE_OF.sub("", last.subject)
    if _SPREAD.match(text):
        return f"{last.subject}{_LEAD.sub('', text)}"
    unit = _IN_UNIT.match(text)
    if unit:
        year = "上年的" if AGO.search(last.question) else ""
        return f"{year}{last.subject}折合多少{unit['unit'].removesuffix('元')}元"
    share = share_of_it(text, last)
    if share is not None:
        return share
    if _MEASURED.search(text):
        return f"{bare if OF_CHANGE.search(text) else last.subject}{_LEAD.sub('', text)}"
    if _NAMED_ONE.match(text):
        return None
    if _BOTH_KINDS.search(text) and "支出" not in bare:
        return f"{bare}，{OF_BOTH_KINDS}是多少"
    other = another_thing(text)
    if other and not (_PRONOUN.search(other[0]) or _POINTS.search(other[0])):
        return None
    pronoun = _PRONOUN.search(text)
    if pronoun is None or _OWN_ONE.search(text[: pronoun.start()]):
        return None
    if _HAD_BY_ORGAN.match(text, pronoun.end()):
        return text[pronoun.end() :].removeprefix("的")
    elsewhere = any(aspect in text for aspect in ASPECTS)
    named = _PRONOUN.sub(bare if elsewhere else last.subject, text, count=1)
    explained = last.route is Route.NARRATIVE and _EXPLAINED.search(last.question) is not None
    return _AT_LAST.sub("是什么意思", named) if explained else named


def _than_before(text: str, last: Turn) -> str | None:
    """The last two subjects held against each other: 奖金多出来多少."""
    found = _MORE_BY.match(text)
    subjects = last.subjects
    if found is None or len(subjects) < _TWO or found["one"] not in subjects[0]:
        return None
    return f"{subjects[0]}比{subjects[1]}{found['by']}多少"


def _of_things(text: str, last: Turn) -> str | None:
    """The question about the things that the last one ranked, counted or listed."""
    asked = last.question
    found = at_place(text, asked) or listed(text, asked) or of_listed(text, asked, _LEAD)
    if found is None and last.ranked != asked and not says_number(asked):
        found = at_place(text, last.ranked)
    subject = last.subject or "" if last.route is Route.NUMERIC else ""
    found = found if found is not None else best_part(text, subject, asked)
    return found if found is not None else places_behind(text, last.ranked)


def _limited_anew(text: str, last: Turn) -> str | None:
    """The rows of the last question within another limit: 300万以上的有几个."""
    bare = _LEAD.sub("", text)
    new, old = read_limits(bare), read_limits(last.question)
    if new is None or new.span[0]:
        return None
    asked = _ROWS_ASKED.match(bare[new.span[1] :])
    every = _ALL_ROWS.match(last.question)
    if asked is not None and old is None and every is not None:
        return f"{bare[: new.span[1]]}的{every['rows']}{asked['asked']}"
    if asked is None or old is None:
        return None
    start, end = old.span
    rows = ASKED_OF.sub("", last.question[end:])
    return f"{last.question[:start]}{bare[: new.span[1]]}{rows}{asked['asked']}"


def _limited_alike(about: str, last: Turn) -> str | None:
    """The last question with another limit on the amount."""
    new, old = read_limits(about), read_limits(last.question)
    if new is None or old is None:
        return None
    start, end = old.span
    return last.question[:start] + about.removesuffix("的") + last.question[end:]
