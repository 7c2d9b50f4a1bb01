"""A member's card (亮身份), put right by an administrator; what residents read of it stays the member's own choice."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.characters import clean
from bot.console import access, shown
from bot.errors import NotUnderstood
from bot.services import member_cards
from bot.services.console.people import listed
from bot.services.member_cards import FIELDS, Line

LONGEST = 200  # characters of what is typed

blueprint = Blueprint("people_card", __name__)


@blueprint.get("/people/<int(max=999999999999999):person_id>/card")
def card(person_id: int) -> ResponseReturnValue:
    """The six fields."""
    office, seat = access.the_office(), access.seat()
    return _render(person_id, list(member_cards.of_member(office, seat, person_id)))


@blueprint.post("/people/<int(max=999999999999999):person_id>/card")
def save(person_id: int) -> ResponseReturnValue:
    """The words as they were put right. What may not stand there is shown again with the reason."""
    office, seat = access.the_office(), access.seat()
    given = {name: clean(request.form.get(f"text-{name}", ""))[:LONGEST] for name in FIELDS}
    try:
        member_cards.put_right(office, seat, person_id, given, datetime.now(UTC))
    except NotUnderstood as refused:
        return _render(person_id, [Line(name, given[name], is_open=False) for name in FIELDS], refused)
    shown.note("card_fields.saved", good=True)
    return redirect(url_for("console.people.people"), 303)


def _render(person_id: int, lines: list[Line], refused: NotUnderstood | None = None) -> str:
    office = access.the_office()
    why = office.say_on_page(refused.key, **refused.facts) if refused is not None else None
    person = listed.one(office, access.seat(), person_id)
    return render_template("console/people_card.html", person=person, lines=lines, refused=why)
