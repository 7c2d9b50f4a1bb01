"""Finds the names of people in a text, and on whose behalf it is written."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.understanding.extract.address import Span

_HAN = "\u4e00-\u9fff"
_NOT_GIVEN = "的了是在我你他她您不有没要就都也想家住门楼栋号说来去个们这那哪吗呢吧啊呀和跟与到从被把给让找问请帮替吃打叫啥很么再又还会能只"
"""No given name holds one of these signs."""
_GIVEN = rf"(?:(?![{_NOT_GIVEN}])[{_HAN}])"
_EDGE = rf"(?=$|[^{_HAN}]|住|家|电话|手机|在|是|想|要|今年|身份|来|和|及|的|有|说|不|没|需|去|也|能|会|因|得|已|于|打|女|男|我|你|您|啊|呀|他|她|报|问|欠|占|把|养|开|扔|乱|被|给|向|对|到|发|骂|偷|违|擅|私|拖|反映|投诉|咨询|申请|求|今天|上|腿|眼|病|同志|小姐)"
"""What may stand right behind a name."""
_GREETED = re.compile(r"[您你]好")
BARE = ("孩子", "小孩", "娃", "老伴")
"""Of these one speaks without saying whose they are."""
LEAD = 20
"""The words that say on whose behalf stand in so many characters before the person."""
_BEGIN = rf"(?:(?<![{_HAN}a-z\d])|(?<=[的和跟给找帮替让是叫问请及为与向了到住])|(?<=隔壁|对门|楼上|楼下|邻居|物业|社区|同事|朋友|战友|院里|我们|咱们|家的|单元|号楼|小区|今天|昨天|上次|网格|格员|表扬|感谢|谢谢|投诉|举报|反映|愿者))"
"""What may stand right before a name that nothing else announces."""


@dataclass(frozen=True, slots=True)
class Names:
    """Patterns built from config/names.toml; in each the first group is the name."""

    patterns: tuple[re.Pattern[str], ...]
    ordinary: re.Pattern[str]
    no_surname: re.Pattern[str]
    person: re.Pattern[str]
    known: re.Pattern[str]
    near: re.Pattern[str]
    behalf: re.Pattern[str]
    needs: re.Pattern[str]
    against: re.Pattern[str]
    surnames: tuple[str, ...]

    def find(self, text: str) -> list[Span]:
        """Where names of people stand, in the order of the text, none inside another."""
        spans: list[Span] = []
        taken = bytearray(len(text))
        for pattern in self.patterns:
            for found in pattern.finditer(text):
                start, end = found.span(1)
                if (pattern is self.patterns[0] or self._is_name(text, start)) and not any(taken[start:end]):
                    taken[start:end] = b"\1" * (end - start)
                    spans.append((start, end))
        return sorted(spans)

    def _is_name(self, text: str, start: int) -> bool:
        return not (self.ordinary.match(text, start) or self.no_surname.search(text, max(0, start - 2), start + 1))

    def for_whom(self, text: str) -> str | None:
        """The words for the person on whose behalf somebody writes; None where they write for themselves."""
        names = self.find(text)
        for found in self.person.finditer(text):
            known = self.known.fullmatch(found.group(1))
            first = bisect_left(names, (found.start(), 0))
            if not known and not (first < len(names) and names[first][1] <= found.end()):
                continue
            after = text[found.end() : found.end() + 14]
            if _GREETED.match(after) or self.against.search(re.split(r"[,，。!！?？;；]", after)[0]):
                continue
            if self.behalf.search(text[max(found.start() - LEAD, 0) : found.start()]):
                return found.group(1)
            introduced = (
                found.start() == 0 and not re.match(rf"[{_HAN}]", after) and not self.near.match(found.group(1))
            )
            if self.needs.search(after) and not introduced:
                return found.group(1)
        return None


def read_names(path: Path) -> Names:
    """Built from the office's words for people."""
    data: Mapping[str, Any] = tomllib.loads(path.read_text("utf-8"))
    names, whom = data["names"], data["for_whom"]
    surname = f"(?:{_any(names['double'])}|[{names['surnames']}])"
    title, short = _any(names["titles"]), _any(names["short_titles"])
    return Names(
        tuple(re.compile(pattern) for pattern in _patterns(names, surname, title, short)),
        re.compile(_any(names["ordinary"])),
        re.compile(f"(?:{_any(names['no_surname'])})$"),
        re.compile(_person(whom, surname, title, short)),
        re.compile(
            rf"(?:我|我们|咱|俺|{_any(whom['near'])}|的)*(?:家|{_any([*whom['family'], *whom['people'], *BARE])})?"
        ),
        re.compile(rf"我|咱|俺|{_any(whom['near'])}"),
        re.compile(f"(?:{_any(whom['behalf'])})$"),
        re.compile(_any(whom["needs"])),
        re.compile(_any(whom["against"])),
        (names["surnames"], *names["double"]),
    )


