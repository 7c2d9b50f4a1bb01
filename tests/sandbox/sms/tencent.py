"""Tencent Cloud's short messages as the service sees them: TC3-HMAC-SHA256, one entry for each number, statuses by number."""

import hashlib
import hmac
import json
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Response, request

from tests.sandbox.platform import Platform
from tests.sandbox.sms.arriving import arrive
from tests.sandbox.sms.center import LINK, LONGEST, NUMBER, Taken
from tests.sandbox.sms.faults import as_told

OLDEST = 300  # seconds


class Refusal(Exception):
    """An error of the whole call: its code."""


def answer(platform: Platform) -> Response:
    """SendSms and PullSmsSendStatusByPhoneNumber."""
    action = request.headers["X-TC-Action"]
    api = f"sms/{action}"
    platform.count(api)
    content = request.get_data()
    try:
        _check_signature(platform, content)
        body = json.loads(content)
        with platform.lock:
            told = platform.faults.next_answer(api)
            code = told.get("code") if isinstance(told, Mapping) else None
            if code and told.get("whole"):
                raise Refusal(code)
            if told is not None and not code and "lost" not in told:
                return as_told(told)
            done = _ACTIONS[action](platform, body, code)
            lost = told is not None and "lost" in told
    except Refusal as error:
        return _json({"Error": {"Code": str(error), "Message": "refused"}})
    return as_told(told) if lost else _json(done)


def _send(platform: Platform, body: Mapping[str, Any], code: str | None) -> Mapping[str, Any]:
    if body["SmsSdkAppId"] != platform.options.sms_app_id:
        raise Refusal("UnauthorizedOperation.SmsSdkAppIdVerifyFail")
    entries = []
    for phone in body["PhoneNumberSet"]:
        wrong = code or _wrong(platform, body, phone)
        one = None if wrong else _take(platform, body, phone)
        entries.append(
            {
                "SerialNo": one.serial if one else "", "PhoneNumber": phone, "Fee": 1 if one else 0,
                "SessionContext": body.get("SessionContext", ""), "Code": wrong or "Ok",
                "Message": f"refused for {phone}" if wrong else "send success", "IsoCode": "CN",
            }
        )  # fmt: skip
    return {"SendStatusSet": entries}


def _take(platform: Platform, body: Mapping[str, Any], phone: str) -> Taken:
    number, values = (
        phone.removeprefix("+86"),
        {str(n): value for n, value in enumerate(body.get("TemplateParamSet") or [], 1)},
    )
    one = platform.sms.take("tencent", number, body["TemplateId"], values, body.get("SessionContext", ""))
    arrive(platform, one)
    return one


def _wrong(platform: Platform, body: Mapping[str, Any], phone: str) -> str | None:
    if not (phone.startswith("+86") and NUMBER.fullmatch(phone[3:])):
        return "InvalidParameterValue.IncorrectPhoneNumber"
    if body["SignName"] != platform.options.sms_signature:
        return "FailedOperation.SignatureIncorrectOrUnapproved"
    for value in body.get("TemplateParamSet") or []:
        if len(value) > LONGEST:
            return "InvalidParameterValue.TemplateParameterLengthLimit"
        if LINK.search(value):
            return "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter"
    return None


def _statuses(platform: Platform, body: Mapping[str, Any], code: str | None) -> Mapping[str, Any]:
    """Only what the operator has reported; the context only for accounts for which that is switched on."""
    if code:
        raise Refusal(code)
    found = [
        {
            "UserReceiveTime": int(one.at), "CountryCode": "86", "SubscriberNumber": one.number,
            "PhoneNumber": f"+86{one.number}", "SerialNo": one.serial, "ReportStatus": one.report, "Description": "",
            "SessionContext": "" if platform.faults.sms_hides_context else one.context,
        }
        for one in platform.sms.to(body["PhoneNumber"].removeprefix("+86"))
        if one.report and body["BeginTime"] <= one.at <= body["EndTime"] + 1
    ]  # fmt: skip
    return {"PullSmsSendStatusSet": found[: body["Limit"]]}


_ACTIONS = {"SendSms": _send, "PullSmsSendStatusByPhoneNumber": _statuses}


def _check_signature(platform: Platform, content: bytes) -> None:
    """As the provider's documentation describes it. Refusal."""
    given = re.fullmatch(
        r"TC3-HMAC-SHA256 Credential=(\S+)/(\d{4}-\d\d-\d\d)/sms/tc3_request, SignedHeaders=content-type;host, Signature=(\w+)",
        request.headers.get("Authorization", ""),
    )
    if given is None or request.headers.get("X-TC-Version") != "2021-01-11":
        raise Refusal("AuthFailure.InvalidAuthorization")
    if given[1] != platform.options.sms_access_key:
        raise Refusal("AuthFailure.SecretIdNotFound")
    at = int(request.headers["X-TC-Timestamp"])
    if abs(time.time() - at) > OLDEST or datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d") != given[2]:
        raise Refusal("AuthFailure.SignatureExpire")
    headers = f"content-type:{request.headers['Content-Type']}\nhost:{request.headers['Host']}\n"
    asked = f"POST\n/\n\n{headers}\ncontent-type;host\n{hashlib.sha256(content).hexdigest()}"
    scope = f"{given[2]}/sms/tc3_request"
    to_sign = f"TC3-HMAC-SHA256\n{at}\n{scope}\n{hashlib.sha256(asked.encode()).hexdigest()}"
    key = f"TC3{platform.options.sms_secret_key}".encode()
    for part in (given[2], "sms", "tc3_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    if not hmac.compare_digest(hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest(), given[3]):
        raise Refusal("AuthFailure.SignatureFailure")


def _json(part: Mapping[str, Any]) -> Response:
    body = {"Response": {**part, "RequestId": "sandbox"}}
    return Response(json.dumps(body, ensure_ascii=False), mimetype="application/json")
