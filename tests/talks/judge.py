"""Says what is wrong after an entry was played. What can be wanted, a line each:

    A: accepted handler:王强     the order called A has these: state, lane, category, urgency, outcome, community, or `name:value`
                                 for handler, rating, when, place (part of it; `handler:-`: nobody); `a/b`: either
    A has 三楼 | 厨房            these words stand somewhere in the order: its text, place, time or history
    A lacks 三楼                 they do not
    orders: 1                    so many orders were made; the first is called N, the second M
    told 王强: a | b             one message that the account brought to this person holds all parts
    told 王强/张敏: a            to one of them · told 王强: it brought one at all
    not told 王强: a | b         none holds any of the parts
    not told 王强                it brought none
    reply: a | b · not reply: a  the last reply holds all · none of them
    short: 120                   the last reply has no more characters
    broadcast: sent acked:1      the newest broadcast has this state and these counts
    then 张敏: 待派 > a | b      says this afterwards: the reply holds all; a part that begins with `!` it must not hold

A part may be `a/b`: either will do. `{A}` stands for the number of the order A
(`{A:wide}` and so on: `tests.talks.stage.FORMS`).
"""

import json
import re
from typing import Any

from tests.talks.stage import Stage
from tests.talks.table import Entry

CODES = r"(?<!\d)\d{6,8}(?!\d)"
NAMED = ("handler", "rating", "when", "place")


def wrongs(stage: Stage, entry: Entry) -> list[str]:
    """Play the entry; what is not as wanted, a line each with what came instead."""
    stage.begin(entry)
    before = set(stage.order_codes())
    reply = ""
    for words in entry.messages:
        reply = stage.say(entry.who, words)
    made = [code for code in stage.order_codes() if code not in before]
    stage.codes |= dict(zip("NM", made, strict=False))
    judged = Judged(stage, reply, made)
    return [f"{want} ← {wrong}" for want in entry.want if (wrong := judged.wrong(want)) is not None]


class Judged:
    """The state after an entry."""

    def __init__(self, stage: Stage, reply: str, made: list[str]) -> None:
        self._stage, self._reply, self._made = stage, reply, made

    def wrong(self, want: str) -> str | None:
        """None where it is as wanted, else what is there instead."""
        head, _, rest = want.partition(":")
        words = head.split()
        match words:
            case ["orders"]:
                return None if len(self._made) == int(rest) else f"{len(self._made)} made"
            case ["reply"]:
                return self._lacks(self._reply, rest)
            case ["not", "reply"]:
                return self._holds([self._reply], rest)
            case ["short"]:
                return None if len(self._reply) <= int(rest) else f"{len(self._reply)} characters"
            case ["told", name]:
                return self._told(name, rest)
            case ["not", "told", name]:
                heard = self._stage.heard(name)
                return self._holds(heard, rest) if rest else (" ‖ ".join(heard) or None)
            case ["broadcast"]:
                return self._broadcast(rest)
            case ["then", name]:
                return self._then(name, rest)
            case [name, "has", *_]:
                return self._lacks(self._all_words(name), want.partition(" has ")[2])
            case [name, "lacks", *_]:
                return self._holds([self._all_words(name)], want.partition(" lacks ")[2])
            case [name] if len(name) == 1:
                return self._order(name, rest)
        raise ValueError(want)

    def _parts(self, text: str) -> list[list[str]]:
        return [[self._stage.filled(one) for one in part.strip().split("/")] for part in text.split(" | ")]

    def _lacks(self, text: str, wanted: str) -> str | None:
        said = re.sub(CODES, "", text)  # a code may hold any digits
        good = all(
            any(one in (text if re.search(CODES, one) else said) for one in part) for part in self._parts(wanted)
        )
        return None if good else repr(text)

    def _holds(self, texts: list[str], unwanted: str) -> str | None:
        for text in texts:
            said = re.sub(CODES, "", text)
            if any(one in (text if re.search(CODES, one) else said) for part in self._parts(unwanted) for one in part):
                return repr(text)
        return None

    def _told(self, name: str, wanted: str) -> str | None:
        heard = [text for one in name.split("/") for text in self._stage.heard(one)]
        if any(not wanted or self._lacks(text, wanted) is None for text in heard):
            return None
        return " ‖ ".join(heard) or "told nothing"

    def _broadcast(self, wanted: str) -> str | None:
        found = self._stage.broadcast()
        held = {str(found["state"]), str(found.get("kind"))} | {f"{k}:{v}" for k, v in found["counts"].items()}
        return None if set(wanted.split()) <= held else str(held)

    def _then(self, name: str, rest: str) -> str | None:
        said, _, parts = rest.partition(" > ")
        reply = self._stage.say(name, said.strip())
        for part in parts.split(" | "):
            part = part.strip()
            wrong = self._holds([reply], part[1:]) if part.startswith("!") else self._lacks(reply, part)
            if wrong is not None:
                return wrong
        return None

    def _found(self, name: str) -> dict[str, Any] | None:
        code = self._stage.codes.get(name)
        return self._stage.order(code) if code else None

    def _all_words(self, name: str) -> str:
        found = self._found(name)
        return json.dumps(found, ensure_ascii=False) if found else ""

    def _order(self, name: str, wanted: str) -> str | None:
        found = self._found(name)
        if found is None:
            return "no such order"
        held = {str(found.get(key)) for key in ("state", "lane", "urgency", "outcome", "community")}
        held.add(found["category"]["code"])
        for token in wanted.split():
            key, part, value = token.partition(":")
            if not part:
                if not held & set(token.split("/")):
                    return str(held)
            elif key in NAMED:
                has = (found.get(key) or {}).get("name") if key == "handler" else found.get(key)
                fits = has is None if value == "-" else any(one in str(has or "") for one in value.split("/"))
                if not fits:
                    return f"{key} is {has}"
            else:
                raise ValueError(wanted)
        return None
