"""APIs of QR codes with a scene."""

from typing import Any

from flask import Response

from tests.sandbox.account.qrcodes import picture
from tests.sandbox.api.call import Call, Route


def create(call: Call) -> dict[str, Any]:
    code, life = call.platform.qr_codes.create(call.body)
    return {"ticket": code.ticket, **({"expire_seconds": life} if life else {}), "url": code.url}


def show(call: Call) -> Response:
    code = call.platform.qr_codes.get(call.query.get("ticket", ""))
    if code is None:
        return Response("<html><body>404</body></html>", 404)
    return Response(picture(code), mimetype="image/png")


ROUTES = (
    Route("POST", "/cgi-bin/qrcode/create", create),
    Route("GET", "/cgi-bin/showqrcode", show, token=False),
)
