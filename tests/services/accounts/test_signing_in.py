"""Signing in with a password: one sentence for all failures, equal work, lock-out, hashes of older parameters."""

from datetime import timedelta

import argon2
import pytest
from sqlalchemy import update

from bot.services.accounts import passwords, setting_up, setup_codes
from bot.services.accounts.lockout import locked_until
from bot.store.schema.accounts import accounts
from tests.databases import SQLITE
from tests.services.accounts.desk import OTHER, PASSWORD, Desk
from tests.talk import NOON


def test_a_name_or_a_telephone_number_as_it_is_typed_signs_in(desk: Desk) -> None:
    desk.has_password("陈桥甲")
    for who in (
        "陈桥甲",
        " 陳橋甲 ",
        "13800000101",
        "138 0000 0101",
        "+86 138-0000-0101",
    ):
        signed = desk.current(desk.sign_in(who))
        assert signed is not None
        assert (signed.name, signed.must_enrol, signed.rights.answers_for("陈桥社区")) == ("陈桥甲", False, True)
    assert desk.acts("console.in") == [("console.in", f"session {n} password") for n in range(1, 6)]


def test_full_width_digits_of_a_password_are_digits(desk: Desk) -> None:
    desk.has_password("陈桥甲", "梧桐树下好乘凉２０２６")
    assert desk.sign_in("陈桥甲", PASSWORD)


def test_two_people_of_one_name_need_their_number(desk: Desk) -> None:
    code = setup_codes.code_for(desk.office, "13800000203", desk.talk.now)
    setting_up.set_password(desk.office, code, PASSWORD, desk.talk.now)
    assert desk.is_refused("张伟")
    signed = desk.current(desk.sign_in("13800000203"))
    assert signed is not None
    assert signed.rights.answers_for("兰天社区")


def test_every_failure_is_told_alike_and_takes_the_same_work(desk: Desk) -> None:
    verified: list[str] = []

    def fits(known: str, password: str) -> bool:
        verified.append(known)
        return passwords.fits(known, password)

    desk.has_password("陈桥甲")
    desk.fits = fits
    tries = {"陈桥甲": OTHER, "陈桥乙": PASSWORD, "无此人": PASSWORD, "13900009999": PASSWORD, "张伟": PASSWORD, "": ""}
    for number, (who, password) in enumerate(tries.items(), 1):
        assert desk.is_refused(who, password)
        assert len(verified) == number
        assert verified[-1].startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert desk.is_refused("陈桥甲", "x" * 100_000)
    assert not desk.is_refused("陈桥甲")


def test_failures_are_on_record_with_counts_alone(desk: Desk) -> None:
    desk.has_password("陈桥甲")
    assert desk.is_refused("陈桥甲", OTHER)
    assert desk.is_refused("无此人")
    assert desk.acts("console.failed") == [("console.failed", "failures 1"), ("console.failed", "unknown")]


@SQLITE
def test_five_failures_lock_for_a_quarter_of_an_hour_and_then_for_twice_as_long(desk: Desk) -> None:
    desk.has_password("陈桥甲")
    for minutes in (15, 30):
        for _ in range(5):
            assert desk.is_refused("陈桥甲", OTHER)
        desk.talk.wait(minutes=minutes - 1)
        for _ in range(3):  # as many fail at one address within minutes
            assert desk.is_refused("陈桥甲", PASSWORD)
            assert desk.is_refused("陈桥甲", OTHER)
        desk.talk.wait(minutes=1)
    assert desk.sign_in("陈桥甲")
    assert desk.acts("console.locked") == [("console.locked", "minutes 15"), ("console.locked", "minutes 30")]
    for _ in range(4):
        assert desk.is_refused("陈桥甲", OTHER)
    assert desk.sign_in("陈桥甲"), "after a success the count begins anew"


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(4, 0), (5, 15), (6, 0), (10, 30), (15, 60), (30, 480), (35, 960), (40, 1440), (5000, 1440)],
)
def test_a_lock_doubles_up_to_a_day(failures: int, minutes: int) -> None:
    assert locked_until(failures, NOON) == (NOON + timedelta(minutes=minutes) if minutes else None)


def test_a_hash_of_older_parameters_is_renewed_when_its_person_signs_in(desk: Desk) -> None:
    desk.has_password("陈桥甲")
    older = argon2.PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    with desk.office.db.transaction() as tx:
        tx.run(update(accounts).values(password_hash=older))
    assert desk.is_refused("陈桥甲", OTHER)
    assert desk.rows(accounts)[0].password_hash == older
    assert desk.sign_in("陈桥甲")
    renewed = desk.rows(accounts)[0].password_hash
    assert renewed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert desk.sign_in("陈桥甲")
    assert desk.rows(accounts)[0].password_hash == renewed


@SQLITE
def test_the_hash_is_computed_while_no_transaction_is_open(desk: Desk) -> None:
    desk.has_password("陈桥甲")
    free: list[bool] = []

    def fits(known: str, password: str) -> bool:
        with desk.office.db.transaction():  # would wait for ever, or fail, inside another one
            free.append(True)
        return passwords.fits(known, password)

    desk.fits = fits
    assert desk.sign_in("陈桥甲")
    assert free == [True]
