"""The headers of every page: nothing is loaded from elsewhere, framed, kept by the browser or told to other sites."""

from flask import Blueprint, Response, current_app, request

POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "connect-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
))  # fmt: skip
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
YEAR = 31536000  # seconds


def add(blueprint: Blueprint) -> None:
    """To every answer of the blueprint, also to its errors."""
    blueprint.after_request(_add)


def _add(response: Response) -> Response:
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    if not response.headers.get("Cache-Control"):
        response.headers["Cache-Control"] = "no-store"
    if is_secure():
        response.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}")
    return response


def is_secure() -> bool:
    """Whether people reach the pages by https, be it through a proxy."""
    public: str = current_app.extensions["office"].settings.public_url
    return request.is_secure or public.startswith("https://")
