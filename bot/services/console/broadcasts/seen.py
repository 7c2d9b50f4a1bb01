"""The preview of a form: the message as people will see it, how many get it by which way, and who does not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.dialogue.interface.broadcast import MassSend, NotReached, Preview
from bot.errors import Spoken
from bot.services.broadcasts.drafts import preview
from bot.services.broadcasts.drafts.short import short
from bot.services.console.broadcasts import moments, reading, wording
from bot.services.console.broadcasts.typed import Typed
from bot.services.console.seat import Seat
from bot.services.notices.words.letter import Letter
from bot.services.notices.words.sample import sample
from bot.services.office import Office

LINE = 20  # characters that a line of a card shows
DOTS = "…"


@dataclass(frozen=True, slots=True)
class Seen:
    """All in words. `people` None: nobody was chosen. `card`: label and value of each line. `ways`: how many by each channel. `faults`: as of the form. `two`: whether two must approve."""

    title: str
    kind: str
    card: Sequence[tuple[str, str]]
    message: str
    sms: str
    sms_items: int
    sms_total: int
    people: int | None
    audience: str
    ways: Sequence[tuple[str, int]]
    mass: MassSend | None
    not_reached: Sequence[NotReached]
    start: str
    two: bool
    unfilled: Sequence[str]
    faults: Mapping[str, str]


def of_form(office: Office, seat: Seat, typed: Typed, now: datetime) -> Seen:
    """Of what is typed so far; it refuses nothing."""
    with office.db.reading() as tx:
        read = reading.read(office, tx, typed, now)
        new = read.written
        letter = sample(office, tx, new, now, number=typed.number)
        brief = short(office, letter)
        known: Preview | None = None
        if read.has_audience:
            try:
                known = preview.preview(office, tx, new, now, within=preview.named_to(seat.rights))
            except Spoken:
                known = None
    return Seen(
        title=new.title, kind=new.kind, card=card(office, letter), message=letter.text, sms=brief.text if brief else "",
        sms_items=brief.items if brief else 0, sms_total=known.sms_items if known else 0, people=known.people if known else None,
        audience=wording.audience(office, new.audience) if read.has_audience else "",
        ways=list(known.ways.items()) if known else [], mass=known.mass if known else None,
        not_reached=known.not_reached if known else [], start=moments.start(office, new.send_at, now),
        two=known is not None and known.approvals_needed > 1, unfilled=read.unfilled, faults=read.faults,
    )  # fmt: skip


def card(office: Office, letter: Letter) -> Sequence[tuple[str, str]]:
    """The lines of a card, which shows the beginning alone; the whole is a tap away."""
    return [
        (office.say(f"console_broadcasts.card.{name}"), _line(letter.facts.get(name, "")))
        for name in ("title", "when", "body")
    ]


def _line(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LINE else plain[: LINE - 1] + DOTS
