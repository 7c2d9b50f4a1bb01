"""What `setup` tries before it writes: the platform's credentials, the address, the database and Redis. Each problem is one sentence."""

from collections.abc import Iterator, Mapping

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.probes import address, platform
from bot.texts import Texts
from config import settings
from config.queues import connect

SECONDS = 3.0


def problems(texts: Texts, values: Mapping[str, str]) -> Iterator[str]:
    """Every problem with what was told, in words."""
    known = settings.load(values)
    found = address.form(known.public)
    if found.wrong:
        yield texts.say(f"address.{found.wrong}", detail=found.detail)
    try:
        platform.sign_in(known.wechat_api_url, known.wechat_app_id, known.wechat_app_secret)
    except platform.Unanswered as error:
        yield platform.words_of(texts, error)
    yield from _database(texts, known.database_url)
    yield from _redis(texts, known.redis)


def _database(texts: Texts, url: str) -> Iterator[str]:
    """SQLite needs nothing; PostgreSQL must let us in."""
    if not url.startswith("postgresql"):
        return
    engine = create_engine(url, connect_args={"connect_timeout": int(SECONDS)}, hide_parameters=True)
    try:
        engine.connect().close()
    except SQLAlchemyError as error:
        yield texts.say("setup.no_database", reason=type(error).__name__)
    finally:
        engine.dispose()


def _redis(texts: Texts, url: str) -> Iterator[str]:
    client: Redis = connect(url, timeout=SECONDS)
    try:
        client.set("wutong:probe", "1", ex=10)
    except (RedisError, OSError) as error:
        yield texts.say("setup.no_redis", reason=type(error).__name__)
    finally:
        client.close()
