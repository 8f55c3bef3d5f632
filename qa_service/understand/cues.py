"""What the wording of a question asks for: operation, measure, unit, kind of passage."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.records import FactMeasure, PassageKind
from index.units import read_numeral, write_numeral
from qa_service.types import Operation
from qa_service.understand.asked_things import (
    HOW_MANY_PEOPLE,
    counted,
    needs_of,
    which_of,
)
from qa_service.understand.cue_words import cue_words
from qa_service.understand.degrees import degree_asked
from qa_service.understand.operations import (
    AMOUNT_ASKED,
    HOW_MANY,
    WHICH_OF_BOTH,
    measure_of,
    operation_of,
    says,
)
from qa_service.understand.rewording import Patterns, Rewording
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weigh import CHECKED, CHECKED_CHARACTER, asks_for_now
from qa_service.understand.weighed import Span, Weighed, plain_span
from qa_service.words import COUNTERS

_UNIT_ASKED = (
    (
        "亿元",
        re.compile(
            r"用亿元?[给报说算写]|多少(?:个)?亿|几个?亿|亿元?(?:为单位|作单位|表示|计|来算)|(?:换算|折算|换|折合|折|写)(?:成|为|合)?亿"
        ),
    ),
    (
        "万元",
        re.compile(
            r"用万元?[给报说算写]|多少万|几万|万元?(?:为单位|作单位|表示|计算)|(?:换算|折算|换|折合|写)(?:成|为)?万|合万元"
        ),
    ),
    (
        "元",
        re.compile(
            r"用元[给报说算写]|多少元|合元|是?多少块|(?<![万亿])元(?:为单位|作单位|表示|计算)|(?:换算|折算|换|折合|写)(?:成|为)?元|几元|几块钱|(?<![含分有成为括])几块$"
        ),
    ),
)
_HOW_MANY_MILLIONS = re.compile("(?:几|多少)个(?=[亿万])")
"""几个亿 counts nothing."""
_SOME_OF = re.compile(
    rf"(?:^|(?<=[,，了过着]))几(?=[{COUNTERS}][^,，。?？]*[,，][^?？]*(?:什么|啥|哪|谁|怎么|如何|吗|咋))"
)
"""Several, which counts nothing: 租了几家厂商的服务，靠什么管起来."""
_ITEM = re.compile(
    r"第[（(]?(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})[)）]?(?:条|项|款|点|个(?=名词|词|术语|解释|条目|讲|说|是什么|是啥))"
)
_SAID = re.compile(r"\d+(?:万元|亿元|(?:万|亿)(?![a-zA-Z㎡吨方立平米公个人次户件条册株棵])|元)")
"""An amount that the asker says: 是不是5万元."""
_ENDS_IN_AMOUNT = re.compile(
    "(?:预算|金额|费|款|钱|(?<![些类种个项])费用|总数|总额|数额|总值|花费|花销|开销|租金|(?:花费|开销|开支|费用|预算|金额|租金|经费)(?:是|为)|(?:正确|准确|真正|真实|确切|对)的?(?:数|数字|金额|数额)(?:是|应该是|该是|呢)?)$"
)
_CODE_SAID = re.compile(r"(?:编码|代码|科目)\d{3,7}(?!\d)")
_NAMED_BY_TERMS = {PassageKind.ORGANISATION}
"""Kinds whose cues are terms of the document as well: 内设机构."""
_OF_LAST_YEAR = re.compile("上年|去年|上一年|往年|前一年|同比|年度|年比")
_OF_MONEY_AT_ALL = re.compile(
    "有|安排|列|编|留|拨|预算|钱|费|经费|资金|支出|收入|款|购|买|花|元|万"
)
"""Whether there is something asks for an amount only where it says that it is had or paid."""
_TWO_COMPARED = re.compile(
    "(?:比|跟|和|与|较|同)(?P<other>[^,，]{2,}?)(?:比|相比)?(?:多|少|高|低|贵|便宜)了?(?:多少|几)"
)
_WHICH_ARE = re.compile("是哪[两三四五六七八九]|是指哪|指哪[两三四五几些]")
_FOR_REASONS = re.compile(
    "(?:因为|由于|因)(?!.{0,3}(?:什么|啥|何|哪))[^,，]{1,16}?等?(?:原因|缘故)"
)
"""A reason that is told, and not asked for: 因为人员增加等原因."""
_WHY = re.compile(
    "(?:怎么|咋)(?:就|会|还|反而|反倒|倒|又|都|才)?[^算办走样]{0,12}(?:往[上下]走|走[高低]|少了|多了|[大小高低]了|降|涨|增|减|砍|缩|没变|一样|持平|不变|不多也不少|不动|会差|对不上|没有|空着|是空|没数)|"
    "(?:砍|降|减|涨|增|缩|持平|没变|分[文毫]?(?:都|也)?[不没未][差变动]|一模一样|对不上|差一?[点丁些]|多|少).{0,12}(?:给个说法|图啥|图什么|为的|说法|理由|凭什么|道理|怎么回事|怎么解释|如何解释|解释一下|缘故)"
)
"""A change and a word that asks for its reason."""
_THAT_FIGURE = re.compile("(?<=[那这一半我你他报给说写念对查核问要])个数(?![字目量])")
"""That figure counts nothing."""
_MARK = re.compile(
    "(?:写|打|标|印|画|填|用|放|怎么?是|都是|却是)(?:的|了|着|上)?(?:是)?(?:个|两|几|一)*[^,，。?？]{0,4}?(?:杠|横线|斜线|短线|符号|破折号|—|-)"
)
"""A mark is printed in place of a rate, and its meaning asked for: 增长率写的是两条横杠."""
_CALLED = re.compile(
    "(?:这|那|它|预算上|预算里|术语)[^,，。?？]{0,4}(?:叫(?:什么|啥|做什么|个什么|个啥)|怎么称呼|怎么叫)|"
    "(?:管这|管那|把这)[^,，。?？]{0,6}叫|(?:合起来|统一|统|专门|正式|学名|官方)[^,，。?？]{0,3}(?:叫|称)(?:作|做|为)?(?:什么|啥)"
)
"""What something is called is asked of the terms that a budget explains."""
_SECTION = re.compile(
    "的科(?![研学技普室创目])|有没有[^,，。?？]{0,10}?(?:设|成立|专门的?|单独的?)[^,，。?？]{0,4}?[科处]室?[吗呢?？。]*$|"
    "(?:单独|专门|另外)(?:设|有|成立)了?[^,，。?？]{0,4}?[科处]室?[吗呢?？。]*$"
)
"""A section of the department: 管信息化的科."""
_EITHER = re.compile("(?:是|只).{1,20}(?<!或者)还是.{1,20}")
"""Whether it is the one or the other, which a text tells: 是只看一本账还是都算."""
_QUOTED = re.compile('(?<=[“‘「『"])[^“”‘’「」『』"]{2,}(?=[”’」』"])')
"""Words that are quoted ask for nothing: “最后一公里”."""
_WONDERS = re.compile("怎么(?=我?(?:记得|听说|觉得|感觉|听着|看着))")
"""我怎么记得不止 asks for nothing."""
_NO_PLACE = re.compile(
    "前[几两三]个?(?:[年天周月日回次期轮]|季度)|第[一二三四五]个?(?:[期轮步批次年季层]|阶段|个月)"
)
"""No place in an order: 前几年, 第二期."""
_AT_LEAST = re.compile(
    "最少(?=(?:也)?(?:要|得|应|该|需|须|必须|能|可以|不能|搞|做|办|组织|开展|完成|达到|保证|覆盖|接入))"
)
"""At least so many, and not the least of several: 一年最少要办几场."""
_FREE = re.compile(
    "(?<!最)不(?:要|收|用|花)钱|(?:要不要|收不收|用不用)(?:花|给)?钱|(?:要|收)钱(?=吗|不|是真|$)"
)
"""Whether something is free asks for no amount: 刻章不要钱是真的吗."""
_BUDGET_IS = re.compile("预算是(?=[^,，?？]{0,8}(?:还是|吗|怎么|谁|由|跟|和))")
"""预算是另外编还是一起编 asks for no amount."""
_IS_IT_SO = re.compile("是[^,，?？有]{2,}的吗[?？]?$")
"""Whether it is so, however much money is spoken of: 修路的钱，是局里去筹的吗."""
_GOOD_MANY = re.compile("好几[个家条项种样笔类]?")
"""好几个 counts nothing."""
_FOR_WHAT = re.compile("为什么(?=事|人|项|工作|工程|活动|目)")
"""为什么事 asks for no reason."""
_NAMED_SUM = re.compile(r"(?<=\d)\+(?=\d)")
"""“1+4” is a name and no sum."""
_OF_FIGURES = re.compile("数|钱|额|合计|总|预算|支出|收入|多少|差|金")
"""Without such a word, what does not agree is no amount: 合同和实际做的对不上."""
_THIS_DOCUMENT = re.compile("(?:这|那|该)(?:一)?(?:份|本|个)预算|本预算")
"""The document itself, whose name asks for no amount."""
_CLAUSES = re.compile("[,，、;；?？。]|还有|以及|顺便|另外|然后|同时")
_COUNTS_AS = re.compile(
    "(?:归|算|计|列|放|属于)(?:到|在|入|进)?哪(?:一)?(?:个|项|类)?(?:费|科目|项目支出|名目|术语|名词|里)|"
    "(?<![预决核结概打])算(?!多少|出|下|起来).{0,16}(?:吗|嘛|(?<!什)么)|算不算|属不属于|属于.{0,8}(?:吗|嘛|(?<!什)么)|叫(?!什么|啥).{2,10}(?:吗|嘛|(?<!什)么)|包不包|含不含|"
    "(?<![促推跟改进])(?:进|进入|计入|列入|归入|归进|算进)(?!行|度|展|修|口|出|货|来)[^,，。?？]{2,10}(?:吗|嘛|(?<!什)么)|"
    "(?:包含|包括).{0,8}(?:吗|嘛|(?<!什)么)|(?<![包不内])含.{1,8}(?:吗|嘛|不[?？]*$)|管(?:的是?)?哪些(?:开支|开销|支出|费用|钱)|"
    "(?<!不)在(?:不在)?(?:里面|里头|内)(?:吗|么|嘛|不|没|[?？])|"
    "(?:也|都)?(?:记|列|算|放|归|含)(?:在|进|到|入).{2,14}(?:里|里面|里头|之内|内|中)(?:去|来)?(?:吗|嘛|(?<!什)么|[?？]|$)|"
    "(?:什么|啥|哪)(?:样|种)的?(?:开销|钱|支出|费用|花费|花销|开支)(?:才|就)?(?:叫|算|属于|归|列入|计入)|"
    "(?:也|都)算(?!多少|出|下|起|上).{2,14}$|是(?:不是)?(?:同)?一个(?:东西|概念|意思|回事)|是(?:不是)?(?:一回事|一码事)"
)
"""Whether something is a part of what a term means."""
_SEVERAL = re.compile(
    "(?:有关|相关|沾边)的?项目[?？。]*$|两个说法|两种说法|前后矛盾|自相矛盾|区别|差别|不一样|不同|区分|差在哪|差在什么|有啥两样|有什么两样|一回事|两码事|一码事|两回事|怎么分|哪些|哪几|哪两|哪三|都有(?:什么|谁|啥)|分别|各是|各自|几样|几块|几种|有什么项目|列出|列一下"
)
_OPENERS = re.compile("说说|讲讲|介绍|描述")
_OPENS = re.compile(
    "^(?:请)?(?:给我)?(?:说说|讲讲|聊聊|介绍|谈谈|说一?下|讲一?下|说一说|讲一讲)(?:一下|下)?|"
    "(?:说说|讲讲|说一?下|讲一?下|说一说|讲一讲)(?:看|吧)?[?？。]*$|"
    "(?:说说|讲讲|说一?下|讲一?下)(?:看)?(?=(?:预算|花费|花销|开销|金额|费用|开支|多少钱)[?？。]*$)"
)
"""How a question begins that asks for nothing by that: 说说培训费."""
_LAST_CLAUSE = re.compile("[,，。;；?？!！](?P<clause>[^,，。;；?？!！]+)[?？。!！]*$")
_WHICH_PROJECT = re.compile("哪(?:一)?(?:笔|项|个|块)(?:钱|经费|资金|专项|项目|预算)")
_TOGETHER_DONE = re.compile(
    "(?:放|摆|凑|合|连|结合)?在?一起(?=[^,，。多少]{0,2}(?:分析|研究|办|处理|管|审|受理|比对|展示|看))"
)
"""What is done together adds up nothing: 把工单和信访件放在一起分析."""
_THOSE_FEW = re.compile(f"(?<=[那这给对把为])几[{COUNTERS}笔类条]")
"""Those few count nothing: 那几家下属单位, 给几个系统做测评."""
_ASKS_AT_ALL = re.compile("多少|几|什么|啥|哪|怎|谁|吗|么|呢|吧|何|咋|是否|不是|没有|预算|钱|费")
_BOTH_ASKED = re.compile(
    "(?:金额|预算|多少钱|费用|数额|花销|花费|开销)(?:和|跟|与|、|及|以及)(?:目的|用途|目标|作用|内容|用处)|"
    "(?:目的|用途|目标|作用|内容|用处)(?:和|跟|与|、|及|以及)(?:金额|预算|多少钱|费用|数额|花销|花费|开销)|"
    "(?:几钱|多少钱?|几何|[什啥]么?价钱?)(?:又|还|跟|和)?(?:是|都|用来|拿来|来|有)?"
    "(?:[干做图办搞](?:点|些|个)?(?:啥|什么|嘛|吗)|(?:什么|啥|何)用|为了?(?:啥|什么|何))"
)
"""An amount and what it is for in one breath: 金额跟目的都讲一下."""
_TOLD_BOTH = re.compile(
    "(?:预算|经费|金额|钱数|花销|费用|多少钱|说钱)[^,，。?？]{0,4}(?:[,，、和跟与及再又还]|以及|先说|跟着)[^,，。?？]{0,12}?"
    "(?<!绩效)(?:目的|用途|目标|用意|作用|用处|任务|实现(?:什么|啥)|(?:干|做)(?:什么|啥|嘛))|"
    "(?:目的|用途|目标|用意|作用|用处)[^,，。?？]{0,4}(?:[,，、和跟与及再又还]|以及)[^,，。?？]{0,8}?(?:预算|金额|钱数|花销|费用|多少钱)"
)
"""The same told in nouns: 预算、目的，两样都要."""
_FIGURE_WANTED = re.compile("(?:报|给|说|写)(?:个|一个|一下)数(?![字目量据])|给多点儿|给多少")
_CLAIMED = re.compile(f"[^?？]*?(?:{CHECKED})[,，?？]*")
"""What is held up for being checked, as the plain question has it."""
_ABILITY = re.compile(
    "(?:能|可以|能够|会|可不可以|能不能)[^,，。?？钱费元]{2,14}(?:吗|么|嘛|不)?[?？]*$"
)
"""Whether something can be done asks for no amount: 能群发短信吗."""
_A_NOT_A = re.compile(
    "(?P<verb>[\u4e00-\u9fff])[不没](?P=verb)(?!多|少|是|对)(?<!是不是)(?<!对不对)(?<!有不有)(?<!有没有)"
)
"""So does whether something is done: 打官司帮不帮忙."""
_HALF = 0.5


_AMOUNT_TOLD = Patterns(_CODE_SAID, _BOTH_ASKED, _TOLD_BOTH)
_WHETHER = Patterns(_ABILITY, _A_NOT_A)
_OF_UNITS = frozenset("亿万元块")
"""One stands in each way of asking for a unit."""


def _blank(found: re.Match[str]) -> str:
    return "#" * len(found.group(0))


def _blanked(text: str, span: Span) -> str:
    return f"{text[: span.start]}{'#' * (span.end - span.start)}{text[span.end :]}"


_ASKED_PLAINLY = Rewording(
    (_AT_LEAST, "至少"),
    (_HOW_MANY_MILLIONS, "多少"),
    (re.compile("哪几"), "哪些"),
    (re.compile("几个钱"), "多少钱"),
    (_THIS_DOCUMENT, _blank),
    (_THAT_FIGURE, _blank),
    (_GOOD_MANY, _blank),
    (re.compile("数据"), _blank),
    (re.compile("怎么个数"), "多少##"),
    (re.compile("咋个数"), "多少#"),
    (_TOGETHER_DONE, _blank),
    (_WONDERS, _blank),
)
_ASKING_NOTHING = Rewording(
    (_FOR_REASONS, _blank),
    (_NO_PLACE, _blank),
    (_FREE, _blank),
    (_BUDGET_IS, "##是"),
    (_QUOTED, _blank),
    (_FOR_WHAT, "为了##"),
    (_NAMED_SUM, "#"),
)


@dataclass(frozen=True, slots=True)
class Cues:
    """What the wording asks for; masks are the characters that say so."""

    operation: Operation
    measure: FactMeasure
    measure_mask: int
    unit: str | None
    passage_kinds: tuple[PassageKind, ...]
    numeric: float
    descriptive: float
    existence: bool
    amount_asked: bool
    """Whether a question word asks for an amount: 多少, 几何."""
    counts: bool
    """Whether it asks how many, not how much."""
    counter: str | None
    """The measure word that it counts with, as 辆."""
    counted: str
    """The characters after the measure word, which begin with what is counted."""
    several: bool
    """Whether several things are asked for: 哪些, 分别."""
    which: str
    """The sort of thing of which one is asked for, as 律所 in 哪家律所; empty for none."""
    told_as_well: bool
    """Whether one clause asks for an amount and another for a description."""
    item: str | None
    """The number of the clause that is asked for, as （四）."""
    needs: tuple[str, ...]
    """Patterns of what an answer must hold."""
    wording_mask: int
    """The characters that say what is asked, not about what."""


def read_cues(weighed: Weighed, vocabulary: Vocabulary) -> Cues:
    """The cues of the question, those inside labels left aside."""
    text = _without_amounts_told(_ASKED_PLAINLY.of(weighed.asked), weighed.spoken)
    for some in _SOME_OF.finditer(weighed.spoken) if "几" in weighed.spoken else ():
        text = text.replace(weighed.spoken[some.start() :][:2], "##", 1)
    text = _ASKING_NOTHING.of(_without_those_few(text))
    degree = degree_asked(weighed.spoken, cue_words(vocabulary.measures[FactMeasure.RATE]))
    text = text if degree is None else _blanked(text, plain_span(weighed.spoken, degree, "asked"))
    if not _OF_FIGURES.search(text):
        text = text.replace("对不上", "###")
    measure, mask = measure_of(_unclaimed(text), _at_last(text, weighed.spoken), vocabulary)
    asked = operation_of(text, vocabulary)
    if asked is Operation.LOOKUP and WHICH_OF_BOTH.search(text) and "、" in weighed.spoken:
        asked = Operation.COMPARE
    two = len(weighed.exact) > 1 or _TWO_COMPARED.search(text) is not None
    if asked is Operation.COMPARE and two and not _OF_LAST_YEAR.search(text):
        measure, mask = FactMeasure.AMOUNT, 0
    marked = measure is not FactMeasure.AMOUNT and _MARK.search(weighed.spoken) is not None
    plainly = measure is not FactMeasure.AMOUNT or _item(text) is not None
    plainly = plainly or _CALLED.search(text) is not None
    if asked in (Operation.SHARE, Operation.RATIO) and measure is FactMeasure.PRIOR:
        plainly = False
    operation = Operation.LOOKUP if plainly else asked
    if marked:
        measure, mask = FactMeasure.AMOUNT, 0
    which_project = _WHICH_PROJECT.search(text) is not None
    kinds = _kinds(text, weighed, vocabulary, which_project=which_project, marked=marked)
    kinds = kinds if degree is None else tuple(dict.fromkeys((PassageKind.GOAL, *kinds)))
    how_many = HOW_MANY.search(text)
    people = HOW_MANY_PEOPLE.search(text)
    opened = says(text, vocabulary.open_cues) or _WHICH_ARE.search(text) is not None
    opened = opened or _EITHER.search(text) is not None
    told = _SAID.search(text) is not None and not opened
    asked_amount = AMOUNT_ASKED.search(text) is not None and people is None
    part = not asked_amount and PassageKind.GLOSSARY in kinds
    part = part and _COUNTS_AS.search(text) is not None
    amount = (says(text, vocabulary.amount_cues) or told) and not part
    amount = amount or _AMOUNT_TOLD.search(text) is not None
    amount = amount or _FIGURE_WANTED.search(weighed.spoken) is not None
    existence = says(text, vocabulary.existence_cues)
    opened = opened and not _only_opens(text, vocabulary)
    if not kinds and not opened and _ENDS_IN_AMOUNT.search(_OPENS.sub("", weighed.text)):
        amount = True
    so = _IS_IT_SO.search(text) is not None and not amount
    so = so or (not amount and _WHETHER.search(text) is not None)
    opened = opened or so
    existence = existence and not (so and _ABILITY.search(text))
    if existence and not kinds and not so and says(text, vocabulary.money_words):
        amount = True
    unit = _unit_asked(text)
    amount = amount or unit is not None
    of_money = existence and not so and _OF_MONEY_AT_ALL.search(text) is not None
    numeric = 1.0 if amount or how_many or measure is not FactMeasure.AMOUNT else 0.0
    if operation not in (Operation.LOOKUP, Operation.LIST):
        numeric = 1.0
    if part:
        numeric, existence = 0.0, False
    return Cues(
        operation=operation,
        measure=measure,
        measure_mask=mask,
        unit=unit,
        passage_kinds=kinds,
        numeric=max(numeric, _HALF if of_money else 0.0),
        descriptive=1.0 if kinds else (_HALF if opened else 0.0),
        existence=existence,
        amount_asked=asked_amount,
        counts=how_many is not None or people is not None,
        counter=how_many["counter"] if how_many else None,
        counted=counted(weighed),
        several=_SEVERAL.search(weighed.own) is not None,
        which=which_of(weighed, vocabulary),
        told_as_well=_told_as_well(weighed.spoken, vocabulary),
        item=_item(text),
        needs=() if which_project else needs_of(weighed, vocabulary, of_degree=degree is not None),
        wording_mask=_wording_mask(text, vocabulary),
    )


def _unit_asked(text: str) -> str | None:
    """The unit that the amount is to be told in; each is one of 元."""
    if _OF_UNITS.isdisjoint(text):
        return None
    return next((unit for unit, pattern in _UNIT_ASKED if pattern.search(text)), None)


def _only_opens(text: str, vocabulary: Vocabulary) -> bool:
    """Whether an opener alone asks, and for an amount: 说说数据交易区的钱."""
    bare = _OPENS.sub("", text)
    ends = bare != text and _ENDS_IN_AMOUNT.search(bare) is not None
    return ends and not says(bare, vocabulary.open_cues)


def _without_those_few(text: str) -> str:
    """The text without 几 that counts nothing, where it asks for something beside it."""
    rest = _THOSE_FEW.sub(_blank, text)
    return rest if _ASKS_AT_ALL.search(rest) else text


def _kinds(
    text: str,
    weighed: Weighed,
    vocabulary: Vocabulary,
    *,
    which_project: bool,
    marked: bool,
) -> tuple[PassageKind, ...]:
    """The kinds of passage that the wording asks for, in no order.

    `marked` says that a printed mark is to be explained.
    """
    cued = vocabulary.kinds_said.said_in(text) - _NAMED_BY_TERMS
    cues_of = vocabulary.description_cues
    told = weighed.text.replace("科目", "")  # 哪个科目 asks for no section
    cued |= {kind for kind in _NAMED_BY_TERMS if says(told, cues_of.get(kind, ()))}
    kinds = [kind for kind in vocabulary.description_cues if kind in cued]
    amount = AMOUNT_ASKED.search(text) is not None
    if marked:
        kinds = []
    if marked or (_WHY.search(text) and not amount):
        kinds += [PassageKind.EXPLANATION, PassageKind.NOTE]
    if _SECTION.search(text):
        kinds.append(PassageKind.ORGANISATION)
    if _CALLED.search(text) or (_COUNTS_AS.search(text) and not amount):
        kinds.append(PassageKind.GLOSSARY)
    found = tuple(dict.fromkeys(kinds))
    return _of_projects(found, text) if which_project else found


def _of_projects(kinds: tuple[PassageKind, ...], text: str) -> tuple[PassageKind, ...]:
    """The kinds of passage where one project is asked for: its goal, no term and no duty."""
    of_none = (PassageKind.GLOSSARY, PassageKind.DUTY)
    others = tuple(kind for kind in kinds if kind not in of_none)
    if AMOUNT_ASKED.search(text):
        return others
    return tuple(dict.fromkeys((PassageKind.GOAL, *others)))


def _without_amounts_told(text: str, spoken: str) -> str:
    """The text without amounts that only tell what a project is about, where it asks which one.

    收多少学费要先算清楚，是哪笔钱干这个的 asks for no amount. `spoken` is the text with its
    punctuation.
    """
    last = _LAST_CLAUSE.search(spoken)
    if last is None or not _WHICH_PROJECT.search(last["clause"]):
        return text
    start = plain_span(spoken, last, "clause").start
    if AMOUNT_ASKED.search(text, start):
        return text
    return AMOUNT_ASKED.sub(_blank, text[:start]) + text[start:]


def _at_last(text: str, spoken: str) -> str:
    """The last clause of the text; empty where it is the only one."""
    last = _LAST_CLAUSE.search(spoken)
    return "" if last is None else text[plain_span(spoken, last, "clause").start :]


def _unclaimed(text: str) -> str:
    """The text without what it holds up for being checked, where it then asks for the amount.

    三公涨了1万对吧？现在到底是多少 asks for no change.
    """
    claim = _CLAIMED.search(text) if CHECKED_CHARACTER.search(text) else None
    if claim is None or not asks_for_now(text, claim.end()):
        return text
    return "#" * claim.end() + text[claim.end() :]


_QUANTITY = re.compile(rf"多[大长高重]|(?:几|多少)[{COUNTERS}平]")
"""Asks for a quantity of a kind."""


def _told_as_well(text: str, vocabulary: Vocabulary) -> bool:
    """Openers before an amount is asked for, 说说 or 介绍一下, ask for nothing by themselves."""
    if _BOTH_ASKED.search(text) or _TOLD_BOTH.search(text):
        return True
    if len(set(_QUANTITY.findall(text))) > 1:  # 房子多大、车有几辆
        return True
    pieces = [piece for piece in _CLAUSES.split(text) if piece]
    if len(pieces) == 1:
        return False
    amounts = [AMOUNT_ASKED.search(piece) is not None for piece in pieces]
    first = amounts.index(True) if True in amounts else 0
    pieces[:first] = [_OPENERS.sub("", piece) for piece in pieces[:first]]
    told = [
        not amount and says(piece, vocabulary.told)
        for piece, amount in zip(pieces, amounts, strict=True)
    ]
    return any(amounts) and any(told)


def _item(text: str) -> str | None:
    """第四条 and 第4条 both ask for the clause （四）."""
    found = _ITEM.search(text)
    if found is None:
        return None
    return f"（{write_numeral(read_numeral(found['number']))}）"


def _wording_mask(text: str, vocabulary: Vocabulary) -> int:
    found = HOW_MANY.search(text)
    mask = Span(found.start(), found.end("counter")).mask if found else 0
    for said in _SAID.finditer(text):
        mask |= Span(*said.span()).mask
    for both in _BOTH_ASKED.finditer(text):
        mask |= Span(*both.span()).mask
    return mask | vocabulary.wording.mask(text)
