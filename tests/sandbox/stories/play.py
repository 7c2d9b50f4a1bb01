"""One story told on the phones: every line goes through the webhook of an empty office, step by step or at a chosen speed."""

import re
import secrets
import threading
import time
from collections.abc import Mapping
from typing import Any

from tests.sandbox.platform import Platform
from tests.sandbox.pushing import incoming
from tests.sandbox.stories.script import NOW, TOLD, Turn, mark, readable, script, turns
from tests.sandbox.stories.stage import NoOffice, Stage
from tests.sandbox.users.cast import OPENID_LENGTH, ROLES, SUGGESTIONS, Person
from tests.story import CAST, PICTURE, Line, Story, Verdict, fill, judge, judge_notices, judge_order

NOTE = "故事"  # marks the people of a story where there is another of that name
PAUSE, PAUSE_PER_CHARACTER, PAUSE_MOST = 1.5, 0.03, 6.0  # seconds after a reply, at speed 1
NOTICES = ("kf", "template", "subscription", "mass")
NOTICE_SECONDS = 4.0
FORGOTTEN_SECONDS = 600  # nobody looks any more: the office ends
_LINK = re.compile(r"</?a\b[^>]*>")


class Play:
    """A story, its people and how far it is. `state`: preparing, paused, playing, done, stopped or failed. Safe for threads."""

    def __init__(self, platform: Platform, story: Story, *, playing: bool, speed: float) -> None:
        self.epoch = platform.epoch
        self._platform, self._story = platform, story
        self._changed = threading.Condition()
        self._phase, self._closed = "preparing", False
        self._playing, self._steps, self._speed = playing, 0, speed
        self._lines, self._turns = script(story), turns(story)
        self._told, self._at, self._told_at, self._rest = 0, -1, 0.0, 0.0
        self._codes: Mapping[str, str] = {}
        self._seen = time.monotonic()
        self._run_id = secrets.token_hex(6)
        self._openids = self._invite()
        self._stage = Stage(platform.options)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def steer(
        self, *, playing: bool | None = None, step: bool = False, speed: float | None = None, stop: bool = False
    ) -> None:
        """Play or pause, tell one step and pause, change the speed, stop. A story that has ended stays so."""
        with self._changed:
            self._playing = False if step else self._playing if playing is None else playing
            self._steps += step
            self._speed = speed or self._speed
            if stop and self._phase in ("preparing", "telling"):
                self._phase = "stopped"
            self._changed.notify_all()

    def close(self) -> None:
        """End the office and take its people off the sandbox."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._stage.end()
        self._thread.join()

    @property
    def closed(self) -> bool:
        return not self._thread.is_alive()

    def as_json(self) -> dict[str, Any]:
        """All the page needs; whoever asks keeps the office alive."""
        with self._changed:
            self._seen = time.monotonic()
            checks = [check["met"] for line in self._lines for check in line.checks]
            return {
                "run": self._run_id, "story": self._story.name, "title": self._story.title, "speed": self._speed,
                "state": ("playing" if self._playing else "paused") if self._phase == "telling" else self._phase,
                "steps": len(self._turns), "told": self._told, "at": self._at,
                "met": checks.count(True), "missed": checks.count(False),
                "people": self._openids, "speakers": [self._openids[name] for name in self._story.speakers],
                "lines": [line.as_json() for line in self._lines],
            }  # fmt: skip

    # ---- its own thread

    def _run(self) -> None:
        try:
            self._stage.wait_until_ready()
            self._bind()
            self._enter("telling", after="preparing")
            for turn in self._turns:
                if not self._may_go_on():
                    break
                self._tell(turn)
            self._enter("done", after="telling")
            while self._wait():
                pass
        except NoOffice:
            self._enter("failed", after=self._phase)
        finally:
            self._stage.end()
            self._platform.pusher.forget(self._openids.values())
        while self._wait():  # after a failure the page still tells of it
            pass
        with self._platform.lock:
            self._platform.users.remove(self._openids.values())

    def _enter(self, phase: str, *, after: str) -> None:
        with self._changed:
            if self._phase == after:
                self._phase = phase

    def _wait(self, seconds: float = FORGOTTEN_SECONDS) -> bool:
        """Wait for a change, at most so long. False once the story is closed, or forgotten by whoever looked at it."""
        self._changed.acquire()
        try:
            if not self._closed:
                self._changed.wait(seconds)
            return not self._closed and time.monotonic() - self._seen < FORGOTTEN_SECONDS
        finally:
            self._changed.release()

    def _may_go_on(self) -> bool:
        """Wait until the next step is due. False when there shall be none."""
        while True:
            with self._changed:
                if self._phase != "telling":
                    return False
                if self._steps:
                    self._steps -= 1
                    return True
                left = self._told_at + self._rest / self._speed - time.monotonic()
                if self._playing and left <= 0:
                    return True
                pause = left if self._playing else FORGOTTEN_SECONDS
            if not self._wait(pause):
                return False

    def _invite(self) -> dict[str, str]:
        """A phone for everybody of the story and of its office; openids by name."""
        roles = {row.split(",")[1]: row.split(",")[0] for row in CAST.splitlines()[1:]}
        found: dict[str, str] = {}
        with self._platform.lock:
            for number, name in enumerate(dict.fromkeys([*self._story.speakers, *roles])):
                label = roles.get(name, "居民")
                role = ROLES.get(label, label)
                found[name] = f"oStory_{self._run_id}_{number:02d}".ljust(OPENID_LENGTH, "_")
                person = Person(found[name], name, role, label, NOTE, SUGGESTIONS.get(role, ("帮助",)))
                self._platform.users.add(person, self._platform.clock.now())
        return found

    def _bind(self) -> None:
        """Everybody of the office signs in, as before every story in the tests."""
        self._platform.pusher.lead(self._openids.values(), self._stage.service)
        for name, code in self._stage.codes.items():
            if "绑定成功" not in self._say(name, f"绑定 {code}"):
                raise NoOffice(f"{name} could not sign in")
        with self._platform.lock:
            for user in map(self._platform.users.find, self._openids.values()):
                if user is not None:
                    user.received = 0  # that somebody signed in is no news

    def _say(self, name: str, words: str) -> str:
        """Send it as this person; the text of the reply."""
        user = self._platform.users.find(self._openids[name])
        if user is None or self._closed:
            raise NoOffice("the story was closed")
        body = {"image": ""} if words == PICTURE else {"text": words}
        options = self._platform.options
        doing = incoming.read(body, self._platform.media, f"http://{options.host}:{options.port}")
        reply = self._platform.user_does(user, doing).reply or {}
        return _LINK.sub("", str(reply.get("Content") or ""))

    def _tell(self, turn: Turn) -> None:
        words = fill(self._story.lines[turn.says].words, self._codes)
        shown = self._lines[turn.says]
        with self._changed:
            self._at, shown.state, shown.words = turn.says, NOW, readable(words, self._codes)
            self._told += 1
        before = self._newest()
        reply = self._say(shown.who, words)
        for number in turn.expects:
            self._judge(number, reply, before)
        with self._changed:
            shown.state, self._told_at = TOLD, time.monotonic()
            self._rest = min(PAUSE + PAUSE_PER_CHARACTER * len(reply), PAUSE_MOST)

    def _judge(self, number: int, reply: str, before: int) -> None:
        """`before`: number of the newest item on any phone before somebody spoke."""
        line, shown = self._story.lines[number], self._lines[number]
        verdicts: tuple[Verdict, ...]
        codes = self._codes
        if line.kind == "order":
            verdicts = judge_order(line, self._stage.held(fill(line.who, codes)))
        elif line.kind == "orders":
            verdicts = (Verdict(line.words, self._stage.count() == int(line.words)),)
        elif line.kind in ("told", "untold"):
            verdicts = (self._judge_notices(line, before),)
        else:
            judged = judge(line, reply, codes)
            verdicts, codes = judged.verdicts, judged.codes
        with self._changed:
            self._codes = codes
            shown.who = readable(line.who, codes)
            mark(shown, verdicts, codes)

    def _judge_notices(self, line: Line, before: int) -> Verdict:
        """A worker sends notices by itself: wait for them a little."""
        deadline = time.monotonic() + NOTICE_SECONDS
        while True:
            verdict = judge_notices(line, self._notices(line, before), self._codes)
            if verdict.met is (line.kind == "told") or time.monotonic() > deadline or self._closed:
                return verdict
            time.sleep(0.1)

    def _notices(self, line: Line, before: int) -> list[str]:
        openids = [self._openids[name] for name in line.people if name in self._openids]
        with self._platform.lock:
            users = [user for user in map(self._platform.users.find, openids) if user is not None]
            return [item.text for user in users for item in user.phone if item.seq > before and item.kind in NOTICES]

    def _newest(self) -> int:
        with self._platform.lock:
            users = [user for user in map(self._platform.users.find, self._openids.values()) if user is not None]
            return max((item.seq for user in users for item in user.phone), default=0)
