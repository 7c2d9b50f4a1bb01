"""The office's account for short messages: what a notice says in one, sending it once, and asking after a lost answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from redis import Redis

from bot.errors import ChannelError, Refused, RetryLater
from bot.services.notices.numbers import Opens, number_of
from bot.services.notices.reach.sms import facts, template_for
from bot.services.notices.words.letter import Letter
from bot.sms.text import Message, message
from bot.store.sending.attempts import Outcome
from config.settings import Settings, SettingsError
from config.sms_settings import SmsTemplate
from workers.sms.memory import Begun
from workers.sms.numbers import Numbers
from workers.sms.provider import Provider, Status
from workers.wechat.error_codes import Lost, NotThere, NumberDead, Stopped, TooOften
from workers.wechat.quota import Quota

API = "sms"
URGENT = 0  # the priority of notices of danger
EARLIER = timedelta(minutes=5)  # the provider's clock may differ from ours


@dataclass(frozen=True, slots=True)
class Account:
    """Safe for threads."""

    settings: Settings
    provider: Provider
    opens: Opens
    quota: Quota
    numbers: Numbers
    begun: Begun
    rules: Mapping[str, Any]  # [sms] of config/channels.toml

    def template(self, letter: Letter) -> SmsTemplate | None:
        """As `bot.services.notices.reach.sms.template_for`."""
        return template_for(self.settings.sms_templates, letter)

    def message(self, letter: Letter, template: SmsTemplate) -> Message:
        """What this person reads, word for word."""
        known = self.settings
        return message(
            known.sms_provider, known.sms_signature, template, facts(letter), self.rules["variable_characters"]
        )

    def send(self, letter: Letter, now: datetime) -> str:
        """The serial number of the message, which is sent at most once unless the provider says that it has not got it.
        ChannelError."""
        template, number = self.template(letter), number_of(self.opens, letter.row)
        assert template is not None
        if number is None:
            raise Refused("no mobile number")
        context, lost = letter.key, _lost_answers(letter)
        if self.begun.is_open(context, len(lost)):
            self.begun.clear(context)
            raise Lost("a worker ended while it was sending", self.rules["ask_seconds"])
        if lost:
            serial = self._asked(number, context, lost, now)
            if serial is not None:
                return serial
        self.quota.take(API)
        said = self.message(letter, template)
        is_urgent, repeats = letter.row.priority == URGENT, letter.row.broadcast_id is not None
        self.numbers.take(number, said.text, context, urgent=is_urgent, repeats=repeats)
        self.begun.mark(context, len(lost))
        try:
            return self.provider.send(number, template, said, context)
        except Lost:
            raise
        except ChannelError as error:
            self.begun.clear(context)
            self.numbers.forget(number, said.text)
            self._heed(number, error)
            raise

    def found(self, number: str, context: str, since: datetime, until: datetime) -> list[Status]:
        """What the provider knows of messages to this number that are ours or may be: it does not tell every account the id
        that we gave. ChannelError."""
        known = self.provider.statuses(number, since - EARLIER, until)
        return [one for one in known if one.context in (context, "")]

    def _asked(self, number: str, context: str, lost: list[datetime], now: datetime) -> str | None:
        """The serial number (or our id where none is told) if the provider has it, None if it certainly has not.

        NotThere while it may still come to know it. Refused where it cannot be told, or where two answers were lost:
        better another channel than a second message that nobody sees.
        """
        is_over = now >= lost[-1] + timedelta(seconds=self.rules["grace_seconds"])
        again = float(self.rules["ask_seconds"])
        try:
            found = self.found(number, context, lost[0], now)
        except ChannelError as error:
            if is_over:
                raise Refused(f"its answer was lost, and the provider cannot be asked: {error.reason}") from error
            raise NotThere(f"the provider cannot be asked now: {error.reason}", again) from error
        ours = [one for one in found if one.context == context]
        if ours:
            return ours[-1].serial or context
        if not is_over:
            raise NotThere("the provider does not know it so far", again)
        if found:
            raise Refused("its answer was lost, and the provider does not say which message is which")
        if len(lost) > 1:
            raise Refused("its answer was lost twice, and the provider does not know it")
        return None

    def _heed(self, number: str, error: ChannelError) -> None:
        """What the provider says of a number or of the whole account holds for all that is sent later."""
        if isinstance(error, TooOften | NumberDead):
            self.numbers.rest(number, error)
        elif isinstance(error, RetryLater) and error.whole_api:
            error.seconds = self.quota.pause(API, error.seconds, error.reason, others=isinstance(error, Stopped))


def _lost_answers(letter: Letter) -> list[datetime]:
    """When sends were made of which nobody knows whether the provider took them."""
    return [one.at for one in letter.attempts if one.channel == API and one.outcome is Outcome.UNKNOWN]


def open_account(
    settings: Settings, redis: "Redis", quota: Quota, opens: Opens, rules: Mapping[str, Any]
) -> Account | None:
    """None where SMS_PROVIDER is empty. SettingsError where its package is not installed."""
    if not settings.sms_provider:
        return None
    return Account(
        settings, _provider(settings), opens, quota, Numbers(redis, settings.data_key[-1], rules), Begun(redis), rules
    )


def _provider(settings: Settings) -> Provider:
    """The SDK is loaded only where it is used."""
    if settings.sms_provider == "tencent":
        from workers.sms.tencent import Tencent

        return Tencent(settings)
    try:
        from workers.sms.aliyun import Aliyun
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"SMS_PROVIDER: aliyun needs a package that is not installed ({error.name}):"
            " .venv/bin/pip install --require-hashes -r requirements-aliyun.txt"
        ) from error
    return Aliyun(settings)
