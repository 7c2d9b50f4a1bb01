"""The service for other programs: probes, metrics and the JSON API."""

from flask import Flask

from bot.api import broadcasts, figures, openapi, orders, probes, problems


def register(app: Flask) -> None:
    """Add the routes and the problem documents to the application."""
    app.register_blueprint(probes.blueprint)
    for blueprint in (orders.blueprint, figures.blueprint, broadcasts.blueprint, openapi.blueprint):
        app.register_blueprint(blueprint, url_prefix="/api/v1")
    problems.register(app)
