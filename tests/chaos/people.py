"""People who go on talking whatever happens: each in a thread, with its own random numbers, one message after the other."""

import re
import threading
import time
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.sandbox.client import Sandbox

CODE = re.compile(r"单号[^\d]{0,3}(\d{6,8})")
PAUSE = (0.2, 0.9)
AT_ONCE, AGAIN = 0.1, 0.1  # how often two messages come together, and one of before comes again
HOW: list[dict[str, Any]] = [{}, {}, {}, {"copies": 3}, {"deliveries": 2}]
"""Sometimes the platform sends the same message three times at once, or again after an answer that was lost."""
FIRST = 24_500_000_000_000_000  # MsgId
COMMON = ["进度", "帮助", "好的", "谢谢", "收到", "1", "2"]
OF_RESIDENTS = [
    "进度 {code}",
    "补充 {code} 晚上在家",
    "撤回 {code}",
    "满意",
    "不满意 还是不亮",
    "评价 {code} 5 很好",
    "几时来",
    "人没来",
]
OF_STAFF = [
    "待派", "办理中", "派单 {code} 党员一", "派单 {code} 党员二", "派单 {code}", "公开 {code}", "派单 {code} 陈桥乙", "催办 {code}",
    "追问 {code} 具体在哪", "答复 {code} 已经联系", "转介 {code} 物业", "解释办结 {code} 已说明", "不予受理 {code} 不归我们管", "完成 {code}",
]  # fmt: skip
OF_MEMBERS = [
    "待接",
    "接单 {code}",
    "好",
    "婉拒 {code}",
    "退单 {code} 临时有事",
    "完成 {code} 换好了",
    "我的单",
    "转告 {code} 马上到",
]


@dataclass(frozen=True, slots=True)
class Said:
    """One message and what came of it. Times of the monotonic clock."""

    number: int  # the message's MsgId: what was said before may come again under it
    openid: str
    text: str
    status: str
    deliveries: str  # what became of each, for whom it was not answered
    reply: str
    began: float
    ended: float

    @property
    def code(self) -> str | None:
        """The order that a request was answered with."""
        found = CODE.search(self.reply)
        return found[1] if found else None


@dataclass
class Crowd:
    """What all have said, and the orders that they talk about."""

    sandbox: Sandbox
    said: list[Said] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)
    threads: list["Person"] = field(default_factory=list)

    def add(self, openid: str, role: str, seed: int) -> None:
        self.threads.append(Person(self, openid, role, seed))

    def talk(self) -> None:
        for thread in self.threads:
            thread.start()

    def end(self) -> None:
        self.stopped.set()
        for thread in self.threads:
            thread.join(60)


class Person(threading.Thread):
    """A resident, a member or one of the staff."""

    def __init__(self, crowd: Crowd, openid: str, role: str, seed: int) -> None:
        super().__init__(daemon=True)
        self.crowd, self.openid, self.role, self.random = crowd, openid, role, Random(seed)
        self.number = seed % 100 * 1000
        self.messages = FIRST + seed % 100 * 1_000_000
        self.before: list[tuple[int, str]] = []

    def run(self) -> None:
        while not self.crowd.stopped.is_set():
            if self.random.random() < AT_ONCE:
                self._say_at_once(self._words(), self._words())
            elif self.before and self.random.random() < AGAIN:
                self._say(*self.random.choice(self.before[-6:]), {})
            else:
                self._say(self._next(), self._words(), self.random.choice(HOW))
            time.sleep(self.random.uniform(*PAUSE))

    def _say_at_once(self, *texts: str) -> None:
        """Several messages under way together: which one arrives first is chance, and not the order of their MsgIds."""
        under_way = [threading.Thread(target=self._say, args=(self._next(), words, {})) for words in texts]
        for thread in reversed(under_way):
            thread.start()
        for thread in under_way:
            thread.join()

    def _words(self) -> str:
        if self.role == "resident" and (self.random.random() < 0.4 or not self.crowd.codes):
            self.number += 1
            return f"金色春天{self.number}号楼2单元的灯不亮了，想请人换一下"
        choices = {"resident": OF_RESIDENTS, "staff": OF_STAFF, "member": OF_MEMBERS}[self.role]
        words = self.random.choice(choices if self.random.random() < 0.85 else COMMON)
        return words.format(code=self.random.choice(self.crowd.codes[-12:] or ["1000008"]))

    def _next(self) -> int:
        """The MsgId of the next message."""
        self.messages += 1
        return self.messages

    def _say(self, number: int, words: str, how: dict[str, Any]) -> None:
        self.before.append((number, words))
        began = time.monotonic()
        answer = self.crowd.sandbox.say(self.openid, words, msg_id=number, **how)
        how_each = ", ".join(f"{one['result']} {one['status']} {one['ms']:.0f} ms" for one in answer.deliveries)
        said = Said(number, self.openid, words, answer.status, how_each, answer.text, began, time.monotonic())
        self.crowd.said.append(said)
        if self.role == "resident" and words.startswith("金色") and said.code:
            self.crowd.codes.append(said.code)
