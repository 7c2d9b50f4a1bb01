"""Where the providers and the robots answer."""

from flask import Blueprint, Response, request

from tests.sandbox.platform import Platform
from tests.sandbox.sms import aliyun, tencent, wecom


def blueprint(platform: Platform) -> Blueprint:
    """Both providers answer at `/`, as they do; the headers say which one is meant."""
    made = Blueprint("sms", __name__)

    @made.post("/")
    def provider() -> Response:
        if "X-TC-Action" in request.headers:
            return tencent.answer(platform)
        return aliyun.answer(platform)

    @made.post("/cgi-bin/webhook/send")
    def robot() -> Response:
        return wecom.answer(platform)

    return made
