"""What the ways to read a roster file share: cells as text, marks on them, and how many there may be."""

import re

Cells = list[list[str]]
MEGABYTES = 1
"""Of a file, as the sentences say it. A form of a page may bring a little more (`bot.request_body`), so a larger file is told why."""
MOST_BYTES = MEGABYTES * 1_000_000
MOST_CELLS = 200_000
MOST_ROWS = 20_000
"""Of a file, empty ones too: each takes time although it says nothing."""
WRONG = "\ufffd"
"""Stands before the value of a cell that holds a date, an error, a truth value, or a number too long for Excel."""
ERROR = re.compile(r"#[A-Z0-9/_]+[!?]?")
HIDDEN = "\ufffc"
"""Stands before the first cell of a row that a spreadsheet does not show."""
