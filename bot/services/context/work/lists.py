"""Lists of the work before staff. See `bot.dialogue.interface.ports.orders.Lists`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.dialogue.interface.work import Listed, ListName, Page
from bot.orders.lifecycle import State
from bot.orders.order import Order
from bot.orders.restricted import is_restricted_lane
from bot.services.context.orders.alike_orders import AlikeOrders
from bot.services.context.turn import Turn
from bot.store.reads import work_lists
from bot.store.reads.word_filters import Word
from bot.store.reads.work_lists import LOOKED, SHOWN, Place, Wanted
from bot.understanding.categories import UNKNOWN
from bot.understanding.extract.numerals import spoken, to_digits
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import fold, simplify

SOON = timedelta(days=3)
SURE = 0.5  # confidence from which a word's category counts
WAITING, IN_HAND = (State.SUBMITTED, State.NEEDS_INFO), (State.ACCEPTED,)
UNTAKEN = (State.OFFERED, State.OPEN)
OPEN = (*WAITING, State.OPEN, State.OFFERED, State.ACCEPTED, State.DONE)
_RULES = Rules("lists")


@dataclass(frozen=True, slots=True)
class Lists:
    """Pages of lists for the speaker: of the communities that this person answers for."""

    turn: Turn
    alike: AlikeOrders

    def page(self, name: ListName, words: str = "", after: Sequence[Any] | None = None) -> Page:
        """The orders of a list that fit all words, behind the position."""
        ways = self.ways(words, after) if self.turn.me.rights.decides else []
        rows = next((found for wanted in ways if (found := self._rows(name, wanted))), [])
        total = rows[0].total if rows else 0
        return Page([self.listed(row) for row in rows], total, LOOKED, position(rows[-1]) if total > SHOWN else None)

    def find(self, words: str, states: Sequence[str]) -> Sequence[Order]:
        """The most urgent orders in these states that fit all words; none where the words say nothing."""
        ways = self.ways(words, None) if self.turn.me.rights.decides else []
        says = [wanted for wanted in ways if wanted.words or wanted.urgencies != work_lists.URGENCIES]
        return next((rows for wanted in says if (rows := work_lists.in_states(self.turn.tx, wanted, states))), [])

    def _rows(self, name: ListName, wanted: Wanted) -> Sequence[Any]:
        turn = self.turn
        if name in ("overdue", "due_soon"):
            since, until = (None, turn.now) if name == "overdue" else (turn.now, turn.now + SOON)
            return work_lists.due(turn.tx, wanted, since, until, turn.office.reader.communities())
        if name == "today":
            return work_lists.received(turn.tx, wanted, turn.midnight())
        states = {"waiting": WAITING, "in_hand": IN_HAND, "untaken": UNTAKEN}.get(name, OPEN)
        return work_lists.in_states(turn.tx, wanted, states)

    def listed(self, row: Any) -> Listed:
        """A row of `bot.store.reads.work_lists` for a list."""
        return Listed(row, row.handler_name, self._same(row))

    def _same(self, row: Any) -> str | None:
        """The code of the order that it may be the same as, while that one is open and kept from nobody."""
        if row.same_code is None or is_restricted_lane(row.same_lane) or row.same_excludes:
            return None
        if row.same_merged is not None:
            other = self.alike.first(row)
            return other.code if other else None
        return row.same_code if row.same_state != State.CLOSED else None

    def ways(self, words: str, after: Sequence[Any] | None) -> list[Wanted]:
        """What the words ask for: first the orders that they are told in or that they name the category of; where there are none, those
        of the category that they are read as, too. None at all where they name a community that is not this person's."""
        found = self.wanted(words, after)
        if found is None:
            return []
        read = [replace(word, categories={*word.categories, *self._read_as(word)}) for word in found.words]
        return [found] if read == found.words else [found, replace(found, words=read)]

    def wanted(self, words: str, after: Sequence[Any] | None) -> Wanted | None:
        """As the first of `ways`; None without any."""
        scope = self.turn.me.rights.scope()
        places: set[Place] | None = None if scope is None else {*scope, None}
        named, urgencies, left = self._understood(words)
        if named:
            places = set(named) if places is None else places & set(named)
            if not places:
                return None
        fitting = [self._word(word) for word in left]
        position = (str(after[0]), datetime.fromisoformat(after[1]), int(after[2])) if after else None
        return Wanted(
            places, self.turn.reader, urgencies or work_lists.URGENCIES, [word for word in fitting if word], position
        )

    def _understood(self, words: str) -> tuple[list[str], list[str], list[str]]:
        """(communities, urgencies, what is left of the words)."""
        said, data = fold(words), self.turn.office.texts.sentences["work"]
        communities = []
        for name in self.turn.office.reader.communities():
            short = name.removesuffix(data["community"])
            for form in (name, short):
                if form in said:
                    communities.append(name)
                    said = said.replace(form, " ")
                    break
        urgencies: set[str] = set()
        for form, meant in sorted(data["urgency"].items(), key=lambda item: -len(item[0])):
            if form in said:
                urgencies.update(meant)
                said = said.replace(form, " ")
        for filler in data["fillers"]:
            said = said.replace(filler, " ")
        return communities, sorted(urgencies), _RULES.split.sub(r"\1 ", said).split()

    def _word(self, word: str) -> Word:
        forms = {word, _RULES.numbered.sub(lambda found: to_digits(found[1]) + found[2], word)}
        forms |= {_RULES.numbered.sub(lambda found: spoken(found[1]) + found[2], form) for form in set(forms)}
        categories = self.turn.office.reader.categories.values()
        named = {each.code for each in categories if word in simplify(f"{each.level1} {each.name}").text}
        parts = [
            (each.code, telling)
            for each in categories
            if each.code not in named
            for name, telling in each.particular
            if any(word in known for known in (name, *telling))
        ]
        return Word(forms, named, parts)

    def _read_as(self, word: Word) -> set[str]:
        """The category that a word is read as, where that holds matters of one kind: a wish may be for anything."""
        meant = self.turn.office.understand(min(word.forms))
        sure = meant.category != UNKNOWN and meant.confidence >= SURE
        return {meant.category} if sure and meant.lane != "wish" else set()


def position(row: Any) -> Sequence[object]:
    """Where the next page goes on, as JSON has it."""
    return [row.urgency, row.limit_at.isoformat(), row.id]
