"""One id runs through the log along a message's way: web process, notice, worker."""

import hashlib
import io
import json
import logging
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import create_app
from bot.services.notices import outbox
from bot.services.office import Office
from bot.wechat.webhook import TRACE
from config.logging import JsonLine, about, trace_of
from config.settings import Settings
from tests.conftest import ENVIRONMENT
from tests.databases import SQLITE
from tests.services import cast

SECRET = "我老公昨天晚上又打我了"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLine())
    logger = logging.getLogger("trace")
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)  # whatever the processes of other tests have set for all
    yield stream
    logger.setLevel(logging.NOTSET)
    logger.removeHandler(handler)


def lines(log: io.StringIO) -> list[dict[str, str]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_every_line_inside_carries_the_trace_and_none_outside(log: io.StringIO) -> None:
    logger = logging.getLogger("trace")
    logger.warning("before")
    with about("abc"):
        logger.warning("inside")
        with about("def"):
            logger.warning("deeper")
        logger.warning("again")
    logger.warning("after")
    assert [line.get("trace") for line in lines(log)] == [None, "abc", "def", "abc", None]


@pytest.mark.parametrize("key", ["24300000001", SECRET, "o1:1700000000:CLICK:x", "\udcff"])
def test_repeats_have_one_trace_and_nothing_of_the_key_stands_in_it(key: str) -> None:
    assert trace_of(key) == trace_of(key)
    assert len(trace_of(key)) == 12
    assert int(trace_of(key), 16) >= 0


@SQLITE
def test_the_web_process_names_the_trace_and_the_notice_brings_it_to_the_worker(
    settings: Settings, tmp_path: Path
) -> None:
    app = create_app(settings)
    office: Office = app.extensions["office"]
    cast.enter(office, tmp_path)
    answer = app.test_client().post("/wechat", query_string=signed(), data=MESSAGE)
    again = app.test_client().post("/wechat", query_string=signed(), data=MESSAGE)
    letters = [letter for letter in outbox.exchange(office, [], 50, datetime.now(UTC)) if letter.trace]
    office.db.close()
    assert re.fullmatch("[0-9a-f]{12}", answer.headers[TRACE])
    assert again.headers[TRACE] == answer.headers[TRACE]
    assert letters
    assert {letter.trace for letter in letters} == {answer.headers[TRACE]}
    assert not any(letter.trace in letter.text + "".join(letter.facts.values()) for letter in letters)


@SQLITE
def test_a_notice_of_the_box_brings_it_too_and_another_message_has_another(office: Office, tmp_path: Path) -> None:
    talk = cast.enter(office, tmp_path)
    with about("0123456789ab"):
        talk.says("王阿姨", SECRET)
    with about("ba9876543210"):
        talk.says("李叔叔", "金色春天3号楼2单元的灯不亮了")
    letters = outbox.exchange(office, [], 50, datetime.now(UTC))
    assert {letter.trace for letter in letters} - {""} == {"0123456789ab", "ba9876543210"}


def signed() -> dict[str, str]:
    stamp, nonce = str(int(time.time())), "486452656"
    signature = hashlib.sha1("".join(sorted((ENVIRONMENT["WECHAT_TOKEN"], stamp, nonce))).encode()).hexdigest()
    return {"signature": signature, "timestamp": stamp, "nonce": nonce}


MESSAGE = f"""<xml><ToUserName>gh_wutong</ToUserName><FromUserName>oResident</FromUserName><CreateTime>{int(time.time())}</CreateTime>
<MsgType>text</MsgType><Content>金色春天3号楼2单元501灯泡坏了，想请人帮忙换一下</Content><MsgId>24300000001</MsgId></xml>""".encode()
