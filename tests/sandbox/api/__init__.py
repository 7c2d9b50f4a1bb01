"""The platform's APIs: one module for each family, and the list of them."""

from flask import Blueprint, Response, request

from tests.sandbox.account.errors import PlatformError
from tests.sandbox.api import (
    credentials,
    custom,
    mass,
    media,
    menu,
    oauth,
    qrcode,
    subscription,
    subscription_templates,
    tags,
    template,
    users,
)  # fmt: skip
from tests.sandbox.api.call import answer_json, view
from tests.sandbox.platform import Platform

FAMILIES = (
    credentials, custom, template, subscription, subscription_templates, mass, menu, tags, users, qrcode, media, oauth,
)  # fmt: skip


def blueprint(platform: Platform) -> Blueprint:
    """All APIs at the platform's own addresses; an unknown one answers errcode 40066."""
    made = Blueprint("api", __name__)
    for family in FAMILIES:
        for route in family.ROUTES:
            made.add_url_rule(route.path, f"{route.method} {route.path}", view(platform, route), methods=[route.method])
    made.add_url_rule(
        "/connect/oauth2/authorize", "authorize", lambda: oauth.authorize(platform, request.args), methods=["GET"]
    )

    @made.route("/cgi-bin/<path:rest>", methods=["GET", "POST"])
    def unknown(rest: str) -> Response:
        return answer_json(PlatformError(40066, "invalid url").answer(platform.clock.now()))

    return made
