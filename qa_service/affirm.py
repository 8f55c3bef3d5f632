"""Yes or no, where the passage that answers settles it; a wrong one is worse than none.

A yes needs a clause that holds all that the question asserts, said of the same doer or the
same term; a no needs one that denies it in so many words. Questions that deny, restrict or
compare are answered by the passage alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.records import PassageKind
from qa_service.passage_index import PassageEntry
from qa_service.types import Verdict
from qa_service.understand.entries import make_form
from qa_service.understand.weighed import GENERIC, Weighed, plain_span
from qa_service.words import COUNTERS, words

_ASKS = re.compile(
    r"(?:吗|么|没有)[?？。!！]*$|是不是|有没有|能不能|可不可以|是否|归不归|管不管|算不算|"
    r"属不属于|包不包括|含不含"
)
_QUESTION_WORDS = re.compile(r"什么|怎么|多少|哪|谁|为何|(?<![那这])几|如何|或者|还是")
_GUARDED = re.compile(
    r"不(?!是|归|管|算|属|包|含|能|可)|没(?!有)|未|非|别|除|只|仅|光|都|全部|各自|单独|自己|还是|"
    r"免费|收费|比|更|最|以上|以下|超过|已经|过吗|了吗|现在|还|才|必须|一定|一直|永远"
)
"""Words with which a clause that holds all the rest may still not say what is asked."""
_NUMBER_OF = re.compile(r"[\d一二两三四五六七八九十百]+(?:个|家|条|项|类|种)")
"""A number of things, which is settled only where it is printed."""
_EITHER = re.compile(r"(是|归|管|算|属|包|含|能|可|有)(?:不|没)\1?")
"""是不是, 归不归: the word that asks denies nothing."""
_SELF = (
    r"(?:(?:我们|你们|咱们|他们)?(?:这个|该|本|贵|这)(?:局|部门|单位|委|办)|"
    r"你们局|他们局|我局|局里|他们|它|你们)"
)
_OWN_DUTY = re.compile(
    rf"(?:归|由|属于|是不是|是|算|也归|还是)(?:归|由)?{_SELF}(?:在)?(?:来|统着|统筹)?"
    rf"(?:管|负责|牵头|统筹|考核|监督|审批|指导|协调|制定|组织|的职责|的活|的事|管理)|"
    rf"^是不是(?:负责|管|牵头|统筹)|^{_SELF}(?:管|负责|有没有责任|管不管|负不负责|牵头|统筹|考核|监督|指导|协调|组织)|归{_SELF}吗"
)
_BEGINS_DUTY = re.compile(
    r"^(?:[（(][^）)]+[）)]|\d+[.．、])?\s*(?:负责|统筹|牵头|组织|协调|指导|推进|监督|管理|承担|拟订|制定|起草|"
    r"贯彻|宣传|编制|实施|开展|会同有关部门)"
)
"""What the department does itself; what it takes part in or what others do begins otherwise."""
_DOING = re.compile(
    r"统筹推进|统筹管理|监督管理|组织协调|牵头负责|负责|统筹|牵头|组织|协调|指导|推进|监督|考核|管理|承担|督办|"
    r"全区|全市|全省|区级|市级|本区|相关|有关|工作|事项|任务|建设|发展|规划|体系|实施|并"
)
_COMPLETE = re.compile(r"(?:工作|管理|建设|事项|任务|规划|考核|审批|监督|制定|改革)$")
_AND = re.compile("、|和|及|与|以及")
_IDLE_OF_DUTY = re.compile(
    r"是不是|有没有|能不能|归不归|管不管|管理|在管|管|负责|归|由|日常|平时|统着|职责|的活|的事|那个|这个"
)
_LEAST_SAID = 0.5
"""The least share of a duty that a question must say for it to be the duty that is meant."""
_HAS_UNIT = re.compile(
    r"(?:有没有|有无|有)(?P<what>[^,，。?？]{2,16}?)(?:的)?(?:科室|科|处|股|室|内设机构)?(?:吗|么|没有)?[?？。]*$"
)
_NAMED_UNIT = re.compile(
    "(?:叫做?|(?:科室|机构|处室)(?:里面|里头|里|当中|中)?[,，]?(?:有没有|有无|有|包括|包含|含)(?:一?个)?(?:名?叫做?)?)"
    "(?P<unit>(?![科处]室)(?:(?![的管两几])[\u4e00-\u9fff]){2,8}?[科处股室])"
    "(?:这个|的|这么个)*(?:科室|部门|处室|机构)?(?:吗|么|没有)?[?？。]*$"
)
"""A unit by its full name, of which the printed list says whether there is one: 财务科."""
_IS_UNIT = re.compile(
    rf"^(?P<what>[^,，。?？]{{2,24}}?)(?:也)?(?:是不是|是|属于)(?:属于)?{_SELF}?(?:的)?"
    rf"(?:下面的|底下的|手下的|下属单位|下属|所属单位|二级单位|内设机构)(?:单位)?(?:吗|么)?[?？。]*$"
)
_IN_BUDGET = re.compile(
    r"^(?P<what>[^,，。?？]{2,24}?)(?:的)?(?:钱|账|预算|收支)?(?:也|是不是|都)?(?:算|列|包括|包含)(?:在)?"
    r"(?:这本|这份|本|该)(?:预算|账|部门预算)(?:里面|里头|里|中|之内|内)(?:吗|么)?[?？。]*$"
)
_IDLE_OF_UNIT = re.compile(
    r"专门|专管|管理|管|负责|分管|做|搞|的|算在|列在|包括在|包含在|这本|这份|预算|下属|下面|底下|手下|所属|内设机构|科室|科|处|单位"
)
_PART_OF = re.compile(
    r"^(?P<part>[^,，。?？]+?)[,，]?(?:也)?(?:算不算|属不属于|是不是属于|是不是算|归不归|属于|算|归)(?:在|进|到|入)?"
    r"(?P<term>[^,，。?？]+?)(?:里面|里头|里|中|的范围)?(?:吗|么)?[?？。]*$"
)
_HOLDS_PART = re.compile(
    r"^(?P<term>[^,，。?？]+?)(?:包不包括|包不包含|含不含|有没有包括|包括|包含|含)(?P<part>[^,，。?？]+?)(?:吗|么)?[?？。]*$"
)
_DEFINES = re.compile(r"反映|包括|主要是|指(?!导)")
_LEAD_IN = re.compile("^(?:其中|具体|主要|一般|还|也)*|^[^（(“]*[）)]")
_EXCEPT = re.compile(r"除|以外|之外|不含|不包括")
_OUTER = re.compile(r"[，,；;。：:](?![^（(]*[）)])")
_DENIAL = re.compile("非|不|未|无|没有")
_DENY = {PassageKind.ORGANISATION, PassageKind.COMPOSITION, PassageKind.GLOSSARY, PassageKind.NOTE}
"""Kinds of passage that say what is not so; what is aimed at may be put that way as well."""
_LEAST_DENIED = 3
"""So many characters, denied and asked for, are no accident of two words."""
_PROVIDES = re.compile("采购|聘请|购置|定制|租赁|提供|配备|安装|部署|设立|开设|开展|上线")
_IDLE_OF_GOAL = re.compile("有没有|请|配备|配|安装|装|开设|开|里面|里|专门|的")
_NUMBER_SAID = re.compile(
    rf"(?P<number>\d+)[{COUNTERS}](?P<after>[\u4e00-\u9fff]{{2,6}})?(?=吗|么|的?[?？]|$)"
)
_COUNTED_BEFORE = re.compile(
    "(?P<noun>[\u4e00-\u9fff]{2,6}?)(?:一共|总共|共)?(?:是不是)?(?:有|是)?$"
)
_IDLE_OF_DENIAL = re.compile("底下|下面|手下|那几家|几家|自己|单独|的")
_NUMERALS = re.compile(r"[\d零一二三四五六七八九十百]+")


def verdict(entry: PassageEntry, told: str, question: Weighed) -> Verdict | None:
    """Yes or no, as what is told of the passage settles the question; None where it does not."""
    spoken = question.spoken
    if not _ASKS.search(spoken) or _QUESTION_WORDS.search(_EITHER.sub("", spoken)):
        return None
    named = _NAMED_UNIT.search(spoken)
    if named is not None and entry.passage.kind is PassageKind.ORGANISATION:
        units = [unit for part in re.split("[：:。]", told) for unit in _AND.split(part)]
        return _answer(spoken, yes=named["unit"] in units)
    counted = _counted(told, question)
    if counted is not None:
        return Verdict.YES if counted else Verdict.NO
    if entry.passage.kind in _DENY and _denied(entry, told, question):
        return _answer(spoken, yes=False)
    if _GUARDED.search(_EITHER.sub("", spoken)) or _NUMBER_OF.search(spoken):
        return None
    held = {
        PassageKind.DUTY: _is_duty,
        PassageKind.GOAL: _is_provided,
        PassageKind.ORGANISATION: _is_unit,
        PassageKind.COMPOSITION: _is_unit,
        PassageKind.GLOSSARY: _is_part,
    }.get(entry.passage.kind)
    if held is None or not held(entry, told, question):
        return None
    return _answer(spoken, yes=True)


def _answer(spoken: str, *, yes: bool) -> Verdict:
    has = "有没有" in spoken or re.search(r"有(?!关).*(?:吗|么|没有)", spoken) is not None
    if has:
        return Verdict.HAS if yes else Verdict.HAS_NOT
    return Verdict.YES if yes else Verdict.NO


def _content(question: Weighed, idle: re.Pattern[str], within: int | None = None) -> int:
    """The characters that say something, but for the idle words; those within, if any."""
    mask = sum(1 << i for i, w in enumerate(question.weights) if w > GENERIC)
    for found in idle.finditer(question.spoken):
        mask &= ~plain_span(question.spoken, found).mask
    for found in re.finditer(_SELF, question.spoken):
        mask &= ~plain_span(question.spoken, found).mask
    for found in _EITHER.finditer(question.spoken):
        mask &= ~plain_span(question.spoken, found).mask
    return mask if within is None else mask & within


def _holds(text: str, content: int, question: Weighed) -> bool:
    """Whether the text holds all of the content, its numbers as they are written."""
    if not content or content & ~question.mask(make_form(text)):
        return False
    said = "".join(c if content >> i & 1 else " " for i, c in enumerate(question.text))
    return all(number in text for number in _NUMERALS.findall(said))


def _is_duty(_entry: PassageEntry, told: str, question: Weighed) -> bool:
    """Whether a duty of the department itself is what the question asks it for."""
    if not _OWN_DUTY.search(question.spoken):
        return False
    content = _content(question, _IDLE_OF_DUTY)
    for piece in re.split("[，,。；;]", told):
        if not _BEGINS_DUTY.match(piece) or not _holds(piece, content, question):
            continue
        for duty in _duties(piece):
            named = _DOING.sub("", re.sub(r"^[（(][^）)]+[）)]", "", duty))
            if named and question.share_said(make_form(named)) >= _LEAST_SAID:
                return True
    return False


def _duties(piece: str) -> Iterator[str]:
    """The duties that a clause names side by side, each with all that belongs to it."""
    begun = ""
    for part in _AND.split(piece):
        begun += part
        if _COMPLETE.search(begun):
            yield begun
            begun = ""
    if begun:
        yield begun


def _is_unit(entry: PassageEntry, told: str, question: Weighed) -> bool:
    """Whether one of the units that are listed is the one that is asked for."""
    within = entry.passage.kind is PassageKind.ORGANISATION
    asked = (_HAS_UNIT if within else _IS_UNIT).search(question.spoken)
    asked = asked or (None if within else _IN_BUDGET.search(question.spoken))
    if asked is None or (within and not re.search("科|处|股|室|机构", question.spoken)):
        return False
    content = _content(question, _IDLE_OF_UNIT)
    start = plain_span(question.spoken, asked)
    if content & ~start.mask:
        return False
    units = [unit for part in re.split("[：:。]", told) for unit in _AND.split(part)]
    return any(_holds(unit, content, question) for unit in units if len(unit) > 1)


def _is_part(entry: PassageEntry, told: str, question: Weighed) -> bool:
    """Whether the explanation of a term holds what is asked to be a part of it."""
    asked = _PART_OF.search(question.spoken) or _HOLDS_PART.search(question.spoken)
    if asked is None:
        return False
    part, term = (
        _content(question, _IDLE_OF_UNIT, plain_span(question.spoken, asked, name).mask)
        for name in ("part", "term")
    )
    if not part or not term or entry.title is None:
        return False
    explained = not term & ~question.mask(entry.title)
    for clause in _OUTER.split(told):
        found = _DEFINES.search(clause)
        head = _LEAD_IN.sub("", clause[: found.start()]) if found else ""
        if head:
            explained = not term & ~question.mask(make_form(head))
        listed = re.split("[、（）()和]", clause[found.end() :] if found else clause)
        if _EXCEPT.search(clause):
            continue
        if explained and any(_holds(one, part, question) for one in listed if "非" not in one):
            return True
    return False


def _is_provided(entry: PassageEntry, told: str, question: Weighed) -> bool:
    """Whether a project gets or gives what is asked for: 有没有法律顾问."""
    if "有没有" not in question.spoken:
        return False
    titled = question.mask(entry.title) if entry.title else 0
    content = _content(question, _IDLE_OF_GOAL) & ~titled
    for piece in re.split("[，,。；;]", told):
        found = _PROVIDES.search(piece)
        if found and _holds(piece[found.end() :], content, question):
            return True
    return False


def _denied(entry: PassageEntry, told: str, question: Weighed) -> bool:
    """Whether what is told denies a word that the question asserts, and holds all the others."""
    titled = question.mask(entry.title) if entry.title else 0
    held = question.mask(make_form(told)) | question.mask(entry.section) | titled
    if _content(question, _IDLE_OF_DENIAL) & ~held:
        return False
    return any(
        word in question.text and f"{denial}{word}" not in question.text
        for denial, word in _denials(told, question)
    ) or any(
        denial + term in told and denial not in question.spoken
        for meaning in question.meanings
        for term in meaning.terms
        for denial in ("非", "未", "无")
        if len(term) >= _LEAST_DENIED
    )


def _denials(told: str, question: Weighed) -> Iterator[tuple[str, str]]:
    """The words that are denied in what is told: the denial, and what follows as the question says.

    A denial that is part of a word, as in 未成年人, denies nothing.
    """
    at = 0
    for word in words(told):
        at = told.index(word, at) + len(word)
        if _DENIAL.fullmatch(word):
            after = told[at:]
            size = next(
                (n for n in range(len(after), _LEAST_DENIED - 1, -1) if after[:n] in question.text),
                0,
            )
            if size:
                yield word, after[:size]


def _counted(told: str, question: Weighed) -> bool | None:
    """Whether the number that the question says of things is the one that is printed, if any is."""
    said = _NUMBER_SAID.search(question.spoken)
    if said is None:
        return None
    before = _COUNTED_BEFORE.search(question.spoken[: said.start()])
    noun = said["after"] or (before["noun"] if before else "")
    if not noun or _GUARDED.search(_EITHER.sub("", question.spoken)):
        return None
    printed = re.findall(
        rf"{noun}(?:共)?(?:有)?(\d+)[{COUNTERS}]|(?<!\d)(\d+)[{COUNTERS}]{noun}", told
    )
    numbers = {one or other for one, other in printed}
    return said["number"] in numbers if len(numbers) == 1 else None
