"""Meetings: who comes and why not, read by the author alone; signing in with a code of the minute, or by hand."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.broadcasts import sign_in
from bot.broadcasts.audience import Audience
from bot.broadcasts.written import Written
from bot.errors import NotAllowed, NotFound
from bot.services.broadcasts import report
from bot.services.broadcasts.drafts import approving, writing
from bot.services.broadcasts.evidence import collected
from bot.services.broadcasts.evidence.collected import Hand
from bot.services.broadcasts.recipients import answering, attendance, meeting_code, receiving
from bot.services.office import Office
from bot.store.schema.records import audit
from bot.store.tables import broadcast_people, notices
from tests.services import alone
from tests.services.broadcasts.test_broadcasts import people

NOW = datetime(2026, 3, 2, 4, 0, 20, tzinfo=UTC)
HERE = Audience(role=("member",), community=("陈桥社区",))
DETAILS = {"at": "2026-03-02T13:00:00+08:00", "until": "2026-03-02T15:00:00+08:00", "place": "三楼会议室"}
OVER = datetime(2026, 3, 5, 3, 1, tzinfo=UTC)


@pytest.fixture
def called(office: Office) -> tuple[int, int, dict[str, int]]:
    """A meeting to which two members are called: its number, its author, and everybody by name."""
    (author,), (chief,) = people(office, ["甲"], "staff"), people(office, ["乙"], "admin")
    first, second = people(office, ["张三", "李四"], "member")
    number = writing.create(office, author, Written("meeting", "党员大会", "请准时参加", HERE, details=DETAILS), NOW)
    approving.approve(office, number, chief, NOW)
    return number, author, {"甲": author, "乙": chief, "张三": first, "李四": second}


def say(office: Office, number: int, person: int, now: datetime = NOW, *, coming: bool, reason: str = "") -> bool:
    with office.db.transaction() as tx:
        return answering.answer(office, tx, number, person, now, coming=coming, reason=reason)


def test_an_answer_acknowledges_may_be_changed_and_is_read_by_the_author_alone(
    office: Office, called: tuple[int, int, dict[str, int]]
) -> None:
    number, author, who = called
    assert say(office, number, who["张三"], coming=False, reason="孩子住院")
    found = alone.answers(office, number, author)
    assert [(one.name, one.coming, one.reason) for one in found.people] == [
        ("张三", False, "孩子住院"), ("李四", None, ""),
    ]  # fmt: skip
    with office.db.reading() as tx:
        assert report.report(tx, number, NOW).counts.acked == 1
        assert "孩子住院".encode() not in bytes(tx.value(select(broadcast_people.c.reason_sealed)))
    say(office, number, who["张三"], coming=True)
    say(office, number, who["李四"], coming=False)
    found = alone.answers(office, number, author)
    assert (found.coming, found.away, found.open, found.people[0].reason) == (1, 1, 0, "")
    for other in ("乙", "张三"):
        with pytest.raises(NotAllowed):
            alone.answers(office, number, who[other])


def test_what_is_restricted_in_a_reason_does_not_stand_there(
    office: Office, called: tuple[int, int, dict[str, int]]
) -> None:
    number, author, who = called
    assert not say(office, number, who["张三"], coming=False, reason="举报陈桥甲收了商户的红包")
    (told, _) = alone.answers(office, number, author).people
    assert (told.coming, told.reason) == (False, "")


def test_nobody_answers_a_meeting_that_is_over_recalled_or_not_theirs(
    office: Office, called: tuple[int, int, dict[str, int]]
) -> None:
    number, author, who = called
    with pytest.raises(NotFound):
        say(office, number, who["乙"], coming=True)
    with pytest.raises(NotAllowed, match="over"):
        say(office, number, who["张三"], OVER, coming=True)
    alone.recall(office, number, author, NOW)
    with pytest.raises(NotAllowed, match="recalled"):
        say(office, number, who["张三"], coming=True)
    with office.db.reading() as tx:
        assert tx.first(select(broadcast_people.c.id)) is None
        assert receiving.meetings(office, tx, who["张三"], NOW) == []


def test_a_code_holds_for_two_minutes_and_for_its_own_meeting(
    office: Office, called: tuple[int, int, dict[str, int]]
) -> None:
    number, author, who = called
    shown = meeting_code.code(office, number, NOW)
    assert (shown.changes_at, shown.until) == (NOW + timedelta(seconds=40), NOW + timedelta(seconds=100))
    assert shown.address.endswith(f"/h5/broadcasts/{number}/sign-in?code={shown.code}")
    assert meeting_code.code(office, number, shown.changes_at).code != shown.code
    later = f"{int(shown.code[:8], 16) + 1:08x}{shown.code[8:]}"
    of_other = [sign_in.code("t" * 32, number, NOW), sign_in.code(office.settings.secret_key, number + 1, NOW)]
    for wrong in ("", later, "f" * 40, shown.code[:-1] + "g", *of_other):
        with pytest.raises(NotAllowed, match="wrong"):
            attendance.sign_in(office, number, who["张三"], wrong, NOW)
    for moment in (shown.until, NOW - timedelta(minutes=1)):
        with pytest.raises(NotAllowed, match="late"):
            attendance.sign_in(office, number, who["张三"], shown.code, moment)
    with pytest.raises(NotFound):
        attendance.sign_in(office, number, author, shown.code, NOW)
    assert alone.answers(office, number, author).signed_in == 0
    last = shown.until - timedelta(seconds=1)
    assert [attendance.sign_in(office, number, who["张三"], shown.code, at) for at in (last, last)] == [True, False]
    told = alone.answers(office, number, author).people[0]
    assert (told.signed_in_at, told.is_acked, told.coming) == (last, True, None)


def test_who_has_no_telephone_is_signed_in_by_the_author(
    office: Office, called: tuple[int, int, dict[str, int]]
) -> None:
    number, author, who = called
    with pytest.raises(NotAllowed):
        alone.sign_in_by_hand(office, number, who["李四"], who["乙"], NOW)
    with pytest.raises(NotFound):
        alone.sign_in_by_hand(office, number, who["乙"], author, NOW)
    assert [alone.sign_in_by_hand(office, number, who["李四"], author, NOW) for _ in range(2)] == [True, False]
    assert alone.answers(office, number, author).signed_in == 1
    with office.db.reading() as tx:
        (line,) = [one for one in collected.lines(tx, number) if one.signed_in_at is not None]
        (entry,) = tx.all(select(audit).where(audit.c.act == "broadcast.by_hand"))
    assert line.signed_in_by == Hand(author, "甲")
    assert (entry.who_id, entry.whose_id, entry.detail) == (author, who["李四"], f"broadcast {number} sign_in")


def test_who_scanned_the_code_was_signed_in_by_nobody(office: Office, called: tuple[int, int, dict[str, int]]) -> None:
    number, _, who = called
    assert attendance.sign_in(office, number, who["张三"], meeting_code.code(office, number, NOW).code, NOW)
    with office.db.reading() as tx:
        (line,) = [one for one in collected.lines(tx, number) if one.signed_in_at is not None]
        assert line.signed_in_by is None
        assert tx.all(select(audit).where(audit.c.act == "broadcast.by_hand")) == []


def test_a_code_is_made_for_meetings_alone_that_were_approved(office: Office) -> None:
    (author,) = people(office, ["甲"], "staff")
    people(office, ["张三"], "member")
    for kind in ("reminder", "meeting"):
        number = writing.create(office, author, Written(kind, "党员大会", "请参加", HERE, details=DETAILS), NOW)
        with pytest.raises(NotFound):
            meeting_code.code(office, number, NOW)
    with office.db.reading() as tx:
        assert tx.first(select(notices.c.id).where(notices.c.broadcast_id == number)) is None


def test_nobody_is_there_hours_before_it_and_who_is_there_takes_no_leave(
    office: Office, called: tuple[int, int, dict[str, int]]
) -> None:
    number, author, who = called
    early = NOW - timedelta(hours=4)
    with pytest.raises(NotAllowed, match="early"):
        alone.sign_in_by_hand(office, number, who["张三"], author, early)
    assert alone.answers(office, number, author).signed_in == 0
    with office.db.transaction() as tx:
        answering.answer(office, tx, number, who["张三"], NOW, coming=False, reason="出差")
    assert alone.sign_in_by_hand(office, number, who["张三"], author, NOW)
    found = {one.person_id: (one.coming, one.reason) for one in alone.answers(office, number, author).people}
    assert found[who["张三"]] == (True, "")
    with pytest.raises(NotAllowed, match="is_there"), office.db.transaction() as tx:
        answering.answer(office, tx, number, who["张三"], NOW, coming=False, reason="又去不了了")
