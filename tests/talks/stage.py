"""Plays conversations: the real service and the real sending, in this process, on SQLite and the sandbox platform.

Each situation is played once and its database kept; an entry begins with a copy of it.
"""

import itertools
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import time_machine
from flask import Flask
from sqlalchemy import select, update

from bot.services import tokens
from bot.services.clock import clockwork
from bot.services.office import Office
from bot.services.tokens import SCOPES, Wanted
from bot.store.tables import broadcasts, orders, persons
from tests.rosters import import_roster
from tests.sandbox.platform import Platform
from tests.talk import NOON, Talk, openid
from tests.talks.cast import CAST
from tests.talks.table import Entry, Situation, situations
from workers.resources import Desk
from workers.sending.delivery import Delivery

CODE = re.compile(r"单号[^\d]{0,6}(\d{6,8})")
SPAN = re.compile(r"~ (\d+) (minutes|hours|days)")
FORMS: Mapping[str, Callable[[str], str]] = {
    "plain": str,
    "wide": lambda code: code.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "spaced": lambda code: f"{code[:3]} {code[3:]}",
    "han": lambda code: code.translate(str.maketrans("0123456789", "零一二三四五六七八九")),
    "wrong": lambda code: code[:-2] + str((int(code[-2]) + 1) % 10) + code[-1],
}
KINDS = {"图片": "image", "语音": "voice", "位置": "location"}


class Broken(Exception):
    """A situation cannot be brought about: what it needs does not happen."""


@dataclass(slots=True)
class Kept:
    """A situation that was played: its database, and what the script knows."""

    database: sqlite3.Connection
    codes: dict[str, str]
    talk: Talk
    away: set[str]
    cards: bool


