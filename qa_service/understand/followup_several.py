"""Follow-ups about several amounts told before: 两个加起来, 哪个多, 前者和后者."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.units import read_numeral
from qa_service.types import Route
from qa_service.understand.entries import KINDS_OF_SPENDING
from qa_service.understand.followup_lists import ASKED_OF
from qa_service.understand.followup_shares import TABLE_OF
from qa_service.understand.side_by_side import OF_BOTH_KINDS
from qa_service.understand.turn import Turn

_LAST_ONES = re.compile(
    r"(?:这|那|前面|上面|刚才)(?:这|那|的)?(?P<count>两|二|三|四|几|些)(?:个|项|笔|块|样|者|种|类|个数|个项目|项目)?"
    r"(?:项目|费用|钱|支出|科目|经费|数)?|(?P<both>两者|二者|两个|两项|两笔|两样|两边|两家|两处|两块|[它他]们?[俩两](?:个|项|者|样)?|它们|他们)"
)
_ALL_OF_THEM = re.compile(
    "^(?:那么|那|全部|都|所以|这样)*[,，]?(?:加起来|加在一起|加一起|加到一起|加总|合起来|合在一起|合计|总计|总共|一共|拢共|共)+(?:又)?(?:是|要|有|得)?(?:花|用)?(?:了)?(?:多少|几)?(?:个)?(?:钱|万元|万|元)?(?:呢|啊|呀)?[?？。!]*$"
)
"""The amounts of the last answers together: 加起来一共."""
_PLACES_TOGETHER = re.compile(
    "^(?:那么|那)?(?:这|它们|把)?(?:(?P<number>[两二三四])(?:个|处|项|笔|张表|边|块)(?:的|里的|上的)?(?:数|金额|钱)?|都|全部|全)(?:都|全)?(?:要|算上?|看)?[,，]?(?:给我)?"
    "(?:加起来|加在一起|加一起|合起来|合在一起|合计|相加|总共|一共)(?:是|有)?(?:多少|几)?(?:钱|万元|万|元)?[呢啊呀]?[?？。!]*$"
)
"""The amounts that one name has in several tables: 两个加起来呢."""
_WHICH_OF_TWO = re.compile(
    "^(?:那么|那)?(?:(?:这|它|他们)?(?:两|俩)(?:个|项|笔|者)?)?(?:相比|比起来|比一比|之间|里面|里头)*[,，]?"
    "(?P<which>哪(?:一)?(?:个|项|笔|边|样|块|头)|谁)(?:的)?(?:预算|金额|钱|费用|支出|花的?钱?|用的?钱?)?(?:更|比较)?"
    "(?:多|少|高|低|贵|便宜|大|小|费钱|花钱|省钱)(?:一?些|一?点)?(?:[,，](?:要|会)?(?:多|少|高|低|贵|便宜|大|小|差|相差)(?:出|了)?(?:多少|几)"
    "(?:钱|万元|万|元)?)?[呢啊呀]?[?？。!]*$"
)
"""The last two amounts held against each other: 哪个多，多多少."""
_WITH_IT = re.compile(
    "^(?:那么|那|如果|要是)?(?:再|还)?(?:加上?(?![总起在到一])|算上|连上|带上|并上|连同)(?P<about>[^,，。?？]{2,20}?)(?:的话|[,，](?:这)?(?P<all>[两三四])(?:个|项|样|笔|者|块|处)|[,，]|呢|一共|总共|合计|加起来|共|就是|是)+"
    "(?:有|是)?(?:多少|几)?(?:钱|万元|万|元)?[呢啊呀]?[?？。!]*$"
)
"""Another amount added to the last one: 加上绩效工资呢."""
_AND_WITH_IT = re.compile(
    "^(?:那么?|对了|哦)?(?:另外)?(?:还|也|不是|应该|好像)?(?:还)?有(?:一)?[个笔项]?(?P<about>[^,，。?？]{2,20}?)(?:吧|呢|吗|嘛|么|的吧)?[,，?？]"
    "(?:要是|如果)?(?:跟|和|与|同|把)(?:它|这个|那个|这笔|那笔|前面(?:的|那个|那笔)?|上面(?:的|那个|那笔)?|刚才(?:的|那个|那笔)?)"
    "(?:[两俩]个)?(?:一起|都)?(?:加|合|算)(?:起来|在一起|在一块儿?|一起|上|总|到一起|一块儿?)[^,，。]{0,8}[?？。]*$"
)
"""The same, the other amount said first: 还有个专项经费吧，跟它加起来呢."""
_ONE_KIND = re.compile(
    "^(?!.*(?:表|《|费|工资|补贴|奖金|什么|意思|区别|占|比例|比重|百分|差|比))[^?？]*(?:基本支出|项目支出|基本[和跟与加+、]项目)"
)
_KIND = re.compile("基本|项目")
_NOT_THAT_KIND = re.compile(
    "(?<!不是)(?P<kind>基本|项目)(?:支出)?(?:里|里面)?(?:的|那[边份块个笔]|部分)+(?:不要|不算|别算|不看|去掉|不含)|"
    "(?:不要|不算|不看|别要|去掉)(?P<that>基本|项目)(?:支出)?(?:里|里面)?(?:的|那[边份块个笔])+"
)
"""Of two kinds the one that is not meant: 项目的不要."""
_IN_ITS_KINDS = re.compile(
    "^(?:那么?)?(?:(?:这|它|这些|这笔钱?|这里面|里面|其中)?(?:全部?|都|是不是|全部都|全都)+(?:是|算|属于|列在|来自)?(?:基本|项目)支出|"
    "(?:(?:这|它|那)?里面|其中|里头)?(?:有没有|有|没有)(?:安排|列)?(?:基本|项目)支出(?:吗|么|没有|[?？]|$)|"
    "(?:基本|项目)支出(?:里|那边)?(?:有没有|有吗|有么|没有吗|有没))"
)
"""Whether the last amount is of one kind of spending, or some of it."""
_KIND_DENIED = re.compile(
    "(?:不是|不要|不含|不算|而非)(?:基本|项目)(?:支出)?|(?:基本|项目)(?:支出)?(?:的|那份|那边)*(?:不要|不算|不是)"
)
_ADDED_UP = re.compile("加|合|总|共|和|并|凑|[+]|都|全")
_OF_THEM = re.compile(
    r"它们|这些|那些|这几|那几|上述|(?<![\d百千万亿元])以上|统共|总起来|一共|总共|合计|总额|总和|小计|加起来|合起来|一个个|挨个|逐个"
)
_OF_ROWS = re.compile(
    "项目(?:都|一共|总共|共)?(?:有|是)?(?:几|多少)[个项]|(?:几|多少)[个项][^,，。?？]{0,16}?项目(?!支出)|"
    "(?:哪些|哪几个)项目|项目(?:都)?(?:有|是)?(?:哪些|哪几)"
)
_SO_MANY = {2: "两", 3: "三", 4: "四"}
_FORMER, _LATTER = "前者", "后者"
_FORMER_SAID = re.compile("前面[那这]?一?[个项笔者]?|[前头]一[个项笔]")
_LATTER_SAID = re.compile("后面[那这]?一?[个项笔者]?|后一[个项笔]")
_TWO = 2


def asks_which_of_two(text: str) -> bool:
    """Whether the last two amounts are held against each other: 哪个贵，贵多少."""
    return _WHICH_OF_TWO.match(text) is not None


def of_all_places(text: str, last: Turn) -> str | None:
    """The amounts of one name, which was asked back, together: 两个加起来呢."""
    found = _PLACES_TOGETHER.match(text)
    subject = last.subject or ""
    if found is None or not TABLE_OF.match(subject):
        return None
    return f"{TABLE_OF.sub('', subject)}{found['number'] or ''}处加起来一共多少"


def added_on(text: str) -> str:
    """What a follow-up adds to the last amount; empty where it adds nothing, or to several."""
    found = _WITH_IT.match(text)
    if found is not None and found["all"] not in (None, "两"):
        return ""
    found = found or _AND_WITH_IT.match(text)
    return found["about"].removesuffix("的") if found else ""


def of_several(text: str, last: Turn) -> str | None:
    """The question with the last subjects in place of 这两笔, 前者 and 后者."""
    subjects = last.subjects
    more = _WITH_IT.match(text)
    if more and subjects and last.route is Route.NUMERIC:
        before = read_numeral(more["all"] or "两") - 1
        if before > len(subjects):
            return None
        names = "、".join((*reversed(subjects[:before]), more["about"]))
        return f"{names}这{_SO_MANY[before + 1]}项加起来一共多少"
    if len(subjects) < _TWO:
        return None
    if _LATTER_SAID.search(text) and _FORMER_SAID.search(text):
        text = _FORMER_SAID.sub(_FORMER, _LATTER_SAID.sub(_LATTER, text))
    if _FORMER in text or _LATTER in text:
        return text.replace(_LATTER, subjects[0]).replace(_FORMER, subjects[1])
    if _ALL_OF_THEM.match(text) and last.route is Route.NUMERIC:
        both = _in_both_kinds(subjects)
        if both:
            return f"{both}，{OF_BOTH_KINDS}是多少"
        return f"{'、'.join(reversed(subjects))}这{_SO_MANY[len(subjects)]}项加起来一共多少"
    which = _WHICH_OF_TWO.match(text)
    if which and last.route is Route.NUMERIC:
        return f"{subjects[1]}和{subjects[0]}，{text[which.start('which') :]}"
    found = _LAST_ONES.search(text)
    if found is None:
        return None
    number = found["count"]
    count = read_numeral(number) if number and number not in "几些" else len(subjects)
    count = _TWO if found["both"] else count
    if count > len(subjects):
        return None
    names = "、".join(reversed(subjects[:count]))
    return text[: found.start()] + names + text[found.end() :]


def _in_both_kinds(subjects: Sequence[str]) -> str:
    """The one name of which both kinds of spending were told; empty for any other subjects."""
    names = {TABLE_OF.sub("", subject) for subject in subjects}
    titles = [found[0] for subject in subjects if (found := TABLE_OF.match(subject))]
    kinds = {kind for title in titles for kind in KINDS_OF_SPENDING if kind in title}
    both = len(names) == 1 and len(subjects) == len(titles) == len(kinds)
    return names.pop() if both else ""


def of_one_kind(text: str, last: Turn) -> str | None:
    """The last amount, which stands in both kinds of spending, in one of them or in both."""
    subject = last.subject or ""
    bare = TABLE_OF.sub("", subject)
    if not TABLE_OF.match(subject):
        return _of_its_kinds(text, bare) if last.route is Route.NUMERIC and subject else None
    denied = _NOT_THAT_KIND.search(text)
    if denied:
        other = "基本" if "项目" in (denied["kind"], denied["that"]) else "项目"
        return f"{other}支出里的{bare}是多少"
    if not _ONE_KIND.search(text):
        return None
    kinds = list(dict.fromkeys(_KIND.findall(_KIND_DENIED.sub("", text))))
    if len(kinds) == 1:
        return f"{kinds[0]}支出里的{bare}是多少"
    return f"{bare}，{OF_BOTH_KINDS}是多少" if _ADDED_UP.search(text) else None


def _of_its_kinds(text: str, subject: str) -> str | None:
    """How much of the last amount is of a kind of spending: 都是项目支出吗, 基本支出有没有."""
    if _KIND.search(subject) or not _IN_ITS_KINDS.search(text):
        return None
    return f"{subject}的{_KIND.findall(text)[-1]}支出是多少"  # 都是项目的吗？基本的有没有


def of_them(text: str, last: Turn) -> str | None:
    """What is asked of all rows that were counted or listed: one of them is no answer."""
    if last.route is not Route.NUMERIC or not _OF_THEM.search(text):
        return None
    if not _OF_ROWS.search(last.question):
        return None
    together = _ALL_OF_THEM.match(text) is not None
    return f"{ASKED_OF.sub('', last.question)}，{'合计多少钱' if together else text}"
