"""The few ways in which something asked for does not happen, each with the sentence the reader gets."""


class Spoken(Exception):
    """A refusal that the person is told in plain words: a key of the locale and the facts it needs."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts


class NotAllowed(Spoken):
    """The person may not do this, or the order's state does not admit it (any more)."""


class NotFound(Spoken):
    """There is no such order, person, code or broadcast within this person's reach."""


class NotUnderstood(Spoken):
    """The words lack something or mean more than one thing; the sentence says what to type instead."""


class ChannelError(Exception):
    """A message did not go out; the type decides what happens next. `code`: the platform's number, None where it gave none.
    `answered`: it was the platform that said so; else nothing came of the call, or none was made."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code: int | None = None
        self.answered = False


class Gone(ChannelError):
    """The person cannot be reached on the platform any more (unfollowed, blocked, closed the account)."""


class RetryLater(ChannelError):
    """The same channel may work after `seconds`; `whole_api` pauses that API for everybody."""

    def __init__(self, reason: str, seconds: float, *, whole_api: bool = False) -> None:
        super().__init__(reason)
        self.seconds = seconds
        self.whole_api = whole_api


class Refused(ChannelError):
    """This channel does not take this message; try the person's next channel."""


class Misconfigured(ChannelError):
    """Nothing will go out until a person mends the configuration: stop and alarm."""
