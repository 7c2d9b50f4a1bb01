"""All edges of the service: webhook, API, the pages for people."""

from flask import Flask

import bot.console
import bot.h5
from bot import foundation, sms_receipts
from bot.api import probes, routes
from bot.services.office import Office
from bot.wechat import webhook


def application(office: Office) -> Flask:
    """Every address of an office."""
    app = foundation.bare(office)
    for part in (webhook, probes, routes, bot.console, bot.h5, sms_receipts):
        part.register(app)
    return app
