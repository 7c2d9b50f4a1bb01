"""The whole state of the platform, in memory, and what passes between phones and the service."""

import itertools
import secrets
import threading
import time
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.sandbox.account.errors import PlatformError
from tests.sandbox.account.mass import MassJobs
from tests.sandbox.account.media import MediaStore
from tests.sandbox.account.menus import Menus
from tests.sandbox.account.oauth import Logins
from tests.sandbox.account.qrcodes import QrCodes
from tests.sandbox.account.quotas import Quotas
from tests.sandbox.account.tags import Tags
from tests.sandbox.account.templates import Templates
from tests.sandbox.account.tokens import Tokens
from tests.sandbox.clock import Clock
from tests.sandbox.faults import Faults
from tests.sandbox.options import Options, Template
from tests.sandbox.pushing import replies
from tests.sandbox.pushing.incoming import Incoming, event
from tests.sandbox.pushing.pusher import Pushed, Pusher
from tests.sandbox.pushing.wire import WireLog
from tests.sandbox.sms.center import Center
from tests.sandbox.users.users import Consent, Item, User, Users

FAULT_NOTICE = "该公众号提供的服务出现故障，请稍后再试"
RECEIPT_THREADS = 4
SENT_KEPT = 200_000
OWNER_SEES = ("own", "notice")  # kinds of items that come from what the phone's owner does


