"""What is done with amounts, and what is asked about a figure: sums, shares, changes, rates."""

from __future__ import annotations

import re

from index.records import FactMeasure
from qa_service.types import Operation
from qa_service.understand.cue_words import cue_words
from qa_service.understand.rewording import Patterns
from qa_service.understand.vocabulary import Vocabulary
from qa_service.words import COUNTERS

HOW_MANY = re.compile(
    rf"(?<![哪好那这])(?:几(?!点)|多少)(?P<counter>[{COUNTERS}点])(?!钱|百分|亿|万|(?<=款)项|(?<=场)[地租]|(?<=批)[准复下]|(?<=通)[过知讯信道])"
)
AMOUNT_ASKED = re.compile(
    r"(?:花销|花费|开销|代价|金额|数额|预算|费用|支出|经费)(?:是|有)?多大|多大(?:的)?(?:盘子|一笔|一块)|几钱|"
    r"多少(?!点|个|家|项|款(?!项)|人|名|辆|台|条|处|间|位|类|栋|枚|套|件|户|张|次|笔|份|吨|册|批(?!下|准|复|给|了)|趟|场(?!地)|桌|顿|通(?!过|知|讯|信|道))|"
    r"几[百千万](?:块|元|钱)?$|几(?:平方米|平米)|几何|几多|几个钱|(?:什么|啥)价(?![值格])|(?:什么|啥)数(?![据字量])"
)
_ASKS_WHICH = re.compile("哪|谁|什么项目")
_OF_MONEY = re.compile("占了?(?:多少|几)(?:万元|亿元|元|钱|万)")
"""An amount that makes up a part of another is no share of it."""
TOGETHER = re.compile(
    "合(?<!联合)共(?![同享建创])|共(?<![公总一合]共)(?:[需要花列]|(?=多少|几))|总数(?!据)|总金额|总额|总共|一共|合计|共计|总计|总和"
)
"""What stands before is looked at last, so that it is looked for only behind a first character."""
_WHOSE_IS_MORE = re.compile("谁的.{0,8}(?:多|大|高|少|小|低)")
_WHICH_IS_MORE = re.compile(
    "哪(?:一)?[个家条边头项笔样][^,，最]{0,6}更(?:高|多|贵|大|低|少|便宜|小)"
)
WHICH_OF_BOTH = re.compile(
    "(?:哪(?:一)?[个家条边头项笔样种单份]|谁)(?:的)?(?:[租价资金费]{1,2}|预算|金额|开销|花费|钱|花得|花的|用得|要得|费得|花|(?:拿|给|分|占|用|花|得|安排|列)(?:的|到的|得)?钱)?(?:更|要|比较|最)?"
    "(?:高|多|贵|大|低|少|便宜|小|花钱|费钱|烧钱|省钱|凶|狠|厉害)"
    "(?:一些|一点|些|点|得多)?[?？。呢啊呀]*$"
)
"""Which of two things is the dearer: 监理跟验收测评，哪个贵."""
_TWO_NAMED = re.compile(
    "一[个条家].{3,}一[个条家].{3,}哪|(?:和|与|跟|同|还是|、).{2,}[,，]?(?:之间)?(?:哪|谁)"
)
_MORE_OR = re.compile(
    "(?:多|高|贵|大)(?:一?些|一?点)?还是[^,，]{2,14}?(?:多|高|贵|大)(?:一?些|一?点)?[呢啊呀?？。]*$"
)
"""Which of two is more: 买货物多还是买服务多."""
_MORE_THAN = re.compile(
    "比(?![例重值率]).{2,}?(?:多|少|高|低|贵|大|便宜)(?:[花安排用拨给列编]{0,2})(?:了|出)?(?:多少|几)"
)
_IS_MORE = re.compile(
    "比(?![例重值率较]|去年|上年|上一年|前一年|20\\d\\d)[^,，比]{2,}(?:要|还|更|来得)?"
    "(?:多|高|贵|大|少|低|小|便宜)(?:一些|一点|些|点|得多)?(?:吗|么|嘛|不|吧|没有|呢)?[?？。]*$"
)
"""Whether one amount is more than another: 水费是不是比电费高."""
_COMPARED_WITH = re.compile(
    "(?:比|较|跟|和|与|同)(?:上年|去年|上一年|前一年)|(?:上年|去年)(?:相比|比)"
)
_SOME_OF_THEM = re.compile("的几[个项笔家类]")
"""以…结尾的几个项目 counts nothing."""
_SHARE_OF_THAT = re.compile(
    "占(?:了|到|据)?[^,，?？多]{2,16}(?:的(?:多少|几)(?!钱|万|元|亿|个|项)|(?<!的)多少(?=[?？。]*$))"
)
_PLACE_ASKED = re.compile(
    r"第(?:\d+|[一二两三四五六七八九十]+)(?:(?:到|至|-|—|~)第?(?:\d+|[一二两三四五六七八九十]+))?(?:名|位|多|大|高|贵|少|小|低)"
)
_LISTED = re.compile(
    "哪些|哪几|哪[两三四五六七八](?=[个家项类])|都叫(?:什么|啥)|(?:找|挑|筛|选)出(?!租|口|让|版|差)|有哪|都有什么|都有谁|有谁|列出(?!来?的)|列一?下|列举|都[说讲](?:一下|一遍|说|讲)|全[说讲列]|[说讲列]全|分别是什么|都写出来|名单|清单"
)
_OF_A_LEVEL = re.compile("(?:[类款项]级|[三五七357]位).{0,10}(?:哪[几些]|有什么)")
"""The subjects of a level are listed: 细到项级，包括哪几项."""
_NAMES_HOLD = re.compile("(?:名|叫|标题)[^多少几谁]*的(?:项目|科目|支出)$")
"""Bare names of rows that hold some letters are listed: 名字带监控的项目."""
_ABOUT_A_WORD = re.compile("(?:有关|相关|沾边)的?项目$")
"""So are those that have to do with something: 跟刻章有关的项目."""
_KINDS = "#{2,}"
"""A column of the tables, whose name is blanked as all terms are."""
_WHICH_WITHOUT = re.compile(
    f"哪[一几些]?个?[类款项][^?？]*(?:(?:没有|没|未)(?:安排|列)?(?:任何)?{_KINDS}|{_KINDS}(?:都|也)(?:没|为零|是零)|"
    f"(?:全是|只有|都是|全部是){_KINDS})"
)
"""Subjects of which one kind of spending has none are listed: 哪一类没有项目支出."""
_DIFFERENCE_ASKED = re.compile("(?:差|多|少|高|低|贵|便宜)(?:了|出)?(?:多少|几)|相差|差额")
_DONE_SINCE = re.compile(
    "(?:(?:比|较)(?:上年|去年|上一年|前一年)|(?:跟|和|与|同)(?:上年|去年|上一年|前一年)(?:相)?比)"
    "(?:度|同期|的?预算)?(?![^,，。?？]{0,6}(?:是|有)多少)[^,，。?？]{1,6}(?:了|掉|去)(?:多少|几)|"
    "(?:砍|压|减|降|涨|增|缩|升|跌)(?:掉|了|去|少|低|加|下来|上去)+(?:多少|几)[^,，。?？]{0,4}[,，]?"
    "(?:比|较|跟|和|与|同)(?:去年|上年|上一年|前一年)"
)
"""By how much an amount differs from last year's, in any verb: 比上一年砍掉了多少."""
_WEAK_SUM = ("一起", "合并", "加上", "汇总")
"""Words that add up amounts only where an amount is asked for."""
KEY_PROJECTS = "重点项目"
"""What the projects are called whose goals a budget tells apart."""
_WHICH_OF_THEM = re.compile("(?:是|有|为)哪|哪(?:一)?(?:个|项|些|几)|有什么|都有啥|叫什么")
_ADDED = re.compile(
    "#加上?#|^[^多少几]{2,12}(?<![增参追添附叠外更])加(?![强大快班装固密工上总起急入注在到油一深热盟权])[^多少几]{2,12}"
)
"""Two names that are added: 差旅费加会议费."""
_ONLY_ADDED = re.compile("^[^多少几#]{0,8}#+加上?#+[呢?？。]*$")
"""The same with nothing else: 工会经费加福利费."""


