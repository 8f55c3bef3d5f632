"""Follow-ups about what the last answer told: one of a list by its place, or the whole of a sum.

最贵的三个项目是哪些 / 第二个是做什么的
前三名项目合计多少钱 / 占项目支出多少
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.labels import plain
from index.units import read_numeral
from qa_service.types import NormalisedQuestion
from qa_service.understand.followup_lists import ASKED_OF, at_place
from qa_service.understand.turn import Turn

_AT_PLACE = re.compile(
    r"^(?:那么|那|然后|其中|里面|请问)*"
    r"(?:(?P<back>倒数)?第(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})|(?P<end>最后一))"
    r"(?P<of>个|名|位|项|笔|条)(?:的)?(?:项目(?!支出)|科目)?(?P<asked>(?![和跟与、加到至])[^,，]*?)[?？。]*$"
)
"""What is asked of one of several things."""
_REACTION = re.compile(
    "^(?:哦|啊|哇|呀|嗯)?[,，]?(?:(?:居然|竟然|怎么|就|才)?(?:一(?:分|块|点|毛)钱?(?:都|也)?(?:没有?|不给|没给|没安排|没列)"
    "|零元?|0元?|空的|这么(?:点|少|多|高|低|贵|大|小)|这点钱?)|不会吧|不是吧|真的假的|真的吗?|是吗)(?:了|啊|呀|吗|嘛)?"
    "[?？!！,，。]+(?=[^,，。?？]{2})"
)
"""What the asker thinks of the last answer, before asking more of it: 一分没有？为什么."""
SAME_CLAUSE = re.compile(
    "^(?:那么|那|好|在)*[,，]?(?:这|那|该|同)(?:一)?(?:条|款|段话?|条职责|项职责)(?:里面?|里头|中|当中|下面)?[,，]?"
    "(?:还|又|都|具体|到底|主要|另外|也)|"
    "^(?:那么|那|还有)?(?:另外|其余|其他|其它|剩下|余下|剩余)(?:的|那)?(?:[两三四五六七八九几]|\\d)(?:家|个|项|条|处|样|类)|"
    "^(?:那么|那)?(?:除(?:了|开)?(?:它|这个|这家|这些)?[之以]?外,?)?(?:还有|另外还有)(?:哪[几些]?|什么|别的)[家个]?(?:单位)?[呢啊呀吗]?[?？]*$"
)
"""What was told last is asked about again: 这一条里还管什么, 另外两家叫什么."""
_RANKED = re.compile("最|排|从.到|前[一二两三四五六七八九十\\d]")
_BY_RANK = ("名", "位")
"""A place of these is one by amount, in whatever order the list was told."""
_NOTHING_MORE = re.compile("(?:是|的)?(?:呢|哪一?[个项笔]|谁|什么|啥|叫什么)?")
_OF_THE_SUM = re.compile(
    "^(?:那么|那)?(?:它们|这些|这几[个项笔]|这[两三四五六]?[个项笔]|加起来|合起来|一共|总共|合计|总数|这个数|这笔钱)*的?"
    "(?P<asked>(?:大概|大约|又|能|要)?占.+|在[^,，]{2,14}(?:里面|里|中|当中)[^,，]{0,4}占.+|"
    "是[^,，]{2,12}的(?:几倍|百分之几|几分之几|几成|多少倍)|"
    "(?:折合|换算|合|折|换)(?:成|算成)?(?:是)?(?:多少|几)?个?(?:元|块|亿|万).*|"
    "(?:是)?(?:多少|几)个?(?:元|亿|亿元|万元)|比(?!较|例|重)[^,，]{2,}[多少高低].*)[呢啊呀]?[?？。]*$"
)
"""What is asked of several amounts together that were added up last."""


def of_what_was_told(question: NormalisedQuestion, last: Turn | None) -> NormalisedQuestion:
    """The follow-up as a question of its own; itself where it asks of neither."""
    if last is None:
        return question
    text = _of_one_listed(question.text, last) or _of_the_sum(question.text, last)
    return replace(question, text=text, plain=plain(text)) if text else question


def without_reaction(question: NormalisedQuestion) -> NormalisedQuestion:
    """The follow-up without what it says of the last answer before it asks."""
    text = _REACTION.sub("", question.text)
    return question if text == question.text else replace(question, text=text, plain=plain(text))


def _of_one_listed(text: str, last: Turn) -> str:
    """What is asked of the thing at a place of the last list; empty where it is of none.

    An amount at a place of a ranking is asked for by the place.
    """
    found = _AT_PLACE.match(text)
    if found is None or not last.listed or at_place(text, last.question):
        return ""
    if found["of"] in _BY_RANK and not _RANKED.search(last.question):
        return ""
    number = 1 if found["end"] else read_numeral(found["number"])
    if not 1 <= number <= len(last.listed):
        return ""
    back = found["back"] or found["end"]
    thing = last.listed[-number if back else number - 1]
    asked = "是多少" if _NOTHING_MORE.fullmatch(found["asked"]) else found["asked"]
    return f"{thing}{asked}"


def _of_the_sum(text: str, last: Turn) -> str:
    """What is asked of the sum that was told last; empty where it is asked of nothing like it."""
    found = _OF_THE_SUM.match(text)
    if found is None or not last.summed:
        return ""
    added = ASKED_OF.sub("", last.question)
    return f"{added}合计{found['asked']}" if added else ""
