"""What is known of recipients is kept no longer than the privacy notice says, and goes with the person."""

from datetime import timedelta

from sqlalchemy import select

from bot.services.broadcasts.recipients import preferences
from bot.services.clock import retention
from bot.store.broadcasts import people
from bot.store.records import erase
from bot.store.sealed import identity
from bot.store.tables import broadcast_people, broadcast_preferences
from tests.services.broadcasts.scene import NOW, Scene


def declined(scene: Scene, person_id: int) -> int:
    """The person does not come to a meeting, and says why; its number."""
    number = scene.sent("meeting")
    key = identity.of_recipient(number, person_id)
    with scene.office.db.transaction() as tx:
        sealed = tx.vault.seal("孩子发烧", identity.of("broadcast_people", "reason_sealed", key))
        people.put(tx, number, person_id, coming=False, answered_at=NOW, reason_sealed=sealed)
    return number


def reasons(scene: Scene) -> list[bytes | None]:
    with scene.office.db.reading() as tx:
        return [row.reason_sealed for row in tx.all(select(broadcast_people))]


def test_a_reason_is_emptied_after_half_a_year_and_the_answer_stays(scene: Scene) -> None:
    (member,) = scene.members(1)
    declined(scene, member)
    retention.purge(scene.office, NOW + timedelta(days=179))
    assert None not in reasons(scene)
    retention.purge(scene.office, NOW + timedelta(days=181))
    assert reasons(scene) == [None]
    with scene.office.db.reading() as tx:
        assert [row.coming for row in tx.all(select(broadcast_people))] == [False]


def test_with_a_persons_account_the_reason_and_the_preferences_go(scene: Scene) -> None:
    (member,) = scene.members(1)
    declined(scene, member)
    with scene.office.db.transaction() as tx:
        preferences.mute(tx, member, "bulletin", muted=True)
        erase.broadcasts_of(tx, member, None, on_roster=False)
    assert reasons(scene) == [None]
    with scene.office.db.reading() as tx:
        assert tx.all(select(broadcast_preferences)) == []
