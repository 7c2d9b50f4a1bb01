"""Every error code of the platform leads to its action, row by row."""

from datetime import UTC, datetime

import pytest

from bot.services.notices import outbox
from tests.databases import SQLITE
from tests.workers.conftest import add_person, deliver, notice, person, write
from tests.workers.platform import FakePlatform
from workers.resources import Desk
from workers.wechat.error_codes import ANSWERS, error_of

STOPS = {40013, 40125, 40164, 61004, 40243, 89501, 89503, 89506, 89507, 41001, 50002}
GONE = {40003, 43019, 48002, 43004, 50005, 46004}
SUCCESS = {0, 45065, 40001, 40014, 42001}  # a rejected token is replaced and the message sent
LATER = {-1, 9001002, 43108, 45066, 42010, 45011}
NOT_IN_THE_TABLE = 41028  # of the mini programs' old messages


def expected(code: int) -> tuple[str, int]:
    """(state of the notice, messages taken) where the chat window is open as the next channel."""
    if code in SUCCESS:
        return "sent", 0 if code in (0, 45065) else 1
    if code in STOPS | LATER:
        return "pending", 0
    return ("waiting", 0) if code in GONE else ("sent", 1)


@pytest.mark.parametrize("code", sorted([*ANSWERS, NOT_IN_THE_TABLE]))
@SQLITE
def test_each_code_leads_to_its_action(code: int, desk: Desk, platform: FakePlatform) -> None:
    known = add_person(desk, "o1", chat=5)
    write(desk, known)
    platform.answers.append({"errcode": code, "errmsg": "said so"})
    deliver(desk)
    now = person(desk, known)
    assert (notice(desk).state, len(platform.sent)) == expected(code)
    assert (now.unreachable is not None) == (code in GONE)
    assert (now.refused_templates is not None) == (code == 43101)
    assert outbox.due(desk, datetime.now(UTC)) is False


@pytest.mark.parametrize("code", [-1, 0, 40164, 43004, 43101, 45011])
def test_what_an_answer_leads_to_is_written_down_on_both_databases(
    code: int, desk: Desk, platform: FakePlatform
) -> None:
    write(desk, add_person(desk, "o1", chat=5))
    platform.answers.append({"errcode": code, "errmsg": "said so"})
    deliver(desk)
    assert (notice(desk).state, len(platform.sent)) == expected(code)


@pytest.mark.parametrize("answer", [{}, {"errcode": None}, {"errcode": "0"}, {"msgid": 1}], ids=str)
def test_an_answer_without_a_code_is_a_success(answer: dict[str, object]) -> None:
    assert error_of(answer) is None


@pytest.mark.parametrize("code", ["?", [], {}], ids=str)
def test_a_code_that_is_none_counts_as_a_broken_platform(code: object) -> None:
    assert type(error_of({"errcode": code})).__name__ == ("RetryLater" if code else "NoneType")
