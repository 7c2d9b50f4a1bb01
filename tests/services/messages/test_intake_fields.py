"""What another system hands in has several fields, and anybody may have typed anything into any of them."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.services.intake import Matter, take
from bot.store.tables import orders
from tests.services import everywhere
from tests.services.cast import told_of
from tests.services.restricted.test_typed_text import MARK, REPORT, SELF_HARM, WORDS, nobody_else_learns_it
from tests.talk import Talk

LAMP = Matter("楼道灯坏了", "陈桥社区", "3号楼", "周大娘", "13900004321", "E1", None, "hotline")


def handed_in(talk: Talk, **fields: str | None) -> tuple[str, str, str]:
    """(lane, urgency, code) of a broken lamp with these fields."""
    code, fresh = take(talk.office, replace(LAMP, **fields), talk.now)  # type: ignore[arg-type]
    assert fresh
    with talk.office.db.reading() as tx:
        row = tx.first(select(orders.c.lane, orders.c.urgency).where(orders.c.code == code))
    assert row is not None
    return row.lane, row.urgency, code


@pytest.mark.parametrize("field", ["place", "contact_name", "external_id"])
@pytest.mark.parametrize("secret", WORDS)
def test_restricted_words_in_any_field_seal_the_whole(talk: Talk, field: str, secret: str) -> None:
    lane, urgency, _ = handed_in(talk, **{field: secret})
    assert lane == "restricted"
    assert urgency == "U0" or secret == REPORT
    nobody_else_learns_it(talk)


@pytest.mark.parametrize("field", ["place", "contact_name", "external_id"])
def test_danger_in_any_field_alarms(talk: Talk, field: str) -> None:
    lane, urgency, code = handed_in(talk, **{field: "3栋着火了"})
    assert (lane, urgency) == ("emergency", "U0")
    assert "陈桥甲" in told_of(talk.office, "place_duty")
    with talk.office.db.reading() as tx:
        assert "着火" in str(tx.value(select(orders.c.text).where(orders.c.code == code)))


def test_self_harm_in_the_place_alerts_whoever_is_on_duty(talk: Talk) -> None:
    handed_in(talk, place=SELF_HARM)
    assert {"纪检甲", "陈桥甲"} <= set(told_of(talk.office, "place_danger"))


def test_what_only_the_fields_together_tell_is_found(talk: Talk) -> None:
    assert handed_in(talk, text="我要举报", place=f"陈桥社区书记收红包{MARK}")[0] == "restricted"
    nobody_else_learns_it(talk)


def test_whoever_is_named_in_another_field_than_the_report_does_not_read_it(talk: Talk) -> None:
    handed_in(talk, text=f"我要举报有人收红包{MARK}", place="纪检甲办公室")
    assert MARK not in everywhere.heard(talk, "纪检甲")
    assert told_of(talk.office, "place_restricted") == []


@pytest.mark.parametrize(
    "fields",
    [
        {}, {"place": None, "contact_name": None, "contact_phone": None, "external_id": None}, {"place": "信访局门口"},
        {"place": "派出所对面"}, {"place": "法院后门"}, {"place": "殡仪馆旁边"}, {"place": "陈桥社区居委会"}, {"contact_name": "匿名"},
        {"contact_name": "王女士"}, {"contact_name": "阿依古丽·买买提"}, {"contact_name": "Li Wei"}, {"contact_name": "市民"},
        {"external_id": "常州12345-2026-0001"}, {"external_id": "JCY-0806-119"}, {"contact_phone": "0519-88776655转8012"},
    ],
)  # fmt: skip
def test_ordinary_fields_make_an_ordinary_order_of_the_text_alone(talk: Talk, fields: dict[str, str | None]) -> None:
    lane, urgency, code = handed_in(talk, **fields)
    assert lane not in ("restricted", "emergency")
    assert urgency not in ("U0", "U1")
    with talk.office.db.reading() as tx:
        assert tx.value(select(orders.c.text).where(orders.c.code == code)) == LAMP.text


@pytest.mark.parametrize("number", ["E1", "常州12345-2026-0001", "工单七号", "举报张敏收红包"])
def test_the_same_id_again_is_the_same_order_and_its_words_stand_nowhere(talk: Talk, number: str) -> None:
    _, _, code = handed_in(talk, external_id=number)
    assert take(talk.office, replace(LAMP, external_id=number), talk.now) == (code, False)
    other = take(talk.office, replace(LAMP, external_id=number, system="other"), talk.now)
    assert other != (code, False)
    with talk.office.db.reading() as tx:
        stored = [row.external_id for row in tx.all(select(orders.c.external_id))]
    assert all("举报" not in each for each in stored)


def test_an_id_with_words_that_was_stored_before_is_known(talk: Talk) -> None:
    _, _, code = handed_in(talk, external_id="E7")
    with talk.office.db.transaction() as tx:
        tx.run(orders.update().values(external_id="hotline\n工单七号"))
    assert take(talk.office, replace(LAMP, external_id="工单七号"), talk.now) == (code, False)
