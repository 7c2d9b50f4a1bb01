"""A template is used for a notice only if it carries something of it; a broadcast's words come before its title alone."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from bot.services.notices.outbox import Letter
from bot.services.notices.reach import choosing
from bot.services.notices.reach.ways import Share, Ways, template_for, template_share
from bot.services.notices.rules import usual_order
from config.settings import Template

WITHOUT_BODY = Template(
    id="T", kind="template", fields={"character_string1": "code", "thing2": "what", "phrase3": "state", "time4": "when"}
)
WITH_BODY = Template(id="R", kind="template", fields={"thing1": "title", "thing2": "body", "time3": "when"})


def letter(broadcast_id: int | None = None, /, **facts: str) -> Letter:
    row: Any = SimpleNamespace(broadcast_id=broadcast_id, round=0, channels=None, created_at=datetime.now(UTC))
    known = dict.fromkeys(("code", "title", "what", "place", "state", "who", "body"), "") | {"when": "2026-11-29 10:00"}
    return Letter(1, "o", "other", known | facts, "words", row, frozenset({"when"}))


def ways(template: Template) -> Ways:
    return Ways(usual_order, {"*": template})


@pytest.mark.parametrize(
    "facts", [{"body": "楼道塌了的照片.zip"}, {"body": "您的单号 1234567"}, {"title": "求助登记页"}, {}]
)
def test_a_template_that_carries_none_of_the_facts_is_not_used(facts: dict[str, str]) -> None:
    assert template_for(ways(WITHOUT_BODY), letter(**facts), "template") is None


@pytest.mark.parametrize("facts", [{"code": "1234567"}, {"what": "路灯坏了"}, {"state": "办理中"}])
def test_one_that_carries_a_fact_is_used(facts: dict[str, str]) -> None:
    assert template_for(ways(WITHOUT_BODY), letter(**facts), "template") is WITHOUT_BODY


def test_a_value_of_which_the_field_admits_nothing_is_not_carried() -> None:
    assert template_for(ways(WITHOUT_BODY), letter(state="OK"), "template") is None


@pytest.mark.parametrize(("template", "first"), [(WITHOUT_BODY, "chat"), (WITH_BODY, "template")])
def test_a_broadcast_goes_first_by_a_channel_that_carries_its_words(template: Template, first: str) -> None:
    told = letter(7, code="7", title="通报", what="通报", body="请各支部周五前交材料")
    assert (template_share(ways(template), told, "template") is Share.WHOLE) == (first == "template")
    assert choosing.order(ways(template), told)[0] == first
