"""Whether a text names somebody of a list, however it is written: with marks between, in pinyin, by characters of the same
sound, by surname or nickname. Where it is uncertain the answer is yes: whom a report may be about must not read it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.understanding.extract.spelling import read_pinyin
from bot.understanding.normalize import simplify

DOUBLE_SURNAMES = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "夏侯",
    "慕容",
    "皇甫",
    "东方",
    "令狐",
    "尉迟",
    "公孙",
    "长孙",
    "宇文",
    "司徒",
    "端木",
)
SHORTEST = 2
"""Characters of a name that is looked for in a text."""
LETTERS = 4
"""Letters of a name in pinyin that is looked for."""
_NO_SURNAME = frozenset("区村镇县市处委会办道门组长副和的是这那有个们跟给让找叫向被说把与及同对在某老小大")
"""A character before a title that only sounds like a surname."""
_CLIPPED = r"科(?!技|学|普|目|室)|处(?![理罚坠方置境在处])|局(?!部|面)|所(?!以|有|谓|在|需)|队(?!伍)|总(?!是|共|说|之|体|额|在)|工(?!作|资|人|地|程|会)|sir|老大|头儿|警官"
"""Titles cut short; before them the surname itself stands, or its letters."""
_COMMON = frozenset(
    re.findall(
        r"\S+",
        "平安 健康 和平 建设 文明 光明 幸福 团结 友好 安全 胜利 天天 多多 学习 明明 常常 高兴 家家 大家 中国 国家 春天 红旗 不换",
    )
)
"""Words that are given names too: such a name counts where something says that it is one."""
_CALLED = r"(?:叫|举报|投诉|控告|告|那个|这个|老公|老婆|丈夫|妻子|我家|儿子|女儿|男友|女友|同志|干部|书记|主任|是|被)"
_NO_NICKNAME = frozenset(
    re.findall(
        r"\S+",
        "小区 小学 小时 小心 小孩 小狗 小车 小偷 小店 小吃 小便 小组 小事 小说 小气 小广 小婴 小声 小路 小型 小票 小数 小伙 小朋 小门 小超 小院 小河 小公 小家 "
        "小雨 小额 小程 小木 小三 老人 老师 老公 老家 老婆 老板 老伴 老头 老太 老百 老旧 老年 老大 老鼠 老小 老是 老城 老党 老乡 老化 老楼 老房 老海 老子 老实 老三 老二 阿里 阿姨 阿胶 "
        "大哥 大姐 大叔 大爷 大婶 大嫂 大姨 小哥 小姐 小叔 小姨 小爷 小婶 小嫂 老哥 老姐 老叔 老爷 老姨 表哥 表姐 堂哥 堂姐 的哥 的姐 学姐 师姐 师叔 姑爷 国总 "
        "房子 车子 孩子 儿子 妻子 桌子 日子 样子 面子 才子 金子 公子 林子 种子 影子 珠子 票子 管子 柱子 明子 电子 院子 老子 小子 君子 亭子 原子 王子 分子 国子",
    )
)
"""Common words that look like a part of a given name with a form of address."""
_SPELLED_OUT = {
    "刘": "文刀", "李": "木子", "张": "弓长", "陈": "耳东", "吴": "口天", "章": "立早", "林": "双木", "赵": "走肖", "胡": "古月", "徐": "双人余",
    "许": "言午", "杨": "木易", "何": "人可", "孙": "子小", "黄": "草头", "江": "三点水", "周": "门里吉", "郑": "关耳", "宋": "宝盖木", "谢": "言身寸",
}  # fmt: skip
"""How a surname is told character by character."""
_PLACE_NAMES = frozenset({"东方"})
"""Double surnames that stand in the names of places: alone they name nobody."""
_HIDING = re.compile(r"(?<=[\u4e00-\u9fff])[*＊×○●□■△◯_]{1,3}")
"""Marks in place of a character of a name."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text in the forms in which names are looked for."""

    plain: str
    """Letters and digits alone."""
    sounds: tuple[str, ...]
    """By character of `plain`, its sound; a letter is its own."""
    spelled: str
    """In pinyin, without digits; `letters` of it were typed as letters."""
    letters: tuple[bool, ...]
    hidden: str
    """As `plain`, with marks in place of a character kept."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Sounds: as people mix them up, and as they are spelled."""

    alike: Mapping[str, str]
    pinyin: Mapping[str, str]
    surnames: frozenset[str]

    def said(self, text: str) -> Said:
        """The text, prepared."""
        simple = unicodedata.normalize("NFD", simplify(text).text)  # the tones of pinyin are marks of their own
        plain, hidden = _letters(simple), _letters(_HIDING.sub("某", simple))
        spelled, letters = "", list[bool]()
        for character in plain:
            part = character if character.isascii() else self.pinyin.get(character, "")
            part = "" if part.isdigit() else part
            spelled += part
            letters += [character.isascii()] * len(part)
        return Said(plain, tuple(self.alike.get(c, c) for c in plain), spelled, tuple(letters), hidden)

    def is_named(self, name: str, said: Said) -> bool:
        """Whether the whole name stands in the text."""
        bare = bare_name(name)
        if len(bare) < SHORTEST:
            return False
        if bare in said.plain or self._by_sound(bare, said) or self._by_letters(bare, said):
            return True
        return bare[::-1] in said.plain or self._in_part(bare, said)

    def by_given(self, name: str, said: Said) -> bool:
        """Whether the given name stands alone, or a part of it with a form of address (强哥, 阿强, 小雪)."""
        given = bare_name(name)[len(surname(name)) :]
        if len(given) == SHORTEST and given in said.plain:
            return given not in _COMMON or bool(re.search(rf"{_CALLED}{re.escape(given)}", said.plain))
        if len(given) == SHORTEST and self._by_letters(given, said):
            return True
        if not any(c in said.plain for c in given):
            return False
        part = f"[{re.escape(given)}]"
        called = rf"[小老阿]{part}|{part}[哥姐叔姨婶嫂爷总]|{re.escape(given[-1:])}[子仔]"
        return any(found.group() not in _NO_NICKNAME for found in re.finditer(called, said.plain))

    def _in_part(self, name: str, said: Said) -> bool:
        """With letters, or marks, in place of some of its characters, and at least one as it is (刘z强, l志强, 刘某强)."""
        if not (any(said.letters) or "某" in said.hidden) or not any(c in said.plain for c in name):
            return False
        ways = (rf"(?:(?P<own{at}>{re.escape(c)})|{'|'.join(self._stands_for(c))})" for at, c in enumerate(name))
        pattern = re.compile(rf"(?<![a-z]){''.join(ways)}(?![a-z])")
        for text in {said.plain, said.hidden}:
            for found in pattern.finditer(text):
                if any(found.groupdict().values()) and not found.group().endswith("某某"):
                    return True
        return False

    def _stands_for(self, character: str) -> Iterator[str]:
        spelled = self.pinyin.get(character, "")
        yield from (spelled, spelled[0]) if spelled else ()
        yield from "x某"

    def by_surname(self, name: str, said: Said, titles: Iterable[str], between: Iterable[str]) -> Iterator[str]:
        """The titles with which somebody of this surname or given name is spoken of; empty for one without (姓周的, 小周)."""
        own, given = surname(name), bare_name(name)[len(surname(name)) :]
        if self._surname_alone(own, said):
            yield ""
        title, filling = _any(titles), _any(between)
        for found in re.finditer(rf"(?:姓|[小老阿])({re.escape(own)}|[a-z]+|[\u4e00-\u9fff])", said.plain):
            strict = said.plain[found.start()] != "姓"
            if self._is_surname(found.group(1), own, same=strict):
                yield ""
        for found in re.finditer(rf"({re.escape(own)}|[a-z]+|[\u4e00-\u9fff])(?:{filling})?({title})", said.plain):
            if self._is_surname(found.group(1), own, same=False):
                yield found.group(2)
        if len(given) >= SHORTEST:
            yield from (found.group(1) for found in re.finditer(rf"{re.escape(given)}({title})", said.plain))

    def _surname_alone(self, own: str, said: Said) -> bool:
        """A double surname by itself, one told by its characters, one with a title that is cut short or with marks behind."""
        if len(own) == 2 and own in said.plain and own not in _PLACE_NAMES:
            return True
        told = _SPELLED_OUT.get(own)
        if told and re.search(rf"{told}{own}|{own}{told}|姓{told}|{told}的?[那这]", said.plain):
            return True
        short = self.pinyin.get(own[0], "")
        letters = rf"|(?<![a-z])(?:{short}|{short[0]})" if short else ""
        return bool(
            re.search(rf"(?:{re.escape(own)}{letters})(?:{_CLIPPED})", said.plain)
            or re.search(rf"{re.escape(own)}(?:某|xx?(?![a-z]))", said.hidden)
        )

    def _is_surname(self, written: str, own: str, *, same: bool) -> bool:
        """Whether this is the surname; unless `same`, also one that sounds like it, or its first letter."""
        if written == own or (len(own) == 2 and written == own[0]):
            return True
        spelled = "".join(self.pinyin.get(c, c) for c in own)
        if written.isascii():
            return written == spelled or (len(written) == 1 and spelled.startswith(written))
        alike = self.alike.get(written, written) == self.alike.get(own, own)
        return alike and not same and len(own) == 1 and written not in _NO_SURNAME

    def _by_sound(self, name: str, said: Said) -> bool:
        """Characters of the same sound: one of them is the right one, or it begins with a surname."""
        sounds = tuple(self.alike.get(c, c) for c in name)
        for start in range(len(said.plain) - len(name) + 1):
            if said.sounds[start : start + len(name)] != sounds:
                continue
            written = said.plain[start : start + len(name)]
            if written[0] in self.surnames or any(a == b for a, b in zip(written, name, strict=True)):
                return True
        return False

    def _by_letters(self, name: str, said: Said) -> bool:
        """In pinyin, whole or in part, or by its three or more initials."""
        syllables = [self.pinyin.get(c, c) for c in name]
        spelled, initials = "".join(syllables), "".join(each[0] for each in syllables)
        start = said.spelled.find(spelled)
        while start >= 0 and len(spelled) >= LETTERS:
            if any(said.letters[start : start + len(spelled)]):
                return True
            start = said.spelled.find(spelled, start + 1)
        return len(initials) > SHORTEST and bool(re.search(rf"(?<![a-z]){re.escape(initials)}(?![a-z])", said.plain))


def bare_name(name: str) -> str:
    """Letters and digits of a name, simplified."""
    return _letters(simplify(name).text)


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def surname(name: str) -> str:
    """The surname, of two characters where it is one of those."""
    bare = bare_name(name)
    return bare[:2] if bare.startswith(DOUBLE_SURNAMES) else bare[:1]


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def read_naming(config_dir: Path, surnames: Sequence[str]) -> Naming:
    """Built from the table of sounds."""
    path = config_dir / "lexicon" / "pinyin.txt"
    lines = (line.partition(" ") for line in path.read_text("utf-8").splitlines())
    spelled = {c: syllable for syllable, _, characters in lines if syllable != "#" for c in characters}
    return Naming(read_pinyin(path), spelled, frozenset("".join(surnames)))
