"""The operands of a share, a comparison or a sum, each a question of its own.

Terms of the document are kept whole: the 和 of 商品和服务支出 parts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.labels import plain
from index.units import read_numeral
from qa_service.types import Operation
from qa_service.understand.weighed import Span

_SHARE = re.compile(
    r"^(?P<part>.+?)(?:占到|占了|占据|占掉|占去(?!年)|占用了|占|在)(?P<whole>.*?)"
    r"(?:里面|里|中|当中|之中)?(?:的)?"
    r"(?:占比|比例|比重|份额|百分比|百分之几|百分之多少|百分点|多少|几成|多大|几分之几|%)"
)
_SHARE_IN = re.compile(
    r"^(?P<part>[^,，]+?)在(?P<whole>[^,，]+?)(?:里面|里|中|当中|之中)[,，]?(?:的|所)?"
    r"(?:占比|占的?比例|占的?比重|占的?份额|比例|比重|份额|百分比|占百分之|占多少|占几成|占多大)"
)
_SHARE_WITHIN = re.compile(
    r"^(?P<whole>[^占]+?)(?:里面|里头|里(?![头面])|中|当中|之中|之内)[,，]?(?!.{0,2}(?:多大|多少|几成))(?P<part>.+?)"
    r"(?:(?:占了|占到|占)(?!(?!多大|多少|几|百分|比例|比重|的|总|其|全|合计)[^,，?？]{2,}?的?"
    r"(?:几成|百分之|比例|比重|多大|几分之几))|的占比|的比例|的比重|比例|比重|占比)"
    r"(?:百分之几|百分之多少|多少|几成|比例|多大|几分之几)?"
)
_SHARE_OF_PART = re.compile(
    r"^(?P<whole>[^,，]+?(?:里面|里头|里|中|当中)的[^,，]{2,})[,，](?P<part>[^,，占]{2,}?)"
    r"(?:大约|大概|约|一共|总共|能|要)?占(?:了|到)?"
)
"""项目支出里的资本性支出，软件购置占多少: of what is named last."""
_SHARE_USED = re.compile(
    r"^(?P<whole>.+?)(?:(?:当中|里面|中|里)有?|有|[,，]|(?=百分之))(?:多大|多少|几成|百分之几|百分之多少)(?:的)?(?:比例|比重)?"
    r"(?:是)?(?:是|为|用在|花在|用于|投向|给了|属于|来自于?|出自|源自|靠的?是?|取自)(?P<part>.+?)(?:上面|身上|方面|上)?(?:的)?(?:[?。,，].*)?$"
)
_SHARE_BESIDE = re.compile(
    r"^(?P<part>.+?)(?:拿去|拿来)?(?:跟|和|与|同|对)(?P<whole>.+?)(?:一比|比一比|比一下|比起来|比较一下|比较|相比)[,，]?"
    r"(?:它|前者|能|要|得)?(?:的)?(?:占比|占了?|比例|比重)(?:是|为)?(?:多少|多大|几成|百分之几|百分之多少|几分之几)"
)
"""Two amounts held together, and the share of the first: 政府采购跟总支出一比，占比多少."""
_SHARE_TAKEN = re.compile(
    r"^(?P<part>.+?)(?:吃掉|吃去|用掉|用去|花掉|花去|拿走|拿去|分走|吞掉|吞下|耗掉|耗去|切走)了?(?P<whole>.+?)(?:的|里|中)?"
    r"(?:多大|多少|几成|百分之几|百分之多少|几分之几)"
)
"""租金吃掉了项目支出多大比例."""
_SHARE_OF_TOPIC = re.compile(
    r"^(?P<whole>[^,，]{2,}?)[,，](?P<part>[^,，占]{2,}?)(?:一家|一项|一个|一块|一个科目|一类|一款)?(?:就|便)?(?:大约|大概|约|一共|总共|能|要)?"
    r"(?:占(?:了|到|掉|去)?(?:多大|多少|几成|几个百分点|多少个百分点|百分之几|百分之多少|几分之几|比例|比重)|的?(?:占比|比例|比重))"
)
"""局里今年的支出，项目支出占多大比例."""
_SHARE_BY_TOPIC = re.compile(
    r"^(?P<whole>[^,，]{2,}?)[,，](?:光是?|单是?|仅)?(?P<part>[^,，占]{2,}?)(?:一家|一项|一个|一块)?(?:就|便)?"
    r"(?:用掉|用去|花掉|花去|拿走|拿去|分走|吃掉|吃去|耗掉)(?:了|到)?(?:多大|多少|几成|百分之几|百分之多少|几分之几|比例|比重)"
)
"""科技局的基本支出，研究院一家就用掉多少."""
_IS_SHARE_OF = re.compile(
    r"^(?P<part>.+?)[,，]?(?:是|相当于|等于|为|抵得?上?)(?P<whole>.+?)的?"
    r"(?:百分之几|百分之多少|几成|几分之几|(?:多大|多少)(?:的)?(?:比例|份额))"
)
_SHARE_ALONE = re.compile(
    r"^(?P<part>[^,，占]{2,}?)(?P<whole>)的?(?:占比|比重)(?:是|为|有)?(?:多少|多大|几成|百分之几)?[呢啊呀]?[?？。]*$"
)
"""项目支出占比."""
_WHOLE_ALONE = re.compile("^(?:今年)?在.+(?:里面|里头|里|中|当中)[,，]?$")
"""What names the whole of a share is no part of it: 在住房保障支出里占多少."""
_RATIO = re.compile(
    r"^(?P<one>.+?)(?:大约|大概|差不多)?(?:是|相当于|等于|为|抵得上|抵)(?P<other>.+?)的?"
    r"(?:几倍|多少倍|几多倍|倍数)"
)
_RATIO_PLAIN = re.compile(
    r"^(?P<one>.+?)(?:和|与|跟|同|比)(?P<other>.+?)(?:的)?(?:比值|倍数|之比|差几倍|相差几倍|差多少倍)"
)
_COMPARED = re.compile(
    r"^(?P<one>.+?)(?:是不是|是否|会不会|有没有|真的)?(?:[,，]?(?:对比|比对|比起|相比于?)|和|与|跟|同|比起|相比|对比|比|、|还是|减去|减掉|减|扣除|扣掉|较)(?P<other>.+?)"
    r"(?:相比|比较|比一比|比|之间|之差|的差额|差额|相差|差多少|差了|差|对不上|谁|哪个|哪一个|哪项|哪边|"
    r"多多少|少多少|高多少|低多少|多出|高出|多花|少花|少了|多了|贵|便宜|"
    r"[多少高低](?![\u4e00-\u9fff])|[多少高低大小贵](?=[多少几一些点百得吗么嘛吧不呢])|还剩|剩|等于|是多少|,|，|$)"
)
_THAN = re.compile(
    r"^(?P<one>.{2,}?)[,，]?(?:要|得|会)?(?<![相对占评])比(?![例重较值率赛选对起])(?P<other>[^,，]{2,}?)(?:要|还|能|会)?"
    r"(?:多|少|高|低|贵|便宜|大|小)(?:出|花|用|安排)?(?:了|来)?(?:多少|几)"
)
"""甲和乙那个项目，比丙多多少: the 和 of a name parts nothing."""
_MORE_OR = re.compile(
    r"^(?P<one>.+?)(?:花得|用得|的)?(?:多|高|贵|大)(?:一?些|一?点)?还是(?P<other>[^,，]{2,14}?)(?:花得|用得|的)?"
    r"(?:多|高|贵|大)(?:一?些|一?点)?[呢啊呀?？。]*$"
)
_NOTHING_BUT = re.compile(
    r"^(?P<one>.+?)(?:不就是|岂不是|是不是就是|是不是等于|等于|就是)(?P<other>.+?)(?:吗|嘛|么|吧|呗)?[,，?？].{0,6}差"
)
"""机关运行经费不就是基本支出嘛，两个数差多少."""
_SUM_COMPARED = re.compile(
    r"^(?P<one>.+?(?:相加|加起来|之和|加在一起|合起来|加总)|.+?(?<![增更外参再])加上?[^,，]+(?=[,，]))(?:以后|之后|后|的和|的结果|的总数|得数)?[,，]?"
    r"(?:是不是|是否|会不会)?(?:和|与|跟|同|比|等于|等同于|离|距离?)(?P<other>.+?)(?:还|仍|只|就|又|要|会|都)*(?:吗|么|嘛|不|相差|差多少|差了|差|多多少|少多少|多出|高出|多|少|对得上)"
)
_BESIDE = re.compile(
    r"\s*(?:、|[,，]?(?:再加上|加上|再加|外加|连同|外带)|,|，|\+|以及|还有|(?<![之总])和|与|跟|同|及|(?<!相)加(?![起总在到一上油班固强工快装深]))\s*"
)
ADDED_TO = re.compile("再?加上|再加|外加|连同|外带")
"""What adds one thing to another: 甲的房租加上乙的房租."""
_APART = re.compile(r"\s*(?:、|[,，]?(?:再加上|加上|再加|外加)|[,，]|\+)+\s*")
"""What parts things in which 和 parts nothing: 租办公和大厅用房，再加办税场地，两笔房租."""
_NUMBER_OF = (
    r"这?(?:[两二三四五六七八九十\d]|几)(?:大?项|大类|大块|项|个|笔|样|块|者|类|部分|种|家|处)"
)
_NUMBER_TOLD = re.compile(
    r"[,，]?(?:光是?|就|单|只|日常|平时|平常|全年|今年|一年|它们|他们)?[这那]?(?P<number>[两二三四五六七八九]|\d)(?:大?项|个|笔|样|块|种)(?:项目|科目|费用|支出|经费|钱)?(?!里|中|都?[^,，]{0,4}的)"
)
_CLAUSE_END = re.compile("[,，]")
_COUNT_OF = rf"(?:{_NUMBER_OF})?"
_COUNTED = re.compile(
    rf"[,，]?(?:光是?|就|单|只|日常|平时|平常|全年|今年|一年|它们|他们)?{_NUMBER_OF}"
)
_COUNTED_BEHIND = re.compile(rf"{_NUMBER_OF}(?:项目|科目|费用|支出|经费|服务|系统)?[,，]?$")
_WITHIN_AFTER = re.compile(
    r"(?:项目|科目|费用|支出|经费|服务|系统)?[,，]?(?:在|于)?"
    r"(?P<within>(?!的?(?:项目|科目|费用|支出|经费|服务|系统|预算|钱)?(?:[一总合共]共|合计|总计|加起来))[^,，、]+?)(?:里面|里头|里|中|当中|上|(?=[一总合共]共|合计|总计|加起来))"
)
_SAID_AGAIN = re.compile(r"[(（](?P<list>[^()（）]{2,}?(?:、|和|与)[^()（）]{2,}?)[)）]")
"""A list said over again in other words: 开会、培训（会议费、培训费）."""
_TWO = 2
_ADDED = re.compile(
    rf"[,，]?(?:的)?{_COUNT_OF}(?:的)?(?:预算|支出|金额|费用|钱)?"
    r"(?:=|分别|各自|各(?=[是占有花用要多安列拨给得几])|求和|合并|请?帮我加|加一下|加一加|加在一块儿?|加起来|加起|加在一起|加一块儿|凑一起|总额|总数|加到一起|加一块|加总|合起来|合在一起|合一块|合计|总计|总共|一共|共计|共|相加|之和|"
    r"的总和|总和|平均|均摊|哪个|哪一个|哪项|谁|排|按|从高到低|从大到小|从低到高|从小到大|"
    r"(?:一年|全年|每年)?(?:下来)?的?总的?(?![局署务体部站])[^,，总]{1,3}?(?:是|为|要|得|有|需要?)?(?:多少|几))"
)
"""What adds up a list, or tells of each or of the largest of it: 总租金是多少, 一共, 分别."""
_WITHIN = re.compile(
    r"^(?P<within>.+?(?:里面|里头|里|中|当中|的|下面的?|底下的?|项下的?))(?P<rest>.+)$"
)
ENDS = ("费", "支出")
"""What a name in a list may leave off: 水、电、物业管理费."""
_SHARED_TAIL = re.compile(
    r"^[,，]?(?:光是?|就|单|只)?[这那]?(?:[两二三四五六]|\d)(?:类|项|个|块|笔|家|款|种|样|处)(?:科目|单位|部门|支出)?"
    r"(?:的(?P<tail>[^,，的]{2,}?)|(?P<rent>租金|房租|租赁经费|租赁费)|(?P<end>(?!总共|一共|合计|总计|项目|支出|费用|预算|经费|资金|科目|服务|系统|单位|钱|开支)[\u4e00-\u9fff]{2,6}?))"
    r"(?=[,，]|都?(?:相加|加起来|加在一起|加总|合起来|合计|总计|总数|总额|总共|一共|共|之和|总和|分别|各|平均|多少|是|有))"
)
"""A column that is said once of all: 甲和乙两类的项目支出."""
_SAID_OF_ALL = re.compile(
    "(?:这些|它们)?(?:的)?(?:房租|租金|租赁费|运维费|费用|经费|预算|钱|开支|开销)"
)
"""What is said once more of all: 甲的租赁经费，再加上乙的，房租一共多少."""
_MONEY_OF = re.compile("(?<=[^,，]{2})的(?:[这那]一?笔)?(?:钱|花费|花销|开销|款子)$")
"""What each of a list is called, which is no name below it: 租终端的钱."""
_PLACE_NAMED = re.compile("(?:里面|里头|里|中|当中|上|表)$")
_QUALIFIED = re.compile(r"^(?P<within>.+(?:里面|里头|里|中|当中|的)[,，]?).+$")
_OF_A_WORD = re.compile("中(?=心|学|小|央)")
_PLACE = 0xE000
_WEAK = set("和与跟同、")
"""What parts two amounts may stand in the name of one as well."""
_MOST_OPERANDS, _MOST_SPLITS = 6, 3


@dataclass(frozen=True, slots=True)
class Halves:
    """Two parts of a question; `whole` None where a share is of the table's own total."""

    one: str
    other: str | None


