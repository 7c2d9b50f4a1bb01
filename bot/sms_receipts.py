"""The address for receipts of short messages. Providers do not sign them: a secret in the path, known serial numbers and
their own telephone numbers are all that counts."""

import hmac
import json
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Flask, Response, abort, current_app
from sqlalchemy.exc import SQLAlchemyError

from bot.request_body import read_body
from bot.services.notices import sms_receipts
from bot.services.notices.sms_receipts import LONGEST_SERIAL, Report
from bot.services.office import Office

log = logging.getLogger(__name__)

LARGEST = 256 * 1024  # bytes
PLAIN = re.compile(r"[!-~]+")
LONGEST_WORDS = 40
MOST = 1000  # receipts of one request
DONE: Mapping[str, Mapping[str, object]] = {
    "tencent": {"result": 0, "errmsg": "OK"},
    "aliyun": {"code": 0, "msg": "OK"},
}
"""What each provider wants to hear; else it sends the same again and again."""
blueprint = Blueprint("sms", __name__)


def register(app: Flask) -> None:
    """Add the route."""
    app.register_blueprint(blueprint)


@blueprint.post("/sms/receipts/<secret>")
def receipts(secret: str) -> Response:
    """404 for another secret or where there is none, 413 for a body over 256 KiB, 400 for what are no receipts, 503 while the
    database is away, so that the provider sends them again."""
    office: Office = current_app.extensions["office"]
    known = office.settings.sms_receipt_path
    if not known or not hmac.compare_digest(known.encode(), secret.encode("utf-8", "replace")):
        abort(404)
    provider = office.settings.sms_provider
    try:
        entries = json.loads(read_body(LARGEST))
        told = _read(READ[provider], _checked(entries))
    except (ValueError, RecursionError):
        abort(400)
    try:
        sms_receipts.take(office, told, datetime.now(UTC))
    except SQLAlchemyError:
        abort(503)
    return Response(json.dumps(DONE[provider]), mimetype="application/json")


def _checked(entries: Any) -> Sequence[Mapping[str, Any]]:
    """A list of objects. ValueError."""
    if not isinstance(entries, list) or len(entries) > MOST or not all(isinstance(one, dict) for one in entries):
        raise ValueError("no receipts")
    return entries


def _read(read: Callable[[Mapping[str, Any]], Report], entries: Sequence[Mapping[str, Any]]) -> Sequence[Report]:
    """What can be read of them: one that is unfit keeps no other from being settled. ValueError where none is fit."""
    told = []
    for one in entries:
        try:
            told.append(read(one))
        except KeyError as missing:
            log.warning("a receipt of a short message without %s is left out", missing)
    if entries and not told:
        raise ValueError("no receipts")
    return told


def _tencent(one: Mapping[str, Any]) -> Report:
    return Report(
        (_serial(one["sid"]),), _digits(one["mobile"]), one["report_status"] == "SUCCESS", _plain(one.get("errmsg"))
    )


def _aliyun(one: Mapping[str, Any]) -> Report:
    serials = _serial(one["biz_id"]), _serial(one.get("out_id"))
    return Report(serials, _digits(one["phone_number"]), one["success"] is True, _plain(one.get("err_code")))


def _serial(given: object) -> str:
    """A number of the provider's, or ours; "" for what is none."""
    return _plain(given, LONGEST_SERIAL)


def _plain(given: object, longest: int = LONGEST_WORDS) -> str:
    """A number or code; "" for what is none, or longer."""
    said = str(given)
    return said if len(said) <= longest and PLAIN.fullmatch(said) else ""


def _digits(given: object) -> str:
    """A mobile number, with or without the country before it."""
    return "".join(re.findall(r"[0-9]", str(given)))[-11:]


READ: Mapping[str, Callable[[Mapping[str, Any]], Report]] = {"tencent": _tencent, "aliyun": _aliyun}
