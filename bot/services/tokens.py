"""Tokens of the API: made once, kept only as a digest, each with its scopes, its reach and its end."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.broadcasts.life import APPROVERS
from bot.errors import NotAllowed, NotFound
from bot.orders.rights import ADMIN, DISCIPLINE, STAFF, Rights
from bot.services.office import Office
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.persons import tokens as store
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry
from bot.understanding.normalize import fold_name

APPROVE = "broadcasts:approve"
SCOPES = ("orders:read", "orders:write", "figures:read", "broadcasts:write", APPROVE, "broadcasts:read")
MAY_BE_STOOD_FOR = frozenset({STAFF, ADMIN, DISCIPLINE})
WHOLE_OFFICE = frozenset({ADMIN, DISCIPLINE})


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a token lets in. `person_id` is set where the token stands for a person.

    `communities`: those whose orders and figures it reaches, None for all: the smaller of what the token was made for
    and whose orders its person decides on. `community`: what the token was made for, None for all. `addressed`: as `communities`, of the
    broadcasts. `approves`: its person approves what others wrote.
    """

    name: str
    scopes: frozenset[str]
    person_id: int | None
    communities: frozenset[str] | None = None
    community: str | None = None
    addressed: frozenset[str] | None = None
    approves: bool = False

    def reaches(self, community: str | None) -> bool:
        """Whether orders of this community are within reach; those of none are the whole office's."""
        return self.communities is None or community in self.communities


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a token is made for. `stands_for`: the name of somebody who works for the office."""

    name: str
    scopes: Sequence[str]
    stands_for: str | None = None
    community: str | None = None
    days: int | None = None


def create(office: Office, wanted: Wanted, now: datetime) -> str:
    """The token, shown this once. NotFound where nobody of that name works for the office or the office has no such
    community, NotAllowed where several people bear the name, or the person answers for other communities alone."""
    token = f"wt_{secrets.token_urlsafe(32)}"
    community = _community(office, wanted.community)
    expires_at = now + timedelta(days=wanted.days) if wanted.days is not None else None
    with office.db.transaction() as tx:
        person_id = _person(tx, wanted.stands_for) if wanted.stands_for is not None else None
        of_person = _writes_to(people.rights_of(tx, person_id)) if person_id is not None else None
        if _reach(of_person, community) == frozenset():
            raise NotAllowed("token.out_of_reach", name=wanted.stands_for, community=community or "—")
        number = store.add(
            tx, wanted.name, token, wanted.scopes, person_id, now, community=community, expires_at=expires_at
        )
        audit.write(tx, now, Entry(Act.TOKEN_CREATE, audit.CLI, whose_id=person_id, detail=f"token {number}"))
    return token


def _community(office: Office, name: str | None) -> str | None:
    if name is None:
        return None
    known = {fold_name(each): each for each in office.reader.communities()}
    if fold_name(name) not in known:
        raise NotFound("token.no_such_community", name=name)
    return known[fold_name(name)]


def _person(tx: Tx, name: str) -> int:
    known = people.named(tx, name)
    found = {row.id for row in known if row.role in MAY_BE_STOOD_FOR}
    if not found:
        raise NotFound("token.not_of_office" if known else "staff.no_such_person", name=name)
    if len(found) > 1:
        raise NotAllowed("token.ambiguous", name=name, number=len(found))
    return found.pop()


def _writes_to(rights: Rights) -> frozenset[str] | None:
    """The communities for which the holder writes and approves; None for the whole office."""
    return None if rights.holds(*WHOLE_OFFICE) else rights.communities(STAFF)


def _reach(of_person: Collection[str] | None, community: str | None) -> frozenset[str] | None:
    """The smaller of the two; None for the whole office."""
    if of_person is None:
        return None if community is None else frozenset({community})
    return frozenset(of_person) if community is None else frozenset(of_person) & {community}


def caller(office: Office, token: str, now: datetime) -> Caller | None:
    """Whose token this is; None for one that is unknown, revoked or over, and for one whose person has left the
    office."""
    with office.db.reading() as tx:
        row = store.by_index(tx, tx.vault.index(token))
        if row is None or row.revoked_at is not None or (row.expires_at is not None and row.expires_at <= now):
            return None
        rights = people.rights_of(tx, row.person_id) if row.person_id is not None else None
    if rights is not None and not rights.holds(*MAY_BE_STOOD_FOR):
        return None
    reach = _reach(rights.scope() if rights is not None else None, row.community)
    addressed = _reach(_writes_to(rights) if rights is not None else None, row.community)
    approves = rights is not None and rights.holds(*APPROVERS)
    return Caller(row.name, frozenset(row.scopes), row.person_id, reach, row.community, addressed, approves)


def listed(office: Office, now: datetime) -> list[dict[str, Any]]:
    """Every token that was made, the oldest first; nothing of the tokens themselves."""
    with office.db.reading() as tx:
        rows = store.every(tx)
    return [
        {
            "name": row.name, "scopes": list(row.scopes), "as": row.person_name, "community": row.community,
            "created_at": _at(office, row.created_at), "expires_at": _at(office, row.expires_at),
            "revoked_at": _at(office, row.revoked_at), "state": _state(row.expires_at, row.revoked_at, now),
        }
        for row in rows
    ]  # fmt: skip


def _state(expires_at: datetime | None, revoked_at: datetime | None, now: datetime) -> str:
    if revoked_at is not None:
        return "revoked"
    return "expired" if expires_at is not None and expires_at <= now else "valid"


def _at(office: Office, moment: datetime | None) -> str | None:
    return moment.astimezone(office.calendar.zone).isoformat(timespec="seconds") if moment is not None else None


def revoke(office: Office, name: str, now: datetime) -> int:
    """End every token of this name at once; how many. NotFound where there is none that is not revoked yet."""
    with office.db.transaction() as tx:
        ended = store.revoke(tx, name, now)
        if not ended:
            raise NotFound("token.no_such", name=name)
        audit.write(tx, now, *(Entry(Act.TOKEN_REVOKE, audit.CLI, detail=f"token {number}") for number in ended))
    return len(ended)
