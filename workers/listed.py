"""Which jobs a worker runs, by exact name and with which arguments. Nothing that Redis holds is ever imported."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Never

from rq.job import Job

from config.queues import DELIVER_JOB, FETCH_MEDIA_JOB, PUSH_MENU_JOB, RETRAIN_JOB, SIGN_IN_JOB
from workers import jobs

LARGEST_ID = 2**63 - 1
NIGHTS = timedelta(days=7)  # a night of training that is further from today is none the clock has asked for
SHOWN = 80  # characters of a refused name


class NotListed(Exception):
    """No job of this service, or not with these arguments. The message is fit for the log."""


def _nothing(given: Sequence[Any]) -> bool:
    return not given


def _an_id(given: Sequence[Any]) -> bool:
    return len(given) == 1 and type(given[0]) is int and 0 < given[0] <= LARGEST_ID


def _a_night(given: Sequence[Any]) -> bool:
    """One date as YYYY-MM-DD, near today."""
    if len(given) != 1 or not isinstance(given[0], str):
        return False
    try:
        night = date.fromisoformat(given[0])
    except ValueError:
        return False
    return night.isoformat() == given[0] and abs(night - datetime.now(UTC).date()) <= NIGHTS


LISTED: Mapping[str, tuple[Callable[..., object], Callable[[Sequence[Any]], bool]]] = {
    DELIVER_JOB: (jobs.deliver, _nothing),
    FETCH_MEDIA_JOB: (jobs.fetch_media, _an_id),
    PUSH_MENU_JOB: (jobs.push_menu, _nothing),
    RETRAIN_JOB: (jobs.retrain, _a_night),
    SIGN_IN_JOB: (jobs.sign_in, _nothing),
}


class ListedJob(Job):
    """A job whose function comes from the list. What else a job in Redis may ask for (a method of an object, callbacks,
    calls of web addresses, a place behind other jobs) is not done."""

    @property
    def func(self) -> Callable[..., object]:
        """The listed function. NotListed."""
        return check(self)

    @property
    def success_callback(self) -> None:
        return None

    @property
    def failure_callback(self) -> None:
        return None

    @property
    def stopped_callback(self) -> None:
        return None

    def restore(self, raw_data: Any) -> Any:
        restored = super().restore(raw_data)
        self.webhooks = []
        return restored


def check(job: Job) -> Callable[..., object]:
    """The function of this job. NotListed where its name, its arguments or its form is another one."""
    try:
        name, args, more = job.func_name, job.args, job.kwargs
        bound = job.instance
    except Exception:  # noqa: BLE001 - bytes of somebody else's making
        _refuse("unreadable")
    if not isinstance(name, str) or name not in LISTED:
        _refuse(repr(name)[:SHOWN])
    function, fits = LISTED[name]
    if bound is not None or more or not isinstance(args, list | tuple) or not fits(args):
        _refuse(f"{name} with other arguments")
    return function


def _refuse(what: str) -> Never:
    raise NotListed(what)
