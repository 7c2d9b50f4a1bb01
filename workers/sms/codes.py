"""What every error code of the SMS providers means for a sender: a table for each provider.

The words that come with a code are never kept: they may hold the telephone number or the text.
"""

from collections.abc import Callable, Mapping

from bot.errors import ChannelError, RetryLater
from workers.wechat.error_codes import (
    BACKOFF,
    UNTIL_MIDNIGHT,
    UNTIL_MINUTE,
    Alarm,
    Lost,
    NumberDead,
    Stopped,
    TooOften,
    UsedUp,
)

Build = Callable[[str], ChannelError]
HOUR, HALF_MINUTE, WEEK = 3600.0, 30.0, 7 * 86400.0
ASK_SECONDS = 20.0  # after a lost answer, until the provider is asked for the first time


def later(reason: str) -> ChannelError:
    return RetryLater(reason, BACKOFF)


def lost(reason: str) -> ChannelError:
    return Lost(reason, ASK_SECONDS)


def number_later(reason: str) -> ChannelError:
    """The provider lets this number have no more within this hour."""
    return TooOften(reason, HOUR)


def number_soon(reason: str) -> ChannelError:
    return TooOften(reason, HALF_MINUTE)


def number_tomorrow(reason: str) -> ChannelError:
    return TooOften(reason, UNTIL_MIDNIGHT)


def minute(reason: str) -> ChannelError:
    return RetryLater(reason, UNTIL_MINUTE, whole_api=True)


def day(reason: str) -> ChannelError:
    return UsedUp(reason, UNTIL_MIDNIGHT)


def dead(reason: str) -> ChannelError:
    return NumberDead(reason, WEEK)


def _each(build: Build, *codes: str) -> dict[str, Build]:
    return dict.fromkeys(codes, build)


TENCENT: Mapping[str, Build] = {
    # one number
    **_each(number_later, "LimitExceeded.PhoneNumberOneHourLimit", "LimitExceeded.DeliveryFrequencyLimit"),
    **_each(number_soon, "LimitExceeded.PhoneNumberThirtySecondLimit"),
    **_each(number_tomorrow, "LimitExceeded.PhoneNumberDailyLimit", "LimitExceeded.PhoneNumberSameContentDailyLimit"),
    **_each(
        dead, "FailedOperation.PhoneNumberInBlacklist", "FailedOperation.PhoneNumberParseFail",
        "InvalidParameterValue.IncorrectPhoneNumber", "UnsupportedOperation.UnsupportedRegion",
        "UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone",
        "UnsupportedOperation.GlobalTemplateToChineseMainlandPhone",
    ),
    # this message
    **_each(
        Alarm, "FailedOperation.ContainSensitiveWord", "InvalidParameter.DirtyWordFound",
        "InvalidParameterValue.ContentLengthLimit", "InvalidParameterValue.TemplateParameterFormatError",
        "InvalidParameterValue.TemplateParameterLengthLimit", "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter",
        "FailedOperation.MarketingSendTimeConstraint", "FailedOperation.FailResolvePacket",
        "FailedOperation.JsonParseFail", "FailedOperation.OtherError", "FailedOperation.ParametersOtherError",
        "InvalidParameter", "InvalidParameter.InvalidParameters", "MissingParameter",
        "MissingParameter.EmptyPhoneNumberSet", "LimitExceeded.PhoneNumberCountLimit",
        "UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber",
    ),
    # the account
    **_each(
        day, "LimitExceeded.AppDailyLimit", "LimitExceeded.AppMainlandChinaDailyLimit", "LimitExceeded.DailyLimit",
        "LimitExceeded.AppGlobalDailyLimit", "LimitExceeded.AppCountryOrRegionDailyLimit",
    ),
    **_each(minute, "RequestLimitExceeded", "LimitExceeded.GlobalSmsSendingRateLimit", "LimitExceeded"),
    **_each(later, "InternalError.JsonParseFail", "ResourceUnavailable", "ResourceInsufficient"),
    **_each(
        Stopped.for_all, "FailedOperation.InsufficientBalanceInSmsPackage", "FailedOperation.MissingSignature",
        "FailedOperation.MissingSignatureList", "FailedOperation.MissingTemplateList",
        "FailedOperation.SignatureIncorrectOrUnapproved", "FailedOperation.TemplateIncorrectOrUnapproved",
        "FailedOperation.TemplateIdNotExist", "FailedOperation.TemplateParamSetNotMatchApprovedTemplate",
        "FailedOperation.TemplateUnapprovedOrNotExist", "FailedOperation.SignIdNotExist",
        "FailedOperation.QualificationIdNotApproved", "FailedOperation.NotEnterpriseCertification",
        "FailedOperation.ProhibitSubAccountUse", "InvalidParameter.AppidAndBizId",
        "InvalidParameterValue.SdkAppIdNotExist", "InvalidParameterValue.UnsupportedTemplateVariable",
        "InternalError.RequestTimeException", "InternalError.RestApiInterfaceNotExist",
        "InternalError.SigFieldMissing", "InternalError.SigVerificationFail",
        "LimitExceeded.AppCountryOrRegionInBlacklist", "UnauthorizedOperation.RequestIpNotInWhitelist",
        "UnauthorizedOperation.IndividualUserMarketingSmsPermissionDeny",
        "UnauthorizedOperation.RequestPermissionDeny", "UnauthorizedOperation.SdkAppIdIsDisabled",
        "UnauthorizedOperation.ServiceSuspendDueToArrears", "UnauthorizedOperation.SmsSdkAppIdVerifyFail",
        "UnauthorizedOperation", "UnsupportedOperation", "UnsupportedOperation.ContainDomesticPhoneNumber",
        "AuthFailure", "AuthFailure.InvalidAuthorization", "AuthFailure.InvalidSecretId", "AuthFailure.MFAFailure",
        "AuthFailure.SecretIdNotFound", "AuthFailure.SignatureExpire", "AuthFailure.SignatureFailure",
        "AuthFailure.TokenFailure", "AuthFailure.UnauthorizedOperation", "InvalidAction", "NoSuchVersion",
        "NoSuchProduct", "UnsupportedRegion", "UnsupportedProtocol", "InvalidRequest",
    ),
    # it may have been sent
    **_each(
        lost, "InternalError", "InternalError.OtherError", "InternalError.ParseBackendResponseFail",
        "InternalError.SendAndRecvFail", "InternalError.Timeout", "InternalError.UnknownError", "FailedOperation",
        "ServerNetworkError", "JSONDecodeError", "ChunkedEncodingError", "KeyError", "TypeError", "AttributeError",
    ),
}  # fmt: skip

