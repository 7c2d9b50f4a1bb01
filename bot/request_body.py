"""How large the body of a request may be, and reading one up to a limit."""

import re

from flask import abort, request

LARGEST = 1024 * 1024
"""Bytes of a body; more is 413."""
WITH_PICTURES, LARGEST_WITH_PICTURES = re.compile(r"/h5/(new|orders/[0-9]{6,8}/pictures)"), 16 * LARGEST
"""The paths of forms that bring pictures, and what may come there. nginx has the same (config/deploy/nginx)."""
PAGES = re.compile(r"/(?:console|h5)/")
"""Where people read what is refused; elsewhere programs do."""
REFUSED = "wutong.refused"
"""In the environment of a request: the status with which the server refused its body, which is not there."""
SINCE = "wutong.since"
"""In the environment of a request: time.monotonic() when its body was whole."""
DEFERS = "wutong.defers"
"""In the environment of a request: whether the server itself commits what it changed and makes it durable, before it answers."""
BRIEF = "/wechat"
"""The path whose requests are so short that the answer to one may wait for the next ones."""


def largest(path: str) -> int:
    """Bytes that a body to this path may have."""
    return LARGEST_WITH_PICTURES if WITH_PICTURES.fullmatch(path) else LARGEST


def read_body(limit: int) -> bytes:
    """The whole body; memory is taken as it arrives. 413 where it has more than `limit` bytes, with a Content-Length or
    without one.

    The stream may give one byte more than the limit: where a chunked body reaches the stream's own limit, the stream
    ends in silence, and a body that was cut would look whole.
    """
    around = request.environ
    if SINCE in around:  # the server has read it
        body: bytes = around["wsgi.input"].read(limit + 1)
    else:
        if (request.content_length or 0) > limit:
            abort(413)
        request.max_content_length = limit + 1
        body = request.get_data(cache=False)
    if len(body) > limit:
        abort(413)
    return body
