"""Plainly asked follow-ups: what was said before, asked of something else, added up or compared.

Like plainly asked questions they name all they are about, or nothing; the last turn tells the rest.
"""

from __future__ import annotations

import re

from index.labels import plain
from index.units import read_numeral
from qa_service.types import Route
from qa_service.understand.entries import ASPECTS, KINDS_OF_SPENDING
from qa_service.understand.followup_shares import (
    OF_CHANGE,
    SHARE_ASKED,
    SHARE_BARE,
    TABLE_OF,
    share_alike,
)
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.plain.amounts import added, fen, of_change, share, without_part
from qa_service.understand.plain.marks import NUMBER, TERM
from qa_service.understand.plain.slots import Slots
from qa_service.understand.plain.words import (
    AGO,
    APART,
    COUNTED,
    IN_SHARES,
    IN_YI,
    IN_YUAN,
    LARGER,
    LEAST,
    LEFT_OUT,
    MONEY,
    MOST,
    SINCE,
    WHICH,
    WORKED_OUT,
)
from qa_service.understand.side_by_side import OF_BOTH_KINDS
from qa_service.understand.turn import Turn

_ROWS = re.compile(
    "^(?P<rows>(?!全部|预算[最第])[^,，。?？]*项目)(?:都|一共|总共|共|能)?(?:有|是|叫)?"
    "(?:多少个|几个|几项|哪些|哪几个|哪几项|合计多少钱|中最[多少]的是哪个|从.到.排一下|谁|什么)[呢啊呀]?[?？。]*$"
)
"""The last question was about some projects."""
_ORDERED = re.compile("^预算(?:最|第.{1,2})(?P<end>[多少]).*项目|^全部项目按金额从(?P<from>[多少])")
_SUMMED = re.compile(
    "加|合(?:计|起来|在)|总|和(?!谁|哪)|小计|累计|归拢|拢|并|汇|一共|共(?!有几)|全算|打包|夹埋"
)
_LISTED = re.compile(
    "名单|清单|明细|列|念|点名|点一?下|展开|报[给一]|名字|名称|名录|挨个|一个个|罗列|哪|谁|讲下"
)
_NAMES = re.compile("哪|名|列|念|清单|谁")
_PLACE = re.compile(f"第(?P<at>{NUMBER})|老{NUMBER}|{NUMBER}号|序号{NUMBER}")
_FIRST_TWO = re.compile(f"第一[名位个]?(?:和|跟|与|、|加上?|同)第{NUMBER}|前{NUMBER}")
_SECOND = re.compile("亚军|仅次于|老二|榜眼|次[大席高多]|中间那|第一后面|紧跟着")
_AMOUNT = re.compile("多少|几(?!个项目)|数|额|钱|报|多大|呢|是[?？]?$")
_OTHER = re.compile(
    "口误|误|^[哦啊呃嗯]?不|多少|几|数(?!据)|额|呢|报|说|讲|看|查|也|再|还|那|换|要|才|应|是|告诉|→|给"
)
_TAKEN_OFF = re.compile("减|抠|(?<!有)没有(?=.)|不算|不计|-")
_WITHIN = re.compile("里|的|口|类|限|选|属|范围|仅|只|那边|那份|那部分|走|列在|[(（]")
_CHANGED_TO = re.compile(f"换成|改成|改为|→|错|不是|不要{TERM}")
_NO_LONGER = re.compile("为什么|怎么|用途|目的|目标|干什么|做什么|意思|依据|哪里|谁负责|原因|介绍")
_NOT_THIS = re.compile(
    f"(?:不是|不要|不系|不算|而非){TERM}|{TERM}(?:的|那份|那边|那个)*(?:不要|不算|不是)"
)
_FIRST_SAID = re.compile(
    "(?:刚才|刚刚|之前|前面|最开始|一开始|上面|开头)[^,，]{0,4}(?:第一|头一|最早)|"
    "(?:第一|头一)[个项笔条][^,，]{0,6}(?:来着|再说|忘)|忘[^,，]{0,6}(?:第一|头一)"
)
"""The first of what was asked before is asked for again."""
_SPREAD = re.compile(
    "^(?:那么?|然后|再|要是|如果)?(?:除以|平均到|摊到|分到|均摊到|平摊到|平均分成|分成|按)(?P<over>\\d{1,4}|[一二两三四五六七八九十百]{1,4})"
    "(?P<of>个?[月人家台天周份季]?)(?:来?(?:算|摊|平摊|均摊|分)(?:下来|一下)?)?[,，]?(?:平均|每|一|个|月|人|家|台|天|周|份|季|度|得|就|合|是|有|要|大概|约)*多少(?:万|钱|万元|元)*[呢啊呀]?[?？。]*$"
)
"""The last amount spread over a number."""
_KIND_SAID = re.compile(
    "^(?:那么?|然后|再)?(?P<head>[\u4e00-\u9fff]{2})(?:类|采购)*的?(?:呢|是?多少|有多少|多少钱)?[?？。]*$"
)
_ALL_OF_OTHER = re.compile(
    f"^(?:那么?)?{TERM}(?:的)?(?:总的?|合计|总共|一共|总计|共)+(?:是|有|要)?(?:多少|几)(?:钱|万元|万)?[呢啊呀]?[?？。]*$"
)
"""The whole amount of another name: 那三公合计多少."""
_SHARE_OF_OTHER = re.compile(f"^(?:那么?)?{TERM}的?(?:占比|比例|比重)")
"""The share of another name in the same whole: 基本养老的占比又是多少."""
_AT_A_PLACE = re.compile(f"第{NUMBER}|老{NUMBER}|第一[名位个]")
_REST_OF_IT = re.compile("剩下|余下|其余|剩的")
"""What is left of an amount without the other."""
_BELOW_IT = re.compile(
    f"{TERM}(?:下面|底下|下头|里头|里面|名下|项下|里)的?(?:那|这)(?:一)?(?:个|项|笔|条)"
)
"""A row below another one, of the name that was asked about: 科学技术管理事务下面那个."""
_KINDS = set(KINDS_OF_SPENDING)
_TWO = 2


