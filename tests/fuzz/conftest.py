"""The application that mutated pushes go to."""

from tests.wechat.conftest import shared_app as shared_app
