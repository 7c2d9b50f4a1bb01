"""Questions of residents that the answer book does not answer, those that are alike together, most asked first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import NotFound
from bot.orders import codes
from bot.orders.restricted import is_restricted
from bot.orders.visibility import Visibility
from bot.services.console.seat import Seat, reading
from bot.services.office import Office
from bot.services.orders import shown
from bot.store import exclusions
from bot.store.console import answers as store
from bot.understanding.decide.duplicates import Message

DAYS = 90
MOST = 300  # of the newest questions
ALIKE = 0.25  # of `duplicates.pairs`: from here on two questions are one
SHOWN = 50  # groups
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that are alike: the code of the newest order, some of their words as staff read them, how many."""

    code: str
    category: str
    words: Sequence[str]
    number: int


def groups(office: Office, seat: Seat, now: datetime) -> list[Group]:
    """Of the communities that this person answers for."""
    scope, today = seat.rights.scope(), now.astimezone(office.calendar.zone).date()
    with office.db.reading() as tx:
        reader = exclusions.reader(tx, seat.person_id, seat.rights)
        rows = store.questions(tx, None if scope is None else sorted(scope), reader, now - timedelta(days=DAYS), MOST)
    said = [(row, shown.words(office, row, Visibility.STAFF)) for row in rows]
    left = [
        (row, words)
        for row, words in said
        if words and office.answer_book.find(office.understand(words), today) is None
    ]
    together = _together(office, [words for _, words in left])
    made = [
        Group(
            code=left[places[0]][0].code, category=office.reader.categories[left[places[0]][0].category].name,
            words=list(dict.fromkeys(left[place][1] for place in places))[:SAMPLES], number=len(places),
        )
        for places in together
    ]  # fmt: skip
    return sorted(made, key=lambda group: -group.number)[:SHOWN]


def words_of(office: Office, seat: Seat, code: str, now: datetime) -> tuple[str, str]:
    """(words, category) of an order that is a question, to begin an entry with. NotFound for what is not before this
    person."""
    with reading(office, seat, now) as (_, context):
        order = context.orders.by_code(code) if codes.is_valid(code) else None
        if order is None or is_restricted(order) or not context.orders.may_read(order):
            raise NotFound("refused.no_such_order", code=code)
        return " ".join(shown.words(office, order, Visibility.STAFF).split()), order.category


def _together(office: Office, texts: Sequence[str]) -> list[list[int]]:
    """The places of the texts, alike ones in one list, in the order of their first ones."""
    first = list(range(len(texts)))

    def root(place: int) -> int:
        while first[place] != place:
            place = first[place]
        return place

    for one, other, score in office.reader.duplicates.pairs([Message("", text) for text in texts]):
        if score >= ALIKE:
            low, high = sorted((root(one), root(other)))
            first[high] = low
    found: dict[int, list[int]] = defaultdict(list)
    for place in range(len(texts)):
        found[root(place)].append(place)
    return list(found.values())
