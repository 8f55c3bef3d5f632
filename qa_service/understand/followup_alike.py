"""The last question, asked of something else: 那电费呢, 下面的地震局, 管数据的."""

from __future__ import annotations

import re

from index.units import is_money
from qa_service.types import Route
from qa_service.understand.followup_shares import TABLE_OF, share_alike
from qa_service.understand.operations import HOW_MANY
from qa_service.understand.turn import Turn
from qa_service.understand.weighed import longest_run
from qa_service.words import is_place, words

LEAST_RUN = 3
"""So much of a name said in a row tells which one is meant."""
_TWO = 2
_PLACES = ("省", "市", "区", "县", "州")
ORGAN_BEFORE = re.compile("^[^,，。?？]{2,16}?(?:局|委|委员会|厅|办|办公室)的?(?=[^,，。?？]{2})")
"""Whose budget the last question was about, where another place is named: 那海珠区的呢."""
_ALIKE = re.compile("^(?P<begun>[管做办租买修建负])[^,，。?？]{1,8}的$")
"""Said as a part of the last question was: 管数据的 for 管信息化的."""
_POINTED = re.compile("^(?:另外|还有)?(?:那|这)(?:一)?(?:个|条|项|笔)")
"""What only points at the name behind it: 另外那个信息网络通讯链路的."""
_HOW_MUCH = re.compile("多少(?=[?？。]*$)")
_UNIT_BELOW = re.compile(
    "^(?:下面|下属|底下|手下)(?:的)?(?:那个|那家)?(?P<unit>(?!单位)[^,，。?？的]{2,})$"
)
"""下面的地震局 for the department that was asked about."""
_UNIT_ENDS = ("分局", "中心", "院", "站", "所", "队", "馆")
_AMONG = re.compile(r"^(?:其中|里面|当中|这里面)(?:的)?")
_TAIL = re.compile(
    "(?:都)?(?:包括|包含|含)(?:哪些|什么|啥)[^,，]{0,4}$|(?:是|指)?(?:什么意思|指什么|啥意思)[^,，]{0,2}$"
)
"""How a question asks what a term means."""
_ONE_LIKE_IT = re.compile(
    "(?:也|还|又|是不是|有没有|会不会)*有?(?:一)?[个项笔]?(?:一模一样|一样|同样|相同|这样|那样|类似)的(?:一[个项笔]|项目(?!支出)|东西)?[,，]?(?:它|那|这个)?"
)
"""Another department has the same: 信访局也有个一样的，它是多少."""
_SHORTEST_END = 4
"""So much of its end tells a name that is said in short: 普查中心."""


def without_likeness(text: str) -> str:
    """The text without the words that say that something has the like of what was told last."""
    return _ONE_LIKE_IT.sub("，", text)


def _said_in_short(last: Turn) -> str:
    """How the last question said the name of what was answered, by the end of it; or empty."""
    subject = last.subject or ""
    ends = (subject[i:] for i in range(1, len(subject) - _SHORTEST_END + 1))
    return next((end for end in ends if end in last.question), "")


def _of_other_unit(about: str, question: str) -> str:
    """The question about another unit, or about one below the department; empty for neither."""
    below = _UNIT_BELOW.match(about)
    if below:
        return f"{below['unit']}的{question}"
    named, said = words(about), words(question)
    places = [i for i, word in enumerate(said) if word == named[-1] and i > 0]
    if len(named) != _TWO or len(places) != 1 or not named[-1].endswith(_UNIT_ENDS):
        return ""
    at = places[0]
    return "".join((*said[: at - 1], about, *said[at + 1 :]))


def _elsewhere(about: str, last: Turn) -> str:
    """The question about another clause of the section, or of another place; empty for neither."""
    if last.section and re.match(r"第.{1,3}[条项款点]", about):
        return f"{last.section}{about}"
    place = about.removesuffix("的")
    if not (place.endswith(_PLACES) and is_place(place)):
        return ""
    return f"{place}的{ORGAN_BEFORE.sub('', last.question)}"


def _for_money(text: str, last: Turn) -> str:
    """The question for an amount of money where the last answer told one: 公务用车 is no 2辆."""
    money = last.route is Route.NUMERIC and last.unit and is_money(last.unit)
    return _HOW_MUCH.sub("多少钱", text) if money else text


def asked_alike(about: str, last: Turn) -> str:
    """The last question, asked about something else."""
    elsewhere = _elsewhere(about, last)
    if elsewhere:
        return elsewhere
    among = _AMONG.match(about)
    if among and last.subject:
        return f"{last.subject}中的{about[among.end() :]}是多少"
    if last.subject and last.subject in last.question and last.subject != last.question:
        return _for_money(last.question.replace(last.subject, about), last)
    other_unit = _of_other_unit(about.removesuffix("的"), last.question)
    if other_unit:
        return other_unit
    share = share_alike(about, last)
    if share:
        return share
    short = _said_in_short(last)
    if short and about[-1:] == short[-1:]:
        return last.question.replace(short, about)
    alike = _ALIKE.match(about)
    if alike:
        said = re.search(rf"{re.escape(alike['begun'])}[^,，。?？]{{1,10}}?的", last.question)
        if said:
            return last.question.replace(said.group(0), about)
    of_that = about.endswith("的") and not about.endswith("目的")
    if of_that and last.subject and last.route is Route.NUMERIC:
        return f"{about}{TABLE_OF.sub('', last.subject)}是多少"
    asked = HOW_MANY.search(last.question) if last.route is Route.NARRATIVE else None
    if asked:
        named = _POINTED.sub("", about).removesuffix("的")
        run = longest_run(last.subject or "", last.question, LEAST_RUN)
        return (
            last.question.replace(run, named, 1)
            if run
            else f"{named}有{last.question[asked.start() :]}"
        )
    tail = _TAIL.search(last.question)
    told = "是做什么的" if last.route is Route.NARRATIVE else "是多少"
    if tail:
        return f"{about.removesuffix('的')}{tail.group(0)}"
    return _for_money(f"{about}{told}", last)
