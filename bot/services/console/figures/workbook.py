"""The figures as an Excel workbook, a sheet for each table."""

import io
from collections.abc import Sequence

from bot.characters import clean_line
from bot.services.console.figures.counted import Figures
from bot.services.console.figures.sections import Cell, period, sections, title
from bot.services.office import Office

WIDTHS = (34, 26, 60)  # characters, of the first columns
LONGEST_NAME = 31  # characters of a sheet's name, as Excel has it


def workbook(office: Office, found: Figures) -> bytes:
    """The file's content. openpyxl is opened here only: no other page needs it."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.active)
    for section in sections(office, found):
        sheet = book.create_sheet(section.title[:LONGEST_NAME])
        above: list[list[Cell]] = [[title(office, found)], [period(office, found)], [section.note], []]
        lines: list[Sequence[Cell]] = [*above, section.head, *section.rows]
        for number, row in enumerate(lines, 1):
            for place, value in enumerate(row, 1):
                cell = sheet.cell(number, place, clean_line(value) if isinstance(value, str) else value)
                if isinstance(value, str):
                    cell.data_type = "s"  # never a formula
                if number in (1, len(above) + 1):
                    cell.font = Font(bold=True)
        for place, width in enumerate(WIDTHS[: len(section.head)], 1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.freeze_panes = f"A{len(above) + 2}"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
