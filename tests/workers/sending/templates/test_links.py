"""A notice links to the page of its order or broadcast where its reader may open it and pages are reached by https."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.services.notices.outbox import Letter
from bot.services.notices.reach.ways import Ways
from bot.services.notices.rules import usual_order
from config.settings import Template, load
from tests.conftest import ENVIRONMENT
from workers.channels import CHANNELS
from workers.channels.channel import Means
from workers.resources import open_desk

PAGES = "https://wutong.example/h5/"
FIELDS = {"thing1": "title"}


class Sends:
    """Stands where the platform stands, and keeps what is sent."""

    def __init__(self) -> None:
        self.body: dict[str, Any] = {}

    def send(self, api: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        self.body = body
        return {}


def sent(
    kind: Any, event: str, lane: str | None = "wish", pages: str = PAGES, broadcast: int | None = None, round_: int = 0
) -> dict[str, Any]:
    platform = Sends()
    row: Any = SimpleNamespace(
        id=1,
        event=event,
        order_code="1234564" if lane else None,
        order_lane=lane,
        broadcast_id=broadcast,
        round=round_,
        created_at=datetime.now(UTC),
        refused_templates=None,
    )
    letter = Letter(1, "o", "order", {"title": "换灯泡", "body": ""}, "words", row)
    means = Means(
        cast(Any, platform), Ways(usual_order, {"order": Template(id="T", kind=kind, fields=FIELDS)}), "无", pages=pages
    )
    CHANNELS["template" if kind == "template" else "subscription"](means, letter, datetime.now(UTC))
    return platform.body


@pytest.mark.parametrize(("kind", "field"), [("template", "url"), ("subscribe", "page")])
@pytest.mark.parametrize("event", ["finish_resident", "assign_handler", "invite_invitee", "publish_members"])
def test_a_notice_to_its_resident_or_helper_links_to_the_order(kind: str, field: str, event: str) -> None:
    assert sent(kind, event)[field] == f"{PAGES}orders/1234564"


@pytest.mark.parametrize(("kind", "field"), [("template", "url"), ("subscribe", "page")])
@pytest.mark.parametrize("round_", [0, 1, 2])
def test_a_broadcast_links_to_its_whole_text_in_every_round(kind: str, field: str, round_: int) -> None:
    assert sent(kind, "broadcast", None, broadcast=12, round_=round_)[field] == f"{PAGES}broadcasts/12"


def test_a_correction_and_what_authors_and_approvers_are_told_link_nowhere() -> None:
    assert "url" not in sent("template", "broadcast_recalled", None, broadcast=12, round_=3)
    assert "url" not in sent("template", "broadcast_review", None)


@pytest.mark.parametrize(
    ("event", "lane", "pages"),
    [
        ("place_staff", "wish", PAGES), ("escalate_leaders", "wish", PAGES), ("place_duty", "emergency", PAGES),
        ("refer_followers", "wish", PAGES), ("withdraw_former", "wish", PAGES), ("closed_resident", "restricted", PAGES),
        ("assign_handler", "restricted", PAGES), ("moved_admin", None, PAGES), ("finish_resident", "wish", ""),
    ],
)  # fmt: skip
def test_no_other_notice_links_anywhere(event: str, lane: str | None, pages: str) -> None:
    assert {"url", "page"}.isdisjoint(sent("template", event, lane, pages))


@pytest.mark.parametrize(
    ("public", "pages"), [("https://wutong.example/", PAGES), ("http://wutong.example", ""), ("", "")]
)
def test_only_pages_behind_https_are_linked(public: str, pages: str) -> None:
    desk = open_desk(load({**ENVIRONMENT, "PUBLIC_URL": public, "REDIS_URL": "redis://127.0.0.1:1"}))
    assert desk.means.pages == pages
    desk.close()