def leaning(slots: Slots, last: Turn, lexicon: Lexicon) -> str | None:
    """The follow-up as a question of its own; None where it is not plainly one of these."""
    text, terms = slots.text, tuple(dict.fromkeys(slots.terms))
    if last.route is not Route.NUMERIC or not last.subject or _NO_LONGER.search(text):
        return None
    if slots.words or slots.amounts or _BELOW_IT.search(text):
        return None
    if not terms:
        return _of_last(slots, last, lexicon)
    if len(terms) == 1:
        return _of_other(text, terms[0], last, lexicon)
    return _of_two(text, terms, last)


def _of_last(slots: Slots, last: Turn, lexicon: Lexicon) -> str | None:
    """What is asked of the last rows, of the last subjects or of the last one."""
    text = slots.text
    rows = _ROWS.match(last.question)
    if rows and not AGO.search(text):
        return _of_rows(slots, rows["rows"])
    place = "" if _SUMMED.search(text) else _place(slots)
    ordered = _ORDERED.match(last.question)
    if ordered and place:
        return f"预算第{place}{ordered['end'] or ordered['from']}的项目是多少钱"
    if ordered and _SUMMED.search(text):
        two = _FIRST_TWO.search(text) is not None
        return f"预算最{ordered['end'] or ordered['from']}的两个项目合计多少钱" if two else None
    if ordered and MOST.search(text) and _AMOUNT.search(text):
        return "预算最多的项目是多少钱"
    compared = any(pattern.search(text) for pattern in (_SUMMED, APART, LARGER))
    if slots.numbers and not compared:
        return None
    bare = TABLE_OF.sub("", last.subject or "")
    if AGO.search(text) or SINCE.search(text) or WORKED_OUT.search(text):
        return of_change(text, bare)
    subjects = last.subjects
    if _FIRST_SAID.search(text) and len(subjects) >= _TWO and _AMOUNT.search(text):
        return f"{subjects[-1]}是多少"
    if IN_SHARES.search(text) and _of_its_whole(bare, last, lexicon):
        return f"{bare}占{last.before[0]}的百分之几" if SHARE_BARE.match(text) else None
    if IN_SHARES.search(text) or MOST.search(text) or LEAST.search(text):
        return None
    in_full = len(last.listed) <= len(subjects)  # of a long list only the first is kept
    if in_full and len(subjects) >= _TWO and not ordered and not _REST_OF_IT.search(text):
        return _of_several(slots, subjects, lexicon)
    year = "上年的" if AGO.search(last.question) else ""
    if IN_YI.search(text):
        return f"{year}{last.subject}是多少亿元"
    return f"{year}{last.subject}是多少元" if IN_YUAN.search(text) else None


def _of_its_whole(name: str, last: Turn, lexicon: Lexicon) -> bool:
    """Whether what was told before the last thing is a whole of which a table has it a part."""
    whole, part = plain(last.before[0]) if last.before else "", plain(name)
    if not whole or whole == part or OF_CHANGE.search(last.question):
        return False
    parts = lexicon.labelled(part)
    above = {lexicon.rows[above].label.text for e in parts for above in lexicon.above(e.row.id)}
    if whole in above:
        return True
    titled = {key for key, table in lexicon.tables.items() if whole in table.title.text}
    rows = (entry for entry in lexicon.rows.values() if entry.table_id in titled)
    return any(part in entry.label.text for entry in rows)


def in_full(text: str, last: Turn, lexicon: Lexicon) -> str | None:
    """The follow-up that is nothing but a kind or a number: 服务呢, 按12个月摊是多少."""
    if last.route is not Route.NUMERIC or not last.subject:
        return None
    spread = _SPREAD.match(text)
    if spread is None:
        return _of_other_kind(text, last, lexicon)
    bare = TABLE_OF.sub("", last.subject)
    over = read_numeral(spread["over"])
    return f"{bare}平均到{over}{spread['of']}是多少" if spread["of"] else f"{bare}除以{over}是多少"


