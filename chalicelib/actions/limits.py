"""Who asks too often is asked to wait, or to show that they are a person (item 20)."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from msgspec import Struct

from chalicelib.config import config
from chalicelib.domain import captcha, limits
from chalicelib.domain.captcha import CaptchaKind, CaptchaRequired, Solution
from chalicelib.domain.contact import Visitor
from chalicelib.domain.inbox import Inbox
from chalicelib.domain.limits import Counts, What
from chalicelib.errors import TooManyRequests, Unavailable
from chalicelib.gateways.secrets import secret_key
from chalicelib.parallel import start, together
from chalicelib.store import limits as counted
from chalicelib.store import settled

NOTHING = Counts()

logger = logging.getLogger("messenger")


class Knock(Struct, frozen=True, kw_only=True):
    """What tells a visitor who would start a conversation from a machine: the address they come
    from, and how they solved the challenge that they were given; `chance` names the next one.
    """

    address: str
    chance: str
    solution: Solution | None = None


def arrived(address: str, what: What, now: datetime) -> None:
    """A widget begins: a new visitor's, or a known one's. Raises TooManyRequests."""
    _hold_to(what, _of_visitors(limits.network(address), what, now), now)


def starting(knock: Knock, visitor: Visitor, client_id: str, now: datetime) -> Callable[[], None]:
    """Begins to count a conversation that this message may start. What is answered raises
    TooManyRequests, or CaptchaRequired, unless it may be started.
    """
    inbox = settled.inbox(visitor.inbox_id)
    asked = inbox is not None and inbox.captcha is not CaptchaKind.OFF
    network, everybody = limits.network(knock.address), f"inbox|{visitor.inbox_id}"
    of_address = start(partial(_of_visitors, network, What.CONVERSATION, now))
    of_inbox = start(partial(_of_visitors, everybody, What.INBOX, now)) if asked else None

    def admit() -> None:
        counts = of_address.result()
        _hold_to(What.CONVERSATION, counts, now)
        if inbox is None or of_inbox is None:
            return
        if limits.suspicious(counts, of_inbox.result()):
            _ask(knock, inbox, visitor, client_id, now)

    return admit


def uploading(visitor: Visitor, address: str, now: datetime) -> None:
    """A visitor begins to upload a file: counted of them, and of their address.

    Raises TooManyRequests.
    """
    own, everybodys = _both(What.UPLOAD, visitor, address, now)
    if own > limits.UPLOADS or everybodys > limits.UPLOADS_OF_ADDRESS:
        refuse(limits.seconds_left(now, limits.WINDOW))


def introduced(visitor: Visitor, address: str, now: datetime) -> None:
    """The page says who the visitor is, and it is news: counted as an upload is.

    Raises TooManyRequests.
    """
    own, everybodys = _both(What.INTRODUCTION, visitor, address, now)
    if own > limits.INTRODUCTIONS or everybodys > limits.INTRODUCTIONS_OF_ADDRESS:
        refuse(limits.seconds_left(now, limits.WINDOW))


def _ask(knock: Knock, inbox: Inbox, visitor: Visitor, client_id: str, now: datetime) -> None:
    """Raises CaptchaRequired with a new challenge unless the one they were given is solved. Each
    can be answered once: with one message, which may be repeated.
    """
    key, kind, contact_id = secret_key(), inbox.captcha, visitor.contact_id
    given = knock.solution
    id = captcha.identity(key, kind, contact_id, given, now) if given else None
    if given and id:
        right = captcha.solves(key, kind, id, given.answer)
        if counted.answer(id, client_id if right else "-", now, captcha.LIFE) and right:
            return
    another = captcha.challenge(key, kind, contact_id, knock.chance, now)
    raise CaptchaRequired(another, tried=given is not None)


def _both(what: What, visitor: Visitor, address: str, now: datetime) -> tuple[int, int]:
    """How often a visitor, and how often all of their address."""
    subjects = f"{what.value}|{visitor.contact_id}", limits.network(address)
    own, everybodys = together([partial(_of_visitors, each, what, now) for each in subjects])
    return own.of(what), everybodys.of(what)


def _of_visitors(subject: str, what: What, now: datetime) -> Counts:
    """A counter that does not answer stops no conversation."""
    began = limits.began(now, limits.WINDOW)
    try:
        name = limits.name(secret_key(), subject, began)
        return counted.count(name, what, began + limits.WINDOW)
    except Unavailable:
        logger.warning("a visitor was not counted", exc_info=True)
        return NOTHING


def _hold_to(what: What, counts: Counts, now: datetime) -> None:
    if counts.of(what) > limits.MOST[what]:
        refuse(limits.seconds_left(now, limits.WINDOW))


def refuse(seconds: int) -> None:
    """Raises TooManyRequests, but on a machine whose owner measures how much it bears."""
    if config().rate_limits:
        raise TooManyRequests(seconds)


# ---------------------------------------------------------------- guessing passwords


def guessing(email: str, address: str, now: datetime) -> Callable[[], None]:
    """Counts an attempt to sign in before it is looked at, so that many at once are no way around;
    what is answered takes it back after a right one.

    Raises TooManyRequests, or Unavailable: who cannot be counted does not get in.
    """
    network, began = limits.network(address), limits.began(now, limits.SIGN_IN_WINDOW)
    subjects = {
        f"guess|{email}|{network}": limits.GUESSES,
        f"guess-from|{network}": limits.GUESSES_OF_NETWORK,
        f"guess-at|{email}": limits.GUESSES_OF_ACCOUNT,
    }

    def count(times: int) -> list[Counts]:
        until = began + limits.SIGN_IN_WINDOW
        return together([partial(_guessed, each, began, until, times) for each in subjects])

    for counts, most in zip(count(1), subjects.values(), strict=True):
        if counts.guesses > most:
            refuse(limits.seconds_left(now, limits.SIGN_IN_WINDOW))
    return lambda: _taken_back(count)


def _guessed(subject: str, began: datetime, until: datetime, times: int) -> Counts:
    return counted.count(limits.name(secret_key(), subject, began), What.GUESS, until, times)


def _taken_back(count: Callable[[int], list[Counts]]) -> None:
    try:
        count(-1)
    except Unavailable:
        logger.warning("a right password still counts as a guess", exc_info=True)