class Shield:
    """A text whose terms the patterns here cannot part, nor 中心 where they look for 中."""

    def __init__(self, text: str, terms: Iterable[Span]) -> None:
        places = [i for i, char in enumerate(text) if plain(char)]
        hidden = {
            places[i]
            for span in terms
            for i in range(span.start, span.end)
            if span.end <= len(places)
        }
        hidden |= {found.start() for found in _OF_A_WORD.finditer(text)}
        self._text = text
        self.text = "".join(chr(_PLACE + i) if i in hidden else char for i, char in enumerate(text))

    def hide(self, places: Iterable[int]) -> None:
        """Keeps what stands in the places from parting anything."""
        hidden = set(places)
        self.text = "".join(
            chr(_PLACE + i) if i in hidden else char for i, char in enumerate(self.text)
        )

    def open(self, text: str) -> str:
        """The piece with its terms as they were."""
        last = _PLACE + len(self._text)
        return "".join(self._text[ord(c) - _PLACE] if _PLACE <= ord(c) < last else c for c in text)


def halves(text: str, terms: Iterable[Span], operation: Operation) -> Iterator[Halves]:
    """The halves that the wording puts side by side, parted at each word that may part them.

    Of 网络和设备运维和窗口外包相差多少 the second 和 parts two names, not the first.
    """
    shield = Shield(text, terms)
    for _ in range(_MOST_SPLITS):
        found = _halves(shield, operation)
        if found is None:
            return
        yield found[0]
        if not found[1]:
            return
        shield.hide(found[1])


