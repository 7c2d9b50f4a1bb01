"""`python -m tests.sandbox`: starts the sandbox alone; every option may also be given in the environment."""

import argparse
import os
import socket
import sys

from tests.sandbox.options import OptionsError, from_environ
from tests.sandbox.server import serve

NAMES = {
    "port": ("SANDBOX_PORT", "port to listen on (8001)"),
    "service": ("SANDBOX_SERVICE_URL", "the service's webhook (http://127.0.0.1:8000/wechat)"),
    "app-id": ("WECHAT_APP_ID", "app id"),
    "secret": ("WECHAT_APP_SECRET", "app secret"),
    "token": ("WECHAT_TOKEN", "token of the webhook"),
    "aes-key": ("WECHAT_AES_KEY", "EncodingAESKey; without --mode it means safe mode"),
    "mode": ("SANDBOX_MODE", "plain, compatible or safe"),
    "format": ("SANDBOX_FORMAT", "of what is pushed: xml or json (xml)"),
    "cast": ("SANDBOX_CAST", "people: a JSON file, also the output of roster import"),
    "templates": ("WECHAT_TEMPLATES", "the account's templates: JSON, or a file of it"),
    "stories": ("SANDBOX_STORIES", "folder of the stories that are offered (tests/stories)"),
    "deadline": ("SANDBOX_DEADLINE", "seconds the service has for an answer (5)"),
}


def main() -> None:
    """Read options and serve until SIGTERM or Ctrl-C. Exits with one line where an option is wrong or the port is taken."""
    parser = argparse.ArgumentParser("python -m tests.sandbox", description="The WeChat platform on this machine.")
    for name, (variable, words) in NAMES.items():
        parser.add_argument(f"--{name}", dest=variable, help=f"{words} [{variable}]")
    given = {name: value for name, value in vars(parser.parse_args()).items() if value is not None}
    try:
        options = from_environ({**os.environ, **given})
    except OptionsError as error:
        sys.exit(f"sandbox: {error}")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((options.host, options.port))
        except OSError:
            sys.exit(f"sandbox: port {options.port} is taken; stop what uses it or set SANDBOX_PORT to another one")
    serve(options)


if __name__ == "__main__":
    main()
