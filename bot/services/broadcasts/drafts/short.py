"""The short message that a broadcast would be, exactly as a phone shows it."""

from bot.services.notices.reach.sms import facts, template_for
from bot.services.notices.rules import rules
from bot.services.notices.words.letter import Letter
from bot.services.office import Office
from bot.sms.text import Message, message


def short(office: Office, letter: Letter) -> Message | None:
    """None where SMS is off, or no approved template is for it."""
    template = template_for(office.ways.sms_templates, letter)
    if template is None:
        return None
    known = office.settings
    longest = rules()["sms"]["variable_characters"]
    return message(known.sms_provider, known.sms_signature, template, facts(letter), longest)
