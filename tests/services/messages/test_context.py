"""The context of one message: what it brings about besides the reply stands in its outcome and nowhere else."""

from pathlib import Path

import pytest

from bot.dialogue.context import Context, Me, Outcome
from bot.dialogue.session import Session
from bot.errors import NotFound
from bot.orders.restricted import is_restricted
from bot.services.context.context import compose
from bot.services.context.turn import Turn
from bot.services.office import Office
from bot.services.roster import bind_codes
from bot.store import conversations, orders
from bot.store.database import Tx
from bot.store.persons import people
from tests.rosters import import_roster
from tests.talk import NOON

ROSTER = "角色,姓名,手机号,社区,网格,支部,技能\n社区工作者,赵敏,13800000101,陈桥社区,,,\n"
BULB = "金色春天3号楼2单元501灯泡坏了，想请人帮忙换一下"


def speaking(office: Office, tx: Tx, openid: str, words: str) -> Context:
    """The context of these words from a resident."""
    talk = conversations.begin(tx, openid, "m1", NOON, NOON)
    assert isinstance(talk, conversations.Conversation)
    me = Me(talk.person.id, talk.person.name, talk.rights)
    turn = Turn(office, tx, talk.person, me, Session(), Outcome(), NOON, talk.is_asked, talk.is_new)
    return compose(turn, office.understand(words))


def test_a_plain_request_has_no_outcome_but_its_order(office: Office) -> None:
    with office.db.transaction() as tx:
        context = speaking(office, tx, "o1", BULB)
        order = context.actions.place(context.meant)
        assert (context.outcome.bound_to, context.outcome.set_aside) == (None, None)
        assert context.orders.may_read(order)


def test_binding_names_the_person_whose_conversation_it_is_now(office: Office, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
    import_roster(office, tmp_path / "roster.csv", NOON)
    code = bind_codes.issue_code(office, "13800000101", NOON)
    with office.db.transaction() as tx:
        context = speaking(office, tx, "o1", "")
        assert "赵敏" in context.account.bind(code)
        bound_to = context.outcome.bound_to
        assert bound_to is not None
        assert (people.by_id(tx, bound_to).name, people.by_id(tx, bound_to).openid) == ("赵敏", "o1")


def test_a_wrong_code_binds_nobody(office: Office) -> None:
    with office.db.transaction() as tx:
        context = speaking(office, tx, "o1", "")
        with pytest.raises(NotFound):
            context.account.bind("ABCD2345")
        assert context.outcome.bound_to is None


def test_a_reason_that_is_a_report_is_set_aside_and_leaves_no_word_in_the_order(office: Office) -> None:
    with office.db.transaction() as tx:
        context = speaking(office, tx, "o1", BULB)
        order = context.actions.place(context.meant)
        context.actions.perform(order, "withdraw", "我要举报书记收了我家红包")
        aside = context.outcome.set_aside
        assert aside is not None
        assert is_restricted(aside)
        assert aside.id != order.id
        assert all(line.note is None and line.note_sealed is None for line in orders.history_of(tx, order.id))


def test_an_ordinary_reason_stays_with_its_order(office: Office) -> None:
    with office.db.transaction() as tx:
        context = speaking(office, tx, "o1", BULB)
        order = context.actions.place(context.meant)
        context.actions.perform(order, "withdraw", "儿子已经换好了")
        assert context.outcome.set_aside is None
        assert orders.history_of(tx, order.id)[-1].note == "儿子已经换好了"


def test_another_meaning_is_another_context_with_the_same_parts(office: Office) -> None:
    with office.db.transaction() as tx:
        context = speaking(office, tx, "o1", BULB)
        other = context.with_meaning(context.reader.read("到哪一步了"))
        assert (context.meant.text, other.meant.text) == (BULB, "到哪一步了")
        assert (other.session, other.outcome) == (context.session, context.outcome)
        other.talk_about(context.actions.place(context.meant))
        assert context.session.order_id is not None
