"""The API's document of an order that comes in."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from bot.api.documents.fields import Moment, OneLine, Word
from bot.services.intake import LONGEST_PHONE, LONGEST_PLACE, LONGEST_TEXT, TELEPHONE


class NewOrder(BaseModel):
    """A matter from another system. The same `external_id` again is the same order."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT)]
    community: Word | None = None
    place: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_PLACE), OneLine] | None = None
    contact_name: Word | None = None
    contact_phone: (
        Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_PHONE, pattern=TELEPHONE), OneLine]
        | None
    ) = None
    external_id: Word | None = None
    due_at: Moment | None = None
