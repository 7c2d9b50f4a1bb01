"""Pictures that come with a form: kept like those that come by chat, without what the camera wrote into them."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PIL import Image
from redis import Redis
from sqlalchemy import select

from bot.errors import NotAllowed
from bot.request_body import LARGEST, LARGEST_WITH_PICTURES, largest
from bot.services.accounts import rate
from bot.services.files import media
from bot.services.h5 import uploads
from bot.services.notices.rules import rules
from bot.store.tables import attachments, notices, orders
from tests.databases import SQLITE
from tests.h5.conftest import World
from tests.h5.test_pages import form
from workers.resources import Desk, open_desk
from workers.wechat.fetching import fetch
from workers.wechat.pictures import cleaned

GPS, MAKE = 0x8825, "Huawei Mate"
SCRIPT = b"<script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def desk(world: World) -> Iterator[Desk]:
    """A worker's."""
    with Redis.from_url(world.office.settings.redis) as redis:
        redis.flushdb()
    opened = open_desk(world.office.settings)
    yield opened
    opened.close()


def photo(width: int = 40, height: int = 20, format: str = "JPEG") -> bytes:
    """As a telephone takes it: on its side, with where and with what."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = MAKE, 6
    exif.get_ifd(GPS)[2] = (31.0, 14.0, 5.0)
    out = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(out, format, exif=exif)
    return out.getvalue() + b"GPS 31.23,118.3"


def files(*contents: bytes) -> list[tuple[io.BytesIO, str]]:
    return [(io.BytesIO(content), f"{number}.jpg") for number, content in enumerate(contents)]


def kept(world: World) -> list[Any]:
    with world.office.db.reading() as tx:
        return list(tx.run(select(attachments).order_by(attachments.c.id)))


def on_disk(world: World) -> int:
    folder = world.office.settings.var_dir / uploads.FOLDER
    return len(list(folder.iterdir())) if folder.exists() else 0


def test_pictures_of_a_new_order_are_encoded_anew_and_kept_with_it(world: World, desk: Desk) -> None:
    browser = world.at("王阿姨")
    browser.open("/h5/new")
    sent = {"form": form(browser.page), "words": "陈桥社区金色春天3号楼楼道灯坏了"}
    answer = browser.send("/h5/new", **sent, pictures=files(photo(), photo(format="PNG")))
    assert answer.status_code == 200
    assert "单号" in browser.page
    browser.send("/h5/new", **sent, pictures=files(photo(), photo(format="PNG")))  # sent twice it is one order
    with world.office.db.reading() as tx:
        (order,) = tx.all(select(orders.c.id))
    assert [(row.order_id, row.kind, row.state) for row in kept(world)] == [(order.id, "image", "pending")] * 2
    raw = b"".join(path.read_bytes() for path in (world.office.settings.var_dir / uploads.FOLDER).iterdir())
    assert MAKE.encode() not in raw  # sealed meanwhile
    for row in kept(world):
        fetch(desk, row.id, datetime.now(UTC))
    assert [row.state for row in kept(world)] == ["stored", "stored"]
    for row in kept(world):
        content = media.content(world.office, row.path)
        assert b"GPS" not in content
        assert MAKE.encode() not in content
        with Image.open(io.BytesIO(content)) as shown:
            assert dict(shown.getexif()) == {}
            assert shown.size == (20, 40)  # turned the right way up


def test_pictures_are_added_to_an_order_and_its_helper_is_told(world: World, desk: Desk) -> None:
    code = world.given()
    world.talk.says("党员一", "接单")
    browser = world.at("王阿姨")
    browser.open(f"/h5/orders/{code}")
    assert "加图片" in browser.page
    answer = browser.send(f"/h5/orders/{code}/pictures", pictures=files(photo()))
    assert answer.location == f"/h5/orders/{code}"
    browser.open(f"/h5/orders/{code}")
    assert "图片已加到单号" in browser.page
    assert "图片、录音等 1 个" in browser.page
    (row,) = kept(world)
    fetch(desk, row.id, datetime.now(UTC))
    assert kept(world)[0].state == "stored"
    assert on_disk(world) == 0
    assert "attach_handler" in events(world)


def events(world: World) -> set[str]:
    with world.office.db.reading() as tx:
        return {row.event for row in tx.all(select(notices.c.event))}


@SQLITE
@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ([SCRIPT], "不是图片"),
        ([SVG], "不是图片"),
        ([photo(), b"%PDF-1.4 x"], "不是图片"),
        ([photo()] * 7, "一次最多 6 张"),
        ([], "请先选图片"),
        ([photo() + b"\0" * 10 * 1024**2], "超过 10 MB"),
    ],
)
def test_what_is_no_picture_or_too_much_is_refused_with_its_reason(world: World, sent: list[bytes], why: str) -> None:
    code = world.placed()
    browser = world.at("王阿姨")
    browser.open(f"/h5/orders/{code}")
    answer = browser.send(f"/h5/orders/{code}/pictures", pictures=files(*sent))
    answer.request.environ["wsgi.input"].close()  # the client's own file of what is large
    assert answer.status_code == 400
    assert why in browser.page
    assert kept(world) == []
    assert on_disk(world) == 0


@SQLITE
def test_a_refused_form_keeps_what_was_written(world: World) -> None:
    browser = world.at("王阿姨")
    browser.open("/h5/new")
    answer = browser.send("/h5/new", form=form(browser.page), words="楼道灯坏了", pictures=files(SCRIPT))
    assert answer.status_code == 400
    assert "楼道灯坏了" in browser.page
    assert "不是图片" in browser.page


@SQLITE
def test_a_script_behind_the_bytes_of_a_picture_is_gone_when_it_is_stored(world: World, desk: Desk) -> None:
    code = world.placed()
    browser = world.at("王阿姨")
    browser.open(f"/h5/orders/{code}")
    browser.send(f"/h5/orders/{code}/pictures", pictures=files(photo() + SCRIPT, b"\xff\xd8\xff\xe0" + SCRIPT))
    for row in kept(world):
        fetch(desk, row.id, datetime.now(UTC))
    good, bad = kept(world)
    assert SCRIPT not in media.content(world.office, good.path)
    assert (bad.state, bad.path) == ("failed", None)


def plain(side: int, format: str) -> bytes:
    """Of one colour: a few bytes, many pixels."""
    out = io.BytesIO()
    lossless = {"lossless": True, "method": 0} if format == "WEBP" else {}
    Image.new("1" if format == "PNG" else "L", (side, side)).save(out, format, **lossless)
    return out.getvalue()


@pytest.mark.parametrize(
    ("side", "format"), [(4500, "PNG"), (4500, "GIF"), (4500, "WEBP"), (7800, "JPEG"), (9_600, "PNG"), (13_500, "PNG")]
)
def test_a_small_file_of_too_many_pixels_is_unfit(side: int, format: str) -> None:
    with pytest.raises(media.Unfit, match="too many pixels"):
        cleaned(plain(side, format))


def test_a_large_photo_of_a_telephone_is_kept_at_the_size_of_a_screen() -> None:
    found = cleaned(photo(8000, 6000))
    with Image.open(io.BytesIO(found.content)) as shown:
        assert shown.size == (1920, 2560)


@SQLITE
@pytest.mark.parametrize("who", ["李大爷", "党员一", "陈桥甲"])
def test_nobody_adds_pictures_to_anothers_order(world: World, who: str) -> None:
    code = world.given()
    browser = world.at(who)
    browser.open("/h5/my")
    assert browser.send(f"/h5/orders/{code}/pictures", pictures=files(photo())).status_code == 404
    assert kept(world) == []
    assert on_disk(world) == 0
    assert not (world.office.settings.var_dir / uploads.FOLDER).exists()  # nor was there one for a moment


@SQLITE
def test_a_closed_order_and_one_that_is_not_there_take_no_pictures(world: World) -> None:
    code = world.done()
    browser = world.at("王阿姨")
    browser.open(f"/h5/orders/{code}")
    browser.send(f"/h5/orders/{code}/satisfied")
    answer = browser.send(f"/h5/orders/{code}/pictures", pictures=files(photo()))
    assert answer.status_code == 400
    assert "已经办结，不能再加图片" in browser.page
    browser.open("/h5/my")
    assert browser.send("/h5/orders/1234567/pictures", pictures=files(photo())).status_code == 404
    assert not (world.office.settings.var_dir / uploads.FOLDER).exists()


@SQLITE
def test_a_new_form_with_a_key_that_is_none_leaves_no_file(world: World) -> None:
    browser = world.at("王阿姨")
    browser.open("/h5/new")
    answer = browser.send("/h5/new", form="1", words="楼道灯坏了", pictures=files(photo()))
    assert answer.status_code == 400
    assert not (world.office.settings.var_dir / uploads.FOLDER).exists()


@SQLITE
def test_a_form_sent_twice_keeps_its_pictures_once(world: World) -> None:
    browser = world.at("王阿姨")
    browser.open("/h5/new")
    sent = {"form": form(browser.page), "words": "陈桥社区金色春天3号楼楼道灯坏了"}
    for _ in range(2):
        assert browser.send("/h5/new", **sent, pictures=files(photo())).status_code == 200
    assert on_disk(world) == 1


@SQLITE
def test_after_too_many_messages_of_a_minute_a_form_keeps_its_words_and_leaves_no_file(world: World) -> None:
    most = world.office.settings.messages_per_minute
    world.talk.now = datetime.now(UTC) - timedelta(seconds=most + 1)  # each takes a second
    for number in range(most):
        world.talk.says("王阿姨", f"谢谢{number}")
    browser = world.at("王阿姨")
    browser.open("/h5/new")
    answer = browser.send("/h5/new", form=form(browser.page), words="楼道灯坏了", pictures=files(photo()))
    assert answer.status_code == 400
    assert "发得太多了" in browser.page
    assert "楼道灯坏了" in browser.page
    assert on_disk(world) == 0


@SQLITE
def test_too_many_tries_are_refused_before_anything_is_written_but_never_a_danger(world: World) -> None:
    code = world.placed()
    while rate.may_try(world.office, f"act {world.person('王阿姨')}"):
        pass
    browser = world.at("王阿姨")
    browser.open(f"/h5/orders/{code}")
    assert browser.send(f"/h5/orders/{code}/pictures", pictures=files(photo())).status_code == 400
    assert "发得太多了" in browser.page
    browser.open("/h5/new")
    number = form(browser.page)
    assert browser.send("/h5/new", form=number, words="楼道灯坏了", pictures=files(photo())).status_code == 400
    assert browser.send("/h5/new", form=number, words="我家着火了", pictures=files(photo())).status_code == 200
    assert "119" in browser.page
    assert not (world.office.settings.var_dir / uploads.FOLDER).exists()


@SQLITE
def test_beyond_the_room_for_waiting_pictures_none_is_taken(world: World) -> None:
    code = world.placed()
    folder = world.office.settings.var_dir / uploads.FOLDER
    folder.mkdir(parents=True)
    with (folder / "waiting").open("wb") as file:
        file.truncate(rules()["media"]["uploads_bytes"])  # no block of the disk is written
    browser = world.at("王阿姨")
    browser.open(f"/h5/orders/{code}")
    assert browser.send(f"/h5/orders/{code}/pictures", pictures=files(photo())).status_code == 400
    assert "暂时收不下" in browser.page
    assert on_disk(world) == 1
    assert kept(world) == []


@SQLITE
def test_a_refusal_after_the_files_were_written_drops_them(world: World) -> None:
    def refuse() -> None:
        with uploads.keeping(world.office, [photo(), photo()]) as ids:
            assert on_disk(world) == len(ids) == 2
            raise NotAllowed("refused.own")

    with pytest.raises(NotAllowed):
        refuse()
    assert on_disk(world) == 0


@SQLITE
def test_pictures_of_a_report_are_sealed(world: World, desk: Desk) -> None:
    browser = world.at("王阿姨")
    browser.open("/h5/new")
    browser.send("/h5/new", form=form(browser.page), words="我要举报陈桥社区的王书记收红包", pictures=files(photo()))
    (row,) = kept(world)
    fetch(desk, row.id, datetime.now(UTC))
    (row,) = kept(world)
    assert row.state == "stored"
    assert b"\xff\xd8" not in (world.office.settings.var_dir / row.path).read_bytes()[:4]


@SQLITE
def test_pictures_without_a_matter_are_an_order_that_people_look_at(world: World) -> None:
    browser = world.at("王阿姨")
    browser.open("/h5/new")
    browser.send("/h5/new", form=form(browser.page), words="谢谢", pictures=files(photo()))
    assert len(kept(world)) == 1
    assert "单号" in browser.page


def test_only_these_forms_may_be_large() -> None:
    assert largest("/h5/new") == largest("/h5/orders/1234567/pictures") == LARGEST_WITH_PICTURES
    for path in ("/h5/orders/1234567/append", "/h5/privacy/delete", "/wechat", "/console/intake/file", "/h5/new/x"):
        assert largest(path) == LARGEST