_ASKS_WHICH_IS_MORE = Patterns(_MORE_THAN, _MORE_OR, _WHOSE_IS_MORE, _WHICH_IS_MORE, _IS_MORE)


_FOR_COMPARING = re.compile(
    "(?:做|作|供|用来|用于|便于|拿去|方便)(?:个|一个|一下)?(?:横向|纵向|同比)?(?:的)?(?:比较|对比|比对|参考)(?!一下|哪|谁|多|少|高|低)|"
    "(?:互相|相互|进行|来回|加以)(?:比对|对照|对比|核对)"
)
"""Why somebody asks, or what somebody does: 我局做横向比较，需要贵局的…, 材料互相比对."""


def operation_of(text: str, vocabulary: Vocabulary) -> Operation:
    text = _FOR_COMPARING.sub(lambda found: "#" * len(found.group(0)), text)
    asked = AMOUNT_ASKED.search(text) is not None or TOGETHER.search(text) is not None
    said = text
    for weak in () if asked else _WEAK_SUM:
        if weak in said:
            said = re.sub(rf"(?<![加合凑算并拢到]){weak}", "#" * len(weak), said)
    cued = vocabulary.operations_said.said_in(said)
    found = [op for op in vocabulary.operation_cues if op in cued]
    if not found and ((asked and _ADDED.search(text)) or _ONLY_ADDED.search(text)):
        found = [Operation.SUM]
    if Operation.SHARE not in found and _SHARE_OF_THAT.search(text):
        found.append(Operation.SHARE)
    chosen = _of_two(found, text, vocabulary)
    if chosen is not None:
        return chosen
    if found == [Operation.SHARE] and _OF_MONEY.search(text):
        return Operation.LOOKUP
    if found:
        return found[0]
    if _is_listed(text, vocabulary):
        return Operation.LIST
    limited = says(text, vocabulary.threshold_cues)
    if limited and TOGETHER.search(text) and AMOUNT_ASKED.search(text):
        return Operation.SUM
    if limited and re.search(r"[\d零一二三四五六七八九十百千万两]+", text):
        return Operation.COUNT if HOW_MANY.search(text) else Operation.LIST
    return Operation.LOOKUP


