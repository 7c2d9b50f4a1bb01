"""Every state with every action: what LIFE allows happens and leaves one history line, all else is refused and leaves none."""

from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from bot.errors import NotAllowed
from bot.orders.lifecycle import ACTIONS, LIFE, MAY, Actor, State
from bot.orders.order import Order
from bot.orders.rights import rights
from bot.services.office import Office
from bot.services.orders import actions, placement
from bot.services.orders.actors import CLOCK, Doer
from bot.services.reading.typed_text import own_words
from bot.store import orders as store
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.tables import history, notices, orders, persons
from bot.understanding import Speaker
from tests.databases import FEW_ON_POSTGRESQL
from tests.talk import NOON

pytestmark = FEW_ON_POSTGRESQL

WORDS = "金色春天3号楼2单元501灯泡坏了，想请人帮忙换一下，电话13900001234"


def add(tx: Tx, name: str | None, openid: str) -> int:
    row = {**people.NEW_PERSON, "name": name, "openid": openid, "created_at": NOON}
    key = tx.run(insert(persons).values(**row)).inserted_primary_key
    assert key is not None
    return int(key[0])


class Scene:
    """An order in a state, and somebody who is each thing to it."""

    def __init__(self, office: Office, tx: Tx, state: State) -> None:
        ids = {name: add(tx, name, f"o{name}") for name in ("resident", "helper", "staff")}
        resident = people.by_id(tx, ids["resident"])
        meant = office.reader.understand(WORDS, Speaker())
        order = placement.place(office, tx, resident, meant, NOON)
        handler = ids["helper"] if state in (State.ACCEPTED, State.DONE) else None
        values = {"state": state, "handler_id": handler, "outcome": "confirmed" if state is State.CLOSED else None}
        tx.run(update(orders).where(orders.c.id == order.id).values(**values))
        if state is State.OFFERED:
            store.invite(tx, order.id, ids["helper"], NOON, NOON)
        self.order = store.by_id(tx, order.id)
        helper = Doer(ids["helper"], "helper", rights([("member", "陈桥社区", None)]))
        staff = Doer(ids["staff"], "staff", rights([("staff", "陈桥社区", None)]))
        self.doers = {
            Actor.RESIDENT: Doer(ids["resident"], "居民"), Actor.INVITEE: helper, Actor.HANDLER: helper,
            Actor.MEMBER: helper, Actor.STAFF: staff, Actor.CLOCK: CLOCK,
        }  # fmt: skip
        self.changes: dict[str, dict[str, Any]] = {
            "invite": {"invitee": ids["helper"]}, "assign": {"handler_id": ids["helper"]}, "widen": {"ring": 1},
            "undo": {"state": State.SUBMITTED},
        }  # fmt: skip

    def act(self, office: Office, tx: Tx, action: str, note: str | None = "说明") -> Order:
        """The first of those who may does it."""
        by, changes = self.doers[MAY[action][0]], self.changes.get(action, {})
        return actions.perform(office, tx, self.order, action, by=by, now=NOON, note=own_words(note), **changes)


def lines(tx: Tx) -> int:
    return int(tx.value(select(func.count()).select_from(history)))


@pytest.mark.parametrize("state", list(State))
def test_every_action_in_every_state(office: Office, state: State) -> None:
    for action in ACTIONS:
        with pytest.raises(_Done):
            _play(office, state, action)


def _play(office: Office, state: State, action: str) -> None:
    """In a transaction that is rolled back in the end."""
    with office.db.transaction() as tx:
        scene = Scene(office, tx, state)
        before, move = lines(tx), LIFE.get((state, action))
        if move is None:
            with pytest.raises(NotAllowed):
                scene.act(office, tx, action)
            assert lines(tx) == before
            assert store.by_id(tx, scene.order.id) == scene.order
        else:
            done = scene.act(office, tx, action)
            assert (done.state, lines(tx)) == (move.to or State.SUBMITTED, before + 1), action
            assert move.outcome is None or done.outcome == move.outcome
        raise _Done


class _Done(Exception):
    """Rolls the scene back."""


@pytest.mark.parametrize("action", ACTIONS)
def test_a_stranger_may_do_nothing(office: Office, action: str) -> None:
    stranger = Doer(0, "外人", rights([("staff", "兰天社区", None), ("member", "陈桥社区", None)]))
    with office.db.transaction() as tx:
        scene = Scene(office, tx, State.SUBMITTED)
        told = tx.value(select(func.count()).select_from(notices))
        with pytest.raises(NotAllowed):
            actions.perform(office, tx, scene.order, action, by=stranger, now=NOON)
        assert tx.value(select(func.count()).select_from(notices)) == told


def test_whoever_acts_on_an_old_picture_of_the_order_is_told_somebody_was_faster(office: Office) -> None:
    with office.db.transaction() as tx:
        scene = Scene(office, tx, State.OPEN)
        by = scene.doers[Actor.MEMBER]
        actions.perform(office, tx, scene.order, "claim", by=by, now=NOON)
        with pytest.raises(NotAllowed, match=r"refused\.faster"):
            actions.perform(office, tx, scene.order, "claim", by=by, now=NOON)
