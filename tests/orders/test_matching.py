"""Who is asked first: near before fitting before idle, the same answer every time, and the reason in words."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import texts
from bot.orders.matching import Candidate, OrderNeeds, explain, rank
from config.settings import CONFIG_DIR

TEXTS = texts.load(CONFIG_DIR)
NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
CAP = 3
NEEDS = OrderNeeds("陈桥社区", "陈桥网格03", "0102", frozenset({"水电", "维修"}))
PLAIN = Candidate(1, "张三", frozenset(), frozenset(), False, 0, NOW, False)
COMMUNITY, GRID = frozenset({("陈桥社区", None)}), frozenset({("陈桥社区", "陈桥网格03")})


def ids(*candidates: Candidate, needs: OrderNeeds = NEEDS) -> list[int]:
    return [match.candidate.person_id for match in rank(needs, candidates, CAP)]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (
            replace(PLAIN, areas=GRID),
            replace(PLAIN, areas=COMMUNITY, skills=frozenset({"水电"})),
        ),
        (replace(PLAIN, areas=COMMUNITY, open_orders=2), replace(PLAIN, skills=frozenset({"水电"}))),
        (replace(PLAIN, skills=frozenset({"家电维修"}), open_orders=2), replace(PLAIN, skills=frozenset({"理发"}))),
        (replace(PLAIN, last_asked_at=NOW), replace(PLAIN, open_orders=1, last_asked_at=None)),
        (replace(PLAIN, last_asked_at=None), replace(PLAIN, last_asked_at=NOW - timedelta(days=900))),
        (replace(PLAIN, last_asked_at=NOW - timedelta(days=2)), replace(PLAIN, last_asked_at=NOW)),
    ],
    ids=["grid", "community", "skill", "orders in hand", "never asked", "longest since asked"],
)
def test_what_comes_first_in_the_order_of_reasons_decides(better: Candidate, worse: Candidate) -> None:
    assert ids(replace(worse, person_id=1), replace(better, person_id=2)) == [2, 1]


def test_among_equals_the_older_person_of_the_roster_is_first() -> None:
    assert ids(replace(PLAIN, person_id=9), replace(PLAIN, person_id=4)) == [4, 9]


@pytest.mark.parametrize(
    "unable", [{"resting": True}, {"declined_this": True}, {"open_orders": CAP}, {"open_orders": CAP + 1}]
)
def test_who_rests_declined_or_has_enough_is_not_asked(unable: dict[str, int]) -> None:
    near = replace(PLAIN, areas=GRID, **unable)  # type: ignore[arg-type]
    assert ids(near, replace(PLAIN, person_id=2)) == [2]


def test_an_order_without_a_place_is_near_to_nobody() -> None:
    nowhere = OrderNeeds(None, None, "0102", frozenset())
    (match,) = rank(nowhere, [replace(PLAIN, areas=GRID, skills=frozenset({"水电"}))], CAP)
    assert (match.same_grid, match.same_community, match.fitting) == (False, False, ())


def test_a_grid_of_the_same_name_in_another_community_is_not_near() -> None:
    needs = OrderNeeds("陈桥社区", "网格01", "0102", frozenset())
    other = replace(PLAIN, areas=frozenset({("花都路社区", "网格01"), ("陈桥社区", "网格02")}))
    (match,) = rank(needs, [other], CAP)
    assert (match.same_grid, match.same_community) == (False, True)


CANDIDATES = st.lists(
    st.builds(
        Candidate,
        person_id=st.integers(1, 500),
        name=st.just("张三"),
        areas=st.sampled_from([frozenset(), COMMUNITY, GRID]),
        skills=st.sampled_from([frozenset(), frozenset({"水电"}), frozenset({"理发"})]),
        resting=st.booleans(),
        open_orders=st.integers(0, 4),
        last_asked_at=st.sampled_from([None, NOW, NOW - timedelta(days=1)]),
        declined_this=st.booleans(),
    ),
    unique_by=lambda candidate: candidate.person_id,
    max_size=20,
)


@settings(deadline=None)
@given(CANDIDATES, st.randoms(use_true_random=False))
def test_the_answer_does_not_depend_on_the_order_of_asking(candidates: list[Candidate], chance: random.Random) -> None:
    shuffled = list(candidates)
    chance.shuffle(shuffled)
    assert rank(NEEDS, shuffled, CAP) == rank(NEEDS, candidates, CAP)


@pytest.mark.parametrize(
    ("candidate", "words"),
    [
        (replace(PLAIN, areas=GRID, skills=frozenset({"水电"})), "同网格·会水电·手上没有单"),
        (replace(PLAIN, areas=COMMUNITY, open_orders=2), "同社区·手上2单"),
        (PLAIN, "手上没有单"),
    ],
)
def test_the_reason_is_said_in_words(candidate: Candidate, words: str) -> None:
    (match,) = rank(NEEDS, [candidate], CAP)
    assert explain(match, TEXTS) == words
