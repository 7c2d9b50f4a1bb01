"""Rights are triples: a role holds in its own community and grid alone."""

import pytest

from bot.orders.rights import Rights, rights

ABROAD = rights([("staff", "陈桥社区", None), ("member", "花都路社区", "网格01"), ("member", "陈桥社区", None)])


@pytest.mark.parametrize(
    ("held", "community", "expected"),
    [
        (ABROAD, "陈桥社区", True), (ABROAD, "花都路社区", False), (ABROAD, None, True),
        (rights([("admin", None, None)]), "花都路社区", True), (rights([("admin", "陈桥社区", None)]), "花都路社区", True),
        (rights([("member", "花都路社区", None)]), "花都路社区", False), (rights([("member", "花都路社区", None)]), None, False),
        (rights([("discipline", None, None)]), "陈桥社区", False), (rights([("grid", "陈桥社区", None)]), "陈桥社区", False),
        (Rights(), None, False),
    ],
)  # fmt: skip
def test_who_answers_for_a_community(held: Rights, community: str | None, expected: bool) -> None:
    assert held.answers_for(community) is expected


def test_a_role_is_held_in_its_own_area() -> None:
    assert ABROAD.areas("member") == {("花都路社区", "网格01"), ("陈桥社区", None)}
    assert ABROAD.communities("staff") == {"陈桥社区"}
    assert ABROAD.scope() == frozenset({"陈桥社区"})
    assert rights([("admin", None, None)]).scope() is None
    assert rights([(None, None, None)]) == Rights()
