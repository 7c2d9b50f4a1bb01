"""The webhook: the address check, messages, and an answer that the platform accepts."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Flask, Response, abort, current_app, request

from bot.messages import Inbound
from bot.request_body import DEFERS, LARGEST, SINCE, read_body
from bot.services.office import Office
from bot.services.receive import SignatureUsed, receive
from bot.wechat import inbox, replies
from config.logging import about, trace_of

log = logging.getLogger(__name__)

TRACE = "X-Trace"
"""The header with which the reverse proxy's log finds the message's lines in ours."""
blueprint = Blueprint("wechat", __name__)


def register(app: Flask) -> None:
    """Add the webhook's routes."""
    app.register_blueprint(blueprint)


@blueprint.get("/wechat")
def verify() -> Response:
    """The platform's check of the address: answers `echostr` unchanged. 403 for a wrong, stale or used signature."""
    office: Office = current_app.extensions["office"]
    now, echo = datetime.now(UTC), request.args.get("echostr", "")
    try:
        inbox.admit(office.settings, request.args, now)
    except inbox.Forged:
        abort(403)
    _take(office, inbox.nothing(request.args["signature"], echo.encode("utf-8", "replace")), now, request.environ)
    return Response(echo, mimetype="text/plain")


@blueprint.post("/wechat")
def message() -> Response:
    """Take a message. 403 for a wrong, stale or used signature, 413 for a body over 1 MiB, 400 for what is no message; anything else 200.
    Whatever came under a good signature uses it up."""
    office: Office = current_app.extensions["office"]
    body, args, around = read_body(LARGEST), request.args, request.environ
    now = datetime.now(UTC)
    try:
        inbox.admit(office.settings, args, now)
        envelope = inbox.open_envelope(office.settings, args, body)
        inbound = inbox.read(envelope.fields, args["signature"])
    except inbox.Forged:
        abort(403)
    except inbox.Unreadable as error:
        log.warning("unreadable message: %s", error)
        _take(office, inbox.nothing(args["signature"], body), now, around)
        abort(400)
    except inbox.Nobody as error:
        log.info("nothing to do: %s", error)
        _take(office, inbox.nothing(args["signature"], body), now, around)
        return Response(replies.NOTHING, mimetype="text/plain")
    trace = trace_of(inbound.key)
    with about(trace):
        text = _take(office, inbound, now, around)
    if not text:
        return Response(replies.NOTHING, mimetype="text/plain", headers={TRACE: trace})
    xml = replies.render(text, inbound.openid, inbound.account, now)
    if envelope.cipher is not None:
        xml = replies.encrypt(envelope.cipher, xml, args.get("nonce", ""))
    return Response(xml, content_type="application/xml; charset=utf-8", headers={TRACE: trace})


def _take(office: Office, inbound: Inbound, now: datetime, around: Mapping[str, Any]) -> str | None:
    """As `receive`. 403 for a used signature. `around`: the request's environment."""
    try:
        return receive(office, inbound, now, since=around.get(SINCE), deferred=around.get(DEFERS, False))
    except SignatureUsed:
        log.warning("a signature came a second time, with something else: a recorded request is played again")
        abort(403)