def _halves(shield: Shield, operation: Operation) -> tuple[Halves, range] | None:
    """The first halves, and the places of what parts them where it may be a part of a name."""
    match operation:
        case Operation.SHARE:
            names = ("part", "whole")
            patterns: tuple[re.Pattern[str], ...] = (
                _SHARE_BY_TOPIC,
                _SHARE_BESIDE,
                _SHARE_TAKEN,
                _SHARE_USED,
                _SHARE_IN,
                _SHARE_OF_PART,
                _SHARE_WITHIN,
                _IS_SHARE_OF,
                _SHARE_OF_TOPIC,
                _SHARE,
                _SHARE_ALONE,
            )
        case Operation.RATIO:
            names, patterns = ("one", "other"), (_RATIO, _RATIO_PLAIN)
        case _:
            names, patterns = (
                ("one", "other"),
                (_SUM_COMPARED, _MORE_OR, _THAN, _NOTHING_BUT, _COMPARED),
            )
    for pattern in patterns:
        found = pattern.search(shield.text)
        if found and len(found[names[0]]) > 1:
            one, other = (shield.open(_COUNTED_BEHIND.sub("", found[n])) for n in names)
            if operation is Operation.SHARE and _WHOLE_ALONE.match(one):
                continue
            joint = range(found.end(names[0]), found.start(names[1]))
            weak = pattern is _COMPARED and shield.text[joint.start : joint.stop] in _WEAK
            return Halves(one, other or None), joint if weak else range(0)
    return None


