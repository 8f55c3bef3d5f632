"""Follow-ups about another thing than the last: 防汛工程呢，买的是什么; 它的二期，目标是什么."""

from __future__ import annotations

import re

from index.labels import plain
from qa_service.types import Route
from qa_service.understand.turn import Turn

_AND_WHAT = re.compile(
    r"^(?:那么|那|还有)?(?P<about>[^,，。?？]{2,20}?)呢[,，?？](?P<asked>[^,，]{2,}?)[?？。]*$|"
    r"^(?:那么|那|我)?(?:(?:不|别)(?:是|问|说|看|要|提|管)[^,，。;]{1,12}[,，;。])?(?:我)?(?:换成|换|改成|改问|问|说|要问|想问|是)(?:的)?(?:是)?"
    r"(?P<other>[^,，。?？]{2,20}?)的?[那这](?:一)?[个处笔项家边块][,，](?P<then>[^,，]{2,}?)[?？。]*$"
)
"""Another subject, and what is asked of it: 那防汛工程呢，买的是什么."""
_ALSO_DOES = re.compile(
    "^(?:那么|那|还有)?(?P<about>[^,，。?？]{2,20})[,，](?:也|还|都)(?:是|归|由)(?:它|他们|这个局|局里)(?:来)?(?P<does>[^,，。?？]{1,8}?)[吗么嘛]?[?？。]*$"
)
"""The same, the thing said before: 企业监测那类系统，也是它来建."""
_PART_OF_IT = re.compile(
    "^(?:那么|那)?(?:它|这个|那个)(?:项目|系统|平台)?的(?P<part>第?[一二三四]期[^,，。?？]*)[,，]?(?P<asked>[^,，]*?)[?？。]*$"
)
"""Another part of the last thing: 它的二期，目标是什么."""
_IS_FOR = re.compile(
    "^(?:那|都|主要|具体|究竟|到底|它)?是(?:给|为|替|帮|用来|用于|由|请|找|跟|向|从)(?!什么吗)[^,，]{2,}|"
    "^(?:那|它|这)?(?:租|买|建|搞|弄|请|花|做|设)(?:来|了|它|这个)*(?:是)?(?:图|为|干|做|用来|要)(?:个|了|点|的是)?(?:什么|啥)[呢啊呀]?[?？。]*$"
)
"""What is said of the last thing without its name: 是给哪几个项目做咨询."""
_LEFT_OUT_OF_IT = re.compile(
    "^(?:那么|那|要是|如果|再)?(?:除去|除了|除掉|除开|不算|不含|不计|去掉|刨去|刨掉|刨开|扣除|扣掉|减去|减掉|剔除|撇开|抛开)(?:掉)?"
    "(?P<what>它|[^,，。?？]{2,20}?)(?:以外|之外|之后|以后|外|后|的话)?[,，]?"
    "(?:呢|(?:还|就)?(?:剩|余|有|是)?(?:下|了)?多少(?:钱|万|万元)?)[?？。]*$"
)
"""The last amount without a part of it: 除去服务类，还剩多少."""
_ITSELF = ("它", "这个", "这笔", "这些", "这部分", "这一块", "这块")
_REST_OF_IT = re.compile(
    "^(?:那么|那)?(?:剩下|余下|剩余|其余|另外那?些?|其他|其它)(?:的|部分|那部分)*(?:还|又|一共|总共|合计)*(?:有|是)?多少(?:钱|万元?)?[呢啊呀]?[?？。]*$"
)
"""What the amount before the last one has beside it: 剩下的有多少."""
_STEM = re.compile("^.*?(?:系统|平台|网站|工程|数据库)")


_OTHER_SIDE = re.compile(
    "^(?:那么|那|还有)?(?:[^,，。?？]{0,4}(?:对应|相应|相对|反过来|另一)[^,，。?？]{0,6})?(?P<side>支出|花出去|花掉|开支|收入|收进来|进账)"
    "(?:的)?(?:那头|那边|那块|这头|这边)?[,，]?[^,，。?？]{0,8}(?:怎么(?:说|叫|讲|解释|定义)|什么意思|是什么|是啥|怎么讲|叫什么|叫啥|怎么解释|指什么|的?呢)"
)
"""The term on the other side of the last one: 经营支出 after 经营收入."""
_SIDES = ("收入", "支出")


def another_thing(text: str) -> tuple[str, str] | None:
    """Another subject and what is asked of it: 防汛工程 and 买的是什么."""
    found = _AND_WHAT.match(text)
    return found and (found["about"] or found["other"], found["asked"] or found["then"])


def also_done(text: str, _last: Turn) -> str | None:
    """Whether the department does another thing as well."""
    found = _ALSO_DOES.match(text)
    return found and f"{found['about']}归这个局{found['does']}吗"


def part_of_it(text: str, last: Turn) -> str | None:
    """What is asked of another part of the last thing, by what it is a part of."""
    found = _PART_OF_IT.match(text)
    stem = _STEM.match(last.subject or "")
    return f"{stem.group(0)}{found['part']}{found['asked']}" if found and stem else None


def what_it_is_for(text: str, last: Turn) -> str | None:
    """What the last thing is done for, with or by."""
    return f"{last.subject}{text}" if last.subject and _IS_FOR.match(text) else None


def without_a_part(text: str, last: Turn) -> str | None:
    """The last amount without a part of it; the one before it without the last one."""
    if last.route is not Route.NUMERIC or not last.subject:
        return None
    subject, above = last.subject, last.before[0] if last.before else ""
    found = _LEFT_OUT_OF_IT.match(text)
    what = "" if found is None else plain(found["what"])
    own = what in _ITSELF or (bool(what) and plain(subject).startswith(what))
    if own or (found is None and _REST_OF_IT.match(text)):
        return f"{above}除去{subject}还剩多少" if above else ""
    return f"{subject}除去{found['what']}还剩多少" if found else None


def other_side(text: str, last: Turn) -> str | None:
    """What the term on the other side means: 那支出那边对应的怎么说 after 经营收入."""
    found, subject = _OTHER_SIDE.match(text), last.subject or ""
    if last.route is not Route.NARRATIVE:
        return None
    if found is None:
        return None
    income = found["side"] in ("收入", "收进来", "进账")
    this, that = reversed(_SIDES) if income else _SIDES
    return f"{subject.replace(this, that)}是什么意思" if subject.endswith(this) else None
