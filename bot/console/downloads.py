"""Files that the console hands out."""

from urllib.parse import quote

from flask import Response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx(content: bytes, name: str) -> Response:
    """A workbook that the browser stores under this name."""
    return _file(content, XLSX, f"{name}.xlsx")


def pdf(content: bytes, name: str) -> Response:
    """A document that the browser stores under this name."""
    return _file(content, "application/pdf", f"{name}.pdf")


def _file(content: bytes, mimetype: str, name: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