@dataclass(slots=True)
class Stage:
    """One office, one platform. `played` and `tell` change what is on it; `heard` says what phones were brought."""

    app: Flask
    office: Office
    desks: dict[bool, Desk]  # with cards, and without
    platform: Platform
    path: Path
    traveller: time_machine.Traveller
    talk: Talk = field(init=False)
    codes: dict[str, str] = field(default_factory=dict)
    away: set[str] = field(default_factory=set)
    cards: bool = False
    _kept: dict[str, Kept | Broken] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(23_000_000_000_000_001))
    _mark: int = 0
    token: str = ""

    def __post_init__(self) -> None:
        self.talk = self._talk()

    def _talk(self) -> Talk:
        return Talk(self.office, _ids=self._numbers)

    # ---- situations

    def enter(self, name: str) -> None:
        """Begin from a copy of this situation. Broken where it cannot be brought about."""
        kept = self._kept.get(name)
        if kept is None:
            try:
                self._play(situations()[name])
                kept = self._keep()
            except Broken as error:
                kept = error
            self._kept[name] = kept
        if isinstance(kept, Broken):
            raise kept
        with sqlite3.connect(self.path) as live:
            kept.database.backup(live)
        live.close()
        self.desks[False].redis.flushall()
        for user in self.platform.users:
            user.client_ids.clear()  # a notice of the copy has the number of one that another entry sent
        self.codes, self.away, self.cards = dict(kept.codes), set(kept.away), kept.cards
        self.talk = self._talk()
        self.talk.now, self.talk.replies = kept.talk.now, list(kept.talk.replies)
        self.traveller.move_to(self.talk.now)

    def _play(self, situation: Situation) -> None:
        if situation.base:
            self.enter(situation.base)
        else:
            self._bind_everybody()
        for line in situation.lines:
            self.tell(line)

    def _bind_everybody(self) -> None:
        file = self.path.parent / "cast.csv"
        file.write_text(CAST, "utf-8")
        import_roster(self.office, file, NOON)
        self.talk.now = NOON
        for row in CAST.splitlines()[1:]:
            _, name, phone, *_ = row.split(",")
            self.platform.users.get_or_create(openid(name), self.platform.clock.now(), name)
            assert "绑定成功" in self.talk.bind(name, phone)
        wanted = Wanted("judge", SCOPES, stands_for="李主任", days=300)
        self.token = tokens.create(self.office, wanted, self.talk.now)

    def _keep(self) -> Kept:
        memory = sqlite3.connect(":memory:", check_same_thread=False)
        with sqlite3.connect(self.path) as live:
            live.backup(memory)
        live.close()
        return Kept(memory, dict(self.codes), self.talk, set(self.away), self.cards)

    # ---- what happens

    def tell(self, line: str) -> str:
        """Let one line happen; the reply. Broken where it should name an order and does not."""
        if line.startswith("~ "):
            self._happens(line)
            return ""
        said, _, name = line.partition(" => ")
        who, words = said.split(":", 1)
        reply = self.say(who.strip(), words.strip())
        if name:
            found = CODE.search(reply)
            if not found:
                raise Broken(f"{said!r} makes no order: {reply!r}")
            self.codes[name.strip()] = found[1]
        return reply

    def say(self, who: str, words: str) -> str:
        """One message, and whatever goes out after it."""
        self.platform.users.get_or_create(openid(who), self.platform.clock.now(), who)
        more: dict[str, object] = {}
        kind = re.fullmatch(r"\[(图片|语音|位置)\] ?(.*)", words, re.DOTALL)
        if kind:
            more, words = {"kind": KINDS[kind[1]], "media_id": None if kind[1] == "位置" else "m1"}, kind[2]
        self.away.discard(who)
        reply = self.talk.says(who, self.filled(words), **more)  # type: ignore[arg-type]
        self.deliver()
        return reply

    def filled(self, words: str) -> str:
        """The words with the numbers of the orders in them: `{A}`, or written otherwise as `{A:wide}` (see `FORMS`)."""
        return re.sub(r"\{(\w)(?::(\w+))?\}", self._code_in_form, words)

    def _code_in_form(self, found: re.Match[str]) -> str:
        return FORMS[found[2] or "plain"](self.codes.get(found[1], "0000000"))

    def _happens(self, line: str) -> None:
        if span := SPAN.fullmatch(line):
            self.talk.wait(**{span[2]: int(span[1])})
            self.traveller.move_to(self.talk.now)
            for work in clockwork.sweep(self.office, self.talk.now):
                work.do()
            self.deliver()
        elif line == "~ cards":
            self.cards = True
        elif line.startswith("~ away "):
            self.away.add(line.removeprefix("~ away "))
        else:
            raise ValueError(line)

    def deliver(self) -> None:
        """Send what is due, as a worker does. Everybody's window is open, unless they are away."""
        self.traveller.move_to(self.talk.now)
        away = [openid(name) for name in self.away]
        until = self.talk.now + timedelta(days=2)
        with self.office.db.transaction() as tx:
            tx.run(update(persons).where(persons.c.openid.not_in(away)).values(chat_until=until, chat_left=20))
            tx.run(update(persons).where(persons.c.openid.in_(away)).values(chat_until=None, chat_left=0))
        for user in self.platform.users:
            if user.openid in away:
                user.windows.close()
            else:
                user.windows.spoke(self.platform.clock.now())
        Delivery(self.desks[self.cards], lambda: False).run(20)

    # ---- what came of it

    def mark(self) -> None:
        """What people are brought from now on is what `heard` says."""
        self._mark = max((one["seq"] for one in self.platform.sent), default=0)

    def heard(self, who: str) -> list[str]:
        """What the account brought this person, unasked, since the mark."""
        sent = [one for one in self.platform.sent if one["openid"] == openid(who) and not one["duplicate"]]
        return [_words(one["payload"]) for one in sent if one["seq"] > self._mark]

    def order_codes(self) -> list[str]:
        """Of all orders, the oldest first."""
        with self.office.db.reading() as tx:
            return [row.code for row in tx.all(select(orders.c.code).order_by(orders.c.id))]

    def order(self, code: str) -> dict[str, Any]:
        """The order as other systems see it; of a restricted one the bare row."""
        answer = self.app.test_client().get(f"/api/v1/orders/{code}", headers={"Authorization": f"Bearer {self.token}"})
        if answer.status_code == 200:
            return dict(answer.get_json())
        with self.office.db.reading() as tx:
            row = tx.first(select(orders).where(orders.c.code == code))
        assert row is not None, f"no order {code}"
        return {"code": code, "lane": row.lane, "category": {"code": row.category}, "urgency": row.urgency,
                "state": row.state, "outcome": row.outcome, "text": row.text, "handler": None,
                "community": row.community, "rating": row.rating}  # fmt: skip

    def broadcast(self) -> dict[str, Any]:
        """The newest one."""
        with self.office.db.reading() as tx:
            number = tx.value(select(broadcasts.c.id).order_by(broadcasts.c.id.desc()).limit(1))
        if number is None:
            return {"state": "none", "counts": {}}
        answer = self.app.test_client().get(
            f"/api/v1/broadcasts/{number}", headers={"Authorization": f"Bearer {self.token}"}
        )
        return dict(answer.get_json())

    def begin(self, entry: Entry) -> None:
        """Bring about the entry's place."""
        self.enter(entry.given)
        for line in entry.then:
            self.tell(line)
        self.mark()


def _words(payload: Mapping[str, Any]) -> str:
    """What a person reads of a message that was sent."""
    if "data" in payload:
        return " · ".join(str(field["value"]) for field in payload["data"].values())
    return str(payload.get("text", {}).get("content", ""))
