"""Follow-ups about several things: those that were listed, counted, ranked or added up."""

from __future__ import annotations

import re

from index.units import read_numeral, write_numeral

_PLACE = re.compile(
    r"^(?:那么|那|然后)?(?:排|倒数|排名|排在)?(第[\d一二三四五六七八九十]+)"
    r"(?:名|位|多|高|大|少|低|小|贵|便宜|花钱)?(?:的)?(?:那个|那一?[项笔]|项目)?(?:它)?"
    r"(?:(?:又|要|是|得|该|有|花|用|给|安排|列|拨)?(?:哪一?[个项笔]|谁|什么|啥|多少|几多)?(?:钱|万元|万|元)?(?:呢|啊|呀)?[?？。]?$|.{0,3}呢)"
)
_EXTREME = re.compile(r"最(高|多|大|贵|花钱|费钱|少|低|小|便宜|省钱)")
_RANKED_AT = re.compile("第[一二三四五六七八九十\\d]+(?![条项款点个章节一二三四五六七八九十\\d])")
"""The place that a ranking was asked for: 哪个项目的预算第二."""
_FIRST_TWO = re.compile(
    "(?:第一|头一|第1)(?:名|位|个|大)?(?:和|跟|与|、|加上?)(?:第二|第2)(?:名|位|个|大)?(?:的)?(?:项目)?"
    "(?:加起来|合起来|加在一起|合计|一共|总共|共)"
)
_MORE = re.compile(
    "^(?:那么?|还有吗|请)?[,，]?(?:再|接着|继续|往下|后面|接下来|下面|剩下的)(?:再|往下|接着)?的?(?:给我|帮我)?(?:列|来|说|报|看|数|讲|要|排)?(?:出|一下)?"
    "(?P<number>[两二三四五六七八九十]|\\d{1,2})?(?:个|名|位|项)?(?:的)?(?:项目)?"
    "(?:出来|吧|(?:是|有)?(?:哪些|哪几个|谁|什么))?[呢吧啊呀]?[?？。!]*$"
)
"""The places behind those that a ranking told: 再列五个, 接下来呢."""
_RANKED = re.compile(
    r"^(?P<whose>[^,，。?？]*(?:局|委|委员会|厅|办|院|中心)的?)?(?:20\d\d年)?预算(?:最(?P<end>[多少])|(?P<up>倒数)?第"
    r"(?P<first>[一二三四五六七八九十\d]+)(?:到第(?P<last>[一二三四五六七八九十\d]+))?[多大高]?)"
    r"的(?:(?P<number>[两二三四五六七八九十]+|\d{1,2})个)?项目(?!.*[和与、])"
)
"""A ranking of all projects, in its plainest way."""
_OTHER_PROJECTS = re.compile(
    "^(?:那么?)?(?:还)?有(?:没有)?(?:什么|哪些|啥)?(?:别的|其[他它]的?|另外的)(?:什么)?项目(?:了)?[吗么呢嘛]?(?:没有)?[?？。]*$|"
    "^(?:那么?)?(?:别的|其[他它]的?|另外的)项目(?:呢|(?:还|都)?有哪些)[?？。]*$"
)
"""The other projects are asked for: 还有别的项目吗."""
_BEST_PART = re.compile(
    "^(?:那么?)?(?:这)?(?:里面|其中|当中|里头)?的?(?P<asked>最[大多高少小低]的?(?:那)?(?:一)?[项笔块类]?是?(?:哪|什么)(?:一)?(?:[项笔块类]|部分)?|"
    "哪(?:一)?(?:[项笔块类]|部分)(?:是)?最[大多高少小低]的?)[呢啊呀]?[?？。]*$"
)
"""The largest part of what was told last: 最大的是哪项."""
_SMALL = ("少", "低", "小", "便宜", "省钱")
ASKED_OF = re.compile(
    r"(?:一共|总共|总计|合计|总额|总数|总量|加起来|合起来)?(?:都)?(?:(?:安排|列|编|花|用|拨|给|批)了?(?=多少))?(?:是多少钱?|多少钱|多少|几何|有哪些|有哪几个|有几个|有多少个|有多少|是哪些|有什么|分别是什么|是什么)?[?。!]*$"
)
"""How a question ends that asks how much, how many or which."""
_PROJECTS_LISTED = re.compile(
    "哪些项目|哪几个项目|什么项目|项目(?:都)?(?:有|是)?(?:哪些|哪几)|几个项目|多少个项目"
)
_ONE_OF_THEM = re.compile(
    "(?<=[^,，。])的(?P<that>[那这]个)(?!项目)(?=是|呢|有|多少|要|花|[?？]|$)"
)
"""One of the projects that were listed: 发工资的那个."""
_BEST_OF = re.compile(
    "(?:里面|里|中|当中)?(?:的)?(?:哪(?:一)?[个项笔家条]|谁)?(?:花得|用得)?最[大多高贵小少低便花省]"
)
"""What a ranking asks of the things that it names."""
_OF_MANY = re.compile(
    "(?:几|多少)[个项][^,，。?？]{0,16}?项目(?!支出)|有哪些|有哪几|是哪些|是哪几|哪几个|哪些|列出|列一下|都有什么|最[高多大贵少低小便花省]|加起来|合起来"
)
"""A question about several things."""
_OF_LISTED = re.compile(
    "^(?:那么|那)?(?:(?P<best>(?:是)?(?:哪(?:一)?[个项笔家条]|谁)(?:项目|科目|单位)?(?:的)?(?:预算|金额|钱|[花拿用得分要]的钱)?(?:花得|用得)?最|最.{1,3}的(?:那|这|一)*[个项笔家条]?(?:是|呢|叫))|(?:加起来|合起来|合计|一共|总共|总计|加在一起)(?:是|要|有|得)?(?:花|用)?(?:多少|几))"
)
"""One of the things that were listed, or all of them together: 哪个最贵."""
_COUNTED = re.compile(
    "(?:一共|总共|都)?(?:有|搞|做|办|列|设|是)?了?(?:几|多少)[个项](?=[^,，。?？]{0,16}?项目)"
)
"""That the things were counted: 有几个升级改造项目."""
_LIST_THEM = re.compile(
    r"^(?:那么|那|都|分别|具体|各自|它们|这些)*[,，]?(?:是|叫|有)?(?:哪些|哪几个|哪几家|什么名字|什么|啥|谁)[^,，]{0,4}"
    r"(?:[,，](?:请|麻烦|把)?(?:名字|名单|它们)?(?:都|全)?(?:列|报|写|说|念)(?:出来|一下|给我看看?)?)?[?。!]*$"
)
_LIST_OUT = re.compile(
    r"^(?:那|那就|请|麻烦|能不能|可以)?(?:把|将)?(?:它们|他们|这些|那些|这几个|那几个|名字|名单|项目|全部)?(?:都|全|全部|一个个|逐个|一一)?"
    r"(?:列|写|念|说|报|数|摆)(?:出来|一下|一列|一遍|给我看看?|给我听听?)[^,，]{0,4}[?。!]*$"
)
"""The things that were counted, asked for: 把它们列出来."""
_HOW_MANY = re.compile(r"(?:一共|总共)?(?:有|是)?(?:几|多少)(?:个|家|项|条|类)")
_NEXT_ITEM = re.compile(
    r"^(?:那|那么|请|好|它的?|这一?条的?)?[,，]?(?:(?:接着|继续|再|请|往下|接下来)?(?:说|讲|念|看|报|读)(?:一下|说|讲)?)?[,，]?(?:接着|继续|然后|那就)?(?:请)?(?P<which>再往下|再下|往下|下|接着|接下来|紧接着|再往后|往后|再后|后面?|再往上|再往前|再上|再前|往上|往前|上|前)"
    r"(?:面|边)?的?那?一?(?:条|项|款|点|个)"
)
_ITEM_SAID = re.compile(
    r"(?:第|(?=[（(]))[（(]?(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})[)）]?(?=条|项|款|点|个|[说讲写]|是|[?？。]*$)"
)
_OTHER_ITEM = re.compile(
    r"^(?:那么?|再看|还有)?(?:第|(?=[（(]))[（(]?(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})[)）]?(?:条|项|款|点)?"
    r"(?:里|中|上)?(?:又)?(?:呢|(?:写|讲|说|规定|管)的?(?:又|都)?(?:是)?(?:什么|啥|哪些|些什么))[呢啊呀]?[?？。]*$"
)
"""Another clause of the same list: （十）写的又是什么."""