def _is_listed(text: str, vocabulary: Vocabulary) -> bool:
    """Whether rows are to be listed by what they have in common, with no limit on their amounts."""
    if _ABOUT_A_WORD.search(text):
        return True
    if _NAMES_HOLD.search(text) and says(text, vocabulary.contains_said):
        return True
    if _OF_A_LEVEL.search(text) or _WHICH_WITHOUT.search(text):
        return True
    key = KEY_PROJECTS in text and _WHICH_OF_THEM.search(text) is not None
    return key or (_LISTED.search(text) is not None and says(text, vocabulary.row_sets.listed))


def _of_two(found: list[Operation], text: str, vocabulary: Vocabulary) -> Operation | None:
    """The one of several operations that the wording asks for, where it tells; adds to them."""
    ranking = vocabulary.ranking
    more = _ASKS_WHICH_IS_MORE.search(text) is not None
    more = more or bool(WHICH_OF_BOTH.search(text) and _TWO_NAMED.search(text))
    if more and Operation.COMPARE not in found:
        found.append(Operation.COMPARE)
    if _PLACE_ASKED.search(text) and Operation.RANK not in found:
        found.append(Operation.RANK)
        if Operation.LIST in found:
            return Operation.RANK
    if Operation.COMPARE in found and _DIFFERENCE_ASKED.search(text):
        return Operation.COMPARE
    if Operation.RANK in found and Operation.COMPARE in found:
        ends = says(text, ranking.up) and says(text, ranking.down)
        return Operation.COMPARE if ends else Operation.RANK
    added = Operation.SUM in found or TOGETHER.search(text) is not None
    if Operation.SHARE in found and added and not _ASKS_WHICH.search(text):
        return Operation.SHARE
    if Operation.COUNT in found and added and AMOUNT_ASKED.search(text):
        return Operation.SUM
    if Operation.COUNT in found and Operation.SUM in found and _SOME_OF_THEM.search(text):
        return Operation.SUM
    if Operation.RANK in found and TOGETHER.search(text) and AMOUNT_ASKED.search(text):
        return Operation.SUM
    if Operation.RANK in found and Operation.SUM in found and not _ASKS_WHICH.search(text):
        return Operation.SUM
    return None


