"""Customer-service windows of one user: how many messages the account may send, and until when."""

from dataclasses import dataclass, field

from tests.sandbox.account.errors import PlatformError

MESSAGE_COUNT, MESSAGE_SECONDS = 5, 48 * 3600
CLICK_COUNT, CLICK_SECONDS = 3, 60


@dataclass(slots=True)
class Window:
    """Open until a time, for a number of messages. Opening it again sets both anew."""

    until: float = 0.0
    left: int = 0

    def open(self, now: float, seconds: float, count: int) -> None:
        self.until, self.left = now + seconds, count


@dataclass(slots=True)
class Windows:
    """The window of a message (48 hours) and that of a click (one minute); the click's is used first."""

    message: Window = field(default_factory=Window)
    click: Window = field(default_factory=Window)

    def spoke(self, now: float) -> None:
        self.message.open(now, MESSAGE_SECONDS, MESSAGE_COUNT)

    def clicked(self, now: float) -> None:
        self.click.open(now, CLICK_SECONDS, CLICK_COUNT)

    def close(self) -> None:
        self.message, self.click = Window(), Window()

    def take(self, now: float) -> None:
        """Use one message. PlatformError 45015 when no window is open, 45047 when all messages are used."""
        opened = [window for window in (self.click, self.message) if window.until > now]
        if not opened:
            raise PlatformError(45015)
        for window in opened:
            if window.left > 0:
                window.left -= 1
                return
        raise PlatformError(45047)