def at_place(text: str, question: str) -> str | None:
    """The last ranking, asked for another place: 倒数第二的呢; or for the first two together."""
    end = _EXTREME.search(question)
    if end is not None and "项目" in question and _FIRST_TWO.search(text):
        small = end[1] in _SMALL
        return f"预算最{'少' if small else '多'}的前两个项目加起来一共多少"
    place = _PLACE.search(text)
    if place is None:
        return None
    if end is None:
        return _RANKED_AT.sub(place[1], question, count=1) if _RANKED_AT.search(question) else None
    up = "倒数" in text
    small = up or end[1] in _SMALL
    told = f"倒数{place[1]}" if small else place[1]
    if not small and question[end.end() : end.end() + 1] == "的":
        told += "多"  # 预算第三的项目 may be one of 第三方
    return f"{question[: end.start()]}{told}{question[end.end() :]}"


def listed(text: str, question: str) -> str | None:
    """The things that the last question counted; the clause after the one it asked for."""
    asked = _LIST_THEM.match(text) or _LIST_OUT.match(text)
    if asked and _HOW_MANY.search(question):
        return _HOW_MANY.sub("有哪些", question, count=1)
    found, item = _NEXT_ITEM.search(text), _ITEM_SAID.search(question)
    other = _OTHER_ITEM.match(text)
    if other is not None and item is not None:
        clause = (
            ""
            if question[item.end() : item.end() + 1] in "条项款点" and item.end() < len(question)
            else "条"
        )
        return f"{question[: item.start()]}第{other['number']}{clause}{question[item.end() :]}"
    if found is None or item is None:
        return None
    step = -1 if found["which"][-1] in "上前" else 1
    number = write_numeral(read_numeral(item["number"]) + step)
    clause = "" if item.group(0).startswith("第") else "条"
    return f"{question[: item.start()]}第{number}{clause}{question[item.end() :]}"


