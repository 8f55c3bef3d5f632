"""A question that says what was meant by the one before it: 我说的是升级改造，不是运维."""

from __future__ import annotations

import re

from index.labels import plain
from qa_service.types import Route
from qa_service.understand.followup_alike import asked_alike
from qa_service.understand.turn import Turn

_CORRECTION = re.compile(
    r"(?:我(?:说|问|指|要|讲)的(?:就|才)?(?!是|不|那|这)(?=[^,，。?？多少几什么]{2,12}[。.!]*$)|我(?:问|说|指)(?!的是)(?=.+(?:的|[那这](?:一)?[个处笔项家边块])[。.!?]*$)|我(?:是|就是)?想问(?:的是)?|我问的是|我说的是|我要的是|我指的是|我(?:要|想)(?:看|查|知道|了解|找)的是|我是问|我是说|我指|^(?:我)?要(?=.+(?:那(?:一)?[个项笔张边]|的(?:数|钱|预算|金额)?[。.!]?$))|(?:那)?(?:只看|仅看|单看|光看|只算|只要|单说|就看))"
)
_MISTAKEN = re.compile(
    r"^(?:不好意思|抱歉|对不起|哦|噢|啊|呃|哎)?[,，。]?(?:我)?(?:(?:说|问|搞|弄|打|写|讲|记)?错字?|(?:说|问|搞|弄|讲|记)(?:岔|混|反|拧|串))了(?:[,，。]|$)|^(?:不对|不是|错了?){1,3}[啊呀哦]?(?:[,，。]|$)|^不(?:是|要)(?:这|那)(?:一)?(?:个|项|笔)[,，。]"
)
"""The asker takes back what was asked: 说错了，我要的是安防那个."""
_SORRY = re.compile("^(?:不好意思|抱歉|对不起)[,，。]?")
_YEARS = re.compile(r"20\d\d年?(?:度)?(?:[-—–~至到]{1,2}(?:20)?\d\d年?(?:度)?)?")
"""A year, or some: 2025—2026年."""
_VARIANT = re.compile("第?[一二三四五六七八九十\\d]{1,2}期|(?:补充|追加|续建|新增)(?:项目|经费)?")
"""One of several rows that were offered, by what its own name adds: 二期, 补充."""
_MEANT = re.compile(
    "^(?:我)?(?:其实|本来|应该)?(?:是)?(?:想知道|想问|要问|问|要|指|说)(?:的)?(?:是)?|^(?:应该是|其实是|是)"
)
_DENIED = re.compile(r"^不是[^,。;]*[,。;]\s*")
_OF_THEM = re.compile("(?:的|[那这](?:一)?[个项笔])[。.!]*$")
"""One of what was asked about, and no other thing: 装监控的那个."""
_DENIED_AFTER = re.compile("(?<=[^,，。;])[,，。;](?:而|可)?不是[^,，。;?？]*[。.!]*$")
"""What is not meant, said behind what is: 我指社工，不是客服."""
_INSTEAD = (
    re.compile(
        "(?P<meant>[^,，。;]{2,})[,，。;](?:而|可)?不是(?P<denied>[^,，。;?？]{1,12}?)(?:那个|的)?[。.!]*$"
    ),
    re.compile(
        "^不是(?P<denied>[^,，。;]{1,12}?)(?:那个|的)?[,，。;](?:我(?:说|问|指|要)的?是|应该是|是)(?P<meant>[^,，。;?？]{2,})[。.!]*$"
    ),
    re.compile(
        "^(?:我)?(?:说|问|指|要)的不是(?P<denied>[^,，。;]{1,12}?)(?:那个|的)?[,，。;](?:而)?是"
        "(?P<meant>[^,，。;?？]{2,})[。.!]*$"
    ),
)
"""What is meant, and what is not: 我说的是升级改造，不是运维."""
_SAID_SO = re.compile(
    "呢[?？,，](?:我)?(?:是说|是指|说的是|指的是|指)(?P<meant>[^,，。?？]{2,})[。?？]*$"
)
"""What is meant, said once more: 支出呢？我是说经营支出."""
THAT_ONE = re.compile(
    r"(?:的|里头的?|里面的?|里的?)?(?:那边的(?:数|钱|预算|金额)?|那边|(?:那|这)(?:一)?份|(?<=的)(?:数|钱|预算|金额)|那一个|那个|这个|那项|这项|那笔|这笔|那处|这处|那家|这家|部分|那部分|这部分|呢)?[。.!?]*$"
)
SAYS_ENOUGH = 6
"""What is meant is said in so many characters, where a text was told."""


def corrects(text: str) -> bool:
    """Whether the text says what was meant by the question before: 我是说经营支出."""
    return any(p.search(text) for p in (_MISTAKEN, _CORRECTION, _SAID_SO))


def takes_back(text: str) -> bool:
    """Whether the text takes back or denies what was asked: 说错了, 不是客服."""
    return any(p.search(text) for p in (_MISTAKEN, _CORRECTION, _DENIED))


def corrected(text: str, last: Turn) -> str | None:
    """The last question, narrowed by what was meant: 我问的是项目支出里的那个."""
    instead = _instead(text, last)
    if instead:
        return instead
    mistaken = _MISTAKEN.match(text)
    bare = _DENIED.sub("", text[mistaken.end() :] if mistaken else text)
    bare = _DENIED_AFTER.sub("", bare)
    said_so = _SAID_SO.search(bare)
    if said_so:
        return asked_alike(THAT_ONE.sub("", said_so["meant"]), last)
    if mistaken:
        bare = _MEANT.sub("", bare)
    elif not _CORRECTION.search(bare):
        return None
    narrower = THAT_ONE.sub("", _CORRECTION.sub("", _SORRY.sub("", bare)))
    if last.subject and _VARIANT.fullmatch(narrower) and plain(narrower) in plain(last.subject):
        return asked_alike(last.subject, last)
    if _YEARS.fullmatch(narrower) and _YEARS.search(last.question):
        return _YEARS.sub(narrower, last.question, count=1)
    by_name = _DENIED.match(text) and not _OF_THEM.search(text)
    denied = bool(by_name) or _DENIED_AFTER.search(text) is not None
    told_apart = last.route is Route.NARRATIVE and (denied or len(narrower) >= SAYS_ENOUGH)
    if narrower and (mistaken or told_apart):
        return asked_alike(narrower, last)
    return f"{narrower}的{last.question}" if narrower else ""


def _instead(text: str, last: Turn) -> str:
    """The last question with what is meant in place of what is not; empty where it says neither."""
    question = last.question
    found = next(filter(None, (pattern.search(text) for pattern in _INSTEAD)), None)
    if found is None:
        return ""
    meant = THAT_ONE.sub("", _CORRECTION.sub("", found["meant"]))
    if found["denied"] not in question:
        return asked_alike(meant, last) if found.re is _INSTEAD[-1] else ""
    head, _, tail = question.partition(found["denied"])
    said = next((n for n in range(len(meant), 0, -1) if head.endswith(meant[:n])), 0)
    return f"{head}{meant[said:]}{tail}"
