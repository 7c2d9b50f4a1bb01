"""The chat side of reminders: write one step by step, hand it to an approver, approve it, watch it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.errors import NotUnderstood

MOST = 1000  # characters of a reminder
TITLE = 30  # characters of a first line that serves as title

Draft = dict[str, Any]
Audience = dict[str, list[str]]


class BroadcastDesk(Protocol):
    """What these flows may ask of the service, within one message's transaction."""

    def say(self, key: str, **facts: object) -> str: ...
    def audience_words(self) -> Mapping[str, Any]: ...  # [broadcast.audience] of the locale
    def role_words(self) -> Mapping[str, str]: ...  # [broadcast.roles] of the locale
    def communities(self) -> Sequence[str]: ...
    def count_audience(self, audience: Audience) -> int: ...
    def count_unbound(self, audience: Audience) -> int: ...
    def approvers(self) -> Sequence[tuple[int, str]]: ...
    def create(self, title: str, body: str, audience: Audience, asked_id: int) -> int: ...
    def approve(self, number: int) -> None: ...
    def reject(self, number: int, note: str) -> None: ...
    def figures(self, number: int) -> Mapping[str, object]: ...  # title, state, recipients, sent, delivered, …


def start(desk: BroadcastDesk, rest: str, draft: Draft) -> str:
    """提醒, alone or with the text behind it. An empty draft afterwards means that nothing is asked."""
    draft.clear()
    if rest.strip():
        return _take_text(desk, rest, draft)
    draft["step"] = "text"
    return desk.say("broadcast.ask_text")


def answer(desk: BroadcastDesk, text: str, draft: Draft) -> str:
    """The answer to the draft's present question; the draft is empty when it is finished."""
    steps = {"text": _take_text, "audience": _take_audience, "approver": _take_approver}
    return steps[draft["step"]](desk, text, draft)


def _take_text(desk: BroadcastDesk, text: str, draft: Draft) -> str:
    body = text.strip()
    if not body or len(body) > MOST:
        draft["step"] = "text"
        return desk.say("broadcast.too_long", most=MOST, length=len(body)) if body else desk.say("broadcast.ask_text")
    draft.update(step="audience", body=body)
    return desk.say("broadcast.ask_audience")


def _take_audience(desk: BroadcastDesk, text: str, draft: Draft) -> str:
    try:
        audience = parse_audience(text, desk.communities(), desk.role_words(), desk.audience_words())
    except NotUnderstood as refusal:
        return desk.say(refusal.key, **refusal.facts)
    number = desk.count_audience(audience)
    if not number:
        return desk.say("broadcast.audience_empty", audience=text.strip())
    people = desk.approvers()
    if not people:
        draft.clear()
        return desk.say("broadcast.no_approvers")
    draft.update(step="approver", audience=audience, people=number)
    lines = [desk.say("broadcast.approver_line", number=n, name=name) for n, (_, name) in enumerate(people, 1)]
    unbound = desk.count_unbound(audience)
    reached = desk.say("broadcast.unbound", number=unbound) + "\n" if unbound else ""
    return reached + desk.say(
        "broadcast.preview", audience=text.strip(), number=number, body=draft["body"], approvers="\n".join(lines)
    )


def _take_approver(desk: BroadcastDesk, text: str, draft: Draft) -> str:
    people = desk.approvers()
    said = text.strip()
    if said.isdecimal() and 1 <= int(said) <= len(people):
        chosen = [people[int(said) - 1]]
    else:
        chosen = [person for person in people if person[1] == said]
    if len(chosen) != 1:
        return desk.say("broadcast.choose_approver", most=len(people))
    approver_id, name = chosen[0]
    number = desk.create(*_title_and_body(desk, draft["body"]), draft["audience"], approver_id)
    reply = desk.say("broadcast.handed_over", approver=name, number=number, people=draft["people"])
    draft.clear()
    return reply


def _title_and_body(desk: BroadcastDesk, text: str) -> tuple[str, str]:
    """A short first line is the title of what follows; a text without one gets the office's usual title."""
    first, _, rest = text.partition("\n")
    if rest.strip() and len(first) <= TITLE:
        return first.strip(), rest.strip()
    return desk.say("broadcast.title"), text


def approve(desk: BroadcastDesk, rest: str) -> str:
    """批准 N."""
    number, _ = _numbered(rest, "approve")
    desk.approve(number)
    return desk.say("broadcast.approved", number=number, people=desk.figures(number)["recipients"])


def reject(desk: BroadcastDesk, rest: str) -> str:
    """不批准 N reason; the author reads the reason, so there must be one."""
    number, note = _numbered(rest, "reject")
    if not note:
        raise NotUnderstood("broadcast.why", number=number)
    desk.reject(number, note)
    return desk.say("broadcast.rejected", number=number)


def report(desk: BroadcastDesk, rest: str) -> str:
    """查看提醒 N: sent, delivered, failed, acknowledged."""
    number, _ = _numbered(rest, "report")
    figures = dict(desk.figures(number))
    state = desk.say(f"broadcast.state.{figures.pop('state')}")
    return desk.say("broadcast.report", **{**figures, "number": number, "state": state})


def _numbered(rest: str, command: str) -> tuple[int, str]:
    """The number and the words after it."""
    found = re.match(r"\s*(\d{1,15})(?!\d)[\s,，:：、]*(.*)", rest, re.DOTALL)
    if found is None:
        raise NotUnderstood(f"broadcast.which_{command}")
    return int(found[1]), found[2].strip()


def parse_audience(
    text: str, communities: Sequence[str], roles: Mapping[str, str], words: Mapping[str, Any]
) -> Audience:
    """Role, community, branch, grid and names, as far as named. NotUnderstood where words are left over."""
    left = text.strip()
    found: Audience = {}
    for part, pattern, name in _patterns(communities, roles, words):
        for match in re.finditer(pattern, left):
            _add(found, part, name or _grid(match[0], words["grid_name"]))
        left = re.sub(pattern, " ", left)
    for filler in words["fillers"]:
        left = re.sub(rf"(?<!\w){re.escape(filler)}|{re.escape(filler)}(?!\w)", " ", left)
    for match in re.finditer(words["branch"], left):
        _add(found, "branch", match[0])
    left = re.sub(words["branch"], " ", left)
    for name in filter(None, re.split(words["separators"], left)):
        if re.fullmatch(words["name"], name) is None:
            raise NotUnderstood("broadcast.audience_unclear")
        _add(found, "names", name)
    if not found:
        raise NotUnderstood("broadcast.audience_unclear")
    return found


def _patterns(
    communities: Sequence[str], roles: Mapping[str, str], words: Mapping[str, Any]
) -> list[tuple[str, str, str | None]]:
    """Which part of an audience each pattern names and as what, the longest words first; None: a grid's number."""
    named = [("community", name, name) for name in communities]
    named += [("role", word, role) for word, role in roles.items()]
    longest = sorted(named, key=lambda entry: len(entry[1]), reverse=True)
    return [*((part, re.escape(word), name) for part, word, name in longest), ("grid", words["grid"], None)]


def _add(found: Audience, part: str, value: str) -> None:
    values = found.setdefault(part, [])
    if value not in values:
        values.append(value)


def _grid(said: str, name: str) -> str:
    """The office writes a grid's number with two digits."""
    return name.format(number=int(re.sub(r"\D", "", said)))
