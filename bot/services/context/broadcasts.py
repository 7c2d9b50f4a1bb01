"""What staff write for many, in the chat. See `bot.dialogue.interface.ports.broadcasts.Broadcasts`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from bot.broadcasts.audience import Audience
from bot.broadcasts.audience_words import whole_name
from bot.broadcasts.life import NOT_OVER, SHOWN_FOR
from bot.broadcasts.written import Details, Written, as_written
from bot.dialogue.interface.broadcast import NotReached, Preview, TextTemplate
from bot.dialogue.interface.ports.broadcasts import AudienceParts
from bot.dialogue.interface.under_way import Progress, Unanswered
from bot.dialogue.interface.work import LastReminder
from bot.errors import NotAllowed, NotFound
from bot.orders.rights import ADMIN, DISCIPLINE
from bot.services.broadcasts import report, sending, telling
from bot.services.broadcasts.drafts import admitting, approving, preview, rejecting, writing
from bot.services.broadcasts.found import found, may_approve
from bot.services.broadcasts.recipients import attendance, comings, offline
from bot.services.broadcasts.times import hours
from bot.services.context.turn import Turn
from bot.services.notices.words import broadcast_words
from bot.services.reading import typed_text
from bot.store.broadcasts import written as store
from bot.store.broadcasts.rows import Broadcast
from bot.store.persons import people

SHOWN = "shown"  # in the session: texts to approve that were shown, by number
MOST = 8  # of one's own broadcasts in one reply


@dataclass(frozen=True, slots=True)
class Broadcasts:
    """What the speaker may do about broadcasts that staff write."""

    turn: Turn

    def audience_words(self) -> Mapping[str, Any]:
        words: Mapping[str, Any] = self._tables["audience"]
        return words

    def role_words(self) -> Mapping[str, str]:
        words: Mapping[str, Any] = self._tables["roles"]
        return words

    def kind_words(self) -> Mapping[str, str]:
        words: Mapping[str, Any] = self._tables["kind_words"]
        return words

    def way_words(self) -> Mapping[str, str]:
        words: Mapping[str, Any] = self._tables["way_words"]
        return words

    def said(self, name: str) -> str:
        patterns: Mapping[str, str] = self._tables["said"]
        return patterns[name]

    @property
    def _tables(self) -> Mapping[str, Any]:
        tables: Mapping[str, Any] = self.turn.office.texts.sentences["broadcast"]
        return tables

    def names_in(self, text: str) -> Sequence[str]:
        names = sorted({row.name for row in people.roster(self.turn.tx) if row.name}, key=len, reverse=True)
        found: dict[str, int] = {}
        for name in names:  # the longest first: nothing is read out of the middle of another name
            place = re.search(whole_name(name), text)
            if place is not None:
                found[name] = place.start()
                text = re.sub(whole_name(name), lambda met: " " * len(met[0]), text)
        return sorted(found, key=lambda name: found[name])

    def count_audience(self, audience: AudienceParts, kind: str) -> int:
        turn, meant = self.turn, Audience.of(audience)
        admitting.check_audience(turn.office, turn.tx, meant, kind)
        turn.office.resting.now()  # so that it is known when the preview comes
        return preview.count_audience(turn.tx, meant, kind)

    def local(self, at: datetime) -> datetime:
        return self.turn.local(at)

    def held(self, details: Details | None) -> str:
        office = self.turn.office
        return broadcast_words.held(office.texts, details, hours(office.settings).zone)

    def templates(self, kind: str | None) -> Sequence[TextTemplate]:
        known = self.turn.office.templates
        return [
            TextTemplate(
                each.key, each.name, each.version, each.kind, each.title, each.body,
                [(place, known.hints.get(place, "")) for place in each.places],
            )
            for each in known.by_key.values() if kind in (None, each.kind)
        ]  # fmt: skip

    def preview(self, new: Written) -> Preview:
        turn = self.turn
        within = preview.named_to(turn.me.rights)
        return preview.preview(turn.office, turn.tx, new, turn.now, within=within)

    def approvers(self) -> Sequence[tuple[int, str]]:
        return approving.possible(self.turn.tx, self.turn.me.id)

    def create(self, new: Written, asked_id: int) -> int:
        turn = self.turn
        return writing.create_within(turn.office, turn.tx, turn.me.id, new, turn.now, asked_id=asked_id)

    def is_newer(self, number: int) -> bool:
        return telling.is_newer(self.turn.tx, found(self.turn.tx, number), self.turn.me.id)

    def is_to_be_read(self, number: int) -> bool:
        turn, row = self.turn, found(self.turn.tx, number, lock=True)
        if not approving.awaits(turn.tx, row, turn.me.id):
            return False
        since = turn.now - SHOWN_FOR
        known = turn.session.data.get(SHOWN, {}).get(str(number))
        read_here = (
            known is not None and known["text"] == _text_of(row) and datetime.fromisoformat(known["at"]) >= since
        )
        return not read_here and not telling.was_told(turn.tx, row, turn.me.id, since, turn.now)

    def show(self, number: int) -> None:
        turn, row = self.turn, found(self.turn.tx, number)
        telling.was_shown(turn.tx, row, turn.me.id, turn.now)
        shown = turn.session.data.setdefault(SHOWN, {})
        shown[str(number)] = {"text": _text_of(row), "at": turn.now.isoformat()}

    def shown_last(self) -> tuple[str, datetime] | None:
        shown: Mapping[str, Mapping[str, str]] = self.turn.session.data.get(SHOWN, {})
        times = {number: datetime.fromisoformat(known["at"]) for number, known in shown.items()}
        return max(times.items(), key=lambda each: each[1]) if times else None

    def approve(self, number: int) -> None:
        approving.approve_within(self.turn.office, self.turn.tx, number, self.turn.me.id, self.turn.now)

    def reject(self, number: int, note: str) -> None:
        turn = self.turn
        sealed = not typed_text.tells_of_nobody(turn.office, note, of_text=True) and typed_text.is_sealed(
            turn.office, note
        )
        kept = turn.say("broadcast.reason_set_aside") if sealed else note
        rejecting.reject(turn.tx, number, turn.me.id, kept, turn.now)

    def not_reached(self, number: int) -> Sequence[NotReached]:
        turn, row = self.turn, found(self.turn.tx, number)
        seen = preview.preview(turn.office, turn.tx, as_written(row), turn.now, within=frozenset())
        return [replace(one, names=()) for one in seen.not_reached]

    def mass_line(self, number: int) -> str:
        turn = self.turn
        return preview.mass_line(turn.office, turn.tx, as_written(found(turn.tx, number)), turn.now)

    def progress(self, number: int) -> Progress:
        row = found(self.turn.tx, number)
        if row.author_id != self.turn.me.id and not may_approve(self.turn.tx, self.turn.me.id):
            raise NotAllowed("broadcast.not_yours", number=number)
        return self._progress(row)

    def _progress(self, row: Broadcast) -> Progress:
        seen = report.report(self.turn.tx, row.id, self.turn.now)
        counts = asdict(seen.counts)
        del counts["open"]
        is_mine = row.author_id == self.turn.me.id
        return Progress(
            row.id, row.kind, row.title, row.body + self.held(row.details), seen.author, seen.state, **counts, approvers=seen.approvers, is_mine=is_mine
        )  # fmt: skip

    def mine(self) -> Sequence[Progress]:
        rows = store.listed(self.turn.tx, author_id=self.turn.me.id, states=NOT_OVER)
        return [self._progress(row) for row in rows if row.closed_at is None][:MOST]

    def pause(self, number: int) -> None:
        sending.pause(self.turn.tx, number, self.turn.me.id, self.turn.now)

    def resume(self, number: int) -> str:
        return sending.resume(self.turn.tx, number, self.turn.me.id, self.turn.now)

    def recall(self, number: int, correction: str) -> int:
        turn = self.turn
        return sending.recall(turn.office, turn.tx, number, turn.me.id, turn.now, correction=correction)

    def unanswered(self, number: int) -> Sequence[Unanswered]:
        rows = offline.unanswered(self.turn.tx, number, self.turn.me.id)
        return [Unanswered(row.person_id, row.name, row.told_at is not None) for row in rows]

    def told_by_hand(self, number: int, person_id: int, how: str) -> None:
        offline.tell(self.turn.tx, number, person_id, self.turn.me.id, how, self.turn.now)

    def not_there(self, number: int) -> Sequence[tuple[int, str]]:
        try:
            found = comings.answers(self.turn.tx, number, self.turn.me.id)
        except (NotAllowed, NotFound):
            return ()
        return [(one.person_id, one.name) for one in found.people if one.signed_in_at is None]

    def sign_in_by_hand(self, number: int, person_id: int) -> None:
        turn = self.turn
        attendance.sign_in_by_hand(turn.office, turn.tx, number, person_id, turn.me.id, turn.now)

    def newest(self) -> LastReminder | None:
        """The newest reminder that was approved: one's own; of administrators and the discipline staff anybody's."""
        turn = self.turn
        row = store.newest(turn.tx, None if turn.me.rights.holds(ADMIN, DISCIPLINE) else turn.me.id)
        if row is None:
            return None
        counts = report.figures(turn.tx, row)
        return LastReminder(row.id, row.title, counts.recipients, counts.acked)


def _text_of(row: Broadcast) -> str:
    """What an approval is for."""
    return f"{row.version} {row.digest}"
