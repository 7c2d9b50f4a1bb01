"""What of a broadcast is admitted, whoever wrote it and where: its words, the time and place of a meeting, its audience, when it
goes out; and how many approvals it needs by whom it reaches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.broadcasts.audience import RESIDENT, Audience
from bot.broadcasts.templates import places
from bot.broadcasts.written import LONGEST, Details, Written
from bot.errors import NotUnderstood
from bot.services.office import Office
from bot.store.broadcasts import audience, lists
from bot.store.database import Tx

PLACED = ("community", "branch", "grid")
"""The parts that must be somebody's on the roster."""
PLACES, SEND_AT = "places", "send_at"
BEFORE_APPROVAL = frozenset({PLACES, SEND_AT})
"""Faults that a draft may have."""
LATEST = timedelta(days=366)
"""So long ahead a broadcast may be written that goes out by itself."""
QUOTED = 5  # names that a sentence repeats


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field: `title`, `body`, `places` (of its template), `at`, `until`, `place` (of a meeting), `audience`,
    `names`, `exclude`, `send_at`."""

    field: str
    key: str
    facts: Mapping[str, object]


class Faulty(NotUnderstood):
    """What was written is not admitted; the sentence is about the first of its `faults`."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults[0].key, **faults[0].facts)
        self.faults = faults


def faults(office: Office, tx: Tx, new: Written, now: datetime) -> list[Fault]:
    """Everything that is wrong with it."""
    about = [*_of_words(new), *_of_meeting(new.details, now)]
    return [*about, *of_audience(office, tx, new.audience, new.kind), *before_approval(new, now)]


def check(office: Office, tx: Tx, new: Written, now: datetime, *, is_draft: bool) -> None:
    """Faulty where it is not admitted, or fits nobody."""
    found = [one for one in faults(office, tx, new, now) if not (is_draft and one.field in BEFORE_APPROVAL)]
    if not found and not audience.count(tx, new.audience, new.kind):
        found = [Fault("audience", "broadcast.nobody", {})]
    refuse(found)


def refuse(found: Sequence[Fault]) -> None:
    """Faulty where there are any."""
    if found:
        raise Faulty(found)


def before_approval(new: Written, now: datetime) -> list[Fault]:
    """What a draft may lack, and nothing that is handed over to be approved."""
    found = []
    if unfilled := places(new.title + new.body):
        found.append(_fault(PLACES, "places", names="、".join(unfilled)))
    if new.send_at is not None and new.send_at <= now:
        found.append(_fault(SEND_AT, "send_at_past"))
    if new.send_at is not None and new.send_at > now + LATEST:
        found.append(_fault(SEND_AT, "send_at_far"))
    return found


def _fault(field: str, name: str, **facts: object) -> Fault:
    return Fault(field, f"broadcast.fault.{name}", facts)


def _of_words(new: Written) -> list[Fault]:
    said = {"title": new.title, "body": new.body, "place": (new.details or {}).get("place", "")}
    blank = [_fault(name, f"no_{name}") for name in ("title", "body") if not said[name].strip()]
    return blank + [
        _fault(name, "long", most=LONGEST[name], length=len(value))
        for name, value in said.items() if len(value) > LONGEST[name]
    ]  # fmt: skip


def _of_meeting(details: Details | None, now: datetime) -> list[Fault]:
    """Of its time and place; None: they stand in its words alone."""
    if details is None:
        return []
    at, until = (datetime.fromisoformat(details[name]) if details.get(name) else None for name in ("at", "until"))
    found = []
    if at is None or at <= now:
        found.append(_fault("at", "no_at" if at is None else "at_past"))
    if until is not None and (at is None or until <= at):
        found.append(_fault("until", "until"))
    if not details.get("place", "").strip():
        found.append(_fault("place", "no_place"))
    return found


def check_audience(office: Office, tx: Tx, meant: Audience, kind: str) -> None:
    """Faulty where this audience is not admitted. Whether it fits anybody is another question."""
    refuse(of_audience(office, tx, meant, kind))


def of_audience(office: Office, tx: Tx, meant: Audience, kind: str) -> list[Fault]:
    """An empty value; a community, branch, grid or name that is nobody's on the roster; residents by another kind than theirs."""
    if any(not value.strip() for values in meant.as_json().values() for value in values):
        return [Fault("audience", "broadcast.audience_blank", {})]
    found = _of_roster(office, tx, meant)
    if RESIDENT in meant.role and kind != "service":
        found.append(Fault("audience", "broadcast.residents_by_service", {}))
    return found


def _of_roster(office: Office, tx: Tx, meant: Audience) -> list[Fault]:
    if not (meant.community or meant.branch or meant.grid or meant.names or meant.exclude):
        return []
    groups, names = lists.groups(tx), lists.names(tx) if meant.names or meant.exclude else set()
    known = {part: [value for value, _ in groups[part]] for part in PLACED}
    known["community"] += office.reader.communities()

    def is_of(part: str, value: str) -> bool:
        return _is_known(part, value, known[part])

    found, parts = [], meant.as_json()
    unknown = [value for part in PLACED for value in parts.get(part, ()) if not is_of(part, value)]
    if unknown:
        found.append(Fault("audience", "broadcast.on_nobody", {"names": "、".join(unknown)}))
    strange = {"names": [name for name in meant.names if name not in names]}
    left_out = [word for word in meant.exclude if word not in names]
    strange["exclude"] = [word for word in left_out if not any(is_of(part, word) for part in PLACED)]
    for field, words in strange.items():
        if words:
            found.append(_fault(field, "unknown_names", names="、".join(words[:QUOTED]), number=len(words)))
    return found


def _is_known(part: str, value: str, known: Sequence[str]) -> bool:
    """As the database compares: a branch or a grid by the end of its name too, but not a bare number."""
    if part == "community" or (part == "grid" and value[0].isdigit()):
        return value in known
    return any(one.endswith(value) for one in known)


def approvals_needed(office: Office, tx: Tx, meant: Audience) -> int:
    """Two where it goes to the whole office, or reaches nearly everybody on the roster."""
    communities = office.reader.communities()
    if meant.is_whole_office(communities):
        return 2
    if not meant.may_be_nearly_all():
        return 1
    return 2 if meant.is_nearly_all(*audience.reach(tx, meant)) else 1
