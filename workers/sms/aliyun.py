"""Aliyun's short messages, by its own SDK, which is installed only where it is used (requirements-aliyun.txt)."""

import json
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from alibabacloud_dysmsapi20170525 import models
from alibabacloud_dysmsapi20170525.client import Client
from alibabacloud_tea_openapi.exceptions import AlibabaCloudException, ServerException
from alibabacloud_tea_openapi.utils_models import Config
from darabonba.exceptions import UnretryableException

from bot.errors import ChannelError
from bot.services.notices.words.opening import ZONE
from bot.sms.text import Message
from config.settings import Settings
from config.sms_settings import SmsTemplate
from workers.sms.codes import ALIYUN, error_of, later, lost
from workers.sms.provider import CONNECT_SECONDS, READ_SECONDS, Status, host_of, was_never_sent

OK = "OK"
ENDPOINT = "dysmsapi.aliyuncs.com"
WAITS, FAILED, ARRIVED = 1, 2, 3  # of SendStatus
MOST = 50  # details of one page
PAGES = 4


class Aliyun:
    """One client for all threads; nothing is tried twice by the SDK."""

    def __init__(self, settings: Settings) -> None:
        scheme, host = host_of(settings.sms_api_url) if settings.sms_api_url else ("https", ENDPOINT)
        self._client = Client(
            Config(
                access_key_id=settings.sms_access_key, access_key_secret=settings.sms_secret_key, protocol=scheme,
                endpoint=host, connect_timeout=int(CONNECT_SECONDS * 1000), read_timeout=int(READ_SECONDS * 1000),
            )
        )  # fmt: skip
        self._signature = settings.sms_signature
        said = logging.getLogger("darabonba-core")  # it brings a handler of its own, which would write whole addresses
        said.handlers.clear()
        said.setLevel(logging.WARNING)

    def send(self, number: str, template: SmsTemplate, said: Message, context: str) -> str:
        """As `Provider.send`. Limits and refusals come as HTTP 200 with another code than OK."""
        values = dict(zip(template.places("aliyun"), said.values, strict=True))
        request = models.SendSmsRequest(
            phone_numbers=number, sign_name=self._signature, template_code=template.id, out_id=context,
            template_param=json.dumps(values, ensure_ascii=False),
        )  # fmt: skip
        body = self._call(self._client.send_sms, request)
        if not body.biz_id:
            raise lost("an answer without a serial number")
        return str(body.biz_id)

    def statuses(self, number: str, since: datetime, until: datetime) -> Sequence[Status]:
        """As `Provider.statuses`: asked by day. No serial number is told, only the id that we gave."""
        day, last, found = since.astimezone(ZONE).date(), until.astimezone(ZONE).date(), list[Status]()
        while day <= last:
            for page in range(1, PAGES + 1):
                details = self._details(number, day.strftime("%Y%m%d"), page)
                found += map(_status, details)
                if len(details) < MOST:
                    break
            day += timedelta(days=1)
        return found

    def _details(self, number: str, day: str, page: int) -> Sequence[Any]:
        request = models.QuerySendDetailsRequest(phone_number=number, send_date=day, page_size=MOST, current_page=page)
        details = self._call(self._client.query_send_details, request).sms_send_detail_dtos
        return list(details.sms_send_detail_dto or []) if details is not None else []

    @staticmethod
    def _call(method: Callable[[Any], Any], request: Any) -> Any:
        """The body of the answer, whose code is OK."""
        try:
            body = method(request).body
        except ServerException as error:
            raise error_of(ALIYUN, str(error.code), unheard=True) from None
        except AlibabaCloudException as error:
            raise error_of(ALIYUN, str(error.code)) from None
        except UnretryableException as error:  # its words hold the whole address, with number and text
            raise (later("not connected") if was_never_sent(error) else lost("no answer")) from None
        if body is None or not body.code:
            raise lost("an answer without a code")
        if body.code != OK:
            raise _refusal(str(body.code))
        return body


def _refusal(code: str) -> ChannelError:
    return error_of(ALIYUN, code)


def _status(detail: Any) -> Status:
    state = int(detail.send_status or WAITS)
    return Status(
        "", detail.out_id or "", None if state == WAITS else state == ARRIVED, str(detail.err_code or "")[:40]
    )