def _patterns(names: Mapping[str, Any], surname: str, title: str, short: str) -> Iterable[str]:
    full = rf"{surname}(?!{title}|(?:{short}){_EDGE}){_GIVEN}{{1,2}}"
    yield rf"(?:我叫|名字叫|姓名|联系人)\s*(?:[::,，]|是|叫|为)?\s*({full}?{_EDGE}|{full})"
    yield rf"(?:{_any(names['before'])})\s*(?:[::,，(（]|是|叫|为)?\s*({full}?){_EDGE}"
    yield rf"(?:我是|本人)\s*({full}?)(?=$|[^{_HAN}]|住在|家住|住|电话|手机|身份证)"
    yield rf"(?:我姓|免贵姓|(?<![百同贵])姓)({surname})(?!名)"
    yield rf"{_BEGIN}({full}?)(?={title}|的?(?:电话|手机|身份证|微信))"
    yield rf"({surname})(?={title})"
    yield rf"{_BEGIN}({surname})(?=(?:{short}){_EDGE})"
    yield rf"{_BEGIN}({surname})(?=[姐哥叔婶姨嫂](?![姐哥叔婶姨嫂]))"
    yield rf"{_BEGIN}[老小]({surname}){_EDGE}"
    yield rf"(?:网格员|邻居|隔壁|对门|志愿者|同事|物业|社区|楼上|楼下|保安|居委会)的?[老小]({surname})(?!子)"
    yield rf"(?:^|[\s,，。;；、:：(（])({full})(?=[\s,，、:：(（)）]*(?:电话|手机|联系电话)?[\s:：,，是]*1[3-9]\d{{9}})"
    yield rf"(?:^|[\s,，。;；、:：(（])({surname}(?!{title}){_GIVEN}{{2}})(?=[\s,，]*(?:男|女)?[\s,，]*(?:今年)?\d{{2,3}}(?:周?岁|了))"
    yield rf"(?<=[\d室房号楼元])[\s,，、]*({surname}(?!{title}){_GIVEN}{{2}})(?=$|[\s,，。]*(?:$|1[3-9]\d))"
    yield rf"(?:找|联系|问)[^,，。;；\s]{{0,10}}?(?:幢|栋|号楼|号|室|楼|单元)(?:的|那个)?({surname}(?!{title}){_GIVEN}{{1,2}}?){_EDGE}"
    yield rf"姓{surname}[,，、\s]*(?:名字?)?(?:叫做?|名)({_GIVEN}{{1,2}}){_EDGE}"
    yield rf"(?:联系人|姓名|称呼|收件人)\s*[:：]\s*({_GIVEN}{{1,4}})(?<!本人)(?<!自己)(?<!同上)(?<!匿名)(?<!物业)(?<!社区)(?<!居民)(?=$|[^{_HAN}])"


def _person(whom: Mapping[str, Any], surname: str, title: str, short: str) -> str:
    full = rf"{surname}(?!{title}){_GIVEN}{{1,2}}?{_EDGE}"
    named = rf"(?:老{surname}|{surname}(?:{_GIVEN}{{1,2}})?(?:{title})|{surname}(?:{short}))"
    mine = rf"(?:我|我们|咱|俺)(?:家)?(?:{_any(whom['family'])})"
    return rf"(?<![{_HAN}]是)((?:(?:我家|我们家|我)?(?:{_any(whom['near'])})的?)(?:{named}|{_any(whom['people'])}|{full})|{mine}|{named}|(?<![{_HAN}])(?:{_any(BARE)})(?!们))"


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: -len(word)))
