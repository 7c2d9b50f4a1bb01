"""What a part of the bench found: a table of figures and ratios, as Markdown."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was measured: its figures as they are shown, and its ratios, each against one reference."""

    what: str
    figures: tuple[str, ...]
    ratios: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one part. `figures` and `ratios` are the heads of the columns; a row has one cell for each."""

    title: str
    figures: tuple[str, ...]
    ratios: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""

    def markdown(self) -> str:
        """The table with its title and, below, the note."""
        heads = (self.title, *self.figures, *self.ratios)
        lines = [_line(heads), _line(("---", *["---:"] * (len(heads) - 1)))]
        lines += [_line((row.what, *row.figures, *map(shown, row.ratios))) for row in self.rows]
        return "\n".join(lines + (["", self.note] if self.note else [])) + "\n"


def shown(number: float) -> str:
    """Three significant digits, without an exponent."""
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}" if number >= 1 else f"{number:.3f}"


def put_into(file: Path, part: str, text: str) -> None:
    """Replace what stands between the marks of this part. ValueError where the file has no such marks."""
    begin, end = f"<!-- bench {part} -->\n", f"<!-- /bench {part} -->"
    whole = file.read_text("utf-8")
    before, found, rest = whole.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"{file.name} has no marks for {part}")
    file.write_text(before + begin + "\n" + text + "\n" + end + after, "utf-8")


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
