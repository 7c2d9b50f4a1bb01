"""Every documented error code of both providers leads to its action."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from tencentcloud.sms.v20210111 import errorcodes

from bot.errors import Refused
from bot.services.notices.outbox import ZONE
from tests.databases import SQLITE
from tests.sandbox.client import Sandbox
from tests.workers.conftest import deliver, notice, told
from tests.workers.sms.conftest import BOTH, add_staff, made, tell
from workers.resources import Desk
from workers.sms.codes import ALIYUN, TENCENT, Build, error_of
from workers.wechat.error_codes import Alarm, Lost, NumberDead, Stopped, TooOften, UsedUp

OF_OTHER_CALLS = {  # of applying for signatures and templates, of figures
    "FailedOperation.ForbidAddMarketingTemplates", "FailedOperation.MissingSignatureToModify",
    "FailedOperation.MissingTemplateToModify", "FailedOperation.SignNumberLimit",
    "FailedOperation.TemplateAlreadyPassedCheck", "FailedOperation.TemplateNumberLimit",
    "InvalidParameterValue.BeginTimeVerifyFail", "InvalidParameterValue.EndTimeVerifyFail",
    "InvalidParameterValue.ImageInvalid", "InvalidParameterValue.InvalidDocumentType",
    "InvalidParameterValue.InvalidInternational", "InvalidParameterValue.InvalidSignPurpose",
    "InvalidParameterValue.InvalidSmsType", "InvalidParameterValue.InvalidStartTime",
    "InvalidParameterValue.InvalidTemplateFormat", "InvalidParameterValue.InvalidUsedMethod",
    "InvalidParameterValue.LimitVerifyFail", "InvalidParameterValue.MarketingTemplateWithoutUnsubscribe",
    "InvalidParameterValue.MultiSmsInfoSetEmpty", "InvalidParameterValue.OffsetVerifyFail",
    "InvalidParameterValue.QualificationIdNotFound", "InvalidParameterValue.SignAlreadyPassedCheck",
    "InvalidParameterValue.SignExistAndUnapproved", "InvalidParameterValue.SignNameLengthTooLong",
    "InvalidParameterValue.TemplateWithDirtyWords",
}  # fmt: skip
LIMIT = {"tencent": "LimitExceeded.PhoneNumberDailyLimit", "aliyun": "isv.BUSINESS_LIMIT_CONTROL"}
BLOCKED = {"tencent": "FailedOperation.PhoneNumberInBlacklist", "aliyun": "isv.MOBILE_NUMBER_ILLEGAL"}
UNAPPROVED = {"tencent": "FailedOperation.SignatureIncorrectOrUnapproved", "aliyun": "isv.SMS_SIGNATURE_ILLEGAL"}
DAY = {"tencent": "LimitExceeded.AppDailyLimit", "aliyun": "isv.DAY_LIMIT_CONTROL"}
SEND = "sms/SendSms"


def test_every_code_that_the_sdk_documents_for_sending_has_a_row() -> None:
    documented = {value for name, value in vars(errorcodes).items() if name.isupper()}
    assert documented - OF_OTHER_CALLS - TENCENT.keys() == set()
    assert documented >= OF_OTHER_CALLS


@pytest.mark.parametrize(
    ("table", "code", "kind"),
    [
        (TENCENT, "LimitExceeded.NewLimit", "RetryLater"), (TENCENT, "UnauthorizedOperation.New", "Stopped"),
        (TENCENT, "InternalError.New", "Lost"), (TENCENT, "InvalidParameterValue.New", "Alarm"), (TENCENT, "?", "Alarm"),
        (ALIYUN, "isv.NEW", "Alarm"), (ALIYUN, "Throttling.New", "RetryLater"), (ALIYUN, "", "Alarm"),
    ],
)  # fmt: skip
def test_a_code_that_is_not_listed_counts_as_its_family(table: Mapping[str, Build], code: str, kind: str) -> None:
    assert type(error_of(table, code)).__name__ == kind


def test_a_server_error_with_a_code_that_is_not_listed_may_have_sent_it() -> None:
    assert isinstance(error_of(ALIYUN, "Something", unheard=True), Lost)


@pytest.mark.parametrize("table", [TENCENT, ALIYUN], ids=["tencent", "aliyun"])
def test_each_code_is_one_of_the_few_actions(table: Mapping[str, Build]) -> None:
    for code in table:
        error = error_of(table, code)
        assert error.answered
        assert error.reason == code
        assert isinstance(error, Refused | UsedUp | TooOften | Lost | Stopped) or type(error).__name__ == "RetryLater"


def refuse(sandbox: Sandbox, code: str, times: int = 1) -> None:
    sandbox.answer_next(SEND, *[{"code": code}] * times)


@BOTH
@SQLITE
def test_a_limit_of_the_number_holds_for_what_comes_later_and_another_channel_tells(
    desk: Desk, sandbox: Sandbox, provider: str
) -> None:
    openid = sandbox.new_user(window="message")
    known = add_staff(desk, openid=openid, chat=5, channels="sms,chat")
    refuse(sandbox, LIMIT[provider])
    for _ in range(2):
        tell(desk, known)
        deliver(desk)
    assert (told(sandbox, openid), sandbox.calls(SEND)) == (["custom", "custom"], 1)


@BOTH
@SQLITE
def test_a_number_that_takes_nothing_is_left_alone(desk: Desk, sandbox: Sandbox, provider: str) -> None:
    known = add_staff(desk)
    refuse(sandbox, BLOCKED[provider])
    for _ in range(2):
        tell(desk, known)
        deliver(desk)
    assert (sandbox.short_messages(), sandbox.calls(SEND)) == ([], 1)
    assert [row[:2] for row in made(desk)] == [("sms", "refused")] * 2


@BOTH
@SQLITE
def test_an_unapproved_signature_stops_this_channel_alone_and_is_tried_again_later(
    desk: Desk, sandbox: Sandbox, provider: str
) -> None:
    openid = sandbox.new_user(window="message")
    refuse(sandbox, UNAPPROVED[provider])
    tell(desk, add_staff(desk))
    deliver(desk)
    due = notice(desk).due_at
    assert (notice(desk).state, made(desk)[0][:2]) == ("pending", ("sms", "misconfigured"))
    assert timedelta(minutes=8) < due - datetime.now(UTC) < timedelta(minutes=12)
    tell(desk, add_staff(desk, "13800005555", openid=openid, chat=5, channels="sms,chat"))
    deliver(desk)
    assert (told(sandbox, openid), sandbox.calls(SEND)) == (["custom"], 1)


@BOTH
@SQLITE
def test_a_day_that_is_used_up_is_waited_for_while_other_channels_tell(
    desk: Desk, sandbox: Sandbox, provider: str
) -> None:
    refuse(sandbox, DAY[provider])
    tell(desk, add_staff(desk))
    deliver(desk)
    due = notice(desk).due_at.astimezone(ZONE)
    assert (notice(desk).state, due.hour, due.minute) == ("pending", 0, 0)


@pytest.mark.parametrize("code", ["AuthFailure.SignatureFailure", "SignatureDoesNotMatch"])
@BOTH
@SQLITE
def test_a_refusal_of_the_whole_call_is_read_as_well(code: str, desk: Desk, sandbox: Sandbox, provider: str) -> None:
    sandbox.answer_next(SEND, {"code": code, "whole": True})
    tell(desk, add_staff(desk))
    deliver(desk)
    known = code in (TENCENT if provider == "tencent" else ALIYUN)
    assert made(desk)[0][:2] == ("sms", "misconfigured" if known else "refused")


class TestWrongKey:
    @pytest.fixture
    def environment(self, environment: dict[str, str]) -> dict[str, str]:
        return {**environment, "SMS_SECRET_KEY": "another"}

    @BOTH
    @SQLITE
    def test_the_sandbox_checks_signatures_as_the_providers_do(
        self, desk: Desk, sandbox: Sandbox, provider: str
    ) -> None:
        tell(desk, add_staff(desk))
        deliver(desk)
        assert (sandbox.short_messages(), made(desk)[0][:2]) == ([], ("sms", "misconfigured"))


def test_alarms_are_refusals_so_that_the_next_channel_tells() -> None:
    assert issubclass(Alarm, Refused)
    assert issubclass(NumberDead, Refused)
