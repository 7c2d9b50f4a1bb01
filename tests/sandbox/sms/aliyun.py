"""Aliyun's short messages as the service sees them: ACS3-HMAC-SHA256, refusals as HTTP 200, details by number and day."""

import hashlib
import hmac
import json
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import quote

from flask import Response, request

from tests.sandbox.platform import Platform
from tests.sandbox.sms.arriving import arrive
from tests.sandbox.sms.center import LINK, LONGEST, NUMBER
from tests.sandbox.sms.faults import as_told

OLDEST = 900  # seconds
EAST = timezone(timedelta(hours=8))
STATES = {"": 1, "FAIL": 2, "SUCCESS": 3}


class Refusal(Exception):
    """HTTP 400 with this code."""


def answer(platform: Platform) -> Response:
    """SendSms and QuerySendDetails; their parameters stand in the query string of the POST."""
    action = request.headers.get("x-acs-action", "")
    api = f"sms/{action}"
    platform.count(api)
    try:
        _check_signature(platform, request.get_data())
        query = dict(request.args.items())
        with platform.lock:
            told = platform.faults.next_answer(api)
            code = told.get("code") if isinstance(told, Mapping) else None
            if code and told.get("whole"):
                raise Refusal(code)
            if told is not None and not code and "lost" not in told:
                return as_told(told)
            done = _ACTIONS[action](platform, query, code)
            lost = told is not None and "lost" in told
    except Refusal as error:
        return _json({"Code": str(error), "Message": "refused"}, 400)
    return as_told(told) if lost else _json(done)


def _send(platform: Platform, query: Mapping[str, str], code: str | None) -> Mapping[str, Any]:
    wrong = code or _wrong(platform, query)
    if wrong:
        return {"Code": wrong, "Message": f"refused for {query['PhoneNumbers']}"}
    values = json.loads(query.get("TemplateParam", "{}"))
    one = platform.sms.take("aliyun", query["PhoneNumbers"], query["TemplateCode"], values, query.get("OutId", ""))
    arrive(platform, one)
    return {"Code": "OK", "Message": "OK", "BizId": one.serial}


def _wrong(platform: Platform, query: Mapping[str, str]) -> str | None:
    if not NUMBER.fullmatch(query["PhoneNumbers"]):
        return "isv.MOBILE_NUMBER_ILLEGAL"
    if query["SignName"] != platform.options.sms_signature:
        return "isv.SMS_SIGNATURE_ILLEGAL"
    for value in json.loads(query.get("TemplateParam", "{}")).values():
        if len(value) > LONGEST:
            return "isv.PARAM_LENGTH_LIMIT"
        if LINK.search(value):
            return "isv.PARAM_NOT_SUPPORT_URL"
    return None


def _details(platform: Platform, query: Mapping[str, str], code: str | None) -> Mapping[str, Any]:
    if code:
        return {"Code": code, "Message": "refused"}
    found = [
        {
            "PhoneNum": one.number, "OutId": "" if platform.faults.sms_hides_context else one.context,
            "SendStatus": STATES[one.report], "TemplateCode": one.template, "Content": "",
            "ErrCode": {"SUCCESS": "DELIVERED", "FAIL": "MK:0001"}.get(one.report, ""),
            "SendDate": datetime.fromtimestamp(one.at, EAST).strftime("%Y-%m-%d %H:%M:%S"),
        }
        for one in platform.sms.to(query["PhoneNumber"])
        if datetime.fromtimestamp(one.at, EAST).strftime("%Y%m%d") == query["SendDate"]
    ]  # fmt: skip
    size, page = int(query["PageSize"]), int(query["CurrentPage"])
    shown = found[(page - 1) * size : page * size]
    return {"Code": "OK", "Message": "OK", "TotalCount": len(found), "SmsSendDetailDTOs": {"SmsSendDetailDTO": shown}}


_ACTIONS = {"SendSms": _send, "QuerySendDetails": _details}


def _check_signature(platform: Platform, content: bytes) -> None:
    """As the provider's documentation describes it. Refusal."""
    given = re.fullmatch(
        r"ACS3-HMAC-SHA256 Credential=(\S+?),SignedHeaders=([\w;-]+),Signature=(\w+)",
        request.headers.get("Authorization", ""),
    )
    if given is None or request.headers.get("x-acs-version") != "2017-05-25":
        raise Refusal("IncompleteSignature")
    if given[1] != platform.options.sms_access_key:
        raise Refusal("InvalidAccessKeyId.NotFound")
    at = datetime.strptime(request.headers["x-acs-date"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    if abs(time.time() - at.timestamp()) > OLDEST:
        raise Refusal("InvalidTimeStamp.Expired")
    nonce = request.headers["x-acs-signature-nonce"]
    payload = hashlib.sha256(content).hexdigest()
    if request.headers["x-acs-content-sha256"] != payload or not {"host", "x-acs-date"} <= set(given[2].split(";")):
        raise Refusal("SignatureDoesNotMatch")
    query = "&".join(
        f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in sorted(request.args.items())
    )
    headers = "".join(f"{name}:{request.headers[name].strip()}\n" for name in given[2].split(";"))
    asked = f"POST\n/\n{query}\n{headers}\n{given[2]}\n{payload}"
    to_sign = f"ACS3-HMAC-SHA256\n{hashlib.sha256(asked.encode()).hexdigest()}"
    right = hmac.new(platform.options.sms_secret_key.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(right, given[3]):
        raise Refusal("SignatureDoesNotMatch")
    if nonce in platform.sms.nonces:
        raise Refusal("SignatureNonceUsed")
    platform.sms.nonces.add(nonce)


def _json(body: Mapping[str, Any], status: int = 200) -> Response:
    return Response(
        json.dumps({**body, "RequestId": "sandbox"}, ensure_ascii=False), status, mimetype="application/json"
    )