def qualifier(text: str) -> str:
    """What the text says before its last 里, 中 or 的, which may hold for what follows as well."""
    shield = Shield(text, ())
    found = _QUALIFIED.match(shield.text)
    return shield.open(found["within"]) if found else ""


def listed(text: str, terms: Iterable[Span]) -> tuple[tuple[str, ...], ...]:
    """The amounts that the wording lists, each in the ways in which it may be meant.

    A qualifier before the first or behind the last may hold for all: 基本支出里的水费和电费.
    Empty where it lists fewer than two.
    """
    shield = Shield(text, terms)
    again = _SAID_AGAIN.search(shield.text)
    bare = shield.text if again is None else _SAID_AGAIN.sub("", shield.text, count=1)
    end = _end(bare)
    pieces = [_COUNTED_BEHIND.sub("", p) for p in _BESIDE.split(bare[:end]) if p]
    pieces = [_MONEY_OF.sub("", p) for p in pieces]
    about = pieces.pop(0) if len(pieces) > 1 and _PLACE_NAMED.search(pieces[0]) else ""
    if not about and len(pieces) > _TWO and _PLACE_NAMED.search(pieces[-1]):
        about = pieces.pop()
    again_said = ""
    if len(pieces) > _TWO and _SAID_OF_ALL.fullmatch(pieces[-1]):
        again_said = pieces.pop()
    told = _NUMBER_TOLD.match(bare, end)
    if (
        told
        and read_numeral(told["number"]) == len(pieces) - 1
        and _CLAUSE_END.match(bare, len(pieces[0]))
    ):
        about += pieces.pop(0)
    number = read_numeral(told["number"]) if told else len(pieces)
    if number < len(pieces) and not about:
        pieces = [p for p in _APART.split(bare[:end]) if p]
    if not 1 < len(pieces) <= _MOST_OPERANDS or number != len(pieces):
        return ()
    within = _WITHIN.match(pieces[0])
    shared = _SHARED_TAIL.match(bare[end:])
    behind = None if shared else _WITHIN_AFTER.match(_COUNTED.sub("", bare[end:], count=1))
    tail = ""
    if shared:
        tail = shared["end"] or f"的{shared['tail'] or shared['rent']}"
    first = within["rest"] if within else pieces[0]
    before = within["within"] if within else (f"{behind['within']}的" if behind else "")
    before = shield.open(about + before)
    named = _BESIDE.split(again["list"]) if again else []
    names = named if len(named) == len(pieces) else [first, *pieces[1:]]
    opened = [shield.open(piece) for piece in names]
    ends: tuple[str, ...] = ("", *ENDS)
    if again_said:
        ends = ("", f"的{again_said}")
    if shared:
        ends = (shield.open(tail), *([""] if shared["rent"] or shared["end"] else []))
    return tuple(
        tuple(dict.fromkeys(start + o + end for end in ends for start in (before, "")))
        for o in opened
    )


def _end(text: str) -> int:
    """Where a list ends: before the number of its items or the word that adds them up."""
    for told in _NUMBER_TOLD.finditer(text):
        before = [piece for piece in _BESIDE.split(text[: told.start()]) if piece]
        if told.start() and 1 < len(before) == read_numeral(told["number"]):
            return told.start()
    joints = (found.end() for found in _BESIDE.finditer(text))
    last = max((end for end in joints if not _ADDED.match(text, end)), default=0)
    counted, added = _COUNTED.search(text, last), _ADDED.search(text, last)
    ends = [found.start() for found in (counted, added) if found]
    return min(ends, default=len(text))
