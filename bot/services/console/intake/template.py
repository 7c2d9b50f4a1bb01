"""The empty file for many orders: its header and the width of its columns."""

import io

from bot.services.console.intake.table import FIELDS, MOST_ROWS
from bot.services.office import Office

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = {"text": 60.0, "place": 30.0}  # characters
WIDTH = 18.0
AS_TEXT = "@"  # Excel's format of a cell that stays as it was typed, so that long numbers keep their digits


def template(office: Office) -> bytes:
    """An Excel workbook. openpyxl is loaded here only: a web process that nobody asks for it needs none of it."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook(write_only=False)
    sheet = book.worksheets[0]
    sheet.title = office.say("console_intake.title")
    for column, field in enumerate(FIELDS, 1):
        head = sheet.cell(1, column, office.say(f"console_intake.field.{field}"))
        head.font = Font(bold=True)
        sheet.column_dimensions[head.column_letter].width = WIDTHS.get(field, WIDTH)
        for number in range(2, MOST_ROWS + 2) if field != "due" else ():
            sheet.cell(number, column).number_format = AS_TEXT
    sheet.freeze_panes = "A2"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
