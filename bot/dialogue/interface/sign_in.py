"""A sign-in to the console that waits for its person's yes in the chat."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SignIn:
    """`number`: its id. `address`, `agent`: of the browser that asks. `at`: when it asked, in the office's time."""

    number: int
    address: str
    agent: str
    at: datetime
