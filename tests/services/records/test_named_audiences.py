"""A name in an audience goes with its person: a number stands there, and the proof of a deletion looks for it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from sqlalchemy import delete, select, update

from bot.broadcasts.audience import Audience
from bot.broadcasts.written import Written
from bot.services.broadcasts.drafts import approving, writing
from bot.services.broadcasts.evidence import worded
from bot.services.deletion import operator, proof
from bot.services.office import Office
from bot.store.broadcasts import audience as audiences
from bot.store.tables import broadcasts, persons, roles
from tests.services import cast
from tests.talk import Talk, openid

WHO = "党员甲"
MORE = f"党员,{WHO},13800000201,陈桥社区,网格01,,\n党员,党员一,13800000202,陈桥社区,网格01,,\n党员,党员二,13800000203,陈桥社区,网格01,,\n"


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Iterator[Talk]:
    yield cast.enter(office, tmp_path, MORE)
    with Redis.from_url(office.settings.redis) as client:
        client.flushdb()


def person(talk: Talk, name: str) -> int:
    with talk.office.db.reading() as tx:
        return int(tx.value(select(persons.c.id).where(persons.c.name == name)) or 0)


def sent_to(talk: Talk, *, sent: bool = True, **audience: tuple[str, ...]) -> int:
    new = Written("reminder", "题", "文", Audience(**audience))
    number = writing.create(talk.office, person(talk, "陈桥甲"), new, talk.now)
    if sent:
        approving.approve(talk.office, number, person(talk, "办事处甲"), talk.now)
    return number


def audience_of(talk: Talk, number: int) -> Any:
    with talk.office.db.reading() as tx:
        return tx.value(select(broadcasts.c.audience).where(broadcasts.c.id == number))


def leave(talk: Talk) -> None:
    with talk.office.db.transaction() as tx:
        tx.run(delete(roles).where(roles.c.person_id == person(talk, WHO)))


def left_in_broadcasts(talk: Talk) -> list[str | None]:
    """By which laws something is left in broadcasts."""
    lines = proof.prove(talk.office, openid(WHO), talk.now)
    return [law for line in lines if line.place == "table broadcasts" for law in line.left]


def test_a_deleted_name_is_a_number_in_list_and_exclusion_and_in_the_evidence(talk: Talk) -> None:
    number, without = sent_to(talk, names=(WHO, "党员一")), sent_to(talk, role=("member",), exclude=(WHO,))
    gone = person(talk, WHO)
    assert left_in_broadcasts(talk) == ["roster"]
    leave(talk)
    assert left_in_broadcasts(talk) == [None]
    operator.delete(talk.office, openid(WHO), talk.now)
    assert audience_of(talk, number) == {"names": [f"#{gone}", "党员一"]}
    assert audience_of(talk, without) == {"role": ["member"], "exclude": [f"#{gone}"]}
    said = worded.audience(talk.office, Audience.of(audience_of(talk, number)))
    assert said == f"（个人信息已删除，编号{gone}）、党员一"
    assert left_in_broadcasts(talk) == []


def test_the_proof_sees_a_name_that_was_left(talk: Talk) -> None:
    number = sent_to(talk, names=(WHO, "党员一"))
    leave(talk)
    operator.delete(talk.office, openid(WHO), talk.now)
    with talk.office.db.transaction() as tx:
        kept = {"names": [WHO, "党员一"]}
        tx.run(update(broadcasts).where(broadcasts.c.id == number).values(audience=kept))
    assert left_in_broadcasts(talk) == [None]


def test_a_draft_to_a_deleted_person_alone_is_for_nobody_and_not_for_everybody(talk: Talk) -> None:
    number = sent_to(talk, sent=False, names=(WHO,))
    leave(talk)
    operator.delete(talk.office, openid(WHO), talk.now)
    with talk.office.db.reading() as tx:
        assert audiences.count(tx, Audience.of(audience_of(talk, number)), "reminder") == 0


def test_a_name_that_somebody_else_has_too_stays(talk: Talk) -> None:
    number = sent_to(talk, names=(WHO,))
    leave(talk)
    with talk.office.db.transaction() as tx:
        tx.run(update(persons).where(persons.c.name == "党员二").values(name=WHO))
    with talk.office.db.reading() as tx:
        gone = int(tx.value(select(persons.c.id).where(persons.c.openid == openid(WHO))) or 0)
    assert gone
    operator.delete(talk.office, openid(WHO), talk.now)
    assert audience_of(talk, number) == {"names": [WHO]}
    assert left_in_broadcasts(talk) == []


def test_of_somebody_on_the_roster_the_name_stays_with_the_roster(talk: Talk) -> None:
    number = sent_to(talk, names=(WHO,))
    operator.delete(talk.office, openid(WHO), talk.now)
    assert audience_of(talk, number) == {"names": [WHO]}
    assert left_in_broadcasts(talk) == ["roster"]
