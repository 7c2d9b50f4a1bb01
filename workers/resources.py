"""What a worker process needs, opened once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from redis import Redis

from bot import texts as languages
from bot.orders.time_limits import calendar, limits
from bot.services.notices.reach.ways import ways_of
from bot.services.notices.rules import known_channels, rules, usual_order
from bot.services.settings.adjustable import CHANNELS, TEXT, Adjustable
from bot.services.settings.settings_cache import SettingsCache
from bot.services.work_queue import Nudge
from bot.store.database import Database, open_database
from bot.texts import Texts
from config import settings as environment
from config.queues import connect
from config.settings import CONFIG_DIR, Settings
from workers.channels.channel import Means
from workers.sending.groups import limits as limits_of_all
from workers.sending.groups import open_groups
from workers.sending.journal import FOLDER, Journal
from workers.sending.mass import Mass
from workers.sms.account import open_account
from workers.wechat.platform import Platform
from workers.wechat.quota import Quota


@dataclass(frozen=True, slots=True)
class Desk:
    """The workers' office: smaller than `Office`, as nothing is understood here."""

    settings: Settings
    db: Database
    adjustable: SettingsCache
    redis: "Redis"
    means: Means
    journal: Journal
    nudge: Callable[[], None]

    @property
    def texts(self) -> Texts:
        """The sentences as they are now."""
        return self.adjustable.present.texts

    def close(self) -> None:
        self.journal.close()
        self.means.platform.close()
        if self.means.groups is not None:
            self.means.groups.close()
        self.redis.close()
        self.db.close()


def open_desk(settings: Settings) -> Desk:
    """Reads data and makes pools; connects to nothing yet."""
    texts = languages.load(CONFIG_DIR)
    redis = connect(settings.redis, timeout=2.0)
    quota = Quota(redis, limits_of_all(settings, rules()["quota"]))
    platform = Platform(settings, redis, quota, rules()["pause_seconds"])
    db = open_database(settings)
    pages = f"{settings.public}/h5/" if settings.public.startswith("https://") else ""
    files = Adjustable(
        limits.load(CONFIG_DIR),
        calendar.load(CONFIG_DIR),
        {},
        texts,
        channels=usual_order(),
        known_channels=known_channels(),
    )
    adjustable = SettingsCache(db, files, (TEXT, CHANNELS))
    means = Means(
        platform, ways_of(settings, lambda: adjustable.present.channels), texts.say("outbox.nothing"), texts.say("outbox.rest"),
        sms=open_account(settings, redis, quota, db, rules()["sms"]), pages=pages,
        groups=open_groups(settings, db, quota, texts.say("outbox.group")), mass=Mass(platform, db),
    )  # fmt: skip
    journal = Journal(settings.var_dir / FOLDER)
    return Desk(settings, db, adjustable, redis, means, journal, Nudge(settings.redis, every=0))


@cache
def desk() -> Desk:
    """This process's desk, from the environment."""
    return open_desk(environment.load(process="worker"))
