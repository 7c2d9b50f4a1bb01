"""Tencent Cloud's short messages, by its own SDK."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from requests.adapters import HTTPAdapter
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.sms.v20210111 import models
from tencentcloud.sms.v20210111.sms_client import SmsClient

from bot.errors import ChannelError
from bot.sms.text import Message
from config.settings import Settings
from config.sms_settings import SmsTemplate
from workers.sms.codes import TENCENT, error_of, later, lost
from workers.sms.provider import CONNECT_SECONDS, READ_SECONDS, Status, host_of, was_never_sent

REGION = "ap-guangzhou"
COUNTRY = "+86"
OK = "Ok"
MOST = 100  # statuses of one answer


class Tencent:
    """One client for all threads; nothing is tried twice by the SDK."""

    def __init__(self, settings: Settings) -> None:
        http = HttpProfile(reqTimeout=(CONNECT_SECONDS, READ_SECONDS))
        if settings.sms_api_url:
            http.protocol, http.endpoint = host_of(settings.sms_api_url)
            http.scheme = http.protocol
        credential = Credential(settings.sms_access_key, settings.sms_secret_key)
        self._client = SmsClient(credential, REGION, ClientProfile(httpProfile=http))
        adapter = HTTPAdapter(
            pool_maxsize=settings.send_parallel
        )  # the SDK keeps ten connections, which it does not tell
        for scheme in ("https://", "http://"):
            self._client.request.conn._session.mount(scheme, adapter)
        self._app, self._signature = settings.sms_app_id, settings.sms_signature

    def send(self, number: str, template: SmsTemplate, said: Message, context: str) -> str:
        """As `Provider.send`. What the provider says of the number stands in an entry of the answer, which is no error
        to the SDK."""
        request = models.SendSmsRequest()
        request.PhoneNumberSet = [COUNTRY + number]
        request.SmsSdkAppId, request.SignName, request.TemplateId = self._app, self._signature, template.id
        request.TemplateParamSet, request.SessionContext = list(said.values), context
        entries = self._call(self._client.SendSms, request).SendStatusSet or []
        if len(entries) != 1 or not entries[0].Code:
            raise lost("an answer without a status")
        if entries[0].Code != OK:
            raise error_of(TENCENT, entries[0].Code)
        return str(entries[0].SerialNo)

    def statuses(self, number: str, since: datetime, until: datetime) -> Sequence[Status]:
        """As `Provider.statuses`. The context is only told to accounts for which the provider switched that on."""
        request = models.PullSmsSendStatusByPhoneNumberRequest()
        request.SmsSdkAppId, request.PhoneNumber = self._app, COUNTRY + number
        request.BeginTime, request.EndTime = int(since.timestamp()), int(until.timestamp())
        request.Offset, request.Limit = 0, MOST
        found = self._call(self._client.PullSmsSendStatusByPhoneNumber, request).PullSmsSendStatusSet
        if found is None:
            raise later("an answer without statuses")
        return [
            Status(
                str(one.SerialNo),
                one.SessionContext or "",
                one.ReportStatus == "SUCCESS",
                (one.ReportStatus or "")[:20],
            )
            for one in found
        ]

    @staticmethod
    def _call(method: Callable[[Any], Any], request: Any) -> Any:
        try:
            return method(request)
        except TencentCloudSDKException as error:
            raise _meant(error) from None  # its words may hold the number


def _meant(error: TencentCloudSDKException) -> ChannelError:
    code = str(error.get_code())
    if code != "ClientNetworkError":
        return error_of(TENCENT, code)
    return later("not connected") if was_never_sent(error) else lost("no answer")
