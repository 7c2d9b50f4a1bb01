"""An application in two parts: a small one from the start, and a whole one that is loaded when it is first needed."""

import re
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

from bot.serving.wsgi import Application, Environ

LATER = re.compile(r"/(?:console|h5|api)(?:/|$)")
"""The paths that need the whole application."""


class InParts:
    """Answers with the small application, and what is of `LATER` with the whole one."""

    def __init__(self, small: Application, whole: Callable[[], Application]) -> None:
        """`whole` loads that application; it is called once."""
        self._small, self._load = small, whole
        self._whole: Application | None = None
        self._loading = Lock()

    def __call__(self, environment: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        return self._for(environment["PATH_INFO"])(environment, start)

    def _for(self, path: str) -> Application:
        if not LATER.match(path):
            return self._small
        with self._loading:
            self._whole = self._whole or self._load()
        return self._whole