def _of_other_kind(text: str, last: Turn, lexicon: Lexicon) -> str | None:
    """The same of another kind: 服务呢 after 工程类采购预算."""
    named = _KIND_SAID.match(text)
    if named is None:
        return None
    for end, heads in lexicon.same_ends:
        if named["head"] in heads and plain(last.subject or "").endswith(f"类{end}"):
            return f"{named['head']}类{end}是多少"
    return None


def _of_rows(slots: Slots, rows: str) -> str | None:
    """What is asked of the rows of the last question."""
    text = slots.text
    if APART.search(text) or IN_SHARES.search(text):
        return None
    place = _place(slots) if _AT_A_PLACE.search(text) else ""
    if place:
        return f"{rows}中第{place}多的是哪个"
    if MOST.search(text):
        return f"{rows}中最多的是哪个"
    if LEAST.search(text):
        return f"{rows}中最少的是哪个"
    if _SUMMED.search(text) or MONEY.search(text):
        return f"{rows}合计多少钱"
    if COUNTED.search(text) and not _NAMES.search(text):
        return f"{rows}有几个"
    return f"{rows}有哪些" if _LISTED.search(text) or WHICH.search(text) else None


def _place(slots: Slots) -> str:
    """The place in an order that is asked for; empty for none."""
    if _SECOND.search(slots.text):
        return "二"
    named = _PLACE.search(slots.text)
    return slots.numbers[-1] if named and slots.numbers else ""


def _of_several(slots: Slots, subjects: tuple[str, ...], lexicon: Lexicon) -> str | None:
    """The last two amounts held against each other, or so many together, or all."""
    text, one, other = slots.text, subjects[1], subjects[0]
    if LARGER.search(text) and not APART.search(text):
        return f"{one}和{other}哪个更多"
    if APART.search(text):
        return f"{one}和{other}相差多少"
    if IN_YUAN.search(text) and not _SUMMED.search(text):
        return f"{other}是多少元"
    if not _SUMMED.search(text):
        return None
    said = [read_numeral(number) for number in slots.numbers]
    count = said[0] if len(said) == 1 else len(subjects)
    if len(said) > 1 or not _TWO <= count <= len(subjects):
        return None
    return added("、和一共", tuple(reversed(subjects[:count])), lexicon)


def _of_other(text: str, name: str, last: Turn, lexicon: Lexicon) -> str | None:
    """The same asked of another name, a share of it, or the last amount of one kind of spending."""
    subject = last.subject or ""
    bare = TABLE_OF.sub("", subject)
    if plain(name) in plain(bare):
        return None
    if IN_SHARES.search(text) and _SUMMED.search(text) and len(last.subjects) >= _TWO:
        parts = last.subjects[1], last.subjects[0]
        amounts = [fen(part, lexicon) for part in (*parts, name)]
        told = None not in amounts and plain(name) not in map(plain, parts)
        return f"{'、'.join(parts)}合计占{name}的百分之几" if told else None
    if _ALL_OF_OTHER.match(text):
        return f"{name}是多少"
    shared = SHARE_ASKED.match(last.question)
    if IN_SHARES.search(text) and shared and _SHARE_OF_OTHER.match(text):
        return f"{name}占{shared['whole']}的百分之几"
    if IN_SHARES.search(text):
        part, whole = fen(bare, lexicon), fen(name, lexicon)
        larger = part is not None and whole is not None and part < whole
        return share(bare, name, lexicon) if larger else None
    if plain(name) in ASPECTS and TABLE_OF.match(subject):
        return (
            f"{name}里的{bare}是多少"
            if _WITHIN.search(text) or not text.strip(TERM + "?？。 ")
            else None
        )
    if LEFT_OUT.search(text) or _TAKEN_OFF.search(text):
        return (
            without_part(bare, name, lexicon) if fen(bare, lexicon) != fen(name, lexicon) else None
        )
    others = (AGO, SINCE, APART, LARGER, MOST, LEAST, COUNTED, _SUMMED)
    if any(pattern.search(text) for pattern in others):
        return None
    if plain(name) in ASPECTS or any(mark in text for mark in "元亿"):
        return None
    if not _OTHER.search(text):
        return None
    alike = None if "多少" in text else share_alike(name, last)
    return alike or f"{name}是多少"


def _of_two(text: str, terms: tuple[str, ...], last: Turn) -> str | None:
    """Both kinds of spending of the last name; another name in place of the last."""
    subject = TABLE_OF.sub("", last.subject or "")
    if {plain(term) for term in terms} == _KINDS and TABLE_OF.match(last.subject or ""):
        denied = _NOT_THIS.search(text)
        if denied:
            first = text.count(TERM, 0, denied.end()) == 1
            return f"{terms[1] if first else terms[0]}里的{subject}是多少"
        return f"{subject}，{OF_BOTH_KINDS}是多少" if _SUMMED.search(text) else None
    others = [term for term in terms if plain(term) != plain(subject)]
    if len(terms) == _TWO and len(others) == 1 and _CHANGED_TO.search(text):
        return None if APART.search(text) else f"{others[0]}是多少"
    return None