ALIYUN: Mapping[str, Build] = {
    # one number; this limit is of a minute, an hour or a day, and only the words of the answer say which
    **_each(number_later, "isv.BUSINESS_LIMIT_CONTROL", "isv.BUSINESS_LIMIT_HOUR", "BUSINESS_LIMIT_CONTROL_PHONE"),
    **_each(number_soon, "BUSINESS_LIMIT_CONTROL_MINUTE"),
    **_each(number_tomorrow, "isv.BUSINESS_LIMIT_DAY"),
    **_each(
        dead, "isv.MOBILE_NUMBER_ILLEGAL", "isv.PHONE_NUMBER_ILLEGAL", "isv.DOMESTIC_NUMBER_NOT_SUPPORTED",
        "isv.NOT_SUPPORTED_COUNTRY", "isv.COUNTRY_RESTRICTED", "isv.BLACK_NUMBER_CONTROL_LIMIT",
    ),
    # this message
    **_each(
        Alarm, "isv.BLACK_KEY_CONTROL_LIMIT", "isv.PARAM_LENGTH_LIMIT", "isv.PARAM_NOT_SUPPORT_URL",
        "isv.TEMPLATE_PARAMS_ILLEGAL", "isv.SMS_CONTENT_ILLEGAL", "isv.INVALID_JSON_PARAM", "isv.INVALID_PARAMETERS",
        "isv.MOBILE_COUNT_OVER_LIMIT", "isv.EXTEND_CODE_ERROR", "isv.FORBIDDEN_ACTION", "isv.SMS_SIGNATURE_SCENE_ILLEGAL",
        "MissingPhoneNumbers", "MissingSignName", "MissingTemplateCode",
    ),
    # the account
    **_each(day, "isv.DAY_LIMIT_CONTROL", "isv.MONTH_LIMIT_CONTROL", "isv.SMS_OVER_LIMIT"),
    **_each(minute, "Throttling", "Throttling.User", "Throttling.Api", "isp.FLOW_CONTROL"),
    **_each(later, "ServiceUnavailable", "SignatureNonceUsed"),
    **_each(
        Stopped.for_all, "isv.SMS_SIGNATURE_ILLEGAL", "isv.SMS_SIGN_ILLEGAL", "isv.SMS_SIGN_NAME_ILLEGAL",
        "SIGNATURE_BLACKLIST", "isv.SMS_TEMPLATE_ILLEGAL", "isv.TEMPLATE_MISSING_PARAMETERS",
        "isv.CONTENT_MISSING_PARAMETERS", "isv.SMS_CONTENT_CODE_ILLEGAL", "isv.AMOUNT_NOT_ENOUGH",
        "isv.BILLING_DEDUCTION_ERROR", "isv.OUT_OF_SERVICE", "isv.PRODUCT_UN_SUBSCRIPT", "isv.PRODUCT_UNSUBSCRIBE",
        "isv.ACCOUNT_NOT_EXISTS", "isv.ACCOUNT_ABNORMAL", "isv.DENY_IP_RANGE", "isp.RAM_PERMISSION_DENY",
        "isv.RAM_CHECK_FAILED", "isp.RES_OWNER_ID_UNKNOWN", "Forbidden", "Forbidden.RAM", "Forbidden.AccessKeyDisabled",
        "NoPermission", "InvalidAccessKeyId.NotFound", "InvalidAccessKeyId.Inactive", "InvalidAccessKeyId",
        "SignatureDoesNotMatch", "IncompleteSignature", "InvalidTimeStamp.Expired", "InvalidTimeStamp.Format",
        "InvalidAction.NotFound", "InvalidVersion", "InvalidCredentials", "UnsupportedHTTPMethod",
    ),
    # it may have been sent
    **_each(lost, "isp.SYSTEM_ERROR", "isp.UNKNOWN", "isp.GATEWAY_ERROR", "InternalError", "UnknownError"),
}  # fmt: skip


def error_of(table: Mapping[str, Build], code: str, *, unheard: bool = False) -> ChannelError:
    """What a code means; one that is not listed, by the family before its point. Any other: the next channel, and an
    alarm; with `unheard` it may have been sent all the same."""
    family = table.get(code.partition(".")[0], lost if unheard else Alarm)
    error = table.get(code, family)(code[:80])
    error.answered = True
    return error
