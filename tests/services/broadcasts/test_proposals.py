"""The calendar proposes a draft for each occasion once a year; people take it, fill it in and hand it over, or nothing is sent."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.broadcasts.life import State
from bot.broadcasts.written import as_written
from bot.errors import NotAllowed, NotUnderstood
from bot.services.broadcasts import report
from bot.services.broadcasts.drafts import approving, proposals
from bot.services.clock import clockwork
from bot.services.notices import outbox
from bot.services.office import Office
from bot.store.broadcasts import written
from bot.store.broadcasts.rows import Broadcast
from bot.store.tables import broadcasts, notices, persons
from tests.services import alone
from tests.services.cast import enter

MORNING = datetime(2027, 9, 1, 2, 0, tzinfo=UTC)  # fourteen days before 中秋, 10:00
KEY = "mid_autumn_national_day-2027"


def drafts(office: Office) -> list[Broadcast]:
    with office.db.reading() as tx:
        return list(written.listed(tx, states=[State.DRAFT]))


def told(office: Office) -> dict[str, str]:
    """Who was told of proposals, and what."""
    with office.db.reading() as tx:
        rows = tx.all(
            select(persons.c.name, notices.c.facts_sealed).join(notices).where(notices.c.event == proposals.EVENT)
        )
        return {row.name: tx.open_facts(row.facts_sealed)["body"] for row in rows}


def person(office: Office, name: str) -> int:
    with office.db.reading() as tx:
        return int(tx.value(select(persons.c.id).where(persons.c.name == name)))


def test_an_occasion_is_proposed_once_as_a_draft_of_its_template(office: Office) -> None:
    assert [due.key for due in proposals.propose(office, MORNING)] == [KEY]
    assert proposals.propose(office, MORNING) == []
    assert proposals.propose(office, MORNING + timedelta(days=3)) == []
    (draft,) = drafts(office)
    template = office.templates.by_key["mid_autumn_national_day"]
    assert (draft.occasion, draft.template, draft.template_version) == (KEY, template.key, template.version)
    assert (draft.kind, draft.title, draft.body, draft.author_id) == ("reminder", template.title, template.body, None)
    assert (draft.audience, draft.approvals_needed) == ({"role": list(template.roles)}, 2)
    local = draft.send_at and draft.send_at.astimezone(office.calendar.zone)
    assert local is not None
    assert (local.date(), local.time()) == (date(2027, 9, 8), proposals.AT)
    next_year = proposals.propose(office, datetime(2028, 9, 17, 2, 0, tzinfo=UTC))
    assert [due.key for due in next_year] == ["mid_autumn_national_day-2028"]


def test_two_clocks_propose_once(office: Office) -> None:
    """The second one finds out only when it writes."""
    proposals.propose(office, MORNING)
    with office.db.transaction() as tx:
        (due,) = office.occasions.due(date(2027, 9, 1))
        assert not proposals._draft(office, tx, due, MORNING)
    assert len(drafts(office)) == 1


def test_those_who_write_broadcasts_hear_of_all_new_ones_in_one_notice_within_the_hours(
    office: Office, tmp_path: Path
) -> None:
    enter(office, tmp_path, "党员,党员一,13800000111,陈桥社区,,第一支部,\n")
    evening = datetime(2027, 5, 27, 14, 0, tzinfo=UTC)  # 22:00, outside the hours; 端午 and the flood season are near
    hours = replace(office.settings, send_hours=(8 * 60 + 30, 20 * 60 + 30))
    assert len(proposals.propose(replace(office, settings=hours), evening)) == 2
    assert told(office) == dict.fromkeys(
        ["陈桥甲", "陈桥乙", "兰天甲", "办事处甲", "纪检甲"], "端午（06月09日）、主汛期（06月10日）"
    )
    with office.db.reading() as tx:
        due = set(tx.run(select(notices.c.due_at).where(notices.c.event == proposals.EVENT)).scalars())
    assert due == {datetime(2027, 5, 28, 0, 30, tzinfo=UTC)}


def test_the_clock_proposes_in_its_round(office: Office) -> None:
    for work in clockwork.sweep(office, MORNING):
        if work.about == "occasions that come near":
            work.do()
    assert [draft.occasion for draft in drafts(office)] == [KEY]


def test_a_notice_says_what_comes_and_that_nothing_is_sent_by_itself(office: Office, tmp_path: Path) -> None:
    enter(office, tmp_path)
    proposals.propose(office, MORNING)
    letters = [one for one in outbox.exchange(office, [], 10, MORNING) if one.row.event == proposals.EVENT]
    assert len(letters) == 5
    assert "中秋、国庆（09月15日）快到了" in letters[0].text
    assert "没有人接就不会发" in letters[0].text
    assert letters[0].facts["body"] == "节日提醒已拟草稿：中秋、国庆（09月15日）"
    assert letters[0].row.broadcast_id is None  # nobody is a recipient


def test_whoever_takes_a_draft_is_its_author_and_nobody_else(office: Office, tmp_path: Path) -> None:
    enter(office, tmp_path, "党员,党员一,13800000111,陈桥社区,,第一支部,\n")
    proposals.propose(office, MORNING)
    (draft,) = drafts(office)
    first, second = person(office, "纪检甲"), person(office, "陈桥甲")
    with pytest.raises(NotAllowed) as refused:
        alone.take(office, draft.id, person(office, "党员一"))
    assert refused.value.key == "broadcast.not_writer"
    with pytest.raises(NotAllowed):
        alone.submit(office, draft.id, first, MORNING)  # not taken yet
    alone.take(office, draft.id, first)
    alone.take(office, draft.id, first)
    with pytest.raises(NotAllowed) as refused:
        alone.take(office, draft.id, second)
    assert (refused.value.key, refused.value.facts["name"]) == ("broadcast.taken", "纪检甲")
    assert [one.author_id for one in drafts(office)] == [first]


def test_a_template_is_handed_over_only_when_every_place_is_filled(office: Office, tmp_path: Path) -> None:
    enter(office, tmp_path)
    proposals.propose(office, MORNING)
    (draft,) = drafts(office)
    author = person(office, "纪检甲")
    alone.take(office, draft.id, author)
    with pytest.raises(NotUnderstood) as refused:
        alone.submit(office, draft.id, author, MORNING)
    assert refused.value.facts["names"] == "值班安排、值班电话、纪检联系人、联系电话"
    body = draft.body
    for place, value in {
        "值班安排": "每天两人",
        "值班电话": "0550-0000001",
        "纪检联系人": "纪检室",
        "联系电话": "0550-0000002",
    }.items():
        body = body.replace(f"{{{place}}}", value)
    alone.change(office, draft.id, author, replace(as_written(draft), body=body), MORNING)
    alone.submit(office, draft.id, author, MORNING)
    with office.db.reading() as tx:
        assert report.report(tx, draft.id, MORNING).state == State.REVIEW
        kept = written.by_id(tx, draft.id)
    assert kept is not None
    assert (kept.template, kept.template_version, kept.occasion) == (draft.template, 1, KEY)


def test_a_proposal_nobody_took_is_never_sent_and_may_be_discarded(office: Office, tmp_path: Path) -> None:
    enter(office, tmp_path)
    proposals.propose(office, MORNING)
    (draft,) = drafts(office)
    alone.release_all(office, MORNING + timedelta(days=10))
    with office.db.reading() as tx:
        assert tx.value(select(func.count()).where(notices.c.broadcast_id == draft.id)) == 0
        assert report.report(tx, draft.id, MORNING).author == ""
    with pytest.raises(NotAllowed):
        approving.approve(office, draft.id, person(office, "纪检甲"), MORNING)
    alone.recall(office, draft.id, person(office, "办事处甲"), MORNING)
    assert drafts(office) == []
    assert proposals.propose(office, MORNING) == []


def test_what_is_late_proposes_no_time_and_nothing_is_proposed_for_a_day_that_is_over(office: Office) -> None:
    proposals.propose(office, datetime(2027, 9, 14, 2, 0, tzinfo=UTC))
    assert [draft.send_at for draft in drafts(office)] == [None]
    with office.db.transaction() as tx:
        tx.run(broadcasts.delete())
    assert proposals.propose(office, datetime(2027, 9, 16, 2, 0, tzinfo=UTC)) == []
