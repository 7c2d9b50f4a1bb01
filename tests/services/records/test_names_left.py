"""A name is searched wherever words stand: it may be somebody else's, so it is shown to people and forbids nothing."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from redis import Redis
from sqlalchemy import update

from bot.cli import privacy
from bot.services.deletion import operator, proof
from bot.services.office import Office
from bot.store import orders as order_store
from bot.store.tables import orders
from tests.databases import SQLITE
from tests.services import cast
from tests.services.cast import CODE
from tests.talk import Talk, openid

WHO, NAME = "王阿姨", "欧阳春华"


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Iterator[Talk]:
    yield cast.enter(office, tmp_path, "党员,党员甲,13800000201,陈桥社区,网格01,,\n")
    with Redis.from_url(office.settings.redis) as client:
        client.flushdb()


def others_order(office: Office, talk: Talk, words: str) -> str:
    """The key of the order of somebody else with these words."""
    found = CODE.search(talk.says("李大爷", "兰天社区2号楼楼道灯不亮"))
    assert found
    with office.db.transaction() as tx:
        order = order_store.by_code(tx, found[1])
        assert order is not None
        tx.run(update(orders).where(orders.c.id == order.id).values(text=words))
    return str(order.id)


def named(office: Office, talk: Talk, who: str, *names: str) -> dict[str, list[str]]:
    lines = proof.prove(office, openid(who), talk.now, names)
    assert all(line.is_clean for line in lines) or who != WHO
    return {line.place: list(line.named) for line in lines if line.named}


def test_the_name_that_a_person_has_on_record_is_found_in_what_others_said(office: Office, talk: Talk) -> None:
    key = others_order(office, talk, "和党员甲住一个门洞")
    found = named(office, talk, "党员甲")
    assert key in found["table orders"]
    assert "table persons" not in found  # the person's own row


def test_after_a_deletion_the_operator_names_who_it_was(office: Office, talk: Talk) -> None:
    talk.says(WHO, f"请人帮我换灯泡，金色春天3号楼2单元501，我叫{NAME}")
    operator.delete(office, openid(WHO), talk.now)
    assert named(office, talk, WHO) == {}
    key = others_order(office, talk, f"{NAME}家的猫又上了屋顶")
    (office.settings.var_dir / "export.json").write_text(json.dumps({"who": NAME}, ensure_ascii=False), "utf-8")
    with Redis.from_url(office.settings.redis) as client:
        client.set("wutong:left", NAME)
    assert named(office, talk, WHO) == {}
    found = named(office, talk, WHO, NAME)
    assert found == {"table orders": [key], "files .": ["export.json"], "redis keys and queues": ["wutong:left"]}


@SQLITE
def test_a_name_that_json_wrote_in_its_own_way_is_found(office: Office, talk: Talk) -> None:
    key = others_order(office, talk, json.dumps({"said": NAME}))
    assert named(office, talk, WHO, NAME) == {"table orders": [key]}


@SQLITE
def test_the_command_shows_them_and_says_that_people_look_at_them(office: Office, talk: Talk) -> None:
    talk.says(WHO, "陈桥社区路灯不亮")
    operator.delete(office, openid(WHO), talk.now)
    key = others_order(office, talk, f"{NAME}家的猫又上了屋顶")
    command = privacy.commands(office).commands["prove"]
    done = CliRunner().invoke(command, [openid(WHO), "--name", NAME])
    assert done.exit_code == 0, done.output
    assert f"1 hold the name ({key}): 有这个名字，可能是别人" in done.output
