"""Names in audiences (a list of names, who is left out). They go with the person: a number stands in their place, which the
evidence shows and which fits nobody, so that a list never grows by losing a name."""

from collections.abc import Collection, Iterator

from sqlalchemy import select, update

from bot.broadcasts.audience import gone, gone_id
from bot.store.database import Tx
from bot.store.tables import broadcasts, notices, persons

PARTS = ("names", "exclude")


def forget(tx: Tx, person_id: int) -> None:
    """The person's name stands in no audience any more, unless somebody else has it too. Before the name itself goes."""
    name = tx.value(select(persons.c.name).where(persons.c.id == person_id))
    if not name or _is_anothers(tx, name, person_id):
        return
    for number, audience in _with_names(tx):
        changed = {
            part: [gone(person_id) if word == name else word for word in audience.get(part, ())] for part in PARTS
        }
        if any(changed[part] != audience.get(part, []) for part in PARTS):
            known = {**audience, **{part: words for part, words in changed.items() if words}}
            tx.run(update(broadcasts).where(broadcasts.c.id == number).values(audience=known))


def naming(tx: Tx, person_ids: Collection[int]) -> list[int]:
    """The broadcasts whose audience names one of these persons; of one whose name is gone, those of which the person is a
    recipient by name and that still hold a name of nobody."""
    names = {row.name for row in tx.all(select(persons.c.name).where(persons.c.id.in_(person_ids))) if row.name}
    found = []
    for number, audience in _with_names(tx):
        said = {word for part in PARTS for word in audience.get(part, ())}
        if said & names or any(_may_name(tx, number, audience, one) for one in person_ids):
            found.append(number)
    return found


def _may_name(tx: Tx, number: int, audience: dict[str, list[str]], person_id: int) -> bool:
    names = audience.get("names", [])
    if not names or gone(person_id) in names:
        return False
    is_nameless = select(persons.c.id).where(persons.c.id == person_id, persons.c.name.is_(None))
    mine = select(notices.c.id).where(notices.c.broadcast_id == number, notices.c.person_id == person_id)
    if tx.first(is_nameless) is None or tx.first(mine.limit(1)) is None:
        return False
    known = {row.name for row in tx.all(select(persons.c.name).where(persons.c.name.in_(names)))}
    return any(name not in known and gone_id(name) is None for name in names)


def _is_anothers(tx: Tx, name: str, person_id: int) -> bool:
    same = select(persons.c.id).where(persons.c.name == name, persons.c.id != person_id)
    return tx.first(same.limit(1)) is not None


def _with_names(tx: Tx) -> Iterator[tuple[int, dict[str, list[str]]]]:
    for row in tx.all(select(broadcasts.c.id, broadcasts.c.audience).order_by(broadcasts.c.id)):
        if any(row.audience.get(part) for part in PARTS):
            yield row.id, row.audience
