"""`python -m tests.sandbox`: the sandbox on SANDBOX_PORT, wired to the service by the environment."""

import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType

from werkzeug.serving import WSGIRequestHandler, make_server

from tests.sandbox.app import create_app


class Quiet(WSGIRequestHandler):
    """HTTP/1.1 with kept-alive connections, and no line per request."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """The wire log on the page says it better."""


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    known = os.environ
    cast = Path(known.get("SANDBOX_CAST", "/nonexistent"))
    app = create_app(
        app_id=known["WECHAT_APP_ID"], secret=known["WECHAT_APP_SECRET"], token=known["WECHAT_TOKEN"],
        aes_key=known.get("WECHAT_AES_KEY", ""), service=known["SANDBOX_SERVICE_URL"],
        templates=json.loads(known.get("WECHAT_TEMPLATES") or "{}"),
        cast=json.loads(cast.read_text("utf-8")) if cast.exists() else [],
    )  # fmt: skip
    server = make_server("127.0.0.1", int(known.get("SANDBOX_PORT", "8001")), app, threaded=True, request_handler=Quiet)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        server.server_close()
        sys.exit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    server.serve_forever()


if __name__ == "__main__":
    main()
