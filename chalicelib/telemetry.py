"""What a deployment tells of itself: one line of JSON per log record with nothing personal in it,
and six metrics.

Locally records stay as Python writes them and metrics are dropped. Powertools is imported with the
first record or metric, for most invocations write neither.
"""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from functools import cache, wraps
from pathlib import PurePath
from traceback import extract_tb
from typing import Any, Literal, Protocol, TypeVar

from chalicelib.config import config

Metric = Literal["Unforeseen", "Delivered", "Retried", "Dead", "TickLag", "EscalationLag"]
"""In the namespace Messenger with the dimension `stage`; each costs 0.30 $ a month it is used in.

Unforeseen: requests and jobs that failed as nobody foresaw (alarm). Delivered, Retried, Dead: how
attempts to deliver ended (dashboard; the last one alarm). TickLag: seconds from the minute that a
tick was due to its end (alarm). EscalationLag: seconds from when a conversation should have moved
on until it did (alarm).
"""

NAMESPACE = "Messenger"
SECONDS = frozenset({"TickLag", "EscalationLag"})
"""All other metrics are counts."""

OURS = "messenger"
MOST_CAUSES, MOST_FRAMES = 4, 12
"""Of an exception in the log."""

logger = logging.getLogger(OURS)
A = TypeVar("A")


class JobFailed(Exception):  # noqa: N818  # it names what happened
    """What a job raises in place of the original, whose words Lambda would write to the log."""


class Context(Protocol):
    """What is read of Lambda's context."""

    function_name: str
    aws_request_id: str


class Event(Protocol):
    context: Any


E = TypeVar("E", bound=Event)


def job(act: Callable[[E], A]) -> Callable[[E], A]:
    """For each function that runs in the background, right above `def`:

        @blueprint.schedule(Rate(1, unit=Rate.MINUTES))
        @telemetry.job
        def tick(event: CloudWatchEvent) -> None: ...

    Its records carry the function, the request id and whether the process is new; its metrics are
    written at its end; a failure is logged, counted as Unforeseen and raised as JobFailed, so that
    the event is repeated.
    """

    @wraps(act)
    def run(event: E) -> A:
        with _invocation(event.context, act.__name__):
            try:
                return act(event)
            except Exception as error:
                unforeseen("job failed")
                raise JobFailed(type(error).__name__) from None

    return run


def request(event: Any, get_response: Callable[[Any], Any]) -> Any:
    """Chalice's middleware for requests: the same for every route, by its template."""
    about: dict[str, Any] = event.context
    with _invocation(event.lambda_context, f"{about['httpMethod']} {about['resourcePath']}"):
        return get_response(event)


def frame(event: Any, get_response: Callable[[Any], Any]) -> Any:
    """The same for sockets."""
    with _invocation(event.context, event.to_dict()["requestContext"]["routeKey"]):
        return get_response(event)


def called(route: str) -> None:
    """The frame under way calls this route."""
    _facts["route"] = route


def measure(name: Metric, value: float = 1) -> None:
    """Adds a value to a metric: a count, or the seconds of a lag."""
    _values.append((name, value))


def unforeseen(words: str) -> None:
    """Logs the exception being handled, and counts it. `words` are a constant."""
    logger.exception(words, stacklevel=2)
    measure("Unforeseen")


# ---------------------------------------------------------------- the invocation under way

_facts: dict[str, Any] = {}
"""Of this process's one invocation: other threads at work for it log the same."""
_values: list[tuple[Metric, float]] = []
_cold = [True]


@contextmanager
def _invocation(context: Context, route: str) -> Iterator[None]:
    if _deployed():
        _set_up()
    _facts.update(
        function=context.function_name,
        request_id=context.aws_request_id,
        route=route,
        cold_start=_cold[0],
    )
    try:
        yield
    finally:
        _cold[0] = False
        _flush()
        _facts.clear()


def _deployed() -> bool:
    return config().stage != "local"


@cache
def _set_up() -> None:
    """Every record of every logger goes through ours: Lambda's own handler would write all words
    of libraries.
    """
    logging.getLogger().handlers = [Lines(sys.stdout)]
    logging.getLogger().setLevel(logging.WARNING)
    logger.setLevel(logging.INFO)


def _flush() -> None:
    taken = list(_values)
    _values.clear()
    if not taken or not _deployed():
        return
    from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit  # cold start

    metrics = EphemeralMetrics(namespace=NAMESPACE, service="")  # one dimension, not two
    metrics.add_dimension("stage", config().stage)
    for name, value in taken:
        unit = MetricUnit.Seconds if name in SECONDS else MetricUnit.Count
        metrics.add_metric(name, unit, value)
    metrics.flush_metrics()


# ---------------------------------------------------------------- lines of the log


class Lines(logging.StreamHandler[Any]):
    """Writes records as JSON, with the facts of the invocation.

    Exceptions are told by their types, codes and places, never by their words: those may quote what
    somebody wrote. Of a library's words only the template is kept, for the same reason.
    """

    def format(self, record: logging.LogRecord) -> str:
        return _formatter().format(_told(record))


@cache
def _formatter() -> logging.Formatter:
    from aws_lambda_powertools.logging.formatter import LambdaPowertoolsFormatter  # cold start

    return LambdaPowertoolsFormatter(service=OURS, stage=config().stage)


def _told(record: logging.LogRecord) -> logging.LogRecord:
    told = copy(record)
    vars(told).update(_facts)
    if told.name.partition(".")[0] != OURS:
        told.msg = f"{told.name}: {told.msg if told.args else 'no words'}"
        told.args = ()
    if told.exc_info and told.exc_info[1]:
        vars(told).update(exception=_causes(told.exc_info[1]), exc_text=None)
        vars(told).update(exception_name=type(told.exc_info[1]).__name__, exc_info=None)
    return told


def _causes(error: BaseException | None) -> list[dict[str, Any]]:
    """The exception and what led to it, the outermost first."""
    causes: list[dict[str, Any]] = []
    while error is not None and len(causes) < MOST_CAUSES:
        kind = type(error)
        frames = extract_tb(error.__traceback__)[-MOST_FRAMES:]
        cause: dict[str, Any] = {"type": f"{kind.__module__}.{kind.__qualname__}"}
        if code := _code(error):
            cause["code"] = code
        cause["at"] = [f"{_short(each.filename)}:{each.lineno} {each.name}" for each in frames]
        causes.append(cause)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return causes


def _code(error: BaseException) -> str | None:
    """AWS's name for the error, ours for a refusal."""
    response = getattr(error, "response", None)
    if isinstance(response, dict):
        return str(response.get("Error", {}).get("Code"))
    code = getattr(error, "code", None)
    return code if isinstance(code, str) else None


def _short(path: str) -> str:
    return "/".join(PurePath(path).parts[-2:])
