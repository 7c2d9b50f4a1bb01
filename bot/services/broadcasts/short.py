"""The short message that a broadcast would be, exactly as a phone shows it."""

from bot.broadcasts.written import Written
from bot.services.notices.rules import rules
from bot.services.office import Office
from bot.sms.text import Message, message


def short(office: Office, new: Written) -> Message | None:
    """None where SMS is off, or no approved template is for this kind."""
    known = office.settings
    template = known.sms_templates.get(new.kind) or known.sms_templates.get("*")
    if not known.sms_provider or template is None:
        return None
    facts = {"title": new.title, "kind": office.say(f"named.{new.kind}")}
    return message(known.sms_provider, known.sms_signature, template, facts, rules()["sms"]["variable_characters"])