class Platform:
    """One account on one platform. Every change of state holds `lock`; no network call is made while it is held."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.lock = threading.RLock()
        self.clock = Clock()
        self.tokens = Tokens(self.clock)
        self._numbers = itertools.count(1)
        self._ids = itertools.count(int(time.time() * 1000) * 10_000)  # unique also after a restart
        self._receipts = ThreadPoolExecutor(RECEIPT_THREADS, "receipt")
        self.reset()

    def reset(self) -> None:
        """Return to the state at start, except for the clock and the tokens that were handed out."""
        with self.lock:
            self.epoch = secrets.token_hex(4)  # a new value makes the page reload its state
            self.users = Users(self.options.cast, self.clock.now())
            self.faults = Faults()
            self.quotas = Quotas(self.clock)
            self.wire = WireLog()
            self.media = MediaStore(self.clock)
            self.pusher = Pusher(self.options, self.clock, self.wire, self.media)
            self.templates = Templates(self.clock, self.options.templates)
            self.menus, self.tags, self.qr_codes = Menus(), Tags(), QrCodes(self.clock)
            self.mass, self.logins = MassJobs(self.clock), Logins(self.clock)
            self.sms = Center(self.options)
            self.sent: deque[dict[str, Any]] = deque(maxlen=SENT_KEPT)
            self.calls: Counter[str] = Counter()

    def count(self, api: str) -> None:
        """Count a call of an API, also one that is refused or answered by a fault."""
        with self.lock:
            self.calls[api] += 1

    def new_id(self) -> int:
        return next(self._ids)

    def recipient(self, openid: Any) -> User:
        """The user of this openid. PlatformError 40003 for an unknown one."""
        user = self.users.find(openid) if isinstance(openid, str) else None
        if user is None:
            raise PlatformError(40003)
        return user

    def refuses(self, user: User) -> bool:
        return user.openid in self.faults.block

    # ---- to a phone

    def show(
        self, user: User, kind: str, type: str, text: str, content: Mapping[str, Any] | None = None, msgid: str = ""
    ) -> Item:
        """Put something on a phone."""
        with self.lock:
            item = Item(next(self._numbers), self.clock.now(), kind, type, text, dict(content or {}), msgid)
            user.phone.append(item)
            user.received += kind not in OWNER_SEES
        return item

    def show_short_message(self, number: str, text: str) -> None:
        """On the phone that has this number; a number of nobody here is passed over."""
        with self.lock:
            for user in self.users:
                if number and user.person.number == number:
                    self.show(user, "sms", "text", text)

    def record_sent(
        self, api: str, openid: str, payload: Mapping[str, Any], msgid: int = 0, duplicate: bool = False
    ) -> None:
        """Record an accepted send. `duplicate`: it was dropped because of its client_msg_id."""
        with self.lock:
            self.sent.append(
                {
                    "seq": next(self._numbers), "at": self.clock.now(), "api": api, "openid": openid, "payload": payload,
                    "msgid": str(msgid or ""), "duplicate": duplicate,
                }
            )  # fmt: skip

    # ---- to the service

    def user_does(
        self, user: User, doing: Incoming, *, copies: int = 1, deliveries: int | None = None, msg_id: int | None = None
    ) -> Pushed:
        """Carry out what a user does: show it on the phone, push it to the service, show the reply. Returns when all is done."""
        number = msg_id or self.new_id()
        with self.lock:
            if doing.shown:
                self.show(user, "own" if doing.ordinary else "notice", *doing.shown, msgid=str(number))
            if doing.opens == "message":
                user.windows.spoke(self.clock.now())
            elif doing.opens == "click":
                user.windows.clicked(self.clock.now())
        fields = self._header(user.openid) | doing.fields | ({"MsgId": number} if doing.ordinary else {})
        pushed = self.pusher.push(user.openid, fields, copies=copies, deliveries=deliveries)
        self._show_answer(user, pushed, doing.visible)
        return pushed

    def notify(self, openid: str, name: str, fields: Mapping[str, Any]) -> None:
        """Push an event such as a receipt, in another thread."""
        if self.faults.receipts != "lost":
            self._receipts.submit(self.pusher.push, openid, self._header(openid) | event(name, fields).fields)

    def receipt_status(self, usual: str) -> str:
        return self.faults.receipts or usual

    def _header(self, openid: str) -> dict[str, Any]:
        return {"ToUserName": self.options.account_id, "FromUserName": openid, "CreateTime": int(self.clock.now())}

    def _show_answer(self, user: User, pushed: Pushed, visible: bool) -> None:
        if pushed.reply:
            type, text, content = replies.shown(pushed.reply)
            self.show(user, "passive", type, text, content)
        elif pushed.status in ("failed", "paused") and visible:
            self.show(user, "notice", "fault", FAULT_NOTICE)

    # ---- what else a user may do

    def follow(self, user: User, scene: str = "") -> Pushed:
        with self.lock:
            user.subscribed, user.subscribe_time, user.scene = True, int(self.clock.now()), scene
        fields = (
            {"EventKey": f"qrscene_{scene}", "Ticket": self.qr_codes.ticket_of(scene)} if scene else {"EventKey": ""}
        )
        return self.user_does(user, event("subscribe", fields, opens="click", shown="已关注"))

    def unfollow(self, user: User) -> Pushed:
        with self.lock:
            user.subscribed = False
            user.windows.close()
            user.tags.clear()
        return self.user_does(user, event("unsubscribe", {"EventKey": ""}, shown="已取消关注"))

    def scan(self, user: User, scene: str) -> Pushed:
        """Scan the account's QR code: starts following, or a SCAN event for a follower."""
        if not user.subscribed:
            return self.follow(user, scene)
        ticket = self.qr_codes.ticket_of(scene)
        return self.user_does(
            user,
            event("SCAN", {"EventKey": scene, "Ticket": ticket}, opens="click", visible=True, shown=f"扫码：{scene}"),
        )

    def consent(self, user: User, template: Template, *, accept: bool, once: bool = False) -> Pushed:
        """Agree to a subscription template (for good, or with `once` for one more send), or take the consent back."""
        with self.lock:
            standing = user.consents.setdefault(template.id, Consent())
            if not accept:
                user.consents[template.id] = Consent()
            elif once:
                standing.once += 1
            else:
                standing.always = True
        kind = "SubscribeMsgPopupEvent" if accept else "SubscribeMsgChangeEvent"
        entry: dict[str, Any] = {"TemplateId": template.id, "SubscribeStatusString": "accept" if accept else "reject"}
        if accept:
            entry["PopupScene"] = 1
        name = "subscribe_msg_popup_event" if accept else "subscribe_msg_change_event"
        line = "已订阅通知" if accept else "已退订通知"
        return self.user_does(user, event(name, {kind: {"List": entry}}, shown=line))

    def set_faults(self, changes: dict[str, Any]) -> None:
        """Switch faults on. `token_expired: "once"` ends all tokens now. ValueError for an unknown name."""
        with self.lock:
            once = changes.get("token_expired") == "once"
            if once:
                self.tokens.expire_all()
            self.faults.set({name: value for name, value in changes.items() if not (once and name == "token_expired")})
            self.quotas.daily_limit, self.quotas.minute_limit = self.faults.daily_limit, self.faults.minute_limit

    def clear_faults(self) -> None:
        with self.lock:
            self.faults = Faults()
            self.quotas.daily_limit, self.quotas.minute_limit = {}, {}
            self.pusher.resume()

    def items_since(self, seq: int, users: Iterable[User]) -> dict[str, list[dict[str, Any]]]:
        """By openid, what reached these phones after number `seq`."""
        with self.lock:
            return {user.openid: [item.as_json() for item in user.phone if item.seq > seq] for user in users}
