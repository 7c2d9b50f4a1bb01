"""Where everything is wired: settings in, a Flask application out."""

import gc
import sys

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from werkzeug.exceptions import HTTPException

import bot.api
import bot.console
import bot.h5
import bot.sms_receipts
from bot import cli
from bot.api import problems
from bot.client_address import TrustedProxies
from bot.pages import refused
from bot.services.office import Office, open_office
from bot.services.work_queue import Nudge
from bot.serving.server import Server
from bot.store.copies import unfinished
from bot.wechat import webhook
from config import logging, settings
from config.settings import Settings, SettingsError


class Sessions(SecureCookieSessionInterface):
    """As Flask's own, but nothing is signed for a request without a session's cookie: the platform never sends one."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """None would be an error; an empty session is written only where something is put into it."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


def create_app(given: Settings | None = None) -> Flask:
    """The web process and the command line. A wrong environment or list of places ends the process with one line."""
    try:
        known = given or settings.enter("command line" if cli.looks_up_a_command() else "web")
        logging.configure(known.log_level)
        office = open_office(known, Nudge(known.redis))
    except SettingsError as error:
        if given is None and cli.looks_up_a_command():
            return cli.without_office(error)
        sys.exit(f"wutong: {error}")
    app = Flask("bot", template_folder=refused.TEMPLATES)
    app.config["SECRET_KEY"] = known.secret_key
    app.session_interface = Sessions()
    app.extensions["office"] = office
    if known.trusted_proxies:
        app.wsgi_app = TrustedProxies(app.wsgi_app, known.trusted_proxies)  # type: ignore[method-assign]
    refused.register(app)
    webhook.register(app)
    bot.api.register(app)
    bot.console.register(app)
    bot.h5.register(app)
    bot.sms_receipts.register(app)
    app.register_error_handler(HTTPException, _answer)
    cli.register(app)
    return app


def _answer(error: HTTPException) -> Response | HTTPException:
    """To an error that no blueprint answers: a problem document below /api/, elsewhere a page."""
    return problems.answer(error) if request.path.startswith(problems.PATH) else refused.answer(error)


def create_server() -> Server:
    """What the web server calls (`Procfile`)."""
    app = create_app()
    office: Office = app.extensions["office"]
    why_not = unfinished.why_not_to_start(office.db.engine)
    if why_not is not None:
        sys.exit(f"wutong: {why_not}")
    office.adjustable.load()
    gc.collect()
    gc.freeze()  # what was loaded stays; a collection that walks all of it takes 0.1 s, while others wait for the lock
    return Server(app, office.db, threads=office.db.at_a_time)
