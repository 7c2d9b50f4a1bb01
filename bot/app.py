"""Where everything is wired: settings in, an application out. Nothing heavy is imported before it is needed.

A web process starts with what the platform and the operator's machines ask for. All that people and other programs see is
loaded with the first request for it, and the command line never.
"""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from bot.services.office import Office
    from bot.serving.server import Server
    from config.settings import Settings


@contextmanager
def _without_collections() -> Iterator[None]:
    """While much is loaded nothing becomes garbage; to look for it again and again takes a tenth of the start."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@_without_collections()
def create_app(given: "Settings | None" = None) -> "Flask":
    """All addresses and the command line. A wrong environment or list of places ends the process with one line."""
    from bot import cli, foundation
    from config import settings

    finds_a_command = given is None and cli.looks_up_a_command()
    try:
        office = foundation.opened(given or settings.enter("command line" if finds_a_command else "web"))
    except settings.SettingsError as error:
        if finds_a_command:
            return cli.without_office(error)
        sys.exit(f"wutong: {error}")
    app = _whole(office)
    cli.register(app)
    return app


@_without_collections()
def create_server() -> "Server":
    """What the web server calls (`Procfile`). Later collections leave out what is loaded here: one that walks all of it takes
    0.1 s, while others wait for the lock."""
    from bot import foundation
    from bot.services.reading import first_messages
    from bot.serving.in_parts import InParts
    from bot.serving.server import Server
    from bot.store.copies import unfinished
    from config import settings

    try:
        office = foundation.opened(settings.enter("web"))
    except settings.SettingsError as error:
        sys.exit(f"wutong: {error}")
    why_not = unfinished.why_not_to_start(office.db.engine)
    if why_not is not None:
        sys.exit(f"wutong: {why_not}")
    office.adjustable.load()
    server = Server(
        InParts(_small(office), lambda: _whole(office)), office.db, beside=partial(first_messages.read, office)
    )
    gc.freeze()
    return server


def _small(office: "Office") -> "Flask":
    from bot import foundation, sms_receipts
    from bot.api import probes
    from bot.wechat import webhook

    app = foundation.bare(office)
    for part in (webhook, probes, sms_receipts):
        part.register(app)
    return app


def _whole(office: "Office") -> "Flask":
    from bot import edges

    return edges.application(office)
