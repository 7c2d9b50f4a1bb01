"""The JSON API for other programs."""

from flask import Flask

from bot.api import broadcasts, figures, openapi, orders


def register(app: Flask) -> None:
    """Add the routes to the application."""
    for blueprint in (orders.blueprint, figures.blueprint, broadcasts.blueprint, openapi.blueprint):
        app.register_blueprint(blueprint, url_prefix="/api/v1")
