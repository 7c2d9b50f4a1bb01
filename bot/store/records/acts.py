"""What the audit records: a closed list, so that a reader of the table knows every value."""

from enum import StrEnum


class Act(StrEnum):
    """An act on record. The value stands in the column `act`."""

    VIEW_CONTACT = "view.contact"  # place and telephone of an order were shown
    VIEW_NOTICE = "view.notice"  # a notice carried them
    VIEW_RESTRICTED = "view.restricted"  # the words of a restricted matter were shown
    VIEW_TALK = "view.talk"  # what a resident and the bot said to each other
    MESSAGE_SETTLED = "message.settled"  # a message that the service could not deal with
    VIEW_FILE = "view.file"  # its files were handed out
    ROSTER_ENTER = "roster.enter"
    ROSTER_CHANGE = "roster.change"
    ROSTER_LEAVE = "roster.leave"
    ROSTER_CODE = "roster.code"  # a bind code was issued
    BIND = "bind"
    BIND_FAILED = "bind.failed"  # a code that nobody has
    BIND_MOVED = "bind.moved"  # the person's account is another one now
    BIND_CONFIRMED = "bind.confirmed"  # an administrator vouches for the new device
    EXPORT = "export"  # rows left as a file; the detail says which and how many
    NOTICE_RETRY = "notice.retry"  # a failed notice was set to be sent again
    TOKEN_CREATE = "token.create"
    TOKEN_REVOKE = "token.revoke"
    API = "api"  # a request of another system; the detail names the route, and how many items it read
    CONSOLE_CODE = "console.code"  # a code to set a password was issued
    CONSOLE_PASSWORD = "console.password"
    CONSOLE_TOTP = "console.totp"  # one-time passwords were set up
    CONSOLE_IN = "console.in"
    CONSOLE_OUT = "console.out"  # sessions ended; the detail says why
    CONSOLE_FAILED = "console.failed"  # somebody failed to sign in; the detail counts
    CONSOLE_LOCKED = "console.locked"
    CONSOLE_REFUSED = "console.refused"  # the person said in the chat that it is somebody else who signs in
    CARD = "card.change"  # a member's card; the detail names the fields
    ANSWER_CHANGE = "answer.change"  # an entry of the answer book; the detail names it
    SETTINGS_CHANGE = "settings.change"  # what the office decides; the detail names the part and the row
    BROADCAST = "broadcast"  # written, approved, stopped at the console; the detail says what, and its number
    BROADCAST_BY_HAND = (
        "broadcast.by_hand"  # somebody was told, or signed in, by hand; the detail says how, and of which one
    )
    VIEW_UNANSWERED = "view.unanswered"  # who has not acknowledged a broadcast, and why somebody does not come
    INTAKE = "intake"  # orders of a file were taken in; the detail counts
    DELETION_ASKED = "deletion.asked"
    DELETION_CONFIRMED = "deletion.confirmed"
    DELETION_DONE = "deletion.done"  # the detail counts what is left by law
    DELETION_PROVED = "deletion.proved"
    BACKUP = "backup"
    RESTORE = "restore"
    KEYS = "keys"  # values were encrypted again with the newest key


VIEWS = "view."  # how the values of views begin
