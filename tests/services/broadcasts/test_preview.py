"""Who would be reached by which way, who would not and why; what people do not want; the recipients are those of the approval."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.broadcasts.audience import Audience
from bot.dialogue.interface.broadcast import Preview
from bot.dialogue.staff.broadcasts import approving as approval
from bot.dialogue.staff.broadcasts import running
from bot.errors import NotAllowed
from bot.services.broadcasts.drafts import approving, preview, writing
from bot.services.broadcasts.drafts.admitting import Faulty
from bot.services.broadcasts.recipients import preferences
from bot.services.broadcasts.telling import REVIEW
from bot.services.notices.words.opening import opened
from bot.services.office import Office
from bot.store.sending.notice_queue import claim
from bot.store.tables import notices, persons
from config.settings import Settings, Template
from config.sms_settings import SmsTemplate
from tests import entering
from tests.services import alone
from tests.services.broadcasts.scene import HERE, NOW, WRITTEN, Scene
from tests.services.broadcasts.test_broadcasts import speaking
from tests.story import CAST

RESIDENTS = Audience(role=("resident",))
TEXT = "您有一条{1}，请打开服务号查看。" + "请勿回复。" * 20
SMS: dict[str, Any] = {
    "sms_provider": "tencent", "sms_signature": "办事处",
    "sms_templates": {"*": SmsTemplate(id="1", text=TEXT, variables=("kind",))},
}  # fmt: skip
CARDS = {"reminder": Template(id="T", kind="template", fields={"thing1": "title", "thing2": "body"})}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, wechat_templates=CARDS)


def with_sms(scene: Scene) -> Office:
    return replace(scene.office, settings=replace(scene.office.settings, **SMS))


def everybody(scene: Scene) -> None:
    """Six members, each in another situation."""
    unbound, left, refuses, talks, card, phone = scene.members(6)
    scene.change_person(unbound, openid=None)
    scene.change_person(left, subscribed=False)
    scene.change_person(refuses, unreachable="failed:user block")
    scene.change_person(talks, chat_until=NOW + timedelta(hours=1), chat_left=5)
    scene.change_person(phone, openid=None, phone_sealed=b"x", phone_index="x")
    assert card


def reasons(found: Preview) -> dict[str, tuple[int, list[str]]]:
    return {one.reason: (one.number, list(one.names)) for one in found.not_reached}


def test_it_says_who_is_reached_how_and_who_is_not_and_why(scene: Scene) -> None:
    everybody(scene)
    found = alone.preview(scene.office, WRITTEN, NOW)
    assert (found.people, dict(found.ways)) == (6, {"template": 2})
    assert reasons(found) == {
        "unbound": (2, ["党员0", "党员5"]), "left": (1, ["党员1"]), "unreachable": (1, ["党员2"]),
    }  # fmt: skip
    assert (found.sms_text, found.sms_items, found.approvals_needed) == ("", 0, 1)


def test_with_sms_whoever_has_a_number_is_reached_and_the_items_are_counted(scene: Scene) -> None:
    everybody(scene)
    found = alone.preview(with_sms(scene), WRITTEN, NOW)
    assert dict(found.ways) == {"template": 2, "sms": 1}
    assert reasons(found)["unbound"] == (1, ["党员0"])
    assert found.sms_text == "【办事处】" + TEXT.replace("{1}", "廉政提醒")
    assert found.sms_items == 2


def test_who_is_reached_by_sms_is_not_said_to_get_nothing(scene: Scene) -> None:
    everybody(scene)
    office = with_sms(scene)
    number = scene.write()
    with office.db.transaction() as tx:
        hers, his = speaking(office, tx, scene.author), speaking(office, tx, scene.chief)
        missed = "有 1 人还没有绑定公众号"
        assert missed in running.report(hers, None, str(number))
        assert "确认" not in approval.approve(his, None, str(number))  # is shown the text first
        assert "6 人" in (said := approval.approve(his, None, str(number)))
        assert missed in said
        assert "没有绑定" not in running.report(hers, None, str(number))  # nobody has tried yet
        told = notices.c.person_id.in_(select(persons.c.id).where(persons.c.name == "党员5"))
        tx.run(update(notices).where(notices.c.broadcast_id == number, ~told).values(state="waiting"))
        tx.run(update(notices).where(notices.c.broadcast_id == number, told).values(state="delivered"))
        assert missed in running.report(hers, None, str(number))


def test_without_a_template_for_its_kind_only_a_conversation_reaches(scene: Scene) -> None:
    everybody(scene)
    found = alone.preview(scene.office, replace(WRITTEN, kind="bulletin"), NOW)
    assert (dict(found.ways), reasons(found)["no_card"]) == ({"chat": 1}, (1, ["党员4"]))


def test_who_muted_a_kind_is_no_recipient_of_it_and_stands_in_the_preview(scene: Scene) -> None:
    first, second = scene.members(2)
    with scene.office.db.transaction() as tx:
        assert preferences.mute(tx, first, "bulletin", muted=True).muted == {"bulletin"}
    found = alone.preview(scene.office, replace(WRITTEN, kind="bulletin"), NOW)
    assert (found.people, reasons(found)["muted"]) == (1, (1, []))  # how many, never who
    assert scene.notices(scene.started("bulletin"), notices.c.person_id) == [(second,)]
    assert scene.notices(scene.started("service"), notices.c.person_id) == [(first,), (second,)]
    with scene.office.db.transaction() as tx:
        preferences.mute(tx, first, "bulletin", muted=False)
    assert len(scene.notices(scene.started("bulletin"), notices.c.person_id)) == 2


@pytest.mark.parametrize("kind", ["reminder", "meeting"])
def test_what_is_a_duty_cannot_be_muted(scene: Scene, kind: str) -> None:
    (member,) = scene.members(1)
    with scene.office.db.transaction() as tx, pytest.raises(NotAllowed):
        preferences.mute(tx, member, kind, muted=True)


def test_who_wants_one_message_a_day_gets_what_is_no_duty_in_the_evening(scene: Scene) -> None:
    first, _ = scene.members(2)
    with scene.office.db.transaction() as tx:
        preferences.collect(tx, first, digest=True)
    evening = NOW.replace(hour=10)  # 18:00 in Shanghai
    assert [at for (at,) in scene.notices(scene.started("bulletin"), notices.c.due_at)] == [evening, NOW]
    assert [at for (at,) in scene.notices(scene.started("reminder"), notices.c.due_at)] == [NOW, NOW]


def test_residents_get_service_notices_alone_and_only_those_who_agreed(scene: Scene) -> None:
    scene.members(1)
    here, there, silent = scene.people(["王阿姨", "李阿姨", "赵阿姨"], "nobody")
    for person, community in ((here, HERE), (there, "兰天社区"), (silent, HERE)):
        scene.change_person(person, community=community)
    with scene.office.db.transaction() as tx:
        for person in (here, there):
            preferences.agree(tx, person, NOW, agreed=True)
        assert preferences.of(tx, here).service
    number = scene.write("service", audience=replace(RESIDENTS, community=(HERE,)))
    approving.approve(scene.office, number, scene.chief, NOW)
    assert scene.notices(number, notices.c.person_id) == [(here,)]
    with pytest.raises(Faulty):
        writing.create(scene.office, scene.author, replace(WRITTEN, audience=RESIDENTS), NOW)
    with scene.office.db.transaction() as tx:
        preferences.agree(tx, here, NOW, agreed=False)
        preferences.agree(tx, there, NOW, agreed=False)
    with pytest.raises(Faulty):
        scene.write("service", audience=RESIDENTS)


def test_who_is_excluded_is_left_out_by_name_community_branch_or_grid(scene: Scene) -> None:
    scene.members(3, branch="陈桥第一支部", grid="陈桥网格03")
    scene.people(["外人"], "member", community="兰天社区", branch="兰天支部")
    for excluded, number in [
        (("党员0",), 3), (("兰天社区",), 3), (("第一支部",), 1), (("网格03",), 1), (("党员0", "兰天社区"), 2), (("没有",), 4),
    ]:  # fmt: skip
        meant = Audience(role=("member",), exclude=excluded)
        with scene.office.db.reading() as tx:
            assert preview.count_audience(tx, meant) == number, excluded


def test_the_recipients_are_those_who_fit_when_it_is_approved(scene: Scene) -> None:
    scene.members(2)
    number = scene.write()
    scene.people(["新来的"], "member", community=HERE)
    approving.approve(scene.office, number, scene.chief, NOW)
    scene.people(["晚到的"], "member", community=HERE)
    assert len(scene.notices(number, notices.c.id)) == scene.counts(number)["recipients"] == 3
    with scene.office.db.reading() as tx:
        assert len(tx.all(select(notices.c.id).where(notices.c.broadcast_id == number))) == 3


def test_the_chat_says_for_how_many_a_mass_send_is_and_that_it_cannot_be_recalled(
    office: Office, tmp_path: Path
) -> None:
    talk = entering.everybody(office, tmp_path, CAST)
    usual = office.adjustable.present
    office.adjustable.present = replace(usual, channels=("chat", "mass"))
    with office.db.transaction() as tx:
        tx.run(update(persons).where(persons.c.name.startswith("党员")).values(chat_left=0, click_left=0))
    for said in ("提醒", "中秋将至，请大家廉洁过节", "陈桥社区党员"):
        told = talk.says("陈桥甲", said)
    line = "群发：3 人，本月第 1 次（共 4 次），发出去就收不回来"
    assert line in told
    talk.says("陈桥甲", "办事处甲")
    with office.db.transaction() as tx:
        texts = [opened(office, tx, one.row).text for one in claim(tx, 50, talk.now, 30) if one.row.event == REVIEW]
    assert f"\n{line}。\n" in texts[0]
    assert line in talk.says("办事处甲", "什么内容")
