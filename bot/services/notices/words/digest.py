"""What waited for somebody who is reachable again, as text for one reply: each notice as it is, or a sum of many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.broadcasts.life import MEETING, NO_DUTY
from bot.dialogue.reply_length import cut
from bot.orders.restricted import is_restricted_lane
from bot.services.notices.words.letter import ALARMS, TO_DISPATCH, Letter
from bot.services.notices.words.opening import Speaks

MOST_SINGLY = 3  # so many are told one by one; more are summed up
CODES_SHOWN = 5
CUT_FROM = 600  # bytes; where there is less room, a notice that does not fit waits for the next reply

BROADCAST = "broadcast"
# How a notice is summed up: a line of `[digest]` for all of a kind, by event or by whom it is for.
KINDS = {
    **dict.fromkeys(TO_DISPATCH, "dispatch"),
    **dict.fromkeys(
        ("warn_staff", "escalate_leaders", "call_staff", "reopen_staff", "no_show_staff", "petition_warn_staff",
         "petition_late_staff", "petition_late_leaders"),
        "urgent",
    ),
    "place_restricted": "restricted", "sealed_staff": "restricted", "broadcast_review": "review", "broadcast_second": "review",
    BROADCAST: BROADCAST,
    **dict.fromkeys(("invite_invitee", "urge_invitee", "publish_members", "widen_members"), "invited"),
}  # fmt: skip
ORDER, ITSELF = "order", "itself"
OF_ORDERS = ("_resident", "_followers", "_handler")  # for these a line for each order: its last news and what to answer


@dataclass(slots=True)
class Told:
    """The text, the notices that it tells, and what is left of one that was too long, for the asking."""

    text: str = ""
    ids: list[int] = field(default_factory=list)
    rest: str = ""
    restricted: bool = False

    def add(self, letter: Letter, text: str = "") -> None:
        """This notice is told, with a text of its own or in one that tells of several."""
        if text:
            self.text += "\n" + text
        self.ids.append(letter.id)
        self.restricted |= is_restricted_lane(letter.row.order_lane)


def told(office: Speaks, letters: Sequence[Letter], count: int, room_bytes: int) -> Told:
    """At most `room_bytes` of UTF-8 about `count` notices, of which these letters are the first."""
    more = "\n" + office.texts.say("outbox.more", count=count)
    reply, room = Told("\n\n" + office.texts.say("outbox.waiting", count=count)), room_bytes - len(more.encode())
    singly, summed = list(letters), list[Letter]()
    if count > MOST_SINGLY:
        singly = [letter for letter in letters if _is_told_singly(letter)]
        summed = [letter for letter in letters if letter not in singly]
    sums = list(_sums(office, summed))
    room -= sum(len(text.encode()) + 1 for text, _ in sums)
    _one_by_one(reply, singly, room)
    for text, group in sums:
        if len((reply.text + text + more).encode()) >= room_bytes:
            break
        reply.text += "\n" + text
        for letter in group:
            reply.add(letter)
    left = count - len(reply.ids)
    if left and reply.ids and not reply.rest:
        reply.text += "\n" + office.texts.say("outbox.more", count=left)
    if reply.rest:
        reply.text += "\n" + office.texts.say("chat.more")
    return reply


def _is_told_singly(letter: Letter) -> bool:
    """Danger, and somebody's words to this person; of a broadcast the number will do, as 收到 shows it."""
    return letter.said_as in ALARMS or (letter.is_to_be_whole and letter.row.broadcast_id is None)


def _one_by_one(reply: Told, letters: Iterable[Letter], room_bytes: int) -> None:
    for letter in letters:
        room = room_bytes - len(reply.text.encode()) - 1
        if len(letter.text.encode()) <= room:
            reply.add(letter, letter.text)
            continue
        if not reply.ids and room >= CUT_FROM:
            said, reply.rest = cut(letter.text, room)
            reply.add(letter, said)
        break


def _sums(office: Speaks, letters: Sequence[Letter]) -> Iterable[tuple[str, list[Letter]]]:
    """A line for each kind, or for each order of one's own, with the notices that it stands for. What is of no order and of no
    kind says its own words, once where several say the same."""
    groups: dict[tuple[str, str], list[Letter]] = {}
    for letter in letters:
        groups.setdefault(_group(letter), []).append(letter)
    for (kind, words), group in groups.items():
        if kind == ORDER:
            last = max(group, key=lambda letter: letter.id)
            facts = {"code": words, "title": last.facts["title"], "brief": last.brief}
            yield office.texts.say("digest.order", **facts), group
            continue
        if kind == ITSELF:
            key = "digest.itself" if len(group) == 1 else "digest.same"
            yield office.texts.say(key, text=words, number=len(group)), group
            continue
        codes = list(dict.fromkeys(letter.facts["code"] or letter.facts.get("number", "") for letter in group))
        shown = "、".join(filter(None, codes[:CODES_SHOWN])) + ("……" if len(codes) > CODES_SHOWN else "")
        yield office.texts.say(f"digest.{kind}", number=len(group), codes=shown), group


def _group(letter: Letter) -> tuple[str, str]:
    """The kind under which a notice is summed up, and what tells it from others of the kind."""
    name, sent = letter.said_as, letter.row.broadcast_kind
    if name == BROADCAST and sent == MEETING:
        return MEETING, ""
    if name == BROADCAST and sent in NO_DUTY:
        return "to_read", ""
    if name in KINDS:
        return KINDS[name], ""
    if name.endswith(OF_ORDERS):
        return ORDER, letter.facts["code"]
    return ("news", "") if letter.row.order_code is not None else (ITSELF, letter.text)
