"""What the operator does with a short message: it arrives on its telephone, or not, and is reported."""

from tests.sandbox.platform import Platform
from tests.sandbox.sms.center import Taken


def arrive(platform: Platform, one: Taken) -> None:
    """As the faults have it."""
    arrives = platform.receipt_status("SUCCESS") in ("SUCCESS", "lost")
    if arrives and one.text:
        platform.show_short_message(one.number, one.text)
    if not platform.faults.sms_unreported:
        status = "SUCCESS" if arrives else "FAIL"
        platform.sms.report(one, status, push=platform.faults.receipts != "lost")
