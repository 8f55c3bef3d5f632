"""Follow-ups about a share: of what was answered last, of its whole, of the change of a year."""

from __future__ import annotations

import re

from index.labels import plain
from qa_service.understand.turn import Turn

OF_CHANGE = re.compile("上年|去年|上一年|前一年")
"""What is asked of another year is told by the text, in whichever table the amount stands."""
TABLE_OF = re.compile("^《[^》]*》的")
SHARE_OF = re.compile(r"^(?:那么|那)?(?:它们|它|这个|这|这部分|这块|这一块)?占")
_SHARE_WITHIN = re.compile(
    "^(?:那么|那)?(?:它们|它|这个|这笔钱|这笔|这块|这)?在(?P<whole>[^,，]{2,}?)(?:里面|里头|里|中|当中)[,，]?"
    "(?:所|能|要|又|大约|大概|约)?(?:占|的?(?:占比|比例|比重|份额))"
)
"""A share of a whole that is named before it: 在住房保障支出里占多少比例."""
_AMONG_SAID = re.compile("其中|里面|当中")
_OF_ITS_WHOLE = re.compile(
    r"占(?:了|到)?(?:总额|总数|总量|总的|其中|合计|全部|整个)?的?(?:百分之几|百分之多少|多大比例|多少比例|几成|多少|百分比|比例|比重)(?:是多少|多大|有多大)?"
    r"[呢啊呀]?[?？。]*$"
)
"""A share of no named whole is one of what was asked about before its part."""
_PART_OF_IT = re.compile(
    r"^(?:那么|那|其中)?(?:的)?(?P<part>(?!那?它|那?这)[^占,，]{2,12})占(?:了|到)?(?:它的|其中的?|其|里面的?|当中的?|这里面的?)?"
    r"(?:百分之几|百分之多少|多少|几成|多大比例|多大)[呢啊呀]?[?？。]*$"
)
"""A part of the last subject: 公车占多少."""
SHARE_BARE = re.compile(
    "^(?:那么?)?(?:它|这)?的?(?:占比|比例|比重|百分比|份额)(?:呢|(?:是|有|占)?(?:多少|多大|几))?[呢啊]?[?？。]*$"
)
"""Its share of what it was said to be a part of: 占比呢."""
SHARE_ASKED = re.compile(
    "^[^,，占]{2,}占(?:了|到)?(?P<whole>[^,，]{2,}?)的?(?:百分之|几成|多少|多大|比例|比重)"
)
"""What the last question asked a share of."""
_IS_OF = re.compile(
    "^(?:那么|那)?(?:它们|它|这笔钱?|这个数?|这|那)?(?:大约|大概|差不多|又|能)?(?:是|为|相当于|等于|抵得?上?|顶得?上?)(?P<whole>(?!什么|它)[^,，是]{2,16}?)的?"
    "(?P<asked>百分之几|百分之多少|几成|几分之几|多大比例|几倍|多少倍|几多倍)[呢啊呀]?[?？。]*$"
)
"""What the last amount is to another one: 那是三公的百分之几, 相当于会议费的几倍."""
_PERCENT = re.compile(
    "^(?:那么|那|换成)?(?:百分比|百分之几|百分之多少|幅度)(?:是|有|呢)?(?:多少|几)?[呢?？。]*$"
)


def share_alike(name: str, last: Turn) -> str | None:
    """The share of the last question's whole that something else is: 差旅费呢, after 办公费占…."""
    shared = SHARE_ASKED.match(last.question)
    if shared is None or name in shared["whole"]:
        return None
    return f"{name.removesuffix('的')}占{shared['whole']}的百分之几"


def share_of_it(text: str, last: Turn) -> str | None:
    """The question for a share of what was answered last, or of what that was a share of."""
    subject = last.subject or ""
    part = _PART_OF_IT.match(text)
    shared = SHARE_ASKED.match(last.question)
    if part and shared and part["part"] not in shared["whole"]:
        return f"{part['part']}占{shared['whole']}的百分之几"
    above = last.before[0] if last.before else ""
    spoken_of = plain(last.question + last.label)
    if part and part["part"] in last.question and above and plain(above) in spoken_of:
        return f"{subject}占{above}的百分之几"
    if part:
        return f"{subject}中的{part['part']}占{subject}的百分之几"
    above = last.before[0] if last.before else ""
    if above and SHARE_BARE.match(text) and plain(above) in plain(last.question + last.label):
        return f"{TABLE_OF.sub('', subject)}占{above}的百分之几"
    of_it = _IS_OF.match(text)
    if of_it and subject:
        return f"{TABLE_OF.sub('', subject)}是{of_it['whole']}的{of_it['asked']}"
    within = _SHARE_WITHIN.match(text)
    if within and subject:
        return f"{TABLE_OF.sub('', subject)}占{within['whole']}的百分之几"
    if SHARE_OF.search(text):
        whole = last.before[0] if last.before and _OF_ITS_WHOLE.search(text) else ""
        among = _AMONG_SAID.search(last.question) is not None
        among = among or whole in f"{last.question}{last.label}"
        if whole and whole != subject and among:
            return f"{subject}占{whole}的百分之几"
        return f"{subject}{text[text.index('占') :]}"
    return None


def percent_of_change(text: str, last: Turn) -> str | None:
    """The change that was told last, in per cent: 百分比是多少."""
    if not (_PERCENT.match(text) and OF_CHANGE.search(last.question) and last.subject):
        return None
    return f"{TABLE_OF.sub('', last.subject)}比上年变动了百分之几"
