"""Who has left the roster is asked for no answer that would be refused."""

from pathlib import Path

from bot.broadcasts.audience import Audience
from bot.broadcasts.written import Written
from bot.services.broadcasts.drafts import approving, writing
from bot.services.office import Office
from bot.services.roster import bind_codes
from bot.store.persons import people
from bot.store.tables import notices
from tests.services import alone, cast


def test_a_reminder_asks_nothing_of_who_has_left(office: Office, tmp_path: Path) -> None:
    talk = cast.enter(office, tmp_path, "党员,党员甲,13800000301,陈桥社区,网格01,第一支部,\n")
    with office.db.reading() as tx:
        author, chief = (people.named(tx, name)[0].id for name in ("陈桥甲", "办事处甲"))
    words = Written("reminder", "廉洁过节", "请大家廉洁过节", Audience(names=("党员甲",)))
    number = writing.create(office, author, words, talk.now)
    approving.approve(office, number, chief, talk.now)
    alone.release_all(office, talk.now)
    with office.db.transaction() as tx:
        tx.run(notices.update().where(notices.c.broadcast_id == number).values(state="sent", sent_at=talk.now))
    asks = office.say("broadcast.not_acked")
    assert asks in talk.says("党员甲", "我的提醒")
    bind_codes.leave(office, "13800000301", talk.now)
    for words_said in ("我的提醒", f"我的提醒 {number}"):
        said = talk.says("党员甲", words_said)
        assert asks not in said
    assert "廉洁过节" in said
