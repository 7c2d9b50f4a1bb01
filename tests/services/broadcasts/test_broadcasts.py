"""Broadcasts: approved by another, frozen in one statement, acknowledged once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, func, insert, select, update

from bot.broadcasts.audience import Audience
from bot.broadcasts.written import Written
from bot.dialogue.context import Context, Me, Outcome
from bot.dialogue.session import Session
from bot.dialogue.staff.broadcasts import approving as approval
from bot.dialogue.staff.broadcasts import draft as drafts
from bot.dialogue.staff.broadcasts import running
from bot.dialogue.staff.broadcasts import writing as flow
from bot.errors import NotAllowed, NotFound, NotUnderstood
from bot.services.broadcasts import releasing, report
from bot.services.broadcasts.drafts import approving, preview, writing
from bot.services.broadcasts.drafts.admitting import Faulty
from bot.services.broadcasts.recipients import acknowledging
from bot.services.context.context import compose
from bot.services.context.turn import Turn
from bot.services.office import Office
from bot.store import conversations, tables
from bot.store.database import Tx
from bot.store.persons import people as store
from bot.store.persons.people import NEW_PERSON
from bot.store.tables import notices, persons, roles
from tests.services import alone

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
HERE = {"role": ["member"], "community": ["陈桥社区"]}  # one approval is enough


def people(office: Office, names: list[str], role: str, **where: str) -> list[int]:
    """Persons of these names with one role each; their ids."""
    with office.db.transaction() as tx:
        values = [{**NEW_PERSON, "name": name, "openid": f"o{name}", "created_at": NOW} for name in names]
        tx.run(insert(persons), values)
        ids = [row.id for row in tx.all(select(persons.c.id).where(persons.c.name.in_(names)).order_by(persons.c.id))]
        where = where or {"community": "陈桥社区"}
        tx.run(insert(roles), [{"person_id": i, "role": role, "skills": [], **where} for i in ids])
    return ids


def write(office: Office, author: int, audience: dict[str, list[str]], asked: int | None = None) -> int:
    return writing.create(office, author, written("reminder", audience), NOW, asked_id=asked)


def written(kind: str, audience: dict[str, list[str]], send_at: datetime | None = None) -> Written:
    return Written(kind, "提醒", "廉洁过节", Audience.of(audience), send_at)


def figures(tx: Tx, number: int) -> report.Figures:
    return report.report(tx, number, NOW).counts


def test_ten_thousand_recipients_are_frozen_and_counted_each_once(office: Office) -> None:
    (author,), (chief,) = people(office, ["甲"], "staff"), people(office, ["乙"], "admin")
    ids = people(office, [f"党员{number}" for number in range(10_000)], "member", community="陈桥社区")
    with office.db.transaction() as tx:
        tx.run(insert(roles).values(person_id=ids[0], role="member", community="陈桥社区", grid="网格9", skills=[]))
    number = write(office, author, HERE)
    approving.approve(office, number, chief, NOW)
    approving.approve(office, number, chief, NOW)
    people(office, ["晚到"], "member")
    with office.db.reading() as tx:
        assert figures(tx, number).recipients == 10_000


def test_every_condition_must_fit_the_same_role(office: Office) -> None:
    people(office, ["张三"], "member", community="陈桥社区", grid="陈桥网格03", branch="第一支部")
    people(office, ["李四"], "member", community="兰天社区", grid="网格13", branch="第一支部")
    people(office, ["王五"], "staff", community="陈桥社区")
    for audience, number in [
        ({"role": ["member"]}, 2),
        ({"community": ["陈桥社区"]}, 2),
        ({"role": ["member"], "community": ["陈桥社区"]}, 1),
        ({"branch": ["第一支部"]}, 2),
        ({"grid": ["网格03"]}, 1),
        ({"grid": ["3"]}, 0),
        ({"names": ["张三", "王五"]}, 2),
        ({"names": ["张三"], "role": ["staff"]}, 0),
    ]:
        with office.db.reading() as tx:
            assert preview.count_audience(tx, Audience.of(audience)) == number, audience


def test_neither_the_author_nor_a_plain_worker_approves(office: Office) -> None:
    author, other = people(office, ["甲", "丙"], "staff")
    (chief,) = people(office, ["乙"], "admin")
    people(office, ["张三"], "member")
    number = write(office, author, HERE, asked=chief)
    for person in (author, other):
        with pytest.raises(NotAllowed):
            approving.approve(office, number, person, NOW)
    with pytest.raises(Faulty):
        write(office, author, {"names": ["没有"]})
    with office.db.reading() as tx:
        told = [tuple(row) for row in tx.all(select(notices.c.person_id, notices.c.event))]
    assert told == [(chief, "broadcast_review")]


def test_a_rejected_broadcast_never_goes_out_and_its_author_reads_why(office: Office) -> None:
    (author,), (chief,) = people(office, ["甲"], "staff"), people(office, ["乙"], "discipline")
    people(office, ["张三"], "member")
    number = write(office, author, HERE)
    alone.reject(office, number, chief, "内容有误", NOW)
    with pytest.raises(NotAllowed):
        approving.approve(office, number, chief, NOW)
    with office.db.reading() as tx:
        waiting = select(notices.c.person_id, notices.c.event).where(notices.c.state != "failed")
        assert [tuple(row) for row in tx.all(waiting)] == [(author, "broadcast_rejected")]
        assert report.report(tx, number, NOW).approvers == []


def test_a_reminder_is_acknowledged_once_and_ends_as_sent(office: Office) -> None:
    (author,), (chief,) = people(office, ["甲"], "staff"), people(office, ["乙"], "admin")
    first, second = people(office, ["张三", "李四"], "member")
    number = write(office, author, HERE)
    approving.approve(office, number, chief, NOW)
    with office.db.transaction() as tx:
        with pytest.raises(NotFound):
            acknowledging.acknowledge(tx, first, None, NOW)
        tx.run(update(notices).where(notices.c.person_id == first).values(state="delivered"))
        assert acknowledging.acknowledge(tx, first, None, NOW) == (number, True)
        assert acknowledging.acknowledge(tx, first, number, NOW) == (number, False)
        with pytest.raises(NotFound):
            acknowledging.acknowledge(tx, chief, number, NOW)
    assert releasing.release(office, number, NOW) == "sending"
    with office.db.transaction() as tx:
        tx.run(update(notices).where(notices.c.person_id == second).values(state="failed"))
    alone.release_all(office, NOW)
    with office.db.reading() as tx:
        seen = report.report(tx, number, NOW).as_json()
    assert seen["state"] == "sent"
    assert seen["counts"] == {"recipients": 2, "sent": 1, "delivered": 1, "waiting": 0, "failed": 1, "acked": 1}


@pytest.mark.parametrize("acked", [False, True], ids=["nobody answers", "all answer"])
def test_every_recipient_is_either_sent_to_or_waiting_or_failed(office: Office, acked: bool) -> None:
    (author,), (chief,) = people(office, ["甲"], "staff"), people(office, ["乙"], "admin")
    states = ["pending", "sending", "waiting", "waiting", "sent", "delivered", "failed"]
    ids = people(office, [f"党员{number}" for number in range(len(states))], "member")
    number = write(office, author, HERE)
    with office.db.reading() as tx:
        before = report.report(tx, number, NOW).as_json()["counts"]
    assert before == {"recipients": 7, "sent": 0, "delivered": 0, "waiting": 7, "failed": 0, "acked": 0}
    approving.approve(office, number, chief, NOW)
    with office.db.transaction() as tx:
        for person, state in zip(ids, states, strict=True):
            values = {"state": state, "acked_at": NOW if acked else None}
            tx.run(
                update(notices).where(notices.c.person_id == person, notices.c.broadcast_id == number).values(values)
            )
        counts = report.report(tx, number, NOW).as_json()["counts"]
    told = (
        {"sent": 7, "delivered": 7, "waiting": 0, "failed": 0, "acked": 7}
        if acked
        else {"sent": 2, "delivered": 1, "waiting": 4, "failed": 1, "acked": 0}
    )
    assert counts == {"recipients": 7, **told}


def test_who_has_not_bound_is_named_in_the_preview_and_in_the_results(office: Office) -> None:
    (author,), (chief,) = people(office, ["甲"], "staff"), people(office, ["钱主任"], "admin")
    people(office, ["张三", "李四", "王五"], "member")
    with office.db.transaction() as tx:
        tx.run(update(persons).where(persons.c.name.in_(["李四", "王五"])).values(openid=None))
        hers, his, draft = speaking(office, tx, author), speaking(office, tx, chief), drafts.Draft()
        flow.start(hers, "廉洁过节", draft)
        assert "共 3 人。有 2 人还没有绑定" in flow.answer(hers, "陈桥社区党员", draft)
        flow.answer(hers, "1", draft)
        number = str(tx.value(select(func.max(tables.broadcasts.c.id))))
        assert "3 人。有 2 人还没有绑定" in approval.approve(his, None, str(number))
        tx.run(update(notices).where(notices.c.broadcast_id == int(number)).values(state="waiting"))
        assert running.report(hers, None, str(number)).endswith(
            "还没收到 3，失败 0，已回复收到 0。有 2 人还没有绑定公众号，现在收不到，要绑定以后才能看到。"
        )
        tx.run(update(persons).where(persons.c.name == "李四").values(openid="o2"))
        tx.run(update(persons).where(persons.c.name == "王五").values(openid="o3"))
        assert "绑定" not in running.report(hers, None, str(number))


def test_a_scheduled_broadcast_starts_when_its_time_has_come(office: Office) -> None:
    (author,), (chief,) = people(office, ["甲"], "staff"), people(office, ["乙"], "admin")
    people(office, ["张三"], "member")
    later = NOW + timedelta(hours=3)
    number = writing.create(office, author, written("meeting", HERE, later), NOW)
    approving.approve(office, number, chief, NOW)
    assert releasing.release(office, number, NOW) == "scheduled"
    assert releasing.release(office, number, later) == "sending"
    with office.db.reading() as tx:
        assert tx.value(select(func.count()).where(notices.c.due_at == later)) == 1


def speaking(office: Office, tx: Tx, person_id: int) -> Context:
    """The context of a message of this person."""
    openid = store.by_id(tx, person_id).openid
    assert openid is not None
    talk = conversations.find(tx, openid, "m1", NOW, NOW)
    assert isinstance(talk, conversations.Conversation)
    me = Me(talk.person.id, talk.person.name, talk.rights)
    turn = Turn(office, tx, talk.person, me, Session(), Outcome(), NOW, talk.is_asked, talk.is_new)
    return compose(turn, office.understand(""))


def test_a_reminder_is_written_in_chat_step_by_step_and_approved_there(office: Office) -> None:
    (author,), (chief,) = people(office, ["甲"], "staff"), people(office, ["钱主任"], "admin")
    people(office, ["张三", "李四"], "member", community="陈桥社区")
    draft: drafts.Draft = {}
    with office.db.transaction() as tx:
        hers = speaking(office, tx, author)
        flow.start(hers, "", draft)
        assert "1000" in flow.answer(hers, "长" * 1001, draft)
        flow.answer(hers, "廉洁过节", draft)
        assert draft["step"] == "audience"
        flow.answer(hers, "???", draft)
        flow.answer(hers, "兰天社区党员", draft)
        assert draft["step"] == "audience"
        preview = flow.answer(hers, "陈桥社区党员", draft)
        assert "共 2 人" in preview
        assert "廉洁过节" in preview
        assert "1. 钱主任" in preview
        flow.answer(hers, "9", draft)
        handed = flow.answer(hers, "1", draft)
        assert not draft
        assert "钱主任" in handed
        number = tx.value(select(func.max(tables.broadcasts.c.id)))
        with pytest.raises(NotAllowed):
            approval.approve(hers, None, str(number))
        his = speaking(office, tx, chief)
        with pytest.raises(NotUnderstood):
            approval.approve(hers, None, "")
        with pytest.raises(NotUnderstood):
            approval.reject(his, None, str(number))
        assert "2 人" in approval.approve(his, None, str(number))
        assert "应收 2 人" in running.report(hers, None, str(number))


def test_a_reminder_can_be_refused(office: Office) -> None:
    (author,), (chief,) = people(office, ["甲"], "staff"), people(office, ["钱主任"], "admin")
    people(office, ["张三"], "member")
    with office.db.transaction() as tx:
        number = speaking(office, tx, author).broadcasts.create(written("reminder", {"names": ["张三"]}), chief)
        approval.reject(speaking(office, tx, chief), None, f"{number} 内容有误")
        assert report.report(tx, number, NOW).state == "rejected"


def test_what_fits_nobody_any_more_when_it_is_approved_is_not_approved(office: Office) -> None:
    (author,), (chief,) = people(office, ["甲"], "staff"), people(office, ["乙"], "admin")
    people(office, ["张三"], "member")
    number = write(office, author, HERE)
    with office.db.transaction() as tx:
        tx.run(delete(roles).where(roles.c.role == "member"))
    with pytest.raises(NotFound, match="nobody"):
        approving.approve(office, number, chief, NOW)
    with office.db.reading() as tx:
        assert report.report(tx, number, NOW).state == "review"
