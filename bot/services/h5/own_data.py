"""A copy of what is kept of somebody, for that person. Restricted matters are not in it: somebody else may hold the telephone."""

from datetime import datetime
from typing import Any

from bot.errors import NotAllowed
from bot.messages import from_json
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.orders.visibility import Visibility
from bot.services.console.seat import Seat
from bot.services.notices.words import broadcast_words
from bot.services.office import Office
from bot.services.orders import shown
from bot.store import attachments, inbound
from bot.store.broadcasts import people as broadcast_people
from bot.store.broadcasts import preferences
from bot.store.database import Tx
from bot.store.persons import member_cards, people
from bot.store.records import search
from bot.store.rows import Attachment
from bot.store.sealed import columns

MOST = 2000  # messages


def copy(office: Office, seat: Seat, now: datetime) -> dict[str, Any]:
    """Everything as text, under names that its reader understands. NotAllowed on a device that no administrator has confirmed
    yet: a stolen code would be enough."""
    with office.db.reading() as tx:
        if people.by_id(tx, seat.person_id).moved_at is not None:
            raise NotAllowed("device.copy")
        own = [row for row in search.orders_of(tx, seat.person_id) if not is_restricted(row)]
        found = {
            "made_at": _moment(office, now), "account": _account(office, tx, seat.person_id),
            "orders": [_named(office, _order(office, tx, row)) for row in own],
            "messages": [
                _named(office, {"at": _moment(office, at), "words": from_json(body).text if body else "", "reply": reply})
                for at, body, reply in inbound.said_by(tx, seat.person_id, MOST)
            ],
            "broadcasts": _answers(office, tx, seat.person_id), "wishes": _wishes(office, tx, seat.person_id),
        }  # fmt: skip
    return _named(office, found)


def _answers(office: Office, tx: Tx, person_id: int) -> list[dict[str, Any]]:
    """What the person said to broadcasts, and when it was told by hand."""
    say, texts = office.say, office.texts
    return [
        _named(office, {
            "number": row.id, "kind": say(f"broadcast.kind.{row.kind}"), "title": broadcast_words.heading(texts, row.title, row.year, row.number),
            "acked_at": _perhaps(office, row.acked_at),
            "answer": None if row.coming is None else say(f"h5.broadcast.{'coming' if row.coming else 'away'}"),
            "reason": columns.text(tx, "broadcast_people", "reason_sealed", row), "answered_at": _perhaps(office, row.answered_at),
            "signed_in_at": _perhaps(office, row.signed_in_at), "told_offline_at": _perhaps(office, row.told_offline_at),
        })
        for row in broadcast_people.said_by(tx, person_id)
    ]  # fmt: skip


def _wishes(office: Office, tx: Tx, person_id: int) -> dict[str, Any] | None:
    """What the person wishes to get; None where nothing was ever chosen."""
    row = preferences.of(tx, person_id)
    if row is None:
        return None
    return _named(office, {
        "muted": [office.say(f"broadcast.kind.{kind}") for kind in row.muted], "digest": row.digest,
        "service": row.service, "service_at": _perhaps(office, row.service_at),
    })  # fmt: skip


def _perhaps(office: Office, at: datetime | None) -> str | None:
    return None if at is None else _moment(office, at)


def _account(office: Office, tx: Tx, person_id: int) -> dict[str, Any]:
    person = people.by_id(tx, person_id)
    roles = [
        "、".join(filter(None, (office.say(f"role.{row.role}"), row.community, row.grid)))
        for row in people.roles_of(tx, person_id)
    ]
    return _named(office, {
        "openid": person.openid, "name": person.name, "phone": columns.text(tx.vault, "persons", "phone_sealed", person),
        "community": person.community, "place": columns.text(tx.vault, "persons", "place_sealed", person), "roles": roles,
        "card": [f"{office.say('card_fields.' + name)}：{field.text}" for name, field in member_cards.of(tx, person_id).items()],
        "since": _moment(office, person.created_at),
    })  # fmt: skip


def _order(office: Office, tx: Tx, row: Order) -> dict[str, Any]:
    lines = [
        _named(office, {
            "at": _moment(office, step.line.at), "what": office.say(f"did.{step.line.action}"),
            "note": shown.own_note(office, tx, step.words),
        })
        for step in shown.story(tx, row.id)
    ]  # fmt: skip
    ended = row.state == "closed" and row.outcome
    return {
        "code": row.code, "at": _moment(office, row.created_at), "words": shown.words(office, row, Visibility.OWN, tx),
        "place": shown.spot(tx, row, Visibility.OWN), "contact": shown.contact(tx, row, Visibility.OWN), "when": row.wanted_when,
        "state": office.say(f"outcome.{row.outcome}" if ended else f"state.{row.state}"), "rating": row.rating, "lines": lines,
"files": [_file(office, each) for each in attachments.of(tx, row.id)],
    }  # fmt: skip


def _file(office: Office, file: Attachment) -> str:
    kind = office.say(f"h5.file.{file.kind}")
    return f"{kind} {_moment(office, file.created_at)}"


def _named(office: Office, values: dict[str, Any]) -> dict[str, Any]:
    return {office.say(f"h5.copy.{name}"): value for name, value in values.items()}


def _moment(office: Office, at: datetime) -> str:
    return at.astimezone(office.calendar.zone).isoformat(timespec="seconds")
