"""Documents that are handed out: long lists over many pages, nothing cut, text that is never markup."""

import io
import re

import pypdfium2
import pytest

from bot.services.files import documents, exports
from bot.services.files.documents import Pages
from bot.services.files.exports import Sheet

HOSTILE = "<b>金</b><img src='file:///etc/passwd'/>&"


def pages() -> Pages:
    return Pages("题目", "甲", lambda number: f"第 {number} 页")


def read(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def test_a_long_list_shows_every_row_and_its_head_on_every_page() -> None:
    made = pages()
    made.rows(["序号", "姓名"], [0.3, 0.7], ([str(number), f"党员{number:03}"] for number in range(200)))
    shown = read(made.finish())
    assert len(shown) > 2
    assert all("序号" in page and f"第 {number} 页" in page for number, page in enumerate(shown, 1))
    assert [number for number in range(200) if f"党员{number:03}" not in "".join(shown)] == []


def test_what_is_wider_than_its_column_goes_on_in_the_next_line() -> None:
    long = "没有绑定公众号也没有登记手机号码请社区工作者上门告知" * 4
    made = pages()
    made.rows(["说明", "x"], [0.2, 0.8], [[long, ""]])
    assert long in "".join(read(made.finish())).replace("\r\n", "").replace("\n", "")


def test_paragraphs_go_on_on_the_next_page_and_the_list_follows_them() -> None:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    made = pages()
    style = ParagraphStyle("x", fontName=documents.font(), fontSize=9, leading=13, wordWrap="CJK")
    made.flow([Paragraph(documents.plain(HOSTILE), style), Paragraph("长" * 4000, style)])
    made.rows(["姓名"], [1.0], [["党员一"]])
    shown = read(made.finish())
    assert "".join(shown).count("长") == 4000
    assert HOSTILE in shown[0]
    assert "党员一" in shown[-1]
    assert len(shown) == 2


@pytest.mark.parametrize("names", [1, 300, 700, 2000])
def test_a_cell_that_is_higher_than_a_page_goes_on_on_the_next(names: int) -> None:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    made = pages()
    style = ParagraphStyle("x", fontName=documents.font(), fontSize=9, leading=13, wordWrap="CJK")
    said = [f"党员{number:04}" for number in range(names)]
    rows = [["编号", "7"], ["发给谁", "、".join(said)], ["审批", "批准"]]
    made.flow(
        [Paragraph("题", style), documents.table(["项目", "内容"], rows, [84, 410], style), Paragraph("末", style)]
    )
    shown = read(made.finish())
    assert [page for page in shown if "项目" not in page] == []
    assert len(shown) == -(-names // 440)  # no page is left empty
    text = re.sub(r"项目\s*内容|第 \d+ 页|\s", "", "".join(shown))
    assert re.findall(r"党员\d{4}", text) == said
    assert text.endswith("审批批准末")


def test_a_part_that_fits_on_no_page_is_refused_instead_of_tried_for_ever() -> None:
    from reportlab.graphics.shapes import Drawing

    with pytest.raises(ValueError, match="higher than a page"):
        pages().flow([Drawing(100, 2000)])


def test_a_workbook_of_several_sheets_takes_rows_as_they_come_and_holds_no_formula() -> None:
    import openpyxl

    content = exports.sheets([
        Sheet("概况", ["项", "内容"], [["正文", '=HYPERLINK("http://x")']], widths=[12, 60]),
        Sheet("名单", ["序号"], ([number] for number in range(3))),
    ])  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [[[cell.value for cell in row] for row in sheet] for sheet in book] == [
        [["项", "内容"], ["正文", '\'=HYPERLINK("http://x")']],
        [["序号"], [0], [1], [2]],
    ]
    assert book["概况"].column_dimensions["B"].width == 60
    assert [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"] == []
