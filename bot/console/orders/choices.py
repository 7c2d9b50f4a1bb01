"""What can be chosen in forms about an order: categories, communities, urgencies."""

from collections.abc import Mapping, Sequence

from bot.orders.restricted import is_restricted
from bot.services.console.corrections import URGENCIES
from bot.services.office import Office

Choices = Sequence[tuple[str, str]]  # value and label


def of_parts(office: Office) -> Mapping[str, Choices]:
    """By the name of the choice in the templates. What is restricted is sorted in the chat, where it is asked back."""
    categories = [each for each in office.reader.categories.values() if not is_restricted(each)]
    return {
        "category_choices": [
            (each.code, f"{each.level1} · {each.name}") for each in sorted(categories, key=lambda each: each.code)
        ],
        "community_choices": [(name, name) for name in office.reader.communities()],
        "urgency_choices": [(name, office.say(f"urgency.{name}")) for name in URGENCIES],
    }
