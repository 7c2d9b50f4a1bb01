"""One approval or two, each for the text as it is; the author's never."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.broadcasts.audience import Audience
from bot.broadcasts.life import HOLD
from bot.broadcasts.written import Written
from bot.errors import NotAllowed
from bot.services.broadcasts.drafts import approving, writing
from bot.services.broadcasts.drafts.admitting import Faulty
from bot.store.broadcasts import approvals, written
from bot.store.persons import people
from bot.store.tables import notices
from tests.services import alone
from tests.services.broadcasts.scene import DAY, NOW, TO_ALL, WRITTEN, Scene

CHANGES: list[Callable[[Written], Written]] = [
    lambda one: replace(one, title="另一个标题"),
    lambda one: replace(one, body="另一段正文"),
    lambda one: replace(one, audience=Audience(role=("member", "staff"))),
    lambda one: replace(one, send_at=NOW + DAY),
    lambda one: replace(one, details={"at": "2026-03-05T09:00:00+08:00", "place": "二楼"}),
]
CHANGED = ["title", "body", "audience", "time", "details"]


def test_to_the_whole_office_the_second_approval_lets_it_out_and_each_person_counts_once(scene: Scene) -> None:
    scene.members(3)
    number = scene.write(audience=TO_ALL)
    for _ in range(2):
        assert approving.approve(scene.office, number, scene.chief, NOW) == "review"
    assert scene.notices(number, notices.c.id) == []
    assert scene.told(scene.other, "broadcast_second") == 1
    assert scene.told(scene.chief, "broadcast_second") == 0
    with pytest.raises(NotAllowed):
        approving.approve(scene.office, number, scene.author, NOW)
    assert approving.approve(scene.office, number, scene.other, NOW) == "sending"
    assert approving.approve(scene.office, number, scene.other, NOW) == "sending"
    assert len(scene.notices(number, notices.c.id)) == 3
    assert scene.told(scene.other, "broadcast_second") == 0


def test_an_approval_counts_as_long_as_its_giver_may_approve(scene: Scene) -> None:
    scene.members(2)
    (third,) = scene.people(["吴主任"], "admin")
    number = scene.write(audience=TO_ALL)
    approving.approve(scene.office, number, scene.chief, NOW)
    scene.lose_role(scene.chief)
    assert scene.approvers(number) == []
    assert approving.approve(scene.office, number, scene.other, NOW) == "review"
    assert scene.told(third, "broadcast_second") == 1
    assert scene.notices(number, notices.c.id) == []
    assert approving.approve(scene.office, number, third, NOW) == "sending"
    assert scene.approvers(number) == ["周纪检", "吴主任"]
    with scene.office.db.reading() as tx:
        assert [one.decision for one in approvals.history(tx, number)] == ["lapsed", "approved", "approved"]


def test_who_may_approve_again_says_it_again(scene: Scene) -> None:
    scene.members(2)
    (third,) = scene.people(["吴主任"], "admin")
    number = scene.write(audience=TO_ALL)
    approving.approve(scene.office, number, scene.chief, NOW)
    scene.lose_role(scene.chief)
    approving.approve(scene.office, number, scene.other, NOW)
    scene.give_role(scene.chief, "admin")
    assert scene.approvers(number) == ["周纪检"]
    assert approving.approve(scene.office, number, scene.chief, NOW) == "sending"
    assert scene.approvers(number) == ["周纪检", "钱主任"]
    with pytest.raises(NotAllowed):
        approving.approve(scene.office, number, third, NOW)


def test_what_a_token_approved_counts_as_long_as_it_may_stand_for_its_person(scene: Scene) -> None:
    scene.members(2)
    number = scene.write(audience=TO_ALL)
    (colleague,) = scene.people(["乙"], "staff")
    approving.approve(scene.office, number, colleague, NOW, granted=True)
    assert scene.approvers(number) == ["乙"]
    scene.lose_role(colleague)
    assert scene.approvers(number) == []
    assert approving.approve(scene.office, number, scene.other, NOW) == "review"


@pytest.mark.parametrize("change", CHANGES, ids=CHANGED)
def test_what_was_changed_needs_all_its_approvals_again_and_who_gave_one_is_told(
    scene: Scene, change: Callable[[Written], Written]
) -> None:
    scene.members(2)
    number = scene.write(audience=TO_ALL)
    approving.approve(scene.office, number, scene.chief, NOW)
    assert alone.change(scene.office, number, scene.author, change(replace(WRITTEN, audience=TO_ALL)), NOW) == "review"
    assert scene.told(scene.chief, "broadcast_changed") == 1
    assert approving.approve(scene.office, number, scene.other, NOW) == "review"
    assert approving.approve(scene.office, number, scene.chief, NOW) in ("sending", "scheduled")
    with scene.office.db.reading() as tx:
        said = [(one.version, one.digest == scene.row(number).digest) for one in approvals.history(tx, number)]
    assert [version for version, _ in said] == [1, 2, 2]
    assert all(same for version, same in said if version == 2)


def test_what_is_saved_as_it_was_keeps_its_approvals(scene: Scene) -> None:
    scene.members(2)
    number = scene.write(audience=TO_ALL)
    approving.approve(scene.office, number, scene.chief, NOW)
    alone.change(scene.office, number, scene.author, replace(WRITTEN, audience=TO_ALL), NOW)
    assert scene.told(scene.chief, "broadcast_changed") == 0
    assert approving.approve(scene.office, number, scene.other, NOW) == "sending"


def test_whoever_was_named_approves_first_and_anybody_else_second(scene: Scene) -> None:
    scene.members(1)
    number = writing.create(scene.office, scene.author, replace(WRITTEN, audience=TO_ALL), NOW, asked_id=scene.chief)
    with pytest.raises(NotAllowed):
        approving.approve(scene.office, number, scene.other, NOW)
    assert approving.approve(scene.office, number, scene.chief, NOW) == "review"
    assert approving.approve(scene.office, number, scene.other, NOW) == "sending"


def test_a_rejected_one_is_changed_by_its_author_alone_and_handed_over_again(scene: Scene) -> None:
    scene.members(1)
    (colleague,) = scene.people(["乙"], "staff")
    number = scene.write()
    alone.reject(scene.office, number, scene.chief, "日期写错了", NOW)
    better = replace(WRITTEN, body="改好了")
    with pytest.raises(NotAllowed):
        alone.change(scene.office, number, colleague, better, NOW)
    with pytest.raises(NotAllowed):
        alone.submit(scene.office, number, scene.author, NOW)
    assert alone.change(scene.office, number, scene.author, better, NOW) == "draft"
    alone.submit(scene.office, number, scene.author, NOW, asked_id=scene.chief)
    assert scene.state(number) == "review"
    assert approving.approve(scene.office, number, scene.chief, NOW) == "sending"
    with pytest.raises(NotAllowed):
        alone.change(scene.office, number, scene.author, WRITTEN, NOW)


def test_one_of_two_who_rejects_ends_it(scene: Scene) -> None:
    scene.members(1)
    number = scene.write(audience=TO_ALL)
    approving.approve(scene.office, number, scene.chief, NOW)
    alone.reject(scene.office, number, scene.other, "再改改", NOW)
    assert scene.state(number) == "rejected"
    assert scene.told(scene.author, "broadcast_rejected") == 1
    with pytest.raises(NotAllowed):
        approving.approve(scene.office, number, scene.chief, NOW)


def test_a_draft_is_nobodys_to_approve_until_it_is_handed_over(scene: Scene) -> None:
    scene.members(1)
    number = alone.draft(scene.office, scene.author, WRITTEN, NOW)
    with pytest.raises(NotAllowed):
        approving.approve(scene.office, number, scene.chief, NOW)
    alone.submit(scene.office, number, scene.author, NOW)
    assert approving.approve(scene.office, number, scene.chief, NOW) == "sending"


def test_a_start_that_is_held_can_be_undone_by_who_gave_it_for_fifteen_seconds(scene: Scene) -> None:
    scene.members(2)
    number = scene.write()
    assert approving.approve(scene.office, number, scene.chief, NOW, hold=HOLD) == "scheduled"
    assert scene.send(NOW + timedelta(seconds=14)) == []
    with pytest.raises(NotAllowed) as refused:
        alone.undo_start(scene.office, number, scene.other, NOW)
    assert refused.value.key == "broadcast.not_now.undo_by_last"
    alone.undo_start(scene.office, number, scene.chief, NOW + timedelta(seconds=14))
    assert scene.state(number) == "review"
    assert scene.notices(number, notices.c.id) == []
    assert approving.approve(scene.office, number, scene.chief, NOW, hold=HOLD) == "scheduled"
    for who in (scene.chief, scene.other):
        with pytest.raises(NotAllowed) as refused:
            alone.undo_start(scene.office, number, who, NOW + timedelta(seconds=15))
        assert refused.value.key == "broadcast.not_now.undo"
    assert len(scene.send(NOW + timedelta(seconds=15))) == 2


def test_a_bulletin_gets_the_next_number_of_its_year_when_it_is_approved(scene: Scene) -> None:
    scene.members(1)
    rejected, first, second = (scene.write("bulletin") for _ in range(3))
    alone.reject(scene.office, rejected, scene.chief, "不用发", NOW)
    for number in (second, first):
        approving.approve(scene.office, number, scene.chief, NOW)
    next_year = scene.started("bulletin", NOW.replace(year=2027))
    found = [(scene.row(one).year, scene.row(one).number) for one in (rejected, second, first, next_year)]
    assert found == [(None, None), (2026, 1), (2026, 2), (2027, 1)]


@pytest.mark.parametrize(
    ("audience", "needed"),
    [
        (Audience(role=("member",)), 2), (Audience(), 2), (Audience(community=("陈桥社区",)), 1),
        (Audience(branch=("第一支部",)), 1), (Audience(names=("党员0",)), 1), (Audience(grid=("网格01",)), 1),
        (Audience(role=("member",), exclude=("党员1",)), 2),
    ],
)  # fmt: skip
def test_what_goes_to_the_whole_office_needs_two(scene: Scene, audience: Audience, needed: int) -> None:
    scene.members(2, branch="第一支部", grid="网格01")
    assert scene.row(scene.write(audience=audience)).approvals_needed == needed


def test_all_communities_named_are_the_whole_office(scene: Scene) -> None:
    scene.members(1)
    every = tuple(scene.office.reader.communities())
    assert scene.row(scene.write(audience=Audience(community=every))).approvals_needed == 2
    assert scene.row(scene.write(audience=Audience(community=every[1:] + every[:1]))).approvals_needed == 2


@pytest.mark.parametrize(
    ("audience", "needed"),
    [
        (Audience(branch=("支部",)), 2), (Audience(branch=("部",)), 2), (Audience(grid=("网格01", "网格02")), 2),
        (Audience(names=tuple(f"党员{number}" for number in range(15))), 2), (Audience(branch=("第二支部",)), 1),
        (Audience(names=("党员0", "党员1")), 1), (Audience(role=("member",), community=("陈桥社区",)), 1),
    ],
)  # fmt: skip
def test_what_reaches_nearly_everybody_needs_two_however_it_is_written(
    scene: Scene, audience: Audience, needed: int
) -> None:
    scene.members(12, branch="第一支部", grid="网格01")
    scene.people(["党员12", "党员13", "党员14"], "member", branch="第二支部", grid="网格02", community="陈桥社区")
    assert scene.row(scene.write(audience=audience)).approvals_needed == needed


def test_how_many_must_approve_is_counted_again_when_it_is_approved(scene: Scene) -> None:
    scene.members(2, branch="第一支部")
    number = scene.write(audience=Audience(branch=("第一支部",)))
    assert scene.row(number).approvals_needed == 1
    scene.people([f"新人{n}" for n in range(20)], "member", branch="第一支部")
    assert approving.approve(scene.office, number, scene.chief, NOW) == "review"
    assert scene.row(number).approvals_needed == 2
    assert approving.approve(scene.office, number, scene.other, NOW) == "sending"


@pytest.mark.parametrize(
    "audience",
    [
        Audience(branch=("",)), Audience(grid=("",)), Audience(grid=("网格01", " ")), Audience(role=("member",), names=("",)),
        Audience(branch=("第一支部", "第九支部")), Audience(grid=("网格01", "网格99")), Audience(community=("陈桥社区", "天上社区")),
        Audience(role=("member",), exclude=("",)),
    ],
)  # fmt: skip
def test_an_audience_with_an_empty_value_or_one_that_is_on_nobody_is_refused(scene: Scene, audience: Audience) -> None:
    scene.members(2, branch="第一支部", grid="网格01")
    with pytest.raises(Faulty):
        scene.write(audience=audience)


def test_what_has_places_that_are_not_filled_in_is_a_draft_alone(scene: Scene) -> None:
    scene.members(1)
    unfilled = replace(WRITTEN, body="联系{联系人}")
    with pytest.raises(Faulty) as refused:
        writing.create(scene.office, scene.author, unfilled, NOW)
    assert [one.field for one in refused.value.faults] == ["places"]
    number = alone.draft(scene.office, scene.author, unfilled, NOW)
    with pytest.raises(Faulty):
        alone.submit(scene.office, number, scene.author, NOW)
    assert scene.state(number) == "draft"
    alone.change(scene.office, number, scene.author, WRITTEN, NOW)
    alone.submit(scene.office, number, scene.author, NOW)
    with pytest.raises(Faulty):
        alone.change(scene.office, number, scene.author, unfilled, NOW)
    assert approving.approve(scene.office, number, scene.chief, NOW) == "sending"


def test_everything_that_is_not_admitted_is_named_at_once(scene: Scene) -> None:
    scene.members(1)
    wrong = Written(
        "meeting", "长" * 101, " ", Audience(names=("党员0", "无此人"), exclude=("无此社区",)), NOW,
        {"at": "2026-03-02T11:00:00+08:00", "until": "2026-03-02T10:00:00+08:00"},
    )  # fmt: skip
    with pytest.raises(Faulty) as refused:
        writing.create(scene.office, scene.author, wrong, NOW)
    assert [(one.field, one.key.rpartition(".")[2]) for one in refused.value.faults] == [
        ("body", "no_body"), ("title", "long"), ("at", "at_past"), ("until", "until"), ("place", "no_place"),
        ("names", "unknown_names"), ("exclude", "unknown_names"), ("send_at", "send_at_past"),
    ]  # fmt: skip
    with scene.office.db.reading() as tx:
        assert written.by_id(tx, 1) is None


def test_an_occasion_is_proposed_once_whatever_became_of_it(scene: Scene) -> None:
    scene.members(1)
    spring = replace(WRITTEN, occasion="spring-2027")
    number = alone.draft(scene.office, scene.author, spring, NOW)
    with pytest.raises(NotAllowed):
        alone.draft(scene.office, scene.author, spring, NOW)
    alone.recall(scene.office, number, scene.author, NOW)
    with pytest.raises(NotAllowed):
        alone.draft(scene.office, scene.author, spring, NOW)
    assert dict(scene.counts(number)) == dict.fromkeys(
        ("recipients", "sent", "delivered", "waiting", "failed", "acked"), 0
    )


def test_all_who_were_asked_or_approved_are_asked_about_the_new_text(scene: Scene) -> None:
    scene.members(1)
    number = writing.create(scene.office, scene.author, replace(WRITTEN, audience=TO_ALL), NOW, asked_id=scene.chief)
    approving.approve(scene.office, number, scene.chief, NOW)
    alone.change(scene.office, number, scene.author, replace(WRITTEN, audience=TO_ALL, body="另一段正文"), NOW)
    assert (scene.told(scene.chief, "broadcast_review"), scene.told(scene.other, "broadcast_review")) == (1, 1)
    assert scene.told(scene.author, "broadcast_review") == 0


def test_who_comes_after_the_last_approval_hears_who_gave_it(scene: Scene) -> None:
    scene.members(1)
    number = scene.write()
    approving.approve(scene.office, number, scene.chief, NOW)
    with pytest.raises(NotAllowed, match="already_approved_by") as late:
        approving.approve(scene.office, number, scene.other, NOW)
    with scene.office.db.reading() as tx:
        assert late.value.facts["names"] == people.by_id(tx, scene.chief).name
    assert approving.approve(scene.office, number, scene.chief, NOW) in ("sending", "scheduled")


def test_where_nobody_is_named_everybody_who_may_approve_is_asked_and_no_more_once_it_is_approved(scene: Scene) -> None:
    scene.members(2)
    number = scene.write()
    assert [scene.told(one, "broadcast_review") for one in (scene.chief, scene.other, scene.author)] == [1, 1, 0]
    approving.approve(scene.office, number, scene.chief, NOW)
    assert scene.told(scene.other, "broadcast_review") == 0


def test_who_is_named_alone_is_asked_unless_they_may_approve_no_more(scene: Scene) -> None:
    scene.members(2)
    writing.create(scene.office, scene.author, WRITTEN, NOW, asked_id=scene.chief)
    assert [scene.told(one, "broadcast_review") for one in (scene.chief, scene.other)] == [1, 0]
    scene.lose_role(scene.chief)
    writing.create(scene.office, scene.author, WRITTEN, NOW, asked_id=scene.chief)
    assert scene.told(scene.other, "broadcast_review") == 1
