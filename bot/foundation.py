"""What every application of ours stands on: the office, sessions, proxies, and how errors are answered."""

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from werkzeug.exceptions import HTTPException

from bot.api import problems
from bot.client_address import TrustedProxies
from bot.pages import refused
from bot.services.office import Office, open_office
from bot.services.work_queue import Nudge
from config import logging
from config.settings import Settings


class Sessions(SecureCookieSessionInterface):
    """As Flask's own, but nothing is signed for a request without a session's cookie: the platform never sends one."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """None would be an error; an empty session is written only where something is put into it."""
        if "HTTP_COOKIE" not in request.environ or self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


def opened(known: Settings) -> Office:
    """The office of these settings. SettingsError where its files cannot be right."""
    logging.configure(known.log_level)
    return open_office(known, Nudge(known.redis))


def bare(office: Office) -> Flask:
    """An application of the office, without any address."""
    known = office.settings
    app = Flask("bot", template_folder=refused.TEMPLATES)
    app.config["SECRET_KEY"] = known.secret_key
    app.session_interface = Sessions()
    app.extensions["office"] = office
    if known.trusted_proxies:
        app.wsgi_app = TrustedProxies(app.wsgi_app, known.trusted_proxies)  # type: ignore[method-assign]
    refused.register(app)
    problems.register(app)
    app.register_error_handler(HTTPException, _answer)
    return app


def _answer(error: HTTPException) -> Response | HTTPException:
    """To an error that no blueprint answers: a problem document below /api/, elsewhere a page."""
    return problems.answer(error) if request.path.startswith(problems.PATH) else refused.answer(error)