_SINCE = re.compile("同比(?!增幅|增速|降幅|涨幅|变动率|百分)")
_MUCH_MONEY = re.compile(
    "(?:多少|几)(?:个)?(?:亿|万|元|钱)|[减增降涨]了?多少[?？。]*$|金额|[减增]额"
)
"""同比减了多少万元 asks for money, and for no rate."""
_THEN_ASKED = re.compile(
    "那(?:么|它|他们)?的?(?:去年|上年|上一年|前一年)(?!.*(?:[比跟和与].*[多少差]|[增减涨降]))[^,，]{0,16}(?:多少|几何)"
)
"""What was budgeted before a change that is told: 今年涨了九倍，那它去年到底是多少."""
_CHANGED = "增|减|涨|降|砍|缩|升|跌|[多少][了出]|[多少]多少"
_THEN_AT_LAST = re.compile(
    f"(?:那|那么)?[^比较跟和与同]{{0,10}}?(?:去年|上年|上一年|前一年)(?!.*(?:[比跟和与]|{_CHANGED}))"
    "[^哪谁]{0,16}(?:多少|几何)"
)
"""The same asked in the last clause: 今年砍了不少，去年的支出预算原来是多少."""
_NOW_AT_LAST = re.compile(
    f"(?:那|那么)?(?:今年|现在|本年|目前|眼下|如今|20\\d\\d年)(?!.*(?:[比跟和与]|{_CHANGED}))[^哪谁]{{0,20}}(?:多少|几何)"
)
"""So is this year's amount: 接待费比去年涨了5万，今年这笔究竟列了多少."""


def measure_of(text: str, at_last: str, vocabulary: Vocabulary) -> tuple[FactMeasure, int]:
    """What is asked about a figure, and the characters that ask it.

    `at_last` is the last of the clauses; empty where there is but one.
    """
    found: dict[FactMeasure, int] = {}
    for measure, cues in vocabulary.measures.items():
        said = cue_words(cues).mask(text)
        if said:
            found[measure] = said
    if not found:
        return FactMeasure.AMOUNT, 0
    mask = 0
    for part in found.values():
        mask |= part
    if FactMeasure.CHANGE in found and _NOW_AT_LAST.match(at_last):
        return FactMeasure.AMOUNT, mask
    if FactMeasure.PRIOR in found:
        of_year = _of_year(text, at_last, found.get(FactMeasure.CHANGE, 0))
        if of_year is not None:
            return of_year, mask
    percent = FactMeasure.CHANGE in found and "百分" in text
    if percent or (FactMeasure.RATE in found and not _of_money(text, found)):
        return FactMeasure.RATE, mask
    if FactMeasure.CHANGE in found:
        return FactMeasure.CHANGE, mask
    return (FactMeasure.PRIOR, mask) if FactMeasure.PRIOR in found else (FactMeasure.AMOUNT, 0)


def _of_money(text: str, found: dict[FactMeasure, int]) -> bool:
    """Whether a change is asked for in money: 同比减了多少万元."""
    since = FactMeasure.CHANGE in found and _SINCE.search(text) is not None
    return since and _MUCH_MONEY.search(text) is not None


def _of_year(text: str, at_last: str, change: int) -> FactMeasure | None:
    """What is asked where last year is spoken of; None where the wording does not tell.

    `change` are the characters that speak of a change.
    """
    if _THEN_AT_LAST.match(at_last):
        return FactMeasure.PRIOR
    compared = _COMPARED_WITH.search(text) is not None
    if compared and (_DIFFERENCE_ASKED.search(text) or _DONE_SINCE.search(text)):
        return FactMeasure.CHANGE
    if _THEN_ASKED.search(text):
        return FactMeasure.PRIOR
    nouns = all(char in "增减变化" or not change >> i & 1 for i, char in enumerate(text))
    return FactMeasure.PRIOR if nouns and not compared else None


def says(text: str, cues: tuple[str, ...]) -> bool:
    """Whether the text holds any of the cues."""
    return cue_words(cues).stand_in(text)