def next_item(text: str) -> tuple[int, str] | None:
    """How far beside what was told the text points, and what it says behind that; else None.

    再下一条呢 points at the one behind, 它前面那条经营收入呢 names the one before.
    """
    found = _NEXT_ITEM.match(text)
    if found is None:
        return None
    return (-1 if found["which"][-1] in "上前" else 1), text[found.end() :]


def says_number(question: str) -> bool:
    """Whether a question asks for a clause by its number."""
    return _ITEM_SAID.search(question) is not None


def of_listed(text: str, question: str, lead: re.Pattern[str]) -> str | None:
    """One of the things of the last question, or all of them: 发工资的那个, 哪个最贵, 加起来多少.

    `lead` is how the text may begin without saying anything.
    """
    if _PROJECTS_LISTED.search(question) and _ONE_OF_THEM.search(text):
        return _ONE_OF_THEM.sub(r"的\g<that>项目", text, count=1)
    found = _OF_LISTED.match(text)
    if found is None or not _OF_MANY.search(question):
        return None
    things = ASKED_OF.sub("", _BEST_OF.split(_COUNTED.sub("", question))[0])
    return f"{things}{'里' if found['best'] else ''}{lead.sub('', text)}"


def places_behind(text: str, ranked: str) -> str | None:
    """The places behind those that were told of a ranking of all projects: 再列五个.

    Empty where it asks for more and no such ranking was told.
    """
    found = _MORE.match(text)
    if found is None or not (found["number"] or ranked):
        return None
    told = _RANKED.match(ranked)
    if told is None:
        return ""
    small = told["up"] is not None or told["end"] == "少"
    last = read_numeral(told["last"] or told["first"] or told["number"] or "一")
    so_many = last - read_numeral(told["first"] or "一") + 1
    more = read_numeral(found["number"]) if found["number"] else so_many
    first = f"{'倒数' if small else ''}第{write_numeral(last + 1)}"
    behind = f"到第{write_numeral(last + more)}" if more > 1 else ""
    asked = "哪些" if more > 1 else "哪个"
    return f"{told['whose'] or ''}预算{first}{behind}{'' if small else '多'}的项目是{asked}"


def other_projects(text: str, subject: str) -> str | None:
    """The projects beside the last one."""
    if not _OTHER_PROJECTS.match(text):
        return None
    return f"除了{subject}，还有哪些项目" if "项目" in subject else "有哪些项目"


def best_part(text: str, subject: str, question: str) -> str | None:
    """The largest or the smallest part of the last thing, where that was one amount."""
    found = _BEST_PART.match(text)
    if found is None or not subject or _OF_MANY.search(question):
        return None
    return f"{subject}里{found['asked']}"
