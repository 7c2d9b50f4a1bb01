"""Written conversations (`tests/stories/*.story`): the only parser, and what decides whether an expectation is met.

# words              a note; the first one in Chinese is the title
who: words           this person says so; {A} is the code that was found under this letter; [图片] sends a picture
~ 2 days             time passes (minutes, hours or days)
> one | another      the last reply holds all of these; `单号 {A}` with a new letter finds an order's code
! words              the last reply does not hold this
order {A}: word …    the order has these: its state, lane, category, urgency or outcome, or by:NAME who has it in hand
orders: 2            there are so many orders
told who: a | b      since somebody spoke, one notice with all of these went to this person; `who/other`: to one of them
not told who: a | b  no notice with all of these went there
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path

FOLDER = Path(__file__).parent / "stories"
CODE = r"单号[^\d]{0,3}(\d{6,8})"
PICTURE = "[图片]"
TITLE_MOST = 24  # characters of a first sentence that stands where no title is written
# Everybody of the office whom the stories know; others who speak are residents.
CAST = """角色,姓名,手机号,社区,网格,支部,技能
社区工作者,陈桥甲,13800000101,陈桥社区,,,
社区工作者,陈桥乙,13800000102,陈桥社区,,,
社区工作者,兰天甲,13800000103,兰天社区,,,
社区工作者,兰天乙,13800000104,兰天社区,,,
街道管理员,办事处甲,13800000105,,,,
纪检干部,纪检甲,13800000106,,,,
党员,党员一,13800000111,陈桥社区,网格01,第一支部,水电
党员,党员二,13800000112,陈桥社区,网格02,第一支部,
党员,党员三,13800000113,陈桥社区,网格02,第一支部,
党员,党员四,13800000114,兰天社区,网格14,第二支部,
"""
_NEW_CODE = re.compile(r"(.*)单号 \{(\w)\}")
_SPAN = re.compile(r"~ (\d+ (?:minutes|hours|days))")
_LETTER = re.compile(r"\{(\w)\}")
_CHINESE = re.compile(r"(?!.*[A-Za-z]{2})(?=.*[\u4e00-\u9fff])")


class BadStory(ValueError):
    """A line cannot be read; the message names file, line and words."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `kind`: note, says, waits, wants, bars, order, orders, told or untold.

    `who` says it or is told; of an order it is the letter with its braces.
    """

    number: int
    kind: str
    words: str
    who: str = ""

    @property
    def parts(self) -> list[str]:
        """The single expectations of `wants`, `told`, `untold` and `order`, else the words as one."""
        if self.kind in ("wants", "told", "untold"):
            return [part.strip() for part in self.words.split(" | ")]
        return self.words.split() if self.kind == "order" else [self.words]

    @property
    def people(self) -> list[str]:
        """Everybody whom `who` names."""
        return self.who.split("/")

    @property
    def span(self) -> timedelta:
        """How long a line of kind `waits` waits."""
        number, unit = self.words.split()
        return timedelta(**{unit: int(number)})


@dataclass(frozen=True)
class Story:
    """A whole conversation. `name` is that of its file without the ending."""

    name: str
    lines: tuple[Line, ...]

    @cached_property
    def title(self) -> str:
        """The first note in Chinese; else the start of what is said first; else the name."""
        notes = [line.words for line in self.lines if line.kind == "note" and _CHINESE.match(line.words)]
        said = [line.words for line in self.lines if line.kind == "says"]
        return next(iter([*notes, *(words[:TITLE_MOST] for words in said), self.name]))

    @property
    def speakers(self) -> list[str]:
        """Who says something, in order of appearance."""
        return list(dict.fromkeys(line.who for line in self.lines if line.kind == "says"))

    @property
    def steps(self) -> int:
        """How many times somebody says something."""
        return sum(line.kind == "says" for line in self.lines)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one expectation is met. `part` is the expectation, with the codes that are known put in."""

    part: str
    met: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdicts of one line, and the codes that are known after it."""

    verdicts: tuple[Verdict, ...]
    codes: Mapping[str, str]


def read(path: Path) -> Story:
    """The story of this file. Raises BadStory."""
    lines = [
        _line(number, text.strip(), path.name)
        for number, text in enumerate(path.read_text("utf-8").splitlines(), 1)
        if text.strip()
    ]
    return Story(path.stem, tuple(lines))


def _line(number: int, text: str, file: str) -> Line:
    for mark, kind in (("#", "note"), ("> ", "wants"), ("! ", "bars")):
        if text.startswith(mark):
            return Line(number, kind, text[len(mark) :].strip())
    if span := _SPAN.fullmatch(text):
        return Line(number, "waits", span[1])
    before, colon, after = text.partition(":")
    for mark, kind in (("told ", "told"), ("not told ", "untold")):  # without words: any notice
        if text.startswith(mark):
            return Line(number, kind, after.strip(), before[len(mark) :].strip())
    if not colon or not before.strip() or not after.strip():
        raise BadStory(f"{file}:{number}: {text!r} is no line of a story")
    if before == "orders":
        return Line(number, "orders", after.strip())
    if before.startswith("order "):
        return Line(number, "order", after.strip(), before[6:].strip())
    return Line(number, "says", after.strip(), before.strip())


def fill(words: str, codes: Mapping[str, str]) -> str:
    """The words with the codes that are known in place of their letters."""
    return _LETTER.sub(lambda found: codes.get(found[1], found[0]), words)


def judge(line: Line, reply: str, codes: Mapping[str, str]) -> Judged:
    """Whether the last reply is as a line of kind `wants` or `bars` says; what kind of line it is else needs no reply."""
    if line.kind == "bars":
        without_codes = re.sub(r"(?<!\d)\d{6,8}(?!\d)", "", reply)  # a code may hold any digits
        said = reply if _LETTER.search(line.words) else without_codes
        words = fill(line.words, codes)
        return Judged((Verdict(words, words not in said),), codes)
    known, verdicts = dict(codes), []
    for part in line.parts:
        new = _NEW_CODE.fullmatch(part)
        if new and new[2] not in known:  # words before it tell which one
            fresh = [code for code in re.findall(re.escape(new[1]) + CODE, reply) if code not in known.values()]
            if fresh:
                known[new[2]] = fresh[0]
            verdicts.append(Verdict(fill(part, known), bool(fresh)))
        elif new:
            same = [found for found in re.findall(re.escape(new[1]) + CODE, reply) if found == known[new[2]]]
            verdicts.append(Verdict(fill(part, known), bool(same)))
        else:
            verdicts.append(Verdict(fill(part, known), fill(part, known) in reply))
    return Judged(tuple(verdicts), known)


def judge_order(line: Line, held: Collection[str]) -> tuple[Verdict, ...]:
    """Whether the order of this line has what the line names. `held`: all that it has."""
    return tuple(Verdict(part, part in held) for part in line.parts)


def judge_notices(line: Line, notices: Collection[str], codes: Mapping[str, str]) -> Verdict:
    """Whether one of the notices that went to the people of this line has all its parts; for `untold`, whether none has."""
    parts = [fill(part, codes) for part in line.parts]
    found = any(all(part in notice for part in parts) for notice in notices)
    return Verdict(" | ".join(parts), found is (line.kind == "told"))
