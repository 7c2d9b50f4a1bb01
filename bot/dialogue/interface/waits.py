"""What waits for an answer of a person, as it was shown to them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Waits:
    """`kind`: invitation, confirmation, question, relay, reminder, approval. `number`: the order's code, or the
    broadcast's number. `at`: when it was shown last."""

    kind: str
    number: str
    at: datetime
