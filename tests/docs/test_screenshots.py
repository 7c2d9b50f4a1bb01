"""The manual's pictures can be taken again at any time, and show what the manual says beside them."""

import base64

import pytest
from playwright.sync_api import Page

from tests.docs import manual
from tests.docs.playing import DESK, PHONE, REMINDER, STORY, WISH, Play
from tests.docs.test_manual import LARGEST
from tests.programs import browser

SHOWS = {
    "sandbox": ("党员03来帮忙", "已邀请 党员03", "党员03已接单"),
    "story": (STORY, "演完了", "27 处符合", "0 处不符", "居民已确认满意", "已邀请 党员一"),
    "narrow": ("居民已确认满意",),
    "resident": (WISH, "单号", "换灯泡"),
    "dispatch": ("待派 1 件", "1. 党员03（同社区·手上没有单）", "3. 党员01（会水电·手上没有单）"),
    "accept": ("愿意回复接单", "接单成功", "金色春天3号楼2单元501室", "13800001234"),
    "confirm": ("解决了请回复满意", "满意", "已办结"),
    "emergency": ("119", "您现在安全吗", "请留在安全的地方"),
    "duty": ("紧急！请马上打电话", "请马上打电话联系（13800001234）"),
    "reminder": (REMINDER, "共 16 人", "1. 办事处甲", "已交 办事处甲 审批"),
    "board": ("要我处理", "待受理", "楼道灯不亮", "离时限还有"),
    "order": ("居民说", "登记的内容", "派单", "经过"),
    "progress": ("中秋将至", "审批经过", "办事处甲 同意", "办完 16/16", "已回复", "下载 PDF"),
    "compose": ("写提醒", "发出去是这样", "请问纪检监察室", "谁收得到", "交审批"),
    "acknowledge": ("已记下您收到", "【第 1 号】廉政提醒"),
}
# How large a picture is, how many colours it has, and which share of it is the commonest one.
LOOK = """async data => {
  const picture = await createImageBitmap(await (await fetch("data:image/png;base64," + data)).blob());
  const paper = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  paper.drawImage(picture, 0, 0);
  const seen = new Map();
  for (const dot of new Uint32Array(paper.getImageData(0, 0, picture.width, picture.height).data.buffer)) seen.set(dot, (seen.get(dot) || 0) + 1);
  return [picture.width, picture.height, seen.size, Math.max(...seen.values()) / picture.width / picture.height];
}"""
# Each sign drawn with the page's own font: signs that the machine has no glyph for all look the same.
DRAW = """signs => new Set([...signs].map(sign => {
  const paper = new OffscreenCanvas(40, 40).getContext("2d");
  paper.font = `30px ${getComputedStyle(document.body).fontFamily}`;
  paper.fillText(sign, 2, 32);
  return paper.getImageData(0, 0, 40, 40).data.join();
})).size"""


def look(page: Page, name: str, play: Play) -> tuple[int, int, int, float]:
    data = base64.b64encode((play.folder / f"{name}.png").read_bytes()).decode()
    width, height, colours, share = page.evaluate(LOOK, data)
    return width, height, colours, share


@pytest.mark.parametrize("name", SHOWS)
def test_a_picture_shows_what_the_manual_says_of_it(play: Play, name: str) -> None:
    for words in SHOWS[name]:
        assert words in play.shown[name]


@pytest.mark.parametrize("name", SHOWS)
def test_a_picture_is_whole_readable_and_small(play: Play, name: str) -> None:
    width, height, colours, share = look(play.hand, name, play)
    least = DESK["width"] if name in ("sandbox", "story") else PHONE["width"]
    assert width >= least
    assert height >= 500
    assert colours > 40
    assert share < 0.95
    assert (play.folder / f"{name}.png").stat().st_size <= LARGEST


def test_chinese_signs_have_glyphs(play: Play) -> None:
    signs = "梧桐点单派接婉拒办结满意居民党员社区提醒"
    assert play.hand.evaluate(DRAW, signs) == len(set(signs)), f"no Chinese font: install {browser.FONT}"


def test_the_manual_shows_these_pictures_and_no_others() -> None:
    assert {path.stem for path in manual.pictures(manual.MANUAL)} == set(SHOWS)
